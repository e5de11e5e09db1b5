//! What a profile says about where credentials come from.

use std::fmt;

use crate::credentials::{Credentials, CredentialsError};
use crate::profile::{Profiles, Section, SectionKind};

/// A place credentials come from.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Source {
    /// Keys that stand in the profile.
    Keys(Credentials),
    /// The output of a command.
    Process { command: String },
    /// AWS IAM Identity Center.
    Sso(Sso),
    /// A role that a token is exchanged for.
    WebIdentity(WebIdentity),
    /// Environment variables.
    Environment,
    /// The container's credentials endpoint.
    Container,
    /// The instance metadata service.
    InstanceMetadata,
    /// A role that the credentials of another source may assume.
    Role { role: Role, by: Box<Source> },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sso {
    pub(super) account_id: String,
    pub(super) role_name: String,
    pub(super) region: String,
    /// What the cached token's file is named after: the session's name, without one the start URL.
    pub(super) cache_key: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WebIdentity {
    pub(super) role_arn: String,
    pub(super) token_file: String,
    pub(super) session_name: Option<String>,
    pub(super) region: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Role {
    pub(super) arn: String,
    pub(super) external_id: Option<String>,
    pub(super) session_name: Option<String>,
    pub(super) duration_seconds: Option<u32>,
    pub(super) region: Option<String>,
}

/// Finds out where the credentials of the profile `name` come from.
pub(super) fn plan(profiles: &Profiles, name: &str) -> Result<Source, CredentialsError> {
    Planner { profiles, visited: Vec::new() }.profile(name)
}

struct Planner<'a> {
    profiles: &'a Profiles,
    /// The profiles that led here by `source_profile`.
    visited: Vec<String>,
}

impl Planner<'_> {
    fn profile(&mut self, name: &str) -> Result<Source, CredentialsError> {
        let section = self.profiles.profile(name).ok_or_else(|| match self.visited.last() {
            None => not_found(name, "there is no such profile"),
            Some(by) => invalid(by, format!("its `source_profile` is `{name}`, and there is no such profile")),
        })?;
        if self.visited.iter().any(|visited| visited == name) {
            // A profile may name itself as the source of its keys.
            return keys(name, section)?.ok_or_else(|| {
                let chain = self.visited.join("`, `");
                invalid(name, format!("`source_profile` leads in a circle: `{chain}`, `{name}`"))
            });
        }
        let is_source = !self.visited.is_empty();
        self.visited.push(name.to_owned());
        if is_source && let Some(keys) = keys(name, section)? {
            return Ok(keys);
        }
        if let Some(role_arn) = section.value("role_arn") {
            return self.role(name, section, role_arn);
        }
        if let Some(sso) = sso(self.profiles, name, section)? {
            return Ok(Source::Sso(sso));
        }
        if let Some(keys) = keys(name, section)? {
            return Ok(keys);
        }
        match section.value("credential_process") {
            Some(command) => Ok(Source::Process { command: command.to_owned() }),
            None => Err(not_found(name, "it says nothing about credentials")),
        }
    }

    fn role(&mut self, name: &str, section: &Section, arn: &str) -> Result<Source, CredentialsError> {
        let text = |key| section.value(key).map(str::to_owned);
        let by = match (section.value("source_profile"), section.value("credential_source")) {
            (Some(_), Some(_)) => {
                return Err(invalid(name, "it has both `source_profile` and `credential_source`: keep one"));
            }
            (Some(source), None) => self.profile(source)?,
            (None, Some("Environment")) => Source::Environment,
            (None, Some("EcsContainer")) => Source::Container,
            (None, Some("Ec2InstanceMetadata")) => Source::InstanceMetadata,
            (None, Some(_)) => {
                let known = "`Environment`, `EcsContainer` or `Ec2InstanceMetadata`";
                return Err(invalid(name, format!("its `credential_source` is none of {known}")));
            }
            (None, None) => {
                let token_file = text("web_identity_token_file").ok_or_else(|| {
                    let one = "`source_profile`, `credential_source` or `web_identity_token_file`";
                    invalid(name, format!("it has a `role_arn` and none of {one}"))
                })?;
                return Ok(Source::WebIdentity(WebIdentity {
                    role_arn: arn.to_owned(),
                    token_file,
                    session_name: text("role_session_name"),
                    region: text("region"),
                }));
            }
        };
        if section.value("mfa_serial").is_some() {
            return Err(invalid(
                name,
                "its role needs a code of a device (`mfa_serial`), which cannot be asked for here",
            ));
        }
        let duration_seconds = match section.value("duration_seconds").map(str::parse) {
            None => None,
            Some(Ok(seconds)) => Some(seconds),
            Some(Err(_)) => return Err(invalid(name, "its `duration_seconds` is not a whole number")),
        };
        let role = Role {
            arn: arn.to_owned(),
            external_id: text("external_id"),
            session_name: text("role_session_name"),
            duration_seconds,
            region: text("region"),
        };
        Ok(Source::Role { role, by: Box::new(by) })
    }
}

/// The keys of a profile, if it has any.
fn keys(name: &str, section: &Section) -> Result<Option<Source>, CredentialsError> {
    let half = |has, lacks| Err(invalid(name, format!("it has `{has}` and no `{lacks}`")));
    match (section.value("aws_access_key_id"), section.value("aws_secret_access_key")) {
        (None, None) => Ok(None),
        (Some(_), None) => half("aws_access_key_id", "aws_secret_access_key"),
        (None, Some(_)) => half("aws_secret_access_key", "aws_access_key_id"),
        (Some(id), Some(secret)) => {
            let token = section.value("aws_session_token").unwrap_or_default();
            let credentials = Credentials::new(id, secret).with_session_token(token);
            Ok(Some(Source::Keys(credentials.with_provider_name(provider(name)))))
        }
    }
}

fn sso(profiles: &Profiles, name: &str, section: &Section) -> Result<Option<Sso>, CredentialsError> {
    let session = section.value("sso_session");
    let start_url = section.value("sso_start_url");
    if session.is_none() && start_url.is_none() {
        return Ok(None);
    }
    let need = |section: &Section, what: &str, key: &str| {
        section.value(key).map(str::to_owned).ok_or_else(|| invalid(name, format!("{what} has no `{key}`")))
    };
    let region = match session {
        Some(session) => {
            let of_session = profiles.section(SectionKind::SsoSession, session).ok_or_else(|| {
                invalid(name, format!("its `sso_session` is `{session}`, and there is no such section"))
            })?;
            need(of_session, &format!("the section `[sso-session {session}]`"), "sso_region")?
        }
        None => need(section, "it", "sso_region")?,
    };
    Ok(Some(Sso {
        account_id: need(section, "it", "sso_account_id")?,
        role_name: need(section, "it", "sso_role_name")?,
        region,
        cache_key: session.or(start_url).unwrap_or_default().to_owned(),
    }))
}

/// What messages call a profile.
pub(super) fn provider(profile: &str) -> String {
    format!("profile `{profile}`")
}

fn invalid(profile: &str, reason: impl Into<String>) -> CredentialsError {
    CredentialsError::invalid(provider(profile), reason, "")
}

fn not_found(profile: &str, reason: &str) -> CredentialsError {
    CredentialsError::not_found(provider(profile), reason, "")
}

/// Shows no key, no token and no command, which may carry one.
impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Keys(credentials) => credentials.fmt(f),
            Self::Process { .. } => f.write_str("Process"),
            Self::Sso(sso) => sso.fmt(f),
            Self::WebIdentity(identity) => identity.fmt(f),
            Self::Environment => f.write_str("Environment"),
            Self::Container => f.write_str("Container"),
            Self::InstanceMetadata => f.write_str("InstanceMetadata"),
            Self::Role { role, by } => f.debug_struct("Role").field("role", role).field("by", by).finish(),
        }
    }
}
