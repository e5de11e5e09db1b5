//! Structures: those of members, and the inputs, outputs and errors of operations.

use std::collections::BTreeSet;

use super::context::Context;
use super::fields::{self, Place};
use super::{docs, names};
use crate::diag::Diagnostics;
use crate::ir::{DebugAs, DefaultAs, Field, Format, Init, Missing, Structure, Type};
use crate::model::{HasTraits, Member, Shape, ShapeKind};

/// A structure that members hold.
pub(super) fn nested(context: &Context<'_>, shape: &Shape, diagnostics: &mut Diagnostics) -> Option<Structure> {
    let name = context.type_name(&shape.id)?.to_owned();
    let mut structure = lower(context, shape, Place::Nested, name, &BTreeSet::new(), diagnostics);
    structure.docs = docs::shape(shape);
    Some(structure)
}

/// A structure of the given identifier; members in `bound` have no name of their own in JSON.
pub(super) fn lower(
    context: &Context<'_>,
    shape: &Shape,
    place: Place,
    name: String,
    bound: &BTreeSet<&str>,
    diagnostics: &mut Diagnostics,
) -> Structure {
    let members: &[Member] = match &shape.kind {
        ShapeKind::Structure(members) => members,
        // `Unit`, and what an error of the model was reported for.
        _ => &[],
    };
    let mut structure = Structure {
        name,
        docs: String::new(),
        deprecated: docs::deprecation(shape),
        fields: Vec::new(),
        constructor: Vec::new(),
        setters: Vec::new(),
        debug: DebugAs::Derived,
        default: DefaultAs::Derived,
        comparable: true,
        absent: false,
    };
    for member in members {
        let bound = bound.contains(member.name.as_str());
        let lowered = fields::lower(context, shape, member, place, bound);
        if let Some(lowered) = diagnostics.collect(lowered) {
            structure.fields.push(lowered.field);
            structure.constructor.extend(lowered.argument);
            structure.setters.extend(lowered.setter);
        }
    }
    let pairs = members.iter().zip(structure.fields.iter().map(|field| field.name.as_str()));
    names::report_members(context.model, shape, "field", pairs, diagnostics);
    keep_names_apart(&mut structure.fields);
    complete(&mut structure, shape.sensitive());
    structure
}

/// Leaves no name to two fields: what one is called in JSON is not another name of a second one.
fn keep_names_apart(fields: &mut [Field]) {
    let mut taken: BTreeSet<String> = fields.iter().map(|field| field.wire.clone()).collect();
    for field in fields {
        field.aliases.retain(|alias| taken.insert(alias.clone()));
    }
}

/// Decides what depends on all of a structure's fields.
pub(super) fn complete(structure: &mut Structure, sensitive: bool) {
    structure.debug = if sensitive {
        DebugAs::Opaque
    } else if structure.fields.iter().any(|field| field.sensitive) {
        DebugAs::Redacted
    } else {
        DebugAs::Derived
    };
    structure.default = if structure.fields.iter().any(|field| field.init == Init::Absent) {
        DefaultAs::Absent
    } else if structure.fields.iter().any(|field| matches!(field.init, Init::Literal(_))) {
        DefaultAs::Written
    } else {
        DefaultAs::Derived
    };
    structure.comparable = structure.fields.iter().all(|field| !holds_stream(&field.ty));
    for field in &mut structure.fields {
        field.missing = match (structure.default, &field.init, &field.ty) {
            (DefaultAs::Derived | DefaultAs::Written, ..) => Missing::ByStructure,
            // serde takes a missing `Option` for `None` by itself, unless the field has a format.
            (DefaultAs::Absent, _, Type::Option(_)) if field.format == Format::Plain => Missing::ByStructure,
            (DefaultAs::Absent, Init::Default, _) => Missing::Default,
            (DefaultAs::Absent, Init::Literal(_), _) => Missing::Literal,
            (DefaultAs::Absent, Init::Absent, _) => Missing::Absent,
        };
    }
}

fn holds_stream(ty: &Type) -> bool {
    match ty {
        Type::ByteStream => true,
        Type::Option(inner) => holds_stream(inner),
        _ => false,
    }
}
