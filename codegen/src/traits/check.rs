//! Whether the value of a trait has the form its definition asks for.

use serde_json::{Map, Value};

use super as traits;
use crate::parse::json::kind;

/// Checks the value of a trait; traits that nothing reads pass with any value.
///
/// # Errors
/// What is wrong with the value, without saying where.
pub fn check(id: &str, value: &Value) -> Result<(), String> {
    let problem = match id {
        traits::DEFAULT => Ok(()),
        traits::DOCUMENTATION
        | traits::JSON_NAME
        | traits::PATTERN
        | traits::MEDIA_TYPE
        | traits::TITLE
        | traits::HTTP_PREFIX_HEADERS => text(value).map(drop),
        traits::HTTP_QUERY => text(value).and_then(not_empty),
        traits::HTTP_HEADER => text(value).and_then(header_name),
        traits::ERROR => one_of(value, &["client", "server"]),
        traits::TIMESTAMP_FORMAT => one_of(value, &["date-time", "http-date", "epoch-seconds"]),
        traits::HTTP_ERROR => status(value),
        traits::ENUM_VALUE => match value {
            Value::String(_) => Ok(()),
            Value::Number(number) if number.is_i64() => Ok(()),
            other => Err(format!("must be a string or an integer, found {}", kind(other))),
        },
        traits::AUTH => texts(value),
        traits::HTTP => http(value),
        traits::LENGTH => length(value),
        traits::RANGE => range(value),
        traits::DEPRECATED => optional_texts(value, &["message", "since"]),
        traits::ENDPOINT => required_text(value, "hostPrefix"),
        traits::CONTEXT_PARAM => required_text(value, "name"),
        traits::SIGV4 => required_text(value, "name"),
        traits::AWS_SERVICE => required_text(value, "sdkId"),
        traits::PAGINATED => optional_texts(value, &["inputToken", "outputToken", "items", "pageSize"]),
        traits::REQUEST_COMPRESSION => object(value).and_then(|map| match map.get("encodings") {
            Some(encodings) => texts(encodings),
            None => Err("needs `encodings`".to_owned()),
        }),
        traits::RETRYABLE => object(value).and_then(|map| match map.get("throttling") {
            None | Some(Value::Bool(_)) => Ok(()),
            Some(other) => Err(format!("`throttling` must be true or false, found {}", kind(other))),
        }),
        traits::STATIC_CONTEXT_PARAMS => each(value, |param| match param.get("value") {
            Some(Value::String(_) | Value::Bool(_) | Value::Array(_)) => Ok(()),
            _ => Err("needs a `value` that is a string, a boolean or an array".to_owned()),
        }),
        traits::OPERATION_CONTEXT_PARAMS => each(value, |param| required_text(param, "path")),
        traits::CLIENT_CONTEXT_PARAMS => each(value, |param| required_text(param, "type")),
        traits::WAITABLE => each(value, waiter),
        traits::ENDPOINT_RULE_SET | traits::ENDPOINT_TESTS | traits::HTTP_CHECKSUM => object(value).map(drop),
        _ if is_annotation(id) => match value {
            Value::Object(_) | Value::Bool(true) => Ok(()),
            other => Err(format!("must be an object, found {}", kind(other))),
        },
        _ => Ok(()),
    };
    problem.map_err(|problem| format!("the trait `{id}` {problem}"))
}

/// Traits that are there or not, without a value of their own.
fn is_annotation(id: &str) -> bool {
    matches!(
        id,
        traits::REQUIRED
            | traits::CLIENT_OPTIONAL
            | traits::BOX
            | traits::HOST_LABEL
            | traits::HTTP_CHECKSUM_REQUIRED
            | traits::HTTP_LABEL
            | traits::HTTP_PAYLOAD
            | traits::HTTP_QUERY_PARAMS
            | traits::HTTP_RESPONSE_CODE
            | traits::IDEMPOTENCY_TOKEN
            | traits::IDEMPOTENT
            | traits::INPUT
            | traits::OPTIONAL_AUTH
            | traits::OUTPUT
            | traits::READONLY
            | traits::REQUIRES_LENGTH
            | traits::SENSITIVE
            | traits::SPARSE
            | traits::STREAMING
            | traits::UNIQUE_ITEMS
            | traits::UNSIGNED_PAYLOAD
            | traits::REST_JSON_1
    )
}

fn text(value: &Value) -> Result<&str, String> {
    value.as_str().ok_or_else(|| format!("must be a string, found {}", kind(value)))
}

fn object(value: &Value) -> Result<&Map<String, Value>, String> {
    value.as_object().ok_or_else(|| format!("must be an object, found {}", kind(value)))
}

fn not_empty(text: &str) -> Result<(), String> {
    if text.is_empty() {
        return Err("must not be empty".to_owned());
    }
    Ok(())
}

fn header_name(name: &str) -> Result<(), String> {
    let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if name.is_empty() || !name.chars().all(token) {
        return Err(format!("must be the name of a header, found `{name}`"));
    }
    Ok(())
}

fn one_of(value: &Value, allowed: &[&str]) -> Result<(), String> {
    let found = text(value)?;
    if allowed.contains(&found) {
        return Ok(());
    }
    let allowed: Vec<String> = allowed.iter().map(|name| format!("`{name}`")).collect();
    Err(format!("must be one of {}, found `{found}`", allowed.join(", ")))
}

fn texts(value: &Value) -> Result<(), String> {
    match value {
        Value::Array(items) => match items.iter().find(|item| !item.is_string()) {
            None => Ok(()),
            Some(other) => Err(format!("must hold strings, found {}", kind(other))),
        },
        other => Err(format!("must be an array of strings, found {}", kind(other))),
    }
}

fn status(value: &Value) -> Result<(), String> {
    match value.as_u64() {
        Some(100..=599) => Ok(()),
        _ => Err(format!("must be an HTTP status, found {value}")),
    }
}

fn required_text(value: &Value, key: &str) -> Result<(), String> {
    match object(value)?.get(key) {
        Some(Value::String(_)) => Ok(()),
        Some(other) => Err(format!("`{key}` must be a string, found {}", kind(other))),
        None => Err(format!("needs `{key}`")),
    }
}

fn optional_texts(value: &Value, keys: &[&str]) -> Result<(), String> {
    let map = object(value)?;
    for key in keys {
        match map.get(*key) {
            None | Some(Value::String(_)) => {}
            Some(other) => return Err(format!("`{key}` must be a string, found {}", kind(other))),
        }
    }
    Ok(())
}

fn http(value: &Value) -> Result<(), String> {
    required_text(value, "method")?;
    required_text(value, "uri")?;
    value.get("code").map_or(Ok(()), status).map_err(|problem| format!("`code` {problem}"))
}

fn length(value: &Value) -> Result<(), String> {
    let map = object(value)?;
    let bound = |key: &str| match map.get(key) {
        None => Ok(None),
        Some(bound) => match bound.as_u64() {
            Some(number) => Ok(Some(number)),
            None => Err(format!("`{key}` must be a whole number, found {bound}")),
        },
    };
    match (bound("min")?, bound("max")?) {
        (None, None) => Err("needs `min` or `max`".to_owned()),
        (Some(min), Some(max)) if min > max => Err(format!("has `min` {min} above `max` {max}")),
        _ => Ok(()),
    }
}

fn range(value: &Value) -> Result<(), String> {
    let map = object(value)?;
    let bound = |key: &str| match map.get(key) {
        None => Ok(None),
        Some(Value::Number(number)) => Ok(Some(number)),
        Some(other) => Err(format!("`{key}` must be a number, found {}", kind(other))),
    };
    match (bound("min")?, bound("max")?) {
        (None, None) => Err("needs `min` or `max`".to_owned()),
        (Some(min), Some(max)) if min.as_f64() > max.as_f64() => Err(format!("has `min` {min} above `max` {max}")),
        _ => Ok(()),
    }
}

fn each(value: &Value, check: impl Fn(&Value) -> Result<(), String>) -> Result<(), String> {
    for (name, item) in object(value)? {
        check(item).map_err(|problem| format!("entry `{name}` {problem}"))?;
    }
    Ok(())
}

fn waiter(value: &Value) -> Result<(), String> {
    let map = object(value)?;
    for key in ["minDelay", "maxDelay"] {
        if let Some(delay) = map.get(key).filter(|delay| !delay.is_u64()) {
            return Err(format!("`{key}` must be a number of seconds, found {delay}"));
        }
    }
    let Some(Value::Array(acceptors)) = map.get("acceptors") else {
        return Err("needs an array `acceptors`".to_owned());
    };
    for acceptor in acceptors {
        let state = acceptor.get("state").unwrap_or(&Value::Null);
        one_of(state, &["success", "failure", "retry"]).map_err(|problem| format!("`state` {problem}"))?;
        let matcher = acceptor.get("matcher").and_then(Value::as_object);
        match matcher.and_then(|matcher| matcher.iter().next()) {
            Some((name, Value::Bool(_))) if name == "success" => {}
            Some((name, Value::String(_))) if name == "errorType" => {}
            Some((name, path)) if name == "output" || name == "inputOutput" => {
                for key in ["path", "expected", "comparator"] {
                    required_text(path, key)?;
                }
            }
            _ => {
                return Err("needs a `matcher` with one of `output`, `inputOutput`, `success`, `errorType`".to_owned());
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn well_formed_values_pass() {
        let cases = [
            (traits::REQUIRED, json!({})),
            (traits::REQUIRED, json!(true)),
            (traits::LENGTH, json!({"min": 1})),
            (traits::RANGE, json!({"min": -0.5, "max": 1})),
            (traits::DEFAULT, Value::Null),
            (traits::HTTP, json!({"method": "GET", "uri": "/", "code": 204})),
            (traits::DEPRECATED, json!({})),
            ("example.org#anything", json!([1, 2])),
        ];
        for (id, value) in cases {
            assert_eq!(check(id, &value), Ok(()), "{id}");
        }
    }

    #[test]
    fn malformed_values_are_explained() {
        let cases = [
            (traits::REQUIRED, json!("yes"), "must be an object, found a string"),
            (traits::JSON_NAME, json!(1), "must be a string, found a number"),
            (traits::HTTP_QUERY, json!(""), "must not be empty"),
            (traits::HTTP_HEADER, json!("a b"), "must be the name of a header, found `a b`"),
            (traits::ERROR, json!("both"), "must be one of `client`, `server`, found `both`"),
            (traits::HTTP_ERROR, json!(42), "must be an HTTP status, found 42"),
            (traits::LENGTH, json!({}), "needs `min` or `max`"),
            (traits::LENGTH, json!({"min": -1}), "`min` must be a whole number, found -1"),
            (traits::LENGTH, json!({"min": 3, "max": 2}), "has `min` 3 above `max` 2"),
            (traits::RANGE, json!({"max": "2"}), "`max` must be a number, found a string"),
            (traits::RANGE, json!({"min": 3, "max": 2.5}), "has `min` 3 above `max` 2.5"),
            (traits::HTTP, json!({"method": "GET"}), "needs `uri`"),
            (
                traits::HTTP,
                json!({"method": "GET", "uri": "/", "code": "ok"}),
                "`code` must be an HTTP status, found \"ok\"",
            ),
            (traits::AUTH, json!([1]), "must hold strings, found a number"),
            (traits::RETRYABLE, json!({"throttling": 1}), "`throttling` must be true or false, found a number"),
            (
                traits::STATIC_CONTEXT_PARAMS,
                json!({"P": {}}),
                "entry `P` needs a `value` that is a string, a boolean or an array",
            ),
            (traits::WAITABLE, json!({"W": {}}), "entry `W` needs an array `acceptors`"),
            (
                traits::WAITABLE,
                json!({"W": {"acceptors": [{"state": "done"}]}}),
                "entry `W` `state` must be one of `success`, `failure`, `retry`, found `done`",
            ),
        ];
        for (id, value, expected) in cases {
            assert_eq!(check(id, &value), Err(format!("the trait `{id}` {expected}")));
        }
    }
}
