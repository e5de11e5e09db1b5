//! Drafts to shapes.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::Drafts;
use super::draft::{Draft, DraftMember};
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::{
    EnumValue, IntEnumValue, Member, Model, Operation, Resource, Service, Shape, ShapeId, ShapeKind, Traits, UNIT,
};
use crate::parse::fields::{Fields, Flaw};
use crate::traits;

/// A model of all drafts.
pub(super) fn model(file: &str, drafts: Drafts) -> Result<Model, Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    let mut shapes = BTreeMap::new();
    for (id, draft) in drafts {
        let shape = shape(draft).map_err(|(member, flaw)| match member {
            Some(member) => Diagnostic::member(file, &id, &member, flaw),
            None => Diagnostic::shape(file, &id, flaw),
        });
        if let Some(shape) = diagnostics.collect(shape) {
            shapes.insert(id, shape);
        }
    }
    diagnostics.into_result(Model { file: file.to_owned(), shapes })
}

/// A flaw, and the member it is in.
type Error = (Option<String>, Flaw);

fn shape(mut draft: Draft) -> Result<Shape, Error> {
    let kind = match draft.kind {
        "blob" => ShapeKind::Blob,
        "boolean" => ShapeKind::Boolean,
        "string" => match draft.traits.0.remove(traits::ENUM) {
            Some(values) => ShapeKind::Enum(smithy_1_enum(values).map_err(|flaw| (None, flaw))?),
            None => ShapeKind::String,
        },
        "byte" => ShapeKind::Byte,
        "short" => ShapeKind::Short,
        "integer" => ShapeKind::Integer,
        "long" => ShapeKind::Long,
        "float" => ShapeKind::Float,
        "double" => ShapeKind::Double,
        "bigInteger" => ShapeKind::BigInteger,
        "bigDecimal" => ShapeKind::BigDecimal,
        "timestamp" => ShapeKind::Timestamp,
        "document" => ShapeKind::Document,
        "enum" => ShapeKind::Enum(enum_values(draft.members)?),
        "intEnum" => ShapeKind::IntEnum(int_enum_values(draft.members)?),
        "list" => ShapeKind::List(take_member(&mut draft.members, "member")?),
        "set" => {
            draft.traits.set(traits::UNIQUE_ITEMS, json!({}));
            ShapeKind::List(take_member(&mut draft.members, "member")?)
        }
        "map" => ShapeKind::Map {
            key: take_member(&mut draft.members, "key")?,
            value: take_member(&mut draft.members, "value")?,
        },
        "structure" => ShapeKind::Structure(draft.members.into_iter().map(member).collect()),
        "union" => ShapeKind::Union(draft.members.into_iter().map(member).collect()),
        "service" => ShapeKind::Service(Service {
            version: draft.version.unwrap_or_default(),
            operations: sorted(draft.operations),
            resources: sorted(draft.resources),
            errors: sorted(draft.errors),
            rename: draft.rename,
        }),
        "operation" => ShapeKind::Operation(Operation {
            input: draft.input.unwrap_or_else(|| ShapeId::new(UNIT)),
            output: draft.output.unwrap_or_else(|| ShapeId::new(UNIT)),
            errors: sorted(draft.errors),
        }),
        "resource" => {
            ShapeKind::Resource(Resource { operations: sorted(draft.operations), resources: sorted(draft.resources) })
        }
        other => return Err((None, format!("has the unknown type `{other}`"))),
    };
    Ok(Shape { id: draft.id, kind, traits: draft.traits })
}

fn sorted(mut ids: Vec<ShapeId>) -> Vec<ShapeId> {
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn member((name, member): (String, DraftMember)) -> Member {
    Member { name, target: member.target, traits: member.traits }
}

fn take_member(members: &mut BTreeMap<String, DraftMember>, name: &str) -> Result<Member, Error> {
    match members.remove_entry(name) {
        Some(entry) => Ok(member(entry)),
        None => Err((None, format!("has no `{name}`"))),
    }
}

/// Sorted by the text on the wire, so that a model says the same whatever form it was read from.
fn enum_values(members: BTreeMap<String, DraftMember>) -> Result<Vec<EnumValue>, Error> {
    let mut values = Vec::with_capacity(members.len());
    for (name, mut member) in members {
        let value = match member.traits.0.remove(traits::ENUM_VALUE) {
            None => name.clone(),
            Some(Value::String(value)) => value,
            Some(other) => {
                return Err((Some(name), format!("has the value {other}, which is not a string")));
            }
        };
        values.push(EnumValue { name: Some(name), value, traits: member.traits });
    }
    values.sort_by(|a, b| a.value.cmp(&b.value));
    Ok(values)
}

fn int_enum_values(members: BTreeMap<String, DraftMember>) -> Result<Vec<IntEnumValue>, Error> {
    let mut values = Vec::with_capacity(members.len());
    for (name, mut member) in members {
        let value = match member.traits.0.remove(traits::ENUM_VALUE) {
            None => {
                return Err((Some(name), format!("needs the trait `{}`", traits::ENUM_VALUE)));
            }
            Some(other) => match other.as_i64() {
                Some(value) => value,
                None => {
                    return Err((Some(name), format!("has the value {other}, which is not an integer")));
                }
            },
        };
        values.push(IntEnumValue { name, value, traits: member.traits });
    }
    values.sort_by_key(|value| value.value);
    Ok(values)
}

/// Reads the value of the trait `smithy.api#enum`.
fn smithy_1_enum(values: Value) -> Result<Vec<EnumValue>, Flaw> {
    let in_trait = |flaw: Flaw| format!("the trait `{}`: {flaw}", traits::ENUM);
    let Value::Array(items) = values else {
        return Err(in_trait("must be an array of objects".to_owned()));
    };
    let mut values = items.into_iter().map(smithy_1_enum_value).collect::<Result<Vec<_>, _>>().map_err(in_trait)?;
    values.sort_by(|a, b| a.value.cmp(&b.value));
    Ok(values)
}

fn smithy_1_enum_value(item: Value) -> Result<EnumValue, Flaw> {
    let mut fields = Fields::of(item, "an entry")?;
    let value = fields.text("value")?.ok_or("an entry has no `value`")?;
    let name = fields.text("name")?;
    let mut set = Traits::default();
    if let Some(documentation) = fields.text("documentation")? {
        set.set(traits::DOCUMENTATION, Value::String(documentation));
    }
    if fields.flag("deprecated")? {
        set.set(traits::DEPRECATED, Value::Object(Map::new()));
    }
    fields.texts("tags")?;
    fields.finish("an entry")?;
    Ok(EnumValue { name, value, traits: set })
}
