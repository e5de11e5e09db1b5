//! A point in time, in the three formats of the protocols.

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::calendar::{self, Civil};

/// A point in time with nanoseconds, counted from 1970-01-01T00:00:00Z without leap seconds.
///
/// ```
/// use kinesisvideo_runtime::Timestamp;
///
/// let timestamp: Timestamp = "2018-05-10T12:00:00.5Z".parse()?;
/// assert_eq!(timestamp.seconds(), 1_525_953_600);
/// assert_eq!(timestamp.nanoseconds(), 500_000_000);
/// assert_eq!(timestamp.to_string(), "2018-05-10T12:00:00.5Z");
/// # Ok::<(), kinesisvideo_runtime::timestamp::TimestampError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    seconds: i64,
    nanoseconds: u32,
}

/// How a [`Timestamp`] is written: the values of `smithy.api#timestampFormat`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `1525953600.5`: seconds since 1970 with an optional fraction.
    EpochSeconds,
    /// `2018-05-10T12:00:00.5Z`: RFC 3339, written in UTC.
    DateTime,
    /// `Thu, 10 May 2018 12:00:00 GMT`: RFC 9110, which has no fraction.
    HttpDate,
}

/// The first second of the year 1 and the last of the year 9999: what all three formats can write.
const SECONDS: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;

impl Timestamp {
    /// The time `seconds` after 1970-01-01T00:00:00Z, negative before it.
    ///
    /// Times outside of the years 1 to 9999 become the nearest time within.
    #[must_use]
    pub fn from_seconds(seconds: i64) -> Self {
        Self::from_parts(seconds, 0)
    }

    /// The time `seconds` and `nanoseconds` after 1970-01-01T00:00:00Z; a second or more of nanoseconds counts as such.
    ///
    /// Times outside of the years 1 to 9999 become the nearest time within.
    #[must_use]
    pub fn from_parts(seconds: i64, nanoseconds: u32) -> Self {
        let seconds = seconds.saturating_add(i64::from(nanoseconds / 1_000_000_000));
        let nanoseconds = nanoseconds % 1_000_000_000;
        if seconds < *SECONDS.start() {
            Self { seconds: *SECONDS.start(), nanoseconds: 0 }
        } else if seconds > *SECONDS.end() {
            Self { seconds: *SECONDS.end(), nanoseconds: 999_999_999 }
        } else {
            Self { seconds, nanoseconds }
        }
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded towards the past.
    #[must_use]
    pub fn seconds(self) -> i64 {
        self.seconds
    }

    /// Nanoseconds after [`seconds`](Self::seconds), less than a second.
    #[must_use]
    pub fn nanoseconds(self) -> u32 {
        self.nanoseconds
    }

    /// Reads a text of the given format.
    ///
    /// # Errors
    /// When the text is not of the format, or names a time outside of the years 1 to 9999.
    pub fn parse(text: &str, format: Format) -> Result<Self, TimestampError> {
        let parsed = match format {
            Format::EpochSeconds => parse_epoch_seconds(text),
            Format::DateTime => parse_date_time(text),
            Format::HttpDate => parse_http_date(text),
        };
        parsed
            .filter(|(seconds, _)| SECONDS.contains(seconds))
            .map(|(seconds, nanoseconds)| Self { seconds, nanoseconds })
            .ok_or(TimestampError { format })
    }

    /// Writes the time in the given format.
    #[must_use]
    pub fn format(self, format: Format) -> String {
        match format {
            Format::EpochSeconds => self.epoch_seconds(),
            Format::DateTime => {
                let Civil { year, month, day, hour, minute, second, .. } = calendar::civil(self.seconds);
                let fraction = fraction(self.nanoseconds);
                format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z")
            }
            Format::HttpDate => {
                let Civil { year, month, day, hour, minute, second, weekday } = calendar::civil(self.seconds);
                let weekday = calendar::weekday_name(weekday);
                let month = calendar::month_name(month);
                format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT")
            }
        }
    }

    fn epoch_seconds(self) -> String {
        // Before 1970 the fraction counts towards the future, while the text's counts away from zero.
        if self.seconds < 0 && self.nanoseconds > 0 {
            let whole = self.seconds + 1;
            let sign = if whole == 0 { "-" } else { "" };
            return format!("{sign}{whole}{}", fraction(1_000_000_000 - self.nanoseconds));
        }
        format!("{}{}", self.seconds, fraction(self.nanoseconds))
    }

    /// The time of a number of seconds since 1970; `None` for NaN, infinities and times that cannot be written.
    pub(crate) fn from_f64(seconds: f64) -> Option<Self> {
        let whole = seconds.floor();
        // Services send at most milliseconds, and a double holds little more than microseconds of today: round to them.
        let micros = ((seconds - whole) * 1_000_000.0).round() as u32;
        (whole >= *SECONDS.start() as f64 && whole <= *SECONDS.end() as f64)
            .then(|| Self::from_parts(whole as i64, micros * 1_000))
    }

    /// Seconds since 1970 as a double, for protocols whose numbers are doubles.
    pub(crate) fn as_f64(self) -> f64 {
        self.seconds as f64 + f64::from(self.nanoseconds) / 1e9
    }
}

fn fraction(nanoseconds: u32) -> String {
    if nanoseconds == 0 {
        return String::new();
    }
    format!(".{nanoseconds:09}").trim_end_matches('0').to_owned()
}

fn parse_epoch_seconds(text: &str) -> Option<(i64, u32)> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let whole = number(whole, 1..=19)?;
    let nanoseconds = nanoseconds(fraction)?;
    Some(match (negative, nanoseconds) {
        (false, nanoseconds) => (whole, nanoseconds),
        (true, 0) => (-whole, 0),
        (true, nanoseconds) => (-whole - 1, 1_000_000_000 - nanoseconds),
    })
}

fn parse_date_time(text: &str) -> Option<(i64, u32)> {
    let (date, time) = text.split_once(['T', 't', ' '])?;
    let mut date = date.splitn(3, '-');
    let year = number(date.next()?, 4..=4)?;
    let month = number(date.next()?, 2..=2)?;
    let day = number(date.next()?, 2..=2)?;
    let zone = time.find(['Z', 'z', '+', '-'])?;
    let (clock, zone) = time.split_at(zone);
    let offset = match zone {
        "Z" | "z" => 0,
        _ => {
            let (hours, minutes) = zone.get(1..)?.split_once(':')?;
            let (hours, minutes) = (number(hours, 2..=2)?, number(minutes, 2..=2)?);
            let seconds = (hours <= 23 && minutes <= 59).then_some(hours * 3600 + minutes * 60)?;
            if zone.starts_with('-') { -seconds } else { seconds }
        }
    };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let seconds = calendar::seconds(year, month, day)? + time_of_day(clock)? - offset;
    Some((seconds, nanoseconds(fraction)?))
}

fn parse_http_date(text: &str) -> Option<(i64, u32)> {
    // The name of the day is redundant, and some services get it wrong.
    let (_, rest) = text.split_once(", ")?;
    let mut parts = rest.split(' ');
    let day = number(parts.next()?, 1..=2)?;
    let month = calendar::month_number(parts.next()?)?;
    let year = number(parts.next()?, 4..=4)?;
    let (clock, fraction) = match parts.next()? {
        clock if clock.contains('.') => clock.split_once('.')?,
        clock => (clock, "0"),
    };
    let seconds = calendar::seconds(year, month, day)? + time_of_day(clock)?;
    (parts.next() == Some("GMT") && parts.next().is_none()).then_some((seconds, nanoseconds(fraction)?))
}

/// Seconds of `12:34:56`; the 60th second of a leap second is the next minute's first.
fn time_of_day(text: &str) -> Option<i64> {
    let mut parts = text.splitn(3, ':');
    let mut part = |max| number(parts.next()?, 2..=2).filter(|value| *value <= max);
    Some(part(23)? * 3600 + part(59)? * 60 + part(60)?)
}

fn number(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<i64> {
    (digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

/// Nanoseconds of the digits after a point; digits beyond the ninth are cut.
fn nanoseconds(fraction: &str) -> Option<u32> {
    number(fraction, 1..=18)?;
    format!("{fraction:0<9}").get(..9)?.parse().ok()
}

/// Shows RFC 3339 in UTC: `2018-05-10T12:00:00Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.format(Format::DateTime))
    }
}

/// Reads RFC 3339.
impl FromStr for Timestamp {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text, Format::DateTime)
    }
}

/// Times outside of the years 1 to 9999 become the nearest time within.
impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        let seconds = |duration: Duration| i64::try_from(duration.as_secs()).unwrap_or(i64::MAX);
        match time.duration_since(UNIX_EPOCH) {
            Ok(after) => Self::from_parts(seconds(after), after.subsec_nanos()),
            Err(error) => {
                let before = error.duration();
                match before.subsec_nanos() {
                    0 => Self::from_seconds(-seconds(before)),
                    nanoseconds => Self::from_parts(-seconds(before) - 1, 1_000_000_000 - nanoseconds),
                }
            }
        }
    }
}

/// Fails when the system's clock cannot hold the time, which on common systems it can.
impl TryFrom<Timestamp> for SystemTime {
    type Error = TimestampError;

    fn try_from(timestamp: Timestamp) -> Result<Self, Self::Error> {
        let seconds = Duration::from_secs(timestamp.seconds.unsigned_abs());
        let whole =
            if timestamp.seconds < 0 { UNIX_EPOCH.checked_sub(seconds) } else { UNIX_EPOCH.checked_add(seconds) };
        whole
            .and_then(|whole| whole.checked_add(Duration::from_nanos(timestamp.nanoseconds.into())))
            .ok_or(TimestampError { format: Format::EpochSeconds })
    }
}

/// A text that is not a time of the format it should have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimestampError {
    format: Format,
}

impl TimestampError {
    /// The format that was expected.
    #[must_use]
    pub fn format(self) -> Format {
        self.format
    }
}

impl fmt::Display for TimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected ")?;
        f.write_str(self.format.example())?;
        f.write_str(" with a year of 1 to 9999")
    }
}

impl std::error::Error for TimestampError {}

impl Format {
    /// What a reader is told to expect.
    pub(crate) fn example(self) -> &'static str {
        match self {
            Self::EpochSeconds => "a number of seconds since 1970",
            Self::DateTime => "a time like `2018-05-10T12:00:00Z`",
            Self::HttpDate => "a time like `Thu, 10 May 2018 12:00:00 GMT`",
        }
    }
}

#[cfg(test)]
#[path = "timestamp_tests.rs"]
mod tests;
