//! Whether a value of every structure can exist: one that requires itself cannot.

use std::collections::BTreeMap;

use crate::diag::Diagnostics;
use crate::model::{HasTraits, Model, Shape, ShapeId, ShapeKind};

/// Reports structures and unions of which no finite value exists.
///
/// A list or map may be empty and so ends every recursion. Values are built from the inside out: a structure once all its
/// required members can be built, a union once one of its members can. What remains requires itself.
pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    let mut waiting: BTreeMap<&ShapeId, usize> = BTreeMap::new();
    let mut waiters: BTreeMap<&ShapeId, Vec<&ShapeId>> = BTreeMap::new();
    let mut ready = Vec::new();
    for shape in model.shapes.values() {
        let needs = needs(shape);
        if needs.is_empty() {
            ready.push(&shape.id);
            continue;
        }
        let is_union = matches!(shape.kind, ShapeKind::Union(_));
        waiting.insert(&shape.id, if is_union { 1 } else { needs.len() });
        for need in needs {
            waiters.entry(need).or_default().push(&shape.id);
        }
    }
    while let Some(id) = ready.pop() {
        for waiter in waiters.remove(id).unwrap_or_default() {
            let Some(left) = waiting.get_mut(waiter) else {
                continue;
            };
            *left = left.saturating_sub(1);
            if *left == 0 {
                waiting.remove(waiter);
                ready.push(waiter);
            }
        }
    }
    for id in waiting.into_keys() {
        diagnostics.push(model.diagnostic(id, "can never be built: its required members lead in a circle"));
    }
}

/// The targets a value of this shape cannot do without; of a union, one of them is enough.
fn needs(shape: &Shape) -> Vec<&ShapeId> {
    let members = match &shape.kind {
        ShapeKind::Structure(members) => members.iter().filter(|member| member.required()).collect(),
        ShapeKind::Union(members) => members.iter().collect(),
        _ => Vec::new(),
    };
    members.into_iter().map(|member| &member.target).collect()
}
