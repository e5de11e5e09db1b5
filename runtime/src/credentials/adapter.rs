//! Providers of the official SDK for Rust.

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError as AwsError;
use aws_credential_types::provider::{ProvideCredentials as AwsProvideCredentials, SharedCredentialsProvider};

use super::{Credentials, CredentialsError, CredentialsFuture, ProvideCredentials};

/// Takes credentials from a provider of the official SDK for Rust, such as one made with `aws-config`.
///
/// Needs the feature `aws-credential-types`. The newest releases of that crate, which `aws-config` brings, need Rust 1.94
/// or later.
///
/// ```
/// use aws_credential_types::Credentials;
/// use aws_credential_types::provider::SharedCredentialsProvider;
/// use kinesisvideo_runtime::Config;
/// use kinesisvideo_runtime::credentials::AwsCredentialsProvider;
///
/// // `aws_config::load_defaults(…).await.credentials_provider()` gives one, too.
/// let provider = SharedCredentialsProvider::new(Credentials::new("AKIDEXAMPLE", "secret", None, None, "example"));
/// let config = Config::builder()
///     .region("us-west-2")
///     .credentials_provider(AwsCredentialsProvider::new(provider))
///     .build()?;
/// # Ok::<(), kinesisvideo_runtime::ConfigError>(())
/// ```
#[derive(Clone, Debug)]
pub struct AwsCredentialsProvider(SharedCredentialsProvider);

const NAME: &str = "aws-credential-types";

impl AwsCredentialsProvider {
    /// Takes a provider. It need not cache: the client does.
    #[must_use]
    pub fn new(provider: impl AwsProvideCredentials + 'static) -> Self {
        Self(SharedCredentialsProvider::new(provider))
    }
}

impl ProvideCredentials for AwsCredentialsProvider {
    fn name(&self) -> &str {
        NAME
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(async move {
            let given = self.0.provide_credentials().await.map_err(converted)?;
            let credentials = Credentials::new(given.access_key_id(), given.secret_access_key())
                .with_session_token(given.session_token().unwrap_or_default())
                .with_provider_name(NAME);
            Ok(match given.expiry() {
                Some(expiry) => credentials.with_expiry(expiry),
                None => credentials,
            })
        })
    }
}

/// The error in our words. Its own text names only the kind; the reason stands in what caused it.
fn converted(error: AwsError) -> CredentialsError {
    let mut reasons = Vec::new();
    let mut cause = error.source();
    while let Some(error) = cause {
        reasons.push(error.to_string());
        cause = error.source();
    }
    let reason = if reasons.is_empty() { error.to_string() } else { reasons.join(": ") };
    match error {
        AwsError::CredentialsNotLoaded(_) => CredentialsError::not_found(NAME, reason, ""),
        AwsError::InvalidConfiguration(_) => CredentialsError::invalid(NAME, reason, ""),
        _ => CredentialsError::provider_failed(NAME, reason),
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use aws_credential_types::Credentials as AwsCredentials;
    use aws_credential_types::provider::future;

    use super::super::CredentialsErrorKind;
    use super::*;

    #[derive(Debug)]
    struct Failing(fn() -> AwsError);

    impl AwsProvideCredentials for Failing {
        fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
        where
            Self: 'a,
        {
            future::ProvideCredentials::ready(Err((self.0)()))
        }
    }

    #[tokio::test]
    async fn everything_the_credentials_hold_is_taken_over() {
        let expiry = UNIX_EPOCH + Duration::from_secs(4_000_000_000);
        let given = AwsCredentials::new("AKID", "secret", Some("token".to_owned()), Some(expiry), "test");
        let credentials = AwsCredentialsProvider::new(given).provide().await.unwrap();
        let expected = Credentials::new("AKID", "secret").with_session_token("token").with_expiry(expiry);
        assert_eq!(credentials, expected.with_provider_name(NAME));
    }

    #[tokio::test]
    async fn errors_keep_their_kind_and_their_reason() {
        for (error, kind) in [
            ((|| AwsError::not_loaded("no profile")) as fn() -> AwsError, CredentialsErrorKind::NotFound),
            (|| AwsError::invalid_configuration("no profile"), CredentialsErrorKind::Invalid),
            (|| AwsError::provider_error("no profile"), CredentialsErrorKind::ProviderFailed),
        ] {
            let error = AwsCredentialsProvider::new(Failing(error)).provide().await.unwrap_err();
            assert_eq!((error.kind(), error.reason()), (kind, "no profile"));
        }
    }

    #[test]
    fn debug_shows_no_secret() {
        let provider = AwsCredentialsProvider::new(AwsCredentials::new("AKID", "hunter2", None, None, "test"));
        assert!(!format!("{provider:?}").contains("hunter2"));
    }
}
