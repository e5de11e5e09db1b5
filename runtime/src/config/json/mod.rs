//! Options under the names of AWS SDK for JavaScript v2.

mod ignored;

pub use ignored::{IgnoredOption, IgnoredReason};
