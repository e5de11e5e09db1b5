//! The seam between generated code and the runtime.

use std::fmt;

use crate::byte_stream::ByteStream;
use crate::endpoint::{BuiltIns, EndpointError, ResolvedEndpoint};
use crate::http::{Request, Response};
use crate::schema::Structure;

pub use crate::decode_error::DecodeError;
pub use crate::encode_error::EncodeError;

/// What the model says of a service, as static data.
#[derive(Debug)]
#[non_exhaustive]
pub struct Service {
    /// `Kinesis Video WebRTC Storage`: the service's SDK ID.
    pub sdk_id: &'static str,
    /// `kinesisvideowebrtcstorage`: the SDK ID in lower case without spaces, the name used in configuration keys and logs.
    pub identifier: &'static str,
    /// `kinesisvideo`: the host name's first label.
    pub endpoint_prefix: &'static str,
    /// `kinesisvideo`: the service's name in a signature's scope.
    pub signing_name: &'static str,
    /// `2018-05-10`: the version of the API.
    pub api_version: &'static str,
}

impl Service {
    /// Describes a service; see the fields.
    #[must_use]
    pub const fn new(
        sdk_id: &'static str,
        identifier: &'static str,
        endpoint_prefix: &'static str,
        signing_name: &'static str,
        api_version: &'static str,
    ) -> Self {
        Self { sdk_id, identifier, endpoint_prefix, signing_name, api_version }
    }
}

/// What the model says of an operation, as static data.
///
/// `Debug` shows the names alone.
#[non_exhaustive]
pub struct OperationMeta {
    /// The operation's name in the model.
    pub name: &'static str,
    /// The service it belongs to.
    pub service: &'static Service,
    /// What its input must look like.
    pub input: &'static Structure,
    /// How requests are authorised.
    pub auth: Auth,
    /// Whether a bearer token that is set is sent instead.
    pub or_bearer: bool,
    /// Whether sending it twice has the effect of sending it once.
    pub idempotent: bool,
    /// Whether the body of a successful response is handed over unread, to [`Operation::from_streaming_response`].
    pub streaming_output: bool,
    /// Whether a body that is large enough should be compressed with gzip.
    pub compress: bool,
}

impl OperationMeta {
    /// Describes an operation that is signed and does none of what the other methods say.
    #[must_use]
    pub const fn new(name: &'static str, service: &'static Service, input: &'static Structure) -> Self {
        Self {
            name,
            service,
            input,
            auth: Auth::SigV4,
            or_bearer: false,
            idempotent: false,
            streaming_output: false,
            compress: false,
        }
    }

    /// Sets how requests are authorised.
    #[must_use]
    pub const fn auth(mut self, auth: Auth) -> Self {
        self.auth = auth;
        self
    }

    /// Has a bearer token sent instead where one is set.
    #[must_use]
    pub const fn or_bearer(mut self) -> Self {
        self.or_bearer = true;
        self
    }

    /// Marks the operation as idempotent.
    #[must_use]
    pub const fn idempotent(mut self) -> Self {
        self.idempotent = true;
        self
    }

    /// Marks the output as streaming.
    #[must_use]
    pub const fn streaming_output(mut self) -> Self {
        self.streaming_output = true;
        self
    }

    /// Marks the request body as worth compressing.
    #[must_use]
    pub const fn compress(mut self) -> Self {
        self.compress = true;
        self
    }
}

impl fmt::Debug for OperationMeta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, service) = (self.name, self.service.sdk_id);
        f.debug_struct("OperationMeta").field("name", &name).field("service", &service).finish_non_exhaustive()
    }
}

/// How requests of an operation are authorised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Auth {
    /// Signature Version 4, the payload included.
    SigV4,
    /// Signature Version 4 over `UNSIGNED-PAYLOAD`.
    SigV4UnsignedPayload,
    /// Signed when there are credentials, sent unsigned otherwise.
    Optional,
    /// Not signed, but sent with a bearer token.
    Bearer,
    /// Never signed.
    None,
}

/// An operation of a service: a value without I/O, implemented by the operation's input.
///
/// Validating, signing, sending and retrying are the client's; an implementation only says how the input becomes a
/// request and a response an output.
pub trait Operation: serde::Serialize + serde::de::DeserializeOwned + Send + Sync {
    /// What a successful call gives.
    type Output: Send;
    /// What the service answers when it refuses.
    type Error: ServiceError;
    /// What the model says of the operation.
    const META: &'static OperationMeta;

    /// Fills the members that carry an idempotency token and are not set, each with what `next_token` gives.
    ///
    /// The client calls it once a call, before anything else, so that every attempt carries the same token.
    fn fill_idempotency_tokens(&mut self, next_token: &mut dyn FnMut() -> String) {
        let _ = next_token;
    }

    /// Takes over the members that are streams and set in `from`: JSON does not carry them.
    ///
    /// The client calls it on an input that it has read anew, because the configuration binds parameters.
    fn take_streams(&mut self, from: &mut Self) {
        let _ = from;
    }

    /// Finds where this call goes, for operations that give the service's endpoint rules parameters of their own.
    ///
    /// `None`, which is what the others give, stands for the endpoint of the client. The client asks once a call, after the
    /// input was validated.
    fn resolve_endpoint(&self, built_ins: &BuiltIns<'_>) -> Option<Result<ResolvedEndpoint, EndpointError>> {
        let _ = built_ins;
        None
    }

    /// Turns the input into a request.
    ///
    /// # Errors
    /// When a member cannot be written where the model binds it: an empty path label, a header value with a line break.
    fn to_request(&self) -> Result<Request, EncodeError>;

    /// Reads the output of a response with a status below 300.
    ///
    /// # Errors
    /// When the body is not what the model says.
    fn from_response(response: &Response) -> Result<Self::Output, DecodeError>;

    /// Reads the output of a response with a status below 300 whose body is still to be read.
    ///
    /// The client calls it in place of [`from_response`](Self::from_response) for operations whose
    /// [`OperationMeta::streaming_output`] is set; the body of `response` is empty then.
    ///
    /// # Errors
    /// When a header is not what the model says.
    fn from_streaming_response(response: &Response, body: ByteStream) -> Result<Self::Output, DecodeError> {
        let _ = body;
        Self::from_response(response)
    }
}

/// The errors a service models, one enumeration a service.
pub trait ServiceError: std::error::Error + Send + Sync + Sized + 'static {
    /// Reads an error of the given code (namespace and URI already removed).
    fn from_response(code: &str, response: &Response) -> Self;
    /// What the model's `smithy.api#retryable` says of the given code; `None` when it says nothing.
    fn retryable(code: &str) -> Option<Retryable>;
}

/// The model's `smithy.api#retryable` trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retryable {
    /// Whether the error is a throttling error.
    pub throttling: bool,
}

/// An error whose code the model does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnhandledError {
    /// The code the service sent.
    pub code: String,
    /// The message the service sent.
    pub message: Option<String>,
}

impl UnhandledError {
    /// An error of the given code and message.
    #[must_use]
    pub fn new(code: impl Into<String>, message: Option<String>) -> Self {
        Self { code: code.into(), message }
    }

    /// Reads an error of the given code.
    #[must_use]
    pub fn from_response(code: &str, response: &Response) -> Self {
        Self::new(code, crate::restjson::error_head(response).message)
    }
}

impl fmt::Display for UnhandledError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code)?;
        match &self.message {
            Some(message) => write!(f, ": {message}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for UnhandledError {}
