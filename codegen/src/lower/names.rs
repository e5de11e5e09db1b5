//! The identifiers of types.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Diagnostics;
use crate::model::{Member, Model, Shape, ShapeId, ShapeKind};
use crate::naming;

/// The shapes that become types of the `types` module, with their identifiers: what members target.
///
/// Inputs, outputs and errors are types of their operations and of the service's errors, unless a member targets them too.
pub(super) fn types<'a>(model: &'a Model, diagnostics: &mut Diagnostics) -> BTreeMap<&'a ShapeId, String> {
    let targeted: BTreeSet<&ShapeId> =
        model.shapes.values().flat_map(Shape::members).map(|member| &member.target).collect();
    let types: BTreeMap<&ShapeId, String> = targeted
        .into_iter()
        .filter_map(|id| model.shape(id))
        .filter(|shape| !shape.id.is_unit() && is_type(shape))
        .map(|shape| (&shape.id, naming::shape(shape.id.name())))
        .collect();
    report(model, "type", types.iter().map(|(id, name)| (*id, name.as_str())), diagnostics);
    types
}

fn is_type(shape: &Shape) -> bool {
    matches!(shape.kind, ShapeKind::Structure(_) | ShapeKind::Union(_) | ShapeKind::Enum(_) | ShapeKind::IntEnum(_))
}

/// Reports shapes that become the same identifier.
pub(super) fn report<'a>(
    model: &Model,
    what: &str,
    pairs: impl Iterator<Item = (&'a ShapeId, &'a str)> + Clone,
    diagnostics: &mut Diagnostics,
) {
    for collision in naming::collisions(pairs.clone().map(|(id, name)| (id.as_str(), name))) {
        let Some((second, _)) = pairs.clone().find(|(id, _)| id.as_str() == collision.second) else { continue };
        let message = format!("becomes the {what} `{}`, as {} does", collision.identifier, collision.first);
        diagnostics
            .push(model.diagnostic(second, message).with_help("rename one of them with a fixup in services.toml"));
    }
}

/// Reports members of a shape that become the same identifier.
pub(super) fn report_members<'a>(
    model: &Model,
    shape: &Shape,
    what: &str,
    pairs: impl Iterator<Item = (&'a Member, &'a str)>,
    diagnostics: &mut Diagnostics,
) {
    for collision in naming::collisions(pairs.map(|(member, name)| (member.name.as_str(), name))) {
        let message = format!("becomes the {what} `{}`, as `{}` does", collision.identifier, collision.first);
        diagnostics.push(
            model.diagnostic((&shape.id, collision.second), message).with_help(
                "rename one of them with a fixup in services.toml, and give it its name in JSON as `jsonName`",
            ),
        );
    }
}
