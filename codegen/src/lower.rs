//! From a transformed model to what is emitted: every decision and every identifier is made here.

mod bindings;
mod constraints;
mod context;
mod defaults;
mod docs;
mod endpoints;
mod enums;
mod errors;
mod fields;
mod names;
mod operations;
mod pagination;
mod paths;
mod recursion;
mod requests;
mod responses;
mod schema;
mod structures;
mod types;
mod unions;
mod waiters;

use std::collections::BTreeSet;

use crate::diag::Diagnostics;
use crate::endpoint::Parameter;
use crate::ir;
use crate::model::{HasTraits, Model, Shape, ShapeId, ShapeKind};
use crate::naming;
use crate::traits;

use context::Context;

/// A service that was lowered.
#[derive(Clone, Debug)]
#[must_use]
pub struct Lowered {
    /// What is emitted.
    pub service: ir::Service,
    /// What emitted code does not do although the model asks for it.
    pub notes: Diagnostics,
}

/// Lowers the service of a transformed model; `parameters` are those of its endpoint rules, unless something is wrong with
/// those.
///
/// # Errors
/// Everything that cannot become right code, such as two members that would be the same field.
pub fn lower(
    model: &Model,
    service: &ShapeId,
    module: &str,
    parameters: Option<&[Parameter]>,
) -> Result<Lowered, Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    let context = Context::new(model, service, &mut diagnostics)?;
    let mut types: Vec<ir::Item> =
        context.type_shapes().filter_map(|shape| item(&context, shape, &mut diagnostics)).collect();
    types.sort_by(|a, b| a.name().cmp(b.name()));
    let constants = schema::Constants::new(model);
    let mut operations: Vec<ir::Operation> = model
        .operations()
        .filter_map(|(shape, operation)| {
            operations::lower(&context, &constants, parameters, shape, operation, &mut diagnostics)
        })
        .collect();
    operations.sort_by(|a, b| a.name.cmp(&b.name));
    operations::check_names(&context, &operations, &mut diagnostics);
    let mut errors = errors::lower(&context, &mut diagnostics);
    let mut notes = Diagnostics::new();
    let schema = schema::lower(&context, &constants, &mut notes);

    defaults::mark_absent(&mut types, &mut operations, &mut errors);
    let deprecated = deprecated_types(&types);
    for operation in &mut operations {
        operation.uses_deprecated =
            [&operation.input, &operation.output].into_iter().any(|structure| uses_deprecated(structure, &deprecated));
    }
    let service = ir::Service {
        schema_deprecated: schema.shapes.iter().any(|shape| match &shape.constraint {
            ir::Constraint::String { values: Some(name), .. } => deprecated.contains(name),
            _ => false,
        }),
        types_hide_prelude: types.iter().any(|item| naming::hides_prelude(item.name())),
        types_deprecated: types.iter().any(|item| item_uses_deprecated(item, &deprecated)),
        errors_hide_prelude: errors.iter().any(|error| naming::hides_prelude(&error.structure.name)),
        errors_deprecated: errors.iter().any(|error| uses_deprecated(&error.structure, &deprecated)),
        ..details(&context, module)
    };
    let service = ir::Service { operations, types, errors, schema, ..service };
    diagnostics.into_result(Lowered { service, notes })
}

fn item(context: &Context<'_>, shape: &Shape, diagnostics: &mut Diagnostics) -> Option<ir::Item> {
    match &shape.kind {
        ShapeKind::Structure(_) => structures::nested(context, shape, diagnostics).map(ir::Item::Structure),
        ShapeKind::Union(members) => Some(ir::Item::Union(unions::lower(context, shape, members, diagnostics))),
        ShapeKind::Enum(values) => Some(ir::Item::Enum(enums::texts(context, shape, values))),
        ShapeKind::IntEnum(values) => enums::numbers(context, shape, values, diagnostics).map(ir::Item::IntEnum),
        _ => None,
    }
}

/// What the model says of the service itself.
fn details(context: &Context<'_>, module: &str) -> ir::Service {
    let shape = context.service;
    let text = |id: &str, key: &str| Some(shape.get(id)?.get(key)?.as_str()?.to_owned());
    let sdk_id = text(traits::AWS_SERVICE, "sdkId").unwrap_or_else(|| shape.id.name().to_owned());
    let identifier = sdk_id.to_lowercase().replace(' ', "");
    let endpoint_prefix = text(traits::AWS_SERVICE, "endpointPrefix")
        .or_else(|| text(traits::AWS_SERVICE, "arnNamespace"))
        .unwrap_or_else(|| identifier.clone());
    ir::Service {
        file: context.model.file.clone(),
        module: module.to_owned(),
        docs: docs::service(shape, &sdk_id),
        signing_name: text(traits::SIGV4, "name").unwrap_or_else(|| endpoint_prefix.clone()),
        sdk_id,
        identifier,
        endpoint_prefix,
        api_version: context.version().to_owned(),
        operations: Vec::new(),
        types: Vec::new(),
        types_hide_prelude: false,
        types_deprecated: false,
        errors: Vec::new(),
        errors_hide_prelude: false,
        errors_deprecated: false,
        schema: ir::Schema::default(),
        schema_deprecated: false,
    }
}

/// The names of the types that are deprecated.
fn deprecated_types(types: &[ir::Item]) -> BTreeSet<String> {
    types
        .iter()
        .filter(|item| match item {
            ir::Item::Structure(item) => item.deprecated.is_some(),
            ir::Item::Union(item) => item.deprecated.is_some(),
            ir::Item::Enum(item) => item.deprecated.is_some(),
            ir::Item::IntEnum(item) => item.deprecated.is_some(),
        })
        .map(|item| item.name().to_owned())
        .collect()
}

fn item_uses_deprecated(item: &ir::Item, deprecated: &BTreeSet<String>) -> bool {
    if deprecated.contains(item.name()) {
        return true;
    }
    match item {
        ir::Item::Structure(item) => uses_deprecated(item, deprecated),
        ir::Item::Union(item) => {
            item.variants.iter().any(|variant| variant.deprecated.is_some() || names_one_of(&variant.ty, deprecated))
        }
        ir::Item::Enum(item) => item.variants.iter().any(|variant| variant.deprecated.is_some()),
        ir::Item::IntEnum(item) => item.variants.iter().any(|variant| variant.deprecated.is_some()),
    }
}

fn uses_deprecated(structure: &ir::Structure, deprecated: &BTreeSet<String>) -> bool {
    structure.fields.iter().any(|field| field.deprecated.is_some() || names_one_of(&field.ty, deprecated))
}

fn names_one_of(ty: &ir::Type, names: &BTreeSet<String>) -> bool {
    match ty {
        ir::Type::Named(name) => names.contains(name),
        ir::Type::List(inner) | ir::Type::Option(inner) | ir::Type::Box(inner) => names_one_of(inner, names),
        ir::Type::Map(key, value) => names_one_of(key, names) || names_one_of(value, names),
        _ => false,
    }
}
