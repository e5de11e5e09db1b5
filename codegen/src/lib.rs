//! Turns an AWS API model into Rust source text.

pub mod diag;
pub mod docs;
pub mod endpoint;
pub mod model;
pub mod parse;
pub mod pattern;
pub mod services;
pub mod traits;
pub mod transform;
