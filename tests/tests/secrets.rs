//! No secret shows in any Debug, Display, log line or error, wherever a call ends.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of a test fails with it")]

use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use kinesisvideo::runtime::interceptor::{Call, Outcome};
use kinesisvideo::runtime::{Interceptor, RequestLogger};
use kinesisvideo::webrtc_storage::{Client, JoinStorageSessionInput};
use kinesisvideo::{Credentials, FailedAttempt, ProvideCredentials};
use kinesisvideo_tests::scripted::{Answer, Server};
use kinesisvideo_tests::{CHANNEL_ARN, config};

const SECRET: &str = "the-secret-access-key";
const TOKEN: &str = "the-session-token";
const PROXY_PASSWORD: &str = "the-proxy-password";
const BODY: &str = "the-body-of-the-response";

fn credentials() -> Credentials {
    Credentials::new("AKIDEXAMPLE", SECRET).with_session_token(TOKEN)
}

/// Everything that was shown to somebody.
#[derive(Clone, Debug, Default)]
struct Shown(Arc<Mutex<String>>);

impl Shown {
    fn show(&self, what: &(impl Debug + ?Sized)) {
        self.0.lock().unwrap().push_str(&format!("{what:?}\n{what:#?}\n"));
    }

    fn assert_clean(&self) {
        let shown = self.0.lock().unwrap();
        assert!(!shown.is_empty());
        for secret in [SECRET, TOKEN, PROXY_PASSWORD, BODY, "Signature="] {
            assert!(!shown.contains(secret), "`{secret}` shows in:\n{shown}");
        }
    }
}

impl RequestLogger for Shown {
    fn log(&self, line: &str) {
        self.show(line);
    }
}

impl Interceptor for Shown {
    fn on_build(&self, call: &Call<'_>, request: &mut kinesisvideo::runtime::http::Request) {
        self.show(call);
        self.show(request);
    }

    fn on_sign(&self, _: &Call<'_>, headers: &kinesisvideo::runtime::http::HeaderMap) {
        self.show(headers);
    }

    fn on_response(&self, _: &Call<'_>, response: &kinesisvideo::runtime::http::Response) {
        self.show(response);
    }

    fn on_retry(&self, _: &Call<'_>, failed: &FailedAttempt<'_>, wait: std::time::Duration) {
        self.show(&(failed, wait));
    }

    fn on_complete(&self, _: &Call<'_>, outcome: &Outcome<'_>) {
        self.show(outcome);
    }
}

#[tokio::test]
async fn nothing_that_is_shown_holds_a_secret() {
    let shown = Shown::default();
    for answer in [
        Answer::reply(200, "{}"),
        Answer::reply(200, format!("<html>{BODY}")),
        Answer::reply(403, format!(r#"{{"__type":"AccessDeniedException","message":"no","other":"{BODY}"}}"#)),
        Answer::reply(500, format!("<html>{BODY}")),
        Answer::Close,
        Answer::partial(BODY),
    ] {
        let server = Server::start([answer]).unwrap();
        let config = config().credentials(credentials()).endpoint(server.url());
        let config = config.logger(shown.clone()).interceptor(shown.clone());
        shown.show(&config);
        let client = Client::new(config.build().unwrap()).unwrap();
        shown.show(&client);
        match client.send(JoinStorageSessionInput::new(CHANNEL_ARN)).await {
            Ok(reply) => shown.show(&reply),
            Err(error) => {
                shown.show(&error);
                shown.show(&error.to_string());
                let mut source = std::error::Error::source(&error);
                while let Some(cause) = source {
                    shown.show(&(cause, cause.to_string()));
                    source = cause.source();
                }
            }
        }
        assert!(server.received()[0].header("x-amz-security-token").is_some_and(|token| token == TOKEN));
    }
    shown.assert_clean();
}

#[tokio::test]
async fn what_holds_secrets_does_not_show_them() {
    let shown = Shown::default();
    shown.show(&credentials());
    shown.show(&credentials().provide().await);
    let env = [("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"), ("AWS_SECRET_ACCESS_KEY", SECRET), ("AWS_SESSION_TOKEN", TOKEN)];
    shown.show(&kinesisvideo::Env::from_map(env));
    let proxied = config().credentials(credentials()).proxy(format!("http://user:{PROXY_PASSWORD}@127.0.0.1:1"));
    shown.show(&proxied);
    shown.show(&proxied.build().unwrap());
    let wrong = config().proxy(format!("ftp://user:{PROXY_PASSWORD}@127.0.0.1:1")).build().unwrap_err();
    shown.show(&(wrong.to_string(), wrong));
    shown.assert_clean();
}
