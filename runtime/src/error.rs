//! What a call can fail with.

mod transport;

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use ::http::StatusCode;

use crate::config::ConfigError;
use crate::credentials::CredentialsError;
use crate::http::Response;
use crate::operation::{DecodeError, EncodeError, ServiceError};
use crate::paginate::PaginationError;
use crate::phrase::Escaped;
use crate::sigv4::SigningError;
use crate::validate::ValidationErrors;

pub use transport::{TransportError, TransportErrorKind};

/// The code of a success from which no output can be read.
pub(crate) const UNREADABLE: &str = "SyntaxError";

/// The error of a call, `E` being the service's own errors.
///
/// The variants say where a call ended: before anything was sent ([`Config`](Self::Config),
/// [`Validation`](Self::Validation), [`UnknownOperation`](Self::UnknownOperation), [`Encode`](Self::Encode),
/// [`Credentials`](Self::Credentials), [`Signing`](Self::Signing)), on the way ([`Transport`](Self::Transport)), or with an answer
/// ([`Service`](Self::Service), [`Response`](Self::Response), [`Pagination`](Self::Pagination)). The predicates answer the usual questions without a match.
///
/// `Display` carries code, message, status and request ID, never a body, a header or a credential.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error<E> {
    /// The configuration cannot serve this call. Nothing was sent.
    Config(ConfigError),
    /// The input breaks rules of the model; all violations are listed. Nothing was sent.
    Validation(ValidationErrors),
    /// The service has no operation of that name. Nothing was sent.
    UnknownOperation(UnknownOperation),
    /// The input cannot be written as a request. Nothing was sent.
    Encode(EncodeError),
    /// There are no usable credentials. Nothing was sent.
    Credentials(CredentialsError),
    /// The request cannot be signed. Nothing was sent.
    Signing(SigningError),
    /// The request or its response was lost on the way. Whether the service acted on the request is unknown.
    Transport(TransportError),
    /// The service refused the request.
    Service(ServiceFailure<E>),
    /// The service answered with success, and the answer is not what the model says.
    Response(ResponseError),
    /// The service answered with success, and names a next page that it had named before.
    Pagination(PaginationError),
}

impl<E: ServiceError> Error<E> {
    /// The code, as the service sent it or as AWS SDKs name the condition (`TimeoutError`, `CredentialsError`, …).
    pub fn code(&self) -> &str {
        match self {
            Self::Config(error) => error.code(),
            Self::Validation(errors) => errors.code(),
            Self::UnknownOperation(_) => "UnknownOperation",
            Self::Encode(error) => error.code(),
            Self::Credentials(_) => "CredentialsError",
            Self::Signing(_) => "SigningError",
            Self::Transport(error) => error.code(),
            Self::Service(failure) => failure.code(),
            Self::Response(_) => UNREADABLE,
            Self::Pagination(_) => "PaginationError",
        }
    }

    /// What is wrong, without code, status and request ID: the service's message, which may be missing, or for other errors the
    /// words of AWS SDK for JavaScript v2 where it has the same error, for programs that compare them. `Display` says more.
    pub fn message(&self) -> Option<Cow<'_, str>> {
        Some(match self {
            Self::Config(error) => error.message().into(),
            Self::Validation(errors) => errors.message().into(),
            Self::Credentials(error) => error.message().into(),
            Self::Transport(error) => error.message().into(),
            Self::Service(failure) => return failure.message().map(Cow::Borrowed),
            Self::Response(error) => error.decode_error().message().into(),
            Self::UnknownOperation(error) => error.to_string().into(),
            Self::Encode(error) => error.to_string().into(),
            Self::Signing(error) => error.to_string().into(),
            Self::Pagination(error) => error.to_string().into(),
        })
    }

    /// The service's own error, when it is one.
    pub fn service_error(&self) -> Option<&E> {
        match self {
            Self::Service(failure) => Some(failure.error()),
            _ => None,
        }
    }

    /// The status of the response that ended the call, if one came: also of one whose body was lost on the way.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Transport(error) => error.status(),
            _ => self.response().map(|response| response.status),
        }
    }

    /// The request ID the service gave: what AWS support asks for.
    pub fn request_id(&self) -> Option<&str> {
        self.response().and_then(Response::request_id)
    }

    /// The response that ended the call, if a whole one came.
    pub fn response(&self) -> Option<&Response> {
        match self {
            Self::Service(failure) => Some(failure.response()),
            Self::Response(error) => Some(error.response()),
            _ => None,
        }
    }

    /// How many requests were sent, the first included; 0 for errors that keep a request from being sent, the first or a later one.
    pub fn attempts(&self) -> u32 {
        self.resent().map_or(0, Resent::attempts)
    }

    /// How many of the requests were retries after a failure.
    pub fn retries(&self) -> u32 {
        self.resent().map_or(0, |resent| resent.retries)
    }

    /// How many of the requests followed a redirect.
    pub fn redirects(&self) -> u32 {
        self.resent().map_or(0, |resent| resent.redirects)
    }

    fn resent(&self) -> Option<Resent> {
        match self {
            Self::Transport(error) => Some(error.resent),
            Self::Service(failure) => Some(failure.details.resent),
            Self::Response(error) => Some(error.details.resent),
            _ => None,
        }
    }

    /// Whether the service asked to slow down.
    ///
    /// An error of this kind is not always worth a retry: some services use the same code for quotas that waiting does
    /// not free.
    pub fn is_throttling(&self) -> bool {
        match self {
            Self::Service(failure) => {
                failure.response().status == StatusCode::TOO_MANY_REQUESTS
                    || crate::retry::is_throttling_code(failure.code())
                    || E::retryable(failure.code()).is_some_and(|retryable| retryable.throttling)
            }
            _ => false,
        }
    }

    /// Whether a time limit passed: connecting, or waiting for the response or more of it.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Transport(error) if error.kind() == TransportErrorKind::Timeout)
    }

    /// Whether the same call may succeed later: what the client itself retries.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport(_) => true,
            Self::Service(failure) => failure.details.retryable,
            _ => false,
        }
    }
}

impl<E: fmt::Display> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config(error) => error.fmt(f),
            Self::Validation(errors) => errors.fmt(f),
            Self::UnknownOperation(error) => error.fmt(f),
            Self::Encode(error) => error.fmt(f),
            Self::Credentials(error) => error.fmt(f),
            Self::Signing(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Service(failure) => failure.fmt(f),
            Self::Response(error) => error.fmt(f),
            Self::Pagination(error) => error.fmt(f),
        }
    }
}

impl<E: StdError + 'static> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Config(error) => error.source(),
            Self::Encode(error) => error.source(),
            Self::Credentials(error) => error.source(),
            Self::Signing(error) => error.source(),
            Self::Transport(error) => error.source(),
            Self::Service(failure) => Some(failure.error()),
            Self::Response(error) => Some(&error.source),
            Self::Validation(_) | Self::UnknownOperation(_) | Self::Pagination(_) => None,
        }
    }
}

impl<E> From<ConfigError> for Error<E> {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}

impl<E> From<ValidationErrors> for Error<E> {
    fn from(errors: ValidationErrors) -> Self {
        Self::Validation(errors)
    }
}

impl<E> From<EncodeError> for Error<E> {
    fn from(error: EncodeError) -> Self {
        Self::Encode(error)
    }
}

impl<E> From<UnknownOperation> for Error<E> {
    fn from(error: UnknownOperation) -> Self {
        Self::UnknownOperation(error)
    }
}

/// How often a request was sent again.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Resent {
    pub(crate) retries: u32,
    pub(crate) redirects: u32,
}

impl Resent {
    /// How many requests were sent, the first included.
    pub(crate) fn attempts(self) -> u32 {
        self.retries.saturating_add(self.redirects).saturating_add(1)
    }
}

/// A refusal by the service.
#[derive(Clone, Debug)]
pub struct ServiceFailure<E> {
    pub(crate) error: E,
    pub(crate) details: Box<FailureDetails>,
}

/// What every error response tells, whatever the service.
#[derive(Clone, Debug)]
pub(crate) struct FailureDetails {
    pub(crate) code: String,
    pub(crate) message: Option<String>,
    pub(crate) response: Response,
    pub(crate) retryable: bool,
    pub(crate) resent: Resent,
}

impl<E> ServiceFailure<E> {
    /// The service's error, typed.
    pub fn error(&self) -> &E {
        &self.error
    }

    /// Gives the typed error away.
    pub fn into_error(self) -> E {
        self.error
    }

    /// The code without namespace and URI; `UnknownError` when the response names none.
    pub fn code(&self) -> &str {
        &self.details.code
    }

    /// The message; the status's reason phrase when the response is not JSON.
    pub fn message(&self) -> Option<&str> {
        self.details.message.as_deref()
    }

    /// The whole response.
    pub fn response(&self) -> &Response {
        &self.details.response
    }
}

impl<E> fmt::Display for ServiceFailure<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())?;
        if let Some(message) = self.message() {
            write!(f, ": {message}")?;
        }
        write_response(f, self.response())
    }
}

fn write_response(f: &mut fmt::Formatter<'_>, response: &Response) -> fmt::Result {
    write!(f, " (status {}", response.status.as_u16())?;
    if let Some(id) = response.request_id() {
        write!(f, ", request ID {id}")?;
    }
    f.write_str(")")
}

/// A response with a status of success that could not be read.
#[derive(Clone, Debug)]
pub struct ResponseError {
    pub(crate) source: DecodeError,
    pub(crate) details: Box<ResponseDetails>,
}

#[derive(Clone, Debug)]
pub(crate) struct ResponseDetails {
    pub(crate) response: Response,
    pub(crate) resent: Resent,
}

impl ResponseError {
    /// What is wrong with it.
    pub fn decode_error(&self) -> &DecodeError {
        &self.source
    }

    /// The whole response.
    pub fn response(&self) -> &Response {
        &self.details.response
    }
}

impl fmt::Display for ResponseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the response could not be read: {}", self.source)?;
        write_response(f, self.response())?;
        f.write_str("; check that the endpoint is the service's")
    }
}

/// An operation's name that the service does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownOperation {
    name: String,
    known: &'static [&'static str],
}

impl UnknownOperation {
    /// Records the name and the names that would have been known.
    pub fn new(name: impl Into<String>, known: &'static [&'static str]) -> Self {
        Self { name: name.into(), known }
    }

    /// The name that was asked for.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl fmt::Display for UnknownOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown operation `{}`: known are {}", Escaped(&self.name), self.known.join(", "))
    }
}

impl StdError for UnknownOperation {}
