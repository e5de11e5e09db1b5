//! What goes over the wire, against what AWS SDK for JavaScript v2 was observed to send for the same calls.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of a test fails with it")]

use kinesisvideo::webrtc_storage::{Client, JoinStorageSessionAsViewerInput, JoinStorageSessionInput};
use kinesisvideo::{ConfigBuilder, Credentials};
use kinesisvideo_tests::scripted::{Answer, Received, Server};
use kinesisvideo_tests::{CHANNEL_ARN, config};

/// The port is signed as part of the host, so the recorded signature needs the recorded port.
const RECORDED_PORT: u16 = 18_555;

async fn join(config: ConfigBuilder) -> Received {
    let server = Server::start_on([RECORDED_PORT], [Answer::reply(200, "{}")]).unwrap();
    let client = Client::new(config.endpoint(server.url()).build().unwrap()).unwrap();
    client.join_storage_session(JoinStorageSessionInput::new(CHANNEL_ARN)).await.unwrap();
    server.received().remove(0)
}

/// One test, because the recorded signatures share one port.
#[tokio::test]
async fn signatures_equal_the_recorded_ones() {
    let request = join(config()).await;
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/joinStorageSession"));
    assert_eq!(request.body, format!(r#"{{"channelArn":"{CHANNEL_ARN}"}}"#).as_bytes());
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("content-length"), Some("87"));
    assert_eq!(request.header("host"), Some("127.0.0.1:18555"));
    assert_eq!(request.header("x-amz-date"), Some("20240510T123456Z"));
    assert_eq!(
        request.header("x-amz-content-sha256"),
        Some("77759f89fcdf87334ad6011729ad0c4ab53325301613c66b40a7ac55a59608cd")
    );
    assert_eq!(
        request.header("authorization"),
        Some(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20240510/us-west-2/kinesisvideo/aws4_request, \
             SignedHeaders=host;x-amz-content-sha256;x-amz-date, \
             Signature=4b34870648c6caa79edcb9eccd1225fb6c2207d6ac9b2d7e856e460d11b35f36"
        )
    );
    assert_eq!(request.header("x-amz-security-token"), None);

    // A base path with an escape is encoded once more in the canonical request, and sent as it is.
    let server = Server::start_on([RECORDED_PORT], [Answer::reply(200, "{}")]).unwrap();
    let client = Client::new(config().endpoint(format!("{}/a b/%41+~*", server.url())).build().unwrap()).unwrap();
    client.join_storage_session(JoinStorageSessionInput::new(CHANNEL_ARN)).await.unwrap();
    let request = server.received().remove(0);
    assert_eq!(request.target, "/a%20b/%41+~*/joinStorageSession");
    assert!(
        request
            .header("authorization")
            .unwrap()
            .ends_with("Signature=c8c4eb9f1a8254fc7fdadc350613809874685e01c4bf2aea2a20045b693eb2e2"),
        "{request:?}"
    );
}

#[tokio::test]
async fn a_session_token_is_sent_and_signed() {
    let server = Server::start([Answer::reply(200, "{}")]).unwrap();
    let credentials =
        Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY").with_session_token("the-token");
    let client = Client::new(config().credentials(credentials).endpoint(server.url()).build().unwrap()).unwrap();
    client.join_storage_session_as_viewer(JoinStorageSessionAsViewerInput::new(CHANNEL_ARN, "v")).await.unwrap();
    let request = server.received().remove(0);
    assert_eq!(request.target, "/joinStorageSessionAsViewer");
    assert_eq!(request.header("x-amz-security-token"), Some("the-token"));
    let authorization = request.header("authorization").unwrap();
    assert!(authorization.contains("SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token,"));
}
