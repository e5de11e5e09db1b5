//! Signing keys, and the one that is kept.

use super::TERMINATOR;
use crate::credentials::Credentials;
use sha2::{Digest, Sha256};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// The bytes SHA-256 works on at a time: the longest key HMAC takes as it is.
const BLOCK: usize = 64;

/// A key for one day, region and service, ready to sign: HMAC's state after the key.
pub(super) struct SigningKey(Hmac);

impl SigningKey {
    /// Derives the key of a secret access key.
    pub(super) fn derive(secret_access_key: &str, day: &[u8; 8], region: &str, service: &str) -> Self {
        let key = ["AWS4", secret_access_key].concat().into_bytes();
        let mut mac = Hmac::new(&key);
        for part in [&day[..], region.as_bytes(), service.as_bytes(), TERMINATOR.as_bytes()] {
            mac = Hmac::new(&mac.mac(part));
        }
        Self(mac)
    }

    /// The signature of a text.
    pub(super) fn sign(&self, text: &[u8]) -> [u8; 32] {
        self.0.mac(text)
    }

    /// Whether `signature` is the right one, found out in constant time.
    pub(super) fn verify(&self, text: &[u8], signature: &[u8; 32]) -> bool {
        let difference = self.sign(text).iter().zip(signature).fold(0, |bits, (ours, theirs)| bits | (ours ^ theirs));
        // Hidden from the optimiser, which might else leave the loop at the first byte that differs.
        std::hint::black_box(difference) == 0
    }
}

/// HMAC-SHA256 (RFC 2104) under a key: both hashes as they are after the key's block.
///
/// Twenty lines of our own, as the crate for them brings two more along for the comparison in constant time.
struct Hmac {
    /// Takes the message.
    inner: Sha256,
    /// Takes the message's hash.
    outer: Sha256,
}

impl Hmac {
    fn new(key: &[u8]) -> Self {
        let mut block = [0; BLOCK];
        if key.len() > BLOCK {
            block[..32].copy_from_slice(&Sha256::digest(key));
        } else {
            block[..key.len()].copy_from_slice(key);
        }
        let padded = |pad: u8| Sha256::new_with_prefix(block.map(|byte| byte ^ pad));
        Self { inner: padded(0x36), outer: padded(0x5c) }
    }

    fn mac(&self, message: &[u8]) -> [u8; 32] {
        let inner = self.inner.clone().chain_update(message).finalize();
        self.outer.clone().chain_update(inner).finalize().into()
    }
}

/// Keeps the signing key last used, as deriving one costs twice as much as signing.
///
/// One per client is enough: keys change with the day, and when credentials are refreshed. A key is never used for
/// anything else than what it was derived for. `Debug` shows neither key nor secret.
pub struct SigningKeyCache {
    enabled: bool,
    last: Mutex<Option<Entry>>,
    #[cfg(test)]
    derivations: std::sync::atomic::AtomicUsize,
}

struct Entry {
    credentials: Credentials,
    day: [u8; 8],
    region: Box<str>,
    service: Box<str>,
    key: Arc<SigningKey>,
}

impl SigningKeyCache {
    /// An empty cache.
    #[must_use]
    pub const fn new() -> Self {
        Self::with(true)
    }

    /// A cache that keeps nothing: every signature derives its key.
    #[must_use]
    pub const fn disabled() -> Self {
        Self::with(false)
    }

    const fn with(enabled: bool) -> Self {
        Self {
            enabled,
            last: Mutex::new(None),
            #[cfg(test)]
            derivations: std::sync::atomic::AtomicUsize::new(0),
        }
    }

    pub(super) fn key(&self, credentials: &Credentials, day: &[u8; 8], region: &str, service: &str) -> Arc<SigningKey> {
        if !self.enabled {
            return self.derive(credentials, day, region, service);
        }
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some(entry) if entry.is_for(credentials, day, region, service) => Arc::clone(&entry.key),
            _ => {
                let key = self.derive(credentials, day, region, service);
                *last = Some(Entry {
                    credentials: credentials.clone(),
                    day: *day,
                    region: region.into(),
                    service: service.into(),
                    key: Arc::clone(&key),
                });
                key
            }
        }
    }

    fn derive(&self, credentials: &Credentials, day: &[u8; 8], region: &str, service: &str) -> Arc<SigningKey> {
        #[cfg(test)]
        self.derivations.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Arc::new(SigningKey::derive(credentials.secret_access_key(), day, region, service))
    }
}

impl Entry {
    fn is_for(&self, credentials: &Credentials, day: &[u8; 8], region: &str, service: &str) -> bool {
        self.credentials.same_key(credentials)
            && self.day == *day
            && *self.region == *region
            && *self.service == *service
    }
}

impl Default for SigningKeyCache {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for SigningKeyCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKeyCache").field("enabled", &self.enabled).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::super::encode::hex;
    use super::*;
    use hmac::{KeyInit as _, Mac as _};
    use std::sync::atomic::Ordering;

    fn derivations(cache: &SigningKeyCache) -> usize {
        cache.derivations.load(Ordering::Relaxed)
    }

    #[test]
    fn hmac_is_hmac_for_keys_of_every_length() {
        // RFC 4231, test cases 2 and 6 (a key longer than a block).
        for (key, text, mac) in [
            (
                b"Jefe".to_vec(),
                "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (
                vec![0xaa; 131],
                "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            ),
        ] {
            assert_eq!(hex(&Hmac::new(&key).mac(text.as_bytes())), *mac.as_bytes());
        }
        for length in [0, 1, 63, 64, 65, 200] {
            let (key, text) = (vec![7; length], vec![b'x'; length]);
            let mut reference = hmac::Hmac::<Sha256>::new_from_slice(&key).unwrap();
            reference.update(&text);
            assert_eq!(Hmac::new(&key).mac(&text), *reference.finalize().into_bytes(), "{length}");
        }
    }

    #[test]
    fn a_signature_verifies_and_one_that_differs_anywhere_does_not() {
        let key = SigningKey(Hmac::new(b"Jefe"));
        let right = key.sign(b"what do ya want for nothing?");
        assert!(key.verify(b"what do ya want for nothing?", &right));
        for at in 0..right.len() {
            let mut wrong = right;
            wrong[at] ^= 1;
            assert!(!key.verify(b"what do ya want for nothing?", &wrong), "{at}");
        }
    }

    #[test]
    fn a_key_is_derived_once_for_all_it_is_valid_for() {
        let cache = SigningKeyCache::new();
        let credentials = Credentials::new("AKID", "secret");
        let first = cache.key(&credentials, b"20240510", "us-west-2", "kinesisvideo").sign(b"x");
        // The same key by value, and with another session token: the key does not depend on it.
        for same in
            [credentials.clone(), Credentials::new("AKID", "secret"), credentials.clone().with_session_token("t")]
        {
            assert_eq!(cache.key(&same, b"20240510", "us-west-2", "kinesisvideo").sign(b"x"), first);
        }
        assert_eq!(derivations(&cache), 1);
    }

    #[test]
    fn a_key_is_never_used_for_anything_else() {
        let cache = SigningKeyCache::new();
        let credentials = Credentials::new("AKID", "secret");
        let other_secret = Credentials::new("AKID", "other");
        let other_id = Credentials::new("AKIDOTHER", "secret");
        let uses = [
            (&credentials, b"20240510", "us-west-2", "kinesisvideo"),
            (&other_secret, b"20240510", "us-west-2", "kinesisvideo"),
            (&other_id, b"20240510", "us-west-2", "kinesisvideo"),
            (&other_id, b"20240511", "us-west-2", "kinesisvideo"),
            (&other_id, b"20240511", "us-west-1", "kinesisvideo"),
            (&other_id, b"20240511", "us-west-1", "execute-api"),
        ];
        for (index, (credentials, day, region, service)) in uses.into_iter().enumerate() {
            let fresh = SigningKeyCache::disabled().key(credentials, day, region, service);
            let kept = cache.key(credentials, day, region, service);
            assert_eq!(kept.sign(b"x"), fresh.sign(b"x"));
            assert_eq!(derivations(&cache), index + 1);
        }
    }

    #[test]
    fn a_disabled_cache_derives_every_time() {
        let cache = SigningKeyCache::disabled();
        let credentials = Credentials::new("AKID", "secret");
        for _ in 0..3 {
            cache.key(&credentials, b"20240510", "us-west-2", "kinesisvideo");
        }
        assert_eq!(derivations(&cache), 3);
    }

    #[test]
    fn debug_shows_no_secret() {
        let cache = SigningKeyCache::new();
        cache.key(&Credentials::new("AKID", "hunter2"), b"20240510", "us-west-2", "kinesisvideo");
        assert_eq!(format!("{cache:?}"), "SigningKeyCache { enabled: true, .. }");
    }
}
