//! From settings to a configuration: what was left out is looked up, and everything is checked.

use std::sync::Arc;

use crate::credentials::{CredentialsCache, IdentityCache, ProvideCredentials};
use crate::monitoring::Monitoring;
use crate::profile::{ProfileSources, Selected};
use crate::region::Region;
use crate::retry::RetryConfig;

use super::pseudo_region::real_region;
use super::{Config, ConfigBuilder, ConfigError, ConfiguredEndpoints, Execution, Inner, Lookup};

impl ConfigBuilder {
    /// Checks the settings, and reads what is not given in code as [`env`](Self::env) says.
    ///
    /// # Errors
    /// A [`ConfigError`] that names the setting and what to do: no region or one that cannot stand in a host name, an
    /// endpoint that is not a base URL, an unknown placeholder in it; with [`env`](Self::env) or [`profile`](Self::profile)
    /// also a variable or file that cannot be used.
    pub fn build(mut self) -> Result<Config, ConfigError> {
        let sources = ProfileSources {
            env: self.env.clone().unwrap_or_default(),
            files: self.files.clone(),
            profile: self.profile.clone(),
        };
        let selected = match self.env.is_some() || self.profile.is_some() {
            true => Some(sources.load()?),
            false => None,
        };
        let section = selected.as_ref().and_then(Selected::section);
        let lookup = Lookup { env: self.env.as_ref(), profile: section };

        let (region, is_fips) = match self.region.take() {
            Some(name) => {
                let (name, is_fips) = real_region(&name);
                (Region::new(name)?, is_fips)
            }
            None => lookup.region()?.ok_or(ConfigError::MissingRegion)?,
        };
        let use_fips = match self.use_fips {
            _ if is_fips => true,
            Some(use_fips) => use_fips,
            None => lookup.flag("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint")?.unwrap_or(false),
        };
        let use_dual_stack = match self.use_dual_stack {
            Some(use_dual_stack) => use_dual_stack,
            None => lookup.flag("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint")?.unwrap_or(false),
        };
        let retry = RetryConfig {
            max_retries: match self.max_retries {
                Some(max_retries) => max_retries,
                None => match lookup.count("AWS_MAX_ATTEMPTS", "max_attempts")? {
                    Some(attempts) => attempts - 1,
                    None => RetryConfig::default().max_retries,
                },
            },
            delay: self.retry_delay.clone(),
        };
        let endpoints = match self.endpoint {
            Some(_) => ConfiguredEndpoints::default(),
            None => ConfiguredEndpoints::find(self.env.as_ref(), selected.as_ref())?,
        };
        let monitoring = self.monitoring(&lookup)?;
        let execution = self.env.as_ref().map(Execution::find).transpose()?.unwrap_or_default();
        self.check()?;
        let provider = self.credentials.take().unwrap_or_else(|| self.default_credentials(sources, &region));
        let config = Config(Arc::new(Inner {
            region,
            endpoints,
            use_fips,
            use_dual_stack,
            credentials: CredentialsCache::new(provider, Arc::clone(&self.time_source)),
            bearer_token: self
                .bearer_token
                .map(|provider| Arc::new(IdentityCache::new(provider, Arc::clone(&self.time_source)))),
            token_env: self.env,
            retry,
            params: self.params?,
            endpoint: self.endpoint,
            ssl_enabled: self.ssl_enabled,
            connect_timeout: self.connect_timeout,
            read_timeout: self.read_timeout,
            max_redirects: self.max_redirects,
            proxy: self.proxy,
            param_validation: self.param_validation,
            convert_response_types: self.convert_response_types,
            correct_clock_skew: self.correct_clock_skew,
            system_clock_offset: self.system_clock_offset,
            signature_cache: self.signature_cache,
            compute_checksums: self.compute_checksums,
            host_prefix_enabled: self.host_prefix_enabled,
            endpoint_discovery_enabled: self.endpoint_discovery_enabled.unwrap_or(false),
            api_version: self.api_version,
            api_versions: self.api_versions,
            user_agent_suffix: self.user_agent_suffix,
            execution,
            http_client: self.http_client,
            interceptors: self.interceptors,
            logger: self.logger,
            monitoring,
            time_source: self.time_source,
            jitter: self.jitter,
            ignored: self.ignored,
        }));
        if config.endpoint().is_some() {
            // Any service's name does to find out whether the rest of the template is sound.
            config.names("service").endpoint(config.endpoint().unwrap_or_default())?;
        }
        Ok(config)
    }

    /// Whether and where monitoring data is published.
    fn monitoring(&self, lookup: &Lookup<'_>) -> Result<Option<Monitoring>, ConfigError> {
        // As in the original, any text but these two means yes.
        let asked_for = || {
            let text = lookup.text("AWS_CSM_ENABLED", "csm_enabled");
            text.is_some_and(|text| !matches!(&*text, "false" | "0"))
        };
        if !self.monitoring_enabled.unwrap_or_else(asked_for) {
            return Ok(None);
        }
        if let Some(monitoring) = &self.monitoring {
            return Ok(Some(monitoring.clone()));
        }
        let mut monitoring = Monitoring::default();
        if let Some(host) = lookup.text("AWS_CSM_HOST", "csm_host") {
            monitoring = monitoring.host(host);
        }
        if let Some(port) = lookup.port("AWS_CSM_PORT", "csm_port")? {
            monitoring = monitoring.port(port);
        }
        if let Some(client_id) = lookup.text("AWS_CSM_CLIENT_ID", "csm_client_id") {
            monitoring = monitoring.client_id(client_id);
        }
        Ok(Some(monitoring))
    }

    /// Refuses what is wrong whatever the region and the service.
    fn check(&self) -> Result<(), ConfigError> {
        if let Some(suffix) = &self.user_agent_suffix
            && !suffix.bytes().all(|b| (b' '..=b'~').contains(&b))
        {
            return Err(ConfigError::InvalidUserAgent);
        }
        if let Some(version) = self.signature_version.as_deref()
            && version != "v4"
        {
            return Err(ConfigError::SignatureVersion { version: version.to_owned() });
        }
        if self.endpoint.is_some() && self.endpoint_discovery_enabled == Some(true) {
            return Err(ConfigError::EndpointDiscovery);
        }
        match &self.proxy {
            Some(proxy) => proxy.to_reqwest().map(|_| ()),
            None => Ok(()),
        }
    }

    #[cfg(feature = "standard-chain")]
    fn default_credentials(&self, sources: ProfileSources, region: &Region) -> Arc<dyn ProvideCredentials> {
        let (client, proxy) = (self.http_client.clone(), self.proxy.clone());
        Arc::new(crate::credentials::StandardChain::of_config(sources, region.clone(), client, proxy))
    }

    #[cfg(not(feature = "standard-chain"))]
    fn default_credentials(&self, sources: ProfileSources, _: &Region) -> Arc<dyn ProvideCredentials> {
        Arc::new(crate::credentials::EnvironmentCredentials::new(sources.env))
    }
}
