//! Signatures, made by the runtime's signer and spoilt one way at a time.

use std::time::{Duration, SystemTime};

use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use kinesisvideo_local::{Builder, Credentials, LocalService, Quotas, Verdict, Verification};
use kinesisvideo_runtime::sigv4::{self, Payload, SignableRequest, SigningParams};
use kinesisvideo_runtime::time::ManualTime;
use serde_json::json;

use crate::common::{Reply, authority, call, post, send};

const JOIN: &str = "/joinStorageSession";

fn builder() -> Builder {
    LocalService::builder()
        .quotas(Quotas::unlimited())
        .channel("demo")
}

/// A join and how it is signed; each test changes one thing.
struct Join {
    credentials: Credentials,
    region: &'static str,
    service: &'static str,
    time: SystemTime,
    host: Option<&'static str>,
    signed_body: Option<&'static str>,
    headers: Vec<(&'static str, &'static str)>,
    late_headers: Vec<(&'static str, &'static str)>,
    edit: fn(&mut HeaderMap),
}

impl Join {
    fn new() -> Self {
        Self {
            credentials: Credentials::new(
                Builder::TEST_ACCESS_KEY_ID,
                Builder::TEST_SECRET_ACCESS_KEY,
            ),
            region: "us-west-2",
            service: "kinesisvideo",
            time: SystemTime::now(),
            host: None,
            signed_body: None,
            headers: Vec::new(),
            late_headers: Vec::new(),
            edit: |_| {},
        }
    }

    fn send(&self, service: &LocalService) -> Reply {
        let body = json!({ "channelArn": service.channel_arn("demo").unwrap() }).to_string();
        let mut headers = HeaderMap::new();
        let insert = |headers: &mut HeaderMap, list: &[(&'static str, &'static str)]| {
            for (name, value) in list {
                headers.insert(
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                );
            }
        };
        insert(&mut headers, &self.headers);
        let signed = headers.clone();
        let request = SignableRequest::new("POST", JOIN)
            .host(self.host.unwrap_or(authority(service)))
            .headers(&signed)
            .payload(Payload::Bytes(self.signed_body.unwrap_or(&body).as_bytes()));
        let params = SigningParams::new(&self.credentials, self.region, self.service, self.time);
        sigv4::sign(&request, &params).unwrap().apply(&mut headers);
        insert(&mut headers, &self.late_headers);
        (self.edit)(&mut headers);
        let headers: Vec<_> = headers
            .iter()
            .map(|(n, v)| (n.as_str(), v.to_str().unwrap()))
            .collect();
        send(service, &post(service, JOIN, &headers, &body))
    }
}

#[track_caller]
fn assert_refused(join: &Join, code: &str, words: &[&str]) {
    let service = builder().start_blocking().unwrap();
    let reply = join.send(&service);
    let (status, found, message) = reply.error();
    assert_eq!((status, found), (403, code), "{message}");
    words
        .iter()
        .for_each(|word| assert!(message.contains(word), "{message}"));
    assert!(service.sessions().is_empty());
    let verdict = service.requests()[0].verdict.clone();
    assert_eq!(
        verdict,
        Verdict::Refused {
            code: code.to_owned(),
            message
        }
    );
    assert_eq!(verdict.to_string().lines().count(), 1);
}

#[test]
fn a_right_signature_is_found_right() {
    let service = builder().start_blocking().unwrap();
    let reply = Join::new().send(&service);
    assert_eq!(
        reply.status,
        200,
        "{}",
        String::from_utf8_lossy(&reply.body)
    );
    let request = &service.requests()[0];
    assert_eq!(request.verdict, Verdict::Valid);
    assert_eq!(
        request.access_key_id.as_deref(),
        Some(Builder::TEST_ACCESS_KEY_ID)
    );
    assert_eq!(
        request.to_string(),
        "POST /joinStorageSession 200, signature valid"
    );
    let session = &service.sessions()[0];
    assert_eq!(
        session.producer.as_ref().unwrap().access_key_id,
        request.access_key_id
    );
}

#[test]
fn further_signed_headers_count() {
    let service = builder().start_blocking().unwrap();
    let join = Join {
        headers: vec![
            ("content-type", "application/json"),
            ("x-amz-meta", " a  b "),
        ],
        ..Join::new()
    };
    assert_eq!(join.send(&service).status, 200);
}

#[test]
fn a_temporary_key_comes_with_its_token() {
    let temporary = Credentials::new("ASIATEMPORARY", "secret").with_session_token("the/token+==");
    let service = builder()
        .credentials(temporary.clone())
        .start_blocking()
        .unwrap();
    assert_eq!(
        Join {
            credentials: temporary,
            ..Join::new()
        }
        .send(&service)
        .status,
        200
    );
    for token in ["", "another"] {
        let credentials = Credentials::new("ASIATEMPORARY", "secret").with_session_token(token);
        let reply = Join {
            credentials,
            ..Join::new()
        }
        .send(&service);
        assert_eq!(
            (reply.error().0, reply.error().1),
            (403, "UnrecognizedClientException")
        );
    }
    let log = format!("{:?}", service.requests());
    assert!(
        log.contains("ASIATEMPORARY") && !log.contains("the/token"),
        "{log}"
    );
}

#[test]
fn no_signature_is_a_missing_token() {
    let service = builder().start_blocking().unwrap();
    let reply = call(&service, JOIN, "{}");
    assert_eq!(
        (reply.error().0, reply.error().1),
        (403, "MissingAuthenticationTokenException")
    );
}

#[test]
fn what_cannot_be_read_is_incomplete() {
    let edits: [fn(&mut HeaderMap); 5] = [
        |h| {
            _ = h.insert(
                "authorization",
                HeaderValue::from_static("Basic dXNlcjpwYXNz"),
            )
        },
        |h| {
            _ = h.insert(
                "authorization",
                HeaderValue::from_static("AWS4-HMAC-SHA256 nonsense"),
            )
        },
        |h| {
            _ = h.insert(
                "authorization",
                HeaderValue::from_static("AWS4-HMAC-SHA256 Credential=a, Signature=b"),
            )
        },
        |h| _ = h.remove("x-amz-date"),
        |h| _ = h.insert("x-amz-date", HeaderValue::from_static("yesterday")),
    ];
    for edit in edits {
        assert_refused(
            &Join {
                edit,
                ..Join::new()
            },
            "IncompleteSignatureException",
            &[],
        );
    }
}

#[test]
fn an_unknown_key_is_an_unrecognized_client() {
    let credentials = Credentials::new("AKIAUNKNOWN", Builder::TEST_SECRET_ACCESS_KEY);
    assert_refused(
        &Join {
            credentials,
            ..Join::new()
        },
        "UnrecognizedClientException",
        &["invalid"],
    );
}

#[test]
fn a_wrong_secret_is_answered_with_what_should_have_been_signed() {
    let credentials = Credentials::new(Builder::TEST_ACCESS_KEY_ID, "wrong");
    let words = [
        "does not match",
        "'POST\n/joinStorageSession\n\nhost:127.0.0.1:",
        "'AWS4-HMAC-SHA256\n2",
    ];
    assert_refused(
        &Join {
            credentials,
            ..Join::new()
        },
        "InvalidSignatureException",
        &words,
    );
}

#[test]
fn the_answer_to_a_mismatch_does_not_repeat_the_session_token() {
    let known = Credentials::new("ASIATEMPORARY", "secret").with_session_token("the-token");
    let service = builder().credentials(known).start_blocking().unwrap();
    let credentials = Credentials::new("ASIATEMPORARY", "wrong").with_session_token("the-token");
    let message = Join {
        credentials,
        ..Join::new()
    }
    .send(&service)
    .error()
    .2;
    assert!(
        message.contains("x-amz-security-token:*** redacted ***") && !message.contains("the-token"),
        "{message}"
    );
}

#[test]
fn the_scope_must_name_this_region_and_service() {
    let words = ["scoped to the region 'us-west-2', not 'eu-west-1'"];
    assert_refused(
        &Join {
            region: "eu-west-1",
            ..Join::new()
        },
        "InvalidSignatureException",
        &words,
    );
    let words = ["scoped to the service 'kinesisvideo', not 's3'"];
    assert_refused(
        &Join {
            service: "s3",
            ..Join::new()
        },
        "InvalidSignatureException",
        &words,
    );
}

#[test]
fn what_is_signed_is_what_must_arrive() {
    let mismatch = "InvalidSignatureException";
    assert_refused(
        &Join {
            host: Some("elsewhere"),
            ..Join::new()
        },
        mismatch,
        &["does not match"],
    );
    assert_refused(
        &Join {
            signed_body: Some("{}"),
            ..Join::new()
        },
        mismatch,
        &["body"],
    );
    assert_refused(
        &Join {
            late_headers: vec![("x-amz-late", "1")],
            ..Join::new()
        },
        mismatch,
        &["x-amz-late"],
    );
    let headers = vec![("x-custom", "one")];
    let changed = vec![("x-custom", "two")];
    assert_refused(
        &Join {
            headers: headers.clone(),
            late_headers: changed,
            ..Join::new()
        },
        mismatch,
        &["not match"],
    );
    let edit = |h: &mut HeaderMap| _ = h.remove("x-custom");
    assert_refused(
        &Join {
            headers,
            edit,
            ..Join::new()
        },
        mismatch,
        &["x-custom"],
    );
}

#[test]
fn dates_more_than_five_minutes_off_are_refused_with_the_services_date() {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_715_344_496);
    let service = builder()
        .clock(ManualTime::new(now))
        .start_blocking()
        .unwrap();
    let join = |time| {
        Join {
            time,
            ..Join::new()
        }
        .send(&service)
    };
    for seconds in [0, 299, 300] {
        assert_eq!(
            join(now - Duration::from_secs(seconds)).status,
            200,
            "{seconds} s ago"
        );
        assert_eq!(
            join(now + Duration::from_secs(seconds)).status,
            200,
            "in {seconds} s"
        );
    }
    let late = join(now - Duration::from_secs(301));
    assert_eq!(
        (late.error().0, late.error().1),
        (403, "InvalidSignatureException")
    );
    assert_eq!(late.header("date"), Some("Fri, 10 May 2024 12:34:56 GMT"));
    let expected = "Signature expired: 20240510T122955Z is now earlier than 20240510T122956Z (20240510T123456Z - 5 min.)";
    assert_eq!(late.error().2, expected);
    let early = join(now + Duration::from_secs(301)).error().2;
    let expected = "Signature not yet current: 20240510T123957Z is still later than 20240510T123956Z (20240510T123456Z + 5 min.)";
    assert_eq!(early, expected);
}

#[test]
fn the_services_clock_can_be_moved_while_it_runs() {
    let service = builder().clock_skew(-600).start_blocking().unwrap();
    assert!(
        Join::new()
            .send(&service)
            .error()
            .2
            .starts_with("Signature not yet current")
    );
    service.set_clock_skew(600);
    assert!(
        Join::new()
            .send(&service)
            .error()
            .2
            .starts_with("Signature expired")
    );
    service.set_clock_skew(0);
    assert_eq!(Join::new().send(&service).status, 200);
}

#[test]
fn any_signature_will_do_where_that_is_asked_for() {
    let service = builder()
        .verification(Verification::AnySignature)
        .start_blocking()
        .unwrap();
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let join = Join {
        credentials: Credentials::new("anyone", "x"),
        region: "mars-1",
        time,
        ..Join::new()
    };
    assert_eq!(join.send(&service).status, 200);
    assert_eq!(service.requests()[0].verdict, Verdict::Unchecked);
    assert_eq!(
        service.requests()[0].access_key_id.as_deref(),
        Some("anyone")
    );
    assert_eq!(
        call(&service, JOIN, "{}").error().1,
        "MissingAuthenticationTokenException"
    );
}

#[test]
fn a_signature_in_the_query_is_verified_too() {
    let service = builder().start_blocking().unwrap();
    let credentials = service.credentials();
    let params = SigningParams::new(
        &credentials,
        service.region(),
        "kinesisvideo",
        SystemTime::now(),
    );
    let body = json!({ "channelArn": service.channel_arn("demo").unwrap() }).to_string();
    let request = SignableRequest::new("POST", JOIN)
        .host(authority(&service))
        .payload(Payload::Bytes(body.as_bytes()));
    let presigned = sigv4::presign(&request, &params, Duration::from_secs(60)).unwrap();
    let target = format!("{JOIN}?{}", presigned.as_str());
    assert_eq!(
        send(&service, &post(&service, &target, &[], &body)).status,
        200
    );
    assert_eq!(service.requests()[0].verdict, Verdict::Valid);
    assert_eq!(
        send(&service, &post(&service, &target, &[], "{}"))
            .error()
            .1,
        "InvalidSignatureException"
    );
}
