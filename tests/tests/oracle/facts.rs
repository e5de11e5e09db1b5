//! What is compared of two lines.

use std::collections::BTreeMap;

use kinesisvideo_tests::scripted::Received;
use serde_json::{Map, Value, json};

/// Headers that are the HTTP client's or the program's own, and not part of what the service is asked.
const HEADERS_OF_THEIR_OWN: [&str; 3] = ["accept", "connection", "user-agent"];

/// Where two lines differ: paths, and what stands there in the second; `None` for nothing.
pub(crate) type Differences = BTreeMap<String, Option<Value>>;

/// Compares what was recorded with what was replayed.
pub(crate) fn differences(recorded: &Value, actual: &Value) -> Differences {
    let mut found = Differences::new();
    compare("", &normal(recorded), &normal(actual), &mut found);
    found
}

/// The requests of a line.
pub(crate) fn requests(line: &Value) -> Vec<Received> {
    whole_requests(line).iter().map(received).collect()
}

fn compare(path: &str, recorded: &Value, actual: &Value, found: &mut Differences) {
    match (recorded, actual) {
        (Value::Object(recorded), Value::Object(actual)) => {
            for (name, theirs) in recorded {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                match actual.get(name) {
                    Some(ours) => compare(&path, theirs, ours, found),
                    None => _ = found.insert(path, None),
                }
            }
            for (name, ours) in actual.iter().filter(|(name, _)| !recorded.contains_key(*name)) {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                found.insert(path, Some(ours.clone()));
            }
        }
        (Value::Array(recorded), Value::Array(actual)) => {
            if recorded.len() != actual.len() {
                found.insert(format!("{path}.length"), Some(actual.len().into()));
            }
            for (number, (theirs, ours)) in recorded.iter().zip(actual).enumerate() {
                compare(&format!("{path}[{number}]"), theirs, ours, found);
            }
        }
        (recorded, actual) if same(recorded, actual) => {}
        (_, actual) => _ = found.insert(path.to_owned(), Some(actual.clone())),
    }
}

/// JavaScript has one type of numbers.
fn same(recorded: &Value, actual: &Value) -> bool {
    match (recorded.as_f64(), actual.as_f64()) {
        (Some(recorded), Some(actual)) => recorded == actual,
        _ => recorded == actual,
    }
}

/// The line without what differs by nature:
///
/// * headers of the HTTP client and the user agent, in requests and in monitoring data,
/// * the order of headers, and whether a request is shown or pointed at,
/// * errors' names, which are their codes, and their causes, which are the platform's,
/// * the waits that the original computes after the last attempt and does not wait.
fn normal(line: &Value) -> Value {
    let mut normal = line.as_object().cloned().unwrap_or_default();
    normal.remove("id");
    let requests = whole_requests(line).iter().map(without_headers_of_their_own).collect();
    normal.insert("requests".to_owned(), requests);
    if let Some(Value::Object(error)) = normal.get_mut("error") {
        for name in ["name", "originalError", "retryDelay"] {
            error.remove(name);
        }
    }
    if let Some(Value::Array(attempts)) = normal.get_mut("attempts") {
        for attempt in attempts.iter_mut().filter_map(Value::as_object_mut) {
            if attempt.get("retryable") != Some(&json!(true)) {
                attempt.remove("retryDelay");
            }
        }
    }
    if let Some(Value::Array(events)) = normal.get_mut("csm") {
        for event in events.iter_mut().filter_map(Value::as_object_mut) {
            event.remove("UserAgent");
        }
    }
    normal.into()
}

/// The requests of a line, those that are only pointed at included.
fn whole_requests(line: &Value) -> Vec<Value> {
    let mut whole: Vec<Value> = Vec::new();
    for request in line["requests"].as_array().into_iter().flatten() {
        let same = request.get("sameAs").and_then(Value::as_u64).and_then(|number| whole.get(number as usize)).cloned();
        whole.push(same.unwrap_or_else(|| request.clone()));
    }
    whole
}

fn without_headers_of_their_own(request: &Value) -> Value {
    let mut request = request.as_object().cloned().unwrap_or_default();
    for derived in ["headerOrder", "canonicalRequest", "stringToSign"] {
        request.remove(derived);
    }
    let headers = request.remove("headers").unwrap_or_default();
    let headers: Map<String, Value> = pairs(&headers)
        .filter(|(name, _)| !HEADERS_OF_THEIR_OWN.contains(name))
        .map(|(name, value)| (name.to_owned(), value.into()))
        .collect();
    request.insert("headers".to_owned(), headers.into());
    request.into()
}

fn pairs(headers: &Value) -> impl Iterator<Item = (&str, &str)> {
    headers.as_array().into_iter().flatten().filter_map(|pair| Some((pair[0].as_str()?, pair[1].as_str()?)))
}

fn received(request: &Value) -> Received {
    let text = |name: &str| request[name].as_str().unwrap_or_default().to_owned();
    Received {
        port: 0,
        origin: None,
        method: text("method"),
        target: text("path"),
        headers: pairs(&request["headers"]).map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        body: text("body").into_bytes(),
    }
}
