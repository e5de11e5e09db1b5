//! Building a configuration.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;

use super::ConfigError;
use super::json::IgnoredOption;
use super::proxy::Proxy;
use crate::credentials::{BearerToken, Credentials, ProvideBearerToken, ProvideCredentials};
use crate::env::Env;
use crate::files::Files;
use crate::input::{BindParams, Bound};
use crate::interceptor::Interceptor;
use crate::logger::{Lines, LogCalls, RequestLogger};
use crate::monitoring::Monitoring;
use crate::named::Named;
use crate::random;
use crate::retry::RetryDelay;
use crate::time::{SystemTimeSource, TimeSource};
use crate::validate::ParamValidation;

/// Settings on their way to a [`Config`](crate::Config); everything is checked by [`build`](Self::build).
#[derive(Clone)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ConfigBuilder {
    pub(super) region: Option<String>,
    pub(super) endpoint: Option<String>,
    pub(super) ssl_enabled: bool,
    pub(super) use_fips: Option<bool>,
    pub(super) use_dual_stack: Option<bool>,
    pub(super) credentials: Option<Arc<dyn ProvideCredentials>>,
    pub(super) bearer_token: Option<Arc<dyn ProvideBearerToken>>,
    pub(super) max_retries: Option<u32>,
    pub(super) retry_delay: RetryDelay,
    pub(super) connect_timeout: Option<Duration>,
    pub(super) read_timeout: Option<Duration>,
    pub(super) max_redirects: u32,
    pub(super) proxy: Option<Proxy>,
    pub(super) params: Result<Option<Arc<dyn BindParams>>, ConfigError>,
    pub(super) param_validation: ParamValidation,
    pub(super) convert_response_types: bool,
    pub(super) correct_clock_skew: bool,
    pub(super) system_clock_offset: i64,
    pub(super) signature_version: Option<String>,
    pub(super) signature_cache: bool,
    pub(super) compute_checksums: bool,
    pub(super) host_prefix_enabled: bool,
    pub(super) endpoint_discovery_enabled: Option<bool>,
    pub(super) api_version: Option<String>,
    pub(super) api_versions: Named<String>,
    pub(super) user_agent_suffix: Option<String>,
    pub(super) http_client: Option<reqwest::Client>,
    pub(super) time_source: Arc<dyn TimeSource>,
    pub(super) jitter: Arc<dyn Fn() -> f64 + Send + Sync>,
    pub(super) interceptors: Vec<Arc<dyn Interceptor>>,
    pub(super) logger: Option<Arc<dyn LogCalls>>,
    pub(super) monitoring: Option<Monitoring>,
    pub(super) monitoring_enabled: Option<bool>,
    pub(super) env: Option<Env>,
    pub(super) files: Files,
    pub(super) profile: Option<String>,
    pub(super) ignored: Vec<IgnoredOption>,
}

impl Default for ConfigBuilder {
    fn default() -> Self {
        Self {
            region: None,
            endpoint: None,
            ssl_enabled: true,
            use_fips: None,
            use_dual_stack: None,
            credentials: None,
            bearer_token: None,
            max_retries: None,
            retry_delay: RetryDelay::default(),
            connect_timeout: None,
            read_timeout: Some(Duration::from_secs(120)),
            max_redirects: 10,
            proxy: None,
            params: Ok(None),
            param_validation: ParamValidation::default(),
            convert_response_types: true,
            correct_clock_skew: false,
            system_clock_offset: 0,
            signature_version: None,
            signature_cache: true,
            compute_checksums: true,
            host_prefix_enabled: true,
            endpoint_discovery_enabled: None,
            api_version: None,
            api_versions: Named::default(),
            user_agent_suffix: None,
            http_client: None,
            time_source: Arc::new(SystemTimeSource),
            jitter: Arc::new(random::fraction),
            interceptors: Vec::new(),
            logger: None,
            monitoring: None,
            monitoring_enabled: None,
            env: None,
            files: Files::system(),
            profile: None,
            ignored: Vec::new(),
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
        self.use_fips = Some(enabled);
        self
    }

    /// Whether to use the region's dual-stack (IPv4 and IPv6) endpoint; `false` by default. Cannot be combined with a custom
    /// endpoint.
    pub fn use_dual_stack(mut self, enabled: bool) -> Self {
        self.use_dual_stack = Some(enabled);
        self
    }

    /// Fixed credentials.
    ///
    /// Without any, and without a provider, they come from
    /// [the standard chain](crate::credentials#the-standard-chain) when the feature `standard-chain` is on, else from the
    /// environment variables alone.
    pub fn credentials(self, credentials: Credentials) -> Self {
        self.credentials_provider(credentials)
    }

    /// A source of credentials: asked before the first request and again shortly before the credentials expire.
    pub fn credentials_provider(mut self, provider: impl ProvideCredentials + 'static) -> Self {
        self.credentials = Some(Arc::new(provider));
        self
    }

    /// A fixed bearer token, for services that take one: see [bearer tokens](crate::credentials#bearer-tokens).
    ///
    /// Operations that take either a token or a signature are sent with the token once one is set. Without one here, and with
    /// [`env`](Self::env), the variable `AWS_BEARER_TOKEN_<SERVICE>` holds it, `<SERVICE>` being what requests would be signed
    /// for: `AWS_BEARER_TOKEN_BEDROCK`.
    pub fn bearer_token(self, token: BearerToken) -> Self {
        self.bearer_token_provider(token)
    }

    /// A source of bearer tokens: asked before the first request and again shortly before the token expires.
    pub fn bearer_token_provider(mut self, provider: impl ProvideBearerToken + 'static) -> Self {
        self.bearer_token = Some(Arc::new(provider));
        self
    }

    /// How many times a call is sent again after its first request; 3 by default, 0 for never.
    ///
    /// What is retried: transport errors, statuses from 500, 429, and throttling. A retry after a lost response may repeat
    /// an operation that the service has already carried out.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.max_retries = Some(retries);
        self
    }

    /// How long to wait before each retry; exponential from 100 ms with full jitter by default.
    pub fn retry_delay(mut self, delay: RetryDelay) -> Self {
        self.retry_delay = delay;
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

    /// Parameters to fill in where a call leaves them out: those its operation has, top level only. A value given with
    /// the call wins.
    ///
    /// The names are those of the model, such as `channelArn`. A value that is not a structure is an error of
    /// [`build`](Self::build).
    pub fn params(mut self, params: impl Serialize) -> Self {
        self.params = serde_json::to_value(params).map_or_else(|error| Err(unwritable(&error)), bound);
        self
    }

    /// Which rules of the model are checked before sending; names, types, required members and lower bounds by default.
    pub fn param_validation(mut self, validation: impl Into<ParamValidation>) -> Self {
        self.param_validation = validation.into();
        self
    }

    /// Whether JSON outputs are read as the model says; `true` by default. With `false`, [`Client::call`] gives the
    /// response's JSON as it is, members the model does not know included. Typed outputs are always read.
    ///
    /// [`Client::call`]: crate::Client::call
    pub fn convert_response_types(mut self, enabled: bool) -> Self {
        self.convert_response_types = enabled;
        self
    }

    /// The latest version of a service's API that may be used: a date such as `2018-05-10`, or `latest`, the default. See
    /// [`ApiVersion::resolve`](crate::ApiVersion::resolve). It never appears in a request.
    pub fn api_version(mut self, version: impl Into<String>) -> Self {
        self.api_version = Some(version.into());
        self
    }

    /// Adds versions for single services, which win over [`api_version`](Self::api_version): pairs of an identifier, such
    /// as `kinesisvideowebrtcstorage`, and a version. Services no client is made of are ignored.
    pub fn api_versions<I: Into<String>, V: Into<String>>(
        mut self,
        versions: impl IntoIterator<Item = (I, V)>,
    ) -> Self {
        self.api_versions.extend(versions.into_iter().map(|(service, version)| (service.into(), version.into())));
        self
    }

    /// How requests are signed: `v4`, which is the default and all there is; [`build`](Self::build) refuses anything else.
    pub fn signature_version(mut self, version: impl Into<String>) -> Self {
        self.signature_version = Some(version.into());
        self
    }

    /// Whether bodies get a `Content-MD5` where the model asks for one; `true` by default. No operation of these services
    /// does; the hash that is part of the signature is not affected.
    pub fn compute_checksums(mut self, enabled: bool) -> Self {
        self.compute_checksums = enabled;
        self
    }

    /// Whether operations whose model asks for it put a prefix before the host name; `true` by default.
    pub fn host_prefix_enabled(mut self, enabled: bool) -> Self {
        self.host_prefix_enabled = enabled;
        self
    }

    /// Whether operations may ask the service for the endpoint to use; `false` by default. No operation of these services
    /// does; `true` cannot be combined with [`endpoint`](Self::endpoint) and is noted in the user agent.
    pub fn endpoint_discovery_enabled(mut self, enabled: bool) -> Self {
        self.endpoint_discovery_enabled = Some(enabled);
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
    /// redirects, and needs a TLS backend of its own to reach `https` endpoints. [`connect_timeout`](Self::connect_timeout) and [`read_timeout`](Self::read_timeout) are then yours to set
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
        self.logger = Some(Arc::new(Lines(logger)));
        self
    }

    /// Publishes monitoring data of every attempt and call over UDP; off by default.
    pub fn client_side_monitoring(mut self, monitoring: Monitoring) -> Self {
        self.monitoring = Some(monitoring);
        self.monitoring_enabled = Some(true);
        self
    }

    /// Reads what has not been set from these environment variables, and from the shared files they lead to; see
    /// [the table](crate::config#what-wins). Without it, only credentials are looked up outside of code.
    pub fn env(mut self, env: Env) -> Self {
        self.env = Some(env);
        self
    }

    /// Where the shared files are read; the file system by default.
    pub fn files(mut self, files: Files) -> Self {
        self.files = files;
        self
    }

    /// The profile of the shared files to read what has not been set from, in place of the one that `AWS_PROFILE` names.
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.profile = Some(name.into());
        self
    }
}

impl fmt::Debug for ConfigBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConfigBuilder").field("region", &self.region).finish_non_exhaustive()
    }
}

fn bound(params: Value) -> Result<Option<Arc<dyn BindParams>>, ConfigError> {
    match params {
        Value::Object(params) => Ok(Some(Arc::new(Bound(params)))),
        _ => Err(ConfigError::InvalidParams { reason: "expected a structure of named parameters".to_owned() }),
    }
}

fn unwritable(error: &serde_json::Error) -> ConfigError {
    ConfigError::InvalidParams { reason: format!("they cannot be written as JSON ({error})") }
}
