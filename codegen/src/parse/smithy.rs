//! The JSON AST of Smithy, versions 1 and 2.

mod build;
mod draft;
mod mixins;
#[cfg(test)]
mod tests;
mod upgrade;

use std::collections::BTreeMap;

use serde_json::Value;

use super::fields::Fields;
use super::{Source, json, resolve};
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::{Model, ShapeId, Traits};
use draft::{Draft, Entry};

/// Reads a Smithy JSON AST.
///
/// # Errors
/// Everything that is wrong with the model.
pub fn parse(source: Source<'_>) -> Result<Model, Diagnostics> {
    let value = json::read(source)?;
    from_value(source.file, value)
}

/// Reads a Smithy JSON AST that is already a JSON value.
///
/// # Errors
/// Everything that is wrong with the model.
pub fn from_value(file: &str, value: Value) -> Result<Model, Diagnostics> {
    let (version, shapes) = envelope(file, value)?;
    let mut diagnostics = Diagnostics::new();
    let mut drafts = BTreeMap::new();
    let mut applied = BTreeMap::new();
    for (key, value) in shapes {
        match diagnostics.collect(draft::read(file, &key, value)) {
            Some(Entry::Shape(draft)) => {
                drafts.insert(draft.id.clone(), *draft);
            }
            Some(Entry::Apply(id, member, traits)) => {
                let place: &mut Vec<Application> = applied.entry(id).or_default();
                place.push(Application { member, traits });
            }
            None => {}
        }
    }
    // What follows would only complain about shapes that were dropped just now.
    let drafts = diagnostics.into_result(drafts)?;

    let removed = mixins::removed(&drafts);
    let drafts = mixins::flatten(file, drafts, applied)?;
    let mut model = build::model(file, drafts)?;
    resolve::resolve(&mut model, |id| {
        removed.contains(id).then(|| "a mixin can be mixed in, not targeted".to_owned())
    })?;
    if version == Version::One {
        upgrade::add_defaults(&mut model);
    }
    Ok(model)
}

/// Traits given to a shape, or a member of it, from outside its definition.
struct Application {
    member: Option<String>,
    traits: Traits,
}

/// Shapes by ID while they are put together.
type Drafts = BTreeMap<ShapeId, Draft>;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Version {
    One,
    Two,
}

/// Reads what is around the shapes.
fn envelope(file: &str, value: Value) -> Result<(Version, serde_json::Map<String, Value>), Diagnostic> {
    let not_a_model = |message: String| {
        Diagnostic::new(file, format!("is not a Smithy model: {message}"))
            .with_help("a Smithy JSON AST is an object with the keys `smithy` and `shapes`")
    };
    let mut fields = Fields::of(value, "the document").map_err(not_a_model)?;
    let version = match fields.text("smithy").map_err(not_a_model)?.as_deref() {
        Some("1" | "1.0") => Version::One,
        Some("2" | "2.0") => Version::Two,
        Some(other) => {
            return Err(Diagnostic::path(file, "smithy", format!("the version `{other}` is not known"))
                .with_help("versions 1.0 and 2.0 are"));
        }
        None => return Err(not_a_model("there is no `smithy`".to_owned())),
    };
    let shapes = match fields.take("shapes") {
        Some(Value::Object(shapes)) => shapes,
        Some(other) => {
            let found = json::kind(&other);
            return Err(not_a_model(format!("`shapes` must be an object, found {found}")));
        }
        None => return Err(not_a_model("there are no `shapes`".to_owned())),
    };
    let at = |message: String| Diagnostic::new(file, message);
    fields.object("metadata").map_err(at)?;
    fields.finish("the document").map_err(at)?;
    Ok((version, shapes))
}
