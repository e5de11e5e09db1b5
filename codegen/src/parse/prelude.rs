//! The shapes every Smithy model can target without defining them.

use serde_json::{Value, json};

use crate::model::{Shape, ShapeId, ShapeKind, Traits};
use crate::traits;

/// The shape of the prelude with this ID.
pub(super) fn shape(id: &ShapeId) -> Option<Shape> {
    let name = id.as_str().strip_prefix("smithy.api#")?;
    // The "primitive" shapes are those of Smithy 1 that are never absent: they are their zero instead.
    let (name, zero) = match name.strip_prefix("Primitive") {
        Some("Boolean") => ("Boolean", Some(Value::Bool(false))),
        Some(number @ ("Byte" | "Short" | "Integer" | "Long" | "Float" | "Double")) => (number, Some(json!(0))),
        Some(_) => return None,
        None => (name, None),
    };
    let mut set = Traits::default();
    if let Some(zero) = zero {
        set.set(traits::DEFAULT, zero);
    }
    let kind = match name {
        "Blob" => ShapeKind::Blob,
        "Boolean" => ShapeKind::Boolean,
        "String" => ShapeKind::String,
        "Byte" => ShapeKind::Byte,
        "Short" => ShapeKind::Short,
        "Integer" => ShapeKind::Integer,
        "Long" => ShapeKind::Long,
        "Float" => ShapeKind::Float,
        "Double" => ShapeKind::Double,
        "BigInteger" => ShapeKind::BigInteger,
        "BigDecimal" => ShapeKind::BigDecimal,
        "Timestamp" => ShapeKind::Timestamp,
        "Document" => ShapeKind::Document,
        "Unit" => {
            set.set(traits::UNIT_TYPE, json!({}));
            ShapeKind::Structure(Vec::new())
        }
        _ => return None,
    };
    Some(Shape { id: id.clone(), kind, traits: set })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::HasTraits;

    #[test]
    fn only_primitive_shapes_have_a_default() {
        let default =
            |name: &str| shape(&ShapeId::new(format!("smithy.api#{name}"))).map(|shape| shape.default_value().cloned());
        assert_eq!(default("PrimitiveInteger"), Some(Some(json!(0))));
        assert_eq!(default("PrimitiveBoolean"), Some(Some(json!(false))));
        assert_eq!(default("Integer"), Some(None));
        assert_eq!(default("Unit"), Some(None));
        assert_eq!(default("PrimitiveString"), None);
        assert_eq!(default("Widget"), None);
    }
}
