//! From the options of a case to a client.

use kinesisvideo::webrtc_storage::{Client, SERVICE};
use kinesisvideo::{Config, ConfigBuilder, ConfigError, Env, ManualTime, RetryDelay};
use serde_json::{Map, Value, json};

use super::credentials::{Sequence, chain};
use super::format::Case;
use super::observer::Observer;

/// Variables that every case has: no home to read files from, no metadata service to ask.
const ENV: [(&str, &str); 2] = [("HOME", "/nonexistent"), ("AWS_EC2_METADATA_DISABLED", "true")];

/// The client of a case, with an HTTP client of its own if it is to have one.
pub(super) fn client(case: &Case, observer: &Observer, http: Option<reqwest::Client>) -> Result<Client, ConfigError> {
    let mut builder = builder(case, observer, &case.config)?;
    if let Some(http) = http {
        builder = builder.http_client(http);
    }
    let client = Client::new(builder.build()?)?;
    match &case.set_endpoint {
        Some(endpoint) => client.with_endpoint(endpoint.as_str()),
        None => Ok(client),
    }
}

/// Settings from the options given, and everything else from the case.
pub(super) fn builder(
    case: &Case,
    observer: &Observer,
    options: &Map<String, Value>,
) -> Result<ConfigBuilder, ConfigError> {
    let random = case.random;
    let env = ENV.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).chain(case.env.clone());
    let mut builder = Config::builder()
        .env(Env::from_map(env))
        .time_source(ManualTime::new(case.clock))
        .jitter(move || random)
        .interceptor(observer.clone());
    if let Some(global) = &case.global {
        builder = of_all_clients(builder, global)?;
    }
    builder = builder.map(options)?;
    if let Some(waits) = &case.custom_backoff {
        builder = builder.retry_delay(RetryDelay::Custom(observer.backoff(waits.clone())));
    }
    if let Some(sequence) = &case.credential_sequence {
        builder = builder.credentials_provider(Sequence::new(sequence.clone()));
    }
    if let Some(links) = &case.provider_chain {
        builder = builder.credentials_provider(chain(links));
    }
    if let Some(method) = case.logger {
        builder = builder.logger(observer.logger(method));
    }
    Ok(builder)
}

/// Options of all clients, then those of this service's. What is no option there is for somebody else.
fn of_all_clients(builder: ConfigBuilder, global: &Map<String, Value>) -> Result<ConfigBuilder, ConfigError> {
    let known = |name: &String| {
        let alone = Config::builder().json(&json!({ name: null }));
        !matches!(alone, Err(ConfigError::UnknownOption { .. }))
    };
    let ours: Map<_, _> = global.iter().filter(|(name, _)| known(name)).map(|(k, v)| (k.clone(), v.clone())).collect();
    let builder = builder.map(&ours)?;
    match global.get(SERVICE.identifier) {
        Some(options) => builder.json(options),
        None => Ok(builder),
    }
}
