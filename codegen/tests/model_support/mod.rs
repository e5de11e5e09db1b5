//! Support for tests that need models.
#![allow(dead_code, reason = "not every test needs everything")]
#![allow(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

pub(crate) mod aws_form;
pub(crate) mod mutate;
pub(crate) mod rng;
