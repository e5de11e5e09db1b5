//! Shapes and their members.

use serde_json::{Map, Number, Value, json};

use super::{Reader, check, take_common};
use crate::diag::Diagnostic;
use crate::model::{EnumValue, Member, Shape, ShapeId, ShapeKind, Traits, is_identifier};
use crate::parse::fields::{Fields, Flaw};
use crate::traits;

/// Keys of shapes that say nothing about a request in JSON.
const MEANINGLESS: [&str; 9] =
    ["box", "flattened", "locationName", "synthetic", "wrapper", "xmlNamespace", "xmlOrder", "internalonly", "type"];

/// What a structure says of its member.
#[derive(Clone, Copy, Default)]
pub(super) struct Place {
    pub(super) required: bool,
    pub(super) payload: bool,
    /// Whether locations mean something.
    pub(super) in_structure: bool,
}

impl Reader<'_> {
    /// Reads one shape.
    pub(super) fn shape(&mut self, name: &str, value: Value) -> Result<(), Diagnostic> {
        let path = format!("shapes.{name}");
        let id = self.id(name).map_err(|flaw| self.at(&path, flaw))?;
        let mut fields = Fields::of(value, "a shape").map_err(|flaw| self.at(&path, flaw))?;
        let mut set = Traits::default();
        let kind = self.kind(&id, &path, &mut fields, &mut set)?;
        shape_traits(&mut fields, &kind, &mut set).and_then(|()| check(&set)).map_err(|flaw| self.at(&path, flaw))?;
        self.leave("shape", &path, &fields, &MEANINGLESS);
        let shape = Shape { id: id.clone(), kind, traits: set };
        self.shapes.insert(id, shape);
        Ok(())
    }

    fn kind(
        &mut self,
        id: &ShapeId,
        path: &str,
        fields: &mut Fields,
        set: &mut Traits,
    ) -> Result<ShapeKind, Diagnostic> {
        let at = |flaw: Flaw| Diagnostic::path(self.file, path, flaw);
        let name = fields.text("type").map_err(at)?.ok_or_else(|| at("has no `type`".to_owned()))?;
        Ok(match name.as_str() {
            "string" | "character" => match fields.texts("enum").map_err(at)? {
                values if values.is_empty() => ShapeKind::String,
                values => ShapeKind::Enum(enum_values(values)),
            },
            "blob" => ShapeKind::Blob,
            "boolean" => ShapeKind::Boolean,
            "byte" => ShapeKind::Byte,
            "short" => ShapeKind::Short,
            "integer" => ShapeKind::Integer,
            "long" => ShapeKind::Long,
            "float" => ShapeKind::Float,
            "double" => ShapeKind::Double,
            "bigInteger" | "biginteger" => ShapeKind::BigInteger,
            "bigDecimal" | "bigdecimal" => ShapeKind::BigDecimal,
            "timestamp" => ShapeKind::Timestamp,
            "list" => ShapeKind::List(self.item(path, fields, "member")?),
            "map" => ShapeKind::Map { key: self.item(path, fields, "key")?, value: self.item(path, fields, "value")? },
            "structure" => return self.structure(id, path, fields, set),
            other => return Err(at(format!("has the unknown type `{other}`"))),
        })
    }

    /// Reads the `member` of a list, the `key` or `value` of a map.
    fn item(&mut self, path: &str, fields: &mut Fields, key: &str) -> Result<Member, Diagnostic> {
        match fields.take(key) {
            Some(value) => {
                let (member, _) = self.member(&format!("{path}.{key}"), key, value, Place::default())?;
                Ok(member)
            }
            None => Err(self.at(path, format!("has no `{key}`"))),
        }
    }

    fn structure(
        &mut self,
        id: &ShapeId,
        path: &str,
        fields: &mut Fields,
        set: &mut Traits,
    ) -> Result<ShapeKind, Diagnostic> {
        let at = |flaw: Flaw| Diagnostic::path(self.file, path, flaw);
        let members = fields.object("members").map_err(at)?;
        let required = fields.texts("required").map_err(at)?;
        let payload = fields.text("payload").map_err(at)?;
        let event_stream = fields.flag("eventstream").map_err(at)?;
        let union = fields.flag("union").map_err(at)? || event_stream;
        let document = fields.flag("document").map_err(at)?;
        fields.flag("event").map_err(at)?;
        if let Some(name) = required.iter().chain(&payload).find(|name| !members.contains_key(*name)) {
            return Err(at(format!("names the member `{name}`, which it does not have")));
        }
        error_traits(fields, set).map_err(at)?;
        if document {
            return Ok(ShapeKind::Document);
        }
        if event_stream {
            set.set(traits::STREAMING, json!({}));
        }
        let mut read = Vec::with_capacity(members.len());
        for (name, value) in members {
            let member_path = format!("{path}.members.{name}");
            if !is_identifier(&name) {
                return Err(self.at(&member_path, format!("`{name}` is not a member's name")));
            }
            let place = Place {
                required: !union && required.contains(&name),
                payload: payload.as_deref() == Some(name.as_str()),
                in_structure: !union,
            };
            let (member, label) = self.member(&member_path, &name, value, place)?;
            if let Some(label) = label {
                self.labels.entry(id.clone()).or_default().insert(label, name);
            }
            read.push(member);
        }
        Ok(if union { ShapeKind::Union(read) } else { ShapeKind::Structure(read) })
    }
}

fn enum_values(mut values: Vec<String>) -> Vec<EnumValue> {
    values.sort_unstable();
    values.dedup();
    values.into_iter().map(|value| EnumValue { name: None, value, traits: Traits::default() }).collect()
}

/// Whose fault an error is, and its status.
fn error_traits(fields: &mut Fields, set: &mut Traits) -> Result<(), Flaw> {
    let exception = fields.flag("exception")?;
    let fault = fields.flag("fault")?;
    let mut error = Fields::of(Value::Object(fields.object("error")?), "`error`")?;
    if let Some(retryable) = fields.take("retryable") {
        let throttling = retryable.get("throttling") == Some(&Value::Bool(true));
        set.set(traits::RETRYABLE, if throttling { json!({"throttling": true}) } else { json!({}) });
    }
    if !exception && !fault {
        return Ok(());
    }
    let status = error.take("httpStatusCode");
    let client = error.flag("senderFault")?;
    let server = fault || (!client && status.as_ref().and_then(Value::as_u64).is_some_and(|status| status >= 500));
    set.set(traits::ERROR, json!(if server { "server" } else { "client" }));
    if let Some(status) = status {
        set.set(traits::HTTP_ERROR, status);
    }
    Ok(())
}

fn shape_traits(fields: &mut Fields, kind: &ShapeKind, set: &mut Traits) -> Result<(), Flaw> {
    take_common(fields, set)?;
    let flags = [
        ("sensitive", traits::SENSITIVE),
        ("sparse", traits::SPARSE),
        ("streaming", traits::STREAMING),
        ("requiresLength", traits::REQUIRES_LENGTH),
    ];
    for (key, id) in flags {
        if fields.flag(key)? {
            set.set(id, json!({}));
        }
    }
    if let Some(format) = timestamp_format(fields)? {
        set.set(traits::TIMESTAMP_FORMAT, Value::String(format));
    }
    let bounds = bounds(fields)?;
    let pattern = fields.text("pattern")?;
    match kind {
        ShapeKind::String | ShapeKind::Blob | ShapeKind::List(_) | ShapeKind::Map { .. } => {
            let lengths: Map<String, Value> =
                bounds.into_iter().filter_map(|(key, bound)| Some((key, whole(&bound)?))).collect();
            if !lengths.is_empty() {
                set.set(traits::LENGTH, Value::Object(lengths));
            }
            if let Some(pattern) = pattern {
                set.set(traits::PATTERN, Value::String(anchored(pattern)));
            }
        }
        ShapeKind::Byte
        | ShapeKind::Short
        | ShapeKind::Integer
        | ShapeKind::Long
        | ShapeKind::Float
        | ShapeKind::Double
        | ShapeKind::BigInteger
        | ShapeKind::BigDecimal
            if !bounds.is_empty() =>
        {
            let range = bounds.into_iter().map(|(key, bound)| (key, Value::Number(bound))).collect();
            set.set(traits::RANGE, Value::Object(range));
        }
        // The values of an enum say all there is to say; bounds of other kinds mean nothing.
        _ => {}
    }
    Ok(())
}

fn bounds(fields: &mut Fields) -> Result<Vec<(String, Number)>, Flaw> {
    let mut bounds = Vec::new();
    for key in ["min", "max"] {
        match fields.take(key) {
            None => {}
            Some(Value::Number(number)) => bounds.push((key.to_owned(), number)),
            Some(other) => return Err(format!("`{key}` must be a number, found {other}")),
        }
    }
    Ok(bounds)
}

/// A bound of a length, which may be written as `1.0`; a negative one bounds nothing.
fn whole(bound: &Number) -> Option<Value> {
    if let Some(number) = bound.as_u64() {
        return Some(json!(number));
    }
    let number = bound.as_f64()?;
    // Far above any length there is, and exact below.
    (number.fract() == 0.0 && (0.0..9e15).contains(&number)).then(|| json!(number as u64))
}

/// Patterns here mean the whole text.
fn anchored(pattern: String) -> String {
    if pattern == ".*" {
        return pattern;
    }
    let start = if pattern.starts_with('^') { "" } else { "^" };
    let end = if pattern.ends_with('$') { "" } else { "$" };
    format!("{start}{pattern}{end}")
}

/// Takes `timestampFormat`, in Smithy's words.
pub(super) fn timestamp_format(fields: &mut Fields) -> Result<Option<String>, Flaw> {
    let Some(format) = fields.text("timestampFormat")? else {
        return Ok(None);
    };
    match format.as_str() {
        "iso8601" => Ok(Some("date-time".to_owned())),
        "rfc822" => Ok(Some("http-date".to_owned())),
        "unixTimestamp" => Ok(Some("epoch-seconds".to_owned())),
        other => Err(format!("`timestampFormat` must be iso8601, rfc822 or unixTimestamp, found `{other}`")),
    }
}
