//! What endpoint rules give.

use std::borrow::Cow;
use std::fmt;

/// Any JSON value: a property of an endpoint that this crate has no type for.
pub type PropertyValue = serde_json::Value;

/// Where requests go, as endpoint rules give it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ResolvedEndpoint {
    /// The base URL: scheme, host, and a port and base path where there are any.
    pub url: String,
    /// Headers every request must carry, each with its values.
    pub headers: Vec<(String, Vec<String>)>,
    /// How requests must be signed, most preferred first; empty where the service's usual way applies.
    pub auth_schemes: Vec<AuthScheme>,
    /// All other properties, sorted by name.
    pub properties: Vec<(String, PropertyValue)>,
}

impl ResolvedEndpoint {
    /// An endpoint without headers and properties.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), headers: Vec::new(), auth_schemes: Vec::new(), properties: Vec::new() }
    }

    /// Adds a value to a header, after those the header has.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        let value = value.into();
        match self.headers.iter_mut().find(|(header, _)| header == name) {
            Some((_, values)) => values.push(value),
            None => self.headers.push((name.to_owned(), vec![value])),
        }
        self
    }

    /// Adds an authentication scheme, less preferred than those before it.
    #[must_use]
    pub fn auth_scheme(mut self, scheme: AuthScheme) -> Self {
        self.auth_schemes.push(scheme);
        self
    }

    /// Adds a property.
    #[must_use]
    pub fn property(mut self, name: &str, value: impl Into<PropertyValue>) -> Self {
        self.properties.push((name.to_owned(), value.into()));
        self
    }
}

/// How requests to an endpoint must be signed, where this differs from the service's usual way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuthScheme {
    /// The scheme: `sigv4`, `sigv4a`.
    pub name: String,
    /// The service in the signature's scope; the service's own when `None`.
    pub signing_name: Option<String>,
    /// The region in the signature's scope; the client's when `None`.
    pub signing_region: Option<String>,
    /// The regions a `sigv4a` signature is good for.
    pub signing_region_set: Vec<String>,
    /// Whether the path is percent-encoded once, not twice, before signing.
    pub disable_double_encoding: bool,
    /// Whether the path is signed as it is, its dot segments included.
    pub disable_normalize_path: bool,
}

impl AuthScheme {
    /// A scheme that changes nothing yet.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// Sets the service in the signature's scope.
    #[must_use]
    pub fn signing_name(mut self, name: impl Into<String>) -> Self {
        self.signing_name = Some(name.into());
        self
    }

    /// Sets the region in the signature's scope.
    #[must_use]
    pub fn signing_region(mut self, region: impl Into<String>) -> Self {
        self.signing_region = Some(region.into());
        self
    }

    /// Adds a region a `sigv4a` signature is good for.
    #[must_use]
    pub fn signing_region_in_set(mut self, region: impl Into<String>) -> Self {
        self.signing_region_set.push(region.into());
        self
    }

    /// Sets whether the path is percent-encoded only once before signing.
    #[must_use]
    pub fn disable_double_encoding(mut self, disable: bool) -> Self {
        self.disable_double_encoding = disable;
        self
    }

    /// Sets whether the path is signed as it is.
    #[must_use]
    pub fn disable_normalize_path(mut self, disable: bool) -> Self {
        self.disable_normalize_path = disable;
        self
    }
}

/// Why endpoint rules give no endpoint: the configuration asks for what the service or partition does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointError(Cow<'static, str>);

impl EndpointError {
    /// An error of a rule, in the rule's words.
    pub fn new(message: impl Into<Cow<'static, str>>) -> Self {
        Self(message.into())
    }

    /// A parameter is not set that the rules cannot do without.
    pub fn missing_parameter(name: &str) -> Self {
        Self(format!("the endpoint parameter `{name}` is required and not set").into())
    }

    /// No rule matches.
    pub fn no_rule() -> Self {
        Self(Cow::Borrowed("no endpoint rule matches this configuration: set the endpoint explicitly"))
    }

    /// What is wrong.
    pub fn message(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for EndpointError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_one_header_stay_together_in_order() {
        let endpoint =
            ResolvedEndpoint::new("https://a.example.test").header("x-a", "1").header("x-b", "2").header("x-a", "3");
        assert_eq!(
            endpoint.headers,
            [("x-a".to_owned(), vec!["1".to_owned(), "3".to_owned()]), ("x-b".to_owned(), vec!["2".to_owned()]),]
        );
    }

    #[test]
    fn an_error_displays_as_its_message() {
        assert_eq!(EndpointError::new("no FIPS here").to_string(), "no FIPS here");
        assert!(EndpointError::missing_parameter("Region").message().contains("`Region`"));
    }
}
