//! Outputs and errors of the golden cases, read from responses.
#![allow(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

use std::collections::BTreeMap;

use kinesisvideo_golden::{nullability, payloads, recursion, responses, streaming, unions};
use kinesisvideo_runtime::http::{HeaderMap, HeaderName, Response, StatusCode};
use kinesisvideo_runtime::{Blob, ByteStream, Operation, ServiceError, Timestamp, Unit};

fn response(headers: &[(&str, &str)], body: &str) -> Response {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(name.parse::<HeaderName>().unwrap(), value.parse().unwrap());
    }
    Response::new(StatusCode::ACCEPTED, map, body.to_owned())
}

fn read<O: Operation>(headers: &[(&str, &str)], body: &str) -> O::Output {
    O::from_response(&response(headers, body)).unwrap()
}

#[test]
fn members_come_from_headers_status_and_body() {
    let headers = [
        ("ETag", "\"1\""),
        ("Content-Length", "12"),
        ("Last-Modified", "Mon, 16 Dec 2019 23:48:18 GMT"),
        ("X-Tags", "a, \"b,c\""),
        ("X-Codec", "h265"),
        ("X-Context", "dHJ1ZQ=="),
        ("X-Meta-Owner", "me"),
    ];
    // What is bound elsewhere is not looked for in the body, whatever a service puts there.
    let body = r#"{"name":"n","status":"done","etag":7,"ignored":"seen","future":{}}"#;
    let output = read::<responses::GetThingInput>(&headers, body);
    let mut expected = responses::GetThingOutput::new("\"1\"")
        .size(12)
        .modified(Timestamp::from_seconds(1_576_540_098))
        .tags(["a".to_owned(), "b,c".to_owned()])
        .codec(responses::types::Codec::Unknown("h265".to_owned()))
        .context("true")
        .metadata([("owner".to_owned(), "me".to_owned())])
        .status(202)
        .name("n");
    expected.ignored = Some("seen".to_owned());
    assert_eq!(output, expected);
}

#[test]
fn what_the_service_leaves_out_is_corrected() {
    let output = read::<nullability::ConfigureInput>(&[], r#"{"id":null,"settings":{"limit":5}}"#);
    let settings = nullability::types::Settings::new().limit(5);
    assert_eq!(
        (output.id.as_str(), output.state, output.settings, output.count, output.note),
        ("", nullability::types::State::Unknown(String::new()), settings, 0, None)
    );
    assert_eq!(output.choice, nullability::types::Choice::Unknown(String::new()));
    assert_eq!(output.created_at, Timestamp::from_seconds(0));
    assert_eq!(read::<responses::HeadThingInput>(&[], "ignored").count, 0);
}

#[test]
fn defaults_of_the_model_stand_for_what_is_absent() {
    let settings: nullability::types::Settings = serde_json::from_str("{}").unwrap();
    assert_eq!(settings, nullability::types::Settings::default());
    assert_eq!(
        (settings.limit, settings.ratio, settings.label.as_str(), settings.always, settings.enabled),
        (100, 0.5, "none", true, false)
    );
    assert_eq!(settings.state, nullability::types::State::On);
    assert_eq!(settings.level, nullability::types::Level::Two);
    // `null` cancels a default, and `clientOptional` a requirement.
    assert_eq!((settings.reset, settings.loose), (None, None));
    let strict: nullability::types::Strict = serde_json::from_str(r#"{"mode":"m"}"#).unwrap();
    let absent = nullability::types::State::Unknown(String::new());
    assert_eq!(strict, nullability::types::Strict::new("m", absent));
    assert_eq!(strict.limit, 7);
}

#[test]
fn a_wrong_type_is_located() {
    let response = response(&[], r#"{"settings":{"limit":"secret"}}"#);
    let error = nullability::ConfigureInput::from_response(&response).unwrap_err();
    assert_eq!(error.to_string(), "body `settings.limit`: expected i32, found a text");
}

#[test]
fn payloads_are_read_from_the_body() {
    assert_eq!(read::<payloads::PutBytesInput>(&[], "1234").payload, Some(Blob::from("1234")));
    assert_eq!(read::<payloads::PutBytesInput>(&[], "").payload, None);
    assert_eq!(read::<payloads::PutTextInput>(&[], "raw").payload, "raw");
    assert_eq!(read::<payloads::PutTextInput>(&[], "").payload, "");
    assert_eq!(read::<payloads::PutKindInput>(&[], "a").payload, Some(payloads::types::Kind::A));
    let output = read::<payloads::PutStructureInput>(&[("etag", "1")], r#"{"name":"n","size":1}"#);
    assert_eq!((output.payload, output.etag.as_deref()), (payloads::types::Inner::new(1).name("n"), Some("1")));
    assert_eq!(read::<payloads::PutStructureInput>(&[], "").payload, payloads::types::Inner::new(0));
    assert_eq!(
        read::<payloads::PutUnionInput>(&[], r#"{"a":"x"}"#).payload,
        Some(payloads::types::Choice::A("x".to_owned()))
    );
    assert_eq!(read::<payloads::PutUnionInput>(&[], "").payload, None);
    assert_eq!(read::<payloads::PutDocumentInput>(&[], "[1]").payload, Some(serde_json::json!([1])));
}

#[tokio::test]
async fn streams_are_handed_over_unread() {
    assert!(streaming::DownloadInput::META.streaming_output);
    let head = response(&[("content-type", "video/mp4")], "");
    let source = ByteStream::replayable(|| ByteStream::from("abc"));
    let output = streaming::DownloadInput::from_streaming_response(&head, source).unwrap();
    assert_eq!(output.kind.as_deref(), Some("video/mp4"));
    assert_eq!(output.body.collect().await.unwrap(), "abc");
    // Where the whole response is at hand, it is a stream of that.
    let output = read::<streaming::DownloadInput>(&[], "abc");
    assert_eq!(serde_json::to_value(output).unwrap(), serde_json::json!({"body": "YWJj"}));
}

#[test]
fn unions_and_recursive_types_are_read_and_written() {
    use unions::types::{Address, Target};
    let target = Target::Address(Box::new(Address::new("s").next(Target::None(Unit {}))));
    let body = r#"{"target":{"address":{"next":{"none":{}},"street":"s"}}}"#;
    assert_eq!(read::<unions::PutUnionInput>(&[], body).target, target);
    assert_eq!(serde_json::to_string(&unions::PutUnionInput::new(target)).unwrap(), body);

    use recursion::types::Node;
    let node = Node::new("a").only(Node::new("b")).by_name(BTreeMap::from([("c".to_owned(), Node::new("c"))]));
    let body = r#"{"root":{"byName":{"c":{"name":"c"}},"name":"a","only":{"name":"b"}}}"#;
    assert_eq!(read::<recursion::PutTreeInput>(&[], body).root, Some(node));
}

#[test]
fn errors_are_read_from_headers_and_body_as_far_as_they_can_be() {
    use responses::ServiceError as Error;
    use responses::types::Codec;
    let read = |code: &str, headers: &[(&str, &str)], body: &str| Error::from_response(code, &response(headers, body));
    let error = read("NotHere", &[("X-Resource", "r")], r#"{"Message":"gone","kind":"h264"}"#);
    let mut expected = responses::error::NotHere::new(Codec::H264).message("gone");
    expected.resource = Some("r".to_owned());
    assert_eq!((error.code(), error.message(), error.to_string().as_str()), ("NotHere", Some("gone"), "gone"));
    assert_eq!(error, Error::NotHere(expected));
    // One member that cannot be read does not take the message along.
    assert_eq!(read("NotHere", &[], r#"{"errorMessage":"gone","kind":7}"#).message(), Some("gone"));
    let busy = read("Busy", &[("Retry-After", "soon")], "<html>");
    assert_eq!((busy.message(), busy.to_string().as_str()), (None, "Busy"));
    assert_eq!(read("New", &[], r#"{"message":"m"}"#).message(), Some("m"));
    assert_eq!(read("New", &[], r#"{"message":"m"}"#).code(), "New");
}

#[test]
fn errors_say_whether_they_may_be_retried() {
    let retryable = |code| responses::ServiceError::retryable(code).map(|retryable| retryable.throttling);
    assert_eq!((retryable("Busy"), retryable("Throttled"), retryable("NotHere")), (Some(false), Some(true), None));
}
