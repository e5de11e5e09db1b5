//! Makes sure that every shape referred to is in the model.

use std::collections::BTreeSet;

use super::prelude;
use crate::diag::Diagnostics;
use crate::model::{Model, Role, ShapeId};

/// Adds the shapes of the prelude that are targeted, and reports targets that are missing.
///
/// `help` may know why a shape is missing.
pub(crate) fn resolve(model: &mut Model, help: impl Fn(&ShapeId) -> Option<String>) -> Result<(), Diagnostics> {
    let mut missing = BTreeSet::new();
    for shape in model.shapes.values() {
        shape.each_reference(|_, target| {
            if !model.shapes.contains_key(target) {
                missing.insert(target.clone());
            }
        });
    }
    for id in std::mem::take(&mut missing) {
        match prelude::shape(&id) {
            Some(shape) => {
                model.shapes.insert(id, shape);
            }
            None => {
                missing.insert(id);
            }
        }
    }
    let mut diagnostics = Diagnostics::new();
    if missing.is_empty() {
        return Ok(());
    }
    for shape in model.shapes.values() {
        shape.each_reference(|role, target| {
            if missing.contains(target) {
                let message = format!("{} {target}, which is not in the model", role.verb());
                let diagnostic = match role {
                    Role::Member(member) => model.diagnostic((&shape.id, member), message),
                    _ => model.diagnostic(&shape.id, message),
                };
                diagnostics.push(match help(target) {
                    Some(help) => diagnostic.with_help(help),
                    None => diagnostic,
                });
            }
        });
    }
    diagnostics.into_result(())
}
