//! What a generated AWS client needs at run time: configuration, credentials, Signature Version 4, sending, errors.
//!
//! Nothing here knows a service: the generated crate hands over [`Operation`]s and a [`Service`] description.

pub mod credentials;
mod env;
pub mod endpoint;
pub mod http;
pub mod operation;
pub mod pattern;
pub mod schema;
pub mod time;

pub use operation::{Auth, Operation, OperationMeta, Service, ServiceError};
