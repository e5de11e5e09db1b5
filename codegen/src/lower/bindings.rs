//! Where the members of inputs, outputs and errors stand in HTTP messages.
//!
//! Bindings count at the top only, and only where they make sense: a query parameter of an output is a member of its body.

use std::collections::BTreeSet;

use crate::ir::TimestampFormat;
use crate::model::{HasTraits, Member, Model, Shape, ShapeKind};
use crate::traits;

/// Where a member stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binding<'a> {
    /// In the path.
    Label,
    /// In the query, under a name.
    Query(&'a str),
    /// In the query, under names of its own.
    QueryParams,
    /// In a header.
    Header(&'a str),
    /// In headers whose names begin so.
    PrefixHeaders(&'a str),
    /// It is the body.
    Payload,
    /// It is the status.
    ResponseCode,
    /// In the JSON of the body.
    Body,
}

/// Where a member of an input stands.
pub(super) fn of_input(member: &Member) -> Binding<'_> {
    if member.has(traits::HTTP_LABEL) {
        return Binding::Label;
    }
    if let Some(name) = member.string(traits::HTTP_QUERY) {
        return Binding::Query(name);
    }
    if member.has(traits::HTTP_QUERY_PARAMS) {
        return Binding::QueryParams;
    }
    of_either(member)
}

/// Where a member of an output or error stands.
pub(super) fn of_output(member: &Member) -> Binding<'_> {
    if member.has(traits::HTTP_RESPONSE_CODE) { Binding::ResponseCode } else { of_either(member) }
}

fn of_either(member: &Member) -> Binding<'_> {
    if let Some(name) = member.string(traits::HTTP_HEADER) {
        Binding::Header(name)
    } else if let Some(prefix) = member.string(traits::HTTP_PREFIX_HEADERS) {
        Binding::PrefixHeaders(prefix)
    } else if member.has(traits::HTTP_PAYLOAD) {
        Binding::Payload
    } else {
        Binding::Body
    }
}

/// The members of a structure, and none of anything else.
pub(super) fn members(shape: &Shape) -> &[Member] {
    match &shape.kind {
        ShapeKind::Structure(members) => members,
        _ => &[],
    }
}

/// The names of the members of an output or error that are not in the JSON body.
pub(super) fn outside_of_body(shape: &Shape) -> BTreeSet<&str> {
    let members = members(shape).iter();
    members.filter(|member| of_output(member) != Binding::Body).map(|member| member.name.as_str()).collect()
}

/// The names of the members of an input that JSON parameters know by just these.
pub(super) fn under_own_names(input: &Shape) -> BTreeSet<&str> {
    let members = members(input).iter();
    members.filter(|member| is_under_own_name(input, member)).map(|member| member.name.as_str()).collect()
}

/// The name of a member in the body of an input, where JSON parameters must know it by its own, since the other is that of
/// a member outside of the body.
pub(super) fn renamed<'a>(input: &'a Shape, member: &'a Member) -> Option<&'a str> {
    let wire = member.json_name().filter(|wire| *wire != member.name && of_input(member) == Binding::Body)?;
    members(input).iter().any(|other| other.name == wire && of_input(other) != Binding::Body).then_some(wire)
}

/// Whether JSON parameters know a member of an input by its own name, whatever it is called in a body.
pub(super) fn is_under_own_name(input: &Shape, member: &Member) -> bool {
    of_input(member) != Binding::Body || renamed(input, member).is_some()
}

/// What a member outside of JSON is: a scalar, or a list of scalars.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scalars<'a> {
    /// Whether there can be several.
    pub(super) list: bool,
    /// The member that holds one.
    pub(super) of: Scalar<'a>,
}

/// A value that can be written as text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scalar<'a> {
    pub(super) member: &'a Member,
    pub(super) shape: &'a Shape,
}

/// The scalar or scalars a member holds, or what it holds instead.
pub(super) fn scalars<'a>(model: &'a Model, member: &'a Member) -> Result<Scalars<'a>, &'static str> {
    let Some(target) = model.target(member) else { return Err("nothing") };
    match &target.kind {
        ShapeKind::List(_) if target.sparse() => Err("a sparse list"),
        ShapeKind::List(item) => Ok(Scalars { list: true, of: scalar(model, item)? }),
        _ => Ok(Scalars { list: false, of: scalar(model, member)? }),
    }
}

fn scalar<'a>(model: &'a Model, member: &'a Member) -> Result<Scalar<'a>, &'static str> {
    let Some(shape) = model.target(member) else { return Err("nothing") };
    match &shape.kind {
        ShapeKind::Boolean
        | ShapeKind::String
        | ShapeKind::Byte
        | ShapeKind::Short
        | ShapeKind::Integer
        | ShapeKind::Long
        | ShapeKind::Float
        | ShapeKind::Double
        | ShapeKind::BigInteger
        | ShapeKind::BigDecimal
        | ShapeKind::Timestamp
        | ShapeKind::Enum(_)
        | ShapeKind::IntEnum(_) => Ok(Scalar { member, shape }),
        other => Err(match other {
            ShapeKind::List(_) => "a list",
            ShapeKind::Map { .. } => "a map",
            ShapeKind::Structure(_) => "a structure",
            ShapeKind::Union(_) => "a union",
            ShapeKind::Document => "a document",
            ShapeKind::Blob => "a blob",
            _ => "a shape that is not data",
        }),
    }
}

/// The format of timestamps where the model names none.
pub(super) const IN_HEADERS: TimestampFormat = TimestampFormat::HttpDate;
/// The same, for paths and queries.
pub(super) const IN_URIS: TimestampFormat = TimestampFormat::DateTime;

/// What the values of a map are, for maps that a query or headers can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MapOf {
    /// Texts.
    Texts,
    /// Lists of texts.
    Lists,
}

/// What the values of a map of texts are, or why it is none.
pub(super) fn map_of(model: &Model, member: &Member) -> Result<MapOf, &'static str> {
    const NEITHER: &str = "neither a map of strings nor one of lists of strings";
    let Some(ShapeKind::Map { key, value }) = model.target(member).map(|target| &target.kind) else {
        return Err(NEITHER);
    };
    let is_string =
        |member: &Member| model.target(member).is_some_and(|target| matches!(target.kind, ShapeKind::String));
    if !is_string(key) || model.target(member).is_some_and(HasTraits::sparse) {
        return Err(NEITHER);
    }
    if is_string(value) {
        return Ok(MapOf::Texts);
    }
    match model.target(value).map(|target| (&target.kind, target.sparse())) {
        Some((ShapeKind::List(item), false)) if is_string(item) => Ok(MapOf::Lists),
        _ => Err(NEITHER),
    }
}
