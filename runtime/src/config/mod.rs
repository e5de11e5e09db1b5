//! Configuration of a client.
//!
//! # What wins
//!
//! What code says comes first, then the environment, then the profile, then the default. The environment and the profile are
//! read by [`Config::from_env`], [`Config::from_json`] and builders with [`ConfigBuilder::env`]; with
//! [`ConfigBuilder::profile`] alone, the profile is.
//!
//! | setting | code | environment | profile | default |
//! |---|---|---|---|---|
//! | region | [`region`] | `AWS_REGION`, `AMAZON_REGION`, `AWS_DEFAULT_REGION` | `region` | none: an error |
//! | endpoint | [`endpoint`] | `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL` | `endpoint_url` below the service's name in the section that `services` names, `endpoint_url` | the region's |
//! | do endpoints outside of code count | | `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` | `ignore_configured_endpoint_urls` | `false`: they do |
//! | FIPS endpoint | [`use_fips`] | `AWS_USE_FIPS_ENDPOINT` | `use_fips_endpoint` | `false` |
//! | dual-stack endpoint | [`use_dual_stack`] | `AWS_USE_DUALSTACK_ENDPOINT` | `use_dualstack_endpoint` | `false` |
//! | retries | [`max_retries`] | `AWS_MAX_ATTEMPTS`: requests, one more than retries | `max_attempts`: likewise | 3 retries |
//! | monitoring | [`client_side_monitoring`] | `AWS_CSM_ENABLED`, `AWS_CSM_HOST`, `AWS_CSM_PORT`, `AWS_CSM_CLIENT_ID` | `csm_enabled`, `csm_host`, `csm_port`, `csm_client_id` | off |
//! | credentials | [`credentials`], [`credentials_provider`] | `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`; the same with `AMAZON_` | see [`StandardChain`] | web identity, container, instance metadata: see [`StandardChain`] |
//! | bearer token | [`bearer_token`], [`bearer_token_provider`] | `AWS_BEARER_TOKEN_<SIGNING_NAME>`, such as `AWS_BEARER_TOKEN_BEDROCK` | | none |
//! | profile | [`profile`] | `AWS_PROFILE` | | `default` |
//! | user agent | [`user_agent_suffix`] adds to it | `AWS_EXECUTION_ENV` adds `exec-env/…` | | |
//! | `X-Amzn-Trace-Id` | a header of [`Interceptor::on_build`] | `_X_AMZN_TRACE_ID` at each call, if `AWS_LAMBDA_FUNCTION_NAME` is set | | not sent |
//! | shared files | | `AWS_CONFIG_FILE`, `AWS_SHARED_CREDENTIALS_FILE` | | `~/.aws/config`, `~/.aws/credentials` |
//!
//! * Where a cell names several, the first that is set counts. An empty variable or setting counts as unset.
//! * `<SERVICE>` is the service's SDK ID in capitals with underscores, as in
//!   `AWS_ENDPOINT_URL_KINESIS_VIDEO_WEBRTC_STORAGE`; in a `[services]` section it is in small letters.
//! * A region of the form `fips-us-west-2` or `us-west-2-fips` means `us-west-2` and its FIPS endpoint, `aws-global` means
//!   `us-east-1`, `aws-us-gov-global` means `us-gov-west-1`, whoever says so.
//! * The two shared files are merged; where both set something, the credentials file counts. A file that a variable names
//!   must exist, as must a profile that code or `AWS_PROFILE` names.
//! * A value that cannot be used is an error that names its variable or its file and line, unless something above it in this
//!   order hides it. A malformed shared file is always one.
//!
//! [`region`]: ConfigBuilder::region
//! [`endpoint`]: ConfigBuilder::endpoint
//! [`use_fips`]: ConfigBuilder::use_fips
//! [`use_dual_stack`]: ConfigBuilder::use_dual_stack
//! [`max_retries`]: ConfigBuilder::max_retries
//! [`client_side_monitoring`]: ConfigBuilder::client_side_monitoring
//! [`credentials`]: ConfigBuilder::credentials
//! [`credentials_provider`]: ConfigBuilder::credentials_provider
//! [`bearer_token`]: ConfigBuilder::bearer_token
//! [`bearer_token_provider`]: ConfigBuilder::bearer_token_provider
//! [`profile`]: ConfigBuilder::profile
//! [`user_agent_suffix`]: ConfigBuilder::user_agent_suffix
//! [`Interceptor::on_build`]: crate::Interceptor::on_build
//! [`StandardChain`]: crate::credentials#the-standard-chain

mod builder;
mod endpoints;
mod error;
mod execution;
mod json;
mod lookup;
mod proxy;
mod pseudo_region;
mod resolve;
mod version;

#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value};

use crate::credentials::{BearerToken, CredentialsCache, IdentityCache, ProvideBearerToken};
use crate::endpoint::BuiltIns;
use crate::env::Env;
use crate::input::{BindParams, NO_PARAMS};
use crate::interceptor::Interceptor;
use crate::logger::LogCalls;
use crate::monitoring::Monitoring;
use crate::named::Named;
use crate::operation::Service;
use crate::region::Region;
use crate::retry::RetryConfig;
use crate::time::TimeSource;
use crate::url::Endpoint;
use crate::validate::ParamValidation;

pub use builder::ConfigBuilder;
pub use error::ConfigError;
pub use json::{IgnoredOption, IgnoredReason};
pub use version::ApiVersion;

use endpoints::{ConfiguredEndpoints, Names};
use execution::Execution;
use lookup::Lookup;
pub(crate) use proxy::Proxy;

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
    endpoints: ConfiguredEndpoints,
    ssl_enabled: bool,
    use_fips: bool,
    use_dual_stack: bool,
    credentials: CredentialsCache,
    bearer_token: Option<Arc<IdentityCache<BearerToken>>>,
    /// Where tokens of single services are looked up.
    token_env: Option<Env>,
    retry: RetryConfig,
    connect_timeout: Option<Duration>,
    read_timeout: Option<Duration>,
    max_redirects: u32,
    proxy: Option<Proxy>,
    params: Option<Arc<dyn BindParams>>,
    param_validation: ParamValidation,
    convert_response_types: bool,
    correct_clock_skew: bool,
    system_clock_offset: i64,
    signature_cache: bool,
    compute_checksums: bool,
    host_prefix_enabled: bool,
    endpoint_discovery_enabled: bool,
    api_version: Option<String>,
    api_versions: Named<String>,
    user_agent_suffix: Option<String>,
    execution: Execution,
    http_client: Option<reqwest::Client>,
    time_source: Arc<dyn TimeSource>,
    ignored: Vec<IgnoredOption>,
    jitter: Arc<dyn Fn() -> f64 + Send + Sync>,
    interceptors: Vec<Arc<dyn Interceptor>>,
    logger: Option<Arc<dyn LogCalls>>,
    monitoring: Option<Monitoring>,
}

impl Config {
    /// Starts an empty configuration. [`ConfigBuilder::region`] is the only setting without a default.
    pub fn builder() -> ConfigBuilder {
        ConfigBuilder::default()
    }

    /// Reads all settings from the environment of the process and from the shared files, as
    /// [the table](self#what-wins) says.
    ///
    /// # Errors
    /// [`ConfigError::MissingRegion`] when no region is set; [`ConfigError::Environment`], [`ConfigError::SharedFile`] and
    /// [`ConfigError::UnknownProfile`] for what cannot be used. Missing credentials are reported by the first call that
    /// needs them.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::builder().env(Env::process()).build()
    }

    /// The region requests are signed for.
    pub fn region(&self) -> &Region {
        &self.0.region
    }

    /// Whether the region's FIPS endpoint is used.
    pub fn use_fips(&self) -> bool {
        self.0.use_fips
    }

    /// Whether the region's dual-stack endpoint is used.
    pub fn use_dual_stack(&self) -> bool {
        self.0.use_dual_stack
    }

    /// Whether endpoints that name no scheme are reached over TLS.
    pub fn ssl_enabled(&self) -> bool {
        self.0.ssl_enabled
    }

    /// How calls are retried.
    pub fn retry(&self) -> &RetryConfig {
        &self.0.retry
    }

    /// Which rules of the model are checked before sending.
    pub fn param_validation(&self) -> ParamValidation {
        self.0.param_validation
    }

    /// Parameters to fill in where a call leaves them out.
    pub fn params(&self) -> &Map<String, Value> {
        self.bound_params().map_or(&NO_PARAMS, BindParams::values)
    }

    pub(crate) fn bound_params(&self) -> Option<&dyn BindParams> {
        self.0.params.as_deref()
    }

    /// Whether JSON outputs are read as the model says.
    pub fn convert_response_types(&self) -> bool {
        self.0.convert_response_types
    }

    /// Whether bodies get a `Content-MD5` where the model asks for one.
    pub fn compute_checksums(&self) -> bool {
        self.0.compute_checksums
    }

    /// Whether operations whose model asks for it put a prefix before the host name.
    pub fn host_prefix_enabled(&self) -> bool {
        self.0.host_prefix_enabled
    }

    /// Whether operations may ask the service for the endpoint to use.
    pub fn endpoint_discovery_enabled(&self) -> bool {
        self.0.endpoint_discovery_enabled
    }

    /// The version of the API that a client of this configuration uses, `known` being the versions it was generated for.
    ///
    /// What [`ConfigBuilder::api_versions`] says of the service wins over [`ConfigBuilder::api_version`].
    ///
    /// # Errors
    /// [`ConfigError::ApiVersion`] when all of them are after the version that was set.
    pub fn resolve_api_version(
        &self,
        service: &'static Service,
        known: &'static [&'static str],
    ) -> Result<ApiVersion, ConfigError> {
        let constraint = self.0.api_versions.get(service.identifier).filter(|version| !version.is_empty());
        let constraint = constraint.or(self.0.api_version.as_ref()).filter(|version| !version.is_empty());
        ApiVersion::resolve(constraint.map_or("latest", String::as_str), known).map_err(|error| match error {
            ConfigError::ApiVersion { constraint, known, .. } => {
                ConfigError::ApiVersion { service: Some(service.identifier), constraint, known }
            }
            error => error,
        })
    }

    /// The options of [`ConfigBuilder::json`] that were accepted and have no effect, with the reasons.
    pub fn ignored_options(&self) -> &[IgnoredOption] {
        &self.0.ignored
    }

    /// The custom endpoint of code, as it was given.
    pub(crate) fn endpoint(&self) -> Option<&str> {
        self.0.endpoint.as_deref()
    }

    pub(crate) fn scheme(&self) -> &'static str {
        if self.ssl_enabled() { "https" } else { "http" }
    }

    pub(crate) fn credentials(&self) -> &CredentialsCache {
        &self.0.credentials
    }

    /// The bearer token for a service: that of code, else of the environment.
    pub(crate) fn bearer_token(&self, service: &Service) -> Option<Arc<IdentityCache<BearerToken>>> {
        self.0.bearer_token.clone().or_else(|| {
            let token = BearerToken::of_env(self.0.token_env.as_ref()?, service.signing_name)?;
            let provider: Arc<dyn ProvideBearerToken> = Arc::new(token);
            Some(Arc::new(IdentityCache::new(provider, Arc::clone(&self.0.time_source))))
        })
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

    pub(crate) fn logger(&self) -> Option<&dyn LogCalls> {
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

    /// What the user agent says after the name of this library.
    pub(crate) fn user_agent_parts(&self) -> impl Iterator<Item = String> {
        let environment = self.0.execution.environment.as_ref().map(|environment| format!("exec-env/{environment}"));
        let discovery = self.0.endpoint_discovery_enabled.then(|| "endpoint-discovery".to_owned());
        environment.into_iter().chain(self.0.user_agent_suffix.clone()).chain(discovery)
    }

    /// The trace that the invocation of a Lambda function belongs to.
    pub(crate) fn trace_id(&self) -> Option<::http::HeaderValue> {
        self.0.execution.trace_id()
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

    /// The custom endpoint for a service: that of code, else of the environment, else of the profile.
    pub(crate) fn custom_endpoint(&self, service: &Service) -> Result<Option<Endpoint>, ConfigError> {
        let names = self.names(service.endpoint_prefix);
        match self.endpoint() {
            Some(template) => names.endpoint(template).map(Some),
            None => self.0.endpoints.resolve(service.sdk_id, &names),
        }
    }

    fn names<'a>(&'a self, service: &'a str) -> Names<'a> {
        Names { service, region: self.region().as_str(), scheme: self.scheme() }
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
            .field("bearer_token", &self.0.bearer_token)
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
