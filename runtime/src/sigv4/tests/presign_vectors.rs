//! Presigned queries of the signaling channel, as published with Amazon's own clients.

use super::*;

const ARN: &str = "X-Amz-ChannelARN=arn:aws:kinesisvideo:us-west-2:123456789012:channel/demo-channel/1234567890123";
const CLIENT_ID: &str = "X-Amz-ClientId=d7d1c6e2-9cb0-4d61-bea9-ecb3d3816557";
const TOKEN: &str = "AQoEXAMPLEH4aoAH0gNCAPyJxz4BlCFFxWNE1OPTgk5TthT+FvwqnKwRcOIfrRh3c/LTo6UDdyJwOOvEVPvLXCrrrUtdnniCEXAMPLE/IvU1dYUg2RVAJBanLiHb4IgRmpRV3zrkuWJOgQs8IZZaIv2BXIa2R4OlgkBN9bkUDNCJiBeb/AXlzBBko7b15fjrBs2+cTQtpZ3CYWFXG8C5zqx37wnOE49mRl/+OtkIKGO7fAE";

fn presigned(
    credentials: &Credentials,
    service: &str,
    seconds: u64,
    host: &str,
    path: &str,
    query: &str,
) -> PresignedQuery {
    let request = SignableRequest::new("GET", path).host(host).query(query);
    let params = SigningParams::new(credentials, "us-west-2", service, at(seconds));
    let expires_in = Duration::from_secs(299);
    let presigned = presign(&request, &params, expires_in).unwrap();
    let explained = explain_presign(&request, &params, expires_in).unwrap();
    assert_eq!(presigned.signature(), explained.signature());
    assert!(presigned.as_str().ends_with(presigned.signature()));
    presigned
}

/// The unit tests of the JavaScript WebRTC SDK, 2019-12-01T00:00:00Z.
#[test]
fn signatures_of_the_javascript_webrtc_sdk() {
    let without_token = Credentials::new("AKIA4F7WJQR7FMMWMNXI", "FakeSecretKey");
    let with_token = without_token.clone().with_session_token("FakeSessionToken");
    for (credentials, service, path, signature) in [
        (&with_token, "kinesisvideo", "/", "fc268038be276315822b4f73eafd28ee3a5632a2a35fdb0a88db9a42b13d6c92"),
        (&without_token, "kinesisvideo", "/", "be1e78950d956a8a9a1997417099ddbd7455619f3d08c4ad20e1e272179ca695"),
        (
            &with_token,
            "kinesisvideo",
            "/path/path/path",
            "0bf3df6ca23d8d82f688e8dbfb90d69e74843d40038541b1721c545eef7612a4",
        ),
        (&with_token, "firehose", "/", "f15308513d21a381d38b7607a0439f25fc2e6c9f5ff56a48c1664b486e6234d5"),
    ] {
        let query = "X-Amz-TestParam=test-param-value";
        let presigned = presigned(credentials, service, 1_575_158_400, "kvs.awsamazon.com", path, query);
        assert_eq!(presigned.signature(), signature);
    }
}

/// The unit tests of Amazon's Rust sample, 2023-07-24T08:07:02Z.
#[test]
fn signatures_of_the_rust_sample() {
    let long_term = Credentials::new("AKIAIOSFODJJ7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxQQiCYEXAMPLEKEY");
    let temporary =
        Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY").with_session_token(TOKEN);
    let viewer = format!("{ARN}&{CLIENT_ID}");
    for (credentials, host, query, signature) in [
        (&long_term, "m", ARN, "0bbef329f0d9d3e68635f7b844ac684c7764a0c228ca013232d935c111b9a370"),
        (&long_term, "v", &*viewer, "cea541f699dc51bc53a55590ce817e63cc06fac2bdef4696b63e0889eb448f0b"),
        (&temporary, "m", ARN, "f8fed632bbe38ac920c7ed2eeaba1a4ba5e2b1bd7aada9f852708112eab76baa"),
        (&temporary, "v", &*viewer, "77ea5ff8ede2e22aa268a3a068f1ad3a5d92f0fa8a427579f9e6376e97139761"),
    ] {
        let host = format!("{host}-a1b2c3d4.kinesisvideo.us-west-2.amazonaws.com");
        let presigned = presigned(credentials, "kinesisvideo", 1_690_186_022, &host, "/", query);
        assert_eq!(presigned.signature(), signature);
    }
}

#[test]
fn a_presigned_query_is_sorted_and_encoded_once() {
    let credentials = Credentials::new("AKIAIOSFODJJ7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxQQiCYEXAMPLEKEY");
    let host = "v-a1b2c3d4.kinesisvideo.us-west-2.amazonaws.com";
    let query = format!("{ARN}&{CLIENT_ID}");
    assert_eq!(
        presigned(&credentials, "kinesisvideo", 1_690_186_022, host, "/", &query).as_str(),
        "X-Amz-Algorithm=AWS4-HMAC-SHA256\
         &X-Amz-ChannelARN=arn%3Aaws%3Akinesisvideo%3Aus-west-2%3A123456789012%3Achannel%2Fdemo-channel%2F1234567890123\
         &X-Amz-ClientId=d7d1c6e2-9cb0-4d61-bea9-ecb3d3816557\
         &X-Amz-Credential=AKIAIOSFODJJ7EXAMPLE%2F20230724%2Fus-west-2%2Fkinesisvideo%2Faws4_request\
         &X-Amz-Date=20230724T080702Z\
         &X-Amz-Expires=299\
         &X-Amz-SignedHeaders=host\
         &X-Amz-Signature=cea541f699dc51bc53a55590ce817e63cc06fac2bdef4696b63e0889eb448f0b"
    );
}

#[test]
fn presigning_again_replaces_the_first_signature() {
    let credentials = credentials().with_session_token("t");
    let first = presigned(&credentials, "kinesisvideo", NOON, "h", "/", "a=1");
    let again = presigned(&credentials, "kinesisvideo", NOON, "h", "/", first.as_str());
    assert_eq!(again, first);
    let later = presigned(&credentials, "kinesisvideo", NOON + 60, "h", "/", first.as_str());
    assert_eq!(later, presigned(&credentials, "kinesisvideo", NOON + 60, "h", "/", "a=1"));
}
