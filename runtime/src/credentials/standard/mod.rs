//! The standard chain: the places where AWS tools and SDKs look for credentials.

mod plan;
mod process;
mod send;
mod sign;
mod sources;

#[cfg(test)]
mod plan_tests;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqsign_aws_core::IMDSv2CredentialProvider;
use reqsign_core::HttpSendDyn;

use super::{
    Credentials, CredentialsError, CredentialsErrorKind, CredentialsFuture, EnvironmentCredentials, ProvideCredentials,
};
use crate::config::Proxy;
use crate::env::Env;
use crate::files::Files;
use crate::profile::{ProfileSources, Selected};
use crate::region::Region;
use plan::plan;
use send::ChainHttp;

/// How long the shared files may take to be read.
const FILES_TIMEOUT: Duration = Duration::from_secs(5);

/// The places where AWS tools and SDKs look for credentials, in their order:
///
/// 1. the environment: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`; then the same with `AMAZON_`;
/// 2. the profile (`AWS_PROFILE`, else `default`) of `~/.aws/config` and `~/.aws/credentials`: a role (`role_arn` with
///    `source_profile`, `credential_source` or `web_identity_token_file`), IAM Identity Center (`sso_session` or
///    `sso_start_url`, after `aws sso login`), keys, or a command (`credential_process`);
/// 3. a web identity: `AWS_WEB_IDENTITY_TOKEN_FILE` and `AWS_ROLE_ARN`;
/// 4. the container: `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI` or `AWS_CONTAINER_CREDENTIALS_FULL_URI`;
/// 5. the EC2 instance metadata service, unless `AWS_EC2_METADATA_DISABLED` is `true`.
///
/// A place that says nothing is passed over. One that is configured and fails ends the search: falling through to another
/// identity would hide the mistake. Either way the error lists every place that was tried, in order.
///
/// Everything is bounded: 1 second to connect, 3 seconds for the instance metadata in all, 5 for a container, 10 for each
/// exchange with a token service and 60 for a command. Files are read anew each time, so that `aws sso login` or a rotated
/// token counts with the next refresh.
///
/// What it cannot do: ask for the code of an MFA device, or renew the token of IAM Identity Center.
///
/// ```no_run
/// use kinesisvideo_runtime::credentials::{ProvideCredentials, StandardChain};
///
/// # async fn example() -> Result<(), kinesisvideo_runtime::CredentialsError> {
/// let credentials = StandardChain::new().profile("cameras").provide().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct StandardChain {
    sources: ProfileSources,
    region: Option<Region>,
    client: Option<reqwest::Client>,
    proxy: Option<Proxy>,
    http: Arc<dyn HttpSendDyn>,
    /// Keeps the session token of the metadata service.
    metadata: IMDSv2CredentialProvider,
}

impl StandardChain {
    /// The chain over the environment of the process and the file system.
    #[must_use]
    pub fn new() -> Self {
        Self {
            sources: ProfileSources::default(),
            region: None,
            client: None,
            proxy: None,
            http: Arc::new(ChainHttp::default()),
            metadata: IMDSv2CredentialProvider::new(),
        }
    }

    /// Reads these environment variables.
    #[must_use]
    pub fn env(mut self, env: Env) -> Self {
        self.sources.env = env;
        self
    }

    /// Reads these files.
    #[must_use]
    pub fn files(mut self, files: Files) -> Self {
        self.sources.files = files;
        self
    }

    /// Uses this profile in place of the one that `AWS_PROFILE` names.
    #[must_use]
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.sources.profile = Some(name.into());
        self
    }

    /// The region whose token service is asked where a profile names none; `us-east-1` by default.
    #[must_use]
    pub fn region(mut self, region: Region) -> Self {
        self.region = Some(region);
        self
    }

    /// Sends requests to the token services with this client. Metadata and container endpoints are always reached
    /// directly.
    #[must_use]
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.client = Some(client);
        self.with_own_http()
    }

    /// The chain of a configuration.
    pub(crate) fn of_config(
        sources: ProfileSources,
        region: Region,
        client: Option<reqwest::Client>,
        proxy: Option<Proxy>,
    ) -> Self {
        Self { sources, region: Some(region), client, proxy, ..Self::new() }.with_own_http()
    }

    fn with_own_http(mut self) -> Self {
        self.http = Arc::new(ChainHttp::new(self.client.clone(), self.proxy.clone()));
        self
    }

    #[cfg(test)]
    fn http(mut self, http: Arc<dyn HttpSendDyn>) -> Self {
        self.http = http;
        self
    }

    async fn search(&self) -> Result<Credentials, CredentialsError> {
        let mut failures = Vec::new();
        let environment = async { EnvironmentCredentials::new(self.sources.env.clone()).provide().await };
        let places: [CredentialsFuture<'_>; 5] = [
            Box::pin(environment),
            Box::pin(self.profile_credentials()),
            Box::pin(self.web_identity()),
            Box::pin(self.container()),
            Box::pin(self.instance_metadata()),
        ];
        for place in places {
            match place.await.and_then(|credentials| credentials.check().map(|()| credentials)) {
                Ok(credentials) => return Ok(credentials),
                Err(error) => {
                    let goes_on = error.kind() == CredentialsErrorKind::NotFound;
                    failures.push(error);
                    if !goes_on {
                        break;
                    }
                }
            }
        }
        Err(CredentialsError::chain(failures))
    }

    async fn profile_credentials(&self) -> Result<Credentials, CredentialsError> {
        let Selected { profiles, name } = self.profiles().await?;
        let source = plan(&profiles, &name)?;
        let provider = plan::provider(&name);
        tracing::debug!(profile = name, ?source, "credentials of a profile");
        let credentials = self.run(&source, &provider).await?;
        Ok(credentials.with_provider_name(provider))
    }

    async fn profiles(&self) -> Result<Selected, CredentialsError> {
        let sources = self.sources.clone();
        let reading = tokio::task::spawn_blocking(move || sources.load());
        match tokio::time::timeout(FILES_TIMEOUT, reading).await {
            Ok(Ok(Ok(selected))) => Ok(selected),
            Ok(Ok(Err(error))) => Err(CredentialsError::invalid("profile", error.to_string(), "")),
            Ok(Err(_)) => Err(CredentialsError::provider_failed("profile", "reading the shared files was cut short")),
            Err(_) => Err(CredentialsError::provider_failed("profile", "reading the shared files took too long")),
        }
    }
}

impl Default for StandardChain {
    fn default() -> Self {
        Self::new()
    }
}

impl ProvideCredentials for StandardChain {
    fn name(&self) -> &str {
        "standard chain"
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(self.search())
    }
}

impl fmt::Debug for StandardChain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StandardChain").field("sources", &self.sources).field("region", &self.region).finish()
    }
}
