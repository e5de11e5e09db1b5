//! What the generator cannot do: better an operation less than one that sends the wrong thing.

use serde_json::{Value, json};

use crate::diag::Diagnostic;
use crate::model::{HasTraits, Model, Operation, Shape, ShapeId, ShapeKind};
use crate::traits;

/// An operation that is not generated.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refused {
    /// The operation.
    pub operation: ShapeId,
    /// Why.
    pub reason: String,
}

/// The traits by which a service says which protocols it speaks.
const PROTOCOLS: [&str; 8] = [
    traits::REST_JSON_1,
    "aws.protocols#awsJson1_0",
    "aws.protocols#awsJson1_1",
    "aws.protocols#awsQuery",
    "aws.protocols#ec2Query",
    "aws.protocols#restXml",
    "smithy.protocols#rpcv2Cbor",
    "smithy.protocols#rpcv2Json",
];

/// The traits by which a service says how it authenticates callers.
const AUTH_SCHEMES: [&str; 7] = [
    traits::SIGV4,
    "aws.auth#sigv4a",
    "aws.auth#cognitoUserPools",
    "smithy.api#httpApiKeyAuth",
    "smithy.api#httpBasicAuth",
    traits::HTTP_BEARER_AUTH,
    "smithy.api#httpDigestAuth",
];

const NO_AUTH: &str = "smithy.api#noAuth";

/// Refuses a service that does not speak restJson1.
pub(super) fn service(model: &Model, id: &ShapeId) -> Result<(), Diagnostic> {
    let offered = |trait_id: &&str| model.shape(id).is_some_and(|shape| shape.has(trait_id));
    if offered(&traits::REST_JSON_1) {
        return Ok(());
    }
    let spoken: Vec<&str> = PROTOCOLS.into_iter().filter(offered).collect();
    let message = if spoken.is_empty() {
        "names no protocol that is known".to_owned()
    } else {
        format!("speaks {}", spoken.join(", "))
    };
    Err(model.diagnostic(id, message).with_help(format!("the generator can do {} only", traits::REST_JSON_1)))
}

/// Unbinds the operations that cannot be generated; notes on the others how they authenticate.
pub(super) fn operations(model: &mut Model, service: &ShapeId) -> Result<Vec<Refused>, Diagnostic> {
    let Some(shape) = model.shape(service) else {
        return Ok(Vec::new());
    };
    let ShapeKind::Service(details) = &shape.kind else {
        return Ok(Vec::new());
    };
    let mut kept = Vec::new();
    let mut refused = Vec::new();
    for id in &details.operations {
        let Some(operation) = model.shape(id) else {
            continue;
        };
        match unsupported(model, operation).map_or_else(|| schemes(shape, operation), Err) {
            Ok(schemes) => kept.push((id.clone(), schemes)),
            Err(reason) => refused.push(Refused { operation: id.clone(), reason }),
        }
    }
    if kept.is_empty() {
        return Err(nothing_left(model, service, &refused));
    }
    for (id, schemes) in &kept {
        if let Some(operation) = model.shapes.get_mut(id) {
            operation.traits.set(traits::AUTH, json!(schemes));
        }
    }
    if let Some(ShapeKind::Service(details)) = model.shapes.get_mut(service).map(|shape| &mut shape.kind) {
        details.operations = kept.into_iter().map(|(id, _)| id).collect();
    }
    Ok(refused)
}

fn nothing_left(model: &Model, service: &ShapeId, refused: &[Refused]) -> Diagnostic {
    match refused {
        [] => model.diagnostic(service, "has no operations"),
        [first, ..] => model.diagnostic(
            service,
            format!("has no operation that can be generated; {}, for one, {}", first.operation.name(), first.reason),
        ),
    }
}

/// Why an operation cannot be generated, whoever calls it.
fn unsupported(model: &Model, shape: &Shape) -> Option<String> {
    let ShapeKind::Operation(operation) = &shape.kind else {
        return None;
    };
    if has_event_stream(model, operation) {
        return Some("sends or receives an event stream".to_owned());
    }
    let asks =
        |id: &str, key: &str| shape.get(id).and_then(|value| value.get(key)).and_then(Value::as_bool).unwrap_or(false);
    if asks(traits::HTTP_CHECKSUM, "requestChecksumRequired") {
        return Some("needs a checksum of the request in a header".to_owned());
    }
    if asks("aws.api#clientDiscoveredEndpoint", "required") {
        return Some("needs its endpoint to be asked for first (`aws.api#clientDiscoveredEndpoint`)".to_owned());
    }
    None
}

fn has_event_stream(model: &Model, operation: &Operation) -> bool {
    [&operation.input, &operation.output]
        .into_iter()
        .filter_map(|id| model.shape(id))
        .flat_map(Shape::members)
        .filter_map(|member| model.target(member))
        .any(|target| matches!(target.kind, ShapeKind::Union(_)) && target.streaming())
}

/// The schemes by which callers of an operation authenticate that a client can do, most preferred first, or why there is
/// none. None are needed where the list is empty.
///
/// An operation's own `smithy.api#auth` counts, else the service's, else all schemes of the service, sorted.
fn schemes(service: &Shape, operation: &Shape) -> Result<Vec<&'static str>, String> {
    let listed = operation.get(traits::AUTH).or_else(|| service.get(traits::AUTH));
    let schemes: Vec<&str> = match listed.and_then(Value::as_array) {
        Some(listed) => listed.iter().filter_map(Value::as_str).collect(),
        None => AUTH_SCHEMES.into_iter().filter(|scheme| service.has(scheme)).collect(),
    };
    let mut known = Vec::new();
    for scheme in [traits::SIGV4, traits::HTTP_BEARER_AUTH] {
        if schemes.contains(&scheme) {
            if !service.has(scheme) {
                return Err(format!("authenticates with {scheme}, which the service lacks"));
            }
            known.push(scheme);
        }
    }
    known.sort_by_key(|scheme| schemes.iter().position(|listed| listed == scheme));
    if known.is_empty() && !schemes.is_empty() && !schemes.contains(&NO_AUTH) && !operation.has(traits::OPTIONAL_AUTH) {
        return Err(format!("authenticates with {} only", schemes.join(", ")));
    }
    Ok(known)
}
