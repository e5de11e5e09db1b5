//! The types of members, and how they are written in JSON.

use super::context::Context;
use crate::ir::{Format, TimestampFormat, Type};
use crate::model::{self, HasTraits, Member, Shape, ShapeKind};

/// The type of what a member holds, were it neither optional nor boxed.
pub(super) fn member_type(context: &Context<'_>, member: &Member) -> Type {
    if member.target.is_unit() {
        return Type::Unit;
    }
    match context.model.target(member) {
        Some(target) => shape_type(context, target),
        // Reading the model made sure that targets are there; documents hold anything.
        None => Type::Document,
    }
}

fn shape_type(context: &Context<'_>, shape: &Shape) -> Type {
    match &shape.kind {
        ShapeKind::Blob if shape.streaming() => Type::ByteStream,
        ShapeKind::Blob => Type::Blob,
        ShapeKind::Boolean => Type::Bool,
        ShapeKind::String => Type::String,
        ShapeKind::Byte => Type::I8,
        ShapeKind::Short => Type::I16,
        ShapeKind::Integer => Type::I32,
        ShapeKind::Long => Type::I64,
        ShapeKind::Float => Type::F32,
        ShapeKind::Double => Type::F64,
        ShapeKind::BigInteger | ShapeKind::BigDecimal => Type::BigNumber,
        ShapeKind::Timestamp => Type::Timestamp,
        ShapeKind::List(item) => Type::List(Box::new(item_type(context, shape, item))),
        ShapeKind::Map { key, value } => {
            Type::Map(Box::new(member_type(context, key)), Box::new(item_type(context, shape, value)))
        }
        ShapeKind::Enum(_) | ShapeKind::IntEnum(_) | ShapeKind::Structure(_) | ShapeKind::Union(_) => {
            match context.type_name(&shape.id) {
                Some(name) => Type::Named(name.to_owned()),
                None => Type::Document,
            }
        }
        ShapeKind::Document | ShapeKind::Service(_) | ShapeKind::Operation(_) | ShapeKind::Resource(_) => {
            Type::Document
        }
    }
}

fn item_type(context: &Context<'_>, collection: &Shape, item: &Member) -> Type {
    let ty = member_type(context, item);
    if collection.sparse() { ty.optional() } else { ty }
}

/// How the value of a member is written in JSON.
pub(super) fn member_format(context: &Context<'_>, member: &Member) -> Format {
    let Some(target) = context.model.target(member) else { return Format::Plain };
    match &target.kind {
        ShapeKind::Float | ShapeKind::Double => Format::Float,
        ShapeKind::Timestamp => match timestamp_format(context, member, TimestampFormat::EpochSeconds) {
            // A timestamp's own way.
            TimestampFormat::EpochSeconds => Format::Plain,
            TimestampFormat::DateTime => Format::DateTime,
            TimestampFormat::HttpDate => Format::HttpDate,
        },
        ShapeKind::List(item) => {
            let inner = Box::new(member_format(context, item));
            if target.sparse() { Format::SparseList(inner) } else { Format::List(inner) }
        }
        ShapeKind::Map { value, .. } => {
            let inner = Box::new(member_format(context, value));
            if target.sparse() { Format::SparseMap(inner) } else { Format::Map(inner) }
        }
        _ => Format::Plain,
    }
}

/// The format of a timestamp: its own, or that of where it stands.
pub(super) fn timestamp_format(context: &Context<'_>, member: &Member, otherwise: TimestampFormat) -> TimestampFormat {
    match context.model.effective(member).timestamp_format() {
        Some(model::TimestampFormat::DateTime) => TimestampFormat::DateTime,
        Some(model::TimestampFormat::HttpDate) => TimestampFormat::HttpDate,
        Some(model::TimestampFormat::EpochSeconds) => TimestampFormat::EpochSeconds,
        None => otherwise,
    }
}

/// Whether a value must not be shown: the member, what it targets, or what that holds. Structures, unions and enumerations
/// see to themselves.
pub(super) fn is_sensitive(context: &Context<'_>, member: &Member) -> bool {
    if member.sensitive() {
        return true;
    }
    let Some(target) = context.model.target(member) else { return false };
    match &target.kind {
        ShapeKind::Structure(_) | ShapeKind::Union(_) | ShapeKind::Enum(_) | ShapeKind::IntEnum(_) => false,
        _ if target.sensitive() => true,
        ShapeKind::List(item) => is_sensitive(context, item),
        ShapeKind::Map { key, value } => is_sensitive(context, key) || is_sensitive(context, value),
        _ => false,
    }
}
