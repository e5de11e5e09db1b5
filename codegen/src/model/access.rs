//! Typed reading of a model.
//!
//! Traits whose value has the wrong form were refused when the model was read, so that the accessors here need no errors:
//! a trait is there, or it is not.

use serde_json::{Number, Value};

use super::{Member, Model, Operation, Service, Shape, ShapeId, ShapeKind, Traits};
use crate::diag::Diagnostic;
use crate::traits;

/// The shape that stands for "nothing".
pub const UNIT: &str = "smithy.api#Unit";

/// `smithy.api#http`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Http<'a> {
    /// `POST`.
    pub method: &'a str,
    /// `/streams/{StreamARN}?list`.
    pub uri: &'a str,
    /// The status of a success, 200 unless the model says otherwise.
    pub code: u16,
}

/// `smithy.api#length`: inclusive bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// The smallest legal length.
    pub min: Option<u64>,
    /// The largest legal length.
    pub max: Option<u64>,
}

/// `smithy.api#range`: inclusive bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range<'a> {
    /// The smallest legal value.
    pub min: Option<&'a Number>,
    /// The largest legal value.
    pub max: Option<&'a Number>,
}

/// `smithy.api#deprecated`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deprecated<'a> {
    /// What to use instead.
    pub message: Option<&'a str>,
    /// Since when.
    pub since: Option<&'a str>,
}

/// `smithy.api#error`: whose fault an error is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The request was wrong.
    Client,
    /// The service failed.
    Server,
}

/// `smithy.api#timestampFormat`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampFormat {
    /// RFC 3339: `1985-04-12T23:20:50.52Z`.
    DateTime,
    /// IMF-fixdate: `Tue, 29 Apr 2014 18:30:38 GMT`.
    HttpDate,
    /// Seconds since 1970 as a number.
    EpochSeconds,
}

impl Traits {
    /// Adds a trait or replaces its value.
    pub fn set(&mut self, id: impl Into<String>, value: Value) {
        self.0.insert(id.into(), value);
    }
}

/// Something that carries traits.
pub trait HasTraits {
    /// The value of a trait by its absolute ID.
    fn get(&self, id: &str) -> Option<&Value>;

    /// Whether a trait is there.
    fn has(&self, id: &str) -> bool {
        self.get(id).is_some()
    }

    /// The value of a trait that is a text.
    fn string(&self, id: &str) -> Option<&str> {
        self.get(id)?.as_str()
    }

    /// `smithy.api#documentation`.
    fn documentation(&self) -> Option<&str> {
        self.string(traits::DOCUMENTATION)
    }

    /// `smithy.api#required`.
    fn required(&self) -> bool {
        self.has(traits::REQUIRED)
    }

    /// `smithy.api#default`; a default of `null`, which says "none after all", is no default.
    fn default_value(&self) -> Option<&Value> {
        self.get(traits::DEFAULT).filter(|value| !value.is_null())
    }

    /// `smithy.api#clientOptional`.
    fn client_optional(&self) -> bool {
        self.has(traits::CLIENT_OPTIONAL)
    }

    /// `smithy.api#length`.
    fn length(&self) -> Option<Length> {
        let value = self.get(traits::LENGTH)?;
        Some(Length { min: value.get("min").and_then(Value::as_u64), max: value.get("max").and_then(Value::as_u64) })
    }

    /// `smithy.api#range`.
    fn range(&self) -> Option<Range<'_>> {
        let value = self.get(traits::RANGE)?;
        Some(Range {
            min: value.get("min").and_then(Value::as_number),
            max: value.get("max").and_then(Value::as_number),
        })
    }

    /// `smithy.api#pattern`.
    fn pattern(&self) -> Option<&str> {
        self.string(traits::PATTERN)
    }

    /// `smithy.api#jsonName`.
    fn json_name(&self) -> Option<&str> {
        self.string(traits::JSON_NAME)
    }

    /// `smithy.api#mediaType`.
    fn media_type(&self) -> Option<&str> {
        self.string(traits::MEDIA_TYPE)
    }

    /// `smithy.api#http`.
    fn http(&self) -> Option<Http<'_>> {
        let value = self.get(traits::HTTP)?;
        Some(Http {
            method: value.get("method")?.as_str()?,
            uri: value.get("uri")?.as_str()?,
            code: value.get("code").and_then(Value::as_u64).and_then(|code| u16::try_from(code).ok()).unwrap_or(200),
        })
    }

    /// `smithy.api#error`.
    fn fault(&self) -> Option<Fault> {
        match self.string(traits::ERROR)? {
            "server" => Some(Fault::Server),
            _ => Some(Fault::Client),
        }
    }

    /// `smithy.api#httpError`.
    fn http_error(&self) -> Option<u16> {
        let code = self.get(traits::HTTP_ERROR)?.as_u64()?;
        u16::try_from(code).ok()
    }

    /// `smithy.api#retryable`: `Some(true)` when the error also says that the caller is throttled.
    fn retryable(&self) -> Option<bool> {
        let value = self.get(traits::RETRYABLE)?;
        Some(value.get("throttling").and_then(Value::as_bool).unwrap_or(false))
    }

    /// `smithy.api#sensitive`.
    fn sensitive(&self) -> bool {
        self.has(traits::SENSITIVE)
    }

    /// `smithy.api#sparse`.
    fn sparse(&self) -> bool {
        self.has(traits::SPARSE)
    }

    /// `smithy.api#streaming`.
    fn streaming(&self) -> bool {
        self.has(traits::STREAMING)
    }

    /// `smithy.api#idempotencyToken`.
    fn idempotency_token(&self) -> bool {
        self.has(traits::IDEMPOTENCY_TOKEN)
    }

    /// `smithy.api#deprecated`.
    fn deprecated(&self) -> Option<Deprecated<'_>> {
        let value = self.get(traits::DEPRECATED)?;
        Some(Deprecated {
            message: value.get("message").and_then(Value::as_str),
            since: value.get("since").and_then(Value::as_str),
        })
    }

    /// `smithy.api#timestampFormat`.
    fn timestamp_format(&self) -> Option<TimestampFormat> {
        match self.string(traits::TIMESTAMP_FORMAT)? {
            "date-time" => Some(TimestampFormat::DateTime),
            "http-date" => Some(TimestampFormat::HttpDate),
            "epoch-seconds" => Some(TimestampFormat::EpochSeconds),
            _ => None,
        }
    }
}

impl HasTraits for Traits {
    fn get(&self, id: &str) -> Option<&Value> {
        self.0.get(id)
    }
}

impl HasTraits for Shape {
    fn get(&self, id: &str) -> Option<&Value> {
        self.traits.get(id)
    }
}

impl HasTraits for Member {
    fn get(&self, id: &str) -> Option<&Value> {
        self.traits.get(id)
    }
}

/// The traits that hold for a member: its own, then those of its target.
///
/// Right for what describes a *value* (`length`, `sensitive`, `timestampFormat`, …). `required` and `default` are of the
/// member alone.
#[derive(Clone, Copy, Debug)]
pub struct Effective<'a> {
    member: &'a Traits,
    target: Option<&'a Traits>,
}

impl HasTraits for Effective<'_> {
    fn get(&self, id: &str) -> Option<&Value> {
        self.member.get(id).or_else(|| self.target?.get(id))
    }
}

/// Who refers to a shape, for the message when that shape is missing.
#[derive(Clone, Copy, Debug)]
pub struct Referrer<'a> {
    shape: &'a ShapeId,
    member: Option<&'a str>,
}

impl<'a> From<&'a ShapeId> for Referrer<'a> {
    fn from(shape: &'a ShapeId) -> Self {
        Self { shape, member: None }
    }
}

impl<'a> From<(&'a ShapeId, &'a str)> for Referrer<'a> {
    fn from((shape, member): (&'a ShapeId, &'a str)) -> Self {
        Self { shape, member: Some(member) }
    }
}

impl Model {
    /// A shape by ID.
    pub fn shape(&self, id: &ShapeId) -> Option<&Shape> {
        self.shapes.get(id)
    }

    /// A shape that `referrer` (a shape's ID, or that and a member's name) needs.
    ///
    /// # Errors
    /// Says who needs what when the shape is not there.
    pub fn expect_shape<'a>(&self, id: &ShapeId, referrer: impl Into<Referrer<'a>>) -> Result<&Shape, Diagnostic> {
        self.shapes.get(id).ok_or_else(|| self.diagnostic(referrer, format!("targets {id}, which is not in the model")))
    }

    /// A finding about a shape (its ID), or a member of it (the ID and the member's name).
    pub fn diagnostic<'a>(&self, place: impl Into<Referrer<'a>>, message: impl Into<String>) -> Diagnostic {
        let Referrer { shape, member } = place.into();
        match member {
            Some(member) => Diagnostic::member(self.file.as_str(), shape, member, message),
            None => Diagnostic::shape(self.file.as_str(), shape, message),
        }
    }

    /// The shape a member targets; reading a model makes sure that it is there.
    pub fn target(&self, member: &Member) -> Option<&Shape> {
        self.shapes.get(&member.target)
    }

    /// The traits that hold for a member: its own, then those of its target.
    pub fn effective<'a>(&'a self, member: &'a Member) -> Effective<'a> {
        Effective { member: &member.traits, target: self.target(member).map(|shape| &shape.traits) }
    }

    /// The service shapes, in the order of their IDs.
    pub fn services(&self) -> impl Iterator<Item = (&Shape, &Service)> {
        self.shapes.values().filter_map(|shape| match &shape.kind {
            ShapeKind::Service(service) => Some((shape, service)),
            _ => None,
        })
    }

    /// The operation shapes, in the order of their IDs.
    pub fn operations(&self) -> impl Iterator<Item = (&Shape, &Operation)> {
        self.shapes.values().filter_map(|shape| match &shape.kind {
            ShapeKind::Operation(operation) => Some((shape, operation)),
            _ => None,
        })
    }
}

impl ShapeId {
    /// Whether this is `smithy.api#Unit`, which stands for "nothing".
    pub fn is_unit(&self) -> bool {
        self.as_str() == UNIT
    }
}

impl Shape {
    /// Its members, whatever its kind: those of a structure or union, `member` of a list, `key` and `value` of a map.
    pub fn members(&self) -> impl Iterator<Item = &Member> {
        let (several, first, second): (&[Member], _, _) = match &self.kind {
            ShapeKind::Structure(members) | ShapeKind::Union(members) => (members, None, None),
            ShapeKind::List(member) => (&[], Some(member), None),
            ShapeKind::Map { key, value } => (&[], Some(key), Some(value)),
            _ => (&[], None, None),
        };
        several.iter().chain(first).chain(second)
    }

    /// Its members, whatever its kind, to change them.
    pub fn members_mut(&mut self) -> impl Iterator<Item = &mut Member> {
        let (several, first, second): (&mut [Member], _, _) = match &mut self.kind {
            ShapeKind::Structure(members) | ShapeKind::Union(members) => (members, None, None),
            ShapeKind::List(member) => (&mut [], Some(member), None),
            ShapeKind::Map { key, value } => (&mut [], Some(key), Some(value)),
            _ => (&mut [], None, None),
        };
        several.iter_mut().chain(first).chain(second)
    }

    /// The traits of a member, or of an enum's value by its name in the model or on the wire.
    pub fn member_traits_mut(&mut self, name: &str) -> Option<&mut Traits> {
        let named = |member: &&mut Member| member.name == name;
        match &mut self.kind {
            ShapeKind::Structure(members) | ShapeKind::Union(members) => {
                members.iter_mut().find(named).map(|member| &mut member.traits)
            }
            ShapeKind::List(member) => Some(member).filter(named).map(|member| &mut member.traits),
            ShapeKind::Map { key, value } => [key, value].into_iter().find(named).map(|member| &mut member.traits),
            ShapeKind::Enum(values) => values
                .iter_mut()
                .find(|value| value.name.as_deref() == Some(name) || value.value == name)
                .map(|value| &mut value.traits),
            ShapeKind::IntEnum(values) => {
                values.iter_mut().find(|value| value.name == name).map(|value| &mut value.traits)
            }
            _ => None,
        }
    }

    /// A member by name.
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members().find(|member| member.name == name)
    }
}

impl ShapeKind {
    /// How a Smithy model calls it: `structure`, `bigDecimal`, …
    pub fn name(&self) -> &'static str {
        match self {
            Self::Blob => "blob",
            Self::Boolean => "boolean",
            Self::String => "string",
            Self::Byte => "byte",
            Self::Short => "short",
            Self::Integer => "integer",
            Self::Long => "long",
            Self::Float => "float",
            Self::Double => "double",
            Self::BigInteger => "bigInteger",
            Self::BigDecimal => "bigDecimal",
            Self::Timestamp => "timestamp",
            Self::Document => "document",
            Self::Enum(_) => "enum",
            Self::IntEnum(_) => "intEnum",
            Self::List(_) => "list",
            Self::Map { .. } => "map",
            Self::Structure(_) => "structure",
            Self::Union(_) => "union",
            Self::Service(_) => "service",
            Self::Operation(_) => "operation",
            Self::Resource(_) => "resource",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn traits(pairs: &[(&str, Value)]) -> Traits {
        Traits(pairs.iter().map(|(id, value)| ((*id).to_owned(), value.clone())).collect())
    }

    #[test]
    fn a_default_of_null_is_no_default() {
        assert_eq!(traits(&[(traits::DEFAULT, Value::Null)]).default_value(), None);
        assert_eq!(traits(&[(traits::DEFAULT, json!(0))]).default_value(), Some(&json!(0)));
    }

    #[test]
    fn the_success_status_is_200_unless_the_model_says_otherwise() {
        let plain = traits(&[(traits::HTTP, json!({"method": "GET", "uri": "/"}))]);
        assert_eq!(plain.http().map(|http| http.code), Some(200));
        let coded = traits(&[(traits::HTTP, json!({"method": "GET", "uri": "/", "code": 202}))]);
        assert_eq!(coded.http().map(|http| http.code), Some(202));
    }

    #[test]
    fn a_trait_of_the_member_wins_over_that_of_its_target() {
        let id = ShapeId::new("a#Text");
        let mut model = Model::default();
        model.shapes.insert(
            id.clone(),
            Shape {
                id: id.clone(),
                kind: ShapeKind::String,
                traits: traits(&[(traits::LENGTH, json!({"max": 9})), (traits::PATTERN, json!("x"))]),
            },
        );
        let member =
            Member { name: "text".to_owned(), target: id, traits: traits(&[(traits::LENGTH, json!({"min": 1}))]) };
        let effective = model.effective(&member);
        assert_eq!(effective.length(), Some(Length { min: Some(1), max: None }));
        assert_eq!(effective.pattern(), Some("x"));
    }

    #[test]
    fn a_missing_shape_is_reported_with_both_ends() {
        let model = Model { file: "m.json".to_owned(), ..Model::default() };
        let missing = ShapeId::new("a#Gone");
        let error = model.expect_shape(&missing, (&ShapeId::new("a#B"), "c"));
        assert_eq!(
            error.map(|_| ()).map_err(|error| error.to_string()),
            Err("m.json: a#B$c: targets a#Gone, which is not in the model".to_owned())
        );
    }
}
