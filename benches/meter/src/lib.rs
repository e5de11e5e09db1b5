//! Instruments shared by the benchmarks: each one measures, none of them judges.

pub mod alloc;
pub mod build;
pub mod child;
pub mod clock;
pub mod request;
pub mod server;
pub mod signature;
pub mod stats;
