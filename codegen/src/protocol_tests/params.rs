//! The parameters of tests, as JSON that the emitted types can be read from.

use serde_json::{Map, Value, json};

use crate::model::{HasTraits, Member, Model, Shape, ShapeKind};
use crate::traits;

/// Which names members have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Names {
    /// Those of the model.
    Members,
    /// Those that the emitted types are written with.
    Wire,
}

/// Turns the parameters of a test into JSON: there bytes are base64, in tests they are text.
///
/// # Errors
/// What is in the parameters and not in the model.
pub(super) fn convert(model: &Model, shape: &Shape, params: &Value, names: Names) -> Result<Value, String> {
    let params = match params {
        Value::Null => &json!({}),
        params => params,
    };
    Converter { model, names }.structure(shape, params, true)
}

struct Converter<'a> {
    model: &'a Model,
    names: Names,
}

impl Converter<'_> {
    fn structure(&self, shape: &Shape, params: &Value, outermost: bool) -> Result<Value, String> {
        let Value::Object(params) = params else {
            return Err(format!("has {params} for a {}", shape.kind.name()));
        };
        let mut sorted: Vec<_> = params.iter().collect();
        sorted.sort_unstable_by_key(|(name, _)| *name);
        let mut converted = Map::new();
        for (name, value) in sorted {
            let member = shape.member(name).ok_or_else(|| format!("has `{name}`, which {} does not have", shape.id))?;
            converted.insert(self.name(member, outermost).to_owned(), self.member(member, value)?);
        }
        Ok(Value::Object(converted))
    }

    fn name<'m>(&self, member: &'m Member, outermost: bool) -> &'m str {
        // Of those that are bound elsewhere, `jsonName` says nothing.
        let bound = outermost && BINDINGS.iter().any(|id| member.has(id));
        match self.names {
            Names::Wire if !bound => member.json_name().unwrap_or(&member.name),
            _ => &member.name,
        }
    }

    fn member(&self, member: &Member, value: &Value) -> Result<Value, String> {
        match (self.model.target(member), value) {
            (None, _) | (_, Value::Null) => Ok(value.clone()),
            (Some(shape), value) => self.value(shape, value),
        }
    }

    fn value(&self, shape: &Shape, value: &Value) -> Result<Value, String> {
        match (&shape.kind, value) {
            (ShapeKind::Structure(_) | ShapeKind::Union(_), value) => self.structure(shape, value, false),
            (ShapeKind::Blob, Value::String(text)) => Ok(Value::String(base64(text.as_bytes()))),
            (ShapeKind::List(item), Value::Array(items)) => {
                items.iter().map(|value| self.member(item, value)).collect::<Result<_, _>>().map(Value::Array)
            }
            (ShapeKind::Map { value: of, .. }, Value::Object(entries)) => {
                let mut sorted: Vec<_> = entries.iter().collect();
                sorted.sort_unstable_by_key(|(key, _)| *key);
                let entries = sorted.into_iter().map(|(key, value)| Ok((key.clone(), self.member(of, value)?)));
                entries.collect::<Result<_, String>>().map(Value::Object)
            }
            (_, value) => Ok(sorted(value)),
        }
    }
}

/// The traits by which members of outputs are outside of the JSON body.
const BINDINGS: [&str; 4] =
    [traits::HTTP_HEADER, traits::HTTP_PREFIX_HEADERS, traits::HTTP_PAYLOAD, traits::HTTP_RESPONSE_CODE];

/// The least input that can be sent: labels, without which there is no path and no host.
pub(super) fn least_input(model: &Model, input: &Shape) -> Value {
    let labels = input.members().filter(|member| member.has(traits::HTTP_LABEL) || member.has(traits::HOST_LABEL));
    let label = |member: &Member| {
        let value = match model.target(member).map(|shape| &shape.kind) {
            Some(ShapeKind::Boolean) => json!(true),
            Some(ShapeKind::String | ShapeKind::Enum(_)) | None => json!("a"),
            _ => json!(1),
        };
        (member.name.clone(), value)
    };
    Value::Object(labels.map(label).collect())
}

/// A value with the keys of its objects in order, which a file's order must not reach.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.iter().map(sorted).collect()),
        Value::Object(entries) => {
            let mut entries: Vec<_> = entries.iter().map(|(key, value)| (key.clone(), sorted(value))).collect();
            entries.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
            Value::Object(entries.into_iter().collect())
        }
        value => value.clone(),
    }
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = (0..3).fold(0_u32, |bits, index| bits << 8 | u32::from(chunk.get(index).copied().unwrap_or(0)));
        for index in 0..4 {
            let digit = bits >> (18 - 6 * index) & 63;
            let known = DIGITS.get(digit as usize).filter(|_| index <= chunk.len());
            text.push(known.map_or('=', |digit| char::from(*digit)));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_base64() {
        for (text, expected) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob>?", "Zm9vYj4/")] {
            assert_eq!(base64(text.as_bytes()), expected);
        }
    }

    #[test]
    fn keys_are_sorted_at_every_depth() {
        let value = json!({"b": [{"d": 1, "c": null}], "a": "x"});
        assert_eq!(sorted(&value).to_string(), r#"{"a":"x","b":[{"c":null,"d":1}]}"#);
    }
}
