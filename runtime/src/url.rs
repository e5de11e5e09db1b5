//! Endpoints: where requests are sent.

use std::fmt;

use reqwest::Url;

use crate::config::ConfigError;

/// A base URL: scheme, host, port and an optional base path.
///
/// Kept as parsed, so that the host and path that are signed are the ones that are sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint {
    url: Url,
}

impl Endpoint {
    /// Reads a base URL; a text without a scheme gets `https://`.
    ///
    /// # Errors
    /// [`ConfigError::InvalidEndpoint`] when there is no host, when the scheme is neither `http` nor `https`, or when the
    /// text carries user info, a query or a fragment, none of which can be part of a base URL.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        Self::parse_with_scheme(text, "https")
    }

    pub(crate) fn parse_with_scheme(text: &str, default_scheme: &str) -> Result<Self, ConfigError> {
        let refuse = |reason: &str| ConfigError::InvalidEndpoint { endpoint: redact(text), reason: reason.to_owned() };
        if text.trim().is_empty() {
            return Err(refuse("it is empty: give a URL such as `https://host` or leave it unset"));
        }
        if text.contains(|c: char| c.is_control() || c.is_whitespace() && c != ' ') || text.trim() != text {
            return Err(refuse("it has white space around it or control characters in it"));
        }
        let url = match text.contains("://") {
            true => Url::parse(text),
            false => Url::parse(&format!("{default_scheme}://{text}")),
        }
        .map_err(|error| refuse(&format!("it is not a URL ({error})")))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(refuse(&format!("scheme `{}` is neither `http` nor `https`", url.scheme())));
        }
        if url.host_str().is_none_or(str::is_empty) {
            return Err(refuse("it has no host"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refuse("it carries user info (`user:password@`): credentials belong in `credentials`"));
        }
        if url.query().is_some() {
            return Err(refuse("it carries a query (`?…`), which cannot be part of a base URL"));
        }
        if url.fragment().is_some() {
            return Err(refuse("it carries a fragment (`#…`), which cannot be part of a base URL"));
        }
        Ok(Self { url })
    }

    /// `https` or `http`.
    pub fn scheme(&self) -> &str {
        self.url.scheme()
    }

    /// The host name, in lower case; an IPv6 address stands in brackets.
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// The port, the scheme's own (443 or 80) when the URL names none.
    pub fn port(&self) -> u16 {
        self.url.port_or_known_default().unwrap_or(443)
    }

    /// The base path, `/` when there is none.
    pub fn path(&self) -> &str {
        self.url.path()
    }

    /// The whole base URL.
    pub fn as_str(&self) -> &str {
        self.url.as_str()
    }

    /// The same endpoint over another scheme, its port unchanged when it names one.
    pub(crate) fn with_scheme(mut self, scheme: &str) -> Result<Self, ConfigError> {
        self.url.set_scheme(scheme).map_err(|()| ConfigError::InvalidEndpoint {
            endpoint: self.url.to_string(),
            reason: format!("its scheme cannot be `{scheme}`"),
        })?;
        Ok(self)
    }

    /// The URL of an operation: the base path and the operation's path joined, runs of slashes between them collapsed.
    pub(crate) fn join(&self, path: &str, query: &str) -> Url {
        let mut url = self.url.clone();
        let base = self.url.path();
        if base != "/" {
            url.set_path(&collapse_slashes(&format!(
                "{}/{}",
                base.trim_end_matches('/'),
                path.trim_start_matches('/')
            )));
        } else {
            url.set_path(path);
        }
        if !query.is_empty() {
            url.set_query(Some(query));
        }
        url
    }
}

fn collapse_slashes(path: &str) -> String {
    let mut joined = String::with_capacity(path.len());
    for c in path.chars() {
        if c != '/' || !joined.ends_with('/') {
            joined.push(c);
        }
    }
    joined
}

/// What an error may show of a refused endpoint: never a password.
fn redact(text: &str) -> String {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    match authority.rsplit_once('@') {
        Some((user_info, _)) => text.replacen(user_info, "***", 1),
        None => text.to_owned(),
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Endpoint").field(&self.as_str()).finish()
    }
}

impl TryFrom<&str> for Endpoint {
    type Error = ConfigError;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Endpoint {
    type Error = ConfigError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<std::convert::Infallible> for ConfigError {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_is_added_and_a_default_port_dropped() {
        assert_eq!(Endpoint::parse("w-1.example.test").unwrap().as_str(), "https://w-1.example.test/");
        assert_eq!(Endpoint::parse("localhost:8443/p").unwrap().as_str(), "https://localhost:8443/p");
        let explicit = Endpoint::parse("HTTPS://Up.Example.test:443").unwrap();
        assert_eq!(
            (explicit.host(), explicit.port(), explicit.as_str()),
            ("up.example.test", 443, "https://up.example.test/")
        );
    }

    #[test]
    fn what_cannot_be_a_base_url_is_refused_with_the_reason() {
        for (text, reason) in [
            ("", "empty"),
            (" ", "empty"),
            ("ftp://host", "scheme `ftp`"),
            ("https://", "not a URL"),
            ("https://host?x=1", "query"),
            ("https://host/#f", "fragment"),
            ("https://user:pw@host", "user info"),
            ("https://host\n", "white space"),
            ("https://[::1", "not a URL"),
        ] {
            let error = Endpoint::parse(text).unwrap_err().to_string();
            assert!(error.contains(reason), "{text:?}: {error}");
        }
    }

    #[test]
    fn a_refused_password_is_not_shown() {
        let error = Endpoint::parse("https://user:hunter2@host").unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hunter2"));
    }

    #[test]
    fn paths_join_without_double_slashes() {
        let join = |base: &str, path: &str| Endpoint::parse(base).unwrap().join(path, "").path().to_owned();
        assert_eq!(join("http://h", "/joinStorageSession"), "/joinStorageSession");
        assert_eq!(join("http://h/base/v1", "/join"), "/base/v1/join");
        assert_eq!(join("http://h/base//v1/", "/join"), "/base/v1/join");
        assert_eq!(join("http://h/", "//a//b"), "//a//b");
    }

    #[test]
    fn a_query_is_kept_as_it_is() {
        let url = Endpoint::parse("http://h").unwrap().join("/p", "a=1&b=%2F");
        assert_eq!(url.as_str(), "http://h/p?a=1&b=%2F");
    }
}
