//! What every part of lowering looks things up in.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::{names, recursion};
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::{Member, Model, Service, Shape, ShapeId, ShapeKind};
use crate::pattern::{self, Program};

/// The model, and what was decided for the service as a whole.
pub(super) struct Context<'a> {
    pub(super) model: &'a Model,
    pub(super) service: &'a Shape,
    details: &'a Service,
    /// The identifiers of the shapes that become types of their own.
    types: BTreeMap<&'a ShapeId, String>,
    /// The members that would make a type infinitely large were they not boxed.
    boxed: BTreeSet<(&'a ShapeId, &'a str)>,
    /// The patterns that were compiled: members share them, and each is needed to be documented and to be checked.
    patterns: RefCell<BTreeMap<String, Rc<Result<Program, String>>>>,
}

impl<'a> Context<'a> {
    pub(super) fn new(model: &'a Model, service: &ShapeId, diagnostics: &mut Diagnostics) -> Result<Self, Diagnostics> {
        let missing = || Diagnostic::shape(model.file.as_str(), service, "is not a service of the model");
        let shape = model.shape(service).ok_or_else(missing)?;
        let ShapeKind::Service(details) = &shape.kind else { return Err(missing().into()) };
        let mut endless = Diagnostics::new();
        recursion::check_collections(model, &mut endless);
        // Everything below follows lists and maps to their items.
        endless.into_result(())?;
        let types = names::types(model, diagnostics);
        let boxed = recursion::boxed_members(model, types.keys().copied());
        Ok(Self { model, service: shape, details, types, boxed, patterns: RefCell::default() })
    }

    pub(super) fn version(&self) -> &'a str {
        &self.details.version
    }

    /// The errors that any operation may give.
    pub(super) fn common_errors(&self) -> &'a [ShapeId] {
        &self.details.errors
    }

    /// The identifier of a shape that is a type of its own.
    pub(super) fn type_name(&self, id: &ShapeId) -> Option<&str> {
        self.types.get(id).map(String::as_str)
    }

    /// The shapes that are types of their own.
    pub(super) fn type_shapes(&self) -> impl Iterator<Item = &'a Shape> {
        self.types.keys().filter_map(|id| self.model.shape(id))
    }

    /// Whether a member of a structure or union has to be boxed.
    pub(super) fn is_boxed(&self, shape: &Shape, member: &Member) -> bool {
        self.boxed.contains(&(&shape.id, member.name.as_str()))
    }

    /// What checks a pattern of the model, or why nothing can.
    pub(super) fn pattern(&self, text: &str) -> Rc<Result<Program, String>> {
        let mut patterns = self.patterns.borrow_mut();
        if let Some(known) = patterns.get(text) {
            return Rc::clone(known);
        }
        let compiled = Rc::new(pattern::program(text));
        patterns.insert(text.to_owned(), Rc::clone(&compiled));
        compiled
    }

    /// A finding about a member.
    pub(super) fn member(&self, shape: &Shape, member: &Member, message: impl Into<String>) -> Diagnostic {
        self.model.diagnostic((&shape.id, member.name.as_str()), message)
    }
}
