//! The seam between generated code and the runtime.

use crate::http::{Request, Response};
use crate::schema::Structure;

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

/// What the model says of an operation, as static data.
#[derive(Debug)]
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
    /// Whether sending it twice has the effect of sending it once.
    pub idempotent: bool,
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
    /// Never signed.
    None,
}

/// An operation of a service: a value without I/O, implemented by the operation's input.
///
/// Validating, signing, sending and retrying are the client's; an implementation only says how the input becomes a
/// request and a response an output.
pub trait Operation: serde::Serialize + Send + Sync {
    /// What a successful call gives.
    type Output: Send;
    /// What the service answers when it refuses.
    type Error: ServiceError;
    /// What the model says of the operation.
    const META: &'static OperationMeta;

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
}

/// The errors a service models, one enumeration a service.
pub trait ServiceError: std::error::Error + Send + Sync + Sized + 'static {
    /// Reads an error of the given code (namespace and URI already removed).
    fn from_response(code: &str, response: &Response) -> Self;
    /// Whether the model marks the error as retryable, and as throttling.
    fn retryable(&self) -> Option<crate::operation::Retryable>;
}

/// The model's `smithy.api#retryable` trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retryable {
    /// Whether the error is a throttling error.
    pub throttling: bool,
}
