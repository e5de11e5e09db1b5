//! What a service reaches.

use std::collections::BTreeSet;

use crate::diag::Diagnostic;
use crate::model::{Model, ShapeId, ShapeKind};

/// Lists the operations of all resources, and of theirs, with the service itself.
pub(super) fn gather_operations(model: &mut Model, service: &ShapeId) -> Result<(), Diagnostic> {
    let Some(ShapeKind::Service(details)) = model.shapes.get(service).map(|shape| &shape.kind) else {
        return Ok(());
    };
    let mut operations: BTreeSet<ShapeId> = details.operations.iter().cloned().collect();
    let mut seen: BTreeSet<ShapeId> = BTreeSet::new();
    let mut queue: Vec<(ShapeId, ShapeId)> =
        details.resources.iter().map(|resource| (service.clone(), resource.clone())).collect();
    while let Some((owner, id)) = queue.pop() {
        let Some(ShapeKind::Resource(resource)) = model.shapes.get(&id).map(|shape| &shape.kind) else {
            return Err(model.diagnostic(&owner, format!("has the resource {id}, which is none")));
        };
        if seen.insert(id.clone()) {
            operations.extend(resource.operations.iter().cloned());
            queue.extend(resource.resources.iter().map(|child| (id.clone(), child.clone())));
        }
    }
    for id in &operations {
        if !matches!(model.shapes.get(id).map(|shape| &shape.kind), Some(ShapeKind::Operation(_))) {
            return Err(model.diagnostic(service, format!("has the operation {id}, which is none")));
        }
    }
    if let Some(ShapeKind::Service(details)) = model.shapes.get_mut(service).map(|shape| &mut shape.kind) {
        details.operations = operations.into_iter().collect();
        details.resources.clear();
    }
    Ok(())
}

/// Drops every shape the service does not reach.
pub(super) fn restrict(model: &mut Model, service: &ShapeId) {
    let mut reached = BTreeSet::from([service.clone()]);
    let mut queue = vec![service.clone()];
    while let Some(id) = queue.pop() {
        let Some(shape) = model.shapes.get(&id) else {
            continue;
        };
        shape.each_reference(|_, target| {
            if !reached.contains(target) {
                reached.insert(target.clone());
                queue.push(target.clone());
            }
        });
    }
    model.shapes.retain(|id, _| reached.contains(id));
}
