//! Signatures in headers.

use super::*;

const BODY: &[u8] = br#"{"channelArn":"arn:aws:kinesisvideo:us-west-2:123456789012:channel/demo/1700000000000"}"#;

fn params(credentials: &Credentials) -> SigningParams<'_> {
    SigningParams::new(credentials, "us-west-2", "kinesisvideo", at(NOON))
}

fn join_storage_session() -> SignableRequest<'static> {
    SignableRequest::new("POST", "/joinStorageSession").host("127.0.0.1:18555").payload(Payload::Bytes(BODY))
}

/// What AWS SDK for JavaScript v2 (2.1693.0) sends for the same request.
#[test]
fn a_request_is_signed_as_the_javascript_sdk_does() {
    let headers = header_map(&[
        ("user-agent", "test/1.0"),
        ("content-type", "application/json"),
        ("content-length", "87"),
        ("connection", "close"),
    ]);
    let credentials = credentials();
    let request = join_storage_session().headers(&headers);
    let explained = explain(&request, &params(&credentials)).unwrap();
    assert_eq!(
        explained.canonical_request(),
        "POST\n\
         /joinStorageSession\n\
         \n\
         host:127.0.0.1:18555\n\
         x-amz-content-sha256:77759f89fcdf87334ad6011729ad0c4ab53325301613c66b40a7ac55a59608cd\n\
         x-amz-date:20240510T123456Z\n\
         \n\
         host;x-amz-content-sha256;x-amz-date\n\
         77759f89fcdf87334ad6011729ad0c4ab53325301613c66b40a7ac55a59608cd"
    );
    assert_eq!(
        explained.string_to_sign(),
        "AWS4-HMAC-SHA256\n\
         20240510T123456Z\n\
         20240510/us-west-2/kinesisvideo/aws4_request\n\
         663664cc511d281979ef3118a8e60603ccb158cf4c0c86f751b4aab02e9f8d1d"
    );
    let signed = sign(&request, &params(&credentials)).unwrap();
    assert_eq!(
        signed.authorization,
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20240510/us-west-2/kinesisvideo/aws4_request, \
         SignedHeaders=host;x-amz-content-sha256;x-amz-date, \
         Signature=4b34870648c6caa79edcb9eccd1225fb6c2207d6ac9b2d7e856e460d11b35f36"
    );
    assert_eq!(signed.signature(), explained.signature());
    assert_eq!(signed.x_amz_date, "20240510T123456Z");
    assert_eq!(
        signed.x_amz_content_sha256.as_ref().unwrap(),
        "77759f89fcdf87334ad6011729ad0c4ab53325301613c66b40a7ac55a59608cd"
    );
    assert!(signed.x_amz_security_token.is_none());
}

#[test]
fn what_is_secret_is_marked_and_not_shown() {
    let credentials = credentials().with_session_token("the-session-token");
    let signed = sign(&join_storage_session(), &params(&credentials)).unwrap();
    assert!(signed.authorization.is_sensitive());
    assert!(signed.x_amz_security_token.as_ref().unwrap().is_sensitive());
    let explained = explain(&join_storage_session(), &params(&credentials)).unwrap();
    assert!(explained.canonical_request().contains("x-amz-security-token:the-session-token\n"));
    let presigned = presign(&join_storage_session(), &params(&credentials), Duration::from_secs(1)).unwrap();
    let mut headers = HeaderMap::new();
    headers.insert("x-secret", HeaderValue::from_static("the-session-token"));
    let request = join_storage_session().headers(&headers).query("X-Amz-Security-Token=the-session-token");
    for shown in [
        format!("{signed:?}"),
        format!("{explained:?}"),
        format!("{presigned:?}"),
        format!("{request:?}"),
        format!("{:?}", params(&credentials)),
    ] {
        for secret in ["the-session-token", "wJalrXUtnFEMI", signed.signature(), presigned.signature(), "channelArn"] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}

#[test]
fn a_session_token_is_signed_or_added_after_signing() {
    let credentials = credentials().with_session_token("  a  token ");
    let mut settings = SigningSettings::default();
    let explained = explain(&join_storage_session(), &params(&credentials)).unwrap();
    assert!(explained.canonical_request().contains("\nx-amz-security-token:a token\n"));

    settings.session_token = SessionTokenMode::Unsigned;
    let params = params(&credentials).settings(&settings);
    let signed = sign(&join_storage_session(), &params).unwrap();
    assert_eq!(signed.x_amz_security_token.unwrap(), "  a  token ");
    assert!(!explain(&join_storage_session(), &params).unwrap().canonical_request().contains("token"));
}

#[test]
fn excluded_headers_are_a_setting() {
    let headers = header_map(&[("content-type", "application/json"), ("x-hook", "1"), ("authorization", "old")]);
    let request = join_storage_session().headers(&headers);
    let credentials = credentials();
    let mut settings = SigningSettings::default();
    let signed_headers = |settings: &SigningSettings| {
        let signed = sign(&request, &params(&credentials).settings(settings)).unwrap();
        let text = signed.authorization.to_str().unwrap().to_owned();
        text.split_once("SignedHeaders=").unwrap().1.split_once(',').unwrap().0.to_owned()
    };
    assert_eq!(signed_headers(&settings), "host;x-amz-content-sha256;x-amz-date;x-hook");
    settings.excluded_headers = &["x-hook"];
    assert_eq!(signed_headers(&settings), "content-type;host;x-amz-content-sha256;x-amz-date");
    settings.content_sha256_header = false;
    assert_eq!(signed_headers(&settings), "content-type;host;x-amz-date");
}

#[test]
fn signing_again_replaces_the_first_signature() {
    let credentials = credentials().with_session_token("t");
    let mut headers = header_map(&[("x-hook", "1")]);
    sign(&join_storage_session().headers(&headers), &params(&credentials)).unwrap().apply(&mut headers);
    let first = headers.clone();
    sign(&join_storage_session().headers(&headers), &params(&credentials)).unwrap().apply(&mut headers);
    assert_eq!(headers, first);
    assert_eq!(headers.len(), 5);
}

#[test]
fn a_host_header_comes_before_the_host() {
    let credentials = credentials();
    let headers = header_map(&[("host", "127.0.0.1:18555")]);
    let given = sign(&join_storage_session(), &params(&credentials)).unwrap();
    let among = sign(&join_storage_session().host("other").headers(&headers), &params(&credentials)).unwrap();
    assert_eq!(among.signature(), given.signature());
}

#[test]
fn the_payload_may_be_hashed_before_or_left_out() {
    let credentials = credentials();
    let explained = |payload| explain(&join_storage_session().payload(payload), &params(&credentials)).unwrap();
    assert_eq!(explained(Payload::Hash(PayloadHash::of(BODY))), explained(Payload::Bytes(BODY)));
    let unsigned = explained(Payload::Unsigned);
    assert!(unsigned.canonical_request().ends_with("\nUNSIGNED-PAYLOAD"));
    assert!(unsigned.canonical_request().contains("\nx-amz-content-sha256:UNSIGNED-PAYLOAD\n"));
}

#[test]
fn a_kept_key_changes_no_signature() {
    let keys = SigningKeyCache::new();
    for (id, secret, seconds, region) in [
        ("A", "a", NOON, "us-west-2"),
        ("A", "a", NOON + 1, "us-west-2"),
        ("A", "b", NOON + 1, "us-west-2"),
        ("A", "b", NOON + 86_400, "us-west-2"),
        ("A", "b", NOON + 86_400, "eu-west-1"),
        ("A", "a", NOON, "us-west-2"),
    ] {
        let credentials = Credentials::new(id, secret);
        let params = SigningParams::new(&credentials, region, "kinesisvideo", at(seconds));
        let fresh = sign(&join_storage_session(), &params).unwrap();
        let kept = sign(&join_storage_session(), &params.keys(&keys)).unwrap();
        assert_eq!(kept.authorization, fresh.authorization);
    }
}

#[test]
fn what_cannot_be_signed_is_refused_with_a_reason() {
    let refused = |request: SignableRequest<'_>, credentials: Credentials, region: &str, seconds: u64| {
        let params = SigningParams::new(&credentials, region, "kinesisvideo", at(seconds));
        sign(&request, &params).unwrap_err()
    };
    let request = join_storage_session();
    let error = refused(request.host(""), credentials(), "us-west-2", NOON);
    assert!(matches!(error, SigningError::MissingHost), "{error}");
    let error = refused(request, Credentials::new("", "secret"), "us-west-2", NOON);
    assert!(matches!(error, SigningError::Credentials(_)), "{error}");
    let error = refused(request, credentials(), "us-west-2", 1 << 50);
    assert!(matches!(error, SigningError::TimeOutOfRange), "{error}");
    for (id, token, region, illegal) in [
        ("A\nB", "t", "us-west-2", "access key ID"),
        ("AB", "t\r\nx-evil: 1", "us-west-2", "session token"),
        ("AB", "t", "us-\0", "region"),
    ] {
        let error = refused(request, Credentials::new(id, "secret").with_session_token(token), region, NOON);
        assert!(matches!(error, SigningError::IllegalCharacter { part } if part == illegal), "{error}");
        assert!(!error.to_string().contains("evil"), "{error}");
    }
    for expires_in in [Duration::ZERO, Duration::from_millis(999), MAX_EXPIRY + Duration::from_nanos(1)] {
        let error = presign(&request, &params(&credentials()), expires_in).unwrap_err();
        assert!(matches!(error, SigningError::ExpiryOutOfRange { .. }), "{error}");
    }
}
