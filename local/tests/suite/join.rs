//! Joining a storage session, without a look at signatures.

use crate::common::{self, call};
use kinesisvideo_local::{Channel, Fault, LocalService, Quotas, Verification};
use kinesisvideo_runtime::time::ManualTime;
use serde_json::json;
use std::time::{Duration, SystemTime};

const JOIN: &str = "/joinStorageSession";
const JOIN_AS_VIEWER: &str = "/joinStorageSessionAsViewer";

fn service() -> LocalService {
    let builder = LocalService::builder().verification(Verification::Off).quotas(Quotas::unlimited());
    builder.channel("demo").channel(Channel::new("bare").without_storage()).start_blocking().unwrap()
}

fn arn(service: &LocalService) -> String {
    service.channel_arn("demo").unwrap()
}

#[test]
fn a_join_is_answered_with_an_empty_200_and_a_request_id() {
    let service = service();
    let reply = call(&service, JOIN, &json!({ "channelArn": arn(&service) }).to_string());
    assert_eq!((reply.status, reply.body.as_slice()), (200, b"".as_slice()));
    let id = reply.header("x-amzn-requestid").unwrap();
    assert_eq!(reply.header("x-amz-requestid"), Some(id));
    assert!(httpdate::parse_http_date(reply.header("date").unwrap()).is_ok());

    let session = &service.sessions()[0];
    assert_eq!(session.channel_arn, arn(&service));
    assert!(session.stream_arn.contains(":stream/demo/"));
    assert_eq!(session.producer.as_ref().unwrap().request_id, id);
}

#[test]
fn the_newest_producer_wins() {
    let service = service();
    let body = json!({ "channelArn": arn(&service) }).to_string();
    call(&service, JOIN, &body);
    let newest = call(&service, JOIN, &body);
    let sessions = service.sessions();
    let producer = sessions[0].producer.as_ref().unwrap();
    assert_eq!(Some(producer.request_id.as_str()), newest.header("x-amzn-requestid"));
    assert_eq!(producer.displaced, 1);
}

#[test]
fn viewers_join_on_their_own_path_and_as_the_c_sdk_does() {
    let service = service();
    for (path, id) in [(JOIN_AS_VIEWER, "one"), (JOIN, "two"), (JOIN_AS_VIEWER, "one")] {
        let reply = call(&service, path, &json!({ "channelArn": arn(&service), "clientId": id }).to_string());
        assert_eq!(reply.status, 200);
    }
    let session = &service.sessions()[0];
    assert_eq!(session.producer, None);
    let viewers: Vec<_> = session.viewers.iter().map(|v| (v.client_id.as_deref().unwrap(), v.displaced)).collect();
    assert_eq!(viewers, [("one", 1), ("two", 0)]);
}

#[test]
fn the_fourth_viewer_is_told_so() {
    let quotas = Quotas::default().joins_per_second(100);
    let builder = LocalService::builder().verification(Verification::Off).quotas(quotas);
    let service = builder.channel("demo").start_blocking().unwrap();
    let join =
        |id: &str| call(&service, JOIN_AS_VIEWER, &json!({ "channelArn": arn(&service), "clientId": id }).to_string());
    for id in ["a", "b", "c", "a"] {
        assert_eq!(join(id).status, 200);
    }
    let (status, code, message) = (join("d").status, "ClientLimitExceededException", join("d").error().2);
    assert_eq!((status, join("d").error().1), (400, code));
    assert!(message.contains("maximum number of viewers connected to the session"), "{message}");
    assert!(service.end_session("demo") && !service.end_session("demo"));
    assert_eq!(join("d").status, 200);
}

#[test]
fn a_third_join_within_a_second_is_throttled() {
    let time = ManualTime::new(SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000));
    let builder = LocalService::builder().verification(Verification::Off).clock(time.clone());
    let service = builder.channel("demo").start_blocking().unwrap();
    let join = || call(&service, JOIN, &json!({ "channelArn": arn(&service) }).to_string());
    assert_eq!((join().status, join().status), (200, 200));
    assert_eq!((join().error().0, join().error().1), (400, "ClientLimitExceededException"));
    time.advance(Duration::from_secs(1));
    assert_eq!(join().status, 200);
}

#[test]
fn arguments_are_checked_and_all_violations_named() {
    let service = service();
    let arn = arn(&service);
    let long = "x".repeat(257);
    for (path, body, words) in [
        (JOIN, json!({}), vec!["1 validation error", "'channelArn'", "must not be null"]),
        (JOIN, json!({ "channelArn": null }), vec!["'channelArn'", "must not be null"]),
        (JOIN, json!({ "channelArn": "demo" }), vec!["'demo' at 'channelArn'", "pattern"]),
        (JOIN_AS_VIEWER, json!({}), vec!["2 validation errors", "'channelArn'", "'clientId'"]),
        (
            JOIN_AS_VIEWER,
            json!({ "channelArn": arn, "clientId": "" }),
            vec!["2 validation errors", "length", "pattern"],
        ),
        (JOIN_AS_VIEWER, json!({ "channelArn": arn, "clientId": "a b" }), vec!["'a b' at 'clientId'"]),
        (JOIN_AS_VIEWER, json!({ "channelArn": arn, "clientId": long }), vec!["less than or equal to 256"]),
        (JOIN_AS_VIEWER, json!({ "channelArn": arn, "clientId": "aws_me" }), vec!["AWS_"]),
        (JOIN, json!({ "channelArn": arn, "clientId": "AWS_ME" }), vec!["AWS_"]),
    ] {
        let reply = call(&service, path, &body.to_string());
        let (status, code, message) = reply.error();
        assert_eq!((status, code), (400, "InvalidArgumentException"), "{body}");
        assert_eq!(reply.header("x-amz-errortype"), Some(code));
        words.iter().for_each(|word| assert!(message.contains(word), "{body}: {message}"));
    }
    assert!(service.sessions().is_empty());
}

#[test]
fn a_client_id_of_256_characters_is_one() {
    let service = service();
    let id = "x".repeat(256);
    let reply = call(&service, JOIN_AS_VIEWER, &json!({ "channelArn": arn(&service), "clientId": id }).to_string());
    assert_eq!(reply.status, 200);
}

#[test]
fn unknown_channels_are_not_found() {
    let service = service();
    for other in [
        arn(&service).replace("/demo/", "/missing/"),
        arn(&service).replace("1700000000000", "1700000000001"),
        arn(&service).replace("123456789012", "999999999999"),
        arn(&service).replace("us-west-2", "eu-west-1"),
        arn(&service).replace("channel/", "stream/"),
    ] {
        let (status, code, message) = call(&service, JOIN, &json!({ "channelArn": other }).to_string()).error().own();
        assert_eq!((status, code.as_str()), (404, "ResourceNotFoundException"));
        assert!(message.contains(&other));
    }
}

#[test]
fn a_channel_without_storage_cannot_be_joined() {
    let service = service();
    let reply = call(&service, JOIN, &json!({ "channelArn": service.channel_arn("bare").unwrap() }).to_string());
    assert_eq!((reply.error().0, reply.error().1), (400, "InvalidArgumentException"));
    assert!(reply.error().2.contains("bare"));
}

#[test]
fn what_is_no_input_is_a_serialization_error() {
    let service = service();
    for body in ["[]", "null", "7", "\"text\"", "{", "{\"channelArn\":5}", "not json", "{} {}"] {
        let reply = call(&service, JOIN, body);
        assert_eq!((reply.error().0, reply.error().1), (400, "SerializationException"), "{body}");
    }
    let reply = call(&service, JOIN, &json!({ "channelArn": arn(&service), "unknown": [1] }).to_string());
    assert_eq!(reply.status, 200);
}

#[test]
fn paths_and_methods_nobody_serves_are_unknown_operations() {
    let service = service();
    let reply = call(&service, "/joinStorageSession/", "{}");
    assert_eq!((reply.error().0, reply.error().1), (404, "UnknownOperationException"));
    let request = format!("GET {JOIN} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    let reply = common::send(&service, &request);
    assert_eq!((reply.error().0, reply.error().1), (405, "UnknownOperationException"));
    assert_eq!(reply.header("allow"), Some("POST"));
}

#[test]
fn a_lost_join_is_answered_with_200_and_leaves_nothing() {
    let service = service();
    service.inject(Fault::lose_join());
    let body = json!({ "channelArn": arn(&service) }).to_string();
    assert_eq!(call(&service, JOIN, &body).status, 200);
    assert!(service.sessions().is_empty());
    assert_eq!(call(&service, JOIN, &body).status, 200);
    assert_eq!(service.sessions().len(), 1);
}

/// Owned parts of an error, for replies that are gone at the end of the statement.
trait Own {
    fn own(self) -> (u16, String, String);
}

impl Own for (u16, &str, String) {
    fn own(self) -> (u16, String, String) {
        (self.0, self.1.to_owned(), self.2)
    }
}
