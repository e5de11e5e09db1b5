//! Operations.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{Reader, check, take_common};
use crate::diag::Diagnostic;
use crate::model::{HasTraits, Operation, Role, Shape, ShapeId, ShapeKind, Traits, UNIT};
use crate::parse::fields::{Fields, Flaw};
use crate::traits;

/// Keys of operations that say nothing about a request.
const MEANINGLESS: [&str; 5] = ["name", "alias", "documentationUrl", "endpointoperation", "internalonly"];

impl Reader<'_> {
    /// Reads one operation and gives its ID.
    pub(super) fn operation(&mut self, name: &str, value: Value) -> Result<ShapeId, Diagnostic> {
        let path = format!("operations.{name}");
        let operation = Fields::of(value, "an operation").and_then(|mut fields| {
            let id = self.operation_id(name)?;
            let mut set = Traits::default();
            take_common(&mut fields, &mut set)?;
            let input = self.message(&mut fields, "input")?;
            let output = self.message(&mut fields, "output")?;
            let errors = self.errors(&mut fields)?;
            self.bind_query_maps(&input);
            let http = http(&mut fields, self.labels.get(&input))?;
            set.set(traits::HTTP, http);
            flags(&mut fields, &mut set)?;
            authentication(&mut fields, &mut set)?;
            self.leave("operation", &path, &fields, &MEANINGLESS);
            check(&set)?;
            let kind = ShapeKind::Operation(Operation { input, output, errors });
            let shape = Shape { id: id.clone(), kind, traits: set };
            self.shapes.insert(id.clone(), shape);
            Ok(id)
        });
        operation.map_err(|flaw: Flaw| self.at(&path, flaw))
    }

    fn message(&self, fields: &mut Fields, key: &str) -> Result<ShapeId, Flaw> {
        match fields.take(key) {
            None => Ok(ShapeId::new(UNIT)),
            Some(value) => {
                // What else stands here repeats the shape, or is about XML.
                self.target(&mut Fields::of(value, &format!("`{key}`"))?)
            }
        }
    }

    fn errors(&mut self, fields: &mut Fields) -> Result<Vec<ShapeId>, Flaw> {
        let mut errors = Vec::new();
        for value in fields.array("errors")? {
            let mut reference = Fields::of(value, "an error")?;
            let id = self.target(&mut reference)?;
            let status = reference.object("error")?.remove("httpStatusCode");
            if let Some(shape) = self.shapes.get_mut(&id)
                && !shape.has(traits::ERROR)
            {
                // Old models say it of the reference and not of the shape.
                let server = status.as_ref().and_then(Value::as_u64).is_some_and(|status| status >= 500);
                shape.traits.set(traits::ERROR, json!(if server { "server" } else { "client" }));
                if let Some(status) = status {
                    traits::check(traits::HTTP_ERROR, &status)?;
                    shape.traits.set(traits::HTTP_ERROR, status);
                }
            }
            errors.push(id);
        }
        errors.sort_unstable();
        errors.dedup();
        Ok(errors)
    }

    /// Marks structures that are the input or output of one operation and nothing else.
    pub(super) fn mark_inputs_and_outputs(&mut self, operations: &[ShapeId]) {
        let mut uses: BTreeMap<ShapeId, usize> = BTreeMap::new();
        for shape in self.shapes.values() {
            shape.each_reference(|_, target| *uses.entry(target.clone()).or_default() += 1);
        }
        let mut marks = Vec::new();
        for operation in operations.iter().filter_map(|id| self.shapes.get(id)) {
            operation.each_reference(|role, target| match role {
                Role::Input => marks.push((target.clone(), traits::INPUT)),
                Role::Output => marks.push((target.clone(), traits::OUTPUT)),
                _ => {}
            });
        }
        for (id, mark) in marks {
            if uses.get(&id) == Some(&1)
                && let Some(shape) = self.shapes.get_mut(&id)
            {
                shape.traits.set(mark, json!({}));
            }
        }
    }
}

/// `smithy.api#http`, whose labels are called as the members are.
fn http(fields: &mut Fields, labels: Option<&BTreeMap<String, String>>) -> Result<Value, Flaw> {
    let mut http = Fields::of(Value::Object(fields.object("http")?), "`http`")?;
    let method = http.text("method")?.ok_or("has no `http.method`")?;
    let uri = http.text("requestUri")?.ok_or("has no `http.requestUri`")?;
    let code = http.take("responseCode").unwrap_or_else(|| json!(200));
    http.finish("`http`")?;
    Ok(Value::Object(Map::from_iter([
        ("method".to_owned(), Value::String(method)),
        ("uri".to_owned(), Value::String(relabelled(&uri, labels))),
        ("code".to_owned(), code),
    ])))
}

/// A URI with the names of members in place of those that members have in URIs.
fn relabelled(uri: &str, labels: Option<&BTreeMap<String, String>>) -> String {
    let mut out = String::with_capacity(uri.len());
    let mut rest = uri;
    while let Some((before, after)) = rest.split_once('{') {
        let (label, after) = after.split_once('}').unwrap_or((after, ""));
        let (name, greedy) = match label.strip_suffix('+') {
            Some(name) => (name, "+"),
            None => (label, ""),
        };
        let member = labels.and_then(|labels| labels.get(name)).map_or(name, String::as_str);
        for part in [before, "{", member, greedy, "}"] {
            out.push_str(part);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn flags(fields: &mut Fields, set: &mut Traits) -> Result<(), Flaw> {
    let flags = [
        ("idempotent", traits::IDEMPOTENT),
        ("readonly", traits::READONLY),
        ("httpChecksumRequired", traits::HTTP_CHECKSUM_REQUIRED),
        ("unsignedPayload", traits::UNSIGNED_PAYLOAD),
    ];
    for (key, id) in flags {
        if fields.flag(key)? {
            set.set(id, json!({}));
        }
    }
    let values = [
        ("endpoint", traits::ENDPOINT),
        ("httpChecksum", traits::HTTP_CHECKSUM),
        ("requestcompression", traits::REQUEST_COMPRESSION),
        ("endpointdiscovery", "aws.api#clientDiscoveredEndpoint"),
        ("staticContextParams", traits::STATIC_CONTEXT_PARAMS),
        ("operationContextParams", traits::OPERATION_CONTEXT_PARAMS),
    ];
    for (key, id) in values {
        if let Some(value) = fields.take(key) {
            set.set(id, value);
        }
    }
    Ok(())
}

/// How an operation is signed, where it differs from the service.
fn authentication(fields: &mut Fields, set: &mut Traits) -> Result<(), Flaw> {
    let listed = fields.texts("auth")?;
    let of_type = match fields.text("authtype")?.as_deref() {
        None | Some("v4") => None,
        Some("none") => Some(json!([])),
        Some("bearer") => Some(json!([traits::HTTP_BEARER_AUTH])),
        Some("v4-unsigned-body") => {
            set.set(traits::UNSIGNED_PAYLOAD, json!({}));
            None
        }
        Some(other) => return Err(format!("has the unknown `authtype` `{other}`")),
    };
    let schemes = if listed.is_empty() {
        of_type
    } else {
        Some(listed.into_iter().filter(|scheme| scheme != "smithy.api#noAuth").collect())
    };
    if let Some(schemes) = schemes {
        set.set(traits::AUTH, schemes);
    }
    Ok(())
}
