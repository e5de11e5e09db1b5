//! Operations that say where they go, against servers on loopback.
#![allow(clippy::unwrap_used, reason = "a helper of a test fails with it")]

use std::sync::{Arc, Mutex};

use kinesisvideo::runtime::interceptor::{Call, Interceptor, Outcome};
use kinesisvideo::{Config, ConfigError};
use kinesisvideo_golden::routing::{
    Client, CreateStoreInput, DeleteKeysInput, Error, GetKeyInput, ListKeysInput, PingInput, types::Entry, types::Zone,
};
use kinesisvideo_tests::config;
use kinesisvideo_tests::scripted::{Answer, Server};
use serde_json::json;

const STORE: &str = "arn:aws:store:us-west-2:123456789012:store/a";

fn scripted(answers: impl Into<Vec<Answer>>) -> (Server, Client) {
    let server = Server::start(answers).unwrap();
    let client = Client::new(config().endpoint(server.url()).build().unwrap()).unwrap();
    (server, client)
}

fn targets(server: &Server) -> Vec<String> {
    server.received().iter().map(|request| request.target.clone()).collect()
}

#[tokio::test]
async fn the_input_says_where_a_call_goes_typed_and_as_json_page_by_page() {
    let page = |token: Option<&str>| Answer::reply(200, json!({"keys": ["k"], "next": token}).to_string());
    let (server, client) = scripted([Answer::reply(200, "{}"), Answer::reply(200, "{}"), page(Some("t")), page(None)]);
    client.get_key(GetKeyInput::new("k").store(STORE)).await.unwrap();
    client.call("GetKey", json!({"key": "k", "store": STORE})).await.unwrap();
    let mut items = client.list_keys_pages(ListKeysInput::new(STORE)).items();
    while let Some(key) = items.next_item().await {
        assert_eq!(key.unwrap(), "k");
    }
    // The rules put the account into the path of a custom endpoint.
    let expected =
        ["/123456789012/keys/k?store=", "/123456789012/keys/k?store=", "/123456789012/keys", "/123456789012/keys"];
    for (target, expected) in targets(&server).iter().zip(expected) {
        assert!(target.starts_with(expected), "{target}");
    }
    assert_eq!(server.received().len(), 4);
}

#[tokio::test]
async fn a_derived_client_asks_the_rules_with_its_own_endpoint() {
    let (first, client) = scripted([Answer::reply(200, "{}")]);
    let second = Server::start([Answer::reply(200, "{}")]).unwrap();
    let derived = client.with_endpoint(second.url()).unwrap();
    derived.get_key(GetKeyInput::new("k").store(STORE)).await.unwrap();
    // The rules have nothing to say of this one; it goes to the endpoint that was given.
    derived.ping(PingInput::new()).await.unwrap();
    assert!(first.received().is_empty());
    assert_eq!(targets(&second)[1], "/ping");
}

#[tokio::test]
async fn what_the_rules_say_of_signing_counts_for_the_call() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let config = Config::builder()
        .region("us-west-2")
        .credentials(kinesisvideo::Credentials::new("AKIDEXAMPLE", "secret"))
        .interceptor(Scopes(Arc::clone(&seen)))
        .max_retries(0)
        .connect_timeout(std::time::Duration::from_millis(1));
    let client = Client::new(config.build().unwrap()).unwrap();
    // Neither host exists; what was signed is seen all the same.
    _ = client.delete_keys(DeleteKeysInput::new().items([Entry::new().key("x")])).await.unwrap_err();
    _ = client.create_store(CreateStoreInput::new()).await.unwrap_err();
    assert_eq!(
        *seen.lock().unwrap(),
        ["https://x.keys.example.test/ us-west-2/keys", "https://control.us-west-2.example.test/ us-west-2/example"]
    );
}

/// Notes where calls go and what they are signed for.
#[derive(Debug)]
struct Scopes(Arc<Mutex<Vec<String>>>);

impl Interceptor for Scopes {
    fn on_sign(&self, call: &Call<'_>, headers: &kinesisvideo::runtime::http::HeaderMap) {
        let authorization = headers["authorization"].to_str().unwrap();
        let scope: Vec<_> = authorization.split('/').skip(2).take(2).collect();
        self.0.lock().unwrap().push(format!("{} {}", call.endpoint, scope.join("/")));
    }

    fn on_complete(&self, _: &Call<'_>, _: &Outcome<'_>) {}
}

#[tokio::test]
async fn an_endpoint_that_the_rules_refuse_is_the_error_of_the_call_alone() {
    let client = Client::new(config().build().unwrap()).unwrap();
    assert_eq!(client.endpoint(), None);
    let refused = |error: Error| matches!(&error, Error::Config(ConfigError::Endpoint(_)) if error.attempts() == 0);
    assert!(refused(client.get_key(GetKeyInput::new("k").zone(Zone::A)).await.unwrap_err()));
    assert!(refused(client.ping(PingInput::new()).await.unwrap_err()));
    // Flaws of the input come first.
    let error = client.call("GetKey", json!({"zone": "a-1"})).await.unwrap_err();
    assert!(matches!(error, Error::Validation(_)), "{error}");
}
