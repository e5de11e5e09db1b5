//! Waiters of a golden case, against a scripted server.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of a test fails with it")]

use std::time::{Duration, Instant};

use kinesisvideo::{Config, WaiterError};
use kinesisvideo_golden::waiters::{Client, DescribeThingInput, HeadThingInput};
use kinesisvideo_tests::config;
use kinesisvideo_tests::scripted::{Answer, Server};
use serde_json::json;

const LONG: Duration = Duration::from_secs(30);

/// A client whose pauses are as short as the waiter allows.
fn scripted(answers: impl Into<Vec<Answer>>) -> (Server, Client) {
    let server = Server::start(answers).unwrap();
    let config: Config = config().jitter(|| 0.0).endpoint(server.url()).build().unwrap();
    (server, Client::new(config).unwrap())
}

fn thing(state: &str) -> Answer {
    Answer::reply(200, json!({"thing": {"name": "n", "Status": state}}).to_string())
}

fn not_found() -> Answer {
    Answer::reply(404, "{}").header("x-amzn-errortype", "NotFound")
}

#[tokio::test]
async fn a_state_is_waited_for_with_pauses() {
    let (server, client) = scripted([thing("CREATING"), thing("READY")]);
    let began = Instant::now();
    let reached = client.wait_until_thing_ready(DescribeThingInput::new().name("n"), LONG).await.unwrap();
    assert_eq!(reached.calls, 2);
    assert!(began.elapsed() >= Duration::from_secs(1), "{:?}", began.elapsed());
    assert_eq!(reached.into_output().unwrap().thing.unwrap().name.as_deref(), Some("n"));
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn an_error_may_be_what_is_waited_for() {
    let (_server, client) = scripted([not_found()]);
    let reached = client.wait_until_thing_gone(DescribeThingInput::new(), LONG).await.unwrap();
    assert_eq!(reached.result.unwrap_err().code(), "NotFound");
}

#[tokio::test]
async fn a_failure_ends_the_waiting() {
    let (server, client) = scripted([thing("BROKEN")]);
    let error = client.wait_until_thing_ready(DescribeThingInput::new(), LONG).await.unwrap_err();
    assert!(matches!(&error, WaiterError::Failed { waiter: "ThingReady", last } if last.result.is_ok()), "{error:?}");
    assert_eq!(error.code(), "ResourceNotReady");
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn an_error_nobody_expects_ends_the_waiting() {
    let refused = Answer::reply(403, "{}").header("x-amzn-errortype", "AccessDeniedException");
    let (server, client) = scripted([refused]);
    let error = client.wait_until_thing_ready(DescribeThingInput::new(), LONG).await.unwrap_err();
    assert!(matches!(error, WaiterError::Call(_)));
    assert_eq!(error.code(), "AccessDeniedException");
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn time_runs_out() {
    let (server, client) = scripted([thing("CREATING")]);
    let error = client.wait_until_thing_ready(DescribeThingInput::new(), Duration::ZERO).await.unwrap_err();
    assert!(matches!(error, WaiterError::TimedOut { calls: 1, .. }), "{error:?}");
    assert_eq!(error.code(), "ResourceNotReady");
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_service_that_never_answers_cannot_hold_up_the_end() {
    let (_server, client) = scripted([Answer::Hang]);
    let began = Instant::now();
    let wait = client.wait_until_thing_ready(DescribeThingInput::new(), Duration::from_millis(200));
    assert!(matches!(wait.await.unwrap_err(), WaiterError::TimedOut { calls: 0, .. }));
    assert!(began.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn no_call_is_made_that_the_time_does_not_do_for() {
    let (server, client) = scripted([thing("CREATING")]);
    let began = Instant::now();
    let wait = client.wait_until_thing_ready(DescribeThingInput::new(), Duration::from_secs(4));
    let error = wait.await.unwrap_err();
    // At 0, 1, 2 and 3 seconds: a call at the very end could not be answered any more.
    let WaiterError::TimedOut { calls, .. } = &error else { panic!("{error:?}") };
    assert_eq!(server.received().len(), usize::try_from(*calls).unwrap());
    assert!((3..=4).contains(calls), "{calls}");
    assert!(began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_wait_that_is_dropped_calls_no_more() {
    let (server, client) = scripted([thing("CREATING")]);
    let wait = client.wait_until_thing_ready(DescribeThingInput::new(), LONG);
    assert!(tokio::time::timeout(Duration::from_millis(300), wait).await.is_err());
    assert_eq!(server.received().len(), 1);
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn success_alone_may_do() {
    let (_server, client) = scripted([Answer::reply(200, "{}")]);
    let reached = client.wait_until_thing_exists(HeadThingInput::new(), LONG).await.unwrap();
    assert_eq!(reached.calls, 1);
}

#[tokio::test]
async fn paths_lead_through_lists_and_maps() {
    let part = |state: &str, size: i32| json!({"state": state, "size": size});
    let body =
        |parts: serde_json::Value| Answer::reply(200, json!({"thing": {"name": "n", "parts": parts}}).to_string());
    for (name, parts, reached) in [
        ("m", json!([part("READY", 1), part("READY", 20)]), true),
        ("m", json!([part("BROKEN", 20), part("READY", 1)]), false),
        ("n", json!([part("BROKEN", 1)]), true),
    ] {
        let (_server, client) = scripted([body(parts.clone())]);
        let wait = client.wait_until_parts_ready(DescribeThingInput::new().name(name), Duration::ZERO).await;
        assert_eq!(wait.is_ok(), reached, "{name} {parts}: {wait:?}");
    }
}

#[tokio::test]
async fn states_are_waited_for_by_name() {
    for name in ["ThingReady", "thingReady"] {
        let (server, client) = scripted([thing("READY")]);
        let output = client.wait_for(name, json!({"name": "n", "$waiter": {"maxWait": 5}})).await.unwrap();
        assert_eq!(output["thing"]["Status"], "READY");
        assert_eq!(server.received()[0].body, br#"{"name":"n"}"#);
    }
}

#[tokio::test]
async fn an_unknown_state_is_told_with_those_there_are() {
    let (server, client) = scripted([thing("READY")]);
    let error = client.wait_for("Ready", json!({})).await.unwrap_err();
    assert_eq!(error.code(), "StateNotFoundError");
    assert!(
        error.to_string().starts_with("State Ready not found: known are PartsReady, ThingGone, ThingReady, "),
        "{error}"
    );
    assert_eq!(server.received().len(), 0);
}

#[tokio::test]
async fn an_error_the_model_marks_as_throttling_is_retried_and_told() {
    let (server, client) = scripted([not_found(), thing("READY")]);
    client.describe_thing(DescribeThingInput::new()).await.unwrap();
    assert_eq!(server.received().len(), 2);

    let (server, client) = scripted([not_found()]);
    let error = client.describe_thing(DescribeThingInput::new()).await.unwrap_err();
    assert_eq!((server.received().len(), error.is_retryable(), error.is_throttling()), (4, true, true));

    let other = Answer::reply(404, "{}").header("x-amzn-errortype", "Gone");
    let (server, client) = scripted([other]);
    let error = client.describe_thing(DescribeThingInput::new()).await.unwrap_err();
    assert_eq!((server.received().len(), error.is_retryable(), error.is_throttling()), (1, false, false));
}
