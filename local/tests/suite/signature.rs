//! Signatures, made by the runtime's signer and spoilt one way at a time.

use std::time::{Duration, SystemTime};

use hyper::header::{HeaderMap, HeaderValue};
use kinesisvideo_local::{Builder, Credentials, LocalService, Quotas, Verdict, Verification};
use kinesisvideo_runtime::sigv4::{self, Payload, SignableRequest, SigningParams};
use serde_json::json;

use crate::common::{authority, call, post, send};
use crate::signed_join::{JOIN, Join};

fn builder() -> Builder {
    LocalService::builder().quotas(Quotas::unlimited()).channel("demo")
}

#[track_caller]
fn assert_refused(join: &Join, code: &str, words: &[&str]) {
    let service = builder().start_blocking().unwrap();
    let reply = join.send(&service);
    let (status, found, message) = reply.error();
    assert_eq!((status, found), (403, code), "{message}");
    words.iter().for_each(|word| assert!(message.contains(word), "{message}"));
    assert!(service.sessions().is_empty());
    let verdict = service.requests()[0].verdict.clone();
    assert_eq!(verdict, Verdict::Refused { code: code.to_owned(), message });
    assert_eq!(verdict.to_string().lines().count(), 1);
}

#[test]
fn a_right_signature_is_found_right() {
    let service = builder().start_blocking().unwrap();
    let reply = Join::new().send(&service);
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    let request = &service.requests()[0];
    assert_eq!(request.verdict, Verdict::Valid);
    assert_eq!(request.access_key_id.as_deref(), Some(Builder::TEST_ACCESS_KEY_ID));
    assert_eq!(request.to_string(), "POST /joinStorageSession 200, signature valid");
    let session = &service.sessions()[0];
    assert_eq!(session.producer.as_ref().unwrap().access_key_id, request.access_key_id);
}

#[test]
fn further_signed_headers_count() {
    let service = builder().start_blocking().unwrap();
    let join = Join { headers: vec![("content-type", "application/json"), ("x-amz-meta", " a  b ")], ..Join::new() };
    assert_eq!(join.send(&service).status, 200);
}

#[test]
fn a_temporary_key_comes_with_its_token() {
    let temporary = Credentials::new("ASIATEMPORARY", "secret").with_session_token("the/token+==");
    let service = builder().credentials(temporary.clone()).start_blocking().unwrap();
    assert_eq!(Join { credentials: temporary, ..Join::new() }.send(&service).status, 200);
    for token in ["", "another"] {
        let credentials = Credentials::new("ASIATEMPORARY", "secret").with_session_token(token);
        let reply = Join { credentials, ..Join::new() }.send(&service);
        assert_eq!((reply.error().0, reply.error().1), (403, "UnrecognizedClientException"));
    }
    let log = format!("{:?}", service.requests());
    assert!(log.contains("ASIATEMPORARY") && !log.contains("the/token"), "{log}");
}

#[test]
fn no_signature_is_a_missing_token() {
    let service = builder().start_blocking().unwrap();
    let reply = call(&service, JOIN, "{}");
    assert_eq!((reply.error().0, reply.error().1), (403, "MissingAuthenticationTokenException"));
}

#[test]
fn what_cannot_be_read_is_incomplete() {
    let edits: [fn(&mut HeaderMap); 5] = [
        |h| _ = h.insert("authorization", HeaderValue::from_static("Basic dXNlcjpwYXNz")),
        |h| _ = h.insert("authorization", HeaderValue::from_static("AWS4-HMAC-SHA256 nonsense")),
        |h| _ = h.insert("authorization", HeaderValue::from_static("AWS4-HMAC-SHA256 Credential=a, Signature=b")),
        |h| _ = h.remove("x-amz-date"),
        |h| _ = h.insert("x-amz-date", HeaderValue::from_static("yesterday")),
    ];
    for edit in edits {
        assert_refused(&Join { edit, ..Join::new() }, "IncompleteSignatureException", &[]);
    }
}

#[test]
fn an_unknown_key_is_an_unrecognized_client() {
    let credentials = Credentials::new("AKIAUNKNOWN", Builder::TEST_SECRET_ACCESS_KEY);
    assert_refused(&Join { credentials, ..Join::new() }, "UnrecognizedClientException", &["invalid"]);
}

#[test]
fn a_wrong_secret_is_answered_with_what_should_have_been_signed() {
    let credentials = Credentials::new(Builder::TEST_ACCESS_KEY_ID, "wrong");
    let words = ["does not match", "'POST\n/joinStorageSession\n\nhost:127.0.0.1:", "'AWS4-HMAC-SHA256\n2"];
    assert_refused(&Join { credentials, ..Join::new() }, "InvalidSignatureException", &words);
}

#[test]
fn the_answer_to_a_mismatch_does_not_repeat_the_session_token() {
    let known = Credentials::new("ASIATEMPORARY", "secret").with_session_token("the-token");
    let service = builder().credentials(known).start_blocking().unwrap();
    let credentials = Credentials::new("ASIATEMPORARY", "wrong").with_session_token("the-token");
    let message = Join { credentials, ..Join::new() }.send(&service).error().2;
    assert!(message.contains("x-amz-security-token:*** redacted ***") && !message.contains("the-token"), "{message}");
}

#[test]
fn the_scope_must_name_this_region_and_service() {
    let words = ["scoped to the region 'us-west-2', not 'eu-west-1'"];
    assert_refused(&Join { region: "eu-west-1", ..Join::new() }, "InvalidSignatureException", &words);
    let words = ["scoped to the service 'kinesisvideo', not 's3'"];
    assert_refused(&Join { service: "s3", ..Join::new() }, "InvalidSignatureException", &words);
}

#[test]
fn what_is_signed_is_what_must_arrive() {
    let mismatch = "InvalidSignatureException";
    assert_refused(&Join { host: Some("elsewhere"), ..Join::new() }, mismatch, &["does not match"]);
    assert_refused(&Join { signed_body: Some("{}"), ..Join::new() }, mismatch, &["body"]);
    assert_refused(&Join { late_headers: vec![("x-amz-late", "1")], ..Join::new() }, mismatch, &["x-amz-late"]);
    let headers = vec![("x-custom", "one")];
    let changed = vec![("x-custom", "two")];
    assert_refused(&Join { headers: headers.clone(), late_headers: changed, ..Join::new() }, mismatch, &["not match"]);
    let edit = |h: &mut HeaderMap| _ = h.remove("x-custom");
    assert_refused(&Join { headers, edit, ..Join::new() }, mismatch, &["x-custom"]);
}

#[test]
fn any_signature_will_do_where_that_is_asked_for() {
    let service = builder().verification(Verification::AnySignature).start_blocking().unwrap();
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let join = Join { credentials: Credentials::new("anyone", "x"), region: "mars-1", time, ..Join::new() };
    assert_eq!(join.send(&service).status, 200);
    assert_eq!(service.requests()[0].verdict, Verdict::Unchecked);
    assert_eq!(service.requests()[0].access_key_id.as_deref(), Some("anyone"));
    assert_eq!(call(&service, JOIN, "{}").error().1, "MissingAuthenticationTokenException");
}

#[test]
fn a_body_left_out_of_the_signature_is_refused() {
    let service = builder().start_blocking().unwrap();
    let credentials = service.credentials();
    let params = SigningParams::new(&credentials, service.region(), "kinesisvideo", SystemTime::now());
    let unsigned = SignableRequest::new("POST", JOIN).host(authority(&service)).payload(Payload::Unsigned);
    let mut headers = HeaderMap::new();
    sigv4::sign(&unsigned, &params).unwrap().apply(&mut headers);
    let unsigned = HeaderValue::from_static("UNSIGNED-PAYLOAD");
    assert_eq!(headers.get("x-amz-content-sha256"), Some(&unsigned));
    let headers: Vec<_> = headers.iter().map(|(n, v)| (n.as_str(), v.to_str().unwrap())).collect();
    let reply = send(&service, &post(&service, JOIN, &headers, "{}"));
    assert_eq!((reply.error().0, reply.error().1), (403, "InvalidSignatureException"));
    assert!(reply.error().2.contains("x-amz-content-sha256"));
}

#[test]
fn a_signature_in_the_query_is_verified_too() {
    let service = builder().start_blocking().unwrap();
    let credentials = service.credentials();
    let params = SigningParams::new(&credentials, service.region(), "kinesisvideo", SystemTime::now());
    let body = json!({ "channelArn": service.channel_arn("demo").unwrap() }).to_string();
    let request = SignableRequest::new("POST", JOIN).host(authority(&service)).payload(Payload::Bytes(body.as_bytes()));
    let presigned = sigv4::presign(&request, &params, Duration::from_secs(60)).unwrap();
    let target = format!("{JOIN}?{}", presigned.as_str());
    assert_eq!(send(&service, &post(&service, &target, &[], &body)).status, 200);
    assert_eq!(service.requests()[0].verdict, Verdict::Valid);
    assert_eq!(send(&service, &post(&service, &target, &[], "{}")).error().1, "InvalidSignatureException");
}
