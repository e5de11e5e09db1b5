//! Typed reading of traits.
//!
//! Traits whose value has the wrong form were refused when the model was read, so that the accessors here need no errors:
//! a trait is there, or it is not.

use serde_json::{Number, Value};

use super::{Member, Shape, Traits};
use crate::traits;

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
    pub(super) member: &'a Traits,
    pub(super) target: Option<&'a Traits>,
}

impl HasTraits for Effective<'_> {
    fn get(&self, id: &str) -> Option<&Value> {
        self.member.get(id).or_else(|| self.target?.get(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Model, ShapeId, ShapeKind};
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
}
