//! How inputs become requests.

use super::bindings::{self, Binding, MapOf, Scalars};
use super::context::Context;
use super::types;
use crate::diag::{Diagnostic, Diagnostics};
use crate::ir::{
    Body, Header, HeaderMember, HostPart, PathPart, Payload, Query, QueryMember, Request, TimestampFormat, Write,
};
use crate::model::{HasTraits, Member, Shape, ShapeKind, UriPattern, UriSegment};
use crate::{naming, traits};

const METHODS: [&str; 9] = ["CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"];

/// How the input of an operation becomes a request.
pub(super) fn lower(
    context: &Context<'_>,
    operation: &Shape,
    input: &Shape,
    diagnostics: &mut Diagnostics,
) -> Option<Request> {
    let Some(http) = operation.http() else {
        diagnostics.push(context.model.diagnostic(&operation.id, "has no `smithy.api#http`"));
        return None;
    };
    if !METHODS.contains(&http.method) {
        let message = format!("has the HTTP method `{}`, which is not one of {}", http.method, METHODS.join(", "));
        diagnostics.push(context.model.diagnostic(&operation.id, message));
    }
    let uri = UriPattern::parse(http.uri).map_err(|message| context.model.diagnostic(&operation.id, message));
    let uri = diagnostics.collect(uri)?;
    let path = diagnostics.collect(path(context, operation, input, &uri))?;
    let host = diagnostics.collect(host(context, operation, input))?;
    let mut request = Request {
        method: http.method.to_owned(),
        host,
        path,
        query: uri
            .query
            .iter()
            .map(|(key, value)| Query::Literal((*key).to_owned(), value.map(str::to_owned)))
            .collect(),
        headers: Vec::new(),
        body: Body::None,
        content_md5: operation.has(traits::HTTP_CHECKSUM_REQUIRED),
    };
    let mut rest = Rest::default();
    for member in bindings::members(input) {
        let bound = bind(context, input, member, &mut request, &mut rest);
        diagnostics.collect(bound);
    }
    request.query.append(&mut rest.query);
    request.headers.append(&mut rest.headers);
    request.body = match rest.payload {
        Some(payload) => Body::Payload(payload),
        None if !rest.in_body => Body::None,
        None if rest.outside.is_empty() => Body::Whole,
        None => Body::Without { left_out: rest.outside, renamed: rest.renamed },
    };
    if request.content_md5 && matches!(request.body, Body::Payload(Payload::Stream { .. })) {
        let message = "needs the checksum of a body that is a stream, which is only known behind it";
        diagnostics.push(context.model.diagnostic(&operation.id, message));
    }
    Some(request)
}

/// What comes behind everything else, or depends on all members.
#[derive(Default)]
struct Rest {
    query: Vec<Query>,
    headers: Vec<Header>,
    payload: Option<Payload>,
    outside: Vec<String>,
    renamed: Vec<(String, String)>,
    in_body: bool,
}

fn bind(
    context: &Context<'_>,
    input: &Shape,
    member: &Member,
    request: &mut Request,
    rest: &mut Rest,
) -> Result<(), Diagnostic> {
    let field = naming::member(&member.name);
    let binding = bindings::of_input(member);
    if binding == Binding::Body {
        rest.in_body = true;
        let renamed = bindings::renamed(input, member);
        rest.renamed.extend(renamed.map(|wire| (member.name.clone(), wire.to_owned())));
        return Ok(());
    }
    rest.outside.push(member.name.clone());
    match binding {
        Binding::Query(name) => {
            let scalars = scalars(context, input, member, "a query")?;
            request.query.push(Query::Member(QueryMember {
                field,
                name: name.to_owned(),
                list: scalars.list,
                write: write(context, &scalars, bindings::IN_URIS),
            }));
        }
        Binding::QueryParams => rest.query.push(
            match bindings::map_of(context.model, member)
                .map_err(|what| context.member(input, member, cannot(what, "a query")))?
            {
                MapOf::Texts => Query::Map(field),
                MapOf::Lists => Query::ListMap(field),
            },
        ),
        Binding::Header(name) => {
            let scalars = scalars(context, input, member, "a header")?;
            let base64 = matches!(scalars.of.shape.kind, ShapeKind::String)
                && context.model.effective(scalars.of.member).media_type().is_some();
            request.headers.push(Header::Member(HeaderMember {
                field,
                member: member.name.clone(),
                name: name.to_ascii_lowercase(),
                list: scalars.list,
                write: if base64 { Write::Base64 } else { write(context, &scalars, bindings::IN_HEADERS) },
            }));
        }
        Binding::PrefixHeaders(prefix) => match bindings::map_of(context.model, member) {
            Ok(MapOf::Texts) => rest.headers.push(Header::Prefix {
                field,
                member: member.name.clone(),
                prefix: prefix.to_ascii_lowercase(),
            }),
            _ => return Err(context.member(input, member, cannot("not a map of strings", "headers"))),
        },
        Binding::Payload => rest.payload = Some(payload(context, input, member, field)?),
        // Labels are written where the URI has them; only responses have a status.
        Binding::Label | Binding::ResponseCode | Binding::Body => {}
    }
    Ok(())
}

fn cannot(what: &str, place: &str) -> String {
    format!("is {what}, which {place} cannot hold")
}

fn scalars<'a>(
    context: &Context<'a>,
    input: &Shape,
    member: &'a Member,
    place: &str,
) -> Result<Scalars<'a>, Diagnostic> {
    bindings::scalars(context.model, member).map_err(|what| context.member(input, member, cannot(what, place)))
}

fn write(context: &Context<'_>, scalars: &Scalars<'_>, otherwise: TimestampFormat) -> Write {
    match scalars.of.shape.kind {
        ShapeKind::Timestamp => Write::Timestamp(types::timestamp_format(context, scalars.of.member, otherwise)),
        _ => Write::Plain,
    }
}

fn path(
    context: &Context<'_>,
    operation: &Shape,
    input: &Shape,
    uri: &UriPattern<'_>,
) -> Result<Vec<PathPart>, Diagnostic> {
    let mut parts = Vec::new();
    let mut literal = "/".to_owned();
    for (index, segment) in uri.segments.iter().enumerate() {
        if index > 0 {
            literal.push('/');
        }
        match *segment {
            UriSegment::Literal(text) => literal.push_str(text),
            UriSegment::Label { name, greedy } => {
                let member = bindings::members(input)
                    .iter()
                    .find(|member| member.name == name && member.has(traits::HTTP_LABEL))
                    .ok_or_else(|| {
                        let message =
                            format!("has the label `{name}` in its URI, which no member of its input is bound to");
                        context.model.diagnostic(&operation.id, message)
                    })?;
                let scalars = scalars(context, input, member, "a path")?;
                if scalars.list {
                    return Err(context.member(input, member, cannot("a list", "a path")));
                }
                parts.push(PathPart::Literal(std::mem::take(&mut literal)));
                parts.push(PathPart::Label {
                    field: naming::member(name),
                    member: name.to_owned(),
                    greedy,
                    write: write(context, &scalars, bindings::IN_URIS),
                });
            }
        }
    }
    if !literal.is_empty() {
        parts.push(PathPart::Literal(literal));
    }
    let unused = bindings::members(input)
        .iter()
        .find(|member| member.has(traits::HTTP_LABEL) && !uri.labels().any(|name| name == member.name));
    match unused {
        Some(member) => {
            let message = format!("is bound to a label, which the URI of {} does not have", operation.id.name());
            Err(context.member(input, member, message))
        }
        None => Ok(parts),
    }
}

/// `smithy.api#endpoint`: literals and `{labels}`.
fn host(context: &Context<'_>, operation: &Shape, input: &Shape) -> Result<Vec<HostPart>, Diagnostic> {
    let Some(prefix) = operation.get(traits::ENDPOINT).and_then(|value| value.get("hostPrefix")?.as_str()) else {
        return Ok(Vec::new());
    };
    let flaw = |message: String| context.model.diagnostic(&operation.id, message);
    let mut parts = Vec::new();
    let mut rest = prefix;
    while let Some((literal, behind)) = rest.split_once('{') {
        let (name, behind) = behind
            .split_once('}')
            .ok_or_else(|| flaw(format!("has the host prefix `{prefix}`, where a brace is not closed")))?;
        let member = bindings::members(input)
            .iter()
            .find(|member| member.name == name && member.has(traits::HOST_LABEL))
            .ok_or_else(|| {
                flaw(format!("has the label `{name}` in its host prefix, which no member of its input is bound to"))
            })?;
        if !context.model.target(member).is_some_and(|target| matches!(target.kind, ShapeKind::String)) {
            return Err(context.member(input, member, "is a label of the host and must be a string"));
        }
        if !literal.is_empty() {
            parts.push(HostPart::Literal(literal.to_owned()));
        }
        parts.push(HostPart::Label { field: naming::member(name), member: name.to_owned() });
        rest = behind;
    }
    if !rest.is_empty() {
        parts.push(HostPart::Literal(rest.to_owned()));
    }
    Ok(parts)
}

fn payload(context: &Context<'_>, input: &Shape, member: &Member, field: String) -> Result<Payload, Diagnostic> {
    let Some(target) = context.model.target(member) else {
        return Err(context.member(input, member, cannot("nothing", "a body")));
    };
    let media_type = |otherwise: &str| context.model.effective(member).media_type().unwrap_or(otherwise).to_owned();
    Ok(match &target.kind {
        ShapeKind::Structure(_) => Payload::Structure(field),
        ShapeKind::Union(_) | ShapeKind::Document => Payload::Json(field),
        ShapeKind::Blob if target.streaming() => {
            let sized = target.has(traits::REQUIRES_LENGTH).then(|| member.name.clone());
            Payload::Stream { field, media_type: media_type("application/octet-stream"), sized }
        }
        ShapeKind::Blob => Payload::Bytes(field, media_type("application/octet-stream")),
        ShapeKind::String | ShapeKind::Enum(_) => Payload::Text(field, media_type("text/plain")),
        other => {
            return Err(context.member(
                input,
                member,
                format!("is a {}, which cannot be the whole body", other.name()),
            ));
        }
    })
}
