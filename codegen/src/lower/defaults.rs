//! What fields start with, and what stands for members that the service leaves out.

use std::collections::BTreeSet;

use serde_json::Value;

use super::context::Context;
use crate::diag::Diagnostic;
use crate::ir::{self, Init, Item, Literal, ReadBody, Type};
use crate::model::{HasTraits, Member, Shape, ShapeKind};

/// What a field that is not optional starts with.
pub(super) fn init(context: &Context<'_>, shape: &Shape, member: &Member, stream: bool) -> Result<Init, Diagnostic> {
    let Some(value) = member.default_value() else {
        return Ok(if stream { Init::Default } else { Init::Absent });
    };
    let kind = context.model.target(member).map(|target| &target.kind);
    let literal = match (kind, value) {
        (Some(ShapeKind::Boolean), Value::Bool(false)) => return Ok(Init::Default),
        (Some(ShapeKind::Boolean), Value::Bool(true)) => Some(Literal::True),
        (Some(ShapeKind::List(_)), Value::Array(items)) if items.is_empty() => return Ok(Init::Default),
        (Some(ShapeKind::Map { .. }), Value::Object(entries)) if entries.is_empty() => return Ok(Init::Default),
        (Some(ShapeKind::String), Value::String(text)) if text.is_empty() => return Ok(Init::Default),
        (Some(ShapeKind::String), Value::String(text)) => Some(Literal::String(text.clone())),
        (Some(ShapeKind::Enum(_)), Value::String(text)) => Some(Literal::Enum(text.clone())),
        (Some(ShapeKind::IntEnum(_)), Value::Number(number)) => number.as_i64().map(Literal::IntEnum),
        (Some(ShapeKind::Blob), Value::String(text)) if text.is_empty() => return Ok(Init::Default),
        (Some(ShapeKind::Document), value) => is_flat(value).then(|| Literal::Document(value.clone())),
        (Some(kind), Value::Number(number)) => match number_literal(kind, number) {
            Some(None) => return Ok(Init::Default),
            Some(literal) => literal,
            None => None,
        },
        _ => None,
    };
    literal.map(Init::Literal).ok_or_else(|| {
        context.member(shape, member, format!("has the default {value}, which is not supported for its type"))
    })
}

/// Whether a value of JSON holds no other.
fn is_flat(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => true,
    }
}

/// The literal of a number; `Some(None)` when it is the type's own default.
fn number_literal(kind: &ShapeKind, number: &serde_json::Number) -> Option<Option<Literal>> {
    match kind {
        ShapeKind::Byte | ShapeKind::Short | ShapeKind::Integer | ShapeKind::Long => {
            let value = number.as_i64()?;
            Some((value != 0).then_some(Literal::Integer(value)))
        }
        ShapeKind::Float | ShapeKind::Double => {
            let value = number.as_f64()?;
            Some((value != 0.0).then_some(Literal::Float(value)))
        }
        ShapeKind::Timestamp => {
            let value = number.as_i64()?;
            Some((value != 0).then_some(Literal::Timestamp(value)))
        }
        ShapeKind::BigInteger | ShapeKind::BigDecimal => number.as_i64().filter(|value| *value == 0).map(|_| None),
        _ => None,
    }
}

/// Marks the structures that must be able to stand for an absent value: those that a member requires, outputs whose body
/// holds no members, and errors.
pub(super) fn mark_absent(types: &mut [Item], operations: &mut [ir::Operation], errors: &mut [ir::Error]) {
    for operation in operations.iter_mut() {
        operation.output.absent = operation.response.body != ReadBody::Json;
    }
    for error in errors.iter_mut() {
        error.structure.absent = true;
    }
    let nested = types.iter().filter_map(|item| match item {
        Item::Structure(structure) => Some(structure),
        _ => None,
    });
    let outputs = operations.iter().map(|operation| &operation.output);
    let outer = outputs.chain(errors.iter().map(|error| &error.structure));
    let needed: BTreeSet<String> = nested.chain(outer).flat_map(required_types).collect();
    for item in types {
        if let Item::Structure(structure) = item {
            structure.absent = needed.contains(&structure.name);
        }
    }
}

/// The types of the fields without which a structure cannot be.
fn required_types(structure: &ir::Structure) -> Vec<String> {
    structure
        .fields
        .iter()
        .filter(|field| field.init == Init::Absent)
        .filter_map(|field| match &field.ty {
            Type::Named(name) => Some(name.clone()),
            Type::Box(inner) => match &**inner {
                Type::Named(name) => Some(name.clone()),
                _ => None,
            },
            _ => None,
        })
        .collect()
}
