//! What goes over the wire, against what AWS SDK for JavaScript v2 was observed to send for the same calls.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of a test fails with it")]

use kinesisvideo::webrtc_storage::{Client, JoinStorageSessionAsViewerInput, JoinStorageSessionInput};
use kinesisvideo::{Config, ConfigBuilder, Credentials};
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

#[tokio::test]
async fn json_parameters_send_the_same_bytes_as_the_typed_operation() {
    let server = Server::start([Answer::reply(200, "{}")]).unwrap();
    let client = Client::new(config().endpoint(server.url()).build().unwrap()).unwrap();
    client.join_storage_session_as_viewer(JoinStorageSessionAsViewerInput::new(CHANNEL_ARN, "v")).await.unwrap();
    for name in ["JoinStorageSessionAsViewer", "joinStorageSessionAsViewer"] {
        let params = serde_json::json!({"channelArn": CHANNEL_ARN, "clientId": "v"});
        assert_eq!(client.call(name, params).await.unwrap(), serde_json::json!({}));
    }
    let received = server.received();
    assert_eq!(received[0], received[1]);
    assert_eq!(received[0], received[2]);
}

#[tokio::test]
async fn a_derived_client_sends_elsewhere_and_shares_the_rest() {
    let (first, second) =
        (Server::start([Answer::reply(200, "")]).unwrap(), Server::start([Answer::reply(200, "")]).unwrap());
    let client = Client::new(config().endpoint(first.url()).build().unwrap()).unwrap();
    let derived = client.with_endpoint(second.url()).unwrap();
    derived.join_storage_session(JoinStorageSessionInput::new(CHANNEL_ARN)).await.unwrap();
    client.join_storage_session(JoinStorageSessionInput::new(CHANNEL_ARN)).await.unwrap();
    assert_eq!((first.received().len(), second.received().len()), (1, 1));
    assert_eq!(second.received()[0].header("host"), Some(format!("127.0.0.1:{}", second.port()).as_str()));
}

#[tokio::test]
async fn sixty_four_calls_run_at_once() {
    let server =
        Server::start([Answer::After(std::time::Duration::from_millis(300), Box::new(Answer::reply(200, "{}")))])
            .unwrap();
    let client = Client::new(config().endpoint(server.url()).build().unwrap()).unwrap();
    let began = std::time::Instant::now();
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..64 {
        let client = client.clone();
        calls.spawn(async move { client.join_storage_session(JoinStorageSessionInput::new(CHANNEL_ARN)).await });
    }
    while let Some(call) = calls.join_next().await {
        call.unwrap().unwrap();
    }
    assert_eq!(server.received().len(), 64);
    assert!(began.elapsed() < std::time::Duration::from_secs(5), "{:?}", began.elapsed());
}

#[test]
fn the_default_endpoint_is_the_regions() {
    let endpoint = |config: ConfigBuilder| Client::new(config.build().unwrap()).unwrap().endpoint().to_string();
    assert_eq!(endpoint(Config::builder().region("us-west-2")), "https://kinesisvideo.us-west-2.amazonaws.com/");
    assert_eq!(endpoint(Config::builder().region("cn-north-1")), "https://kinesisvideo.cn-north-1.amazonaws.com.cn/");
    assert_eq!(
        endpoint(Config::builder().region("us-west-2").use_fips(true).use_dual_stack(true)),
        "https://kinesisvideo-fips.us-west-2.api.aws/"
    );
    assert_eq!(
        endpoint(Config::builder().region("us-west-2").ssl_enabled(false)),
        "http://kinesisvideo.us-west-2.amazonaws.com/"
    );
    assert_eq!(
        endpoint(Config::builder().region("us-west-2").endpoint("{service}.{region}.x.test:8443/p")),
        "https://kinesisvideo.us-west-2.x.test:8443/p"
    );
}
