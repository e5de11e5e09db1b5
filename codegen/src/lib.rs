//! Turns an AWS API model into Rust source text.

mod collection;
pub mod diag;
pub mod docs;
mod emit;
pub mod endpoint;
mod generate;
pub mod ir;
mod jmespath;
pub mod lower;
pub mod model;
mod naming;
pub mod package;
mod parallel;
pub mod parse;
pub mod pattern;
mod print;
mod protocol_tests;
pub mod services;
pub mod traits;
pub mod transform;

pub use collection::{Generated, generate_collection};
pub use emit::CrateModule;
pub use generate::{Files, GeneratedService, generate_crate_root, generate_service};
pub use parallel::in_parallel;
