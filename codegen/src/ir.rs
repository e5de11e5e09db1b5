//! What is emitted, as a tree of Rust's terms in which nothing is left to decide.
//!
//! Every list is in the order of emission. Identifiers are final; texts of documentation are Markdown.

mod calls;
mod endpoint;
mod http;
mod schema;
mod types;

pub use calls::{Acceptor, Constant, Expression, Matcher, PageItems, Pagination, PathMatcher, Step, Waiter};
pub use endpoint::{EndpointParam, EndpointValue, FieldKind};
pub use http::{
    Body, Header, HeaderMember, HostPart, PathPart, Payload, PayloadKind, Query, QueryMember, Read, ReadBody,
    ReadHeader, ReadPayload, ReadStatus, Request, Response, Write,
};
pub use schema::{Bound, Constraint, Schema, SchemaMember, SchemaPattern, SchemaShape, SchemaStructure, ShapeRef};
pub use types::{
    ConstructorArgument, DebugAs, DefaultAs, Deprecation, Enum, EnumVariant, Field, Format, Init, IntEnum,
    IntEnumVariant, Item, Literal, Missing, Param, Setter, Skip, Structure, TimestampFormat, Type, Union, UnionVariant,
};

/// A service.
#[derive(Clone, Debug)]
pub struct Service {
    /// The model's file, for the header of each file.
    pub file: String,
    /// Its module: `webrtc_storage`.
    pub module: String,
    /// What the module documents.
    pub docs: String,
    /// `Kinesis Video WebRTC Storage`.
    pub sdk_id: String,
    /// `kinesisvideowebrtcstorage`.
    pub identifier: String,
    /// `kinesisvideo`.
    pub endpoint_prefix: String,
    /// `kinesisvideo`.
    pub signing_name: String,
    /// `2018-05-10`.
    pub api_version: String,
    /// By name.
    pub operations: Vec<Operation>,
    /// Types that are not an operation's own, by name.
    pub types: Vec<Item>,
    /// Whether a type has a name of the prelude, so that emitted code must not use the prelude's there.
    pub types_hide_prelude: bool,
    /// Whether something in [`types`](Self::types) is deprecated.
    pub types_deprecated: bool,
    /// Errors, by name.
    pub errors: Vec<Error>,
    /// The same as [`types_hide_prelude`](Self::types_hide_prelude), of errors.
    pub errors_hide_prelude: bool,
    /// Whether an error, or the type of a member of one, is deprecated.
    pub errors_deprecated: bool,
    /// What inputs are validated against.
    pub schema: Schema,
    /// Whether that names a type that is deprecated.
    pub schema_deprecated: bool,
}

impl Service {
    /// Whether operations say where they go, so that a client may have no endpoint of its own.
    pub fn is_routed(&self) -> bool {
        self.operations.iter().any(|operation| !operation.endpoint_params.is_empty())
    }

    /// What can be waited for, by operation and name.
    pub fn waiters(&self) -> impl Iterator<Item = (&Operation, &Waiter)> {
        self.operations.iter().flat_map(|operation| operation.waiters.iter().map(move |waiter| (operation, waiter)))
    }
}

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// `JoinStorageSession`: the name in the model.
    pub name: String,
    /// What its variant in `OperationName` is called.
    pub variant: String,
    /// The other name that `FromStr` takes: `joinStorageSession`.
    pub alias: Option<String>,
    /// Its module: `join_storage_session`.
    pub module: String,
    /// The method of the client.
    pub method: String,
    /// What the method documents.
    pub docs: String,
    /// Whether the method is deprecated.
    pub deprecated: Option<Deprecation>,
    /// Whether something its module names is deprecated.
    pub uses_deprecated: bool,
    /// Its input.
    pub input: Structure,
    /// Its output.
    pub output: Structure,
    /// The static that describes the input.
    pub schema: String,
    /// How requests are authorised.
    pub auth: Auth,
    /// Whether a bearer token that is set is sent instead.
    pub or_bearer: bool,
    /// Whether sending it twice has the effect of sending it once.
    pub idempotent: bool,
    /// Whether a large body should be compressed.
    pub compress: bool,
    /// The fields that carry idempotency tokens.
    pub tokens: Vec<String>,
    /// How the input becomes a request.
    pub request: Request,
    /// How a response becomes the output.
    pub response: Response,
    /// What it gives the endpoint rules, so that they are asked for every call; what comes later counts.
    pub endpoint_params: Vec<EndpointParam>,
    /// How it answers a page at a time.
    pub pagination: Option<Pagination>,
    /// What can be waited for with it, by name.
    pub waiters: Vec<Waiter>,
}

/// How requests are authorised: the variants of the runtime's type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Auth {
    /// Signed.
    SigV4,
    /// Signed, the payload excepted.
    SigV4UnsignedPayload,
    /// Signed when there are credentials.
    Optional,
    /// Not signed, but sent with a bearer token.
    Bearer,
    /// Never signed.
    None,
}

/// An error of the service.
#[derive(Clone, Debug)]
pub struct Error {
    /// The code the service sends.
    pub code: String,
    /// Its variant in `ServiceError`.
    pub variant: String,
    /// Its type.
    pub structure: Structure,
    /// Members that are in headers.
    pub headers: Vec<ReadHeader>,
    /// Whether a message in the body is all there is to it.
    pub is_message_alone: bool,
    /// Whether the model says that it may be retried, and whether it is throttling.
    pub retryable: Option<bool>,
}
