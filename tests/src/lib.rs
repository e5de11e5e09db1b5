//! Support for the tests that cross crates: a server that answers from a script, over real sockets, and the replay of cases
//! that were recorded with AWS SDK for JavaScript v2.

pub mod replay;
pub mod scripted;

use std::time::{Duration, UNIX_EPOCH};

use kinesisvideo::{Config, ConfigBuilder, Credentials, ManualTime, RetryDelay};

/// A channel that could exist.
pub const CHANNEL_ARN: &str = "arn:aws:kinesisvideo:us-west-2:123456789012:channel/demo/1700000000000";

/// A configuration with the credentials of AWS's own examples, a clock that stands at 2024-05-10T12:34:56Z, and retries that
/// do not wait.
pub fn config() -> ConfigBuilder {
    Config::builder()
        .region("us-west-2")
        .credentials(Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"))
        .retry_delay(RetryDelay::Exponential { base: Duration::ZERO })
        .time_source(ManualTime::new(UNIX_EPOCH + Duration::from_secs(1_715_344_496)))
}

/// Compiles and runs the code of the README.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

/// Compiles and runs the code of the page for those who come from AWS SDK for JavaScript v2.
#[cfg(doctest)]
#[doc = include_str!("../../docs/coming-from-js-v2.md")]
struct ComingFromJsV2;
