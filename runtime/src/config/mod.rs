//! Configuration of a client.

mod builder;
mod error;
mod proxy;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::credentials::CredentialsCache;
use crate::endpoint::BuiltIns;
use crate::env::Env;
use crate::interceptor::Interceptor;
use crate::logger::RequestLogger;
use crate::monitoring::Monitoring;
use crate::region::Region;
use crate::retry::RetryConfig;
use crate::time::TimeSource;
use crate::url::Endpoint;
use crate::validate::ParamValidation;

pub use builder::ConfigBuilder;
pub use error::ConfigError;
use proxy::Proxy;

/// The configuration of a client: checked once, when it is built, then shared by every client made from it.
///
/// Cloning is cheap, and clones share the credentials that were fetched.
///
/// ```
/// use kinesisvideo_runtime::{Config, Credentials};
///
/// let config = Config::builder()
///     .region("us-west-2")
///     .credentials(Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"))
///     .build()?;
/// assert_eq!(config.region().as_str(), "us-west-2");
/// # Ok::<(), kinesisvideo_runtime::ConfigError>(())
/// ```
#[derive(Clone)]
pub struct Config(Arc<Inner>);

struct Inner {
    region: Region,
    endpoint: Option<String>,
    ssl_enabled: bool,
    use_fips: bool,
    use_dual_stack: bool,
    credentials: CredentialsCache,
    retry: RetryConfig,
    connect_timeout: Option<Duration>,
    read_timeout: Option<Duration>,
    max_redirects: u32,
    proxy: Option<Proxy>,
    param_validation: ParamValidation,
    correct_clock_skew: bool,
    system_clock_offset: i64,
    signature_cache: bool,
    user_agent_suffix: Option<String>,
    http_client: Option<reqwest::Client>,
    time_source: Arc<dyn TimeSource>,
    jitter: Arc<dyn Fn() -> f64 + Send + Sync>,
    interceptors: Vec<Arc<dyn Interceptor>>,
    logger: Option<Arc<dyn RequestLogger>>,
    monitoring: Option<Monitoring>,
}

impl Config {
    /// Starts an empty configuration. [`ConfigBuilder::region`] is the only setting without a default.
    pub fn builder() -> ConfigBuilder {
        ConfigBuilder::default()
    }

    /// Reads region and credentials from the environment of the process.
    ///
    /// # Errors
    /// [`ConfigError::MissingRegion`] when neither `AWS_REGION` nor `AWS_DEFAULT_REGION` is set. Missing credentials are
    /// reported by the first call that needs them.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::builder().env(Env::process()).build()
    }

    /// The region requests are signed for.
    pub fn region(&self) -> &Region {
        &self.0.region
    }

    /// How calls are retried.
    pub fn retry(&self) -> &RetryConfig {
        &self.0.retry
    }

    /// Which rules of the model are checked before sending.
    pub fn param_validation(&self) -> ParamValidation {
        self.0.param_validation
    }

    /// The custom endpoint, as it was given.
    pub(crate) fn endpoint(&self) -> Option<&str> {
        self.0.endpoint.as_deref()
    }

    pub(crate) fn scheme(&self) -> &'static str {
        if self.0.ssl_enabled { "https" } else { "http" }
    }

    pub(crate) fn credentials(&self) -> &CredentialsCache {
        &self.0.credentials
    }

    pub(crate) fn connect_timeout(&self) -> Option<Duration> {
        self.0.connect_timeout
    }

    pub(crate) fn read_timeout(&self) -> Option<Duration> {
        self.0.read_timeout
    }

    pub(crate) fn max_redirects(&self) -> u32 {
        self.0.max_redirects
    }

    pub(crate) fn proxy(&self) -> Option<&Proxy> {
        self.0.proxy.as_ref()
    }

    pub(crate) fn correct_clock_skew(&self) -> bool {
        self.0.correct_clock_skew
    }

    pub(crate) fn system_clock_offset(&self) -> i64 {
        self.0.system_clock_offset
    }

    pub(crate) fn interceptors(&self) -> &[Arc<dyn Interceptor>] {
        &self.0.interceptors
    }

    pub(crate) fn logger(&self) -> Option<&dyn RequestLogger> {
        self.0.logger.as_deref()
    }

    pub(crate) fn monitoring(&self) -> Option<&Monitoring> {
        self.0.monitoring.as_ref()
    }

    pub(crate) fn jitter(&self) -> f64 {
        (self.0.jitter)()
    }

    pub(crate) fn signature_cache(&self) -> bool {
        self.0.signature_cache
    }

    pub(crate) fn user_agent_suffix(&self) -> Option<&str> {
        self.0.user_agent_suffix.as_deref()
    }

    pub(crate) fn http_client(&self) -> Option<&reqwest::Client> {
        self.0.http_client.as_ref()
    }

    pub(crate) fn time_source(&self) -> &dyn TimeSource {
        &*self.0.time_source
    }

    /// What endpoint rules are asked with.
    pub(crate) fn built_ins<'a>(&'a self, custom: Option<&'a Endpoint>) -> BuiltIns<'a> {
        BuiltIns {
            region: Some(self.region().as_str()),
            use_fips: self.0.use_fips,
            use_dual_stack: self.0.use_dual_stack,
            endpoint: custom.map(Endpoint::as_str),
            ..BuiltIns::default()
        }
    }

    /// The custom endpoint for a service, its placeholders replaced.
    pub(crate) fn custom_endpoint(&self, service: &str) -> Result<Option<Endpoint>, ConfigError> {
        let Some(template) = self.endpoint() else { return Ok(None) };
        let text = template
            .replace("{service}", service)
            .replace("{region}", self.region().as_str())
            .replace("{scheme}", self.scheme());
        if let Some(start) = text.find('{') {
            let end = text[start..].find('}').map_or(text.len(), |length| start + length + 1);
            return Err(ConfigError::InvalidEndpoint {
                endpoint: template.to_owned(),
                reason: format!("placeholder `{}` is unknown: use {{service}}, {{region}} or {{scheme}}", &text[start..end]),
            });
        }
        Endpoint::parse_with_scheme(&text, self.scheme()).map(Some)
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("region", &self.0.region)
            .field("endpoint", &self.0.endpoint)
            .field("ssl_enabled", &self.0.ssl_enabled)
            .field("use_fips", &self.0.use_fips)
            .field("use_dual_stack", &self.0.use_dual_stack)
            .field("credentials", &self.0.credentials)
            .field("retry", &self.0.retry)
            .field("connect_timeout", &self.0.connect_timeout)
            .field("read_timeout", &self.0.read_timeout)
            .field("max_redirects", &self.0.max_redirects)
            .field("proxy", &self.0.proxy)
            .field("param_validation", &self.0.param_validation)
            .field("correct_clock_skew", &self.0.correct_clock_skew)
            .field("system_clock_offset", &self.0.system_clock_offset)
            .field("signature_cache", &self.0.signature_cache)
            .field("user_agent_suffix", &self.0.user_agent_suffix)
            .finish_non_exhaustive()
    }
}
