//! Configuration of a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::credentials::{Credentials, CredentialsCache, Env, EnvironmentCredentials, ProvideCredentials};
use crate::endpoint::{BuiltIns, EndpointError};
use crate::region::Region;
use crate::retry::{RetryConfig, RetryDelay};
use crate::time::{SystemTimeSource, TimeSource};
use crate::url::Endpoint;
use crate::validate::{Checks, ParamValidation};

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
    param_validation: ParamValidation,
    signature_cache: bool,
    user_agent_suffix: Option<String>,
    http_client: Option<reqwest::Client>,
    time_source: Arc<dyn TimeSource>,
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
            .field("param_validation", &self.0.param_validation)
            .field("signature_cache", &self.0.signature_cache)
            .field("user_agent_suffix", &self.0.user_agent_suffix)
            .finish_non_exhaustive()
    }
}

/// Settings on their way to a [`Config`]; everything is checked by [`build`](Self::build).
#[derive(Clone)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ConfigBuilder {
    region: Option<String>,
    endpoint: Option<String>,
    ssl_enabled: bool,
    use_fips: bool,
    use_dual_stack: bool,
    credentials: Option<Arc<dyn ProvideCredentials>>,
    retry: RetryConfig,
    connect_timeout: Option<Duration>,
    read_timeout: Option<Duration>,
    param_validation: ParamValidation,
    signature_cache: bool,
    user_agent_suffix: Option<String>,
    http_client: Option<reqwest::Client>,
    time_source: Arc<dyn TimeSource>,
    env: Option<Env>,
}

impl Default for ConfigBuilder {
    fn default() -> Self {
        Self {
            region: None,
            endpoint: None,
            ssl_enabled: true,
            use_fips: false,
            use_dual_stack: false,
            credentials: None,
            retry: RetryConfig::default(),
            connect_timeout: None,
            read_timeout: Some(Duration::from_secs(120)),
            param_validation: ParamValidation::default(),
            signature_cache: true,
            user_agent_suffix: None,
            http_client: None,
            time_source: Arc::new(SystemTimeSource),
            env: None,
        }
    }
}

impl ConfigBuilder {
    /// The region, such as `us-west-2`. Required, with a custom endpoint too: it is part of every signature.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// A custom endpoint instead of the region's: a base URL, scheme optional. `{region}`, `{service}` and `{scheme}` in it
    /// are replaced.
    ///
    /// The data-plane services of Kinesis Video have an endpoint per channel; [`Client::with_endpoint`] makes a client for
    /// one from a client you already have.
    ///
    /// [`Client::with_endpoint`]: crate::Client::with_endpoint
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = Some(endpoint.into());
        self
    }

    /// Whether endpoints that name no scheme are reached over TLS; `true` by default. `false` is for tests on a machine of
    /// your own: requests then travel in clear.
    pub fn ssl_enabled(mut self, enabled: bool) -> Self {
        self.ssl_enabled = enabled;
        self
    }

    /// Whether to use the region's FIPS endpoint; `false` by default. Cannot be combined with a custom endpoint.
    pub fn use_fips(mut self, enabled: bool) -> Self {
        self.use_fips = enabled;
        self
    }

    /// Whether to use the region's dual-stack (IPv4 and IPv6) endpoint; `false` by default. Cannot be combined with a custom
    /// endpoint.
    pub fn use_dual_stack(mut self, enabled: bool) -> Self {
        self.use_dual_stack = enabled;
        self
    }

    /// Fixed credentials. Without any, they are read from the environment of the process.
    pub fn credentials(self, credentials: Credentials) -> Self {
        self.credentials_provider(credentials)
    }

    /// A source of credentials: asked before the first request and again shortly before the credentials expire.
    pub fn credentials_provider(mut self, provider: impl ProvideCredentials + 'static) -> Self {
        self.credentials = Some(Arc::new(provider));
        self
    }

    /// How many times a call is sent again after its first request; 3 by default, 0 for never.
    ///
    /// What is retried: transport errors, statuses from 500, 429, and throttling. A retry after a lost response may repeat
    /// an operation that the service has already carried out.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.retry.max_retries = retries;
        self
    }

    /// How long to wait before each retry; exponential from 100 ms with full jitter by default.
    pub fn retry_delay(mut self, delay: RetryDelay) -> Self {
        self.retry.delay = delay;
        self
    }

    /// How long establishing a connection may take, TLS included; no limit of ours by default.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// How long the connection may be silent while a response is awaited or read; 120 s by default, `None` for no limit.
    /// It bounds the wait for each part of a response, not the whole call.
    pub fn read_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.read_timeout = timeout.into();
        self
    }

    /// Which rules of the model are checked before sending; names, types, required members and lower bounds by default.
    pub fn param_validation(mut self, validation: impl Into<ParamValidation>) -> Self {
        self.param_validation = validation.into();
        self
    }

    /// Whether the derived signing key is kept between calls; `true` by default. It changes nothing on the wire.
    pub fn signature_cache(mut self, enabled: bool) -> Self {
        self.signature_cache = enabled;
        self
    }

    /// A text to add to the `User-Agent` header, such as `my-camera/1.2`.
    pub fn user_agent_suffix(mut self, suffix: impl Into<String>) -> Self {
        self.user_agent_suffix = Some(suffix.into());
        self
    }

    /// An HTTP client of your own, for settings this builder does not have (a proxy, certificates). It must not follow
    /// redirects. [`connect_timeout`](Self::connect_timeout) and [`read_timeout`](Self::read_timeout) are then yours to set
    /// on it.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http_client = Some(client);
        self
    }

    /// The clock that dates signatures and expires credentials; the system's by default.
    pub fn time_source(mut self, time_source: impl TimeSource + 'static) -> Self {
        self.time_source = Arc::new(time_source);
        self
    }

    /// Reads what has not been set from these environment variables: the region from `AWS_REGION`, then
    /// `AWS_DEFAULT_REGION`; credentials from `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`.
    pub fn env(mut self, env: Env) -> Self {
        self.env = Some(env);
        self
    }

    /// Checks the settings.
    ///
    /// # Errors
    /// A [`ConfigError`] that names the setting and what to do: no region or one that cannot stand in a host name, an
    /// endpoint that is not a base URL, an unknown placeholder in it.
    pub fn build(self) -> Result<Config, ConfigError> {
        let env_region = || {
            let env = self.env.as_ref()?;
            ["AWS_REGION", "AWS_DEFAULT_REGION"].iter().find_map(|name| env.get(name).filter(|region| !region.is_empty()))
        };
        let region = Region::new(self.region.clone().or_else(env_region).ok_or(ConfigError::MissingRegion)?)?;
        let credentials = match self.credentials {
            Some(provider) => provider,
            None => Arc::new(EnvironmentCredentials::new(self.env.unwrap_or_else(Env::process))),
        };
        let config = Config(Arc::new(Inner {
            region,
            endpoint: self.endpoint,
            ssl_enabled: self.ssl_enabled,
            use_fips: self.use_fips,
            use_dual_stack: self.use_dual_stack,
            credentials: CredentialsCache::new(credentials, Arc::clone(&self.time_source)),
            retry: self.retry,
            connect_timeout: self.connect_timeout,
            read_timeout: self.read_timeout,
            param_validation: self.param_validation,
            signature_cache: self.signature_cache,
            user_agent_suffix: self.user_agent_suffix,
            http_client: self.http_client,
            time_source: self.time_source,
        }));
        if config.user_agent_suffix().is_some_and(|suffix| !suffix.bytes().all(|b| (b' '..=b'~').contains(&b))) {
            return Err(ConfigError::InvalidUserAgent);
        }
        if config.endpoint().is_some() {
            // Any service's name does to find out whether the rest of the template is sound.
            config.custom_endpoint("service")?;
        }
        Ok(config)
    }
}

impl fmt::Debug for ConfigBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConfigBuilder").field("region", &self.region).finish_non_exhaustive()
    }
}

impl Config {
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

/// A setting that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConfigError {
    /// No region was given.
    MissingRegion,
    /// The region cannot stand in a host name.
    InvalidRegion {
        /// The region that was given.
        region: String,
    },
    /// The endpoint is not a base URL.
    InvalidEndpoint {
        /// The endpoint that was given, without user info.
        endpoint: String,
        /// What is wrong with it and what to do.
        reason: String,
    },
    /// The service has no endpoint for this combination of region, FIPS, dual-stack and custom endpoint.
    Endpoint(EndpointError),
    /// The addition to the user agent holds characters that a header cannot.
    InvalidUserAgent,
    /// The HTTP client could not be made; the text says why.
    HttpClient(String),
}

impl ConfigError {
    /// The code AWS SDK for JavaScript v2 uses for errors of configuration.
    pub fn code(&self) -> &'static str {
        "ConfigError"
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingRegion => {
                f.write_str("Missing region in config: set `region(\"us-west-2\")`, or AWS_REGION with `Config::from_env`")
            }
            Self::InvalidRegion { region } => write!(
                f,
                "Invalid region in config: `{}` is not 1 to 63 letters, digits and inner hyphens",
                region.escape_debug()
            ),
            Self::InvalidEndpoint { endpoint, reason } => {
                write!(f, "Invalid endpoint in config: `{}`: {reason}", endpoint.escape_debug())
            }
            Self::Endpoint(error) => error.fmt(f),
            Self::InvalidUserAgent => {
                f.write_str("Invalid user agent suffix in config: it may hold printable ASCII characters only")
            }
            Self::HttpClient(reason) => write!(f, "the HTTP client could not be made: {reason}"),
        }
    }
}

impl std::error::Error for ConfigError {}

impl From<Checks> for ParamValidation {
    fn from(checks: Checks) -> Self {
        Self::On(checks)
    }
}

impl From<bool> for ParamValidation {
    /// `true` is the default set of checks, `false` is none.
    fn from(on: bool) -> Self {
        if on { Self::default() } else { Self::Off }
    }
}
