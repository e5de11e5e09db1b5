//! 1: bound parameters.

use std::sync::{Arc, Mutex};

use kinesisvideo::webrtc_storage::{JoinStorageSessionAsViewerInput, JoinStorageSessionInput};
use kinesisvideo_tests::{CHANNEL_ARN, config};
use serde_json::json;

use super::{accepting, body, client, only};

#[tokio::test]
async fn option_01_params_fill_what_a_typed_call_leaves_out() {
    let server = accepting();
    let bound = client(&server, config().params(json!({"channelArn": CHANNEL_ARN, "clientId": "bound"})));
    bound.join_storage_session_as_viewer(JoinStorageSessionAsViewerInput::default()).await.unwrap();
    assert_eq!(body(&only(&server)), json!({"channelArn": CHANNEL_ARN, "clientId": "bound"}));
}

#[tokio::test]
async fn option_01_params_fill_what_a_call_by_name_leaves_out() {
    let server = accepting();
    let bound = client(&server, config().params(json!({"channelArn": CHANNEL_ARN, "clientId": "bound"})));
    bound.call("joinStorageSessionAsViewer", json!({"channelArn": null})).await.unwrap();
    assert_eq!(body(&only(&server)), json!({"channelArn": CHANNEL_ARN, "clientId": "bound"}));
}

#[tokio::test]
async fn option_01_params_yield_to_those_of_the_call() {
    let server = accepting();
    let bound = client(&server, config().params(json!({"channelArn": CHANNEL_ARN, "clientId": "bound"})));
    bound.join_storage_session_as_viewer(JoinStorageSessionAsViewerInput::new(CHANNEL_ARN, "given")).await.unwrap();
    bound.call("joinStorageSessionAsViewer", json!({"clientId": "given"})).await.unwrap();
    for request in server.received() {
        assert_eq!(body(&request)["clientId"], "given");
    }
}

#[tokio::test]
async fn option_01_params_that_the_operation_lacks_are_ignored() {
    let server = accepting();
    let bound = client(&server, config().params(json!({"clientId": "of another operation", "nope": [1]})));
    bound.join_storage_session(JoinStorageSessionInput::new(CHANNEL_ARN)).await.unwrap();
    bound.call("joinStorageSession", json!({"channelArn": CHANNEL_ARN})).await.unwrap();
    for request in server.received() {
        assert_eq!(body(&request), json!({"channelArn": CHANNEL_ARN}));
    }
}

#[tokio::test]
async fn option_01_params_are_checked_with_the_call() {
    let server = accepting();
    let bound = client(&server, config().params(json!({"channelArn": {"not": "a text"}, "clientId": ""})));
    let error = bound.join_storage_session_as_viewer(JoinStorageSessionAsViewerInput::default()).await.unwrap_err();
    assert_eq!(error.code(), "MultipleValidationErrors");
    assert_eq!(
        error.to_string(),
        "There were 2 validation errors:\n\
         * InvalidParameterType: Expected params.channelArn to be a string\n\
         * MinRangeError: Expected string length >= 1, but found 0 for params.clientId\n\
         help: if the service accepts it, turn off `min` in `param_validation`"
    );
    let error = bound.call("joinStorageSessionAsViewer", json!({"channelArn": CHANNEL_ARN})).await.unwrap_err();
    assert_eq!(error.code(), "MinRangeError");
    assert!(server.received().is_empty());
}

/// The logger shows what was sent, as in the original.
#[tokio::test]
async fn option_01_params_are_logged() {
    let server = accepting();
    let lines = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&lines);
    let config = config().params(json!({"channelArn": CHANNEL_ARN}));
    let bound = client(&server, config.logger(move |line: &str| log.lock().unwrap().push(line.to_owned())));
    bound.join_storage_session(JoinStorageSessionInput::default()).await.unwrap();
    bound.call("joinStorageSession", json!({})).await.unwrap();
    for line in &*lines.lock().unwrap() {
        assert!(line.contains(CHANNEL_ARN), "{line}");
    }
    assert_eq!(lines.lock().unwrap().len(), 2);
}

/// JSON does not carry streams, so the one of the call is kept beside what is bound.
#[tokio::test]
async fn option_01_params_leave_streams_alone() {
    use kinesisvideo_golden::streaming::{Client, UploadInput};

    let server = accepting();
    let params = json!({"name": "bound", "kind": "video/h264", "body": "Ym91bmQ="});
    let bound = Client::new(config().params(params).endpoint(server.url()).build().unwrap()).unwrap();
    let mut input = UploadInput::new("from the call", "given");
    bound.upload(input.clone()).await.unwrap();
    input.body = None;
    bound.upload(input).await.unwrap();
    let received = server.received();
    assert_eq!((&*received[0].target, &*received[0].body), ("/media/given", &b"from the call"[..]));
    assert_eq!((&*received[1].target, &*received[1].body), ("/media/given", &b"bound"[..]));
}
