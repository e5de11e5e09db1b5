use serde_json::{Map, Number, Value};

use super::text;
use crate::schema::{Kind, Structure};

/// How deep values are looked into; see the same limit of the engine.
const MAX_DEPTH: usize = 256;

/// Makes JSON parameters what a typed input can be read from, as far as the original is forgiving of them: members
/// that are unknown or null go, members go by their wire names, a boolean or number given for a text becomes its text,
/// a text that is a number becomes one where a number should be, and what should be a structure and has no members
/// becomes an empty one.
///
/// Parameters that [`validate`](super::validate) passes mean the same afterwards; what cannot be made to fit is left
/// as it is.
pub fn coerce(params: &mut Value, input: &'static Structure) {
    structure(params, input, 0);
}

fn structure(value: &mut Value, shape: &'static Structure, depth: usize) {
    let Value::Object(members) = value else {
        *value = Value::Object(Map::new());
        return;
    };
    // A member given by both its names is what the wire name says, whichever comes first.
    for (name, mut value) in std::mem::take(members) {
        let Some((_, member)) = shape.member(&name) else {
            continue;
        };
        if value.is_null() || (name != member.wire && members.contains_key(member.wire)) {
            continue;
        }
        one(&mut value, &member.shape.kind, depth + 1);
        members.insert(member.wire.to_owned(), value);
    }
}

fn one(value: &mut Value, kind: &'static Kind, depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    match (kind, &mut *value) {
        (Kind::Structure(shape), _) => structure(value, shape, depth),
        (Kind::List { item, .. }, Value::Array(items)) => {
            items.iter_mut().filter(|value| !value.is_null()).for_each(|value| one(value, &item.kind, depth + 1));
        }
        (Kind::Map { value: shape, .. }, Value::Object(entries)) => {
            entries.values_mut().filter(|value| !value.is_null()).for_each(|value| one(value, &shape.kind, depth + 1));
        }
        (Kind::String { .. }, Value::Bool(_) | Value::Number(_)) => *value = Value::String(value.to_string()),
        (Kind::Integer { .. }, Value::String(digits)) => {
            if let Some(number) = digits.parse().ok().or_else(|| whole(text::number(digits)?)) {
                *value = Value::from(number);
            }
        }
        (Kind::Integer { .. }, Value::Number(number)) if number.is_f64() => {
            if let Some(number) = number.as_f64().and_then(whole) {
                *value = Value::from(number);
            }
        }
        (Kind::Float { .. }, Value::String(digits)) => {
            // `NaN` and the infinities stay texts, which is how JSON carries them.
            if let Some(number) = text::number(digits).and_then(Number::from_f64) {
                *value = Value::Number(number);
            }
        }
        _ => {}
    }
}

/// The number without its fraction.
#[expect(clippy::cast_possible_truncation, reason = "checked to be within the range of the type")]
fn whole(number: f64) -> Option<i64> {
    (number.abs() < 9e18).then_some(number as i64)
}
