//! Whether the members that `smithy.api#paginated` names are there.

use crate::diag::Diagnostics;
use crate::model::{HasTraits, Model, Operation, Shape, ShapeId};
use crate::traits;

/// Reports paths of a paginated operation that lead nowhere.
pub(super) fn check(model: &Model, shape: &Shape, operation: &Operation, diagnostics: &mut Diagnostics) {
    let Some(paginated) = shape.get(traits::PAGINATED) else {
        return;
    };
    let parts = [
        ("inputToken", &operation.input, true),
        ("outputToken", &operation.output, true),
        ("pageSize", &operation.input, false),
        ("items", &operation.output, false),
    ];
    for (key, root, needed) in parts {
        let path = paginated.get(key).and_then(serde_json::Value::as_str);
        let problem = match path {
            None if needed => format!("is paginated without `{key}`"),
            Some(path) if !leads_somewhere(model, root, path) => {
                format!("is paginated with the {key} `{path}`, which {root} does not have")
            }
            _ => continue,
        };
        diagnostics.push(model.diagnostic(&shape.id, problem));
    }
}

/// Follows a path of member names joined by dots.
fn leads_somewhere(model: &Model, root: &ShapeId, path: &str) -> bool {
    let mut shape = model.shape(root);
    for name in path.split('.') {
        let Some(member) = shape.and_then(|shape| shape.member(name)) else {
            return false;
        };
        shape = model.target(member);
    }
    true
}
