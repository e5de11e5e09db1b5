//! What inputs are validated against.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use super::{bindings, fields};
use crate::diag::Diagnostics;
use crate::ir::{Bound, Constraint, Schema, SchemaMember, SchemaPattern, SchemaShape, SchemaStructure, ShapeRef};
use crate::model::{HasTraits, Member, Model, Shape, ShapeId, ShapeKind};
use crate::{naming, traits};

/// The shapes that inputs reach and that say more than their kind, each with the name of its static.
pub(super) struct Constants<'a> {
    inputs: BTreeSet<&'a ShapeId>,
    names: BTreeMap<Key<'a>, String>,
}

/// A shape, or a member with constraints of its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Shape(&'a ShapeId),
    Member(&'a ShapeId, &'a str),
}

impl<'a> Constants<'a> {
    pub(super) fn new(model: &'a Model) -> Self {
        let inputs: BTreeSet<&ShapeId> = model.operations().map(|(_, operation)| &operation.input).collect();
        let mut keys = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut pending: Vec<&ShapeId> = inputs.iter().copied().collect();
        keys.extend(inputs.iter().copied().map(Key::Shape));
        while let Some(id) = pending.pop() {
            let Some(shape) = model.shape(id).filter(|_| seen.insert(id)) else { continue };
            for member in shape.members() {
                pending.push(&member.target);
                if has_constraints(member) {
                    // It stands for its target.
                    keys.insert(Key::Member(id, &member.name));
                } else if model.target(member).is_some_and(|target| runtime_constant(target).is_none()) {
                    keys.insert(Key::Shape(&member.target));
                }
            }
        }
        let name = |key: &Key<'_>| match key {
            Key::Shape(id) if id.is_unit() => "NO_MEMBERS".to_owned(),
            Key::Shape(id) => naming::constant(id.name()),
            Key::Member(id, member) => naming::constant(&format!("{}_{member}", id.name())),
        };
        let mut named: Vec<(Key<'a>, String)> = keys.into_iter().map(|key| (key.clone(), name(&key))).collect();
        // Inputs are numbered first: what operations name does not depend on what is private.
        named.sort_by_key(|(key, _)| !matches!(key, Key::Shape(id) if inputs.contains(id)));
        let numbered = naming::numbered(named.iter().map(|(_, name)| name.clone()));
        let names = named.into_iter().map(|(key, _)| key).zip(numbered).collect();
        Self { inputs, names }
    }

    /// The static of an operation's input.
    pub(super) fn input(&self, id: &ShapeId) -> String {
        self.names.get(&Key::Shape(id)).cloned().unwrap_or_default()
    }

    /// What stands for what a member holds.
    fn reference(&self, model: &Model, owner: &Shape, member: &Member) -> ShapeRef {
        if let Some(name) = self.names.get(&Key::Member(&owner.id, &member.name)) {
            return ShapeRef::Shape(name.clone());
        }
        let Some(target) = model.target(member) else { return ShapeRef::Runtime("DOCUMENT") };
        match (runtime_constant(target), self.names.get(&Key::Shape(&target.id)), &target.kind) {
            (Some(constant), ..) => ShapeRef::Runtime(constant),
            (_, Some(name), ShapeKind::Structure(_) | ShapeKind::Union(_)) => ShapeRef::Structure(name.clone()),
            (_, Some(name), _) => ShapeRef::Shape(name.clone()),
            (_, None, _) => ShapeRef::Runtime("DOCUMENT"),
        }
    }
}

/// Everything the inputs of a service reach; `notes` gets the patterns that nothing can check.
pub(super) fn lower(context: &Context<'_>, constants: &Constants<'_>, notes: &mut Diagnostics) -> Schema {
    let mut schema = Schema::default();
    let model = context.model;
    for (key, name) in &constants.names {
        let (owner, member) = match key {
            Key::Shape(id) => (model.shape(id), None),
            Key::Member(id, member) => (model.shape(id), model.shape(id).and_then(|shape| shape.member(member))),
        };
        let Some(owner) = owner else { continue };
        let constraint = match (member, &owner.kind) {
            (None, ShapeKind::Structure(members) | ShapeKind::Union(members)) => {
                schema.structures.push(structure(model, constants, owner, members, name));
                continue;
            }
            (None, _) => constraint(context, constants, owner, owner),
            (Some(member), _) => {
                let Some(target) = model.target(member) else { continue };
                constraint(context, constants, target, &model.effective(member))
            }
        };
        let (mut constraint, sensitive, text) = constraint;
        if let (Constraint::String { pattern, .. }, Some(text)) = (&mut constraint, text) {
            match &*context.pattern(&text) {
                Ok(program) => {
                    let constant = format!("{name}_PATTERN");
                    *pattern = Some(constant.clone());
                    schema.patterns.push(SchemaPattern { constant, program: program.clone(), text });
                }
                Err(reason) => {
                    let message = format!("has a pattern that is not checked before sending: {reason}");
                    notes.push(match member {
                        Some(member) => context.member(owner, member, message),
                        None => model.diagnostic(&owner.id, message),
                    });
                }
            }
        }
        schema.shapes.push(SchemaShape { constant: name.clone(), constraint, sensitive });
    }
    schema.structures.sort_by(|a, b| a.constant.cmp(&b.constant));
    schema.shapes.sort_by(|a, b| a.constant.cmp(&b.constant));
    schema.patterns.sort_by(|a, b| a.constant.cmp(&b.constant));
    schema
}

fn structure(
    model: &Model,
    constants: &Constants<'_>,
    shape: &Shape,
    members: &[Member],
    constant: &str,
) -> SchemaStructure {
    let is_input = constants.inputs.contains(&shape.id);
    let member = |member: &Member| {
        let target = model.target(member);
        let stream = target.is_some_and(|target| matches!(target.kind, ShapeKind::Blob) && target.streaming());
        let bound = is_input && bindings::is_under_own_name(shape, member);
        SchemaMember {
            name: member.name.clone(),
            wire: member.json_name().filter(|wire| !bound && *wire != member.name).map(str::to_owned),
            required: fields::is_checked_for(member, stream),
            label: is_input && member.has(traits::HTTP_LABEL),
            sensitive: member.sensitive(),
            shape: constants.reference(model, shape, member),
        }
    };
    SchemaStructure {
        constant: constant.to_owned(),
        name: shape.id.name().to_owned(),
        union: matches!(shape.kind, ShapeKind::Union(_)),
        is_input,
        members: members.iter().map(member).collect(),
    }
}

/// What a shape is, whether it is sensitive, and its pattern; `facts` are its traits, or those of a member.
fn constraint(
    context: &Context<'_>,
    constants: &Constants<'_>,
    shape: &Shape,
    facts: &impl HasTraits,
) -> (Constraint, bool, Option<String>) {
    let length =
        facts.length().map_or(Bound { min: None, max: None }, |length| Bound { min: length.min, max: length.max });
    let range = facts.range();
    let values = || context.type_name(&shape.id).map(str::to_owned);
    let integer = |bits, values| {
        let bound = |number: Option<&serde_json::Number>| number.and_then(serde_json::Number::as_i64);
        let range = range
            .map_or(Bound { min: None, max: None }, |range| Bound { min: bound(range.min), max: bound(range.max) });
        Constraint::Integer { bits, range, values }
    };
    let constraint = match &shape.kind {
        ShapeKind::String => Constraint::String { length, pattern: None, values: None },
        ShapeKind::Enum(_) => Constraint::String { length, pattern: None, values: values() },
        ShapeKind::Blob => Constraint::Blob { length },
        ShapeKind::Byte => integer(8, Vec::new()),
        ShapeKind::Short => integer(16, Vec::new()),
        ShapeKind::Integer => integer(32, Vec::new()),
        ShapeKind::Long => integer(64, Vec::new()),
        ShapeKind::IntEnum(known) => integer(32, known.iter().map(|value| value.value).collect()),
        ShapeKind::Float | ShapeKind::Double => {
            let bound = |number: Option<&serde_json::Number>| number.and_then(serde_json::Number::as_f64);
            let range = range
                .map_or(Bound { min: None, max: None }, |range| Bound { min: bound(range.min), max: bound(range.max) });
            Constraint::Float { range }
        }
        ShapeKind::List(item) => Constraint::List { length, item: constants.reference(context.model, shape, item) },
        ShapeKind::Map { key, value } => Constraint::Map {
            length,
            key: constants.reference(context.model, shape, key),
            value: constants.reference(context.model, shape, value),
        },
        _ => Constraint::Constant(kind_constant(shape)),
    };
    let pattern = match constraint {
        Constraint::String { .. } => facts.pattern().map(str::to_owned),
        _ => None,
    };
    (constraint, facts.sensitive(), pattern)
}

fn has_constraints(item: &impl HasTraits) -> bool {
    [traits::LENGTH, traits::RANGE, traits::PATTERN].into_iter().any(|id| item.has(id))
}

/// The runtime's constant of a shape that says nothing beyond its kind.
fn runtime_constant(shape: &Shape) -> Option<&'static str> {
    match shape.kind {
        ShapeKind::List(_)
        | ShapeKind::Map { .. }
        | ShapeKind::Structure(_)
        | ShapeKind::Union(_)
        | ShapeKind::Enum(_)
        | ShapeKind::IntEnum(_) => None,
        _ if shape.sensitive() || has_constraints(shape) => None,
        _ => Some(kind_constant(shape)),
    }
}

fn kind_constant(shape: &Shape) -> &'static str {
    match shape.kind {
        ShapeKind::Blob => "BLOB",
        ShapeKind::Boolean => "BOOLEAN",
        ShapeKind::Byte => "BYTE",
        ShapeKind::Short => "SHORT",
        ShapeKind::Integer => "INTEGER",
        ShapeKind::Long => "LONG",
        ShapeKind::Float | ShapeKind::Double => "FLOAT",
        ShapeKind::BigInteger | ShapeKind::BigDecimal => "BIG_NUMBER",
        ShapeKind::Timestamp => "TIMESTAMP",
        ShapeKind::String => "STRING",
        _ => "DOCUMENT",
    }
}
