//! How long to wait, where parameters are JSON.

use std::time::Duration;

use serde_json::Value;

use crate::encode_error::EncodeError;

/// What the models' waiters amount to in AWS SDK for JavaScript v2, most of them: 40 calls, 30 seconds apart.
const DEFAULT: Duration = Duration::from_secs(20 * 60);

const PARAMETER: &str = "$waiter";

/// Takes `$waiter` out of the parameters.
pub(super) fn take_max_wait(params: &mut Value) -> Result<Duration, EncodeError> {
    let Some(options) = params.as_object_mut().and_then(|params| params.remove(PARAMETER)) else { return Ok(DEFAULT) };
    let seconds = match &options {
        Value::Object(options) if options.len() == 1 => options.get("maxWait").and_then(Value::as_f64),
        _ => None,
    };
    let max_wait = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    max_wait.ok_or_else(|| {
        EncodeError::member(PARAMETER, "must be an object with `maxWait`, a number of seconds that is not negative")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_time_is_taken_out_of_the_parameters() {
        let mut params = json!({"Name": "a", "$waiter": {"maxWait": 1.5}});
        assert_eq!(take_max_wait(&mut params).unwrap(), Duration::from_millis(1_500));
        assert_eq!(params, json!({"Name": "a"}));
        assert_eq!(take_max_wait(&mut params).unwrap(), DEFAULT);
        assert_eq!(take_max_wait(&mut Value::Null).unwrap(), DEFAULT);
    }

    #[test]
    fn other_options_are_refused() {
        for options in
            [json!(1), json!({}), json!({"maxWait": -1}), json!({"maxWait": 1e300}), json!({"maxWait": 1, "delay": 2})]
        {
            let error = take_max_wait(&mut json!({"$waiter": options})).unwrap_err();
            assert!(error.to_string().contains("maxWait"), "{error}");
        }
    }
}
