//! Unions.

use super::context::Context;
use super::fields::Place;
use super::{docs, names, types};
use crate::diag::Diagnostics;
use crate::ir::{DebugAs, Type, Union, UnionVariant};
use crate::model::{HasTraits, Member, Shape};
use crate::naming;

/// A union.
pub(super) fn lower(context: &Context<'_>, shape: &Shape, members: &[Member], diagnostics: &mut Diagnostics) -> Union {
    let variants: Vec<UnionVariant> = members.iter().map(|member| variant(context, shape, member)).collect();
    let pairs = members.iter().zip(variants.iter().map(|variant| variant.name.as_str()));
    names::report_members(context.model, shape, "variant", pairs, diagnostics);
    Union {
        name: context.type_name(&shape.id).unwrap_or_default().to_owned(),
        docs: docs::shape(shape),
        deprecated: docs::deprecation(shape),
        debug: if shape.sensitive() {
            DebugAs::Opaque
        } else if variants.iter().any(|variant| variant.sensitive) {
            DebugAs::Redacted
        } else {
            DebugAs::Derived
        },
        variants,
    }
}

fn variant(context: &Context<'_>, shape: &Shape, member: &Member) -> UnionVariant {
    let ty = types::member_type(context, member);
    let wire = member.json_name().unwrap_or(&member.name).to_owned();
    UnionVariant {
        name: naming::union_variant(&member.name),
        aliases: Some(member.name.clone()).filter(|name| *name != wire).into_iter().collect(),
        docs: docs::member(context, shape, member, Place::Nested),
        deprecated: docs::deprecation(member),
        ty: if context.is_boxed(shape, member) { Type::Box(Box::new(ty)) } else { ty },
        format: types::member_format(context, member),
        sensitive: types::is_sensitive(context, member),
        wire,
    }
}
