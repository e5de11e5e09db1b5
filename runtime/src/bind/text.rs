//! Scalars as the text of a path, query or header.

use std::borrow::Cow;

use crate::serde::Float;
use crate::timestamp::{Format, Timestamp};
use crate::{BigNumber, blob};

/// A scalar that can stand in a path, a query or a header.
pub trait Text {
    /// Its text.
    fn text(&self) -> Cow<'_, str>;

    /// Its text in a header that holds a list, quoted where a reader would take it for several.
    fn list_item(&self) -> Cow<'_, str> {
        self.text()
    }
}

/// A scalar that can be read from a header or a body that is text.
pub trait FromText: Sized {
    /// What a reader is told to expect.
    const EXPECTED: &'static str;

    /// Reads it; `None` when the text is not one.
    fn from_text(text: &str) -> Option<Self>;
}

/// A timestamp in one of the formats of the protocols.
#[derive(Clone, Copy, Debug)]
pub struct TimestampText<'a>(pub &'a Timestamp, pub Format);

/// A text written as base64, as headers carry texts with a media type.
#[derive(Clone, Copy, Debug)]
pub struct Base64<'a>(pub &'a str);

/// A timestamp as RFC 3339 text.
#[must_use]
pub fn date_time(timestamp: &Timestamp) -> TimestampText<'_> {
    TimestampText(timestamp, Format::DateTime)
}

/// A timestamp as RFC 9110 text.
#[must_use]
pub fn http_date(timestamp: &Timestamp) -> TimestampText<'_> {
    TimestampText(timestamp, Format::HttpDate)
}

/// A timestamp as seconds since 1970.
#[must_use]
pub fn epoch_seconds(timestamp: &Timestamp) -> TimestampText<'_> {
    TimestampText(timestamp, Format::EpochSeconds)
}

/// A text as base64.
#[must_use]
pub fn base64<T: AsRef<str>>(text: &T) -> Base64<'_> {
    Base64(text.as_ref())
}

impl Text for str {
    fn text(&self) -> Cow<'_, str> {
        self.into()
    }

    fn list_item(&self) -> Cow<'_, str> {
        let plain = !self.contains([',', '"']) && self.trim().len() == self.len() && !self.is_empty();
        if plain { self.into() } else { format!("\"{}\"", self.replace('\\', "\\\\").replace('"', "\\\"")).into() }
    }
}

impl Text for String {
    fn text(&self) -> Cow<'_, str> {
        self.as_str().text()
    }

    fn list_item(&self) -> Cow<'_, str> {
        self.as_str().list_item()
    }
}

impl<T: Text + ?Sized> Text for &T {
    fn text(&self) -> Cow<'_, str> {
        (**self).text()
    }

    fn list_item(&self) -> Cow<'_, str> {
        (**self).list_item()
    }
}

impl Text for TimestampText<'_> {
    fn text(&self) -> Cow<'_, str> {
        self.0.format(self.1).into()
    }
}

impl Text for Base64<'_> {
    fn text(&self) -> Cow<'_, str> {
        blob::encode(self.0.as_bytes()).into()
    }
}

impl Text for BigNumber {
    fn text(&self) -> Cow<'_, str> {
        self.as_str().into()
    }
}

impl Text for f64 {
    fn text(&self) -> Cow<'_, str> {
        if self.is_finite() { self.to_string().into() } else { Float::name(*self).into() }
    }
}

impl Text for f32 {
    fn text(&self) -> Cow<'_, str> {
        if self.is_finite() { self.to_string().into() } else { Float::name((*self).into()).into() }
    }
}

impl FromText for String {
    const EXPECTED: &'static str = "a text";

    fn from_text(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

impl FromText for BigNumber {
    const EXPECTED: &'static str = "a number";

    fn from_text(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl FromText for f64 {
    const EXPECTED: &'static str = "a number";

    fn from_text(text: &str) -> Option<Self> {
        // Rust's own names of what is not finite are not the protocol's.
        Float::from_name(text).or_else(|| text.parse().ok().filter(|number: &f64| number.is_finite()))
    }
}

impl FromText for f32 {
    const EXPECTED: &'static str = "a number";

    fn from_text(text: &str) -> Option<Self> {
        f64::from_text(text).map(|number| number as f32)
    }
}

macro_rules! exact {
    ($($type:ident $expected:literal)*) => {$(
        impl Text for $type {
            fn text(&self) -> Cow<'_, str> {
                self.to_string().into()
            }
        }

        impl FromText for $type {
            const EXPECTED: &'static str = $expected;

            fn from_text(text: &str) -> Option<Self> {
                text.parse().ok()
            }
        }
    )*};
}

exact! {
    bool "`true` or `false`"
    i8 "a whole number of 8 bits"
    i16 "a whole number of 16 bits"
    i32 "a whole number of 32 bits"
    i64 "a whole number of 64 bits"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_without_exponent_and_with_the_protocols_names() {
        assert_eq!(1.1_f32.text(), "1.1");
        assert_eq!(1e21_f64.text(), "1000000000000000000000");
        assert_eq!(f64::NAN.text(), "NaN");
        assert_eq!(f32::NEG_INFINITY.text(), "-Infinity");
        assert_eq!(f64::INFINITY.text(), "Infinity");
    }

    #[test]
    fn numbers_are_read_under_the_protocols_names_only() {
        assert_eq!(f64::from_text("-Infinity"), Some(f64::NEG_INFINITY));
        assert!(f32::from_text("NaN").is_some_and(f32::is_nan));
        for text in ["inf", "nan", "infinity", "1,5", ""] {
            assert_eq!(f64::from_text(text), None, "{text}");
        }
        assert_eq!(i8::from_text("128"), None);
        assert_eq!(bool::from_text("TRUE"), None);
    }

    #[test]
    fn list_items_are_quoted_where_they_would_be_read_as_something_else() {
        let cases = [
            ("a", "a"),
            ("a b", "a b"),
            ("b,c", "\"b,c\""),
            ("\"def\"", "\"\\\"def\\\"\""),
            ("a\\b", "a\\b"),
            ("a\\,b", "\"a\\\\,b\""),
            (" a", "\" a\""),
            ("", "\"\""),
        ];
        for (text, expected) in cases {
            assert_eq!(text.list_item(), expected);
        }
        let timestamp = Timestamp::from_seconds(1_576_540_098);
        assert_eq!(TimestampText(&timestamp, Format::HttpDate).list_item(), "Mon, 16 Dec 2019 23:48:18 GMT");
    }
}
