//! Whether every member of an input or output has exactly one place in the HTTP message.

use std::collections::BTreeMap;

use crate::diag::Diagnostics;
use crate::model::{HasTraits, Member, Model, Operation, Shape, ShapeId, ShapeKind, UriPattern};
use crate::traits;

use super::is_number;

/// Where members of an input may go; those without one of these go to the body.
const REQUEST: [&str; 6] = [
    traits::HTTP_LABEL,
    traits::HTTP_QUERY,
    traits::HTTP_QUERY_PARAMS,
    traits::HTTP_HEADER,
    traits::HTTP_PREFIX_HEADERS,
    traits::HTTP_PAYLOAD,
];

/// Where members of an output or error may come from.
const RESPONSE: [&str; 4] =
    [traits::HTTP_HEADER, traits::HTTP_PREFIX_HEADERS, traits::HTTP_PAYLOAD, traits::HTTP_RESPONSE_CODE];

/// Whether a member goes elsewhere than to the body.
pub(super) fn is_bound(member: &Member) -> bool {
    REQUEST.iter().chain(&RESPONSE).any(|place| member.has(place))
}

/// Reports what has no place, two places, or one it does not fit in.
pub(super) fn check(model: &Model, shape: &Shape, operation: &Operation, diagnostics: &mut Diagnostics) {
    let id = &shape.id;
    let Some(http) = shape.http() else {
        diagnostics.push(
            model
                .diagnostic(id, format!("lacks the trait `{}`", traits::HTTP))
                .with_help("restJson1 needs a method and a URI for every operation"),
        );
        return;
    };
    if http.method.is_empty() || !http.method.bytes().all(|byte| byte.is_ascii_uppercase()) {
        diagnostics.push(model.diagnostic(id, format!("has the HTTP method `{}`, which is none", http.method)));
    }
    let Some(input) = model.shape(&operation.input) else {
        return;
    };
    match UriPattern::parse(http.uri) {
        Ok(uri) => check_labels(model, id, &uri, input, diagnostics),
        Err(problem) => diagnostics.push(model.diagnostic(id, problem)),
    }
    check_host(model, shape, input, diagnostics);
    check_message(model, input, &REQUEST, diagnostics);
    let answers = operation.errors.iter().chain([&operation.output]);
    for answer in answers.filter_map(|id| model.shape(id)) {
        check_message(model, answer, &RESPONSE, diagnostics);
    }
}

/// The labels of the URI and the members bound to labels must be the same.
fn check_labels(model: &Model, id: &ShapeId, uri: &UriPattern<'_>, input: &Shape, diagnostics: &mut Diagnostics) {
    for label in uri.labels() {
        if !input.member(label).is_some_and(|member| member.has(traits::HTTP_LABEL)) {
            let message =
                format!("has the label `{label}` in its URI, but {} has no such member bound to a label", input.id);
            diagnostics.push(model.diagnostic(id, message));
        }
    }
    for member in input.members().filter(|member| member.has(traits::HTTP_LABEL)) {
        let mut report = |message: String| {
            diagnostics.push(model.diagnostic((&input.id, member.name.as_str()), message));
        };
        if !uri.labels().any(|label| label == member.name) {
            report(format!("is bound to a label, but the URI of {id} has none of that name"));
        }
        if !member.required() {
            report("is bound to a label and must be required".to_owned());
        }
    }
}

/// The labels of the host prefix must be members marked as such.
fn check_host(model: &Model, shape: &Shape, input: &Shape, diagnostics: &mut Diagnostics) {
    let prefix = shape
        .get(traits::ENDPOINT)
        .and_then(|value| value.get("hostPrefix"))
        .and_then(serde_json::Value::as_str)
        .unwrap_or_default();
    let mut labels = Vec::new();
    let mut rest = prefix;
    while let Some((_, after)) = rest.split_once('{') {
        let (label, after) = after.split_once('}').unwrap_or((after, ""));
        labels.push(label);
        rest = after;
    }
    for label in &labels {
        let member = input.member(label);
        if !member.is_some_and(|member| member.has(traits::HOST_LABEL) && member.required()) {
            let message = format!(
                "has the label `{label}` in its host prefix, but {} has no such required member with the trait `{}`",
                input.id,
                traits::HOST_LABEL
            );
            diagnostics.push(model.diagnostic(&shape.id, message));
        }
    }
    for member in input.members().filter(|member| member.has(traits::HOST_LABEL)) {
        if !prefix.is_empty() && !labels.contains(&member.name.as_str()) {
            let message = format!("is a host label, but the host prefix of {} has none of that name", shape.id);
            diagnostics.push(model.diagnostic((&input.id, member.name.as_str()), message));
        }
    }
}

/// One place a member, one member a place, and every member one that fits.
fn check_message(model: &Model, message: &Shape, places: &[&str], diagnostics: &mut Diagnostics) {
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    let mut payload = None;
    let mut in_body = None;
    for member in message.members() {
        let mut report = |problem: String| {
            diagnostics.push(model.diagnostic((&message.id, member.name.as_str()), problem));
        };
        let bound: Vec<&str> = places.iter().copied().filter(|place| member.has(place)).collect();
        let place = match bound.as_slice() {
            [] => {
                in_body = in_body.or(Some(member));
                continue;
            }
            [place] => *place,
            [first, second, ..] => {
                report(format!("is bound to two places, `{first}` and `{second}`"));
                continue;
            }
        };
        if let Some(problem) = misfit(model, member, place) {
            report(problem);
        }
        if place == traits::HTTP_PAYLOAD {
            payload = Some(member);
        }
        let key = place_key(member, place);
        if let Some(other) = taken.insert(key, &member.name) {
            report(format!("is bound to the same place as `{other}`, by `{place}`"));
        }
    }
    if let (Some(payload), Some(lost)) = (payload, in_body) {
        diagnostics.push(model.diagnostic(
            (&message.id, lost.name.as_str()),
            format!("has no place in the message, whose body is `{}`", payload.name),
        ));
    }
}

/// What two members bound to the same place have in common.
fn place_key(member: &Member, place: &str) -> String {
    match place {
        traits::HTTP_LABEL => format!("{place} {}", member.name),
        traits::HTTP_HEADER => format!("{place} {}", member.string(place).unwrap_or_default().to_ascii_lowercase()),
        traits::HTTP_QUERY => format!("{place} {}", member.string(place).unwrap_or_default()),
        _ => place.to_owned(),
    }
}

fn misfit(model: &Model, member: &Member, place: &str) -> Option<String> {
    let kind = &model.target(member)?.kind;
    let item = match kind {
        ShapeKind::List(item) => model.target(item).map(|shape| &shape.kind),
        _ => None,
    };
    let map_value = match kind {
        ShapeKind::Map { value, .. } => model.target(value).map(|shape| &shape.kind),
        _ => None,
    };
    let fits = match place {
        traits::HTTP_LABEL => is_scalar(kind),
        traits::HTTP_QUERY | traits::HTTP_HEADER => is_scalar(kind) || item.is_some_and(is_scalar),
        traits::HTTP_PREFIX_HEADERS => map_value.is_some_and(is_text),
        traits::HTTP_QUERY_PARAMS => map_value.is_some_and(|value| is_text(value) || is_list_of_text(model, value)),
        traits::HTTP_RESPONSE_CODE => is_number(kind),
        traits::HTTP_PAYLOAD => !is_number(kind) && !matches!(kind, ShapeKind::Boolean | ShapeKind::Timestamp),
        _ => true,
    };
    (!fits).then(|| format!("is of the kind {} and does not fit the place that `{place}` gives it", kind.name()))
}

fn is_text(kind: &ShapeKind) -> bool {
    matches!(kind, ShapeKind::String | ShapeKind::Enum(_))
}

fn is_list_of_text(model: &Model, kind: &ShapeKind) -> bool {
    match kind {
        ShapeKind::List(item) => model.target(item).is_some_and(|shape| is_text(&shape.kind)),
        _ => false,
    }
}

fn is_scalar(kind: &ShapeKind) -> bool {
    is_text(kind) || is_number(kind) || matches!(kind, ShapeKind::Boolean | ShapeKind::Timestamp)
}
