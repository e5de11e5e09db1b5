//! The send loop: credentials, signature, request, verdict, and again. Knows no operation's types.

use std::time::Duration;

use ::http::header::USER_AGENT;
use ::http::{HeaderValue, StatusCode};

use crate::clock::{self, Clock};
use crate::config::{Config, ConfigError};
use crate::credentials::{Credentials, CredentialsError};
use crate::encode_error::EncodeError;
use crate::error::{FailureDetails, TransportError};
use crate::http::{Request, Response};
use crate::operation::{Auth, OperationMeta, Retryable, Service};
use crate::payload::Body;
use crate::retry::FailedAttempt;
use crate::sigv4::{self, SignableRequest, SigningError, SigningKeyCache, SigningParams};
use crate::target::{Destination, Target};
use crate::transport::{Answer, Transport};
use crate::{redirect, restjson, retry};

/// What the clients of one configuration share.
pub(crate) struct Core {
    pub(crate) service: &'static Service,
    pub(crate) config: Config,
    transport: Transport,
    user_agent: HeaderValue,
    keys: SigningKeyCache,
    clock: Clock,
}

/// How a call ended that did not succeed.
pub(crate) enum Failure {
    Encode(EncodeError),
    Signing(SigningError),
    Credentials(CredentialsError),
    Transport(TransportError),
    Service(Box<FailureDetails>),
}

/// What the model says of an error's code.
type Modelled = fn(&str) -> Option<Retryable>;

impl Core {
    pub(crate) fn new(service: &'static Service, config: Config) -> Result<Self, ConfigError> {
        let transport = Transport::new(&config)?;
        let user_agent = user_agent(config.user_agent_suffix())?;
        let keys = if config.signature_cache() { SigningKeyCache::new() } else { SigningKeyCache::disabled() };
        let clock = Clock::ahead(config.system_clock_offset());
        Ok(Self { service, config, transport, user_agent, keys, clock })
    }

    /// Sends the request until it succeeds, fails for good, or has been retried as often as allowed. Gives the answer and the
    /// number of requests sent.
    pub(crate) async fn send(
        &self,
        target: &Target,
        operation: &'static OperationMeta,
        request: Request,
        modelled: Modelled,
    ) -> Result<(Answer, u32), Failure> {
        let mut destination = target.destination(&request).map_err(Failure::Encode)?;
        let body = Body::of(&request, operation.auth).await.map_err(Failure::Encode)?;
        let (mut retries, mut redirects) = (0, 0);
        loop {
            let credentials = self.credentials(operation.auth).await.map_err(Failure::Credentials)?;
            let attempt = self.attempt(target, operation, &request, &destination, &body, credentials.as_ref())?;
            let answer = self.transport.send(attempt, operation.streaming_output).await;
            let attempts = retries + redirects + 1;
            let (mut failure, retryable) = match answer {
                Ok(answer) => {
                    let corrected = self.correct_clock(&answer.response);
                    if is_success(answer.response.status) {
                        return Ok((answer, attempts));
                    }
                    if redirects < self.config.max_redirects()
                        && body.is_replayable()
                        && let Some(next) = redirect::next(&destination, &answer.response)
                    {
                        redirects += 1;
                        destination = next;
                        continue;
                    }
                    self.judge(answer.response, credentials.as_ref(), corrected, modelled)
                }
                Err(error) => (Failure::Transport(error), true),
            };
            tracing::debug!(operation = operation.name, attempts, retryable, code = failure.code(), "attempt failed");
            let wait = match retryable && body.is_replayable() && retries < self.config.retry().max_retries {
                true => {
                    let failed = FailedAttempt { retries, code: failure.code(), status: failure.status() };
                    self.config.retry().delay.wait(&failed, self.config.jitter())
                }
                false => None,
            };
            let Some(wait) = wait else {
                failure.set_attempts(attempts);
                return Err(failure);
            };
            retries += 1;
            if wait > Duration::ZERO {
                tokio::time::sleep(wait).await;
            }
        }
    }

    /// Follows the service's clock when it is far from ours, and says whether it did.
    fn correct_clock(&self, response: &Response) -> bool {
        if !self.config.correct_clock_skew() {
            return false;
        }
        let Some(theirs) = clock::server_time(&response.headers) else { return false };
        self.clock.follow(self.config.time_source().now(), theirs)
    }

    async fn credentials(&self, auth: Auth) -> Result<Option<Credentials>, CredentialsError> {
        match auth {
            Auth::None => Ok(None),
            Auth::Optional => Ok(self.config.credentials().get().await.ok()),
            Auth::SigV4 | Auth::SigV4UnsignedPayload => self.config.credentials().get().await.map(Some),
        }
    }

    /// One attempt's request, signed with the time of now.
    fn attempt(
        &self,
        target: &Target,
        operation: &OperationMeta,
        request: &Request,
        destination: &Destination,
        body: &Body,
        credentials: Option<&Credentials>,
    ) -> Result<reqwest::Request, Failure> {
        let mut attempt = reqwest::Request::new(request.method.clone(), destination.url.clone());
        let headers = attempt.headers_mut();
        headers.clone_from(&request.headers);
        headers.extend(target.headers.iter().cloned());
        headers.insert(USER_AGENT, self.user_agent.clone());
        if let Some(credentials) = credentials {
            let signable = SignableRequest::new(request.method.as_str(), destination.url.path())
                .query(destination.url.query().unwrap_or_default())
                .host(&destination.authority)
                .headers(headers)
                .payload(body.payload(operation.auth));
            let region = target.signing_region.as_deref().unwrap_or(self.config.region().as_str());
            let service = target.signing_name.as_deref().unwrap_or(self.service.signing_name);
            let params = SigningParams::new(credentials, region, service, self.clock.correct(self.config.time_source().now()))
                .settings(&target.signing)
                .keys(&self.keys);
            sigv4::sign(&signable, &params).map_err(Failure::Signing)?.apply(headers);
        }
        *attempt.body_mut() = Some(body.to_reqwest());
        Ok(attempt)
    }

    /// What a response that is no success means, and whether the call may be sent again.
    fn judge(
        &self,
        response: Response,
        credentials: Option<&Credentials>,
        clock_corrected: bool,
        modelled: Modelled,
    ) -> (Failure, bool) {
        let restjson::ErrorHead { code, message } = restjson::error_head(&response);
        if let Some(refused) = credentials.filter(|_| retry::is_expired_credentials(&code, message.as_deref())) {
            self.config.credentials().invalidate(refused);
        }
        let retryable = retry::is_retryable(&response, &code, message.as_deref(), modelled(&code))
            || clock_corrected && retry::is_clock_skew(&code);
        (Failure::Service(Box::new(FailureDetails { code, message, response, attempts: 0 })), retryable)
    }
}

fn is_success(status: StatusCode) -> bool {
    status.as_u16() < 300
}

fn user_agent(suffix: Option<&str>) -> Result<HeaderValue, ConfigError> {
    let mut text = format!("kinesisvideo-rust/{} os/{}", env!("CARGO_PKG_VERSION"), std::env::consts::OS);
    if let Some(suffix) = suffix {
        text.push(' ');
        text.push_str(suffix);
    }
    HeaderValue::try_from(text).map_err(|_| ConfigError::InvalidUserAgent)
}

impl Failure {
    fn set_attempts(&mut self, attempts: u32) {
        match self {
            Self::Transport(error) => error.attempts = attempts,
            Self::Service(details) => details.attempts = attempts,
            Self::Encode(_) | Self::Signing(_) | Self::Credentials(_) => {}
        }
    }

    fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Service(details) => Some(details.response.status),
            Self::Encode(_) | Self::Signing(_) | Self::Credentials(_) | Self::Transport(_) => None,
        }
    }

    /// The code alone: messages of a service may repeat what it was sent.
    fn code(&self) -> &str {
        match self {
            Self::Encode(_) => "UriParameterError",
            Self::Signing(_) => "SigningError",
            Self::Credentials(_) => "CredentialsError",
            Self::Transport(error) => error.code(),
            Self::Service(details) => &details.code,
        }
    }
}
