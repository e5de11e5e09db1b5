//! Bearer tokens on the wire.
#![allow(clippy::unwrap_used, reason = "a helper of a test fails with it")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use kinesisvideo::runtime::credentials::{BearerTokenFuture, CredentialsErrorKind};
use kinesisvideo::{BearerToken, Config, ConfigBuilder, Env, ProvideBearerToken};
use kinesisvideo_golden::auth::{
    Client, EitherInput, Error, OpenInput, PerhapsInput, SignedInput, TokenInput, UploadInput,
};
use kinesisvideo_tests::config;
use kinesisvideo_tests::scripted::{Answer, Received, Server};

const TOKEN: &str = "tok-hunter2";

fn client(server: &Server, config: ConfigBuilder) -> Client {
    Client::new(config.endpoint(server.url()).build().unwrap()).unwrap()
}

fn with_token() -> ConfigBuilder {
    config().bearer_token(BearerToken::new(TOKEN))
}

fn authorization(request: &Received) -> &str {
    match request.header("authorization") {
        None => "none",
        Some(value) if value == format!("Bearer {TOKEN}") => "token",
        Some(value) if value.starts_with("AWS4-HMAC-SHA256 ") => "signature",
        Some(_) => "something else",
    }
}

/// How the requests of all operations are authorised that take any of it.
async fn all(config: ConfigBuilder) -> Vec<String> {
    let server = Server::start([Answer::reply(200, "{}")]).unwrap();
    let client = client(&server, config);
    client.either(EitherInput::new()).await.unwrap();
    client.open(OpenInput::new()).await.unwrap();
    client.perhaps(PerhapsInput::new()).await.unwrap();
    client.signed(SignedInput::new()).await.unwrap();
    client.upload(UploadInput::new()).await.unwrap();
    let received = server.received();
    received.iter().map(|request| format!("{} {}", request.target, authorization(request))).collect()
}

#[tokio::test]
async fn a_token_that_is_set_is_sent_where_one_is_taken_and_the_rest_is_signed() {
    let expected = ["/either token", "/open none", "/perhaps token", "/signed signature", "/upload token"];
    assert_eq!(all(with_token()).await, expected);
    let expected = ["/either signature", "/open none", "/perhaps signature", "/signed signature", "/upload signature"];
    assert_eq!(all(config()).await, expected);
}

#[tokio::test]
async fn a_token_stands_in_the_header_alone_and_nothing_of_a_signature_beside_it() {
    let server = Server::start([Answer::reply(200, "{}")]).unwrap();
    let client = client(&server, Config::builder().region("us-west-2").bearer_token(BearerToken::new(TOKEN)));
    client.token(TokenInput::new().note("n")).await.unwrap();
    let request = server.received().remove(0);
    assert_eq!(request.header("authorization"), Some("Bearer tok-hunter2"));
    assert_eq!(request.body, br#"{"note":"n"}"#);
    for name in ["x-amz-date", "x-amz-content-sha256", "x-amz-security-token"] {
        assert_eq!(request.header(name), None, "{name}");
    }
}

#[tokio::test]
async fn without_a_token_nothing_is_sent_and_the_error_says_where_to_set_one() {
    let server = Server::start([Answer::reply(200, "{}")]).unwrap();
    let error = client(&server, config()).token(TokenInput::new()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "bearer token: none was given, and the operation is not called without one (set `ConfigBuilder::bearer_token`, or \
         AWS_BEARER_TOKEN_EXAMPLE with `Config::from_env`)"
    );
    assert!(matches!(error, Error::Credentials(error) if error.kind() == CredentialsErrorKind::NotFound));
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn the_environment_may_hold_the_token_of_a_service() {
    let env = Env::from_map([("AWS_BEARER_TOKEN_EXAMPLE", TOKEN), ("AWS_BEARER_TOKEN_OTHER", "no")]);
    let server = Server::start([Answer::reply(200, "{}")]).unwrap();
    client(&server, config().env(env)).token(TokenInput::new()).await.unwrap();
    assert_eq!(authorization(&server.received()[0]), "token");
}

#[tokio::test]
async fn a_redirect_takes_a_token_along_on_the_same_server_only() {
    let other = Server::start([Answer::reply(200, "{}")]).unwrap();
    let away = Answer::reply(307, "").header("location", &format!("{}/token", other.url()));
    let server =
        Server::start([Answer::reply(307, "").header("location", "/moved"), Answer::reply(200, "{}"), away]).unwrap();
    let client = client(&server, with_token());
    client.token(TokenInput::new()).await.unwrap();
    let targets: Vec<_> = server.received().iter().map(|request| request.target.clone()).collect();
    assert_eq!(targets, ["/token", "/moved"]);
    assert_eq!(authorization(&server.received()[1]), "token");

    let error = client.token(TokenInput::new()).await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(307));
    assert!(other.received().is_empty());

    // A signature is made anew for each host.
    let signed = client.signed(SignedInput::new()).await;
    signed.unwrap();
    assert_eq!(authorization(&other.received()[0]), "signature");
}

#[tokio::test]
async fn a_token_is_not_sent_in_clear_over_a_network() {
    let client = Client::new(with_token().endpoint("http://192.0.2.1").build().unwrap()).unwrap();
    let error = client.token(TokenInput::new()).await.unwrap_err().to_string();
    assert_eq!(error, "bearer token: a request to 192.0.2.1 would send it in clear (use an endpoint with `https`)");
}

/// Gives tokens that are numbered.
#[derive(Debug)]
struct Numbered(Arc<AtomicU32>);

impl ProvideBearerToken for Numbered {
    fn provide(&self) -> BearerTokenFuture<'_> {
        Box::pin(async { Ok(BearerToken::new(format!("t{}", self.0.fetch_add(1, Ordering::SeqCst)))) })
    }
}

#[tokio::test]
async fn a_token_is_kept_until_the_service_refuses_it() {
    let refusal = Answer::reply(401, r#"{"message": "expired"}"#);
    let server =
        Server::start([Answer::reply(200, "{}"), Answer::reply(200, "{}"), refusal, Answer::reply(200, "{}")]).unwrap();
    let client = client(&server, config().bearer_token_provider(Numbered(Arc::default())));
    for _ in 0..2 {
        client.token(TokenInput::new()).await.unwrap();
    }
    let error = client.token(TokenInput::new()).await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    client.token(TokenInput::new()).await.unwrap();
    let received = server.received();
    let tokens: Vec<_> = received.iter().filter_map(|request| request.header("authorization")).collect();
    assert_eq!(tokens, ["Bearer t0", "Bearer t0", "Bearer t0", "Bearer t1"]);
}

#[test]
fn a_token_is_shown_nowhere() {
    let config = with_token().read_timeout(Duration::from_secs(1)).build().unwrap();
    assert!(!format!("{config:?}").contains("hunter2"));
}
