//! Failures on demand, as a client's sockets see them.

use std::io::{ErrorKind, Read, Write};
use std::time::{Duration, Instant};

use kinesisvideo_local::{Fault, LocalService, Quotas, Verification};
use serde_json::json;

use crate::common::{Reply, call, connect, exchange, parse, post};

const JOIN: &str = "/joinStorageSession";

fn service() -> LocalService {
    let builder = LocalService::builder().verification(Verification::Off).quotas(Quotas::unlimited());
    builder.channel("demo").start_blocking().unwrap()
}

fn body(service: &LocalService) -> String {
    json!({ "channelArn": service.channel_arn("demo").unwrap() }).to_string()
}

fn join(service: &LocalService) -> Reply {
    call(service, JOIN, &body(service))
}

/// What a join brings back, byte by byte.
fn join_raw(service: &LocalService) -> std::io::Result<Vec<u8>> {
    exchange(service, post(service, JOIN, &[], &body(service)).as_bytes())
}

#[test]
fn an_error_is_answered_as_often_as_asked() {
    let service = service();
    service.inject(Fault::error(400, "ClientLimitExceededException", "Rate exceeded").times(2));
    for _ in 0..2 {
        let reply = join(&service);
        assert_eq!(reply.error(), (400, "ClientLimitExceededException", "Rate exceeded".to_owned()));
    }
    assert_eq!((join(&service).status, service.pending_faults()), (200, 0));
    let statuses: Vec<_> = service.requests().iter().map(|r| (r.status, r.error_code.clone())).collect();
    let throttled = (Some(400), Some("ClientLimitExceededException".to_owned()));
    assert_eq!(statuses, [throttled.clone(), throttled, (Some(200), None)]);
}

#[test]
fn a_fault_waits_for_its_path() {
    let service = service();
    service.inject(Fault::error(500, "InternalFailure", "").on("/joinStorageSessionAsViewer"));
    assert_eq!((join(&service).status, service.pending_faults()), (200, 1));
    service.clear_faults();
    assert_eq!(service.pending_faults(), 0);
}

#[test]
fn an_answer_may_be_anything() {
    let service = service();
    service.inject(Fault::respond(307, "elsewhere").header("Location", "http://127.0.0.1:1/x").header("Bad Name", "x"));
    let reply = join(&service);
    assert_eq!((reply.status, reply.body.as_slice()), (307, b"elsewhere".as_slice()));
    assert_eq!(reply.header("location"), Some("http://127.0.0.1:1/x"));
    assert_eq!(reply.header("x-amzn-errortype"), None);
    service.inject(Fault::respond(200, "<html>not JSON</html>"));
    assert_eq!(join(&service).body, b"<html>not JSON</html>");
}

#[test]
fn a_status_that_is_no_answer_is_sent_as_500() {
    let service = service();
    for status in [0, 100, 101, 1000] {
        service.inject(Fault::respond(status, "x"));
        assert_eq!(join(&service).status, 500, "{status}");
    }
}

#[test]
fn a_fault_may_set_the_headers_the_service_sets() {
    let service = service();
    let date = "Thu, 01 Jan 1970 00:00:00 GMT";
    service.inject(Fault::respond(200, "{}").header("Date", date).header("x-amzn-RequestId", "mine"));
    let reply = join(&service);
    assert_eq!((reply.header("date"), reply.header("x-amzn-requestid")), (Some(date), Some("mine")));
}

#[test]
fn a_delay_delays() {
    let service = service();
    service.inject(Fault::delay(Duration::from_millis(150)));
    let start = Instant::now();
    assert_eq!(join(&service).status, 200);
    assert!(start.elapsed() >= Duration::from_millis(150));
}

#[test]
fn a_reset_is_a_reset_and_has_no_effect() {
    let service = service();
    service.inject(Fault::reset().after(Duration::from_millis(1)));
    assert_eq!(join_raw(&service).unwrap_err().kind(), ErrorKind::ConnectionReset);
    assert!(service.sessions().is_empty());
    assert_eq!(service.requests()[0].status, None);
}

#[test]
fn a_closed_connection_brings_nothing_and_has_no_effect() {
    let service = service();
    service.inject(Fault::close());
    assert_eq!(join_raw(&service).unwrap(), b"");
    assert!(service.sessions().is_empty());
}

#[test]
fn a_lost_answer_leaves_its_effect() {
    let service = service();
    service.inject(Fault::lose_answer());
    assert_eq!(join_raw(&service).unwrap(), b"");
    assert_eq!(service.sessions().len(), 1);
    assert_eq!(service.requests()[0].status, None);
}

#[test]
fn a_request_that_hangs_has_no_answer_until_the_client_leaves() {
    let service = service();
    service.inject(Fault::hang());
    let mut socket = connect(&service);
    socket.write_all(post(&service, JOIN, &[], &body(&service)).as_bytes()).unwrap();
    socket.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
    let error = socket.read(&mut [0]).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut), "{error}");
    drop(socket);
    assert_eq!(join(&service).status, 200);
}

#[test]
fn a_truncated_body_is_shorter_than_announced() {
    let service = service();
    service.inject(Fault::truncate().times(2));
    let reply = parse(&join_raw(&service).unwrap());
    assert_eq!((reply.status, reply.header("content-length"), reply.body.len()), (200, Some("64"), 0));
    assert_eq!(service.sessions().len(), 1);

    let reply = call(&service, JOIN, "{}");
    let announced: usize = reply.header("content-length").unwrap().parse().unwrap();
    assert_eq!(reply.status, 400);
    assert!(!reply.body.is_empty() && reply.body.len() < announced, "{} of {announced}", reply.body.len());
}

#[test]
fn a_drip_takes_its_time_and_is_whole() {
    let service = service();
    service.inject(Fault::drip(Duration::from_millis(10)));
    let start = Instant::now();
    let reply = join(&service);
    assert!(start.elapsed() >= Duration::from_millis(160));
    assert_eq!((reply.json(), reply.body.len()), (json!({}), 16));
}

#[test]
fn a_script_is_played_in_order() {
    let service = service();
    service.inject_all([Fault::error(503, "ServiceUnavailable", "later"), Fault::close(), Fault::respond(204, "")]);
    assert_eq!(join(&service).status, 503);
    assert_eq!(join_raw(&service).unwrap(), b"");
    assert_eq!(join(&service).status, 204);
    assert_eq!(join(&service).status, 200);
}

#[test]
fn faults_come_before_the_answer_to_an_unknown_path() {
    let service = service();
    service.inject(Fault::error(500, "InternalFailure", "x").on("/nowhere"));
    assert_eq!(call(&service, "/nowhere", "{}").status, 500);
    assert_eq!(call(&service, "/nowhere", "{}").status, 404);
}
