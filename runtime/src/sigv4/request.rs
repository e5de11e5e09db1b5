//! What is signed, and for whom.

use super::key::SigningKeyCache;
use super::payload::Payload;
use super::settings::SigningSettings;
use crate::credentials::Credentials;
use http::HeaderMap;
use std::fmt;
use std::time::SystemTime;

/// A request as it will be sent, or as it was received.
///
/// Method, host, path and query must be the very text on the wire: sign after the final URL is known. `Debug` shows no
/// query and no header value, which may be secret.
#[derive(Clone, Copy)]
pub struct SignableRequest<'a> {
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    pub(super) query: &'a str,
    pub(super) host: &'a str,
    pub(super) headers: Option<&'a HeaderMap>,
    pub(super) payload: Payload<'a>,
}

impl<'a> SignableRequest<'a> {
    /// A request with an empty query, no headers and an empty body. The path is percent-encoded as it is sent.
    #[must_use]
    pub fn new(method: &'a str, path: &'a str) -> Self {
        Self { method, path, query: "", host: "", headers: None, payload: Payload::Bytes(b"") }
    }

    /// The query without `?`, percent-encoded as it is sent.
    #[must_use]
    pub fn query(mut self, query: &'a str) -> Self {
        self.query = query;
        self
    }

    /// The `Host` header that the HTTP client will add: the port only where it is not the scheme's own.
    ///
    /// A `host` among the headers comes first.
    #[must_use]
    pub fn host(mut self, host: &'a str) -> Self {
        self.host = host;
        self
    }

    /// The headers.
    #[must_use]
    pub fn headers(mut self, headers: &'a HeaderMap) -> Self {
        self.headers = Some(headers);
        self
    }

    /// The body, or what stands for it.
    #[must_use]
    pub fn payload(mut self, payload: Payload<'a>) -> Self {
        self.payload = payload;
        self
    }
}

impl fmt::Debug for SignableRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().flat_map(|headers| headers.keys()).collect();
        f.debug_struct("SignableRequest")
            .field("method", &self.method)
            .field("host", &self.host)
            .field("path", &self.path)
            .field("headers", &names)
            .field("payload", &self.payload)
            .finish_non_exhaustive()
    }
}

/// Who signs, for which service and region, when, and how.
#[derive(Clone, Copy, Debug)]
pub struct SigningParams<'a> {
    pub(super) credentials: &'a Credentials,
    pub(super) region: &'a str,
    pub(super) service: &'a str,
    pub(super) time: SystemTime,
    pub(super) settings: &'a SigningSettings,
    pub(super) keys: &'a SigningKeyCache,
}

impl<'a> SigningParams<'a> {
    /// Signs with the default settings and keeps no signing key. `service` is the signing name, such as `kinesisvideo`.
    #[must_use]
    pub fn new(credentials: &'a Credentials, region: &'a str, service: &'a str, time: SystemTime) -> Self {
        static DEFAULT_SETTINGS: SigningSettings = SigningSettings::DEFAULT;
        static NO_CACHE: SigningKeyCache = SigningKeyCache::disabled();
        Self { credentials, region, service, time, settings: &DEFAULT_SETTINGS, keys: &NO_CACHE }
    }

    /// Signs with other settings.
    #[must_use]
    pub fn settings(mut self, settings: &'a SigningSettings) -> Self {
        self.settings = settings;
        self
    }

    /// Takes the signing key from a cache, and leaves it there.
    #[must_use]
    pub fn keys(mut self, keys: &'a SigningKeyCache) -> Self {
        self.keys = keys;
        self
    }
}
