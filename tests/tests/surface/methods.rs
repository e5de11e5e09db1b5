//! 38, 43 to 45, 47, 49, 51 to 53, 57: clients and their calls.

use std::time::{Duration, Instant};

use kinesisvideo::webrtc_storage::{
    Client, JoinStorageSessionAsViewerInput, JoinStorageSessionAsViewerOutput, JoinStorageSessionInput,
    JoinStorageSessionOutput, OperationName,
};
use kinesisvideo::{Config, ConfigError, Env, WaiterError};
use kinesisvideo_tests::scripted::Answer;
use kinesisvideo_tests::{CHANNEL_ARN, config};
use serde_json::json;

use super::{accepting, answering, body, client, join, only};

/// What code says wins over the environment, and nothing is asked for or sent while a client is made.
#[test]
fn constructor_38_takes_options_over_defaults_and_does_nothing_yet() {
    let env = Env::from_map([("AWS_REGION", "eu-west-1"), ("AWS_MAX_ATTEMPTS", "2")]);
    let client = Client::new(Config::builder().env(env).region("us-west-2").build().unwrap()).unwrap();
    assert_eq!(client.config().region().as_str(), "us-west-2");
    assert_eq!(client.config().retry().max_retries, 1);
    assert_eq!(Config::builder().build().unwrap_err(), ConfigError::MissingRegion);

    fn is_shareable<T: Clone + Send + Sync + 'static>(_: &T) {}
    is_shareable(&client);
}

#[tokio::test]
async fn method_43_join_storage_session() {
    let server = accepting();
    let output: JoinStorageSessionOutput =
        client(&server, config()).join_storage_session(JoinStorageSessionInput::new(CHANNEL_ARN)).await.unwrap();
    assert_eq!(output, JoinStorageSessionOutput::new());
    let request = only(&server);
    assert_eq!((&*request.method, &*request.target), ("POST", "/joinStorageSession"));
    assert_eq!(body(&request), json!({"channelArn": CHANNEL_ARN}));
}

#[tokio::test]
async fn method_44_join_storage_session_as_viewer() {
    let server = accepting();
    let input = JoinStorageSessionAsViewerInput::new(CHANNEL_ARN, "viewer");
    let output: JoinStorageSessionAsViewerOutput =
        client(&server, config()).join_storage_session_as_viewer(input).await.unwrap();
    assert_eq!(output, JoinStorageSessionAsViewerOutput::new());
    let request = only(&server);
    assert_eq!((&*request.method, &*request.target), ("POST", "/joinStorageSessionAsViewer"));
    assert_eq!(body(&request), json!({"channelArn": CHANNEL_ARN, "clientId": "viewer"}));
}

#[tokio::test]
async fn method_45_make_request_takes_names_and_json() {
    let server = accepting();
    let client = client(&server, config());
    for name in ["joinStorageSession", "JoinStorageSession"] {
        assert_eq!(client.call(name, json!({"channelArn": CHANNEL_ARN})).await.unwrap(), json!({}));
    }
    join(&client).await.unwrap();
    let received = server.received();
    assert!(received.iter().all(|request| *request == received[0]), "{received:?}");
    assert_eq!(OperationName::ALL.len(), 2);
}

#[tokio::test]
async fn method_45_make_request_names_the_operations_there_are() {
    let server = accepting();
    let error = client(&server, config()).call("joinSession", json!({})).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "unknown operation `joinSession`: known are JoinStorageSession, JoinStorageSessionAsViewer"
    );
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn method_47_wait_for_knows_no_state_of_this_service() {
    let server = accepting();
    let error = client(&server, config()).wait_for("sessionJoined", json!({})).await.unwrap_err();
    assert!(matches!(error, WaiterError::StateNotFound(_)));
    assert_eq!(error.code(), "StateNotFoundError");
    assert!(error.to_string().starts_with("State sessionJoined not found"), "{error}");
    assert!(server.received().is_empty());
}

/// Services are defined by the generator. These were made from models of no real service.
#[tokio::test]
async fn method_49_define_service_is_the_generator() {
    use kinesisvideo_golden::{streaming, waiters};

    let server = accepting();
    let config = || config().endpoint(server.url()).build().unwrap();
    let thing = waiters::DescribeThingInput::new().name("n");
    waiters::Client::new(config()).unwrap().describe_thing(thing).await.unwrap();
    streaming::Client::new(config()).unwrap().upload(streaming::UploadInput::new("x", "clip")).await.unwrap();
    assert_eq!(server.received().len(), 2);
    assert!(server.received().iter().all(|request| request.header("authorization").is_some()));
}

/// A call that is only made is not sent, as a request of the original without a callback is not.
#[tokio::test]
async fn method_51_send_and_method_52_promise_are_awaiting_a_future() {
    let server = accepting();
    let client = client(&server, config());
    let call = client.join_storage_session(JoinStorageSessionInput::new(CHANNEL_ARN));
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(server.received().is_empty());
    call.await.unwrap();
    assert_eq!(client.send(JoinStorageSessionInput::new(CHANNEL_ARN)).await.unwrap().attempts, 1);
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn callback_53_is_a_result() {
    let server = answering([Answer::reply(200, "{}"), Answer::reply(404, "{}")]);
    let client = client(&server, config());
    assert!(join(&client).await.is_ok());
    assert!(join(&client).await.is_err());
}

#[tokio::test]
async fn note_57_a_retry_is_a_new_join_and_calls_run_at_once() {
    let server = answering([Answer::Close, Answer::reply(200, "{}")]);
    let reply = client(&server, config()).send(JoinStorageSessionInput::new(CHANNEL_ARN)).await.unwrap();
    assert_eq!((reply.attempts, server.received().len()), (2, 2));
    let server = answering([Answer::Close]);
    join(&client(&server, config().max_retries(0))).await.unwrap_err();
    assert_eq!(server.received().len(), 1);

    let wait = Duration::from_millis(200);
    let server = answering([Answer::After(wait, Box::new(Answer::reply(200, "{}")))]);
    let client = client(&server, config());
    let began = Instant::now();
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..64 {
        let client = client.clone();
        calls.spawn(async move { join(&client).await });
    }
    while let Some(call) = calls.join_next().await {
        call.unwrap().unwrap();
    }
    assert_eq!(server.received().len(), 64);
    assert!(began.elapsed() < 16 * wait, "{:?}", began.elapsed());
}
