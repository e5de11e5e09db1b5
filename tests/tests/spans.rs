//! One span per call, with the names of OpenTelemetry's semantic conventions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of a test fails with it")]

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use kinesisvideo::webrtc_storage::{Client, JoinStorageSessionInput};
use kinesisvideo_tests::scripted::{Answer, Server};
use kinesisvideo_tests::{CHANNEL_ARN, config};
use serde_json::json;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Level, Metadata, Subscriber};

/// The spans that were opened, with what is known of each, and how many handles of them there are.
#[derive(Clone, Default)]
struct Spans(Arc<Mutex<(Vec<Known>, usize)>>);

/// What is known of a span, by the names of its fields.
type Known = BTreeMap<&'static str, String>;

struct Fields<'a>(&'a mut Known);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}").trim_matches('"').to_owned());
    }
}

impl Subscriber for Spans {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_span() && *metadata.level() <= Level::INFO
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let (spans, handles) = &mut *self.0.lock().unwrap();
        let mut fields = Known::new();
        span.record(&mut Fields(&mut fields));
        spans.push(fields);
        *handles += 1;
        Id::from_u64(spans.len() as u64)
    }

    fn record(&self, id: &Id, values: &Record<'_>) {
        let (spans, _) = &mut *self.0.lock().unwrap();
        values.record(&mut Fields(&mut spans[id.into_u64() as usize - 1]));
    }

    fn clone_span(&self, id: &Id) -> Id {
        self.0.lock().unwrap().1 += 1;
        id.clone()
    }

    fn try_close(&self, _: Id) -> bool {
        self.0.lock().unwrap().1 -= 1;
        true
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &tracing::Event<'_>) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// The spans of what is done with a client of a server that answers so.
fn spans_of(answers: &[Answer], act: impl AsyncFnOnce(Client)) -> Vec<Known> {
    let spans = Spans::default();
    let server = Server::start(answers).unwrap();
    let client = Client::new(config().endpoint(server.url()).build().unwrap()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    tracing::subscriber::with_default(spans.clone(), || runtime.block_on(act(client)));
    std::mem::take(&mut spans.0.lock().unwrap().0)
}

fn fields(expected: &[(&'static str, &str)]) -> Known {
    let always = [
        ("otel.name", "Kinesis Video WebRTC Storage/JoinStorageSession"),
        ("otel.kind", "client"),
        ("rpc.system", "aws-api"),
        ("rpc.service", "Kinesis Video WebRTC Storage"),
        ("rpc.method", "JoinStorageSession"),
        ("cloud.region", "us-west-2"),
        ("server.address", "127.0.0.1"),
    ];
    always.iter().chain(expected).map(|(name, value)| (*name, (*value).to_owned())).collect()
}

#[test]
fn a_call_is_a_span_that_tells_how_it_ended() {
    let answers = [Answer::reply(500, ""), Answer::reply(200, "{}").header("x-amzn-requestid", "rid")];
    let spans = spans_of(&answers, async |client| {
        client.join_storage_session(JoinStorageSessionInput::new(CHANNEL_ARN)).await.unwrap();
    });
    let ended = [("http.response.status_code", "200"), ("http.request.resend_count", "1"), ("aws.request_id", "rid")];
    assert_eq!(spans, [fields(&ended)]);
}

#[test]
fn a_failure_gives_its_code_and_no_message() {
    let refused = Answer::reply(403, r#"{"__type":"AccessDeniedException","message":"you may not"}"#);
    let spans = spans_of(&[refused], async |client| {
        client.join_storage_session(JoinStorageSessionInput::new(CHANNEL_ARN)).await.unwrap_err();
        client.call("joinStorageSession", json!({"channelArn": 1.5})).await.unwrap_or_default();
        client.call("joinStorageSession", json!({})).await.unwrap_err();
    });
    let failed = |code| [("http.request.resend_count", "0"), ("error.type", code), ("otel.status_code", "ERROR")];
    let refused = [("http.response.status_code", "403")];
    assert_eq!(spans[0], fields(&[&failed("AccessDeniedException")[..], &refused].concat()));
    assert_eq!(spans[2], fields(&failed("MissingRequiredParameter")));
    assert!(spans.iter().flat_map(Known::values).all(|value| !value.contains("you may not")));
}

#[test]
fn a_call_that_is_dropped_closes_its_span() {
    let spans = Spans::default();
    let server = Server::start([Answer::Hang]).unwrap();
    let client = Client::new(config().endpoint(server.url()).build().unwrap()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    tracing::subscriber::with_default(spans.clone(), || {
        runtime.block_on(async {
            let call = client.join_storage_session(JoinStorageSessionInput::new(CHANNEL_ARN));
            tokio::time::timeout(std::time::Duration::from_millis(50), call).await.unwrap_err();
        });
    });
    let (opened, handles) = &*spans.0.lock().unwrap();
    assert_eq!((&opened[..], *handles), (&[fields(&[])][..], 0));
}
