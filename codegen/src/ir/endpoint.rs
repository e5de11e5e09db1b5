//! Parameters of the endpoint rules that operations give values of their own.

use super::Expression;
use crate::endpoint::{ParameterType, ParameterValue};

/// A parameter that an operation gives a value.
#[derive(Clone, Debug)]
pub struct EndpointParam {
    /// The field of `EndpointParams`.
    pub field: String,
    /// Whether that is an `Option`.
    pub optional: bool,
    /// Where the value comes from.
    pub value: EndpointValue,
}

/// Where the value of a parameter comes from.
#[derive(Clone, Debug)]
pub enum EndpointValue {
    /// It is the same for every call.
    Constant(ParameterValue),
    /// A field of the input, unless that is not set.
    Field {
        /// The field.
        field: String,
        /// How its value becomes one of the parameter.
        kind: FieldKind,
    },
    /// What an expression gives for the input, unless that is nothing.
    Path {
        /// The type of the parameter.
        kind: ParameterType,
        /// The expression, its members under their names in JSON.
        path: Expression,
    },
}

/// How the value of a field becomes that of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// It is copied.
    Copy,
    /// It is cloned.
    Clone,
    /// It is the text of an enumeration's value.
    Enum,
}
