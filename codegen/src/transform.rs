//! From what a model says to what will be generated: one service, mended, checked, and nothing else.

mod closure;
mod fixup;
mod known;
mod refuse;
mod rename;
mod validate;

use serde_json::Value;

pub use fixup::{Fixup, Fixups};
pub use refuse::Refused;

use crate::diag::{Diagnostic, Diagnostics};
use crate::docs::{self, Overlay};
use crate::model::{HasTraits, Model, ShapeId, ShapeKind};
use crate::traits;

/// What to do to a model.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// The name of the service shape, where the model has several.
    pub service: Option<&'a str>,
    /// Corrections of the model.
    pub fixups: Fixups<'a>,
    /// Documentation that replaces the model's own.
    pub docs: Option<&'a Overlay>,
}

/// A model that holds one service and what it reaches, all of which can be generated.
///
/// Beyond what the model was read as: the service lists every operation, those of its resources included; every operation
/// carries `smithy.api#auth` with the schemes that a client can do, or with none when its callers need none; `smithy.api#paginated` is
/// whole on each operation; documentation is Markdown that rustdoc accepts without a warning.
#[derive(Clone, Debug)]
#[must_use]
pub struct Transformed {
    /// The model.
    pub model: Model,
    /// Its service.
    pub service: ShapeId,
    /// Operations that were left out, sorted.
    pub refused: Vec<Refused>,
    /// What may be worth a look, but stops nothing.
    pub warnings: Diagnostics,
}

/// Makes a model ready to be generated.
///
/// # Errors
/// Everything in the model that cannot become right code, and every fixup or text that matches nothing.
pub fn transform(mut model: Model, options: &Options<'_>) -> Result<Transformed, Diagnostics> {
    let service = find_service(&model, options.service)?;
    options.fixups.apply(&mut model, &service)?;
    refuse::service(&model, &service)?;
    closure::gather_operations(&mut model, &service)?;
    let refused = refuse::operations(&mut model, &service)?;
    closure::restrict(&mut model, &service);
    apply_renames(&mut model, &service)?;
    complete_pagination(&mut model, &service);

    let mut diagnostics = Diagnostics::new();
    let mut warnings = Diagnostics::new();
    known::check(&model, &mut diagnostics, &mut warnings);
    validate::validate(&model, &mut diagnostics);
    docs::markdown(&mut model);
    if let Some(overlay) = options.docs {
        diagnostics.collect(overlay.apply(&mut model, &service));
    }
    diagnostics.into_result(Transformed { model, service, refused, warnings })
}

/// The service shape with this name, or the only one.
fn find_service(model: &Model, name: Option<&str>) -> Result<ShapeId, Diagnostic> {
    let all: Vec<&ShapeId> = model.services().map(|(shape, _)| &shape.id).collect();
    let list = || all.iter().map(|id| id.name()).collect::<Vec<_>>().join(", ");
    match (name, all.as_slice()) {
        (_, []) => Err(Diagnostic::new(model.file.as_str(), "has no service shape")),
        (None, [only]) => Ok((*only).clone()),
        (None, _) => Err(Diagnostic::new(model.file.as_str(), format!("has several services: {}", list()))
            .with_help("name one: with `service` in services.toml, or with `--service-name`")),
        (Some(name), _) => {
            all.iter().find(|id| id.name() == name || id.as_str() == name).map(|id| (*id).clone()).ok_or_else(|| {
                Diagnostic::new(model.file.as_str(), format!("has no service `{name}`"))
                    .with_help(format!("it has: {}", list()))
            })
        }
    }
}

/// Gives shapes the names that the service asks for.
fn apply_renames(model: &mut Model, service: &ShapeId) -> Result<(), Diagnostic> {
    let Some(shape) = model.shapes.get_mut(service) else {
        return Ok(());
    };
    let ShapeKind::Service(details) = &mut shape.kind else {
        return Ok(());
    };
    let wanted = std::mem::take(&mut details.rename);
    // Those of refused operations are gone.
    let names: Vec<_> = wanted
        .iter()
        .filter(|(from, _)| model.shapes.contains_key(*from))
        .map(|(from, to)| (from.clone(), to.as_str()))
        .collect();
    rename::rename(model, &names).map_err(|message| model.diagnostic(service, message))
}

/// Copies what `smithy.api#paginated` on the service says for all operations to each of them.
fn complete_pagination(model: &mut Model, service: &ShapeId) {
    let common = model.shapes.get(service).and_then(|shape| shape.get(traits::PAGINATED));
    let Some(Value::Object(common)) = common.cloned() else {
        return;
    };
    for shape in model.shapes.values_mut() {
        let ShapeKind::Operation(_) = shape.kind else {
            continue;
        };
        if let Some(Value::Object(own)) = shape.traits.0.get_mut(traits::PAGINATED) {
            for (key, value) in &common {
                own.entry(key.as_str()).or_insert_with(|| value.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests;
