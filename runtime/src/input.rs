//! The input of a call on its way to the operation: bound parameters are filled in, rules are checked, JSON gets its types.

use std::sync::LazyLock;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::config::Config;
use crate::encode_error::EncodeError;
use crate::error::Error;
use crate::json;
use crate::operation::{Operation, OperationMeta};
use crate::validate::{self, ParamValidation, ValidationErrors};

/// Parameters that a configuration binds.
///
/// Behind a trait, so that a program that binds none carries no code for parameters in JSON.
pub(crate) trait BindParams: Send + Sync {
    /// The parameters.
    fn values(&self) -> &Map<String, Value>;

    /// Fills those that the operation has and the call leaves out into an input written as JSON, and makes it what the operation can be
    /// read from: see [`readable`].
    fn fill(&self, input: &[u8], call: &mut Call<'_>) -> Result<Vec<u8>, Refusal>;
}

/// The parameters of a configuration that binds none.
pub(crate) static NO_PARAMS: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);

/// Parameters and nothing else.
pub(crate) struct Bound(pub(crate) Map<String, Value>);

impl BindParams for Bound {
    fn values(&self) -> &Map<String, Value> {
        &self.0
    }

    fn fill(&self, input: &[u8], call: &mut Call<'_>) -> Result<Vec<u8>, Refusal> {
        let params = json::read(input).map_err(|error| Refusal::Encode(EncodeError::from_params(&error)))?;
        readable(params, call)
    }
}

/// What a call's input is read for.
pub(crate) struct Call<'a> {
    pub(crate) config: &'a Config,
    pub(crate) operation: &'static OperationMeta,
    /// What the logger shows of the input, if there is a logger.
    pub(crate) shown: Option<String>,
}

/// Makes an operation of an input.
pub(crate) type Read<I, O> = fn(I, &mut Call<'_>) -> Result<O, Error<<O as Operation>::Error>>;

/// Why an input cannot be sent.
pub(crate) enum Refusal {
    Encode(EncodeError),
    Invalid(ValidationErrors),
}

impl<E> From<Refusal> for Error<E> {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Encode(error) => Self::Encode(error),
            Refusal::Invalid(errors) => Self::Validation(errors),
        }
    }
}

/// An operation with its bound parameters filled in, checked as the configuration says.
pub(crate) fn typed<O: Operation>(mut input: O, call: &mut Call<'_>) -> Result<O, Error<O::Error>> {
    if let Some(bound) = call.config.bound_params().filter(|bound| concern(*bound, call.operation)) {
        let written = serde_json::to_vec(&input).map_err(EncodeError::from_json)?;
        let mut filled: O = read(&bound.fill(&written, call)?)?;
        // JSON does not carry them.
        filled.take_streams(&mut input);
        return Ok(filled);
    }
    call.describe(&input);
    if let ParamValidation::On(checks) = call.config.param_validation() {
        validate::validate(&input, call.operation.input, checks)?;
    }
    Ok(input)
}

/// The operation that parameters in JSON stand for; `null` stands for none.
pub(crate) fn from_params<O: Operation>(params: Value, call: &mut Call<'_>) -> Result<O, Error<O::Error>> {
    read(&readable(params, call)?)
}

fn read<O: Operation>(text: &[u8]) -> Result<O, Error<O::Error>> {
    json::read(text).map_err(|error| EncodeError::from_params(&error).into())
}

/// Whether the operation has any of the parameters.
fn concern(bound: &dyn BindParams, operation: &OperationMeta) -> bool {
    bound.values().keys().any(|name| operation.input.member(name).is_some())
}

/// Parameters with the bound ones filled in, checked, and written so that the typed input can be read from them.
fn readable(mut params: Value, call: &mut Call<'_>) -> Result<Vec<u8>, Refusal> {
    if params.is_null() {
        params = Value::Object(Map::new());
    }
    fill(&mut params, call.config.params(), call.operation);
    call.describe(&params);
    if let ParamValidation::On(checks) = call.config.param_validation() {
        validate::validate(&params, call.operation.input, checks).map_err(Refusal::Invalid)?;
    }
    // Validation passes what the original makes fit: numbers as texts, null members. The typed input takes neither.
    validate::coerce(&mut params, call.operation.input);
    serde_json::to_vec(&params).map_err(|error| Refusal::Encode(EncodeError::from_json(error)))
}

fn fill(params: &mut Value, bound: &Map<String, Value>, operation: &OperationMeta) {
    // Anything but an object is left for validation to refuse.
    let Value::Object(params) = params else { return };
    for (name, value) in bound {
        let Some((_, member)) = operation.input.member(name) else { continue };
        if [member.name, member.wire].iter().all(|name| params.get(*name).is_none_or(Value::is_null)) {
            params.insert(member.name.to_owned(), value.clone());
        }
    }
}

impl Call<'_> {
    fn describe(&mut self, input: &impl Serialize) {
        let (logger, schema) = (self.config.logger(), self.operation.input);
        self.shown = logger.map(|logger| logger.describe(&serde_json::to_vec(input).unwrap_or_default(), schema));
    }
}
