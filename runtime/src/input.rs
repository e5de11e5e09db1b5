//! The input of a call on its way to the operation: bound parameters are filled in, rules are checked, JSON gets its types.

use serde_json::{Map, Value};

use crate::config::Config;
use crate::encode_error::EncodeError;
use crate::error::Error;
use crate::logger;
use crate::operation::{Operation, OperationMeta};
use crate::validate::{self, ParamValidation, ValidationErrors};

/// What a call was given.
pub(crate) enum Input<O> {
    /// An operation's input.
    Typed(O),
    /// Parameters, and the input they were written from, if they were: it holds the streams, which JSON does not carry.
    Json { params: Value, written_from: Option<O> },
}

impl<O: Operation> Input<O> {
    /// Parameters in JSON; `null` stands for none.
    pub(crate) fn json(params: Value) -> Self {
        let params = if params.is_null() { Value::Object(Map::new()) } else { params };
        Self::Json { params, written_from: None }
    }

    /// Fills in the parameters that the configuration binds: those that the operation has and the call leaves out.
    pub(crate) fn bind(self, config: &Config) -> Result<Self, EncodeError> {
        let mut applicable = config.params().iter().filter(|(name, _)| O::META.input.member(name).is_some()).peekable();
        if applicable.peek().is_none() {
            return Ok(self);
        }
        let (mut params, written_from) = match self {
            Self::Typed(operation) => {
                (serde_json::to_value(&operation).map_err(EncodeError::from_json)?, Some(operation))
            }
            Self::Json { params, written_from } => (params, written_from),
        };
        fill(&mut params, applicable, O::META);
        Ok(Self::Json { params, written_from })
    }

    /// What the logger shows of it.
    pub(crate) fn describe(&self) -> String {
        match self {
            Self::Typed(operation) => logger::describe(operation, O::META.input),
            Self::Json { params, .. } => logger::describe(params, O::META.input),
        }
    }

    /// Checks it as the configuration says, and makes it the operation's own.
    pub(crate) fn check(self, config: &Config) -> Result<O, Error<O::Error>> {
        match self {
            Self::Typed(operation) => {
                check(config, &operation, O::META)?;
                Ok(operation)
            }
            Self::Json { mut params, written_from } => {
                check(config, &params, O::META)?;
                // Validation passes what the original makes fit: numbers as texts, null members. The typed input takes neither.
                validate::coerce(&mut params, O::META.input);
                let mut operation: O = serde_json::from_value(params).map_err(EncodeError::from_params)?;
                if let Some(mut written_from) = written_from {
                    operation.take_streams(&mut written_from);
                }
                Ok(operation)
            }
        }
    }
}

fn check(config: &Config, input: &impl serde::Serialize, operation: &OperationMeta) -> Result<(), ValidationErrors> {
    match config.param_validation() {
        ParamValidation::On(checks) => validate::validate(input, operation.input, checks),
        ParamValidation::Off => Ok(()),
    }
}

fn fill<'a>(params: &mut Value, bound: impl Iterator<Item = (&'a String, &'a Value)>, operation: &OperationMeta) {
    // Anything but an object is left for validation to refuse.
    let Value::Object(params) = params else { return };
    for (name, value) in bound {
        let Some((_, member)) = operation.input.member(name) else { continue };
        if [member.name, member.wire].iter().all(|name| params.get(*name).is_none_or(Value::is_null)) {
            params.insert(member.name.to_owned(), value.clone());
        }
    }
}
