//! Documentation of a model: from HTML to Markdown, and from our own texts.

pub mod html;
mod overlay;

use serde_json::Value;

use crate::model::{Model, ShapeKind, Traits};
use crate::traits;

pub use overlay::Overlay;

/// Turns the documentation of every shape, member and enum value from HTML to Markdown.
pub(crate) fn markdown(model: &mut Model) {
    for shape in model.shapes.values_mut() {
        convert(&mut shape.traits);
        match &mut shape.kind {
            ShapeKind::Enum(values) => values.iter_mut().for_each(|value| convert(&mut value.traits)),
            ShapeKind::IntEnum(values) => values.iter_mut().for_each(|value| convert(&mut value.traits)),
            _ => shape.members_mut().for_each(|member| convert(&mut member.traits)),
        }
    }
}

fn convert(set: &mut Traits) {
    let Some(Value::String(html)) = set.0.get_mut(traits::DOCUMENTATION) else {
        return;
    };
    let markdown = html::to_markdown(html);
    if markdown.is_empty() {
        set.0.remove(traits::DOCUMENTATION);
    } else {
        *html = markdown;
    }
}
