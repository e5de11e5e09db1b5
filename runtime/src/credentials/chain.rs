//! Several providers, asked in turn.

use super::{CredentialsError, CredentialsFuture, ProvideCredentials};
use std::sync::Arc;

/// Asks providers in turn; the first that succeeds wins.
///
/// A provider that fails does not stop the chain, whatever the reason. When all fail, the error lists each one's.
#[derive(Clone, Debug)]
pub struct ProviderChain(Vec<Arc<dyn ProvideCredentials>>);

impl ProviderChain {
    /// A chain of these providers, in this order.
    #[must_use]
    pub fn new(providers: Vec<Arc<dyn ProvideCredentials>>) -> Self {
        Self(providers)
    }

    /// Adds a provider, asked after those before it.
    #[must_use]
    pub fn or_else(mut self, provider: impl ProvideCredentials + 'static) -> Self {
        self.0.push(Arc::new(provider));
        self
    }
}

impl ProvideCredentials for ProviderChain {
    fn name(&self) -> &str {
        "chain"
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(async move {
            let mut failures = Vec::new();
            for provider in &self.0 {
                match provider.provide().await {
                    Ok(credentials) => match credentials.check() {
                        Ok(()) => return Ok(credentials),
                        Err(error) => failures.push(error),
                    },
                    Err(error) => failures.push(error),
                }
            }
            Err(CredentialsError::chain(failures))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Credentials, CredentialsErrorKind, EnvironmentCredentials};
    use super::*;
    use crate::env::Env;

    #[derive(Debug)]
    struct Failing;

    impl ProvideCredentials for Failing {
        fn name(&self) -> &str {
            "failing"
        }

        fn provide(&self) -> CredentialsFuture<'_> {
            Box::pin(async { Err(CredentialsError::provider_failed("failing", "the token service said no")) })
        }
    }

    fn empty_environment() -> EnvironmentCredentials {
        EnvironmentCredentials::new(Env::from_map::<String, String>([]))
    }

    #[tokio::test]
    async fn the_first_success_wins() {
        let chain = ProviderChain::new(vec![Arc::new(Failing)])
            .or_else(Credentials::new("AKIDCHAIN", "chainsecret"))
            .or_else(Credentials::new("X", "Y"));
        assert_eq!(chain.provide().await.unwrap().access_key_id(), "AKIDCHAIN");
    }

    #[tokio::test]
    async fn a_failure_lists_every_reason() {
        let chain = ProviderChain::new(vec![Arc::new(Failing), Arc::new(empty_environment())])
            .or_else(Credentials::new("AKID", ""));
        let error = chain.provide().await.unwrap_err();
        assert_eq!(error.kind(), CredentialsErrorKind::ProviderFailed);
        assert_eq!(error.failures().len(), 3);
        assert_eq!(
            error.to_string(),
            "no provider gave credentials: failing: the token service said no; environment: AWS_ACCESS_KEY_ID and \
             AWS_SECRET_ACCESS_KEY are not set (set both, and AWS_SESSION_TOKEN for temporary credentials); static: the \
             secret access key is empty (give both an access key ID and a secret access key)"
        );
    }

    #[tokio::test]
    async fn nothing_found_anywhere_is_not_found() {
        let error = ProviderChain::new(vec![Arc::new(empty_environment())]).provide().await.unwrap_err();
        assert_eq!(error.kind(), CredentialsErrorKind::NotFound);
        let error = ProviderChain::new(Vec::new()).provide().await.unwrap_err();
        assert_eq!(error.kind(), CredentialsErrorKind::NotFound);
        assert_eq!(error.to_string(), "chain: the chain has no provider (add a provider to the chain)");
    }
}
