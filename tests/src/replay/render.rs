//! What is printed of requests, errors and endpoints.

use kinesisvideo::webrtc_storage::{Client, Error};
use kinesisvideo::{ConfigError, Endpoint};
use serde_json::{Map, Value, json};

use super::signature::Signed;
use crate::scripted::Received;

/// The requests as they arrived, in a group of cases; one that equals the one before is only pointed at.
pub(super) fn requests(received: &[Received], group: &str) -> Vec<Value> {
    let mut lines: Vec<Value> = Vec::new();
    let mut last: Option<(usize, Value)> = None;
    for (number, received) in received.iter().enumerate() {
        let line = request(received, group);
        match &last {
            Some((same, known)) if *known == line => lines.push(json!({"sameAs": same})),
            _ => {
                lines.push(line.clone());
                last = Some((number, line));
            }
        }
    }
    lines
}

fn request(received: &Received, group: &str) -> Value {
    let mut headers = received.headers.clone();
    headers.sort_by(|(a, _), (b, _)| a.cmp(b));
    let mut line = Map::new();
    let mut add = |name: &str, value: Value| line.insert(name.to_owned(), value);
    add("port", received.port.into());
    add("method", received.method.as_str().into());
    add("path", received.target.as_str().into());
    add("headers", json!(headers));
    if group == "wire" {
        add("headerOrder", received.headers.iter().map(|(name, _)| name.as_str()).collect());
    }
    add("body", String::from_utf8_lossy(&received.body).into());
    add("url", received.url().into());
    if let Some(signed) = Signed::of(received).filter(|_| ["wire", "sig", "endpoint", "redirect"].contains(&group)) {
        add("canonicalRequest", signed.canonical_request().into());
        add("stringToSign", signed.string_to_sign().into());
    }
    line.into()
}

/// An error of a call.
pub(super) fn error(error: &Error, client: &Client) -> Value {
    let mut line = head(error.code(), error.message().as_deref());
    let mut add = |name: &str, value: Value| line.insert(name.to_owned(), value);
    if let Some(status) = error.status() {
        add("statusCode", status.as_u16().into());
    }
    if error.attempts() > 0 {
        add("retryable", error.is_retryable().into());
    }
    if let Some(id) = error.request_id() {
        add("requestId", id.into());
    }
    if is_redirect(error) {
        add("redirect", true.into());
    }
    match error {
        Error::Transport(lost) => {
            add("region", client.config().region().as_str().into());
            add("hostname", lost.host().into());
        }
        Error::Service(failure) => {
            let body: Value = serde_json::from_slice(&failure.response().body).unwrap_or_default();
            for name in ["__type", "resource"] {
                if let Some(value) = body.get(name) {
                    add(name, value.clone());
                }
            }
        }
        Error::Validation(errors) if errors.iter().count() > 1 => {
            let errors =
                errors.iter().map(|violation| json!({"code": violation.code(), "message": violation.message()}));
            add("errors", errors.collect());
        }
        _ => {}
    }
    if let Some(source) = std::error::Error::source(error).filter(|_| !matches!(error, Error::Service(_))) {
        add("originalError", json!({"message": source.to_string()}));
    }
    line.into()
}

/// Whether the call ended with a redirect that was not followed.
pub(super) fn is_redirect(error: &Error) -> bool {
    error
        .response()
        .is_some_and(|response| response.status.is_redirection() && response.headers.contains_key("location"))
}

/// An error of making a client.
pub(super) fn config_error(error: &ConfigError) -> Value {
    head(error.code(), Some(&error.message())).into()
}

pub(super) fn head(code: &str, message: Option<&str>) -> Map<String, Value> {
    let mut line = Map::new();
    line.insert("name".to_owned(), code.into());
    line.insert("code".to_owned(), code.into());
    line.insert("message".to_owned(), message.into());
    line
}

/// An endpoint, in the parts that the original has of it.
pub(super) fn endpoint(endpoint: &Endpoint) -> Value {
    let default_port = if endpoint.scheme() == "https" { 443 } else { 80 };
    let host = match endpoint.port() {
        port if port == default_port => endpoint.host().to_owned(),
        port => format!("{}:{port}", endpoint.host()),
    };
    json!({
        "protocol": format!("{}:", endpoint.scheme()),
        "host": host,
        "hostname": endpoint.host().trim_matches(['[', ']']),
        "port": endpoint.port(),
        "pathname": endpoint.path(),
        "path": endpoint.path(),
        "href": endpoint.as_str(),
    })
}
