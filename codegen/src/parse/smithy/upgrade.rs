//! What Smithy 1 left unsaid: a number or boolean that is not boxed is never absent, it is its zero.

use serde_json::{Value, json};

use crate::model::{HasTraits, Member, Model, Shape, ShapeKind};
use crate::traits;

/// Gives structure members of a Smithy 1 model the default that version 2 would write down.
pub(super) fn add_defaults(model: &mut Model) {
    let zeros: Vec<_> = model.shapes.values().filter_map(|shape| Some((shape.id.clone(), zero(shape)?))).collect();
    for (id, value) in zeros {
        if let Some(shape) = model.shapes.get_mut(&id) {
            shape.traits.set(traits::DEFAULT, value);
        }
    }
    let additions: Vec<_> = model
        .shapes
        .values()
        .flat_map(|shape| match &shape.kind {
            ShapeKind::Structure(members) => members.as_slice(),
            _ => &[],
        })
        .map(|member| member_default(model, member))
        .collect();
    let mut additions = additions.into_iter();
    for shape in model.shapes.values_mut() {
        let ShapeKind::Structure(members) = &mut shape.kind else {
            continue;
        };
        for member in members {
            if let Some(Some(value)) = additions.next() {
                member.traits.set(traits::DEFAULT, value);
            }
        }
    }
}

fn zero(shape: &Shape) -> Option<Value> {
    if shape.has(traits::BOX) || shape.has(traits::DEFAULT) || shape.id.namespace() == "smithy.api" {
        return None;
    }
    let value = match shape.kind {
        ShapeKind::Boolean => Value::Bool(false),
        ShapeKind::Byte
        | ShapeKind::Short
        | ShapeKind::Integer
        | ShapeKind::Long
        | ShapeKind::Float
        | ShapeKind::Double => json!(0),
        _ => return None,
    };
    admits_zero(shape).then_some(value)
}

fn member_default(model: &Model, member: &Member) -> Option<Value> {
    if member.has(traits::BOX) || member.has(traits::DEFAULT) || !admits_zero(member) {
        return None;
    }
    model.target(member)?.default_value().cloned()
}

/// Whether zero lies in the range, if there is one.
fn admits_zero(of: &impl HasTraits) -> bool {
    let Some(range) = of.range() else { return true };
    let number = |bound: Option<&serde_json::Number>| bound.and_then(serde_json::Number::as_f64);
    number(range.min).is_none_or(|min| min <= 0.0) && number(range.max).is_none_or(|max| max >= 0.0)
}
