//! What a generated AWS client needs at run time: configuration, credentials, Signature Version 4, sending, errors.
//!
//! Nothing here knows a service: the generated crate hands over [`Operation`]s and a [`Service`] description.

mod big_number;
pub mod bind;
mod blob;
mod byte_stream;
mod calendar;
pub mod credentials;
mod decode_error;
mod encode_error;
pub mod endpoint;
mod env;
pub mod http;
mod json_path;
pub mod operation;
pub mod pattern;
pub mod schema;
pub mod serde;
pub mod sigv4;
pub mod time;
pub mod timestamp;

pub use big_number::{BigNumber, BigNumberError};
pub use blob::Blob;
pub use byte_stream::{ByteStream, StreamError};
pub use operation::{Auth, Operation, OperationMeta, Service, ServiceError, UnhandledError};
pub use timestamp::Timestamp;

/// Any JSON value: a document of a model.
pub use serde_json::Value as Document;
