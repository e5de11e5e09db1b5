//! Checks an operation's input against the model before anything is sent.
//!
//! One engine serves typed inputs and JSON parameters: both are walked with serde against the static facts of
//! [`crate::schema`]. All violations are collected, each with its path, and nothing is allocated when there are none.
//! Codes, texts and order are those of the AWS SDK for JavaScript v2.
//!
//! ```
//! use kinesisvideo_runtime::schema::{Member, Shape, Structure};
//! use kinesisvideo_runtime::validate::{Checks, validate};
//!
//! static CLIENT_ID: Shape = Shape::string().length(Some(1), Some(256));
//! static INPUT: Structure = Structure::new("Input", &[Member::new("clientId", &CLIENT_ID).required()]);
//!
//! let errors = validate(&serde_json::json!({ "clientId": "" }), &INPUT, Checks::default()).unwrap_err();
//! assert_eq!(errors.code(), "MinRangeError");
//! assert_eq!(errors.message(), "Expected string length >= 1, but found 0 for params.clientId");
//! ```

mod coerce;
mod compound;
mod engine;
mod key;
mod numbers;
mod path;
mod text;
mod violations;
mod walker;

use serde::Serialize;

use crate::schema::{Kind, Structure};

pub use coerce::coerce;
pub(crate) use numbers::NumberChecks;
pub use violations::{ValidationErrors, Violation, ViolationKind};

/// Which checks run beyond those of names, types and required members, which always do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Checks {
    /// Smallest lengths and values.
    pub min: bool,
    /// Largest lengths and values.
    pub max: bool,
    /// Patterns.
    pub pattern: bool,
    /// Known values of enumerations.
    pub enumeration: bool,
}

impl Checks {
    /// All of them.
    pub const ALL: Self = Self { min: true, max: true, pattern: true, enumeration: true };
    /// None of them.
    pub const NONE: Self = Self { min: false, max: false, pattern: false, enumeration: false };
}

impl Default for Checks {
    /// Smallest lengths and values only: services widen patterns, maxima and enumerations from time to time.
    fn default() -> Self {
        Self { min: true, ..Self::NONE }
    }
}

/// Whether and how inputs are checked before sending: the option `param_validation`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParamValidation {
    /// Inputs are sent as they are.
    Off,
    /// Names, types and required members are checked, and what [`Checks`] says.
    On(Checks),
}

impl ParamValidation {
    /// Everything the model says is checked.
    pub const ALL: Self = Self::On(Checks::ALL);
}

impl Default for ParamValidation {
    /// Names, types, required members and minima.
    fn default() -> Self {
        Self::On(Checks::default())
    }
}

impl From<bool> for ParamValidation {
    fn from(on: bool) -> Self {
        if on { Self::default() } else { Self::Off }
    }
}

impl From<Checks> for ParamValidation {
    fn from(checks: Checks) -> Self {
        Self::On(checks)
    }
}

/// Checks a typed input, or JSON parameters, against the model.
///
/// Members that are null count as absent, and unknown names are no violation as long as they are null. Members may go
/// by their name in the model or by their name on the wire.
///
/// # Errors
/// When there is any violation; all of them are in the error.
pub fn validate<T>(value: &T, input: &'static Structure, checks: Checks) -> Result<(), ValidationErrors>
where
    T: Serialize + ?Sized,
{
    let mut engine = engine::Engine::new(checks);
    let kind = Kind::Structure(input);
    let root = path::Path::ROOT;
    if walker::walk(value, &mut engine, walker::Target::root(&kind), &root) == walker::Presence::Null {
        engine.missing(input, |_| false, &root);
    }
    engine.finish()
}
