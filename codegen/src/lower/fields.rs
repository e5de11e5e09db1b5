//! Members as fields: whether they are optional, what they start with, how JSON holds them.

use super::context::Context;
use super::{defaults, docs, types};
use crate::ir::{ConstructorArgument, Field, Format, Init, Missing, Param, Setter, Skip, Type};
use crate::model::{HasTraits, Member, Shape};
use crate::naming;
use crate::traits;

/// Where a structure stands, which decides whether its members are optional.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// It is the input of an operation: every member is optional, so that parameters may come in any state.
    Input,
    /// It is the output of an operation.
    Output,
    /// It is an error.
    Error,
    /// A member holds it.
    Nested,
}

/// A member on its way to a field.
pub(super) struct Lowered {
    pub(super) field: Field,
    /// What the structure's `new` takes for it.
    pub(super) argument: Option<ConstructorArgument>,
    /// How it is set afterwards.
    pub(super) setter: Option<Setter>,
}

/// Lowers a member of a structure. `bound` says that it is not in the JSON body, and so has no name of its own there.
pub(super) fn lower(
    context: &Context<'_>,
    shape: &Shape,
    member: &Member,
    place: Place,
    bound: bool,
) -> Result<Lowered, crate::diag::Diagnostic> {
    let name = naming::member(&member.name);
    let bare = types::member_type(context, member);
    let stream = bare == Type::ByteStream;
    let optional = is_optional(shape, member, place, stream);
    let boxed = context.is_boxed(shape, member);
    let init = if optional { Init::Default } else { defaults::init(context, shape, member, stream)? };
    let inner = if boxed { Type::Box(Box::new(bare.clone())) } else { bare.clone() };
    let wire = member.json_name().filter(|_| !bound).unwrap_or(&member.name).to_owned();
    let deprecated = docs::deprecation(member);
    let must_be_given = match place {
        Place::Input => member.required() && !member.idempotency_token() && member.default_value().is_none(),
        _ => init == Init::Absent,
    };
    let field = Field {
        aliases: aliases(member, &wire, place),
        docs: docs::member(context, shape, member, place),
        ty: if optional { inner.optional() } else { inner },
        format: format(context, member, place, optional),
        missing: Missing::ByStructure,
        read: !(bound && matches!(place, Place::Output | Place::Error)),
        skip: skip(optional, place, stream),
        sensitive: types::is_sensitive(context, member),
        name: name.clone(),
        deprecated: deprecated.clone(),
        wire,
        init,
    };
    let param = param(bare, boxed);
    let (argument, setter) = if must_be_given {
        (Some(ConstructorArgument { field: name, param, wrap: optional }), None)
    } else {
        let like_operator = naming::is_operator(&name);
        (None, Some(Setter { field: name, param, wrap: optional, deprecated, like_operator }))
    };
    Ok(Lowered { field, argument, setter })
}

fn is_optional(shape: &Shape, member: &Member, place: Place, stream: bool) -> bool {
    match place {
        Place::Input => true,
        // An output always has its body, which may be empty.
        _ if stream => false,
        Place::Error if is_message(member) => true,
        _ if member.client_optional() || shape.has(traits::INPUT) => true,
        _ => !member.required() && member.default_value().is_none(),
    }
}

/// Whether a member of an error is its message, however services case it.
pub(super) fn is_message(member: &Member) -> bool {
    matches!(member.name.to_ascii_lowercase().as_str(), "message" | "errormessage")
}

/// The names of an error's message that services use whatever the model says.
const MESSAGES: [&str; 3] = ["message", "Message", "errorMessage"];

fn aliases(member: &Member, wire: &str, place: Place) -> Vec<String> {
    let messages = MESSAGES.iter().copied().filter(|_| place == Place::Error && is_message(member));
    let mut aliases: Vec<String> = std::iter::once(member.name.as_str())
        .chain(messages)
        .filter(|alias| *alias != wire)
        .map(str::to_owned)
        .collect();
    aliases.dedup();
    aliases
}

fn format(context: &Context<'_>, member: &Member, place: Place, optional: bool) -> Format {
    match types::member_format(context, member) {
        // `Option` and `null` go together without help.
        Format::Plain if optional => Format::Plain,
        format if optional => Format::Opt(Box::new(format)),
        format if place == Place::Input => format,
        format => Format::Required(Box::new(format)),
    }
}

/// Defaults are written like any other value, as Smithy asks of clients: what is sent says the same when the default has
/// become another.
fn skip(optional: bool, place: Place, stream: bool) -> Option<Skip> {
    match place {
        // The payload itself is not for JSON, only what callers of JSON give and get for it.
        Place::Input if stream => Some(Skip::Always),
        _ => optional.then_some(Skip::None),
    }
}

fn param(ty: Type, boxed: bool) -> Param {
    if boxed {
        return Param::Boxed(ty);
    }
    match ty {
        Type::String
        | Type::Blob
        | Type::BigNumber
        | Type::Timestamp
        | Type::Document
        | Type::ByteStream
        | Type::List(_)
        | Type::Map(..) => Param::Into(ty),
        _ => Param::Plain(ty),
    }
}

/// Whether an input without the member is refused before it is sent.
pub(super) fn is_checked_for(member: &Member, stream: bool) -> bool {
    member.required() && !member.idempotency_token() && member.default_value().is_none() && !stream
}
