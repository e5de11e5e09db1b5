//! What the clients of one configuration share, and how a call fails before its error gets a type.

use std::sync::Arc;

use ::http::{HeaderValue, StatusCode};

use crate::clock::Clock;
use crate::config::{Config, ConfigError};
use crate::credentials::{BearerToken, CredentialsError, IdentityCache};
use crate::encode_error::EncodeError;
use crate::error::{FailureDetails, Resent, TransportError};
use crate::http::Response;
use crate::monitoring::{Exception, Monitor};
use crate::operation::Service;
use crate::sigv4::{SigningError, SigningKeyCache};
use crate::transport::Transport;

/// What the clients of one configuration share.
pub(crate) struct Shared {
    pub(crate) service: &'static Service,
    pub(crate) config: Config,
    pub(crate) transport: Transport,
    pub(crate) user_agent: HeaderValue,
    pub(crate) keys: SigningKeyCache,
    pub(crate) clock: Clock,
    pub(crate) monitor: Option<Monitor>,
    /// Where bearer tokens come from, if there are any.
    pub(crate) bearer_token: Option<Arc<IdentityCache<BearerToken>>>,
}

/// How a call ended that did not succeed.
pub(crate) enum Failure {
    Encode(EncodeError),
    Signing(SigningError),
    Credentials(CredentialsError),
    Transport(TransportError),
    Service(Box<FailureDetails>),
}

impl Shared {
    pub(crate) fn new(service: &'static Service, config: Config) -> Result<Self, ConfigError> {
        let transport = Transport::new(&config)?;
        let user_agent = user_agent(&config)?;
        let keys = if config.signature_cache() { SigningKeyCache::new() } else { SigningKeyCache::disabled() };
        let clock = Clock::ahead(config.system_clock_offset());
        let monitor = config.monitoring().cloned().map(Monitor::new);
        let bearer_token = config.bearer_token(service);
        Ok(Self { service, config, transport, user_agent, keys, clock, monitor, bearer_token })
    }
}

fn user_agent(config: &Config) -> Result<HeaderValue, ConfigError> {
    let mut text = format!("kinesisvideo-rust/{} os/{}", env!("CARGO_PKG_VERSION"), std::env::consts::OS);
    for part in config.user_agent_parts() {
        text.push(' ');
        text.push_str(&part);
    }
    HeaderValue::try_from(text).map_err(|_| ConfigError::InvalidUserAgent)
}

impl Failure {
    pub(crate) fn set_resent(&mut self, resent: Resent) {
        match self {
            Self::Transport(error) => error.resent = resent,
            Self::Service(details) => details.resent = resent,
            Self::Encode(_) | Self::Signing(_) | Self::Credentials(_) => {}
        }
    }

    /// What monitoring data says of it.
    pub(crate) fn exception(&self) -> Exception {
        let (message, by_service) = match self {
            Self::Encode(error) => (error.to_string(), false),
            Self::Signing(error) => (error.to_string(), false),
            Self::Credentials(error) => (error.to_string(), false),
            Self::Transport(error) => (error.message.clone(), false),
            Self::Service(details) => (details.message.clone().unwrap_or_default(), true),
        };
        Exception { code: self.code().to_owned(), message, by_service }
    }

    pub(crate) fn response(&self) -> Option<&Response> {
        match self {
            Self::Service(details) => Some(&details.response),
            Self::Encode(_) | Self::Signing(_) | Self::Credentials(_) | Self::Transport(_) => None,
        }
    }

    pub(crate) fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Transport(error) => error.status,
            _ => self.response().map(|response| response.status),
        }
    }

    /// The code alone: messages of a service may repeat what it was sent.
    pub(crate) fn code(&self) -> &str {
        match self {
            Self::Encode(error) => error.code(),
            Self::Signing(_) => "SigningError",
            Self::Credentials(_) => "CredentialsError",
            Self::Transport(error) => error.code(),
            Self::Service(details) => &details.code,
        }
    }
}
