//! Credentials and tokens kept until shortly before they expire.

use super::token::BearerToken;
use super::{Credentials, CredentialsError, ProvideBearerToken, ProvideCredentials};
use crate::time::TimeSource;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

/// How long before their expiry credentials are refreshed, so that a request signed now still arrives in time.
const EXPIRY_WINDOW: Duration = Duration::from_secs(15);

/// Keeps a provider's credentials, or its token, until 15 seconds before they expire.
///
/// At most one call to the provider is under way. While one is, callers use the old credentials if those are still
/// valid; else they wait for it, and share its outcome. When a refresh fails while the old credentials are still valid,
/// those are used.
#[derive(Debug)]
pub struct IdentityCache<I: Identity> {
    provider: Arc<I::Provider>,
    time: Arc<dyn TimeSource>,
    state: Mutex<State<I>>,
    refreshing: tokio::sync::Mutex<()>,
}

/// Keeps credentials.
pub type CredentialsCache = IdentityCache<Credentials>;

/// What a caller shows a service, as far as keeping it goes.
pub trait Identity: Clone + PartialEq + fmt::Debug + Send + Sync {
    /// What gives it.
    type Provider: ?Sized + fmt::Debug + Send + Sync;

    /// Asks the provider.
    fn provide(provider: &Self::Provider) -> Pin<Box<dyn Future<Output = Result<Self, CredentialsError>> + Send + '_>>;

    /// Refuses what no request can be sent with.
    fn check(&self) -> Result<(), CredentialsError>;

    /// When the service will stop accepting it.
    fn expires_at(&self) -> Option<SystemTime>;
}

impl Identity for Credentials {
    type Provider = dyn ProvideCredentials;

    fn provide(provider: &Self::Provider) -> super::CredentialsFuture<'_> {
        provider.provide()
    }

    fn check(&self) -> Result<(), CredentialsError> {
        self.check()
    }

    fn expires_at(&self) -> Option<SystemTime> {
        self.expires_at()
    }
}

impl Identity for BearerToken {
    type Provider = dyn ProvideBearerToken;

    fn provide(provider: &Self::Provider) -> super::BearerTokenFuture<'_> {
        provider.provide()
    }

    fn check(&self) -> Result<(), CredentialsError> {
        self.check()
    }

    fn expires_at(&self) -> Option<SystemTime> {
        self.expires_at()
    }
}

#[derive(Debug)]
struct State<I> {
    identity: Option<I>,
    /// How many refreshes have ended, and how the last one failed: what those who waited for it share.
    refreshes: u64,
    failure: Option<CredentialsError>,
}

impl<I: Identity> IdentityCache<I> {
    /// Caches what `provider` gives, by the clock `time`.
    #[must_use]
    pub fn new(provider: Arc<I::Provider>, time: Arc<dyn TimeSource>) -> Self {
        let state = State { identity: None, refreshes: 0, failure: None };
        Self { provider, time, state: Mutex::new(state), refreshing: tokio::sync::Mutex::new(()) }
    }

    /// What to send a request with now.
    ///
    /// # Errors
    /// What the provider reports, when there are no valid credentials to fall back on.
    pub async fn get(&self) -> Result<I, CredentialsError> {
        let (old, seen) = {
            let state = self.state();
            (state.identity.clone(), state.refreshes)
        };
        if let Some(lasting) = old.as_ref().filter(|old| old.expires_at().is_none()) {
            return Ok(lasting.clone());
        }
        let now = self.time.now();
        let old = match old {
            Some(old) if is_valid(&old, now + EXPIRY_WINDOW) => return Ok(old),
            old => old.filter(|old| is_valid(old, now)),
        };
        let _refreshing = match (self.refreshing.try_lock(), old) {
            (Ok(guard), _) => guard,
            (Err(_), Some(old)) => return Ok(old),
            (Err(_), None) => self.refreshing.lock().await,
        };
        if let Some(outcome) = self.outcome_since(seen) {
            return outcome;
        }
        let outcome = match I::provide(&self.provider).await {
            Ok(identity) => identity.check().map(|()| identity),
            Err(error) => Err(error),
        };
        self.store(outcome)
    }

    /// Forgets `refused`, which the service called expired: the next [`get`](Self::get) asks the provider.
    ///
    /// Does nothing when another has taken its place in the meantime.
    pub fn invalidate(&self, refused: &I) {
        self.state().identity.take_if(|kept| kept == refused);
    }

    /// How the refresh ended that this caller waited for, if it waited.
    fn outcome_since(&self, seen: u64) -> Option<Result<I, CredentialsError>> {
        let state = self.state();
        if state.refreshes == seen {
            return None;
        }
        match (&state.failure, &state.identity) {
            (Some(error), _) => Some(Err(error.clone())),
            (None, Some(identity)) => Some(Ok(identity.clone())),
            (None, None) => None, // Invalidated since.
        }
    }

    fn store(&self, outcome: Result<I, CredentialsError>) -> Result<I, CredentialsError> {
        let now = self.time.now();
        let mut state = self.state();
        state.refreshes += 1;
        match outcome {
            Ok(identity) => {
                state.failure = None;
                state.identity = Some(identity.clone());
                Ok(identity)
            }
            Err(error) => match state.identity.clone().filter(|old| is_valid(old, now)) {
                Some(old) => {
                    tracing::warn!(%error, "refreshing the credentials failed; using those that are still valid");
                    state.failure = None;
                    Ok(old)
                }
                None => {
                    state.identity = None;
                    state.failure = Some(error.clone());
                    Err(error)
                }
            },
        }
    }

    fn state(&self) -> MutexGuard<'_, State<I>> {
        // Nothing in here can panic halfway through a change, so a poisoned state is still a whole one.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_valid(identity: &impl Identity, at: SystemTime) -> bool {
    identity.expires_at().is_none_or(|expiry| at < expiry)
}

#[cfg(test)]
mod tests;
