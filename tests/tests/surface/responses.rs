//! 14, 54 to 56: what a call gives.

use kinesisvideo::webrtc_storage::{Error, JoinStorageSessionInput, ServiceError};
use kinesisvideo_tests::scripted::Answer;
use kinesisvideo_tests::{CHANNEL_ARN, config};
use serde_json::json;

use super::{answering, client, join};

#[tokio::test]
async fn option_14_convert_response_types_off_gives_the_raw_json() {
    let server = answering([Answer::reply(200, r#"{"unknown":[1,null]}"#)]);
    let params = || json!({"channelArn": CHANNEL_ARN});
    let converted = client(&server, config()).call("joinStorageSession", params()).await.unwrap();
    assert_eq!(converted, json!({}));
    let raw = client(&server, config().convert_response_types(false));
    assert_eq!(raw.call("joinStorageSession", params()).await.unwrap(), json!({"unknown": [1, null]}));
    let server = answering([Answer::reply(200, "")]);
    let raw = raw.with_endpoint(server.url()).unwrap();
    assert_eq!(raw.call("joinStorageSession", params()).await.unwrap(), json!({}));
}

#[tokio::test]
async fn option_14_convert_response_types_reads_the_body_either_way() {
    for convert in [true, false] {
        let server = answering([Answer::reply(200, "<html>")]);
        let client = client(&server, config().convert_response_types(convert));
        let error = client.call("joinStorageSession", json!({"channelArn": CHANNEL_ARN})).await.unwrap_err();
        assert_eq!((error.code(), error.attempts()), ("SyntaxError", 1));
    }
}

#[tokio::test]
async fn response_54_has_status_headers_body_request_id_and_counts() {
    let server = answering([
        Answer::reply(503, ""),
        Answer::reply(307, "").header("location", "/there"),
        Answer::reply(200, "{}").header("x-amzn-requestid", "rid").header("x-extra", "1"),
    ]);
    let reply = client(&server, config()).send(JoinStorageSessionInput::new(CHANNEL_ARN)).await.unwrap();
    assert_eq!((reply.attempts, reply.retries, reply.redirects), (3, 1, 1));
    assert_eq!(reply.request_id(), Some("rid"));
    assert_eq!(reply.response.status.as_u16(), 200);
    assert_eq!(reply.response.headers["x-extra"], "1");
    assert_eq!(&*reply.response.body, b"{}");
    assert_eq!(reply.response.reason(), "OK");
}

#[tokio::test]
async fn response_54_of_an_error_is_whole_too() {
    let server = answering([
        Answer::reply(400, r#"{"__type":"a#Odd","message":"m","more":1}"#).header("x-amz-request-id", "rid")
    ]);
    let error = join(&client(&server, config())).await.unwrap_err();
    let response = error.response().unwrap();
    assert_eq!((error.request_id(), response.status.as_u16()), (Some("rid"), 400));
    assert!(response.body.ends_with(br#""more":1}"#));
}

#[tokio::test]
async fn data_55_is_empty_whatever_the_body_says() {
    for body in ["", "{}", r#"{"x":1}"#, "null"] {
        let server = answering([Answer::reply(200, body)]);
        let client = client(&server, config());
        assert_eq!(client.call("joinStorageSession", json!({"channelArn": CHANNEL_ARN})).await.unwrap(), json!({}));
        join(&client).await.unwrap();
    }
}

#[tokio::test]
async fn error_56_has_code_message_status_request_id_and_whether_to_retry() {
    let server = answering([Answer::reply(400, r#"{"message":"too many"}"#)
        .header("x-amzn-errortype", "ns#ClientLimitExceededException:http://x/")
        .header("x-amzn-requestid", "rid")]);
    let error = join(&client(&server, config())).await.unwrap_err();
    assert_eq!((error.code(), error.status().unwrap().as_u16()), ("ClientLimitExceededException", 400));
    assert_eq!((error.request_id(), error.is_retryable(), error.is_timeout()), (Some("rid"), false, false));
    assert!(matches!(error.service_error(), Some(ServiceError::ClientLimitExceededException(_))), "{error:?}");
    assert_eq!(error.to_string(), "ClientLimitExceededException: too many (status 400, request ID rid)");
    let Error::Service(failure) = error else { panic!("the service's error") };
    assert_eq!(failure.message(), Some("too many"));
}

/// The names that the original gives to what happens on this side.
#[tokio::test]
async fn error_56_goes_by_the_originals_names() {
    let code = |answer: Answer| async move {
        join(&client(&answering([answer]), config().max_retries(0))).await.unwrap_err().code().to_owned()
    };
    assert_eq!(code(Answer::Close).await, "TimeoutError");
    assert_eq!(code(Answer::Reset).await, "TimeoutError");
    assert_eq!(code(Answer::partial("{")).await, "TimeoutError");
    assert_eq!(code(Answer::Raw(b"garbage\r\n\r\n".to_vec())).await, "NetworkingError");
    assert_eq!(code(Answer::reply(200, "<")).await, "SyntaxError");
    assert_eq!(code(Answer::reply(418, "<")).await, "UnknownError");
    let nowhere =
        client(&answering([Answer::Close]), config().max_retries(0)).with_endpoint("http://127.0.0.1:1").unwrap();
    assert_eq!(join(&nowhere).await.unwrap_err().code(), "UnknownEndpoint");
}
