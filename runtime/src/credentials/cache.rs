//! Credentials kept until shortly before they expire.

use super::{Credentials, CredentialsError, ProvideCredentials};
use crate::time::TimeSource;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

/// How long before their expiry credentials are refreshed, so that a request signed now still arrives in time.
const EXPIRY_WINDOW: Duration = Duration::from_secs(15);

/// Keeps a provider's credentials until 15 seconds before they expire.
///
/// At most one call to the provider is under way. While one is, callers use the old credentials if those are still
/// valid; else they wait for it, and share its outcome. When a refresh fails while the old credentials are still valid,
/// those are used.
#[derive(Debug)]
pub struct CredentialsCache {
    provider: Arc<dyn ProvideCredentials>,
    time: Arc<dyn TimeSource>,
    state: Mutex<State>,
    refreshing: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct State {
    credentials: Option<Credentials>,
    /// How many refreshes have ended, and how the last one failed: what those who waited for it share.
    refreshes: u64,
    failure: Option<CredentialsError>,
}

impl CredentialsCache {
    /// Caches what `provider` gives, by the clock `time`.
    #[must_use]
    pub fn new(provider: Arc<dyn ProvideCredentials>, time: Arc<dyn TimeSource>) -> Self {
        Self { provider, time, state: Mutex::default(), refreshing: tokio::sync::Mutex::new(()) }
    }

    /// Credentials to sign with now.
    ///
    /// # Errors
    /// What the provider reports, when there are no valid credentials to fall back on.
    pub async fn get(&self) -> Result<Credentials, CredentialsError> {
        let (old, seen) = {
            let state = self.state();
            (state.credentials.clone(), state.refreshes)
        };
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
        let outcome = match self.provider.provide().await {
            Ok(credentials) => credentials.check().map(|()| credentials),
            Err(error) => Err(error),
        };
        self.store(outcome)
    }

    /// Forgets `refused`, credentials the service called expired: the next [`get`](Self::get) asks the provider.
    ///
    /// Does nothing when other credentials have taken their place in the meantime.
    pub fn invalidate(&self, refused: &Credentials) {
        self.state().credentials.take_if(|kept| kept == refused);
    }

    /// How the refresh ended that this caller waited for, if it waited.
    fn outcome_since(&self, seen: u64) -> Option<Result<Credentials, CredentialsError>> {
        let state = self.state();
        if state.refreshes == seen {
            return None;
        }
        match (&state.failure, &state.credentials) {
            (Some(error), _) => Some(Err(error.clone())),
            (None, Some(credentials)) => Some(Ok(credentials.clone())),
            (None, None) => None, // Invalidated since.
        }
    }

    fn store(&self, outcome: Result<Credentials, CredentialsError>) -> Result<Credentials, CredentialsError> {
        let now = self.time.now();
        let mut state = self.state();
        state.refreshes += 1;
        match outcome {
            Ok(credentials) => {
                state.failure = None;
                state.credentials = Some(credentials.clone());
                Ok(credentials)
            }
            Err(error) => match state.credentials.clone().filter(|old| is_valid(old, now)) {
                Some(old) => {
                    tracing::warn!(%error, "refreshing the credentials failed; using those that are still valid");
                    state.failure = None;
                    Ok(old)
                }
                None => {
                    state.credentials = None;
                    state.failure = Some(error.clone());
                    Err(error)
                }
            },
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing in here can panic halfway through a change, so a poisoned state is still a whole one.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_valid(credentials: &Credentials, at: SystemTime) -> bool {
    credentials.expires_at().is_none_or(|expiry| at < expiry)
}

#[cfg(test)]
mod tests;
