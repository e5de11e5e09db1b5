//! Options under the names of AWS SDK for JavaScript v2.

mod credentials;
mod found;
mod ignored;
mod nearest;
mod nested;
mod options;

#[cfg(test)]
mod tests;

use serde_json::{Map, Value};

use super::{Config, ConfigBuilder, ConfigError};
use crate::env::Env;

use found::Found;
pub use ignored::{IgnoredOption, IgnoredReason};

/// Carries one option's value over to the builder.
type Apply = fn(ConfigBuilder, Found<'_>) -> Result<ConfigBuilder, ConfigError>;

/// Options of one object: their names, and what they do.
type Options = [(&'static str, Apply)];

impl Config {
    /// A configuration from options under the names of AWS SDK for JavaScript v2, such as
    /// `{"region": "us-west-2", "maxRetries": 5}`. What they leave out is read as by [`from_env`](Self::from_env).
    ///
    /// See [`ConfigBuilder::json`] for what is accepted; [`ignored_options`](Self::ignored_options) lists what was
    /// accepted without effect.
    ///
    /// ```
    /// use kinesisvideo_runtime::Config;
    ///
    /// let config = Config::from_json(&serde_json::json!({
    ///     "region": "us-west-2",
    ///     "maxRetries": 5,
    ///     "httpOptions": {"connectTimeout": 2_000},
    ///     "s3ForcePathStyle": true,
    /// }))?;
    /// assert_eq!(config.retry().max_retries, 5);
    /// assert_eq!(config.ignored_options()[0].to_string(), "option `s3ForcePathStyle` has no effect: it is an option of S3");
    ///
    /// let error = Config::from_json(&serde_json::json!({"regoin": "us-west-2"})).unwrap_err();
    /// assert_eq!(error.to_string(), "unknown option `regoin`: did you mean `region`?");
    /// # Ok::<(), kinesisvideo_runtime::ConfigError>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`ConfigBuilder::json`] and [`ConfigBuilder::build`].
    pub fn from_json(options: &Value) -> Result<Self, ConfigError> {
        Self::builder().env(Env::process()).json(options)?.build()
    }

    /// [`from_json`](Self::from_json) for options that are already a map.
    ///
    /// # Errors
    /// Those of [`ConfigBuilder::json`] and [`ConfigBuilder::build`].
    pub fn from_map(options: &Map<String, Value>) -> Result<Self, ConfigError> {
        Self::builder().env(Env::process()).map(options)?.build()
    }
}

impl ConfigBuilder {
    /// Sets options under the names of AWS SDK for JavaScript v2, so that an options object can be pasted; `null` stands
    /// for no options.
    ///
    /// * All options of the original are accepted. Those that can have no effect here, such as those of other services,
    ///   are listed by [`Config::ignored_options`].
    /// * `null` counts as not given. As in the original, `maxRetries: null` means no retry and `paramValidation: null`
    ///   means no check.
    /// * A negative `maxRetries`, `maxRedirects` or `retryDelayOptions.base` means none; `httpOptions.timeout: 0` means no limit.
    /// * `credentials` wins over `accessKeyId` and `secretAccessKey`, as in the original. Of these both are needed: the original
    ///   ignores one alone.
    /// * Functions and objects with methods (`customBackoff`, `agent`, `credentialProvider`, `logger`) do not exist in
    ///   JSON: whatever stands in their place is listed by [`Config::ignored_options`] with the method to use in code.
    ///
    /// # Errors
    /// [`ConfigError::UnknownOption`] with the nearest known name, [`ConfigError::OptionType`], and
    /// [`ConfigError::OptionValue`] for a value that has the right type and cannot be used. None of them shows a value.
    pub fn json(self, options: &Value) -> Result<Self, ConfigError> {
        match options {
            Value::Null => Ok(self),
            Value::Object(options) => self.map(options),
            other => Err(Found::root(other).refuse_type("an object of options")),
        }
    }

    /// [`json`](Self::json) for options that are already a map.
    ///
    /// # Errors
    /// Those of [`json`](Self::json).
    pub fn map(self, options: &Map<String, Value>) -> Result<Self, ConfigError> {
        let ignored_before = self.ignored.len();
        let builder = apply(self, "", options, options::OPTIONS)?;
        let builder = credentials::keys(builder, options)?;
        for ignored in &builder.ignored[ignored_before..] {
            tracing::warn!("{ignored}");
        }
        Ok(builder)
    }

    fn ignore(mut self, option: impl Into<String>, reason: IgnoredReason) -> Self {
        self.ignored.push(IgnoredOption::new(option, reason));
        self
    }
}

/// Options for which the original takes `null` to mean something.
const NULL_COUNTS: [&str; 2] = ["maxRetries", "paramValidation"];

/// Applies every option of `object`, the option at `path`, to the builder.
fn apply(
    mut builder: ConfigBuilder,
    path: &str,
    object: &Map<String, Value>,
    known: &Options,
) -> Result<ConfigBuilder, ConfigError> {
    for (name, value) in object {
        let path_of = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        let Some((_, apply)) = known.iter().find(|(known, _)| known == name) else {
            return Err(ConfigError::UnknownOption {
                option: path_of(name),
                nearest: nearest::nearest(name, known.iter().map(|(known, _)| *known)).map(path_of),
            });
        };
        if !value.is_null() || path.is_empty() && NULL_COUNTS.contains(&name.as_str()) {
            builder = apply(builder, Found { path: path_of(name), value, siblings: object })?;
        }
    }
    Ok(builder)
}
