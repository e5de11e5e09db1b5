//! What a shape refers to.

use super::{Shape, ShapeId, ShapeKind};

/// How one shape refers to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role<'a> {
    /// The target of the member with this name.
    Member(&'a str),
    /// An operation of a service or resource.
    Operation,
    /// A resource of a service or resource.
    Resource,
    /// The input of an operation.
    Input,
    /// The output of an operation.
    Output,
    /// An error of a service or operation.
    Error,
}

impl Role<'_> {
    /// The words between the referring shape and the one referred to.
    pub fn verb(self) -> &'static str {
        match self {
            Self::Member(_) => "targets",
            Self::Operation => "has the operation",
            Self::Resource => "has the resource",
            Self::Input => "has the input",
            Self::Output => "has the output",
            Self::Error => "has the error",
        }
    }
}

impl Shape {
    /// Calls `visit` with every shape this one refers to.
    pub fn each_reference<'a>(&'a self, mut visit: impl FnMut(Role<'a>, &'a ShapeId)) {
        match &self.kind {
            ShapeKind::Service(service) => {
                service.operations.iter().for_each(|id| visit(Role::Operation, id));
                service.resources.iter().for_each(|id| visit(Role::Resource, id));
                service.errors.iter().for_each(|id| visit(Role::Error, id));
            }
            ShapeKind::Resource(resource) => {
                resource.operations.iter().for_each(|id| visit(Role::Operation, id));
                resource.resources.iter().for_each(|id| visit(Role::Resource, id));
            }
            ShapeKind::Operation(operation) => {
                visit(Role::Input, &operation.input);
                visit(Role::Output, &operation.output);
                operation.errors.iter().for_each(|id| visit(Role::Error, id));
            }
            _ => self.members().for_each(|member| visit(Role::Member(&member.name), &member.target)),
        }
    }

    /// Calls `change` with every shape ID this shape refers to.
    pub fn each_reference_mut(&mut self, mut change: impl FnMut(&mut ShapeId)) {
        match &mut self.kind {
            ShapeKind::Service(service) => {
                service.operations.iter_mut().for_each(&mut change);
                service.resources.iter_mut().for_each(&mut change);
                service.errors.iter_mut().for_each(&mut change);
            }
            ShapeKind::Resource(resource) => {
                resource.operations.iter_mut().for_each(&mut change);
                resource.resources.iter_mut().for_each(&mut change);
            }
            ShapeKind::Operation(operation) => {
                change(&mut operation.input);
                change(&mut operation.output);
                operation.errors.iter_mut().for_each(&mut change);
            }
            ShapeKind::Structure(members) | ShapeKind::Union(members) => {
                members.iter_mut().for_each(|member| change(&mut member.target));
            }
            ShapeKind::List(member) => change(&mut member.target),
            ShapeKind::Map { key, value } => {
                change(&mut key.target);
                change(&mut value.target);
            }
            _ => {}
        }
    }
}
