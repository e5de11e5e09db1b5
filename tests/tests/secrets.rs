//! No secret shows in any Debug, Display, log line, span, hook or datagram, wherever a call ends: not ours, and not those of the
//! libraries below us, with everything they log at their most talkative.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of a test fails with it")]

use std::fmt::{Debug, Write};
use std::net::UdpSocket;
use std::sync::{Mutex, Once};
use std::time::Duration;

use kinesisvideo::runtime::credentials::BearerToken;
use kinesisvideo::runtime::http::{HeaderMap, Request, Response};
use kinesisvideo::runtime::interceptor::{Call, Outcome};
use kinesisvideo::runtime::sigv4::{self, SignableRequest, SigningParams};
use kinesisvideo::webrtc_storage::{Client, JoinStorageSessionInput, blocking};
use kinesisvideo::{
    Config, ConfigBuilder, Credentials, Env, FailedAttempt, Files, Interceptor, Monitoring, ProvideCredentials,
};
use kinesisvideo_tests::scripted::{Answer, Router, Server};
use kinesisvideo_tests::{CHANNEL_ARN, config};
use serde_json::json;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};

const SECRET: &str = "the-secret-access-key";
const TOKEN: &str = "the-session-token";
const BEARER: &str = "the-bearer-token";
const PROXY_PASSWORD: &str = "the-proxy-password";
/// `user:the-proxy-password`, as `Proxy-Authorization` carries it.
const PROXY_AUTHORIZATION: &str = "dXNlcjp0aGUtcHJveHktcGFzc3dvcmQ=";
const BODY: &str = "the-body-of-the-response";
const SECRETS: [&str; 8] =
    [SECRET, TOKEN, BEARER, PROXY_PASSWORD, PROXY_AUTHORIZATION, BODY, "Signature=", "X-Amz-Signature"];

/// Everything that was shown to somebody in this process.
static SHOWN: Mutex<String> = Mutex::new(String::new());

fn show(what: &(impl Debug + ?Sized)) {
    SHOWN.lock().unwrap().push_str(&format!("{what:?}\n{what:#?}\n"));
}

/// Shows an error with all that caused it.
fn show_error(error: &(dyn std::error::Error + 'static)) {
    let mut next = Some(error);
    while let Some(error) = next {
        show(error);
        show(&error.to_string());
        next = error.source();
    }
}

fn assert_clean() {
    let shown = SHOWN.lock().unwrap();
    for secret in SECRETS {
        let lines: Vec<_> = shown.lines().filter(|line| line.contains(secret)).collect();
        assert!(lines.is_empty(), "`{secret}` shows in:\n{}", lines.join("\n"));
    }
}

/// Takes the spans and events of `tracing`, and the records of `log`, of all levels.
struct Everything;

struct Fields<'a>(&'a mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        _ = write!(self.0, " {field}={value:?}");
    }
}

impl tracing::Subscriber for Everything {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut shown = SHOWN.lock().unwrap();
        _ = write!(shown, "span {}", span.metadata().name());
        span.record(&mut Fields(&mut shown));
        shown.push('\n');
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut shown = SHOWN.lock().unwrap();
        shown.push_str("recorded");
        values.record(&mut Fields(&mut shown));
        shown.push('\n');
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        let mut shown = SHOWN.lock().unwrap();
        _ = write!(shown, "event of {}", event.metadata().target());
        event.record(&mut Fields(&mut shown));
        shown.push('\n');
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

impl log::Log for Everything {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        _ = writeln!(SHOWN.lock().unwrap(), "record of {}: {}", record.target(), record.args());
    }

    fn flush(&self) {}
}

fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing::subscriber::set_global_default(Everything).unwrap();
        log::set_logger(&Everything).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
    });
}

/// Shows all that hooks are given.
#[derive(Debug)]
struct Hooks;

impl Interceptor for Hooks {
    fn on_validate(&self, call: &Call<'_>) {
        show(call);
    }

    fn on_build(&self, call: &Call<'_>, request: &mut Request) {
        show(&(call, request));
    }

    fn on_sign(&self, _: &Call<'_>, headers: &HeaderMap) {
        show(headers);
    }

    fn on_response(&self, _: &Call<'_>, response: &Response) {
        show(response);
    }

    fn on_retry(&self, _: &Call<'_>, failed: &FailedAttempt<'_>, wait: Duration) {
        show(&(failed, wait));
    }

    fn on_redirect(&self, _: &Call<'_>, redirected: &FailedAttempt<'_>, to: &str) {
        show(&(redirected, to));
    }

    fn on_complete(&self, _: &Call<'_>, outcome: &Outcome<'_>) {
        show(outcome);
    }
}

fn credentials() -> Credentials {
    Credentials::new("AKIDEXAMPLE", SECRET).with_session_token(TOKEN)
}

/// A configuration that shows all it can, its monitoring data included.
fn talkative(agent: &UdpSocket) -> ConfigBuilder {
    let monitoring = Monitoring::default().port(agent.local_addr().unwrap().port());
    config()
        .credentials(credentials())
        .bearer_token(BearerToken::new(BEARER))
        .max_retries(1)
        .read_timeout(Duration::from_millis(200))
        .logger(|line: &str| show(line))
        .interceptor(Hooks)
        .client_side_monitoring(monitoring)
}

fn agent() -> UdpSocket {
    let agent = UdpSocket::bind("127.0.0.1:0").unwrap();
    agent.set_nonblocking(true).unwrap();
    agent
}

/// Shows what the agent has received, and says how much that is.
fn show_datagrams(agent: &UdpSocket) -> usize {
    let mut buffer = [0; 9000];
    let datagrams =
        std::iter::from_fn(|| agent.recv(&mut buffer).ok().map(|n| show(&String::from_utf8_lossy(&buffer[..n]))));
    datagrams.count()
}

async fn call_and_show(config: ConfigBuilder) {
    show(&config);
    let client = Client::new(config.build().unwrap()).unwrap();
    show(&client);
    match client.send(JoinStorageSessionInput::new(CHANNEL_ARN)).await {
        Ok(reply) => show(&reply),
        Err(error) => show_error(&error),
    }
}

#[tokio::test]
async fn wherever_a_call_ends() {
    listen();
    let agent = agent();
    for answer in [
        Answer::reply(200, "{}"),
        Answer::reply(200, format!("<html>{BODY}")),
        Answer::reply(403, format!(r#"{{"__type":"AccessDeniedException","message":"no","other":"{BODY}"}}"#)),
        Answer::reply(500, format!("<html>{BODY}")),
        Answer::reply(307, BODY).header("location", "/again"),
        Answer::reply(403, r#"{"__type":"ExpiredTokenException"}"#),
        Answer::Close,
        Answer::Reset,
        Answer::Hang,
        Answer::Raw(format!("{BODY}\r\n\r\n").into_bytes()),
        Answer::partial(BODY),
    ] {
        let server = Server::start([answer]).unwrap();
        call_and_show(talkative(&agent).endpoint(server.url())).await;
        assert!(server.received()[0].header("x-amz-security-token").is_some_and(|token| token == TOKEN));
    }
    call_and_show(talkative(&agent).endpoint("http://127.0.0.1:1")).await;
    call_and_show(talkative(&agent).endpoint("http://nowhere.invalid")).await;
    assert!(show_datagrams(&agent) >= 2 * 11);
    let shown = SHOWN.lock().unwrap().clone();
    for listened in ["span call", "recorded", "event of kinesisvideo_runtime", "record of reqwest", "ApiCallAttempt"] {
        assert!(shown.contains(listened), "nobody listened to `{listened}`");
    }
    assert_clean();
}

#[tokio::test]
async fn through_proxies_and_tls() {
    listen();
    let agent = agent();
    let server = Server::start([Answer::reply(200, "{}")]).unwrap();
    let router = Router::start(&server).unwrap();
    let proxy = router.url().replace("http://", &format!("http://user:{PROXY_PASSWORD}@"));
    let through = || talkative(&agent).read_timeout(Duration::from_secs(30)).proxy(proxy.clone());
    call_and_show(through().endpoint("http://service.test")).await;
    assert_eq!(server.received()[0].header("proxy-authorization"), Some(&*format!("Basic {PROXY_AUTHORIZATION}")));
    // Not trusted.
    call_and_show(through().endpoint("https://service.test")).await;
    let trusting = router.http_client(reqwest::Client::builder()).unwrap();
    call_and_show(talkative(&agent).http_client(trusting).endpoint("https://service.test")).await;
    assert_eq!(server.received().len(), 2);
    let refusing = Server::start([Answer::reply(407, BODY)]).unwrap();
    let refused = format!("http://user:{PROXY_PASSWORD}@127.0.0.1:{}", refusing.port());
    call_and_show(talkative(&agent).proxy(refused).endpoint("https://service.test")).await;
    show_datagrams(&agent);
    assert_clean();
}

#[test]
fn of_a_blocking_client() {
    listen();
    let agent = agent();
    let server = Server::start([Answer::reply(500, BODY)]).unwrap();
    let client = blocking::Client::new(talkative(&agent).endpoint(server.url()).build().unwrap()).unwrap();
    show(&client);
    show_error(&client.join_storage_session(JoinStorageSessionInput::new(CHANNEL_ARN)).unwrap_err());
    assert_clean();
}

#[tokio::test]
async fn of_what_holds_secrets() {
    listen();
    show(&credentials());
    show(&credentials().provide().await);
    show(&BearerToken::new(BEARER));
    let env = [
        ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", SECRET),
        ("AWS_SESSION_TOKEN", TOKEN),
        ("AWS_REGION", "us-west-2"),
    ];
    show(&Env::from_map(env));
    show(&Config::builder().env(Env::from_map(env)).build().unwrap());
    let file = format!("[default]\naws_access_key_id = A\naws_secret_access_key = {SECRET}\nbad line {TOKEN}\n");
    let files = Files::from_map([("/home/me/.aws/credentials", file)]);
    show(&files);
    let home = Env::from_map([("HOME", "/home/me"), ("AWS_REGION", "us-west-2")]);
    match Config::builder().env(home).files(files).build() {
        Ok(config) => show(&config),
        Err(error) => show_error(&error),
    }
    let proxied = config().credentials(credentials()).proxy(format!("http://user:{PROXY_PASSWORD}@127.0.0.1:1"));
    show(&proxied);
    show(&proxied.build().unwrap());
    assert_clean();
}

#[test]
fn of_settings_that_are_refused() {
    listen();
    for config in [
        config().proxy(format!("ftp://user:{PROXY_PASSWORD}@127.0.0.1:1")),
        config().proxy(format!("http://user:{PROXY_PASSWORD}@:x")),
        config().endpoint(format!("https://user:{SECRET}@host")),
        config().endpoint(format!("https://user:{SECRET}@ho st")),
    ] {
        show_error(&config.build().unwrap_err());
    }
    for options in [
        json!({"accessKeyId": SECRET}),
        json!({"secretAccessKey": SECRET}),
        json!({"secretAccessKey": [SECRET]}),
        json!({"credentials": SECRET}),
        json!({"credentials": {"secretAccesKey": SECRET}}),
        json!({"httpOptions": {"proxi": format!("http://user:{PROXY_PASSWORD}@h")}}),
        json!({"sessionToken": {"a": TOKEN}}),
        json!({"maxRetries": SECRET}),
    ] {
        show_error(&Config::from_json(&options).unwrap_err());
    }
    assert_clean();
}

#[test]
fn of_signatures() {
    listen();
    let (credentials, time) = (credentials(), std::time::SystemTime::now());
    let keys = sigv4::SigningKeyCache::new();
    let request = SignableRequest::new("GET", "/").host("host");
    let params = SigningParams::new(&credentials, "us-west-2", "service", time).keys(&keys);
    show(&params);
    show(&keys);
    show(&request);
    show(&sigv4::sign(&request, &params).unwrap());
    show(&sigv4::presign(&request, &params, Duration::from_secs(60)).unwrap());
    assert_clean();
}
