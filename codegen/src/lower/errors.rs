//! The errors of a service.

use std::collections::BTreeSet;

use super::bindings;
use super::context::Context;
use super::fields::Place;
use super::{docs, names, responses, structures};
use crate::diag::Diagnostics;
use crate::ir::Param;
use crate::ir::{Error, Field, Format, Init, Missing, Setter, Skip, Structure, Type};
use crate::model::{HasTraits, Shape, ShapeId};
use crate::naming;

/// The errors that operations may give, by identifier.
pub(super) fn lower(context: &Context<'_>, diagnostics: &mut Diagnostics) -> Vec<Error> {
    let ids: BTreeSet<&ShapeId> = context
        .model
        .operations()
        .flat_map(|(_, operation)| &operation.errors)
        .chain(context.common_errors())
        .collect();
    let mut errors = Vec::new();
    let mut pairs = Vec::new();
    for id in ids {
        let shape = context.model.expect_shape(id, &context.service.id);
        let Some(shape) = diagnostics.collect(shape) else { continue };
        let error = error(context, shape, diagnostics);
        pairs.push((id, error.variant.clone()));
        errors.push(error);
    }
    names::report(context.model, "error", pairs.iter().map(|(id, name)| (*id, name.as_str())), diagnostics);
    errors.sort_by(|a, b| a.variant.cmp(&b.variant));
    errors
}

fn error(context: &Context<'_>, shape: &Shape, diagnostics: &mut Diagnostics) -> Error {
    let outside = bindings::outside_of_body(shape);
    let name = naming::error_variant(shape.id.name());
    let mut structure = structures::lower(context, shape, Place::Error, name.clone(), &outside, diagnostics);
    structure.docs = docs::shape(shape);
    // The enumeration of errors names it, deprecated or not.
    structure.deprecated = None;
    if !structure.fields.iter().any(|field| field.name == MESSAGE) {
        add_message(&mut structure);
        structures::complete(&mut structure, shape.sensitive());
    }
    let response = responses::lower(context, shape, &structure, diagnostics);
    Error {
        code: shape.id.name().to_owned(),
        variant: name,
        is_message_alone: is_message_alone(&structure),
        structure,
        headers: response.headers,
        retryable: shape.retryable(),
    }
}

/// Whether the structure has nothing but a message, and that in its usual form.
fn is_message_alone(structure: &Structure) -> bool {
    match &*structure.fields {
        [field] => {
            let is_message = field.name == MESSAGE && field.read && field.format == Format::Plain;
            is_message && field.ty == Type::String.optional()
        }
        _ => false,
    }
}

const MESSAGE: &str = "message";

/// Services explain every error, also those whose model forgets to say so.
fn add_message(structure: &mut Structure) {
    structure.fields.push(Field {
        name: MESSAGE.to_owned(),
        wire: MESSAGE.to_owned(),
        aliases: vec!["Message".to_owned(), "errorMessage".to_owned()],
        docs: "The service's explanation.".to_owned(),
        deprecated: None,
        ty: Type::String.optional(),
        format: Format::Plain,
        missing: Missing::ByStructure,
        skip: Some(Skip::None),
        read: true,
        sensitive: false,
        init: Init::Default,
    });
    structure.fields.sort_by(|a, b| a.name.cmp(&b.name));
    structure.setters.push(Setter {
        field: MESSAGE.to_owned(),
        param: Param::Into(Type::String),
        wrap: true,
        deprecated: None,
        like_operator: false,
    });
}
