//! Enumerations.

use super::context::Context;
use super::docs;
use crate::diag::Diagnostics;
use crate::ir::{Enum, EnumVariant, IntEnum, IntEnumVariant};
use crate::model::{EnumValue, HasTraits, IntEnumValue, Shape};
use crate::naming;

/// An enumeration of texts.
pub(super) fn texts(context: &Context<'_>, shape: &Shape, values: &[EnumValue]) -> Enum {
    let names = naming::enum_variants(values.iter().map(|value| value.name.as_deref().unwrap_or(&value.value)));
    let variants = values
        .iter()
        .zip(names)
        .map(|(value, name)| EnumVariant {
            name,
            docs: docs::value(value.traits.documentation(), &value.value),
            deprecated: docs::deprecation(&value.traits),
            value: value.value.clone(),
        })
        .collect();
    Enum {
        name: context.type_name(&shape.id).unwrap_or_default().to_owned(),
        docs: docs::shape(shape),
        deprecated: docs::deprecation(shape),
        variants,
        sensitive: shape.sensitive(),
    }
}

/// An enumeration of numbers.
pub(super) fn numbers(
    context: &Context<'_>,
    shape: &Shape,
    values: &[IntEnumValue],
    diagnostics: &mut Diagnostics,
) -> Option<IntEnum> {
    let names = naming::enum_variants(values.iter().map(|value| value.name.as_str()));
    let mut variants = Vec::new();
    for (value, name) in values.iter().zip(names) {
        let Ok(number) = i32::try_from(value.value) else {
            let message = format!("is {}, which an integer of 32 bits cannot be", value.value);
            diagnostics.push(context.model.diagnostic((&shape.id, value.name.as_str()), message));
            continue;
        };
        variants.push(IntEnumVariant {
            name,
            docs: docs::value(value.traits.documentation(), &value.value.to_string()),
            deprecated: docs::deprecation(&value.traits),
            value: number,
        });
    }
    Some(IntEnum {
        name: context.type_name(&shape.id)?.to_owned(),
        docs: docs::shape(shape),
        deprecated: docs::deprecation(shape),
        variants,
        sensitive: shape.sensitive(),
    })
}
