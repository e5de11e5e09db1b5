//! Dates as signatures carry them.

use super::error::SigningError;
use crate::calendar;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A date such as `20240510T123456Z`, always in UTC and to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct AmzDate([u8; 16]);

impl AmzDate {
    /// Cuts fractions of a second off.
    pub(super) fn new(time: SystemTime) -> Result<Self, SigningError> {
        let seconds = match time.duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_secs()).ok(),
            Err(before) => {
                let before = before.duration();
                let whole = before.as_secs() + u64::from(before.subsec_nanos() > 0);
                i64::try_from(whole).ok().map(|whole| -whole)
            }
        }
        // Far outside of the years that can be written; keeps the calendar's arithmetic from overflowing.
        .filter(|seconds| seconds.unsigned_abs() < 1 << 40)
        .ok_or(SigningError::TimeOutOfRange)?;
        let civil = calendar::civil(seconds);
        if !(0..=9999).contains(&civil.year) {
            return Err(SigningError::TimeOutOfRange);
        }
        let mut text = *b"00000000T000000Z";
        write_digits(&mut text[0..4], civil.year);
        write_digits(&mut text[4..6], civil.month);
        write_digits(&mut text[6..8], civil.day);
        write_digits(&mut text[9..11], civil.hour);
        write_digits(&mut text[11..13], civil.minute);
        write_digits(&mut text[13..15], civil.second);
        Ok(Self(text))
    }

    /// Reads the date of a request; `None` unless it is one, in this very form.
    pub(super) fn parse(text: &str) -> Option<(Self, SystemTime)> {
        let text: [u8; 16] = text.as_bytes().try_into().ok()?;
        if text[8] != b'T' || text[15] != b'Z' {
            return None;
        }
        let number = |from: usize, to: usize| read_digits(&text[from..to]);
        let (hour, minute, second) = (number(9, 11)?, number(11, 13)?, number(13, 15)?);
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let day = calendar::seconds(number(0, 4)?, number(4, 6)?, number(6, 8)?)?;
        let seconds = day + hour * 3_600 + minute * 60 + second;
        let distance = Duration::from_secs(seconds.unsigned_abs());
        let time = if seconds < 0 { UNIX_EPOCH.checked_sub(distance) } else { UNIX_EPOCH.checked_add(distance) };
        Some((Self(text), time?))
    }

    pub(super) fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    pub(super) fn as_str(&self) -> &str {
        // Always ASCII, by construction.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The day alone: `20240510`.
    pub(super) fn day(&self) -> [u8; 8] {
        let [day @ .., _, _, _, _, _, _, _, _] = self.0;
        day
    }
}

fn write_digits(text: &mut [u8], value: i64) {
    let mut value = value as u16; // A year at most.
    for digit in text.iter_mut().rev() {
        *digit = b'0' + (value % 10) as u8;
        value /= 10;
    }
}

fn read_digits(text: &[u8]) -> Option<i64> {
    text.iter().try_fold(0, |value, digit| digit.is_ascii_digit().then(|| value * 10 + i64::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    #[test]
    fn dates_are_written_and_read() {
        for (seconds, text) in [
            (0, "19700101T000000Z"),
            (951_827_696, "20000229T123456Z"),
            (1_715_344_496, "20240510T123456Z"),
            (1_709_251_199, "20240229T235959Z"),
            (253_402_300_799, "99991231T235959Z"),
        ] {
            let date = AmzDate::new(at(seconds)).unwrap();
            assert_eq!(date.as_str(), text);
            assert_eq!(AmzDate::parse(text), Some((date, at(seconds))));
        }
        assert_eq!(AmzDate::new(at(1_715_344_496)).unwrap().day(), *b"20240510");
    }

    #[test]
    fn fractions_of_a_second_are_cut_off() {
        let date = |time| AmzDate::new(time).unwrap().as_str().to_owned();
        assert_eq!(date(at(1_715_344_496) + Duration::from_millis(999)), "20240510T123456Z");
        assert_eq!(date(UNIX_EPOCH - Duration::from_millis(1)), "19691231T235959Z");
    }

    #[test]
    fn years_of_five_digits_are_refused() {
        for time in [at(253_402_300_800), at(u64::from(u32::MAX) << 16)] {
            assert!(matches!(AmzDate::new(time), Err(SigningError::TimeOutOfRange)));
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "20240510T123456",
            "20240510 123456Z",
            "20240510T123456z",
            "20240230T123456Z",
            "20240510T240000Z",
            "20240510T126000Z",
            "20240510T123460Z",
            "2024051\u{660}T12345Z",
            "+0240510T123456Z",
        ] {
            assert_eq!(AmzDate::parse(text), None, "{text}");
        }
    }
}
