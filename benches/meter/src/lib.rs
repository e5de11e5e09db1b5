//! Instruments shared by the benchmarks: each one measures, none of them judges.

pub mod alloc;
pub mod bench;
pub mod build;
pub mod child;
pub mod clock;
pub mod request;
pub mod server;
pub mod signature;
pub mod signing;
pub mod stats;
pub mod valgrind;

/// A result, or whatever went wrong: a benchmark that fails shows it and ends.
pub type Outcome<T> = Result<T, Box<dyn std::error::Error>>;
