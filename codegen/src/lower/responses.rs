//! How responses become outputs and errors.

use super::bindings::{self, Binding, MapOf};
use super::context::Context;
use super::types;
use crate::diag::{Diagnostic, Diagnostics};
use crate::ir::{Field, PayloadKind, Read, ReadBody, ReadHeader, ReadPayload, ReadStatus, Response, Structure, Type};
use crate::model::{HasTraits, Member, Shape, ShapeKind};
use crate::naming;

/// How a response becomes an output or error, `structure` being what `shape` was lowered to.
pub(super) fn lower(
    context: &Context<'_>,
    shape: &Shape,
    structure: &Structure,
    diagnostics: &mut Diagnostics,
) -> Response {
    let members = bindings::members(shape);
    let mut response = Response { body: ReadBody::Ignored, headers: Vec::new(), status: None };
    for member in members {
        let name = naming::member(&member.name);
        let Some(field) = structure.fields.iter().find(|field| field.name == name) else { continue };
        let bound = bind(context, shape, member, field, &mut response);
        diagnostics.collect(bound);
    }
    let in_body = members.iter().any(|member| bindings::of_output(member) == Binding::Body);
    // An output without members has an object for a body, if it has any: whatever is not JSON is not from the service.
    if in_body || members.is_empty() {
        response.body = ReadBody::Json;
    }
    response
}

fn bind(
    context: &Context<'_>,
    shape: &Shape,
    member: &Member,
    field: &Field,
    response: &mut Response,
) -> Result<(), Diagnostic> {
    let optional = matches!(field.ty, Type::Option(_));
    let name = field.name.clone();
    match bindings::of_output(member) {
        Binding::Header(header) => {
            let read = header_read(context, member)
                .map_err(|what| context.member(shape, member, format!("is {what}, which a header cannot hold")))?;
            response.headers.push(ReadHeader { field: name, name: header.to_ascii_lowercase(), optional, read });
        }
        Binding::PrefixHeaders(prefix) => {
            if bindings::map_of(context.model, member) != Ok(MapOf::Texts) {
                return Err(context.member(
                    shape,
                    member,
                    "is not a map of strings, which headers with a prefix must be",
                ));
            }
            let name_prefix = prefix.to_ascii_lowercase();
            response.headers.push(ReadHeader { field: name, name: name_prefix, optional, read: Read::Prefix });
        }
        Binding::ResponseCode => {
            let integer = context.model.target(member).is_some_and(|target| matches!(target.kind, ShapeKind::Integer));
            if !integer {
                return Err(context.member(shape, member, "is the status and must be an integer"));
            }
            response.status = Some(ReadStatus { field: name, optional });
        }
        Binding::Payload => response.body = payload(context, shape, member, name, optional)?,
        Binding::Label | Binding::Query(_) | Binding::QueryParams | Binding::Body => {}
    }
    Ok(())
}

fn header_read(context: &Context<'_>, member: &Member) -> Result<Read, &'static str> {
    let scalars = bindings::scalars(context.model, member)?;
    let format = || types::timestamp_format(context, scalars.of.member, bindings::IN_HEADERS);
    let base64 = context.model.effective(scalars.of.member).media_type().is_some();
    Ok(match (&scalars.of.shape.kind, scalars.list) {
        (ShapeKind::Timestamp, false) => Read::Timestamp(format()),
        (ShapeKind::Timestamp, true) => Read::TimestampList(format()),
        (ShapeKind::String, false) if base64 => Read::Base64,
        (_, false) => Read::Plain,
        (_, true) => Read::List,
    })
}

fn payload(
    context: &Context<'_>,
    shape: &Shape,
    member: &Member,
    field: String,
    optional: bool,
) -> Result<ReadBody, Diagnostic> {
    let kind = context.model.target(member).map(|target| (&target.kind, target.streaming()));
    let read = match kind {
        Some((ShapeKind::Blob, true)) => return Ok(ReadBody::Stream(field)),
        Some((ShapeKind::Blob, false)) => PayloadKind::Bytes,
        Some((ShapeKind::String | ShapeKind::Enum(_), _)) => PayloadKind::Text,
        Some((ShapeKind::Structure(_) | ShapeKind::Union(_) | ShapeKind::Document, _)) => PayloadKind::Json,
        Some((other, _)) => {
            return Err(context.member(
                shape,
                member,
                format!("is a {}, which cannot be the whole body", other.name()),
            ));
        }
        None => return Err(context.member(shape, member, "is nothing, which cannot be the whole body")),
    };
    Ok(ReadBody::Payload(ReadPayload { field, optional, read }))
}
