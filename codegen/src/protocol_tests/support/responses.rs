//! What must be read from a response.

use std::fmt::Debug;

use kinesisvideo_runtime::Timestamp;
use serde::Serialize;
use serde_json::Value;

/// Fails the test unless `found`, written as JSON, is what the parameters say.
pub(crate) fn check<T: Debug + Serialize>(found: &T, params: &str) {
    let expected: Value = serde_json::from_str(params).unwrap();
    let written = serde_json::to_value(found).unwrap();
    assert!(same(&written, &expected), "found {written}, and must be {expected}");
}

/// Whether a value is that of the parameters, in which points in time are seconds, and numbers may be of a lesser precision.
fn same(found: &Value, expected: &Value) -> bool {
    match (found, expected) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64().map(|a| a as f32) == b.as_f64().map(|b| b as f32),
        (Value::String(_), Value::Number(_)) => time(found).is_some_and(|found| Some(found) == time(expected)),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(found), Value::Object(expected)) => {
            let all = expected.iter().filter(|(_, expected)| !expected.is_null());
            all.clone().all(|(key, expected)| found.get(key).is_some_and(|found| same(found, expected)))
                && found.iter().all(|(key, found)| expected.contains_key(key) || is_absent(found))
        }
        (found, expected) => found == expected,
    }
}

fn time(value: &Value) -> Option<Timestamp> {
    serde_json::from_value(value.clone()).ok()
}

/// Whether a value is what stands for a required member that was not sent.
fn is_absent(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.values().all(is_absent),
        Value::Bool(true) => false,
    }
}
