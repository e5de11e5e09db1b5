//! Proxies.

use std::fmt;

use super::ConfigError;

/// A proxy's URL; `Debug` shows neither user nor password.
#[derive(Clone)]
pub(crate) struct Proxy(String);

impl Proxy {
    /// Takes any text; [`to_reqwest`](Self::to_reqwest) finds out whether it is a proxy's URL.
    pub(crate) fn new(url: String) -> Self {
        Self(url)
    }

    pub(crate) fn to_reqwest(&self) -> Result<reqwest::Proxy, ConfigError> {
        let refuse = |reason: &str| ConfigError::InvalidProxy { reason: reason.to_owned() };
        let url = reqwest::Url::parse(&self.0).map_err(|error| refuse(&format!("it is not a URL ({error})")))?;
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
            return Err(refuse("it is not of the form `http://host:port`"));
        }
        reqwest::Proxy::all(url).map_err(|error| refuse(&error.to_string()))
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = reqwest::Url::parse(&self.0).ok().and_then(|url| url.host_str().map(str::to_owned));
        f.debug_tuple("Proxy").field(&host).finish()
    }
}
