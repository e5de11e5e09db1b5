//! 3 to 7: credentials.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use kinesisvideo::runtime::CredentialsError;
use kinesisvideo::runtime::credentials::{CredentialsFuture, EnvironmentCredentials, ProviderChain};
use kinesisvideo::{Config, ConfigBuilder, Credentials, Env, ManualTime, ProvideCredentials};
use kinesisvideo_tests::config;
use kinesisvideo_tests::scripted::Answer;
use serde_json::json;

use super::{accepting, answering, client, join, sent};

/// The access key that signed a request.
async fn signer(config: ConfigBuilder) -> String {
    let request = sent(config).await;
    let authorization = request.header("authorization").unwrap();
    authorization.split(['=', '/']).nth(1).unwrap().to_owned()
}

fn pasted(options: serde_json::Value) -> ConfigBuilder {
    Config::builder().region("us-west-2").json(&options).unwrap()
}

/// Gives other credentials each time it is asked, valid for a minute.
#[derive(Clone, Debug)]
struct Rotating {
    asked: Arc<AtomicU32>,
    time: ManualTime,
}

impl Rotating {
    fn new(time: &ManualTime) -> Self {
        Self { asked: Arc::default(), time: time.clone() }
    }
}

impl ProvideCredentials for Rotating {
    fn name(&self) -> &str {
        "rotating"
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        use kinesisvideo::TimeSource;
        let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let expiry = self.time.now() + Duration::from_secs(60);
        Box::pin(async move { Ok(Credentials::new(format!("AKID{number}"), "secret").with_expiry(expiry)) })
    }
}

#[derive(Debug)]
struct Broken;

impl ProvideCredentials for Broken {
    fn name(&self) -> &str {
        "broken"
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(async { Err(CredentialsError::provider_failed("broken", "the vault is sealed")) })
    }
}

#[tokio::test]
async fn option_03_access_key_id_and_option_04_secret_access_key_sign_together_alone() {
    let keys = json!({"accessKeyId": "AKIDKEYS", "secretAccessKey": "s"});
    assert_eq!(signer(pasted(keys)).await, "AKIDKEYS");
    let beside = json!({"accessKeyId": "AKIDKEYS", "secretAccessKey": "s",
        "credentials": {"accessKeyId": "AKIDOBJECT", "secretAccessKey": "s"}});
    assert_eq!(signer(pasted(beside)).await, "AKIDOBJECT");
    for half in [json!({"accessKeyId": "AKIDKEYS"}), json!({"secretAccessKey": "s"})] {
        let error = Config::builder().json(&half).unwrap_err();
        assert!(error.to_string().ends_with("beside it"), "{error}");
    }
}

#[tokio::test]
async fn option_05_session_token_is_sent_signed_and_left_out_when_empty() {
    let with = |token: &str| pasted(json!({"accessKeyId": "AKID", "secretAccessKey": "s", "sessionToken": token}));
    let request = sent(with("the-token")).await;
    assert_eq!(request.header("x-amz-security-token"), Some("the-token"));
    assert!(request.header("authorization").unwrap().contains("x-amz-date;x-amz-security-token,"));
    assert_eq!(sent(with("")).await.header("x-amz-security-token"), None);
}

#[tokio::test]
async fn option_06_credentials_may_be_fixed_or_a_provider_that_is_asked_again_before_expiry() {
    assert_eq!(signer(config().credentials(Credentials::new("AKIDFIXED", "s"))).await, "AKIDFIXED");

    let time = ManualTime::new(UNIX_EPOCH + Duration::from_secs(1_715_344_496));
    let server = accepting();
    let rotating = Rotating::new(&time);
    let client = client(&server, config().time_source(time.clone()).credentials_provider(rotating.clone()));
    // 15 seconds before the expiry the credentials are not used any more.
    for (advance, number) in [(0, 1), (44, 1), (1, 2)] {
        time.advance(Duration::from_secs(advance));
        join(&client).await.unwrap();
        assert_eq!(rotating.asked.load(Ordering::SeqCst), number);
        let authorization = server.received().last().unwrap().header("authorization").unwrap().to_owned();
        assert!(authorization.contains(&format!("Credential=AKID{number}/")), "{authorization}");
    }
}

#[tokio::test]
async fn option_06_credentials_that_the_service_calls_expired_are_asked_for_again() {
    let server = answering([Answer::reply(403, r#"{"__type":"ExpiredTokenException"}"#), Answer::reply(200, "{}")]);
    let rotating = Rotating::new(&ManualTime::new(UNIX_EPOCH + Duration::from_secs(1_715_344_496)));
    join(&client(&server, config().credentials_provider(rotating.clone()))).await.unwrap();
    assert_eq!((server.received().len(), rotating.asked.load(Ordering::SeqCst)), (2, 2));
}

#[tokio::test]
async fn option_07_credential_provider_is_a_chain_in_which_the_first_success_wins() {
    let env = |prefix: &str| {
        let variable = |name: &str, value: &str| (format!("{prefix}_{name}"), value.to_owned());
        Env::from_map([variable("ACCESS_KEY_ID", &format!("AKID{prefix}")), variable("SECRET_ACCESS_KEY", "s")])
    };
    let chain = ProviderChain::new(vec![Arc::new(Broken)])
        .or_else(EnvironmentCredentials::new(env("AMAZON")))
        .or_else(EnvironmentCredentials::new(env("AWS")));
    assert_eq!(signer(config().credentials_provider(chain)).await, "AKIDAMAZON");
    // The default chain begins with the environment.
    assert_eq!(signer(Config::builder().region("us-west-2").env(env("AWS"))).await, "AKIDAWS");
}

#[tokio::test]
async fn option_07_credential_provider_that_finds_nothing_tells_every_reason_and_sends_nothing() {
    let server = accepting();
    let empty = EnvironmentCredentials::new(Env::from_map::<String, String>([]));
    let chain = ProviderChain::new(vec![Arc::new(Broken)]).or_else(empty);
    let error = join(&client(&server, config().credentials_provider(chain))).await.unwrap_err();
    assert_eq!((error.code(), error.attempts()), ("CredentialsError", 0));
    assert_eq!(
        error.to_string(),
        "no provider gave credentials: broken: the vault is sealed; environment: AWS_ACCESS_KEY_ID and \
         AWS_SECRET_ACCESS_KEY are not set (set both, and AWS_SESSION_TOKEN for temporary credentials)"
    );
    assert!(server.received().is_empty());
}
