//! Requests and responses between operations and the send loop: no I/O, no signing.

use std::fmt;

pub use ::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use bytes::Bytes;

use crate::byte_stream::ByteStream;

/// A request as an operation makes it: everything but the host, the signature and what the transport adds.
#[derive(Clone)]
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
    /// A body that is sent as it comes, in place of [`body`](Self::body), which is empty then.
    pub stream: Option<ByteStream>,
    /// What is put before the endpoint's host name, with its final point (`data.`); empty for nothing.
    pub host_prefix: String,
}

impl Request {
    /// A request of the given method and path, with nothing else.
    #[must_use]
    pub fn new(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            query: String::new(),
            headers: HeaderMap::new(),
            body: Bytes::new(),
            stream: None,
            host_prefix: String::new(),
        }
    }
}

/// Shows how long the body is, not what it says: inputs may hold secrets.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// A response whose body has been read to its end.
#[derive(Clone)]
#[non_exhaustive]
pub struct Response {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    pub(crate) reason: Option<Box<str>>,
}

impl Response {
    /// A response of the given parts, for tests of code that reads responses.
    pub fn new(status: StatusCode, headers: HeaderMap, body: impl Into<Bytes>) -> Self {
        Self { status, headers, body: body.into(), reason: None }
    }

    /// The reason phrase of the status line, or the usual one of the status when the server sent none of its own.
    pub fn reason(&self) -> &str {
        self.reason.as_deref().or_else(|| self.status.canonical_reason()).unwrap_or_default()
    }

    /// The request ID the service gave, from whichever of the two headers carries it.
    pub fn request_id(&self) -> Option<&str> {
        ["x-amz-request-id", "x-amzn-requestid"].iter().find_map(|name| self.headers.get(*name)?.to_str().ok())
    }
}

/// Shows how long the body is, not what it says: bodies may hold credentials.
impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("request_id", &self.request_id())
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
