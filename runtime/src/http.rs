//! Requests and responses between operations and the send loop: no I/O, no signing.

use ::http::{HeaderMap, Method, StatusCode};
use bytes::Bytes;

/// A request as an operation makes it: everything but the host, the signature and what the transport adds.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The absolute path, percent-encoded as it will be sent (`/joinStorageSession`).
    pub path: String,
    /// The query without `?`, percent-encoded; empty for none.
    pub query: String,
    /// Headers in addition to those the runtime sets.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

/// A response whose body has been read to its end.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Response {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}
