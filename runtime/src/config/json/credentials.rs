//! Options that hold credentials.

use serde_json::{Map, Value};

use crate::config::{ConfigBuilder, ConfigError};
use crate::credentials::Credentials;

use super::found::Found;
use super::ignored::IgnoredReason::NoEffect;
use super::{Options, apply};

/// What `credentials` may hold.
pub(super) const CREDENTIALS: &Options = &[
    ("accessKeyId", |builder, found| found.text().map(|_| builder)),
    ("secretAccessKey", |builder, found| found.text().map(|_| builder)),
    ("sessionToken", |builder, found| found.text().map(|_| builder)),
    ("expired", fixed),
    ("expireTime", fixed),
    ("refreshCallbacks", fixed),
];

fn fixed(builder: ConfigBuilder, found: Found<'_>) -> Result<ConfigBuilder, ConfigError> {
    Ok(builder.ignore(found.path, NoEffect("fixed credentials are used as they are")))
}

/// The option `credentials`. An object that lacks a key is an error of the first call, as in the original.
pub(super) fn object(builder: ConfigBuilder, found: Found<'_>) -> Result<ConfigBuilder, ConfigError> {
    let object = found.object()?;
    let builder = apply(builder, &found.path, object, CREDENTIALS)?;
    Ok(builder.credentials(of_keys(object)))
}

/// The options `accessKeyId`, `secretAccessKey` and `sessionToken`. As in the original, `credentials` beside them wins.
pub(super) fn keys(mut builder: ConfigBuilder, options: &Map<String, Value>) -> Result<ConfigBuilder, ConfigError> {
    let (id, secret) = ("accessKeyId", "secretAccessKey");
    let has_object = options.get("credentials").is_some_and(|credentials| !credentials.is_null());
    match (text(options, id).is_empty(), text(options, secret).is_empty()) {
        (false, false) if has_object => {
            for name in [id, secret, "sessionToken"].into_iter().filter(|name| !text(options, name).is_empty()) {
                builder = builder.ignore(name, NoEffect("`credentials` is given beside it"));
            }
            Ok(builder)
        }
        (false, false) => Ok(builder.credentials(of_keys(options))),
        (false, true) => Err(half(id, secret)),
        (true, false) => Err(half(secret, id)),
        (true, true) if text(options, "sessionToken").is_empty() => Ok(builder),
        (true, true) => {
            Ok(builder.ignore("sessionToken", NoEffect("it needs `accessKeyId` and `secretAccessKey` beside it")))
        }
    }
}

fn half(given: &str, missing: &str) -> ConfigError {
    ConfigError::OptionValue { option: given.to_owned(), reason: format!("it needs `{missing}` beside it") }
}

fn of_keys(keys: &Map<String, Value>) -> Credentials {
    Credentials::new(text(keys, "accessKeyId"), text(keys, "secretAccessKey"))
        .with_session_token(text(keys, "sessionToken"))
}

fn text<'a>(keys: &'a Map<String, Value>, name: &str) -> &'a str {
    keys.get(name).and_then(Value::as_str).unwrap_or_default()
}
