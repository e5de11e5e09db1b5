//! Amazon Kinesis Video WebRTC storage on loopback: for tests that need the service and have no network, no account
//! and no time to wait.
//!
//! [`LocalService::start`] gives a server on `127.0.0.1` that answers the API's requests as the service would: it
//! verifies signatures itself, checks arguments, keeps channels and storage sessions, holds callers to the documented
//! quotas, and fails in the way a test asks for ([`LocalService::inject`]). [`LocalService::requests`] tells what it
//! received and what it thought of it.
//!
//! ```
//! use kinesisvideo_local::{Fault, LocalService};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let service = LocalService::start_blocking()?;
//! println!("a client's endpoint: {}", service.endpoint());
//! println!("a channel to join:   {:?}", service.channel_arn("demo"));
//! service.inject(Fault::error(400, "ClientLimitExceededException", "Rate exceeded"));
//! // … call your code with service.endpoint() and service.credentials() …
//! for request in service.requests() {
//!     println!("{request}"); // POST /joinStorageSession 200, signature valid
//! }
//! # Ok(())
//! # }
//! ```
//!
//! The service runs on a thread of its own, with a runtime of its own: it serves blocking tests and any async runtime,
//! also one whose clock is paused. Dropping it stops it.
//!
//! Beside joins it has the control plane that a client goes through first: channels, streams, which channel stores in
//! which stream, and endpoint discovery ([`LocalService::endpoint`]).
//!
//! It carries no media and no signaling: a join is accepted and remembered ([`LocalService::sessions`]), and no offer
//! follows.

mod answer;
mod arn;
mod auth;
mod body;
mod builder;
mod declared;
mod endpoints;
mod exchange;
mod fault;
mod incoming;
mod limits;
mod record;
mod route;
mod seed;
mod server;
mod service;
mod shared;
mod start_error;
mod state;
mod validate;

pub use auth::Verification;
pub use builder::Builder;
pub use declared::{Channel, Stream};
pub use fault::Fault;
pub use kinesisvideo_runtime::credentials::Credentials;
pub use limits::{Limits, Quotas};
pub use record::{RecordedRequest, Verdict};
pub use service::LocalService;
pub use start_error::StartError;
pub use state::{Participant, StorageSession};

/// The README's code is compiled and run like any other.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
