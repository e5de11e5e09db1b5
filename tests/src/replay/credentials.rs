//! Sources of credentials.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, UNIX_EPOCH};

use kinesisvideo::runtime::credentials::{CredentialsFuture, ProviderChain};
use kinesisvideo::{Credentials, CredentialsError, ProvideCredentials};

use super::format::{Keys, Link};

/// Gives one after the other, the last one again and again.
#[derive(Debug)]
pub(super) struct Sequence {
    keys: Vec<Keys>,
    asked: Mutex<usize>,
}

impl Sequence {
    pub(super) fn new(keys: Vec<Keys>) -> Self {
        Self { keys, asked: Mutex::new(0) }
    }
}

impl ProvideCredentials for Sequence {
    fn name(&self) -> &str {
        "sequence"
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let keys = self.keys.get(*asked).or(self.keys.last()).map(credentials);
        *asked += 1;
        let none = || CredentialsError::not_found("sequence", "the sequence is empty", "");
        Box::pin(std::future::ready(keys.ok_or_else(none)))
    }
}

pub(super) fn chain(links: &[Link]) -> ProviderChain {
    let providers = links.iter().map(|link| match link {
        Link::Fails { fail } => Arc::new(Failing(fail.clone())) as Arc<dyn ProvideCredentials>,
        Link::Gives(keys) => Arc::new(credentials(keys)),
    });
    ProviderChain::new(providers.collect())
}

fn credentials(keys: &Keys) -> Credentials {
    let credentials = Credentials::new(&keys.access_key_id, &keys.secret_access_key)
        .with_session_token(keys.session_token.as_deref().unwrap_or_default());
    match keys.expire_time.as_u64() {
        Some(expiry) => credentials.with_expiry(UNIX_EPOCH + Duration::from_millis(expiry)),
        None => credentials,
    }
}

#[derive(Debug)]
struct Failing(String);

impl ProvideCredentials for Failing {
    fn name(&self) -> &str {
        "failing"
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(std::future::ready(Err(CredentialsError::provider_failed("failing", self.0.clone()))))
    }
}
