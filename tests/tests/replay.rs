//! The replay itself: whatever a case says, there is one line for it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of a test fails with it")]

use kinesisvideo_tests::replay::{File, replay};
use serde_json::{Value, json};

/// A case that sends nothing, with other keys on top.
fn case(keys: Value) -> Value {
    let mut case = json!({
        "id": "a-case",
        "clock": "2024-05-10T12:34:56.000Z",
        "random": 0.5,
        "invoke": "info",
        "config": {"region": "us-west-2"},
    });
    case.as_object_mut().unwrap().extend(keys.as_object().unwrap().clone());
    case
}

#[test]
fn what_is_not_understood_is_said_and_nothing_is_left_out_silently() {
    for (keys, reason) in [
        (json!({"surprise": 1}), "unknown field `surprise`"),
        (json!({"invoke": "shout"}), "unknown variant `shout`"),
        (json!({"clock": "yesterday"}), "expected a time"),
        (json!({"server": [{"action": "explode"}]}), "unknown variant `explode`"),
        (json!({"server": [{"status": 200, "trailers": {}}]}), "unknown field `trailers`"),
        (json!({"agent": "slow"}), "unknown variant `slow`"),
        (json!({"csm": "yes"}), "expected true, false or a port"),
        (json!({"random": null}), "invalid type"),
    ] {
        let line = replay(case(keys.clone()));
        let invalid = line["invalid"].as_str().unwrap_or_else(|| panic!("{keys}: {line}"));
        assert!(invalid.contains(reason), "{keys}: {invalid}");
        assert_eq!(line["id"], "a-case");
    }
}

#[test]
fn an_option_that_is_refused_is_an_error_of_the_case() {
    let line = replay(case(json!({"config": {"region": "us-west-2", "regoin": 1}})));
    assert_eq!(line["error"]["message"], "unknown option `regoin`: did you mean `region`?");
    assert_eq!(line["thrown"], "constructor");
}

#[test]
fn a_combination_that_cannot_be_replayed_is_not_available() {
    let config = json!({"region": "us-west-2", "httpOptions": {"proxy": "http://127.0.0.1:1"}});
    let line = replay(case(json!({"config": config, "route": true})));
    assert!(line["na"].as_str().unwrap().contains("proxy"), "{line}");
}

#[test]
fn a_case_has_the_defaults_it_does_not_replace() {
    let text =
        json!({"defaults": {"random": 0.1, "invoke": "info"}, "cases": [{"id": "x", "random": 0.2}]}).to_string();
    let file = File::read(&text).unwrap();
    assert_eq!(file.complete(&file.cases[0]), json!({"random": 0.2, "invoke": "info", "id": "x"}));
    assert!(File::read(r#"{"cases": [], "surprise": 1}"#).unwrap_err().to_string().contains("surprise"));
}

#[test]
fn a_case_that_does_not_end_is_a_hang_and_the_next_one_goes_on() {
    let keys = json!({"accessKeyId": "AKID", "secretAccessKey": "s", "region": "us-west-2",
        "endpoint": "http://127.0.0.1:18555"});
    let hang = json!({"invoke": "callback", "operation": "joinStorageSession", "params": {"channelArn": "x"}, "config": keys,
        "server": [{"action": "hang"}], "hangAfter": 100});
    for _ in 0..2 {
        let line = replay(case(hang.clone()));
        assert_eq!((&line["hang"], line["requests"].as_array().unwrap().len()), (&json!(true), 1), "{line}");
    }
}
