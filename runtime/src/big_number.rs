//! Numbers of any size and precision.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde_json::value::RawValue;

/// A number of any size and precision: `bigInteger` and `bigDecimal` of a model.
///
/// It keeps the digits as they were written, so that nothing is lost between the service and a big-number library:
/// read it with [`as_str`](Self::as_str), make one with [`str::parse`].
///
/// ```
/// use kinesisvideo_runtime::BigNumber;
///
/// let number: BigNumber = "12345678901234567890.123456789".parse()?;
/// assert_eq!(number.as_str(), "12345678901234567890.123456789");
/// assert!("12.".parse::<BigNumber>().is_err());
/// # Ok::<(), kinesisvideo_runtime::BigNumberError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BigNumber(String);

impl BigNumber {
    /// The digits, in the syntax of JSON numbers.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Zero.
impl Default for BigNumber {
    fn default() -> Self {
        Self("0".to_owned())
    }
}

impl fmt::Display for BigNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Takes the syntax of JSON numbers: `-12.5e3`, no leading zeros or plus.
impl FromStr for BigNumber {
    type Err = BigNumberError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if is_number(text) { Ok(Self(text.to_owned())) } else { Err(BigNumberError(())) }
    }
}

macro_rules! from_integers {
    ($($integer:ty)*) => {$(
        impl From<$integer> for BigNumber {
            fn from(number: $integer) -> Self {
                Self(number.to_string())
            }
        }
    )*};
}

from_integers!(i8 i16 i32 i64 i128 u8 u16 u32 u64 u128);

fn is_number(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}

/// A text that is not a number as JSON writes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BigNumberError(());

impl fmt::Display for BigNumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a number as JSON writes them, such as `-12.5e3`")
    }
}

impl std::error::Error for BigNumberError {}

/// Writes the digits as they are, which `serde_json` allows through its raw values.
impl serde::Serialize for BigNumber {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw = RawValue::from_string(self.0.clone()).map_err(serde::ser::Error::custom)?;
        raw.serialize(serializer)
    }
}

impl<'de> serde::Deserialize<'de> for BigNumber {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        raw.get().parse().map_err(|_| D::Error::custom("expected a number"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_survive_json() {
        for text in ["12345678901234567890123", "-0.1234567890123456789012345678901", "1e400", "0"] {
            let number: BigNumber = serde_json::from_str(text).unwrap();
            assert_eq!(number.as_str(), text);
            assert_eq!(serde_json::to_string(&number).unwrap(), text);
        }
    }

    #[test]
    fn json_values_hold_numbers_that_fit() {
        let value = serde_json::json!(12.5);
        let number: BigNumber = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(number.as_str(), "12.5");
        assert_eq!(serde_json::to_value(&number).unwrap(), value);
    }

    #[test]
    fn what_is_not_a_json_number_is_refused() {
        for text in ["", "-", "01", "+1", "1.", ".5", "1e", "NaN", "0x1", "1 "] {
            assert!(text.parse::<BigNumber>().is_err(), "{text}");
        }
        let error = serde_json::from_str::<BigNumber>("\"secret\"").unwrap_err().to_string();
        assert!(error.starts_with("expected a number"), "{error}");
    }
}
