//! Reading a request's body.

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::StatusCode;
use hyper::body::{Body, Incoming};
use hyper::header::EXPECT;
use hyper::http::request::Parts;
use tokio::time::timeout;

use crate::answer::ApiError;
use crate::limits::Limits;

/// Reads a request's body within the limits of size and time.
pub(crate) async fn read(limits: Limits, parts: &Parts, body: Incoming) -> Result<Bytes, ApiError> {
    let refused_unread = parts.headers.contains_key(EXPECT) && body.size_hint().lower() > limits.body_bytes as u64;
    if refused_unread {
        return Err(too_large(limits.body_bytes));
    }
    match timeout(limits.body_timeout, collect(body, limits.body_bytes)).await {
        Ok(result) => result,
        Err(_) => Err(ApiError::new(
            StatusCode::REQUEST_TIMEOUT,
            "RequestTimeoutException",
            format!("The request's body did not arrive within {} s", limits.body_timeout.as_secs_f64()),
        )),
    }
}

/// Reads a body to its end. One that is too long is read on and thrown away for a while: a client that is still sending
/// when the connection is closed would not see the answer.
async fn collect(mut body: Incoming, limit: usize) -> Result<Bytes, ApiError> {
    const READ_AT_MOST: usize = 64 * 1024 * 1024;
    let mut bytes = BytesMut::new();
    let mut length = 0_usize;
    while let Some(frame) = body.frame().await {
        let frame =
            frame.map_err(|error| ApiError::serialization(format!("The request's body cannot be read: {error}")))?;
        let Ok(data) = frame.into_data() else {
            continue;
        };
        length = length.saturating_add(data.len());
        if length <= limit {
            bytes.extend_from_slice(&data);
        } else if length > limit.saturating_add(READ_AT_MOST) {
            break;
        }
    }
    if length > limit { Err(too_large(limit)) } else { Ok(bytes.freeze()) }
}

fn too_large(limit: usize) -> ApiError {
    ApiError::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "RequestEntityTooLargeException",
        format!("The request's body must not be longer than {limit} bytes"),
    )
}
