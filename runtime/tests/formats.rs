//! Formats of members in JSON, as emitted code names them.
#![allow(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

use std::collections::BTreeMap;

use kinesisvideo_runtime::bind;
use kinesisvideo_runtime::http::{HeaderMap, Response, StatusCode};
use kinesisvideo_runtime::serde as format;
use kinesisvideo_runtime::{BigNumber, Blob, Document, Timestamp, Unit};
use serde_json::json;

#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
struct Everything {
    #[serde(skip_serializing_if = "Option::is_none", with = "format::As::<format::Opt<format::Float>>")]
    float: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none", with = "format::As::<format::Opt<format::List<format::Float>>>")]
    floats: Option<Vec<f64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none", with = "format::As::<format::Opt<format::DateTime>>")]
    date_time: Option<Timestamp>,
    #[serde(
        skip_serializing_if = "Option::is_none",
        with = "format::As::<format::Opt<format::Map<format::HttpDate>>>"
    )]
    http_dates: Option<BTreeMap<String, Timestamp>>,
    #[serde(
        skip_serializing_if = "Option::is_none",
        with = "format::As::<format::Opt<format::List<format::List<format::Plain>>>>"
    )]
    nested: Option<Vec<Vec<String>>>,
    #[serde(
        skip_serializing_if = "Option::is_none",
        with = "format::As::<format::Opt<format::SparseList<format::Plain>>>"
    )]
    sparse: Option<Vec<Option<i32>>>,
    #[serde(
        skip_serializing_if = "Option::is_none",
        with = "format::As::<format::Opt<format::SparseMap<format::DateTime>>>"
    )]
    sparse_map: Option<BTreeMap<String, Option<Timestamp>>>,
    #[serde(with = "format::As::<format::Required<format::Plain>>")]
    required: String,
    #[serde(with = "format::As::<format::Required<format::List<format::Plain>>>")]
    required_list: Vec<Codec>,
    #[serde(skip_serializing_if = "Option::is_none")]
    choice: Option<Choice>,
    #[serde(skip_serializing_if = "Option::is_none")]
    big: Option<BigNumber>,
    #[serde(skip_serializing_if = "Option::is_none")]
    blob: Option<Blob>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<Document>,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<Level>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Codec {
    H264,
    Unknown(String),
}

impl Codec {
    fn as_str(&self) -> &str {
        match self {
            Self::H264 => "H.264",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for Codec {
    fn from(value: &str) -> Self {
        match value {
            "H.264" => Self::H264,
            _ => Self::Unknown(value.to_owned()),
        }
    }
}

format::string_enum!(Codec);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Low,
    Unknown(i32),
}

impl Level {
    fn as_i32(&self) -> i32 {
        match self {
            Self::Low => 1,
            Self::Unknown(value) => *value,
        }
    }
}

impl From<i32> for Level {
    fn from(value: i32) -> Self {
        match value {
            1 => Self::Low,
            _ => Self::Unknown(value),
        }
    }
}

format::int_enum!(Level);

#[derive(Clone, Debug, PartialEq, serde::Serialize)]
enum Choice {
    #[serde(rename = "text")]
    Text(String),
    #[serde(rename = "times", serialize_with = "format::As::<format::List<format::DateTime>>::serialize")]
    Times(Vec<Timestamp>),
    #[serde(rename = "nothing")]
    Nothing(Unit),
    #[serde(rename = "self")]
    Again(Box<Choice>),
    #[serde(skip_serializing)]
    Unknown(String),
}

impl format::Union for Choice {
    fn read_member<'de, A: serde::de::MapAccess<'de>>(
        name: &str,
        object: &mut A,
    ) -> Result<format::Member<Self>, A::Error> {
        match name {
            "text" | "Text" => format::union_member::<format::Plain, _, _, _>(object, Self::Text),
            "times" => format::union_member::<format::List<format::DateTime>, _, _, _>(object, Self::Times),
            "nothing" => format::union_member::<format::Plain, _, _, _>(object, Self::Nothing),
            "self" => format::union_member::<format::Plain, _, _, _>(object, Self::Again),
            _ => Ok(format::Member::Unknown),
        }
    }

    fn unknown(name: String) -> Self {
        Self::Unknown(name)
    }
}

format::union!(Choice);

#[track_caller]
fn round_trip(value: &Everything, body: &str) {
    assert_eq!(serde_json::to_string(value).unwrap(), body);
    assert_eq!(&serde_json::from_str::<Everything>(body).unwrap(), value);
    // Parameters in JSON go through values.
    let document = serde_json::to_value(value).unwrap();
    assert_eq!(document.to_string(), serde_json::from_str::<Document>(body).unwrap().to_string());
    assert_eq!(&serde_json::from_value::<Everything>(document).unwrap(), value);
}

fn read(body: serde_json::Value) -> Everything {
    serde_json::from_str(&body.to_string()).unwrap()
}

/// What every value here writes, because it is required.
const REQUIRED: &str = r#""required":"","required_list":[]"#;

#[test]
fn every_format_writes_what_it_reads() {
    let time = Timestamp::from_parts(1_398_796_238, 500_000_000);
    let whole = Timestamp::from_seconds(1_398_796_238);
    let empty = Everything::default();
    let cases = [
        (Everything { float: Some(1.1), ..empty.clone() }, r#"{"float":1.1,R}"#),
        (Everything { float: Some(f32::NEG_INFINITY), ..empty.clone() }, r#"{"float":"-Infinity",R}"#),
        (Everything { floats: Some(vec![0.1, f64::INFINITY]), ..empty.clone() }, r#"{"floats":[0.1,"Infinity"],R}"#),
        (Everything { seconds: Some(time), ..empty.clone() }, r#"{"seconds":1398796238.5,R}"#),
        (Everything { seconds: Some(whole), ..empty.clone() }, r#"{"seconds":1398796238,R}"#),
        (Everything { date_time: Some(time), ..empty.clone() }, r#"{"date_time":"2014-04-29T18:30:38.5Z",R}"#),
        (
            Everything { http_dates: Some(BTreeMap::from([("a".to_owned(), whole)])), ..empty.clone() },
            r#"{"http_dates":{"a":"Tue, 29 Apr 2014 18:30:38 GMT"},R}"#,
        ),
        (
            Everything { nested: Some(vec![vec!["foo".to_owned()], vec![]]), ..empty.clone() },
            r#"{"nested":[["foo"],[]],R}"#,
        ),
        (Everything { sparse: Some(vec![Some(1), None]), ..empty.clone() }, r#"{"sparse":[1,null],R}"#),
        (
            Everything {
                sparse_map: Some(BTreeMap::from([("a".to_owned(), None), ("b".to_owned(), Some(whole))])),
                ..empty.clone()
            },
            r#"{"sparse_map":{"a":null,"b":"2014-04-29T18:30:38Z"},R}"#,
        ),
        (Everything { blob: Some(Blob::from("foo")), ..empty.clone() }, r#"{R,"blob":"Zm9v"}"#),
        (Everything { document: Some(json!({"a": [1, null]})), ..empty.clone() }, r#"{R,"document":{"a":[1,null]}}"#),
        (
            Everything { big: Some(12_345_678_901_234_567_i64.into()), ..empty.clone() },
            r#"{R,"big":12345678901234567}"#,
        ),
        (Everything { level: Some(Level::Low), ..empty.clone() }, r#"{R,"level":1}"#),
        (Everything { level: Some(Level::Unknown(-7)), ..empty.clone() }, r#"{R,"level":-7}"#),
        (Everything { choice: Some(Choice::Text("a".to_owned())), ..empty.clone() }, r#"{R,"choice":{"text":"a"}}"#),
        (Everything { choice: Some(Choice::Nothing(Unit {})), ..empty.clone() }, r#"{R,"choice":{"nothing":{}}}"#),
        (
            Everything { choice: Some(Choice::Again(Box::new(Choice::Times(vec![whole])))), ..empty.clone() },
            r#"{R,"choice":{"self":{"times":["2014-04-29T18:30:38Z"]}}}"#,
        ),
    ];
    for (value, body) in cases {
        round_trip(&value, &body.replace('R', REQUIRED));
    }
    let codecs = vec![Codec::H264, Codec::Unknown("VP9".to_owned())];
    round_trip(&Everything { required_list: codecs, ..empty }, r#"{"required":"","required_list":["H.264","VP9"]}"#);
}

#[test]
fn not_a_number_is_read_and_written() {
    let value = read(json!({"float": "NaN", "floats": ["NaN"]}));
    assert!(value.float.is_some_and(f32::is_nan) && value.floats.unwrap()[0].is_nan());
    let value = Everything { float: Some(f32::NAN), ..Everything::default() };
    assert_eq!(serde_json::to_value(&value).unwrap()["float"], "NaN");
}

#[test]
fn nulls_count_as_absent_and_are_skipped_where_they_are_not_allowed() {
    let value = read(json!({
        "float": null, "floats": [1, null, 2.5], "seconds": null, "http_dates": {"a": null},
        "nested": [null, ["a", null]], "required": null, "required_list": null, "choice": null,
    }));
    let expected = Everything {
        floats: Some(vec![1.0, 2.5]),
        http_dates: Some(BTreeMap::new()),
        nested: Some(vec![vec!["a".to_owned()]]),
        ..Everything::default()
    };
    assert_eq!(value, expected);
}

#[test]
fn timestamps_are_read_in_whatever_format_they_come() {
    let whole = Timestamp::from_seconds(1_398_796_238);
    for written in [
        json!(1_398_796_238),
        json!(1_398_796_238.0),
        json!("2014-04-29T18:30:38Z"),
        json!("Tue, 29 Apr 2014 18:30:38 GMT"),
    ] {
        let value = read(json!({"seconds": written, "date_time": written, "http_dates": {"a": written}}));
        assert_eq!((value.seconds, value.date_time), (Some(whole), Some(whole)), "{written}");
        assert_eq!(value.http_dates.unwrap()["a"], whole);
    }
}

#[test]
fn unions_ignore_nulls_and_type_hints_and_keep_the_name_of_what_they_do_not_know() {
    let choice = |body: serde_json::Value| serde_json::from_value::<Choice>(body).map_err(|error| error.to_string());
    assert_eq!(choice(json!({"__type": "a#B", "times": null, "text": "a"})), Ok(Choice::Text("a".to_owned())));
    assert_eq!(choice(json!({"Text": "a"})), Ok(Choice::Text("a".to_owned())));
    assert_eq!(choice(json!({"future": {"a": [1]}})), Ok(Choice::Unknown("future".to_owned())));
    for body in [json!({}), json!({"text": null}), json!({"__type": "a#B"}), json!({"text": "a", "nothing": {}})] {
        assert_eq!(choice(body), Err("expected an object with exactly one member".to_owned()));
    }
}

#[test]
fn what_a_union_does_not_know_cannot_be_sent() {
    let error = serde_json::to_string(&Choice::Unknown("future".to_owned())).unwrap_err().to_string();
    assert!(error.contains("Choice::Unknown"), "{error}");
}

#[test]
fn errors_say_what_was_expected_and_show_no_value() {
    let cases = [
        (json!({"float": "secret"}), "a number"),
        (json!({"floats": "secret"}), "a list"),
        (json!({"date_time": "secret"}), "a time like `2018-05-10T12:00:00Z`"),
        (json!({"seconds": true}), "a number of seconds since 1970"),
        (json!({"sparse_map": [1]}), "a map"),
        (json!({"blob": "*secret*"}), "bytes in base64"),
        (json!({"big": "secret"}), "a number"),
    ];
    for (body, expected) in cases {
        let response = Response::new(StatusCode::OK, HeaderMap::new(), body.to_string());
        let error = bind::json::<Everything>(&response).unwrap_err();
        assert_eq!(error.expected, expected, "{body}");
        assert!(!error.to_string().contains("secret"), "{error}");
    }
}

#[test]
fn members_that_are_elsewhere_are_left_out_of_the_body() {
    let value = Everything { required: "a".to_owned(), level: Some(Level::Low), ..Everything::default() };
    let body = serde_json::to_string(&format::Without::new(&value, &["required", "required_list"], &[])).unwrap();
    assert_eq!(body, r#"{"level":1}"#);
    let body =
        serde_json::to_string(&format::Without::new(&value, &["required", "required_list", "level"], &[])).unwrap();
    assert_eq!(body, "{}");
}
