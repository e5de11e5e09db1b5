//! Inputs of the golden cases as requests.
#![allow(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

use std::collections::BTreeMap;

use kinesisvideo_golden::{operations, payloads, requests, scalars, streaming};
use kinesisvideo_runtime::http::Request;
use kinesisvideo_runtime::{Auth, ByteStream, Operation, Timestamp};

fn request(input: &impl Operation) -> Request {
    input.to_request().unwrap()
}

fn body(request: &Request) -> &str {
    std::str::from_utf8(&request.body).unwrap()
}

fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request.headers.get(name).map(|value| value.to_str().unwrap())
}

const TIME: i64 = 1_576_540_098;

#[test]
fn labels_and_the_host_prefix_come_from_members() {
    let input = requests::GetThingInput::new("acc-1", 7, "a b/c", Timestamp::from_seconds(TIME));
    let request = request(&input);
    assert_eq!(request.path, "/things/7/at/2019-12-16T23%3A48%3A18Z/a%20b/c");
    assert_eq!(request.host_prefix, "data.acc-1.");
    // The label of the host is a member of the body as well.
    assert_eq!(body(&request), r#"{"account":"acc-1"}"#);
}

#[test]
fn queries_hold_literals_members_and_maps() {
    let input = requests::ListThingsInput::new()
        .max(3)
        .names(["a".to_owned(), "b&c".to_owned()])
        .since(Timestamp::from_seconds(TIME))
        .ratio(f64::INFINITY)
        .codec(requests::types::Codec::H264)
        .filters([("kind".to_owned(), "mine".to_owned()), ("x".to_owned(), "y".to_owned())]);
    let request = request(&input);
    assert_eq!(
        request.query,
        "list&kind=all&codec=h264&max-items=3&name=a&name=b%26c&ratio=Infinity&since=2019-12-16T23%3A48%3A18Z&x=y"
    );
    assert_eq!((body(&request), header(&request, "content-type")), ("", None));
}

#[test]
fn headers_hold_members_and_the_body_what_is_left() {
    let times = vec![Timestamp::from_seconds(TIME); 2];
    let input = requests::PutThingInput::new("id")
        .etag("\"1\"")
        .modified(Timestamp::from_seconds(TIME))
        .dates(times)
        .flags([true, false])
        .context("true")
        .metadata([("Owner".to_owned(), "me".to_owned())])
        .extra([("q".to_owned(), vec!["1".to_owned(), "2".to_owned()])])
        .labelled("l")
        .name("n")
        .size(5);
    let request = request(&input);
    let date = "Mon, 16 Dec 2019 23:48:18 GMT";
    for (name, value) in [
        ("if-match", "\"1\""),
        ("if-modified-since", date),
        ("x-dates", "Mon, 16 Dec 2019 23:48:18 GMT, Mon, 16 Dec 2019 23:48:18 GMT"),
        ("x-flags", "true, false"),
        ("x-context", "dHJ1ZQ=="),
        ("x-meta-owner", "me"),
        ("x-labelled", "l"),
        ("content-type", "application/json"),
    ] {
        assert_eq!(header(&request, name), Some(value), "{name}");
    }
    assert_eq!((request.path.as_str(), request.query.as_str()), ("/things/id", "q=1&q=2"));
    assert_eq!(body(&request), r#"{"displayName":"n","size":5}"#);
}

#[test]
fn a_member_may_have_the_name_in_the_body_that_another_one_has_outside_of_it() {
    let input = requests::PutThingInput::new("id").etag("outside").body_tag("inside");
    let request = request(&input);
    assert_eq!((header(&request, "if-match"), body(&request)), (Some("outside"), r#"{"etag":"inside"}"#));
    // As parameters, both go by the names of the model.
    let params = serde_json::to_value(&input).unwrap();
    assert_eq!((&params["etag"], &params["bodyTag"]), (&"outside".into(), &"inside".into()));
    let read: requests::PutThingInput = serde_json::from_value(params).unwrap();
    assert_eq!(read, input);
}

#[test]
fn an_input_without_members_has_no_body_and_one_whose_members_are_not_set_an_empty_one() {
    let ping = request(&requests::PingInput::new());
    assert_eq!((body(&ping), header(&ping, "content-type")), ("", None));
    let scalars = request(&scalars::PutScalarsInput::new());
    assert_eq!((body(&scalars), header(&scalars, "content-type")), ("{}", Some("application/json")));
}

#[test]
fn a_label_that_is_not_set_is_an_error() {
    let error = requests::PutThingInput::default().to_request().unwrap_err();
    assert_eq!(error.to_string(), "`id` is part of the path and must not be empty");
}

#[test]
fn payloads_are_the_body() {
    let cases = [
        (request(&payloads::PutBytesInput::new().payload("1234")), "1234", Some("application/octet-stream")),
        (request(&payloads::PutBytesInput::new().payload("1").content_type("a/b")), "1", Some("a/b")),
        (request(&payloads::PutBytesInput::new()), "", None),
        (request(&payloads::PutImageInput::new().payload("png")), "png", Some("image/png")),
        (request(&payloads::PutTextInput::new().payload("raw")), "raw", Some("text/plain")),
        (request(&payloads::PutKindInput::new().payload(payloads::types::Kind::A)), "a", Some("text/plain")),
        (
            request(&payloads::PutStructureInput::new().payload(payloads::types::Inner::new(1).name("n"))),
            r#"{"name":"n","size":1}"#,
            Some("application/json"),
        ),
        (request(&payloads::PutStructureInput::new()), "{}", Some("application/json")),
        (
            request(&payloads::PutUnionInput::new().payload(payloads::types::Choice::B(2))),
            r#"{"b":2}"#,
            Some("application/json"),
        ),
        (request(&payloads::PutUnionInput::new()), "", None),
        (request(&payloads::PutDocumentInput::new().payload("hello")), "\"hello\"", Some("application/json")),
    ];
    for (request, expected, content_type) in cases {
        assert_eq!((body(&request), header(&request, "content-type")), (expected, content_type));
    }
}

#[test]
fn streams_are_handed_on() {
    let source = ByteStream::replayable(|| ByteStream::from("abc"));
    let request = request(&streaming::UploadInput::new(source, "clip"));
    assert!(request.stream.is_some() && request.body.is_empty());
    assert_eq!(streaming::UploadInput::META.auth, Auth::SigV4UnsignedPayload);
}

#[test]
fn tokens_are_filled_once_and_only_where_none_is_set() {
    let mut input = operations::PutInput::new().client_token("mine");
    let mut count = 0;
    for _ in 0..2 {
        input.fill_idempotency_tokens(&mut || {
            count += 1;
            format!("token-{count}")
        });
    }
    let request = request(&input);
    assert_eq!(body(&request), r#"{"clientToken":"mine"}"#);
    assert_eq!(header(&request, "x-token"), Some("token-1"));
}

#[test]
fn bodies_carry_their_checksum_where_the_model_asks_for_it() {
    let request = request(&operations::SendInput::new().data("d"));
    assert_eq!(
        (body(&request), header(&request, "content-md5")),
        (r#"{"data":"d"}"#, Some("aewIyA3fBv8RO9PRVUA3sg=="))
    );
    assert!(operations::SendInput::META.compress && !operations::PutInput::META.compress);
}

#[test]
fn operations_say_how_they_are_authorised_and_whether_they_may_be_repeated() {
    let facts = [
        (operations::SignedInput::META, Auth::SigV4, false),
        (operations::OpenInput::META, Auth::None, false),
        (operations::EitherInput::META, Auth::Optional, false),
        (operations::UnsignedInput::META, Auth::SigV4UnsignedPayload, false),
        (operations::PutInput::META, Auth::SigV4, true),
        (operations::GetInput::META, Auth::SigV4, true),
    ];
    for (meta, auth, idempotent) in facts {
        assert_eq!((meta.auth, meta.idempotent), (auth, idempotent), "{}", meta.name);
    }
}

#[test]
fn members_are_read_under_either_name_and_written_under_the_one_of_json() {
    for name in ["renamed", "other_name"] {
        let parameters = BTreeMap::from([(name, "x")]);
        let text = serde_json::to_string(&parameters).unwrap();
        let input: scalars::PutScalarsInput = serde_json::from_str(&text).unwrap();
        assert_eq!(input, scalars::PutScalarsInput::new().renamed("x"));
        assert_eq!(body(&request(&input)), r#"{"other_name":"x"}"#);
    }
}
