//! Operations.

use std::collections::BTreeSet;

use super::bindings;
use super::context::Context;
use super::fields::Place;
use super::schema::Constants;
use super::{docs, endpoints, names, pagination, requests, responses, structures, waiters};
use crate::diag::Diagnostics;
use crate::endpoint::Parameter;
use crate::ir::{Auth, Operation};
use crate::model::{self, HasTraits, Shape, ShapeId};
use crate::{naming, traits};

/// An operation; `None` when something was reported that leaves nothing to emit.
pub(super) fn lower(
    context: &Context<'_>,
    constants: &Constants<'_>,
    parameters: Option<&[Parameter]>,
    shape: &Shape,
    operation: &model::Operation,
    diagnostics: &mut Diagnostics,
) -> Option<Operation> {
    let name = shape.id.name();
    let input_shape = diagnostics.collect(context.model.expect_shape(&operation.input, &shape.id))?;
    let output_shape = diagnostics.collect(context.model.expect_shape(&operation.output, &shape.id))?;
    let request = requests::lower(context, shape, input_shape, diagnostics)?;

    let outside = bindings::under_own_names(input_shape);
    let input_name = naming::operation_type(name, "Input");
    let mut input = structures::lower(context, input_shape, Place::Input, input_name, &outside, diagnostics);
    input.docs = docs::input(shape);
    // The method is deprecated, and whoever calls it hears of it once.
    input.deprecated = None;

    let outside = bindings::outside_of_body(output_shape);
    let output_name = naming::operation_type(name, "Output");
    let mut output = structures::lower(context, output_shape, Place::Output, output_name, &outside, diagnostics);
    output.docs = docs::output(shape, output_shape);
    output.deprecated = None;
    let response = responses::lower(context, output_shape, &output, diagnostics);

    let members = bindings::members(input_shape).iter();
    let errors: Vec<String> = error_ids(context, operation).iter().map(|id| id.name().to_owned()).collect();
    let (auth, or_bearer) = auth(context, shape);
    let lower_first = naming::lower_first(name);
    Some(Operation {
        name: name.to_owned(),
        variant: naming::operation_variant(name),
        alias: Some(lower_first).filter(|alias| alias != name),
        module: naming::module(name),
        method: naming::method(name),
        docs: docs::operation(shape, &errors),
        deprecated: docs::deprecation(shape),
        uses_deprecated: false,
        schema: constants.input(&operation.input),
        auth,
        or_bearer,
        idempotent: shape.has(traits::IDEMPOTENT) || shape.has(traits::READONLY),
        compress: shape
            .get(traits::REQUEST_COMPRESSION)
            .and_then(|value| value.get("encodings")?.as_array())
            .is_some_and(|encodings| encodings.iter().any(|encoding| encoding == "gzip")),
        tokens: members
            .filter(|member| member.idempotency_token())
            .map(|member| naming::member(&member.name))
            .collect(),
        endpoint_params: parameters
            .map(|parameters| endpoints::lower(context, parameters, shape, input_shape, diagnostics))
            .unwrap_or_default(),
        pagination: pagination::lower(context, shape, input_shape, output_shape, diagnostics),
        waiters: waiters::lower(context, shape, input_shape, output_shape, diagnostics),
        input,
        output,
        request,
        response,
    })
}

/// The errors of an operation, those of the service included, sorted.
fn error_ids<'a>(context: &Context<'a>, operation: &'a model::Operation) -> BTreeSet<&'a ShapeId> {
    operation.errors.iter().chain(context.common_errors()).collect()
}

/// How requests are authorised, and whether a token does as well.
///
/// Which of the two is preferred does not matter: what a client has neither is for, it does not have.
fn auth(context: &Context<'_>, shape: &Shape) -> (Auth, bool) {
    let takes = |scheme: &str| match shape.get(traits::AUTH).or_else(|| context.service.get(traits::AUTH)) {
        Some(schemes) => schemes.as_array().is_some_and(|schemes| schemes.iter().any(|listed| listed == scheme)),
        None => context.service.has(scheme),
    };
    let (signed, bearer) = (takes(traits::SIGV4), takes(traits::HTTP_BEARER_AUTH));
    if shape.has(traits::OPTIONAL_AUTH) {
        let signed = signed && context.service.has(traits::SIGV4);
        return (if signed { Auth::Optional } else { Auth::None }, bearer);
    }
    match (signed, bearer) {
        (false, false) => (Auth::None, false),
        (false, true) => (Auth::Bearer, false),
        (true, _) if shape.has(traits::UNSIGNED_PAYLOAD) => (Auth::SigV4UnsignedPayload, bearer),
        (true, _) => (Auth::SigV4, bearer),
    }
}

/// Reports operations that become the same module or type, and methods of the same name.
pub(super) fn check_names(context: &Context<'_>, operations: &[Operation], diagnostics: &mut Diagnostics) {
    let ids: Vec<(&ShapeId, &Operation)> = context
        .model
        .operations()
        .filter_map(|(shape, _)| {
            Some((&shape.id, operations.iter().find(|operation| operation.name == shape.id.name())?))
        })
        .collect();
    let modules = ids.iter().map(|(id, operation)| (*id, operation.module.as_str()));
    names::report(context.model, "module", modules, diagnostics);
    // Those of the same module have been reported.
    let mut seen = BTreeSet::new();
    let mut methods: Vec<(&ShapeId, &str)> = Vec::new();
    for (id, operation) in ids.iter().filter(|(_, operation)| seen.insert(&operation.module)) {
        let pages = operation.pagination.iter().map(|pagination| pagination.method.as_str());
        let waits = operation.waiters.iter().map(|waiter| waiter.method.as_str());
        methods
            .extend(std::iter::once(operation.method.as_str()).chain(pages).chain(waits).map(|method| (*id, method)));
    }
    names::report(context.model, "method", methods.iter().copied(), diagnostics);
}
