//! What is wrong with a configuration.

use std::fmt;

use crate::endpoint::EndpointError;

/// A setting that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConfigError {
    /// No region was given.
    MissingRegion,
    /// The region cannot stand in a host name.
    InvalidRegion {
        /// The region that was given.
        region: String,
    },
    /// The endpoint is not a base URL.
    InvalidEndpoint {
        /// The endpoint that was given, without user info.
        endpoint: String,
        /// What is wrong with it and what to do.
        reason: String,
    },
    /// The proxy is not the URL of one.
    InvalidProxy {
        /// What is wrong with it.
        reason: String,
    },
    /// The service has no endpoint for this combination of region, FIPS, dual-stack and custom endpoint.
    Endpoint(EndpointError),
    /// The addition to the user agent holds characters that a header cannot.
    InvalidUserAgent,
    /// The HTTP client could not be made; the text says why.
    HttpClient(String),
}

impl ConfigError {
    /// The code AWS SDK for JavaScript v2 uses for errors of configuration.
    pub fn code(&self) -> &'static str {
        "ConfigError"
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingRegion => {
                f.write_str("Missing region in config: set `region(\"us-west-2\")`, or AWS_REGION with `Config::from_env`")
            }
            Self::InvalidRegion { region } => write!(
                f,
                "Invalid region in config: `{}` is not 1 to 63 letters, digits and inner hyphens",
                region.escape_debug()
            ),
            Self::InvalidEndpoint { endpoint, reason } => {
                write!(f, "Invalid endpoint in config: `{}`: {reason}", endpoint.escape_debug())
            }
            Self::InvalidProxy { reason } => write!(f, "Invalid proxy in config: {reason}"),
            Self::Endpoint(error) => error.fmt(f),
            Self::InvalidUserAgent => {
                f.write_str("Invalid user agent suffix in config: it may hold printable ASCII characters only")
            }
            Self::HttpClient(reason) => write!(f, "the HTTP client could not be made: {reason}"),
        }
    }
}

impl std::error::Error for ConfigError {}
