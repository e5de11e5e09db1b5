//! Quotas by the second.

use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, SystemTime};

const WINDOW: Duration = Duration::from_secs(1);

/// The calls of the last second, by what is counted (a channel's ARN and an operation).
#[derive(Debug, Default)]
pub(crate) struct Rates(BTreeMap<(String, &'static str), VecDeque<SystemTime>>);

impl Rates {
    /// Forgets what was counted for a resource that is no more.
    pub(super) fn forget(&mut self, resource: &str) {
        self.0.retain(|(counted, _), _| counted != resource);
    }

    /// Counts a call, unless `limit` calls were counted within the second before it: then `false`.
    pub(crate) fn admit(&mut self, resource: &str, operation: &'static str, limit: u32, now: SystemTime) -> bool {
        let calls = self.0.entry((resource.to_owned(), operation)).or_default();
        // A call that seems to lie in the future was counted before the clock was set back: it is over.
        calls.retain(|call| now.duration_since(*call).is_ok_and(|age| age < WINDOW));
        if calls.len() >= usize::try_from(limit).unwrap_or(usize::MAX) {
            return false;
        }
        calls.push_back(now);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_holds_as_many_calls_as_the_limit() {
        let mut rates = Rates::default();
        let at = |ms| SystemTime::UNIX_EPOCH + Duration::from_millis(ms);
        assert!(rates.admit("a", "Join", 2, at(0)));
        assert!(rates.admit("a", "Join", 2, at(500)));
        assert!(!rates.admit("a", "Join", 2, at(999)));
        assert!(rates.admit("b", "Join", 2, at(999)));
        assert!(rates.admit("a", "Watch", 2, at(999)));
        assert!(rates.admit("a", "Join", 2, at(1000)));
        assert!(!rates.admit("a", "Join", 2, at(1001)));
    }

    #[test]
    fn a_clock_set_back_refuses_nothing() {
        let mut rates = Rates::default();
        let late = SystemTime::UNIX_EPOCH + Duration::from_secs(1000);
        assert!(rates.admit("a", "Join", 1, late));
        assert!(rates.admit("a", "Join", 1, SystemTime::UNIX_EPOCH));
    }
}
