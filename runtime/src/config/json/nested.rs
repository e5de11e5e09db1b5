//! Options that are objects, or may be.

use std::sync::Arc;

use serde_json::Value;

use crate::config::{ConfigBuilder, ConfigError};
use crate::retry::RetryDelay;
use crate::validate::{Checks, ParamValidation};

use super::found::Found;
use super::ignored::IgnoredReason::{Browser, SetInCode};
use super::{Options, apply};

/// What `httpOptions` may hold.
pub(super) const HTTP_OPTIONS: &Options = &[
    ("proxy", |builder, found| Ok(builder.proxy(found.text()?))),
    ("agent", |builder, found| Ok(builder.ignore(found.path, SetInCode("http_client")))),
    ("connectTimeout", |mut builder, found| {
        let timeout = found.milliseconds()?;
        builder.connect_timeout = (!timeout.is_zero()).then_some(timeout);
        Ok(builder)
    }),
    ("timeout", |builder, found| {
        let timeout = found.milliseconds()?;
        Ok(builder.read_timeout((!timeout.is_zero()).then_some(timeout)))
    }),
    ("xhrAsync", |builder, found| Ok(builder.ignore(found.path, Browser))),
    ("xhrWithCredentials", |builder, found| Ok(builder.ignore(found.path, Browser))),
];

/// What `retryDelayOptions` may hold.
pub(super) const RETRY_DELAY_OPTIONS: &Options = &[
    ("base", |builder, found| {
        let delay = match found.number() {
            // The original takes a negative wait for the end of retries.
            Ok(base) if base < 0.0 => RetryDelay::Custom(Arc::new(|_| None)),
            _ => RetryDelay::Exponential { base: found.milliseconds()? },
        };
        Ok(builder.retry_delay(delay))
    }),
    ("customBackoff", |builder, found| Ok(builder.ignore(found.path, SetInCode("retry_delay")))),
];

/// What `paramValidation` may hold when it is a map: the checks beyond those of names, types and required members.
pub(super) const PARAM_VALIDATION: &Options = &[
    ("min", |builder, found| check(builder, &found, |checks, on| checks.min = on)),
    ("max", |builder, found| check(builder, &found, |checks, on| checks.max = on)),
    ("pattern", |builder, found| check(builder, &found, |checks, on| checks.pattern = on)),
    ("enum", |builder, found| check(builder, &found, |checks, on| checks.enumeration = on)),
];

pub(super) fn http_options(builder: ConfigBuilder, found: Found<'_>) -> Result<ConfigBuilder, ConfigError> {
    apply(builder, &found.path, found.object()?, HTTP_OPTIONS)
}

pub(super) fn retry_delay_options(builder: ConfigBuilder, found: Found<'_>) -> Result<ConfigBuilder, ConfigError> {
    apply(builder, &found.path, found.object()?, RETRY_DELAY_OPTIONS)
}

pub(super) fn param_validation(builder: ConfigBuilder, found: Found<'_>) -> Result<ConfigBuilder, ConfigError> {
    match found.value {
        Value::Null => Ok(builder.param_validation(ParamValidation::Off)),
        Value::Bool(on) => Ok(builder.param_validation(*on)),
        Value::Object(checks) => apply(builder.param_validation(Checks::NONE), &found.path, checks, PARAM_VALIDATION),
        _ => Err(found.refuse_type("true, false or an object of checks")),
    }
}

fn check(
    mut builder: ConfigBuilder,
    found: &Found<'_>,
    set: fn(&mut Checks, bool),
) -> Result<ConfigBuilder, ConfigError> {
    let on = found.flag()?;
    if let ParamValidation::On(checks) = &mut builder.param_validation {
        set(checks, on);
    }
    Ok(builder)
}

/// A text, or what an `AWS.Endpoint` looks like in JSON.
pub(super) fn endpoint(builder: ConfigBuilder, found: Found<'_>) -> Result<ConfigBuilder, ConfigError> {
    let url = match found.value {
        Value::String(url) => Some(url.as_str()),
        Value::Object(endpoint) => endpoint.get("href").and_then(Value::as_str),
        _ => None,
    };
    let url = url.ok_or_else(|| found.refuse_type("a string, or an endpoint object with a string `href`"))?;
    Ok(builder.endpoint(url))
}

/// Versions by service; services no client is made of are ignored, as by the original.
pub(super) fn api_versions(mut builder: ConfigBuilder, found: Found<'_>) -> Result<ConfigBuilder, ConfigError> {
    for (service, value) in found.object()? {
        if !value.is_null() {
            let path = format!("{}.{service}", found.path);
            let version = Found { path, value, siblings: found.siblings }.text()?;
            builder = builder.api_versions([(service, version)]);
        }
    }
    Ok(builder)
}
