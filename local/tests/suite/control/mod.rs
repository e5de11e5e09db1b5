//! The control plane: channels, streams, what is linked to what, and where endpoints are.

mod endpoints;
mod resources;
mod storage;

use kinesisvideo_local::{Builder, LocalService, Quotas, Verification};
use serde_json::{Value, json};

use crate::common;

pub(super) fn builder() -> Builder {
    LocalService::builder().verification(Verification::Off).quotas(Quotas::unlimited())
}

pub(super) fn empty() -> LocalService {
    builder().start_blocking().unwrap()
}

/// An operation's output.
#[track_caller]
pub(super) fn ok(service: &LocalService, operation: &str, input: Value) -> Value {
    let reply = common::call(service, &format!("/{operation}"), &input.to_string());
    assert_eq!(reply.status, 200, "{operation} {input}: {}", String::from_utf8_lossy(&reply.body));
    reply.json()
}

/// An operation's status, error code and message.
#[track_caller]
pub(super) fn refused(service: &LocalService, operation: &str, input: Value) -> (u16, String, String) {
    let reply = common::call(service, &format!("/{operation}"), &input.to_string());
    let (status, code, message) = reply.error();
    assert_eq!(reply.json()["Message"], json!(message), "{operation} spells errors with a capital");
    (status, code.to_owned(), message)
}

/// An operation's error code.
#[track_caller]
pub(super) fn code(service: &LocalService, operation: &str, input: Value) -> String {
    refused(service, operation, input).1
}
