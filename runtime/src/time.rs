//! Where the runtime reads the time, so that tests and clock corrections can replace it.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// A source of the current time.
///
/// Signatures and the expiry of credentials are computed from it; time-outs and retry delays are not.
pub trait TimeSource: Send + Sync + fmt::Debug {
    /// The current time.
    fn now(&self) -> SystemTime;
}

impl<T: TimeSource + ?Sized> TimeSource for Arc<T> {
    fn now(&self) -> SystemTime {
        (**self).now()
    }
}

/// The system's clock: the default.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemTimeSource;

impl TimeSource for SystemTimeSource {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }
}

/// A clock that stands still until it is moved: for tests.
///
/// Clones share the same clock.
///
/// ```
/// use kinesisvideo_runtime::time::{ManualTime, TimeSource};
/// use std::time::{Duration, UNIX_EPOCH};
///
/// let time = ManualTime::new(UNIX_EPOCH);
/// let seen_by_the_client = time.clone();
/// time.advance(Duration::from_secs(5));
/// assert_eq!(seen_by_the_client.now(), UNIX_EPOCH + Duration::from_secs(5));
/// ```
#[derive(Clone, Debug)]
pub struct ManualTime(Arc<Mutex<SystemTime>>);

impl ManualTime {
    /// A clock that shows `now`.
    #[must_use]
    pub fn new(now: SystemTime) -> Self {
        Self(Arc::new(Mutex::new(now)))
    }

    /// Sets the clock, forwards or backwards.
    pub fn set(&self, now: SystemTime) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }

    /// Moves the clock forwards.
    pub fn advance(&self, by: Duration) {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *now += by;
    }
}

impl TimeSource for ManualTime {
    fn now(&self) -> SystemTime {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
