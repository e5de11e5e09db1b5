//! 25, 31, 48, 50: who sees a call, and when.

use std::net::UdpSocket;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use kinesisvideo::runtime::http::{HeaderMap, HeaderValue, Request, Response};
use kinesisvideo::runtime::interceptor::{Call, Outcome};
use kinesisvideo::webrtc_storage::Client;
use kinesisvideo::{Config, Credentials, Env, FailedAttempt, Interceptor, Monitoring, RequestLogger};
use kinesisvideo_tests::scripted::Answer;
use kinesisvideo_tests::{CHANNEL_ARN, config};
use serde_json::{Value, json};

use super::{accepting, answering, client, join, only};

/// Lines, of the logger or of stages.
#[derive(Clone, Debug, Default)]
struct Lines(Arc<Mutex<Vec<String>>>);

impl Lines {
    fn add(&self, line: impl Into<String>) {
        self.0.lock().unwrap().push(line.into());
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

impl RequestLogger for Lines {
    fn log(&self, line: &str) {
        self.add(line);
    }
}

#[tokio::test]
async fn option_25_logger_gets_a_line_of_the_originals_form_when_a_call_has_ended() {
    let lines = Lines::default();
    let server = answering([Answer::reply(500, ""), Answer::reply(200, "{}"), Answer::reply(403, "{}")]);
    let client = client(&server, config().logger(lines.clone()));
    join(&client).await.unwrap();
    join(&client).await.unwrap_err();
    client.call("joinStorageSession", json!({"nope": 1})).await.unwrap_err();
    let shown = format!("{{\n  channelArn: '{CHANNEL_ARN}'\n}}");
    assert_eq!(
        lines.take(),
        [
            format!("[AWS kinesisvideowebrtcstorage 200 0s 1 retries] joinStorageSession({shown})"),
            format!("[AWS kinesisvideowebrtcstorage 403 0s 0 retries] joinStorageSession({shown})"),
            "[AWS kinesisvideowebrtcstorage undefined 0s 0 retries] joinStorageSession({ nope: 1 })".to_owned(),
        ]
    );
}

#[tokio::test]
async fn option_25_logger_may_be_a_function() {
    let lines = Lines::default();
    let sink = lines.clone();
    let server = accepting();
    join(&client(&server, config().logger(move |line: &str| sink.add(line)))).await.unwrap();
    assert!(lines.take()[0].starts_with("[AWS kinesisvideowebrtcstorage 200 "));
}

/// An agent of monitoring data.
struct Agent(UdpSocket);

impl Agent {
    fn start() -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        socket.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
        Self(socket)
    }

    fn monitoring(&self) -> Monitoring {
        Monitoring::default().port(self.0.local_addr().unwrap().port())
    }

    fn events(&self) -> Vec<Value> {
        let mut buffer = [0; 9000];
        let mut events = Vec::new();
        while let Ok(length) = self.0.recv(&mut buffer) {
            events.push(serde_json::from_slice(&buffer[..length]).unwrap());
        }
        events
    }
}

#[tokio::test]
async fn option_31_client_side_monitoring_publishes_attempts_and_calls() {
    let agent = Agent::start();
    let server = answering([
        Answer::reply(500, r#"{"__type":"Busy","message":"m"}"#),
        Answer::reply(200, "{}").header("x-amzn-requestid", "rid"),
    ]);
    let credentials = Credentials::new("AKIDEXAMPLE", "secret").with_session_token("the-session-token");
    let config = config().credentials(credentials).client_side_monitoring(agent.monitoring().client_id("me"));
    join(&client(&server, config)).await.unwrap();
    let events = agent.events();
    let shown = |name: &str| events.iter().map(|event| event[name].clone()).collect::<Vec<_>>();
    assert_eq!(shown("Type"), ["ApiCallAttempt", "ApiCallAttempt", "ApiCall"]);
    assert_eq!(shown("HttpStatusCode"), [json!(500), json!(200), Value::Null]);
    assert_eq!(shown("AwsException"), [json!("Busy"), Value::Null, Value::Null]);
    assert_eq!(shown("XAmznRequestId"), [Value::Null, json!("rid"), Value::Null]);
    assert_eq!(shown("AccessKey"), [json!("AKIDEXAMPLE"), json!("AKIDEXAMPLE"), Value::Null]);
    for (name, value) in [
        ("Api", json!("JoinStorageSession")),
        ("Service", json!("Kinesis Video WebRTC Storage")),
        ("Region", json!("us-west-2")),
        ("ClientId", json!("me")),
        ("Version", json!(1)),
        ("Timestamp", json!(1_715_344_496_000_u64)),
    ] {
        assert_eq!(shown(name), vec![value; 3], "{name}");
    }
    let call = &events[2];
    assert_eq!((&call["AttemptCount"], &call["MaxRetriesExceeded"]), (&json!(2), &json!(0)));
    assert_eq!(call["FinalHttpStatusCode"], 200);
    assert!(!format!("{events:?}").contains("the-session-token"));
}

#[tokio::test]
async fn option_31_client_side_monitoring_is_off_by_default_and_without_a_request_silent() {
    let agent = Agent::start();
    let server = accepting();
    join(&client(&server, config())).await.unwrap();
    let monitored = client(&server, config().client_side_monitoring(agent.monitoring()));
    monitored.call("joinStorageSession", json!({})).await.unwrap_err();
    assert_eq!(agent.events(), Vec::<Value>::new());
    join(&monitored.unsigned()).await.unwrap();
    let events = agent.events();
    assert_eq!((events.len(), events[0].get("AccessKey")), (2, None));
}

#[tokio::test]
async fn option_31_client_side_monitoring_is_turned_on_by_the_environment_and_off_by_code() {
    let agent = Agent::start();
    let port = agent.0.local_addr().unwrap().port().to_string();
    let builder = || {
        let variables = [("AWS_CSM_ENABLED", "true"), ("AWS_CSM_PORT", &*port), ("AWS_CSM_CLIENT_ID", "env")];
        Config::builder().region("us-west-2").credentials(super::credentials()).env(Env::from_map(variables))
    };
    let server = accepting();
    join(&client(&server, builder())).await.unwrap();
    assert_eq!(agent.events()[0]["ClientId"], "env");
    join(&client(&server, builder().json(&json!({"clientSideMonitoring": false})).unwrap())).await.unwrap();
    assert_eq!(agent.events().len(), 0);
}

/// Notes every stage, and adds a header where the original's listeners would.
#[derive(Clone, Debug, Default)]
struct Stages(Lines);

impl Interceptor for Stages {
    fn on_validate(&self, call: &Call<'_>) {
        self.0.add(format!("validate {}", call.operation.name));
    }

    fn on_build(&self, _: &Call<'_>, request: &mut Request) {
        request.headers.insert("x-amz-mine", HeaderValue::from_static("1"));
        request.headers.insert("plain", HeaderValue::from_static("2"));
        self.0.add("build");
    }

    fn on_sign(&self, _: &Call<'_>, headers: &HeaderMap) {
        assert!(headers.contains_key("authorization"));
        self.0.add("sign");
    }

    fn on_response(&self, _: &Call<'_>, response: &Response) {
        self.0.add(format!("response {}", response.status.as_u16()));
    }

    fn on_retry(&self, _: &Call<'_>, failed: &FailedAttempt<'_>, _: Duration) {
        self.0.add(format!("retry {}", failed.code));
    }

    fn on_complete(&self, _: &Call<'_>, outcome: &Outcome<'_>) {
        let Outcome { code, request_id, retries, redirects, .. } = outcome;
        self.0.add(format!("complete {code:?} {request_id:?} {retries} {redirects}"));
    }
}

#[tokio::test]
async fn method_48_setup_request_listeners_is_an_interceptor_whose_headers_are_signed() {
    let server = accepting();
    join(&client(&server, config().interceptor(Stages::default()))).await.unwrap();
    let request = only(&server);
    assert_eq!((request.header("x-amz-mine"), request.header("plain")), (Some("1"), Some("2")));
    let signed = "SignedHeaders=host;plain;x-amz-content-sha256;x-amz-date;x-amz-mine,";
    assert!(request.header("authorization").unwrap().contains(signed), "{request:?}");
}

#[tokio::test]
async fn request_50_goes_through_the_originals_stages_in_order() {
    let stages = Stages::default();
    let server = answering([
        Answer::reply(500, ""),
        Answer::reply(307, "").header("location", "/there"),
        Answer::reply(200, "{}").header("x-amzn-requestid", "rid"),
    ]);
    join(&client(&server, config().interceptor(stages.clone()))).await.unwrap();
    assert_eq!(
        stages.0.take(),
        [
            "validate JoinStorageSession",
            "build",
            "sign",
            "response 500",
            "retry UnknownError",
            "sign",
            "response 307",
            "sign",
            "response 200",
            "complete None Some(\"rid\") 1 1",
        ]
    );
    let invalid = client(&server, config().interceptor(stages.clone()));
    invalid.call("joinStorageSession", json!({})).await.unwrap_err();
    assert_eq!(
        stages.0.take(),
        ["validate JoinStorageSession", "complete Some(\"MissingRequiredParameter\") None 0 0"]
    );
}

/// Unlike the original's `abort`, which waits for the pause before a retry to end.
#[tokio::test]
async fn request_50_is_aborted_by_dropping_it() {
    let stages = Stages::default();
    let server = answering([Answer::reply(500, "")]);
    let slow = kinesisvideo::RetryDelay::Exponential { base: Duration::from_secs(600) };
    let config = config().retry_delay(slow).jitter(|| 1.0).interceptor(stages.clone()).endpoint(server.url());
    let client = Client::new(config.build().unwrap()).unwrap();
    assert!(tokio::time::timeout(Duration::from_millis(200), join(&client)).await.is_err());
    assert_eq!(server.received().len(), 1);
    assert_eq!(stages.0.take().last().unwrap(), "retry UnknownError");
}
