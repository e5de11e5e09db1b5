//! One shape as the file has it: members not yet inherited, targets not yet checked.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::diag::Diagnostic;
use crate::model::{ShapeId, Traits, is_identifier};
use crate::parse::fields::{Fields, Flaw};
use crate::parse::ids;
use crate::traits;

/// An entry of `shapes`.
pub(super) enum Entry {
    Shape(Box<Draft>),
    /// Traits for a shape, or a member of it, that is defined elsewhere.
    Apply(ShapeId, Option<String>, Traits),
}

/// A shape before its mixins are flattened.
#[derive(Clone)]
pub(super) struct Draft {
    pub(super) id: ShapeId,
    /// One of [`KINDS`].
    pub(super) kind: &'static str,
    pub(super) traits: Traits,
    /// `member`, `key` and `value` of lists and maps are members like others here.
    pub(super) members: BTreeMap<String, DraftMember>,
    pub(super) mixins: Vec<ShapeId>,
    pub(super) version: Option<String>,
    pub(super) operations: Vec<ShapeId>,
    pub(super) resources: Vec<ShapeId>,
    pub(super) errors: Vec<ShapeId>,
    pub(super) rename: BTreeMap<ShapeId, String>,
    pub(super) input: Option<ShapeId>,
    pub(super) output: Option<ShapeId>,
}

/// A member before its shape's mixins are flattened.
#[derive(Clone)]
pub(super) struct DraftMember {
    pub(super) target: ShapeId,
    pub(super) traits: Traits,
}

/// The kinds of shapes, by their names in the file.
const KINDS: [&str; 24] = [
    "blob",
    "boolean",
    "string",
    "byte",
    "short",
    "integer",
    "long",
    "float",
    "double",
    "bigInteger",
    "bigDecimal",
    "timestamp",
    "document",
    "enum",
    "intEnum",
    "list",
    "set",
    "map",
    "structure",
    "union",
    "service",
    "operation",
    "resource",
    "apply",
];

/// What binds an operation to a resource.
const LIFECYCLE: [&str; 6] = ["put", "create", "read", "update", "delete", "list"];

/// Reads one entry of `shapes`.
pub(super) fn read(file: &str, key: &str, value: Value) -> Result<Entry, Diagnostic> {
    let (id, member) = ids::with_member(key).map_err(|flaw| Diagnostic::path(file, format!("shapes.{key}"), flaw))?;
    let at = |flaw: Flaw| match member {
        Some(member) => Diagnostic::member(file, &id, member, flaw),
        None => Diagnostic::shape(file, &id, flaw),
    };
    let mut fields = Fields::of(value, "a shape").map_err(at)?;
    let kind = kind(&mut fields).map_err(|flaw| {
        at(flaw).with_help("the generator knows the shapes of Smithy 1.0 and 2.0; was the model made by a newer one?")
    })?;
    let traits = take_traits(&mut fields).map_err(at)?;
    if kind == "apply" {
        fields.finish("the `apply`").map_err(at)?;
        return Ok(Entry::Apply(id.clone(), member.map(str::to_owned), traits));
    }
    if member.is_some() {
        return Err(at("members are defined within their shape".to_owned()));
    }
    let mut draft = Draft {
        id: id.clone(),
        kind,
        traits,
        members: BTreeMap::new(),
        mixins: references(&mut fields, "mixins").map_err(at)?,
        version: None,
        operations: Vec::new(),
        resources: Vec::new(),
        errors: Vec::new(),
        rename: BTreeMap::new(),
        input: None,
        output: None,
    };
    read_members(file, &mut draft, &mut fields)?;
    read_bindings(&mut draft, &mut fields).map_err(at)?;
    fields.finish(&format!("the {kind}")).map_err(at)?;
    Ok(Entry::Shape(Box::new(draft)))
}

fn kind(fields: &mut Fields) -> Result<&'static str, Flaw> {
    let name = fields.text("type")?.ok_or("has no `type`")?;
    KINDS.into_iter().find(|kind| *kind == name).ok_or_else(|| format!("has the unknown type `{name}`"))
}

fn read_members(file: &str, draft: &mut Draft, fields: &mut Fields) -> Result<(), Diagnostic> {
    let id = draft.id.clone();
    let at = |flaw: Flaw| Diagnostic::shape(file, &id, flaw);
    let members: Map<String, Value> = match draft.kind {
        "list" | "set" => pick(fields, &["member"]),
        "map" => pick(fields, &["key", "value"]),
        "structure" | "union" | "enum" | "intEnum" => fields.object("members").map_err(at)?,
        _ => return Ok(()),
    };
    for (name, value) in members {
        if !is_identifier(&name) {
            return Err(at(format!("`{name}` is not a member's name")));
        }
        let member = read_member(value).map_err(|flaw| Diagnostic::member(file, &id, &name, flaw))?;
        draft.members.insert(name, member);
    }
    Ok(())
}

fn pick(fields: &mut Fields, keys: &[&str]) -> Map<String, Value> {
    keys.iter().filter_map(|key| Some(((*key).to_owned(), fields.take(key)?))).collect()
}

fn read_member(value: Value) -> Result<DraftMember, Flaw> {
    let mut fields = Fields::of(value, "a member")?;
    let target = fields.text("target")?.ok_or("has no `target`")?;
    let traits = take_traits(&mut fields)?;
    fields.finish("the member")?;
    Ok(DraftMember { target: ids::absolute(&target)?, traits })
}

fn take_traits(fields: &mut Fields) -> Result<Traits, Flaw> {
    let mut set = Traits::default();
    for (id, value) in fields.object("traits")? {
        if ids::absolute(&id).is_err() {
            return Err(format!("`{id}` is not the absolute ID of a trait"));
        }
        traits::check(&id, &value)?;
        set.set(id, value);
    }
    Ok(set)
}

fn read_bindings(draft: &mut Draft, fields: &mut Fields) -> Result<(), Flaw> {
    match draft.kind {
        "service" => {
            draft.version = fields.text("version")?;
            draft.operations = references(fields, "operations")?;
            draft.resources = references(fields, "resources")?;
            draft.errors = references(fields, "errors")?;
            draft.rename = renames(fields)?;
        }
        "operation" => {
            draft.input = reference(fields, "input")?;
            draft.output = reference(fields, "output")?;
            draft.errors = references(fields, "errors")?;
        }
        "resource" => {
            // They describe the resource; what they mean for a request is repeated by the operations' inputs.
            fields.object("identifiers")?;
            fields.object("properties")?;
            draft.resources = references(fields, "resources")?;
            draft.operations = references(fields, "operations")?;
            draft.operations.extend(references(fields, "collectionOperations")?);
            for key in LIFECYCLE {
                draft.operations.extend(reference(fields, key)?);
            }
        }
        _ => {}
    }
    Ok(())
}

fn renames(fields: &mut Fields) -> Result<BTreeMap<ShapeId, String>, Flaw> {
    fields
        .object("rename")?
        .into_iter()
        .map(|(id, name)| match name {
            Value::String(name) if is_identifier(&name) => Ok((ids::absolute(&id)?, name)),
            other => Err(format!("`rename` gives {id} the name {other}, which is none")),
        })
        .collect()
}

fn reference(fields: &mut Fields, key: &str) -> Result<Option<ShapeId>, Flaw> {
    fields.take(key).map(|value| target(value, key)).transpose()
}

fn references(fields: &mut Fields, key: &str) -> Result<Vec<ShapeId>, Flaw> {
    fields.array(key)?.into_iter().map(|value| target(value, key)).collect()
}

/// Reads `{"target": "namespace#Name"}`.
fn target(value: Value, key: &str) -> Result<ShapeId, Flaw> {
    let what = format!("a reference in `{key}`");
    let mut fields = Fields::of(value, &what)?;
    let id = fields.text("target")?.ok_or_else(|| format!("{what} has no `target`"))?;
    fields.finish(&what)?;
    ids::absolute(&id)
}
