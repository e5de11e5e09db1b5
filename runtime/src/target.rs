//! Where the requests of a call go, and how that place wants them signed.

use std::sync::{Arc, Mutex, PoisonError};

use ::http::{HeaderName, HeaderValue};
use reqwest::Url;

use crate::config::{Config, ConfigError};
use crate::encode_error::EncodeError;
use crate::endpoint::{AuthScheme, BuiltIns, EndpointError, ResolvedEndpoint};
use crate::http::Request;
use crate::phrase::Escaped;
use crate::sigv4::{PathEncoding, SigningSettings};
use crate::url::Endpoint;

/// An endpoint with what its rules say besides the URL.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) endpoint: Endpoint,
    last: Last,
    pub(crate) origin: Origin,
    /// Why the endpoint rules let nothing go there, unless an operation gives them parameters of its own.
    pub(crate) refusal: Option<EndpointError>,
    /// Headers every request to it carries.
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    /// The service in the signature's scope, where it is not the service's usual one.
    pub(crate) signing_name: Option<String>,
    /// The region in the signature's scope, where it is not the client's.
    pub(crate) signing_region: Option<String>,
    pub(crate) signing: SigningSettings,
}

/// The path last asked for and where it leads: joining and parsing a URL costs half of what signing does, and most clients
/// send one operation over and over. A clone may lead elsewhere, so it starts with none.
#[derive(Debug, Default)]
struct Last(Mutex<Option<(String, Arc<Destination>)>>);

impl Clone for Last {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// Who says where an endpoint is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The endpoint rules.
    Rules,
    /// The configuration.
    Configured,
    /// The caller, of a client that is there already.
    Given,
}

impl Target {
    /// An endpoint that was not resolved.
    pub(crate) fn custom(endpoint: Endpoint, origin: Origin) -> Self {
        Self {
            endpoint,
            last: Last::default(),
            origin,
            refusal: None,
            headers: Vec::new(),
            signing_name: None,
            signing_region: None,
            signing: SigningSettings::default(),
        }
    }

    /// What endpoint rules gave; `scheme` replaces theirs.
    pub(crate) fn resolved(resolved: ResolvedEndpoint, scheme: &str) -> Result<Self, ConfigError> {
        let mut target = Self::custom(Endpoint::parse(&resolved.url)?.with_scheme(scheme)?, Origin::Rules);
        target.apply(resolved)?;
        Ok(target)
    }

    /// What endpoint rules refused to give an endpoint for; without a custom one, its name is one that never exists.
    pub(crate) fn refused(error: EndpointError, custom: Option<Endpoint>) -> Result<Self, ConfigError> {
        let target = match custom {
            Some(custom) => Self::custom(custom, Origin::Configured),
            None => Self::custom(Endpoint::parse("https://endpoint.invalid")?, Origin::Rules),
        };
        Ok(Self { refusal: Some(error), ..target })
    }

    /// What endpoint rules are asked with for a single call.
    pub(crate) fn built_ins<'a>(&'a self, config: &'a Config) -> BuiltIns<'a> {
        match self.origin {
            Origin::Rules => config.built_ins(None),
            Origin::Configured => config.built_ins(Some(&self.endpoint)),
            Origin::Given => {
                BuiltIns { use_fips: false, use_dual_stack: false, ..config.built_ins(Some(&self.endpoint)) }
            }
        }
    }

    /// Where a single call goes, as endpoint rules gave it for the call.
    pub(crate) fn of_call(&self, resolved: ResolvedEndpoint, config: &Config) -> Result<Self, ConfigError> {
        match self.origin {
            Origin::Rules => Self::resolved(resolved, config.scheme()),
            // Rules make their endpoint of the one that was given, which names its scheme.
            Origin::Configured | Origin::Given => {
                let mut target = Self::custom(Endpoint::parse(&resolved.url)?, self.origin);
                target.apply(resolved)?;
                Ok(target)
            }
        }
    }

    /// Takes over what endpoint rules gave besides the URL.
    pub(crate) fn apply(&mut self, resolved: ResolvedEndpoint) -> Result<(), ConfigError> {
        let refuse = |what: String| ConfigError::Endpoint(EndpointError::new(what));
        for (name, values) in resolved.headers {
            for value in values {
                let header = HeaderName::try_from(&name).ok().zip(HeaderValue::try_from(&value).ok());
                let header =
                    header.ok_or_else(|| refuse(format!("endpoint rules give `{name}`, which is no header")))?;
                self.headers.push(header);
            }
        }
        let Some(AuthScheme { signing_name, signing_region, disable_double_encoding, .. }) =
            resolved.auth_schemes.iter().find(|scheme| scheme.name == "sigv4").cloned()
        else {
            if let Some(other) = resolved.auth_schemes.first() {
                return Err(refuse(format!(
                    "the endpoint wants `{}` signatures; only `sigv4` is implemented",
                    other.name
                )));
            }
            return Ok(());
        };
        self.signing_name = signing_name;
        self.signing_region = signing_region;
        if disable_double_encoding {
            self.signing.path_encoding = PathEncoding::Single;
        }
        Ok(())
    }

    /// The URL a request goes to, and the `Host` header that goes with it.
    pub(crate) fn destination(&self, request: &Request) -> Result<Arc<Destination>, EncodeError> {
        let path = &request.path;
        if !request.query.is_empty() || !request.host_prefix.is_empty() {
            return self.join(request).map(Arc::new);
        }
        let mut last = self.last.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, destination)) = last.as_ref().filter(|(known, _)| known == path) {
            return Ok(Arc::clone(destination));
        }
        let destination = Arc::new(self.join(request)?);
        *last = Some((path.clone(), Arc::clone(&destination)));
        Ok(destination)
    }

    fn join(&self, request: &Request) -> Result<Destination, EncodeError> {
        let mut url = self.endpoint.join(&request.path, &request.query);
        if !request.host_prefix.is_empty() {
            let host = format!("{}{}", request.host_prefix, self.endpoint.host());
            url.set_host(Some(&host)).map_err(|error| {
                EncodeError::request(format!("the host `{}` cannot be reached: {error}", Escaped(&host)))
            })?;
        }
        Ok(Destination::new(url))
    }
}

/// A URL and its `Host` header.
#[derive(Debug)]
pub(crate) struct Destination {
    pub(crate) url: Url,
    pub(crate) authority: String,
}

impl Destination {
    pub(crate) fn new(url: Url) -> Self {
        let host = url.host_str().unwrap_or_default();
        let authority = match url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        };
        Self { url, authority }
    }
}
