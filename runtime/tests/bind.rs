//! Members of inputs and outputs outside of JSON, as the protocol tests of restJson1 have them.
#![allow(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

use std::collections::BTreeMap;

use kinesisvideo_runtime::bind::{self, Format, RequestWriter};
use kinesisvideo_runtime::http::{HeaderMap, Method, Request, Response, StatusCode};
use kinesisvideo_runtime::{Blob, ByteStream, Timestamp};

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn written(write: impl FnOnce(&mut RequestWriter)) -> Request {
    let mut writer = RequestWriter::new(Method::GET, "/");
    write(&mut writer);
    writer.finish()
}

fn query(write: impl FnOnce(&mut RequestWriter)) -> String {
    written(write).query
}

fn header(request: &Request, name: &str) -> Option<String> {
    request.headers.get(name).map(|value| value.to_str().unwrap().to_owned())
}

const RESERVED: &str = " %:/?#[]@!$&'()*+,;=😹";
const RESERVED_ENCODED: &str = "%20%25%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%F0%9F%98%B9";

#[test]
fn labels_are_encoded_and_greedy_ones_keep_their_slashes() {
    let request = written(|request| {
        request.path("a/");
        request.label("x", text(RESERVED)).unwrap();
        request.path("/b/");
        request.greedy_label("y", text("there/guy ~")).unwrap();
    });
    assert_eq!(request.path, format!("/a/{RESERVED_ENCODED}/b/there/guy%20~"));
}

#[test]
fn labels_must_be_set_and_must_not_change_the_path_around_them() {
    for (value, problem) in
        [(None, "must not be empty"), (text(""), "must not be empty"), (text(".."), "must not be `.` or `..`")]
    {
        let mut writer = RequestWriter::new(Method::GET, "/");
        let error = writer.label("streamName", value).unwrap_err();
        assert_eq!(error.to_string(), format!("`streamName` is part of the path and {problem}"));
        assert_eq!(error.member_name(), Some("streamName"));
    }
    let mut writer = RequestWriter::new(Method::GET, "/");
    assert!(writer.greedy_label("key", text("a/../b")).is_err());
    assert!(writer.greedy_label("key", text("a/..b")).is_ok());
}

#[test]
fn parameters_are_encoded_and_repeated_for_lists() {
    let timestamps = [1, 2].map(Timestamp::from_seconds);
    let written = query(|request| {
        request.query_literal("list", None);
        request.query_literal("kind", Some("a"));
        request.query("absent", None::<String>);
        request.query("empty", text(""));
        request.query("text", text(RESERVED));
        request.query_list("numbers", Some([1, 2]));
        request.query_list("none", Some(Vec::<String>::new()));
        request.query_list("times", Some(timestamps.iter().map(bind::date_time)));
    });
    assert_eq!(
        written,
        format!(
            "list&kind=a&empty=&text={RESERVED_ENCODED}&numbers=1&numbers=2\
             &times=1970-01-01T00%3A00%3A01Z&times=1970-01-01T00%3A00%3A02Z"
        )
    );
}

#[test]
fn named_parameters_win_over_those_of_a_map() {
    let map = BTreeMap::from([("bar".to_owned(), "fromMap".to_owned()), ("qux".to_owned(), "alsoFromMap".to_owned())]);
    let written = query(|request| {
        request.query("bar", text("named"));
        request.query("absent", None::<i32>);
        request.query_map(Some(&map));
    });
    assert_eq!(written, "bar=named&qux=alsoFromMap");

    let lists = BTreeMap::from([("baz".to_owned(), vec!["bar".to_owned(), "qux".to_owned()])]);
    assert_eq!(query(|request| request.query_list_map(Some(&lists))), "baz=bar&baz=qux");
}

#[test]
fn headers_hold_scalars_lists_and_base64() {
    let list = ["b,c", "\"def\"", "a"].map(str::to_owned);
    let time = Timestamp::from_seconds(1_576_540_098);
    let request = written(|request| {
        request.header("a", "x-string", text("Hello")).unwrap();
        request.header("a", "x-none", None::<bool>).unwrap();
        request.header("a", "x-empty", text("")).unwrap();
        request.header_list("a", "x-list", Some(&list)).unwrap();
        request.header_list("a", "x-empty-list", Some(Vec::<i32>::new())).unwrap();
        request.header("a", "x-json", text("true").as_ref().map(bind::base64)).unwrap();
        let times = [time, time];
        let times = times.iter().map(bind::http_date);
        request.header_list("a", "x-times", Some(times)).unwrap();
    });
    let header = |name| header(&request, name);
    assert_eq!(header("x-string").as_deref(), Some("Hello"));
    assert_eq!(header("x-none"), None);
    assert_eq!(header("x-empty").as_deref(), Some(""));
    assert_eq!(header("x-list").as_deref(), Some("\"b,c\", \"\\\"def\\\"\", a"));
    assert_eq!(header("x-empty-list").as_deref(), Some(""));
    assert_eq!(header("x-json").as_deref(), Some("dHJ1ZQ=="));
    let times = "Mon, 16 Dec 2019 23:48:18 GMT, Mon, 16 Dec 2019 23:48:18 GMT";
    assert_eq!(header("x-times").as_deref(), Some(times));
}

#[test]
fn a_header_cannot_smuggle_another_one_in() {
    let mut writer = RequestWriter::new(Method::GET, "/");
    let error = writer.header("note", "x-note", text("a\r\nx-evil: 1")).unwrap_err();
    assert_eq!(error.to_string(), "`note` has control characters, which a header cannot hold");
    let map = BTreeMap::from([("a b".to_owned(), String::new())]);
    let error = writer.prefix_headers("meta", "x-meta-", Some(&map)).unwrap_err();
    assert_eq!(error.to_string(), "`meta` has a key that cannot be the name of a header");
}

#[test]
fn headers_with_a_prefix_do_not_replace_those_of_members() {
    let map = BTreeMap::from([("abc".to_owned(), "Abc".to_owned()), ("foo".to_owned(), "from the map".to_owned())]);
    let request = written(|request| {
        request.header("foo", "x-foo", text("Foo")).unwrap();
        request.prefix_headers("map", "x-", Some(&map)).unwrap();
    });
    assert_eq!(header(&request, "x-abc").as_deref(), Some("Abc"));
    assert_eq!(header(&request, "x-foo").as_deref(), Some("Foo"));
}

#[test]
fn host_labels_are_labels() {
    let request = written(|request| {
        request.host("foo.");
        request.host_label("label", text("bar-1").as_ref()).unwrap();
        request.host(".");
    });
    assert_eq!(request.host_prefix, "foo.bar-1.");
    for label in ["", "a.b", "-a", "a/b", "ä", &"a".repeat(64)] {
        let mut writer = RequestWriter::new(Method::GET, "/");
        assert!(writer.host_label("label", text(label).as_ref()).is_err(), "{label}");
    }
}

#[test]
fn bodies_have_the_type_of_what_they_hold_unless_a_member_says_otherwise() {
    let content_type = |request: &Request| header(request, "content-type");
    let json = written(|request| request.json(&BTreeMap::from([("a", 1)])).unwrap());
    assert_eq!((content_type(&json).as_deref(), &json.body[..]), (Some("application/json"), &b"{\"a\":1}"[..]));

    let unset = written(|request| request.json_structure(None::<&i32>).unwrap());
    assert_eq!((content_type(&unset).as_deref(), &unset.body[..]), (Some("application/json"), &b"{}"[..]));

    let blob = Blob::from("1234");
    let bytes = written(|request| request.bytes(Some(&blob), "application/octet-stream"));
    assert_eq!((content_type(&bytes).as_deref(), &bytes.body[..]), (Some("application/octet-stream"), &b"1234"[..]));

    let named = written(|request| {
        request.header("contentType", "content-type", text("image/jpg")).unwrap();
        request.bytes(Some(&blob), "application/octet-stream");
    });
    assert_eq!(content_type(&named).as_deref(), Some("image/jpg"));

    let nothing = written(|request| {
        request.bytes(None, "application/octet-stream");
        request.text(None::<String>, "text/plain");
        request.stream(None, "application/octet-stream");
    });
    assert_eq!((content_type(&nothing), nothing.body.len()), (None, 0));
}

#[test]
fn checksums_are_of_the_body_as_it_is_sent() {
    // The test suite of RFC 1321, in base64.
    for (body, checksum) in [("", "1B2M2Y8AsgTpgAmY7PhCfg=="), ("message digest", "+WtpfXy3k41SWi8xqvFh0A==")] {
        let request = written(|request| {
            request.text(text(body), "text/plain");
            request.content_md5();
        });
        assert_eq!(header(&request, "content-md5").as_deref(), Some(checksum));
    }
}

#[test]
fn streams_in_memory_are_bodies_like_any_other() {
    let request = written(|request| request.stream(Some(&ByteStream::from("abc")), "text/plain"));
    assert_eq!((&request.body[..], request.stream.is_none()), (&b"abc"[..], true));

    let source = ByteStream::replayable(|| ByteStream::from("abc"));
    let request = written(|request| request.stream(Some(&source), "text/plain"));
    assert_eq!((request.body.len(), request.stream.is_some()), (0, true));
}

fn response(headers: &[(&'static str, &str)], body: &str) -> Response {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(*name, value.parse().unwrap());
    }
    Response::new(StatusCode::CREATED, map, body.to_owned())
}

#[test]
fn headers_are_read_as_what_they_were_written() {
    let response = response(
        &[
            ("x-integer", " 123 "),
            ("x-double", "-Infinity"),
            ("x-list", "\"b,c\", \"\\\"def\\\"\", a"),
            ("x-list", "d"),
            ("x-empty-list", ""),
            ("x-times", "Mon, 16 Dec 2019 23:48:18 GMT, Mon, 16 Dec 2019 23:48:18 GMT"),
            ("x-json", "dHJ1ZQ=="),
        ],
        "",
    );
    assert_eq!(bind::header::<i32>(&response, "x-integer"), Ok(Some(123)));
    assert_eq!(bind::header::<f64>(&response, "x-double"), Ok(Some(f64::NEG_INFINITY)));
    assert_eq!(bind::header::<i32>(&response, "x-absent"), Ok(None));
    let list = ["b,c", "\"def\"", "a", "d"].map(str::to_owned).to_vec();
    assert_eq!(bind::header_list::<String>(&response, "x-list"), Ok(Some(list)));
    assert_eq!(bind::header_list::<String>(&response, "x-empty-list"), Ok(Some(Vec::new())));
    assert_eq!(bind::header_list::<String>(&response, "x-absent"), Ok(None));
    let time = Timestamp::from_seconds(1_576_540_098);
    assert_eq!(bind::header_timestamp_list(&response, "x-times", Format::HttpDate), Ok(Some(vec![time, time])));
    assert_eq!(bind::header_base64(&response, "x-json"), Ok(text("true")));
    assert_eq!(bind::status(&response), 201);
}

#[test]
fn headers_of_a_wrong_type_are_named_without_their_value() {
    let response = response(&[("x-integer", "secret"), ("x-list", "\"open"), ("x-time", "noon")], "");
    let errors = [
        bind::header::<i32>(&response, "x-integer").unwrap_err(),
        bind::header_list::<String>(&response, "x-list").unwrap_err(),
        bind::header_timestamp(&response, "x-time", Format::HttpDate).unwrap_err(),
        bind::header_base64(&response, "x-integer")
            .map(|_| ())
            .and_then(|()| bind::header_base64(&response, "x-list").map(|_| ()))
            .unwrap_err(),
    ];
    assert_eq!(
        errors.map(|error| error.to_string()),
        [
            "header `x-integer`: expected a whole number of 32 bits, found a text",
            "header `x-list`: expected a list, found a text",
            "header `x-time`: expected a time like `Thu, 10 May 2018 12:00:00 GMT`, found a text",
            "header `x-integer`: expected a text in base64, found a text",
        ]
    );
}

#[test]
fn headers_with_a_prefix_become_a_map() {
    let response = response(&[("x-foo-abc", "Abc"), ("x-foo-def", "Def"), ("other", "1")], "");
    let map = BTreeMap::from([("abc".to_owned(), "Abc".to_owned()), ("def".to_owned(), "Def".to_owned())]);
    assert_eq!(bind::prefix_headers(&response, "x-foo-"), Ok(Some(map)));
    assert_eq!(bind::prefix_headers(&response, "x-none-"), Ok(None));
}

#[test]
fn json_that_is_no_object_has_no_members_and_anything_else_is_an_error() {
    type Members = BTreeMap<String, i32>;
    for body in ["null", "7", "true", "\"text\"", "[1,{}]", " 1e400\n"] {
        assert_eq!(bind::json::<Members>(&response(&[], body)), Ok(Members::new()), "{body}");
    }
    for body in [" \n", "<html>", "nul", "[1", "{\"a\":", "{} {}"] {
        assert!(bind::json::<Members>(&response(&[], body)).is_err(), "{body}");
    }
}

#[test]
fn empty_bodies_are_read_as_nothing() {
    type Members = BTreeMap<String, i32>;
    assert_eq!(bind::json::<Members>(&response(&[], "")), Ok(Members::new()));
    assert_eq!(bind::payload_json::<Members>(&response(&[], "")), Ok(None));
    assert_eq!(bind::payload_json::<Members>(&response(&[], "null")), Ok(None));
    assert_eq!(bind::payload_text::<String>(&response(&[], "")), Ok(None));
    assert_eq!(bind::payload_bytes(&response(&[], "")), None);
    assert_eq!(bind::payload_text::<String>(&response(&[], "rawstring")), Ok(text("rawstring")));
    assert_eq!(bind::payload_bytes(&response(&[], "x")), Some(Blob::from("x")));
}
