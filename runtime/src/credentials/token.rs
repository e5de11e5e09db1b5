//! Bearer tokens: what some services take in place of a signature.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::SystemTime;

use ::http::HeaderValue;

use super::{CredentialsError, Redacted};
use crate::env::Env;

/// What messages call the source of tokens.
const PROVIDER: &str = "bearer token";

/// A token that is sent as it is: whoever holds it can act with it until it expires.
///
/// A clone is cheap and shares the same secret, which `Debug` does not show.
#[derive(Clone, PartialEq, Eq)]
pub struct BearerToken {
    token: Arc<str>,
    expires_at: Option<SystemTime>,
}

impl BearerToken {
    /// A token that does not expire.
    ///
    /// Nothing is checked here; a token that cannot stand in a header is refused when a request is to be sent.
    #[must_use]
    pub fn new(token: impl Into<String>) -> Self {
        Self { token: token.into().into(), expires_at: None }
    }

    /// Says when the service will stop accepting the token.
    #[must_use]
    pub fn with_expiry(mut self, expires_at: SystemTime) -> Self {
        self.expires_at = Some(expires_at);
        self
    }

    /// The token itself.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// When the service will stop accepting it; `None` for never.
    #[must_use]
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.expires_at
    }

    /// The token of the environment for requests that would be signed for `signing_name`.
    pub(crate) fn of_env(env: &Env, signing_name: &str) -> Option<Self> {
        env.get(&variable(signing_name)).map(Self::new)
    }

    /// The value of the `Authorization` header.
    ///
    /// # Errors
    /// When the token is empty, or has characters that tokens do not have.
    pub(crate) fn header(&self) -> Result<HeaderValue, CredentialsError> {
        // RFC 6750, section 2.1.
        let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
        let value = match self.token.bytes().all(is_token) && !self.token.is_empty() {
            true => HeaderValue::try_from(format!("Bearer {}", self.token)).ok(),
            false => None,
        };
        let mut value = value.ok_or_else(|| {
            let reason = match self.token.is_empty() {
                true => "it is empty",
                false => "it has characters other than letters, digits and `-._~+/=`",
            };
            CredentialsError::invalid(PROVIDER, reason, "give the token alone, without `Bearer` and white space")
        })?;
        value.set_sensitive(true);
        Ok(value)
    }

    pub(crate) fn check(&self) -> Result<(), CredentialsError> {
        self.header().map(drop)
    }
}

/// The environment variable that holds the token for a service: `AWS_BEARER_TOKEN_BEDROCK`.
fn variable(signing_name: &str) -> String {
    format!("AWS_BEARER_TOKEN_{}", signing_name.replace(['-', ' '], "_").to_ascii_uppercase())
}

/// Why there is no token.
pub(crate) fn missing(signing_name: &str) -> CredentialsError {
    let variable = variable(signing_name);
    let help = format!("set `ConfigBuilder::bearer_token`, or {variable} with `Config::from_env`");
    CredentialsError::not_found(PROVIDER, "none was given, and the operation is not called without one", help)
}

/// Why a token is not sent to a host over `http`.
pub(crate) fn in_clear(host: &str) -> CredentialsError {
    let reason = format!("a request to {host} would send it in clear");
    CredentialsError::invalid(PROVIDER, reason, "use an endpoint with `https`")
}

impl fmt::Debug for BearerToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BearerToken").field("token", &Redacted).field("expires_at", &self.expires_at).finish()
    }
}

/// What [`ProvideBearerToken::provide`] returns.
pub type BearerTokenFuture<'a> = Pin<Box<dyn Future<Output = Result<BearerToken, CredentialsError>> + Send + 'a>>;

/// Something that can give bearer tokens, such as a login of IAM Identity Center.
pub trait ProvideBearerToken: Send + Sync + fmt::Debug {
    /// Gives a token that is valid now.
    ///
    /// The future may be dropped before it is done, and is not asked again while one is under way. What it gives is kept until
    /// 15 seconds before it expires, or until the service answers with status 401.
    fn provide(&self) -> BearerTokenFuture<'_>;
}

/// A fixed token provides itself.
impl ProvideBearerToken for BearerToken {
    fn provide(&self) -> BearerTokenFuture<'_> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_not_shown() {
        let token = BearerToken::new("hunter2");
        assert_eq!(format!("{token:?}"), "BearerToken { token: *** redacted ***, expires_at: None }");
        assert!(!format!("{:?}", token.header()).contains("hunter2"));
    }

    #[test]
    fn what_cannot_be_a_token_is_refused_without_being_shown() {
        for (token, reason) in [("", "it is empty"), ("Bearer hunter2", "characters"), ("hunter2\n", "characters")] {
            let error = BearerToken::new(token).header().unwrap_err().to_string();
            assert!(error.contains(reason) && !error.contains("hunter2"), "{error}");
        }
        assert_eq!(BearerToken::new("a-._~+/=Z9").header().unwrap(), "Bearer a-._~+/=Z9");
    }

    #[test]
    fn the_environment_has_a_token_for_each_service() {
        let env = Env::from_map([("AWS_BEARER_TOKEN_CODE_CATALYST", "t")]);
        assert_eq!(BearerToken::of_env(&env, "code-catalyst"), Some(BearerToken::new("t")));
        assert_eq!(BearerToken::of_env(&env, "bedrock"), None);
        assert!(missing("bedrock").to_string().contains("AWS_BEARER_TOKEN_BEDROCK"));
    }
}
