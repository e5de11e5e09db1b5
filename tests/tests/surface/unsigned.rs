//! 46: `makeUnauthenticatedRequest`.

use kinesisvideo::Credentials;
use kinesisvideo::webrtc_storage::{Client, JoinStorageSessionInput};
use kinesisvideo::{Config, ConfigError};
use kinesisvideo_tests::scripted::Answer;
use kinesisvideo_tests::{CHANNEL_ARN, config};
use serde_json::json;

use super::{accepting, answering, client, join, only};

/// A provider that must not be asked.
#[derive(Debug)]
struct Forbidden;

impl kinesisvideo::ProvideCredentials for Forbidden {
    fn name(&self) -> &str {
        "forbidden"
    }

    fn provide(&self) -> kinesisvideo::runtime::credentials::CredentialsFuture<'_> {
        panic!("an unsigned call asks for no credentials")
    }
}

#[tokio::test]
async fn method_46_make_unauthenticated_request_signs_nothing() {
    let server = accepting();
    let unsigned = client(&server, config().credentials_provider(Forbidden)).unsigned();
    join(&unsigned).await.unwrap();
    let request = only(&server);
    for absent in ["authorization", "x-amz-date", "x-amz-security-token"] {
        assert_eq!(request.header(absent), None, "{absent}");
    }
    assert_eq!(
        request.header("x-amz-content-sha256"),
        Some("77759f89fcdf87334ad6011729ad0c4ab53325301613c66b40a7ac55a59608cd")
    );
    assert_eq!(request.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn method_46_make_unauthenticated_request_goes_by_name_too() {
    let server = accepting();
    let unsigned = client(&server, config().credentials_provider(Forbidden)).unsigned();
    unsigned.call("joinStorageSession", json!({"channelArn": CHANNEL_ARN})).await.unwrap();
    join(&unsigned).await.unwrap();
    let received = server.received();
    assert_eq!(received[0], received[1]);
}

#[tokio::test]
async fn method_46_make_unauthenticated_request_leaves_the_client_it_came_from_signing() {
    let server = accepting();
    let signed = client(&server, config());
    let elsewhere = accepting();
    let unsigned = signed.unsigned().with_endpoint(elsewhere.url()).unwrap();
    join(&unsigned).await.unwrap();
    join(&signed).await.unwrap();
    assert_eq!(only(&elsewhere).header("authorization"), None);
    assert!(only(&server).header("authorization").is_some());
}

#[tokio::test]
async fn method_46_make_unauthenticated_request_still_validates_retries_and_needs_a_region() {
    let server = answering([Answer::reply(500, ""), Answer::reply(200, "{}")]);
    let unsigned = client(&server, config()).unsigned();
    let error = unsigned.join_storage_session(JoinStorageSessionInput::default()).await.unwrap_err();
    assert_eq!(error.code(), "MissingRequiredParameter");
    assert_eq!(unsigned.send(JoinStorageSessionInput::new(CHANNEL_ARN)).await.unwrap().retries, 1);
    assert_eq!(Config::builder().endpoint(server.url()).build().unwrap_err(), ConfigError::MissingRegion);
}

#[tokio::test]
async fn method_46_make_unauthenticated_request_does_not_send_a_session_token() {
    let server = accepting();
    let credentials = Credentials::new("AKIDEXAMPLE", "secret").with_session_token("token");
    let config = config().credentials(credentials).endpoint(server.url()).build().unwrap();
    join(&Client::new(config).unwrap().unsigned()).await.unwrap();
    assert!(only(&server).headers.iter().all(|(_, value)| !value.contains("token")));
}
