//! Credentials, where they come from, and how long they are kept.
//!
//! Anything that can give [`Credentials`] implements [`ProvideCredentials`]. A client asks its provider through a
//! [`CredentialsCache`], so a provider need not cache on its own.
//!
//! # The standard chain
//!
//! With the feature `standard-chain`, which is on by default, a client that was given no credentials looks where all AWS
//! tools and SDKs do: environment, profile (keys, roles, IAM Identity Center, commands), web identity, container, instance
//! metadata. `StandardChain` has the details. Without the feature, which suits devices that are handed their credentials,
//! [`EnvironmentCredentials`] is asked alone.
//!
//! # Bearer tokens
//!
//! Some services take a [`BearerToken`] instead of a signature, or as well. One that is set, with
//! [`ConfigBuilder::bearer_token`](crate::ConfigBuilder::bearer_token) or a variable such as `AWS_BEARER_TOKEN_BEDROCK`, is what
//! operations are called with that take one; the rest is signed. A token goes over TLS only, or to this machine, and a
//! redirect to another host does not take it along.
//!
//! # Providers of the official SDK
//!
//! With the feature `aws-credential-types`, `AwsCredentialsProvider` takes a provider of the official SDK for Rust.

#[cfg(feature = "aws-credential-types")]
mod adapter;
mod cache;
mod chain;
mod environment;
mod error;
#[cfg(feature = "standard-chain")]
mod standard;
mod token;

use std::borrow::Cow;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::SystemTime;

pub use crate::env::Env;
#[cfg(feature = "aws-credential-types")]
pub use adapter::AwsCredentialsProvider;
pub use cache::{CredentialsCache, IdentityCache};
pub use chain::ProviderChain;
pub use environment::EnvironmentCredentials;
pub use error::{CredentialsError, CredentialsErrorKind};
#[cfg(feature = "standard-chain")]
pub use standard::StandardChain;
pub use token::{BearerToken, BearerTokenFuture, ProvideBearerToken};
pub(crate) use token::{in_clear as token_in_clear, missing as missing_token};

/// What `Debug` shows in place of a secret.
struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("*** redacted ***")
    }
}

/// An access key ID, its secret access key, and for temporary credentials a session token.
///
/// A clone is cheap and shares the same secrets. `Debug` shows the access key ID, never the secret or the token.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials(Arc<Parts>);

#[derive(Clone, PartialEq, Eq)]
struct Parts {
    access_key_id: String,
    secret_access_key: String,
    session_token: Option<String>,
    expires_at: Option<SystemTime>,
    provider_name: Cow<'static, str>,
}

impl Credentials {
    /// Long-lived credentials: no session token, no expiry.
    ///
    /// Nothing is checked here; credentials with an empty ID or secret are refused when a request is to be signed.
    #[must_use]
    pub fn new(access_key_id: impl Into<String>, secret_access_key: impl Into<String>) -> Self {
        Self(Arc::new(Parts {
            access_key_id: access_key_id.into(),
            secret_access_key: secret_access_key.into(),
            session_token: None,
            expires_at: None,
            provider_name: Cow::Borrowed("static"),
        }))
    }

    /// Adds the session token of temporary credentials; an empty one counts as none.
    #[must_use]
    pub fn with_session_token(mut self, session_token: impl Into<String>) -> Self {
        let token = session_token.into();
        Arc::make_mut(&mut self.0).session_token = (!token.is_empty()).then_some(token);
        self
    }

    /// Says when the service will stop accepting these credentials.
    #[must_use]
    pub fn with_expiry(mut self, expires_at: SystemTime) -> Self {
        Arc::make_mut(&mut self.0).expires_at = Some(expires_at);
        self
    }

    /// Names the provider these credentials come from, for diagnostics; `static` unless set.
    #[must_use]
    pub fn with_provider_name(mut self, provider_name: impl Into<Cow<'static, str>>) -> Self {
        Arc::make_mut(&mut self.0).provider_name = provider_name.into();
        self
    }

    /// The access key ID: not a secret.
    #[must_use]
    pub fn access_key_id(&self) -> &str {
        &self.0.access_key_id
    }

    /// The secret access key.
    #[must_use]
    pub fn secret_access_key(&self) -> &str {
        &self.0.secret_access_key
    }

    /// The session token, for temporary credentials; never empty.
    #[must_use]
    pub fn session_token(&self) -> Option<&str> {
        self.0.session_token.as_deref()
    }

    /// When the service will stop accepting them; `None` for never.
    #[must_use]
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.0.expires_at
    }

    /// The provider they come from.
    #[must_use]
    pub fn provider_name(&self) -> &str {
        &self.0.provider_name
    }

    /// Whether both sign with the same key; session token and expiry play no part in it.
    pub(crate) fn same_key(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
            || self.0.access_key_id == other.0.access_key_id && self.0.secret_access_key == other.0.secret_access_key
    }

    /// Refuses credentials nothing could be signed with.
    pub(crate) fn check(&self) -> Result<(), CredentialsError> {
        for (what, value) in [("access key ID", self.access_key_id()), ("secret access key", self.secret_access_key())]
        {
            if value.is_empty() {
                return Err(CredentialsError::invalid(
                    self.0.provider_name.clone(),
                    format!("the {what} is empty"),
                    "give both an access key ID and a secret access key",
                ));
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("access_key_id", &self.0.access_key_id)
            .field("secret_access_key", &Redacted)
            .field("session_token", &self.0.session_token.as_ref().map(|_| Redacted))
            .field("expires_at", &self.0.expires_at)
            .field("provider_name", &self.0.provider_name)
            .finish()
    }
}

/// What [`ProvideCredentials::provide`] returns.
pub type CredentialsFuture<'a> = Pin<Box<dyn Future<Output = Result<Credentials, CredentialsError>> + Send + 'a>>;

/// Something that can give credentials: the environment, a file, a token service, a secrets manager.
///
/// ```
/// use kinesisvideo_runtime::credentials::{Credentials, CredentialsFuture, ProvideCredentials};
///
/// #[derive(Debug)]
/// struct Vault;
///
/// impl ProvideCredentials for Vault {
///     fn name(&self) -> &str {
///         "vault"
///     }
///
///     fn provide(&self) -> CredentialsFuture<'_> {
///         Box::pin(async { Ok(Credentials::new("AKIDEXAMPLE", "secret").with_provider_name("vault")) })
///     }
/// }
/// ```
pub trait ProvideCredentials: Send + Sync + fmt::Debug {
    /// What messages call this provider.
    fn name(&self) -> &str;

    /// Gives credentials that are valid now.
    ///
    /// The future may be dropped before it is done, and is not asked again while one is under way.
    fn provide(&self) -> CredentialsFuture<'_>;
}

impl<P: ProvideCredentials + ?Sized> ProvideCredentials for Arc<P> {
    fn name(&self) -> &str {
        (**self).name()
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        (**self).provide()
    }
}

/// Fixed credentials provide themselves.
impl ProvideCredentials for Credentials {
    fn name(&self) -> &str {
        self.provider_name()
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(std::future::ready(self.check().map(|()| self.clone())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, UNIX_EPOCH};

    #[test]
    fn an_empty_session_token_is_none() {
        let credentials = Credentials::new("AKID", "secret");
        assert_eq!(credentials.clone().with_session_token("").session_token(), None);
        assert_eq!(credentials.with_session_token("t").session_token(), Some("t"));
    }

    #[test]
    fn debug_shows_the_id_and_no_secret() {
        let credentials = Credentials::new("AKIDEXAMPLE", "hunter2")
            .with_session_token("tok-secret")
            .with_expiry(UNIX_EPOCH + Duration::from_secs(1));
        for text in [format!("{credentials:?}"), format!("{credentials:#?}")] {
            assert!(text.contains("AKIDEXAMPLE"), "{text}");
            assert!(text.contains("*** redacted ***"), "{text}");
            assert!(!text.contains("hunter2"), "{text}");
            assert!(!text.contains("tok-secret"), "{text}");
        }
    }

    #[tokio::test]
    async fn fixed_credentials_with_an_empty_part_are_refused() {
        for (id, secret, missing) in [("", "secret", "access key ID"), ("AKID", "", "secret access key")] {
            let error = Credentials::new(id, secret).provide().await.unwrap_err();
            assert_eq!(error.kind(), CredentialsErrorKind::Invalid);
            assert!(error.to_string().contains(missing), "{error}");
        }
    }
}
