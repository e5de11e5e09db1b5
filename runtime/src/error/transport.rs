//! Requests and responses that were lost on the way.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use ::http::StatusCode;

use super::Resent;

/// A request or response that was lost on the way.
#[derive(Clone, Debug)]
pub struct TransportError {
    pub(crate) kind: TransportErrorKind,
    pub(crate) host: String,
    pub(crate) detail: String,
    pub(crate) resent: Resent,
    pub(crate) message: String,
    pub(crate) status: Option<StatusCode>,
    pub(crate) source: Option<Arc<dyn StdError + Send + Sync>>,
}

/// What went wrong on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The host name did not resolve.
    Dns,
    /// No connection: refused, unreachable.
    Connect,
    /// A time limit passed.
    Timeout,
    /// The TLS handshake failed: an untrusted or wrong certificate, no common version.
    Tls,
    /// The connection was closed or reset before the response began.
    Reset,
    /// The response ended before its body was complete.
    Incomplete,
    /// Anything else, such as a response that is not HTTP.
    Other,
}

impl TransportError {
    /// What went wrong.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// The host that was to be reached.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The status of the response, when it had begun. A success means that the service has acted on the request, although the
    /// rest of its answer was lost.
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// What went wrong, in the words of AWS SDK for JavaScript v2 where it has the same error. `Display` has our own words and the
    /// cause.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The code AWS SDK for JavaScript v2 uses for the condition.
    pub fn code(&self) -> &'static str {
        match self.kind {
            TransportErrorKind::Timeout | TransportErrorKind::Reset | TransportErrorKind::Incomplete => "TimeoutError",
            TransportErrorKind::Dns | TransportErrorKind::Connect => "UnknownEndpoint",
            TransportErrorKind::Tls | TransportErrorKind::Other => "NetworkingError",
        }
    }

    /// What to look at first.
    fn help(&self) -> &'static str {
        match self.kind {
            TransportErrorKind::Dns => "check the region or the endpoint",
            TransportErrorKind::Connect => "check the endpoint, the proxy and the network",
            TransportErrorKind::Timeout => "the limits are `connect_timeout` and `read_timeout`",
            TransportErrorKind::Tls => {
                "the certificate must be one that this system trusts; `http_client` takes a client that trusts others"
            }
            TransportErrorKind::Reset | TransportErrorKind::Incomplete => "the service may have acted on the request",
            TransportErrorKind::Other => "check that the endpoint is an HTTP service",
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} (host {}", self.code(), self.detail, self.host)?;
        match self.resent.attempts() {
            1 => f.write_str(")")?,
            n => write!(f, ", {n} requests sent)")?,
        }
        write!(f, "; {}", self.help())
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| &**source as &(dyn StdError + 'static))
    }
}
