//! What is retried, and when.
//!
//! The list is that of AWS SDK for JavaScript v2, which users of these services know: transport errors, every status of
//! 500 and above, 429, and the throttling and expiry codes below. `ClientLimitExceededException` is not in it: the
//! services of this family also use it for quotas that no waiting frees.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use ::http::StatusCode;

use crate::http::Response;
use crate::operation::Retryable;

/// How often and when a call is sent again.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RetryConfig {
    /// How many times a call is sent again after its first request; 3 by default, 0 for never.
    pub max_retries: u32,
    /// How long to wait before each.
    pub delay: RetryDelay,
}

impl Default for RetryConfig {
    fn default() -> Self {
        Self { max_retries: 3, delay: RetryDelay::default() }
    }
}

/// How long to wait before a call is sent again.
#[derive(Clone)]
#[non_exhaustive]
pub enum RetryDelay {
    /// Exponential back-off with full jitter: a random share of `base`, then of twice `base`, then of four times `base`.
    Exponential {
        /// The upper bound of the first wait; 100 ms by default.
        base: Duration,
    },
    /// A function of what failed; `None` gives up.
    Custom(CustomDelay),
}

/// A function from a failed request to the wait before the next; `None` gives up.
pub type CustomDelay = Arc<dyn Fn(&FailedAttempt<'_>) -> Option<Duration> + Send + Sync>;

/// A request that failed and may be sent again.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct FailedAttempt<'a> {
    /// How many retries were made before: 0 after the first request.
    pub retries: u32,
    /// The code of the error, as [`Error::code`](crate::Error::code) would give it.
    pub code: &'a str,
    /// The status, when there was a response.
    pub status: Option<StatusCode>,
}

impl Default for RetryDelay {
    fn default() -> Self {
        Self::Exponential { base: Duration::from_millis(100) }
    }
}

impl fmt::Debug for RetryDelay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exponential { base } => f.debug_struct("Exponential").field("base", base).finish(),
            Self::Custom(_) => f.write_str("Custom(..)"),
        }
    }
}

impl RetryDelay {
    /// The wait before the next attempt, `random` being uniform in 0..1.
    pub(crate) fn wait(&self, failed: &FailedAttempt<'_>, random: f64) -> Option<Duration> {
        match self {
            // Beyond 2^16 times the base a further doubling only risks overflow.
            Self::Exponential { base } => {
                Some(base.saturating_mul(1 << failed.retries.min(16)).mul_f64(random.clamp(0.0, 1.0)))
            }
            Self::Custom(delay) => delay(failed),
        }
    }
}

const THROTTLING_CODES: [&str; 9] = [
    "ProvisionedThroughputExceededException",
    "Throttling",
    "ThrottlingException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "TooManyRequestsException",
    "TransactionInProgressException",
    "EC2ThrottledException",
];

pub(crate) fn is_throttling_code(code: &str) -> bool {
    THROTTLING_CODES.contains(&code)
}

/// Codes that say the credentials have expired: fresh ones are asked for before the next attempt.
pub(crate) fn is_expired_credentials(code: &str) -> bool {
    matches!(code, "ExpiredTokenException" | "ExpiredToken" | "RequestExpired")
}

/// A signature that came too late: the next attempt gets one of its own time.
fn is_expired_signature(code: &str, message: Option<&str>) -> bool {
    code.contains("Signature") && message.is_some_and(|message| message.contains("expired"))
}

/// Codes that may say the clocks differ.
pub(crate) fn is_clock_skew(code: &str) -> bool {
    matches!(
        code,
        "RequestTimeTooSkewed"
            | "RequestExpired"
            | "InvalidSignatureException"
            | "SignatureDoesNotMatch"
            | "AuthFailure"
            | "RequestInTheFuture"
    )
}

pub(crate) fn is_retryable(
    response: &Response,
    code: &str,
    message: Option<&str>,
    modelled: Option<Retryable>,
) -> bool {
    response.status.as_u16() >= 500
        || response.status == StatusCode::TOO_MANY_REQUESTS
        || is_throttling_code(code)
        || is_expired_credentials(code)
        || is_expired_signature(code, message)
        || modelled.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(retries: u32) -> FailedAttempt<'static> {
        FailedAttempt { retries, code: "TimeoutError", status: None }
    }

    #[test]
    fn waits_double_and_are_jittered() {
        let delay = RetryDelay::default();
        let waits: Vec<_> = (0..3).map(|n| delay.wait(&after(n), 0.5).unwrap().as_millis()).collect();
        assert_eq!(waits, [50, 100, 200]);
        assert_eq!(delay.wait(&after(2), 0.0), Some(Duration::ZERO));
        assert!(delay.wait(&after(u32::MAX), 1.0).unwrap() >= Duration::from_secs(6_000));
    }

    #[test]
    fn a_custom_delay_may_give_up() {
        let delay = RetryDelay::Custom(Arc::new(|failed| (failed.retries < 1).then(|| Duration::from_millis(7))));
        assert_eq!((delay.wait(&after(0), 0.5), delay.wait(&after(1), 0.5)), (Some(Duration::from_millis(7)), None));
    }
}
