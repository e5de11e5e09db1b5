//! Signatures that are refused, and why.

use super::*;

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const BODY: &[u8] = b"{}";
const TOLERANCE: Duration = Duration::from_secs(300);

fn request(headers: &HeaderMap) -> SignableRequest<'_> {
    SignableRequest::new("POST", "/joinStorageSession").headers(headers).payload(Payload::Bytes(BODY))
}

/// Headers of a request as received, signed.
fn received() -> HeaderMap {
    let credentials = credentials().with_session_token("session-secret");
    let params = SigningParams::new(&credentials, "us-west-2", "kinesisvideo", at(NOON));
    let mut headers = header_map(&[("host", "localhost"), ("content-type", "application/json")]);
    sign(&request(&headers), &params).unwrap().apply(&mut headers);
    headers
}

fn presigned_query() -> String {
    let credentials = credentials().with_session_token("to+k/");
    let params = SigningParams::new(&credentials, "us-west-2", "kinesisvideo", at(NOON));
    let request = SignableRequest::new("GET", "/").host("localhost:8443").query("X-Amz-ClientId=me");
    presign(&request, &params, Duration::from_secs(60)).unwrap().into()
}

fn verify(headers: &HeaderMap) -> Result<(), VerifyError> {
    let request = request(headers);
    PresentedSignature::parse(&request)?.verify(&request, SECRET, &SigningSettings::default())
}

fn with_authorization(change: impl Fn(&str) -> String) -> HeaderMap {
    let mut headers = received();
    let changed = change(headers["authorization"].to_str().unwrap());
    headers.insert("authorization", HeaderValue::from_str(&changed).unwrap());
    headers
}

#[test]
fn a_signature_is_read_before_it_is_believed() {
    let headers = received();
    let presented = PresentedSignature::parse(&request(&headers)).unwrap();
    assert_eq!(presented.access_key_id(), "AKIDEXAMPLE");
    assert_eq!((presented.region(), presented.service()), ("us-west-2", "kinesisvideo"));
    assert_eq!(presented.session_token(), Some("session-secret"));
    assert_eq!(presented.signed_at(), at(NOON));
    assert_eq!(presented.location(), SignatureLocation::Headers);
    assert_eq!(
        presented.signed_headers().collect::<Vec<_>>(),
        ["host", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token"]
    );
    assert!(!format!("{presented:?}").contains("session-secret"), "{presented:?}");
    verify(&headers).unwrap();
}

#[test]
fn a_presigned_query_is_read_and_verified() {
    let query = presigned_query();
    let request = SignableRequest::new("GET", "/").host("localhost:8443").query(&query);
    let presented = PresentedSignature::parse(&request).unwrap();
    assert_eq!(presented.access_key_id(), "AKIDEXAMPLE");
    assert_eq!(presented.session_token(), Some("to+k/"));
    assert_eq!(presented.location(), SignatureLocation::Query { expires_in: Duration::from_secs(60) });
    presented.verify(&request, SECRET, &SigningSettings::default()).unwrap();
    let elsewhere = request.host("localhost:8444");
    assert!(matches!(presented.verify(&elsewhere, SECRET, &SigningSettings::default()), Err(VerifyError::Mismatch(_))));
}

#[test]
fn times_are_checked_to_the_second() {
    let headers = received();
    let in_headers = PresentedSignature::parse(&request(&headers)).unwrap();
    let query = presigned_query();
    let in_query = PresentedSignature::parse(&SignableRequest::new("GET", "/").host("h").query(&query)).unwrap();
    for (presented, life) in [(&in_headers, 300), (&in_query, 60)] {
        let check = |seconds| presented.check_time(at(seconds), TOLERANCE);
        check(NOON).unwrap();
        check(NOON + life).unwrap();
        check(NOON - 300).unwrap();
        let error = check(NOON + life + 1).unwrap_err();
        assert!(error.to_string().starts_with("signature expired 1 s ago"), "{error}");
        let error = check(NOON - 301).unwrap_err();
        assert!(matches!(error, VerifyError::NotYetValid { .. }), "{error}");
    }
}

#[test]
fn a_mismatch_tells_what_was_expected_and_no_secret() {
    let headers = received();
    let request = request(&headers);
    let presented = PresentedSignature::parse(&request).unwrap();
    let error = presented.verify(&request, "wrong", &SigningSettings::default()).unwrap_err();
    let VerifyError::Mismatch(expected) = &error else { panic!("{error}") };
    assert!(expected.canonical_request().starts_with("POST\n/joinStorageSession\n"));
    for shown in [error.to_string(), format!("{error:?}")] {
        assert!(shown.contains("20240510/us-west-2/kinesisvideo/aws4_request"), "{shown}");
        // Not the signature that would have been right, either.
        for secret in ["session-secret", "wrong", expected.signature()] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}

#[test]
fn what_is_not_signed_or_not_readable_is_refused_with_a_reason() {
    let replaced = |from: &'static str, to: &'static str| with_authorization(move |text| text.replace(from, to));
    let without = |name: &str| {
        let mut headers = received();
        headers.remove(name);
        headers
    };
    let with = |name: &'static str, value: &'static str| {
        let mut headers = received();
        headers.append(name, HeaderValue::from_static(value));
        headers
    };
    for (headers, reason) in [
        (without("authorization"), "neither an `Authorization` header nor"),
        (replaced("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256"), "unsupported algorithm `AWS4-ECDSA-P256-SHA256`"),
        (replaced("Credential=", "Credentials="), "has a part that is not known"),
        (replaced("SignedHeaders=", "Credential="), "has a part twice"),
        (with_authorization(|text| text.split_once(", Signature").unwrap().0.to_owned()), "`Signature` is missing"),
        (replaced("/aws4_request", ""), "is not of the form `ID/"),
        (replaced("/aws4_request", "/aws5_request"), "does not end in `/aws4_request`"),
        (replaced("/20240510/", "/20240511/"), "another day"),
        (replaced("host;x-amz-content-sha256", "x-amz-content-sha256;host"), "must be sorted"),
        (replaced("host;", "host;host;"), "must be sorted"),
        (replaced("host;", ";host;"), "in lower case"),
        (replaced("host;", "Host;"), "in lower case"),
        (replaced("host;", ""), "header `host` must be in `SignedHeaders`"),
        (replaced(";x-amz-security-token", ""), "header `x-amz-security-token` must be"),
        (replaced("host;", "host;missing;"), "signed header `missing` is not in the request"),
        (
            with_authorization(|text| {
                text.to_uppercase()
                    .replace("CREDENTIAL", "Credential")
                    .replace(
                        "SIGNEDHEADERS=HOST;X-AMZ-CONTENT-SHA256;X-AMZ-DATE;X-AMZ-SECURITY-TOKEN",
                        "SignedHeaders=host",
                    )
                    .replace("SIGNATURE", "Signature")
                    .replace("AWS4_REQUEST", "aws4_request")
            }),
            "64 lower-case",
        ),
        (with("authorization", "x"), "`Authorization` is there twice"),
        (with("x-amz-date", "20240510T123456Z"), "`x-amz-date` is there twice"),
        (without("x-amz-date"), "`x-amz-date` is missing"),
        (with("x-amz-new", "1"), "header `x-amz-new` must be"),
    ] {
        let error = verify(&headers).unwrap_err();
        assert!(error.to_string().contains(reason), "expected {reason:?}, got {error}");
    }
}

#[test]
fn the_body_must_be_the_one_that_was_signed() {
    let headers = received();
    let request = request(&headers).payload(Payload::Bytes(b"{ }"));
    let presented = PresentedSignature::parse(&request).unwrap();
    let verify = |request: &SignableRequest<'_>| presented.verify(request, SECRET, &SigningSettings::default());
    assert!(matches!(verify(&request), Err(VerifyError::PayloadMismatch)));
    verify(&request.payload(Payload::Hash(PayloadHash::of(BODY)))).unwrap();
    verify(&request.payload(Payload::Unsigned)).unwrap();
}

#[test]
fn a_signer_may_leave_the_body_out_but_not_make_words_up() {
    let credentials = credentials();
    let params = SigningParams::new(&credentials, "us-west-2", "kinesisvideo", at(NOON));
    let mut headers = header_map(&[("host", "localhost")]);
    sign(&request(&headers).payload(Payload::Unsigned), &params).unwrap().apply(&mut headers);
    verify(&headers).unwrap();
    headers.insert("x-amz-content-sha256", HeaderValue::from_static("anything"));
    assert!(matches!(verify(&headers), Err(VerifyError::PayloadMismatch)));
}

#[test]
fn presigned_parameters_are_checked_one_by_one() {
    let query = presigned_query();
    for (from, to, reason) in [
        ("AWS4-HMAC-SHA256", "AWS4", "unsupported algorithm `AWS4`"),
        ("X-Amz-Algorithm=AWS4-HMAC-SHA256&", "", "`X-Amz-Algorithm` is missing"),
        ("X-Amz-Date=20240510T123456Z&", "", "`X-Amz-Date` is missing"),
        ("X-Amz-Date=20240510T", "X-Amz-Date=2024-05-10T", "`X-Amz-Date` is not of the form"),
        ("X-Amz-Expires=60", "X-Amz-Expires=0", "from 1 to 604800"),
        ("X-Amz-Expires=60", "X-Amz-Expires=604801", "from 1 to 604800"),
        ("X-Amz-Expires=60", "X-Amz-Expires=-1", "from 1 to 604800"),
        ("X-Amz-Expires=60", "X-Amz-Expires=60&X-Amz-Expires=60", "is there twice"),
        ("X-Amz-Signature=", "X-Amz-Sig=", "`X-Amz-Signature` is missing"),
        ("X-Amz-Signature=", "X-Amz-Signature=%FF", "is not UTF-8"),
    ] {
        let query = query.replace(from, to);
        let request = SignableRequest::new("GET", "/").host("localhost:8443").query(&query);
        let error = PresentedSignature::parse(&request).unwrap_err();
        assert!(error.to_string().contains(reason), "expected {reason:?}, got {error}");
    }
    let headers = received();
    let both = request(&headers).query(&query);
    let error = PresentedSignature::parse(&both).unwrap_err();
    assert!(error.to_string().contains("leave one out"), "{error}");
}
