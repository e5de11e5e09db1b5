//! What a generated AWS client needs at run time: configuration, credentials, Signature Version 4, sending, errors.
//!
//! Nothing here knows a service: the generated crate hands over [`Operation`]s and a [`Service`] description.

mod big_number;
pub mod bind;
mod blob;
#[cfg(feature = "blocking")]
pub mod blocking;
mod byte_stream;
mod calendar;
mod client;
mod clock;
mod compress;
pub mod config;
pub mod credentials;
mod decode_error;
mod encode_error;
pub mod endpoint;
mod env;
mod error;
mod exchange;
mod files;
pub mod http;
mod identity;
mod input;
pub mod interceptor;
pub mod jmespath;
mod json;
mod json_path;
mod logger;
mod monitoring;
mod named;
pub mod operation;
pub mod paginate;
pub mod pattern;
mod payload;
mod phrase;
mod profile;
mod random;
mod redacted;
mod redirect;
mod region;
mod restjson;
mod retry;
pub mod schema;
pub mod serde;
mod shared;
pub mod sigv4;
mod span;
mod target;
pub mod time;
pub mod timestamp;
mod transport;
mod unit;
mod url;
pub mod validate;
pub mod waiter;

pub use big_number::{BigNumber, BigNumberError};
pub use blob::Blob;
pub use byte_stream::{ByteStream, StreamError};
pub use operation::{Auth, Operation, OperationMeta, Service, ServiceError, UnhandledError};
pub use timestamp::Timestamp;

/// Any JSON value: a document of a model.
pub use serde_json::Value as Document;

pub use client::{Client, Reply, ResolveEndpoint};
pub use config::{ApiVersion, Config, ConfigBuilder, ConfigError};
pub use credentials::{BearerToken, Credentials, CredentialsError, ProvideBearerToken, ProvideCredentials};
pub use env::Env;
pub use error::{Error, ResponseError, ServiceFailure, TransportError, TransportErrorKind, UnknownOperation};
pub use files::Files;
pub use interceptor::Interceptor;
pub use logger::RequestLogger;
pub use monitoring::Monitoring;
pub use paginate::{Items, Pages, Paginated, PaginatedItems, PaginationError};
pub use redacted::Redacted;
pub use region::Region;
pub use retry::{CustomDelay, FailedAttempt, RetryConfig, RetryDelay};
pub use time::{ManualTime, TimeSource};
pub use unit::Unit;
pub use url::Endpoint;
pub use validate::{Checks, ParamValidation, ValidationErrors};
pub use waiter::{FinalOutput, StateNotFound, WaiterError};
