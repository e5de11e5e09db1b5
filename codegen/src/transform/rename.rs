//! Giving shapes other names.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{HasTraits, Model, ShapeId};
use crate::traits;

/// Renames shapes within their namespaces, all at once.
pub(super) fn rename(model: &mut Model, names: &[(ShapeId, &str)]) -> Result<(), String> {
    let mut renamed = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for (from, to) in names {
        let shape = model.shapes.get(from).ok_or_else(|| format!("{from} is not in the model"))?;
        if shape.has(traits::ERROR) {
            return Err(format!("{from} is an error, and the service sends its name"));
        }
        let to = ShapeId::new(format!("{}#{to}", from.namespace()));
        if model.shapes.contains_key(&to) || !taken.insert(to.clone()) {
            return Err(format!("{from} cannot become {to}, which is there already"));
        }
        renamed.insert(from.clone(), to);
    }
    for (from, to) in &renamed {
        if let Some(mut shape) = model.shapes.remove(from) {
            shape.id = to.clone();
            model.shapes.insert(to.clone(), shape);
        }
    }
    if renamed.is_empty() {
        return Ok(());
    }
    for shape in model.shapes.values_mut() {
        shape.each_reference_mut(|id| {
            if let Some(to) = renamed.get(id) {
                *id = to.clone();
            }
        });
    }
    Ok(())
}
