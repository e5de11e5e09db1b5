//! Building a configuration.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::proxy::Proxy;
use super::{Config, ConfigError, Inner};
use crate::credentials::{Credentials, CredentialsCache, EnvironmentCredentials, ProvideCredentials};
use crate::env::Env;
use crate::interceptor::Interceptor;
use crate::logger::RequestLogger;
use crate::monitoring::Monitoring;
use crate::random;
use crate::region::Region;
use crate::retry::{RetryConfig, RetryDelay};
use crate::time::{SystemTimeSource, TimeSource};
use crate::validate::ParamValidation;

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
            max_redirects: 10,
            proxy: None,
            param_validation: ParamValidation::default(),
            correct_clock_skew: false,
            system_clock_offset: 0,
            signature_cache: true,
            user_agent_suffix: None,
            http_client: None,
            time_source: Arc::new(SystemTimeSource),
            jitter: Arc::new(random::fraction),
            interceptors: Vec::new(),
            logger: None,
            monitoring: None,
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

    /// How many redirects of one call are followed; 10 by default. Each is signed anew for the host it leads to, with the
    /// same method and body; none leads from `https` to `http`.
    pub fn max_redirects(mut self, redirects: u32) -> Self {
        self.max_redirects = redirects;
        self
    }

    /// The proxy that requests go through, such as `http://user:password@proxy.example:3128`; none by default, and none is
    /// read from the environment. Requests to `https` endpoints are tunnelled with `CONNECT`.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = Some(Proxy::new(url.into()));
        self
    }

    /// Whether a clock of this machine that is off by 5 minutes or more is made up for; `false` by default. The service's
    /// `Date` headers tell, and a request that was refused for it is signed with the corrected time and sent again.
    pub fn correct_clock_skew(mut self, enabled: bool) -> Self {
        self.correct_clock_skew = enabled;
        self
    }

    /// How many milliseconds the service's clock is ahead of this machine's; 0 by default, negative when it is behind.
    pub fn system_clock_offset(mut self, milliseconds: i64) -> Self {
        self.system_clock_offset = milliseconds;
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

    /// The source of the numbers in 0..1 that retry delays are multiplied with: for tests that want the same delays each time.
    pub fn jitter(mut self, jitter: impl Fn() -> f64 + Send + Sync + 'static) -> Self {
        self.jitter = Arc::new(jitter);
        self
    }

    /// Adds a hook into every call, after those added before.
    pub fn interceptor(mut self, interceptor: impl Interceptor + 'static) -> Self {
        self.interceptors.push(Arc::new(interceptor));
        self
    }

    /// Takes one line for every call that has ended; none by default.
    pub fn logger(mut self, logger: impl RequestLogger + 'static) -> Self {
        self.logger = Some(Arc::new(logger));
        self
    }

    /// Publishes monitoring data of every attempt and call over UDP; off by default.
    pub fn client_side_monitoring(mut self, monitoring: Monitoring) -> Self {
        self.monitoring = Some(monitoring);
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
            max_redirects: self.max_redirects,
            proxy: self.proxy,
            param_validation: self.param_validation,
            correct_clock_skew: self.correct_clock_skew,
            system_clock_offset: self.system_clock_offset,
            signature_cache: self.signature_cache,
            user_agent_suffix: self.user_agent_suffix,
            http_client: self.http_client,
            time_source: self.time_source,
            jitter: self.jitter,
            interceptors: self.interceptors,
            logger: self.logger,
            monitoring: self.monitoring,
        }));
        if config.user_agent_suffix().is_some_and(|suffix| !suffix.bytes().all(|b| (b' '..=b'~').contains(&b))) {
            return Err(ConfigError::InvalidUserAgent);
        }
        if let Some(proxy) = config.proxy() {
            proxy.to_reqwest()?;
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
