//! Members: where they go in a request, and what they are called there.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::shapes::{Place, timestamp_format};
use super::{Reader, check, take_common};
use crate::diag::Diagnostic;
use crate::model::{HasTraits, Member, Shape, ShapeId, ShapeKind, Traits};
use crate::parse::fields::{Fields, Flaw};
use crate::traits;

/// Keys of members that say nothing about a request in JSON. Constraints are the target's, and so is `enum`.
const MEANINGLESS: [&str; 8] =
    ["box", "enum", "flattened", "internalonly", "queryName", "xmlAttribute", "xmlNamespace", "wrapper"];

impl Reader<'_> {
    /// Reads one member, and the name that URIs give it if it is a label.
    pub(super) fn member(
        &mut self,
        path: &str,
        name: &str,
        value: Value,
        place: Place,
    ) -> Result<(Member, Option<String>), Diagnostic> {
        let member = Fields::of(value, "a member").and_then(|mut fields| {
            let mut target = self.target(&mut fields)?;
            let mut set = Traits::default();
            take_common(&mut fields, &mut set)?;
            flags(&mut fields, &mut set)?;
            if fields.flag("jsonvalue")? {
                target = self.json_text(&target);
            }
            if fields.flag("streaming")? {
                target = self.streaming_blob(&target);
            }
            if let Some(format) = timestamp_format(&mut fields)? {
                set.set(traits::TIMESTAMP_FORMAT, Value::String(format));
            }
            if let Some(parameter) = fields.take("contextParam") {
                set.set(traits::CONTEXT_PARAM, parameter);
            }
            if place.required {
                set.set(traits::REQUIRED, json!({}));
            }
            let label = bind(&mut fields, name, place, &mut set)?;
            self.leave("member", path, &fields, &MEANINGLESS);
            check(&set)?;
            let member = Member { name: name.to_owned(), target, traits: set };
            Ok((member, label))
        });
        member.map_err(|flaw: Flaw| self.at(path, flaw))
    }

    /// A string that holds JSON, which only a shape can say in Smithy.
    fn json_text(&mut self, target: &ShapeId) -> ShapeId {
        let media_type = (traits::MEDIA_TYPE.to_owned(), json!("application/json"));
        self.synthetic("SyntheticJson", target, ShapeKind::String, media_type)
    }

    /// A blob that is streamed, which only a shape can say in Smithy.
    fn streaming_blob(&mut self, target: &ShapeId) -> ShapeId {
        let streaming = (traits::STREAMING.to_owned(), json!({}));
        self.synthetic("Streaming", target, ShapeKind::Blob, streaming)
    }

    fn synthetic(&mut self, prefix: &str, target: &ShapeId, kind: ShapeKind, of: (String, Value)) -> ShapeId {
        let mut name = format!("{prefix}{}", target.name());
        while self.taken.contains(&name) {
            name.push('_');
        }
        let id = ShapeId::new(format!("{}#{name}", self.namespace));
        self.shapes.entry(id.clone()).or_insert_with(|| Shape { id: id.clone(), kind, traits: Traits([of].into()) });
        id
    }
}

fn flags(fields: &mut Fields, set: &mut Traits) -> Result<(), Flaw> {
    let flags = [
        ("idempotencyToken", traits::IDEMPOTENCY_TOKEN),
        ("hostLabel", traits::HOST_LABEL),
        ("sensitive", traits::SENSITIVE),
        ("eventpayload", "smithy.api#eventPayload"),
        ("eventheader", "smithy.api#eventHeader"),
    ];
    for (key, id) in flags {
        if fields.flag(key)? {
            set.set(id, json!({}));
        }
    }
    Ok(())
}

/// Where a member goes; of a label, the name that URIs give it.
fn bind(fields: &mut Fields, name: &str, place: Place, set: &mut Traits) -> Result<Option<String>, Flaw> {
    let location = fields.text("location")?;
    let wire = fields.text("locationName")?;
    if !place.in_structure {
        // What a union's member is called is all that can matter.
        if let Some(wire) = wire.filter(|wire| wire != name && !matches!(name, "member" | "key" | "value")) {
            set.set(traits::JSON_NAME, Value::String(wire));
        }
        return Ok(None);
    }
    if place.payload {
        set.set(traits::HTTP_PAYLOAD, json!({}));
        return Ok(None);
    }
    let renamed = wire.as_deref().is_some_and(|wire| wire != name);
    let wire = wire.unwrap_or_else(|| name.to_owned());
    match location.as_deref() {
        None => {
            if renamed {
                set.set(traits::JSON_NAME, Value::String(wire));
            }
        }
        Some("uri") => {
            set.set(traits::HTTP_LABEL, json!({}));
            set.set(traits::REQUIRED, json!({}));
            return Ok(Some(wire));
        }
        // Whether it is one parameter or a map of them shows once the target is known.
        Some("querystring") => set.set(traits::HTTP_QUERY, Value::String(wire)),
        Some("header") => set.set(traits::HTTP_HEADER, Value::String(wire)),
        Some("headers") => {
            let prefix = if renamed { wire } else { String::new() };
            set.set(traits::HTTP_PREFIX_HEADERS, Value::String(prefix));
        }
        Some("statusCode") => set.set(traits::HTTP_RESPONSE_CODE, json!({})),
        Some(other) => return Err(format!("has the unknown location `{other}`")),
    }
    Ok(None)
}

impl Reader<'_> {
    /// A map in the query is not one parameter, but one for each entry.
    pub(super) fn bind_query_maps(&mut self, input: &ShapeId) {
        let Some(mut shape) = self.shapes.remove(input) else { return };
        for member in shape.members_mut() {
            let target = self.shapes.get(&member.target).map(|target| &target.kind);
            if matches!(target, Some(ShapeKind::Map { .. })) && member.traits.0.remove(traits::HTTP_QUERY).is_some() {
                member.traits.set(traits::HTTP_QUERY_PARAMS, json!({}));
            }
        }
        self.shapes.insert(input.clone(), shape);
    }

    /// A streamed body that may be absent is then empty, which Smithy wants said.
    pub(super) fn default_streams(&mut self) {
        let streams: BTreeSet<ShapeId> = self
            .shapes
            .values()
            .filter(|shape| matches!(shape.kind, ShapeKind::Blob) && shape.streaming())
            .map(|shape| shape.id.clone())
            .collect();
        for member in self.shapes.values_mut().flat_map(Shape::members_mut) {
            if streams.contains(&member.target) && !member.required() {
                member.traits.set(traits::DEFAULT, json!(""));
            }
        }
    }
}
