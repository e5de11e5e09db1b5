//! What the generator's golden cases become, one module a case, compiled as strictly as anything can be.
//!
//! The Rust is beside the models, in `codegen/tests/golden`; the tests of this package call it.
#![deny(warnings, missing_docs)]

mod partitions;

#[rustfmt::skip]
#[path = "../../../codegen/tests/golden/auth/expected.rs"]
pub mod auth;

#[rustfmt::skip]
#[path = "../../../codegen/tests/golden/collections/expected.rs"]
pub mod collections;

#[rustfmt::skip]
#[path = "../../../codegen/tests/golden/constraints/expected.rs"]
pub mod constraints;

#[rustfmt::skip]
#[path = "../../../codegen/tests/golden/endpoints/expected.rs"]
pub mod endpoints;

#[rustfmt::skip]
#[path = "../../../codegen/tests/golden/names/expected.rs"]
pub mod names;

#[rustfmt::skip]
#[path = "../../../codegen/tests/golden/nullability/expected.rs"]
pub mod nullability;

#[rustfmt::skip]
#[path = "../../../codegen/tests/golden/operations/expected.rs"]
pub mod operations;

#[rustfmt::skip]
#[path = "../../../codegen/tests/golden/pages/expected.rs"]
pub mod pages;

#[rustfmt::skip]
#[path = "../../../codegen/tests/golden/payloads/expected.rs"]
pub mod payloads;

#[rustfmt::skip]
#[path = "../../../codegen/tests/golden/recursion/expected.rs"]
pub mod recursion;

#[rustfmt::skip]
#[path = "../../../codegen/tests/golden/requests/expected.rs"]
pub mod requests;

#[rustfmt::skip]
#[path = "../../../codegen/tests/golden/responses/expected.rs"]
pub mod responses;

#[rustfmt::skip]
#[path = "../../../codegen/tests/golden/routing/expected.rs"]
pub mod routing;

#[rustfmt::skip]
#[path = "../../../codegen/tests/golden/scalars/expected.rs"]
pub mod scalars;

#[rustfmt::skip]
#[path = "../../../codegen/tests/golden/streaming/expected.rs"]
pub mod streaming;

#[rustfmt::skip]
#[path = "../../../codegen/tests/golden/unions/expected.rs"]
pub mod unions;

#[rustfmt::skip]
#[path = "../../../codegen/tests/golden/waiters/expected.rs"]
pub mod waiters;
