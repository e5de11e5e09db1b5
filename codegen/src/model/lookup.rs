//! Finding shapes and members.

use super::{Effective, Member, Model, Operation, Service, Shape, ShapeId, ShapeKind, Traits};
use crate::diag::Diagnostic;

/// The shape that stands for "nothing".
pub const UNIT: &str = "smithy.api#Unit";

/// Who refers to a shape, for the message when that shape is missing.
#[derive(Clone, Copy, Debug)]
pub struct Referrer<'a> {
    shape: &'a ShapeId,
    member: Option<&'a str>,
}

impl<'a> From<&'a ShapeId> for Referrer<'a> {
    fn from(shape: &'a ShapeId) -> Self {
        Self { shape, member: None }
    }
}

impl<'a> From<(&'a ShapeId, &'a str)> for Referrer<'a> {
    fn from((shape, member): (&'a ShapeId, &'a str)) -> Self {
        Self { shape, member: Some(member) }
    }
}

impl Model {
    /// A shape by ID.
    pub fn shape(&self, id: &ShapeId) -> Option<&Shape> {
        self.shapes.get(id)
    }

    /// A shape that `referrer` (a shape's ID, or that and a member's name) needs.
    ///
    /// # Errors
    /// Says who needs what when the shape is not there.
    pub fn expect_shape<'a>(&self, id: &ShapeId, referrer: impl Into<Referrer<'a>>) -> Result<&Shape, Diagnostic> {
        self.shapes.get(id).ok_or_else(|| self.diagnostic(referrer, format!("targets {id}, which is not in the model")))
    }

    /// A finding about a shape (its ID), or a member of it (the ID and the member's name).
    pub fn diagnostic<'a>(&self, place: impl Into<Referrer<'a>>, message: impl Into<String>) -> Diagnostic {
        let Referrer { shape, member } = place.into();
        match member {
            Some(member) => Diagnostic::member(self.file.as_str(), shape, member, message),
            None => Diagnostic::shape(self.file.as_str(), shape, message),
        }
    }

    /// The shape a member targets; reading a model makes sure that it is there.
    pub fn target(&self, member: &Member) -> Option<&Shape> {
        self.shapes.get(&member.target)
    }

    /// The traits that hold for a member: its own, then those of its target.
    pub fn effective<'a>(&'a self, member: &'a Member) -> Effective<'a> {
        Effective { member: &member.traits, target: self.target(member).map(|shape| &shape.traits) }
    }

    /// The service shapes, in the order of their IDs.
    pub fn services(&self) -> impl Iterator<Item = (&Shape, &Service)> {
        self.shapes.values().filter_map(|shape| match &shape.kind {
            ShapeKind::Service(service) => Some((shape, service)),
            _ => None,
        })
    }

    /// The operation shapes, in the order of their IDs.
    pub fn operations(&self) -> impl Iterator<Item = (&Shape, &Operation)> {
        self.shapes.values().filter_map(|shape| match &shape.kind {
            ShapeKind::Operation(operation) => Some((shape, operation)),
            _ => None,
        })
    }
}

impl ShapeId {
    /// Whether this is `smithy.api#Unit`, which stands for "nothing".
    pub fn is_unit(&self) -> bool {
        self.as_str() == UNIT
    }
}

impl Shape {
    /// Its members, whatever its kind: those of a structure or union, `member` of a list, `key` and `value` of a map.
    pub fn members(&self) -> impl Iterator<Item = &Member> {
        let (several, first, second): (&[Member], _, _) = match &self.kind {
            ShapeKind::Structure(members) | ShapeKind::Union(members) => (members, None, None),
            ShapeKind::List(member) => (&[], Some(member), None),
            ShapeKind::Map { key, value } => (&[], Some(key), Some(value)),
            _ => (&[], None, None),
        };
        several.iter().chain(first).chain(second)
    }

    /// Its members, whatever its kind, to change them.
    pub fn members_mut(&mut self) -> impl Iterator<Item = &mut Member> {
        let (several, first, second): (&mut [Member], _, _) = match &mut self.kind {
            ShapeKind::Structure(members) | ShapeKind::Union(members) => (members, None, None),
            ShapeKind::List(member) => (&mut [], Some(member), None),
            ShapeKind::Map { key, value } => (&mut [], Some(key), Some(value)),
            _ => (&mut [], None, None),
        };
        several.iter_mut().chain(first).chain(second)
    }

    /// The traits of a member, or of an enum's value by its name in the model or on the wire.
    pub fn member_traits_mut(&mut self, name: &str) -> Option<&mut Traits> {
        let named = |member: &&mut Member| member.name == name;
        match &mut self.kind {
            ShapeKind::Structure(members) | ShapeKind::Union(members) => {
                members.iter_mut().find(named).map(|member| &mut member.traits)
            }
            ShapeKind::List(member) => Some(member).filter(named).map(|member| &mut member.traits),
            ShapeKind::Map { key, value } => [key, value].into_iter().find(named).map(|member| &mut member.traits),
            ShapeKind::Enum(values) => values
                .iter_mut()
                .find(|value| value.name.as_deref() == Some(name) || value.value == name)
                .map(|value| &mut value.traits),
            ShapeKind::IntEnum(values) => {
                values.iter_mut().find(|value| value.name == name).map(|value| &mut value.traits)
            }
            _ => None,
        }
    }

    /// A member by name.
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members().find(|member| member.name == name)
    }
}

impl ShapeKind {
    /// How a Smithy model calls it: `structure`, `bigDecimal`, …
    pub fn name(&self) -> &'static str {
        match self {
            Self::Blob => "blob",
            Self::Boolean => "boolean",
            Self::String => "string",
            Self::Byte => "byte",
            Self::Short => "short",
            Self::Integer => "integer",
            Self::Long => "long",
            Self::Float => "float",
            Self::Double => "double",
            Self::BigInteger => "bigInteger",
            Self::BigDecimal => "bigDecimal",
            Self::Timestamp => "timestamp",
            Self::Document => "document",
            Self::Enum(_) => "enum",
            Self::IntEnum(_) => "intEnum",
            Self::List(_) => "list",
            Self::Map { .. } => "map",
            Self::Structure(_) => "structure",
            Self::Union(_) => "union",
            Self::Service(_) => "service",
            Self::Operation(_) => "operation",
            Self::Resource(_) => "resource",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_shape_is_reported_with_both_ends() {
        let model = Model { file: "m.json".to_owned(), ..Model::default() };
        let missing = ShapeId::new("a#Gone");
        let error = model.expect_shape(&missing, (&ShapeId::new("a#B"), "c"));
        assert_eq!(
            error.map(|_| ()).map_err(|error| error.to_string()),
            Err("m.json: a#B$c: targets a#Gone, which is not in the model".to_owned())
        );
    }
}
