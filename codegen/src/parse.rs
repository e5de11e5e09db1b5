//! Reading models: text in, [`crate::model::Model`] out.
//!
//! Two forms are known. Both end in the same terms, so nothing after this stage knows which one a model came from.

mod fields;
mod ids;
pub mod json;
mod prelude;
pub(crate) mod resolve;
pub mod smithy;

use crate::diag::Diagnostics;
use crate::model::Model;

/// A model that was read, with what its reader could not express in Smithy's terms.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The model.
    pub model: Model,
    /// What was left out, and why.
    pub warnings: Diagnostics,
}

/// A text and the name that diagnostics give it.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The name, usually a path relative to the repository.
    pub file: &'a str,
    /// The content.
    pub text: &'a str,
}
