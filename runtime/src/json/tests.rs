//! Any JSON text is read as serde_json reads it, and what is refused is named by path and kind.

use std::collections::BTreeMap;
use std::fmt;

use proptest::prelude::*;
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::{Value, json};

use super::*;

fn error<T: DeserializeOwned + fmt::Debug>(text: &str) -> String {
    read::<T>(text.as_bytes()).unwrap_err().to_string()
}

#[test]
fn a_wrong_type_is_located_and_described_without_its_value() {
    type Numbers = BTreeMap<String, Vec<BTreeMap<String, i32>>>;
    let cases = [
        (r#"{"a":[],"b":[{},{"c":1,"d":"secret"}]}"#, "body `b[1].d`: expected i32, found a text"),
        (r#"{"b": [ {"c" : true } ] }"#, "body `b[0].c`: expected i32, found a boolean"),
        (r#"{"b": [ {"c" : null } ] }"#, "body `b[0].c`: expected i32, found nothing"),
        (r#"{"b": [ {"c" : 12.5 } ] }"#, "body `b[0].c`: expected i32, found a number"),
        (r#"{"b": [ {"c" : 5000000000 } ] }"#, "body `b[0].c`: expected i32, found a number"),
        (r#"{"b": [ {"c" : 123456789012345678901 } ] }"#, "body `b[0].c`: expected i32, found a number"),
        (r#"{"b": [ {"c" : [7] } ] }"#, "body `b[0].c`: expected i32, found a list"),
        (r#"{"b": [ {"c" : {"x":2} } ] }"#, "body `b[0].c`: expected i32, found an object"),
        (r#"{"a b": 7}"#, "body `a b`: expected a sequence, found a number"),
        (r#"{"\u0061\n": 7}"#, "body `a\n`: expected a sequence, found a number"),
        (r#"[1]"#, "body: expected a map, found a list"),
        (r#""secret""#, "body: expected a map, found a text"),
    ];
    for (text, expected) in cases {
        assert_eq!(error::<Numbers>(text), expected, "{text}");
    }
}

#[test]
fn what_is_not_json_is_located() {
    type Numbers = BTreeMap<String, Vec<i32>>;
    for (text, expected) in [
        ("<html>", "body: expected JSON, found something else"),
        ("", "body: expected JSON, found the end"),
        ("{", "body: expected JSON, found the end"),
        (r#"{"a"#, "body: expected JSON, found the end"),
        (r#"{"a""#, "body `a`: expected JSON, found the end"),
        (r#"{"a":["#, "body `a[0]`: expected JSON, found the end"),
        (r#"{"a":[1,2"#, "body `a[1]`: expected JSON, found the end"),
        (r#"{"a":[1,}"#, "body `a[1]`: expected JSON, found something else"),
        (r#"{"a":[1,]}"#, "body `a[1]`: expected JSON, found something else"),
        (r#"{"a":[1],}"#, "body `a`: expected JSON, found something else"),
        (r#"{"a":[01]}"#, "body `a[0]`: expected JSON, found something else"),
        (r#"{"a":[1]}}"#, "body: expected JSON, found something else"),
    ] {
        assert_eq!(error::<Numbers>(text), expected, "{text}");
    }
    let deep = "[".repeat(200) + &"]".repeat(200);
    assert!(error::<Value>(&deep).ends_with("expected JSON, found something else"));
    assert!(read::<IgnoredAny>(deep.as_bytes()).is_ok());
}

#[test]
fn all_kinds_of_types_are_read() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Newtype(f32);
    #[derive(Debug, Deserialize, PartialEq)]
    enum Choice {
        Plain,
        Value(Newtype),
        Pair(i8, u64),
        Members { a: Option<char>, b: () },
    }
    let choices: Vec<Choice> = read(
        br#"["Plain", {"Plain": null}, {"Value": -1.5e0}, {"Pair": [-128, 18446744073709551615]}, {"Members": {"b": null, "a": "\ud83d\ude00"}}]"#,
    )
    .unwrap();
    let members = Choice::Members { a: Some('😀'), b: () };
    let expected = [Choice::Plain, Choice::Plain, Choice::Value(Newtype(-1.5)), Choice::Pair(-128, u64::MAX), members];
    assert_eq!(choices, expected);
    assert_eq!(
        error::<Choice>(r#"{"Other": 1}"#),
        "body: expected one of `Plain`, `Value`, `Pair`, `Members`, found an object"
    );
}

#[test]
fn members_that_are_texts_are_found_whatever_else_there_is() {
    let found = |text: &str| texts(text.as_bytes(), ["a", "b"]).ok();
    assert_eq!(
        found(r#"{"x":[{"a":"1"}],"b":"\"","a":"","c":"d"}"#),
        Some([Some(String::new()), Some("\"".to_owned())])
    );
    assert_eq!(found(r#"{"a":"1","a":2}"#), Some([None, None]));
    assert_eq!(found("[\"a\"]"), Some([None, None]));
    assert_eq!(found(r#"{"a":"1""#), None);
    assert_eq!(found(r#"{"a":"1"} x"#), None);
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(".*", inner, 0..4).prop_map(|members| json!(members)),
        ]
    })
}

proptest! {
    #[test]
    fn what_serde_json_writes_is_read(value in any_json(), pretty: bool) {
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }.unwrap();
        prop_assert_eq!(read::<Value>(text.as_bytes()).unwrap(), value);
        prop_assert!(read::<IgnoredAny>(text.as_bytes()).is_ok());
    }

    /// Texts near JSON, their mistakes included.
    #[test]
    fn what_serde_json_refuses_is_refused(text in r#"([\[\]{}:, "\\0-9eE.+-]|true|null|"a":|"a"|\\ud83d|\\ude00|\\n|[\x00-\x1f]){0,12}"#) {
        let (ours, theirs) = (read::<Value>(text.as_bytes()), serde_json::from_str::<Value>(&text));
        prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{:?} {:?}", ours, theirs);
        if let (Ok(ours), Ok(theirs)) = (&ours, &theirs) {
            prop_assert_eq!(ours.to_string(), theirs.to_string());
        }
        if ours.is_ok() {
            prop_assert!(read::<IgnoredAny>(text.as_bytes()).is_ok());
        }
    }
}
