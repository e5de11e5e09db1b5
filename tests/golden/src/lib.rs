//! What the generator's golden cases become, one module a case, compiled as strictly as anything can be.
//!
//! The Rust is beside the models, in `codegen/tests/golden`; the tests of this package call it.
#![deny(warnings, missing_docs)]

#[path = "../../../codegen/tests/golden/collections/expected.rs"]
pub mod collections;

#[path = "../../../codegen/tests/golden/constraints/expected.rs"]
pub mod constraints;

#[path = "../../../codegen/tests/golden/names/expected.rs"]
pub mod names;

#[path = "../../../codegen/tests/golden/nullability/expected.rs"]
pub mod nullability;

#[path = "../../../codegen/tests/golden/operations/expected.rs"]
pub mod operations;

#[path = "../../../codegen/tests/golden/payloads/expected.rs"]
pub mod payloads;

#[path = "../../../codegen/tests/golden/recursion/expected.rs"]
pub mod recursion;

#[path = "../../../codegen/tests/golden/requests/expected.rs"]
pub mod requests;

#[path = "../../../codegen/tests/golden/responses/expected.rs"]
pub mod responses;

#[path = "../../../codegen/tests/golden/scalars/expected.rs"]
pub mod scalars;

#[path = "../../../codegen/tests/golden/streaming/expected.rs"]
pub mod streaming;

#[path = "../../../codegen/tests/golden/unions/expected.rs"]
pub mod unions;
