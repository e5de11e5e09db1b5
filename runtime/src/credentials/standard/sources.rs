//! Asks the places where credentials are.

use std::collections::HashMap;
use std::error::Error as _;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use reqsign_aws_core::{
    AssumeRoleCredentialProvider, AssumeRoleWithWebIdentityCredentialProvider, Credential, ECSCredentialProvider,
    ProcessCredentialProvider, SSOCredentialProvider, StaticCredentialProvider,
};
use reqsign_core::{Context, FileRead, ProvideCredential, Signer, StaticEnv};

use super::StandardChain;
use super::plan::{Role, Source, Sso, WebIdentity};
use super::process::Shell;
use super::sign::StsSigner;
use crate::credentials::{
    Credentials, CredentialsError, CredentialsFuture, EnvironmentCredentials, ProvideCredentials,
};
use crate::files::Files;

const TOKEN_SERVICE_TIMEOUT: Duration = Duration::from_secs(10);
const PROCESS_TIMEOUT: Duration = Duration::from_secs(60);
const CONTAINER_TIMEOUT: Duration = Duration::from_secs(5);
const METADATA_TIMEOUT: Duration = Duration::from_secs(3);

/// What a session of a role is called that has no name of its own: it appears in the service's audit logs.
const SESSION_NAME: &str = env!("CARGO_PKG_NAME");

impl StandardChain {
    /// Asks a source; `provider` is what messages call it.
    pub(super) fn run<'a>(&'a self, source: &'a Source, provider: &'a str) -> CredentialsFuture<'a> {
        Box::pin(async move {
            match source {
                Source::Keys(credentials) => Ok(credentials.clone()),
                Source::Environment => EnvironmentCredentials::new(self.sources.env.clone()).provide().await,
                Source::Container => self.container().await,
                Source::InstanceMetadata => self.instance_metadata().await,
                Source::Process { command } => {
                    let context = self.context().with_command_execute(Shell { command: command.clone() });
                    let process = ProcessCredentialProvider::new().with_command("credential_process");
                    ask(provider, PROCESS_TIMEOUT, &context, &process).await
                }
                Source::Sso(sso) => self.sso(sso, provider).await,
                Source::WebIdentity(identity) => self.exchange(identity, provider).await,
                Source::Role { role, by } => {
                    let by = self.run(by, provider).await?;
                    self.assume(role, &by, provider).await
                }
            }
        })
    }

    /// The web identity that the environment names.
    pub(super) async fn web_identity(&self) -> Result<Credentials, CredentialsError> {
        const NAME: &str = "web identity";
        let env = &self.sources.env;
        let Some(token_file) = env.get("AWS_WEB_IDENTITY_TOKEN_FILE") else {
            return Err(CredentialsError::not_found(NAME, "AWS_WEB_IDENTITY_TOKEN_FILE is not set", ""));
        };
        let role_arn = env.get("AWS_ROLE_ARN").ok_or_else(|| {
            let reason = "AWS_WEB_IDENTITY_TOKEN_FILE is set but AWS_ROLE_ARN is not";
            CredentialsError::invalid(NAME, reason, "set AWS_ROLE_ARN too, or unset AWS_WEB_IDENTITY_TOKEN_FILE")
        })?;
        let session_name = env.get("AWS_ROLE_SESSION_NAME");
        let identity = WebIdentity { role_arn, token_file, session_name, region: None };
        self.exchange(&identity, NAME).await
    }

    /// The credentials endpoint of a container of ECS, EKS or Greengrass.
    pub(super) async fn container(&self) -> Result<Credentials, CredentialsError> {
        const NAME: &str = "container";
        const RELATIVE: &str = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
        const FULL: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
        let env = &self.sources.env;
        let mut container = ECSCredentialProvider::new();
        if let Some(path) = env.get(RELATIVE) {
            container = container.with_relative_uri(path);
        } else if let Some(url) = env.get(FULL) {
            if !may_ask(&url) {
                let reason = format!("{FULL} is neither an `https` URL nor one of this machine or its container agent");
                return Err(CredentialsError::invalid(NAME, reason, "use `https`, or a loopback address"));
            }
            container = container.with_endpoint(url);
        } else {
            return Err(CredentialsError::not_found(NAME, format!("neither {RELATIVE} nor {FULL} is set"), ""));
        }
        if let Some(file) = env.get("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") {
            container = container.with_auth_token_file(file);
        } else if let Some(token) = env.get("AWS_CONTAINER_AUTHORIZATION_TOKEN") {
            container = container.with_auth_token(token);
        }
        ask(NAME, CONTAINER_TIMEOUT, &self.context(), &container).await
    }

    /// The instance metadata service of EC2.
    pub(super) async fn instance_metadata(&self) -> Result<Credentials, CredentialsError> {
        const NAME: &str = "instance metadata";
        const DISABLED: &str = "AWS_EC2_METADATA_DISABLED";
        let env = &self.sources.env;
        if env.get(DISABLED).is_some_and(|value| value.eq_ignore_ascii_case("true")) {
            return Err(CredentialsError::not_found(NAME, format!("{DISABLED} is true"), ""));
        }
        let is_v6 =
            env.get("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE").is_some_and(|mode| mode.eq_ignore_ascii_case("ipv6"));
        let default = if is_v6 { "http://[fd00:ec2::254]" } else { "http://169.254.169.254" };
        let endpoint = env.get("AWS_EC2_METADATA_SERVICE_ENDPOINT");
        let endpoint = endpoint.as_deref().unwrap_or(default).trim_end_matches('/');
        let metadata = self.metadata.clone().with_endpoint(endpoint);
        let answer = ask(NAME, METADATA_TIMEOUT, &self.context(), &metadata).await;
        answer.map_err(|error| match error.reason().starts_with("failed to connect") {
            true => CredentialsError::not_found(NAME, error.reason(), "is this an EC2 instance?"),
            false => error,
        })
    }

    async fn sso(&self, sso: &Sso, provider: &str) -> Result<Credentials, CredentialsError> {
        let suffix = if sso.region.starts_with("cn-") { ".cn" } else { "" };
        let endpoint = format!("https://portal.sso.{}.amazonaws.com{suffix}/federation/credentials", sso.region);
        // The library names the token's file after what it takes for the start URL.
        let portal = SSOCredentialProvider::new()
            .with_account_id(&sso.account_id)
            .with_role_name(&sso.role_name)
            .with_region(&sso.region)
            .with_start_url(&sso.cache_key)
            .with_endpoint(endpoint);
        ask(provider, TOKEN_SERVICE_TIMEOUT, &self.context(), &portal).await
    }

    async fn exchange(&self, identity: &WebIdentity, provider: &str) -> Result<Credentials, CredentialsError> {
        let token_file = PathBuf::from(&identity.token_file);
        let session_name = identity.session_name.as_deref().unwrap_or(SESSION_NAME);
        let exchange = AssumeRoleWithWebIdentityCredentialProvider::with_config(identity.role_arn.clone(), token_file)
            .with_role_session_name(session_name.to_owned())
            .with_region(self.region_or(identity.region.as_deref()))
            .with_regional_sts_endpoint();
        ask(provider, TOKEN_SERVICE_TIMEOUT, &self.context(), &exchange).await
    }

    async fn assume(&self, role: &Role, by: &Credentials, provider: &str) -> Result<Credentials, CredentialsError> {
        let mut keys = StaticCredentialProvider::new(by.access_key_id(), by.secret_access_key());
        if let Some(token) = by.session_token() {
            keys = keys.with_session_token(token);
        }
        let region = self.region_or(role.region.as_deref());
        let signer = Signer::new(self.context(), keys, StsSigner { region: region.clone() });
        let mut assume = AssumeRoleCredentialProvider::new(role.arn.clone(), signer)
            .with_role_session_name(role.session_name.as_deref().unwrap_or(SESSION_NAME).to_owned())
            .with_region(region)
            .with_regional_sts_endpoint();
        if let Some(external_id) = &role.external_id {
            assume = assume.with_external_id(external_id.clone());
        }
        if let Some(seconds) = role.duration_seconds {
            assume = assume.with_duration_seconds(seconds);
        }
        ask(provider, TOKEN_SERVICE_TIMEOUT, &self.context(), &assume).await
    }

    fn region_or(&self, named: Option<&str>) -> String {
        let region = named.or(self.region.as_ref().map(|region| region.as_str()));
        region.unwrap_or("us-east-1").to_owned()
    }

    /// What the library reaches the outside by. It sees no environment variable: each is read above, by our rules.
    fn context(&self) -> Context {
        let env = StaticEnv { home_dir: self.sources.env.home_dir(), envs: HashMap::new() };
        Context::new()
            .with_env(env)
            .with_file_read(Reader(self.sources.files.clone()))
            .with_http_send(std::sync::Arc::clone(&self.http))
    }
}

/// Whether credentials may be asked of a container's endpoint: over TLS, of this machine, or of the agents of ECS and EKS.
fn may_ask(url: &str) -> bool {
    let Ok(url) = reqwest::Url::parse(url) else { return false };
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let is_near = match host.parse::<IpAddr>() {
        Ok(address) => address.is_loopback() || ["169.254.170.2", "169.254.170.23", "fd00:ec2::23"].contains(&host),
        Err(_) => host == "localhost",
    };
    url.scheme() == "https" || url.scheme() == "http" && is_near
}

/// Asks one provider of the library, within a time.
async fn ask(
    name: &str,
    within: Duration,
    context: &Context,
    provider: &impl ProvideCredential<Credential = Credential>,
) -> Result<Credentials, CredentialsError> {
    match tokio::time::timeout(within, provider.provide_credential(context)).await {
        Ok(Ok(Some(credential))) => Ok(converted(credential, name)),
        Ok(Ok(None)) => Err(CredentialsError::not_found(name.to_owned(), "it has no credentials", "")),
        Ok(Err(error)) => Err(CredentialsError::provider_failed(name.to_owned(), reason(&error))),
        Err(_) => {
            let reason = format!("no answer within {} s", within.as_secs());
            Err(CredentialsError::provider_failed(name.to_owned(), reason))
        }
    }
}

fn converted(credential: Credential, provider: &str) -> Credentials {
    let credentials = Credentials::new(credential.access_key_id, credential.secret_access_key)
        .with_session_token(credential.session_token.unwrap_or_default())
        .with_provider_name(provider.to_owned());
    match credential.expires_in {
        Some(expiry) => credentials.with_expiry(expiry.as_system_time()),
        None => credentials,
    }
}

/// What an error says, without what it might quote: parsers quote the text they could not read.
fn reason(error: &reqsign_core::Error) -> String {
    const LONGEST: usize = 300;
    let text = error.to_string();
    let mut reason = match text.starts_with("failed to parse") {
        true => text.split(':').next().unwrap_or_default().to_owned(),
        false => match error.source().map(ToString::to_string) {
            Some(cause) if !text.contains(&cause) => format!("{text} ({cause})"),
            _ => text,
        },
    };
    if let Some((end, _)) = reason.char_indices().nth(LONGEST) {
        reason.truncate(end);
        reason.push('…');
    }
    reason.replace(|c: char| c.is_control(), " ")
}

/// Reads files for the library.
#[derive(Debug)]
struct Reader(Files);

impl FileRead for Reader {
    async fn file_read(&self, path: &str) -> reqsign_core::Result<Vec<u8>> {
        let (files, path) = (self.0.clone(), PathBuf::from(path));
        let reading = tokio::task::spawn_blocking(move || files.read(&path));
        match reading.await {
            Ok(text) => Ok(text?.into_bytes()),
            Err(_) => Err(reqsign_core::Error::unexpected("reading was cut short")),
        }
    }
}
