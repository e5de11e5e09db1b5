//! Timestamps in JSON.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

use super::{DeserializeAs, SerializeAs};
use crate::timestamp::{Format, Timestamp};

/// A number of seconds since 1970: a timestamp's own way in JSON.
pub struct EpochSeconds;

/// RFC 3339 text: `2018-05-10T12:00:00Z`.
pub struct DateTime;

/// RFC 9110 text: `Thu, 10 May 2018 12:00:00 GMT`.
pub struct HttpDate;

impl SerializeAs<Timestamp> for EpochSeconds {
    fn serialize_as<S: Serializer>(value: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        match value.nanoseconds() {
            0 => serializer.serialize_i64(value.seconds()),
            _ => serializer.serialize_f64(value.as_f64()),
        }
    }
}

impl SerializeAs<Timestamp> for DateTime {
    fn serialize_as<S: Serializer>(value: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&value.format(Format::DateTime))
    }
}

impl SerializeAs<Timestamp> for HttpDate {
    fn serialize_as<S: Serializer>(value: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&value.format(Format::HttpDate))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        EpochSeconds::serialize_as(self, serializer)
    }
}

/// Numbers are seconds, texts RFC 3339 or RFC 9110: no text is of two formats.
impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TimestampVisitor(Format::EpochSeconds))
    }
}

macro_rules! read {
    ($($format:ident)*) => {$(
        impl<'de> DeserializeAs<'de, Timestamp> for $format {
            fn deserialize_as<D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
                deserializer.deserialize_any(TimestampVisitor(Format::$format))
            }
        }
    )*};
}

read!(EpochSeconds DateTime HttpDate);

/// The format is what an error says was expected.
struct TimestampVisitor(Format);

impl TimestampVisitor {
    fn error<E: Error>(&self) -> E {
        E::custom(format_args!("expected {}", self.0.example()))
    }
}

impl Visitor<'_> for TimestampVisitor {
    type Value = Timestamp;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.example())
    }

    fn visit_i64<E>(self, seconds: i64) -> Result<Timestamp, E> {
        Ok(Timestamp::from_seconds(seconds))
    }

    fn visit_u64<E>(self, seconds: u64) -> Result<Timestamp, E> {
        Ok(Timestamp::from_seconds(i64::try_from(seconds).unwrap_or(i64::MAX)))
    }

    fn visit_f64<E: Error>(self, seconds: f64) -> Result<Timestamp, E> {
        Timestamp::from_f64(seconds).ok_or_else(|| self.error())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Timestamp, E> {
        [Format::DateTime, Format::HttpDate, Format::EpochSeconds]
            .into_iter()
            .find_map(|format| Timestamp::parse(text, format).ok())
            .ok_or_else(|| self.error())
    }
}
