//! The service's time, as far as we know it.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use ::http::HeaderMap;
use ::http::header::DATE;

use crate::timestamp::{Format, Timestamp};

/// Clocks that differ by less are left alone: services accept signatures of up to 5 minutes.
const TOLERANCE: u64 = 300_000;

/// How far the service's clock is from this machine's, in milliseconds.
#[derive(Debug)]
pub(crate) struct Clock {
    offset: AtomicI64,
}

impl Clock {
    pub(crate) fn ahead(milliseconds: i64) -> Self {
        Self { offset: AtomicI64::new(milliseconds) }
    }

    /// The service's time when this machine's clock shows `now`.
    pub(crate) fn correct(&self, now: SystemTime) -> SystemTime {
        let offset = self.offset.load(Ordering::Relaxed);
        let distance = Duration::from_millis(offset.unsigned_abs());
        let corrected = if offset < 0 { now.checked_sub(distance) } else { now.checked_add(distance) };
        corrected.unwrap_or(now)
    }

    /// Takes over the service's time when it is 5 minutes or more from what [`correct`](Self::correct) gives.
    pub(crate) fn follow(&self, now: SystemTime, theirs: SystemTime) -> bool {
        if milliseconds_between(self.correct(now), theirs).unsigned_abs() < TOLERANCE {
            return false;
        }
        self.offset.store(milliseconds_between(now, theirs), Ordering::Relaxed);
        true
    }
}

fn milliseconds_between(from: SystemTime, to: SystemTime) -> i64 {
    let clamp = |duration: Duration| i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
    match to.duration_since(from) {
        Ok(ahead) => clamp(ahead),
        Err(behind) => -clamp(behind.duration()),
    }
}

/// What the `Date` header says, when it is there and is a date.
pub(crate) fn server_time(headers: &HeaderMap) -> Option<SystemTime> {
    let text = headers.get(DATE)?.to_str().ok()?;
    SystemTime::try_from(Timestamp::parse(text, Format::HttpDate).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    #[test]
    fn a_difference_of_five_minutes_is_followed() {
        let clock = Clock::ahead(0);
        assert!(!clock.follow(at(1_000_000), at(1_000_299)));
        assert!(!clock.follow(at(1_000_000), at(999_701)));
        assert_eq!(clock.correct(at(1_000_000)), at(1_000_000));
        assert!(clock.follow(at(1_000_000), at(1_000_300)));
        assert_eq!(clock.correct(at(1_000_010)), at(1_000_310));
        assert!(clock.follow(at(1_000_000), at(990_000)));
        assert_eq!(clock.correct(at(1_000_000)), at(990_000));
    }

    #[test]
    fn an_offset_that_leads_out_of_time_is_not_applied() {
        assert_eq!(
            Clock::ahead(i64::MIN).correct(at(0)),
            at(0).checked_sub(Duration::from_millis(i64::MIN.unsigned_abs())).unwrap_or(at(0))
        );
        assert_eq!(Clock::ahead(-5_000).correct(at(10)), at(5));
    }
}
