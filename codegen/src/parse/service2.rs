//! AWS's own form of a model, `service-2.json`, with the files that lie beside it.
//!
//! What Smithy calls otherwise is put in Smithy's terms: `location: "uri"` becomes the trait `smithy.api#httpLabel`, and so
//! on. Three things are not in these files, so that a service read from both forms is not quite the same:
//!
//! * the names of the service and of enum values;
//! * whether an absent number means zero: `box` is left out by too many files to go by, so nothing has a default here;
//! * whether a pattern means the whole text. It always does, as it does for the services themselves, and so gets its anchors.

mod bindings;
mod metadata;
mod operations;
mod paginators;
mod shapes;
#[cfg(test)]
mod tests;
mod waiters;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::fields::{Fields, Flaw};
use super::{Parsed, Source, json, resolve};
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::{Model, Shape, ShapeId};
use crate::traits;

/// What lies beside a `service-2.json`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// The namespace of the shapes; without it, `com.amazonaws.` and the service's ID in small letters.
    pub namespace: Option<&'a str>,
    /// `endpoint-rule-set-1.json`.
    pub endpoint_rule_set: Option<Source<'a>>,
    /// `endpoint-tests-1.json`.
    pub endpoint_tests: Option<Source<'a>>,
    /// `paginators-1.json`.
    pub paginators: Option<Source<'a>>,
    /// `waiters-2.json`.
    pub waiters: Option<Source<'a>>,
}

/// Reads a `service-2.json`.
///
/// # Errors
/// Everything that is wrong with the model.
pub fn parse(source: Source<'_>, options: &Options<'_>) -> Result<Parsed, Diagnostics> {
    let value = json::read(source)?;
    from_value(source.file, value, options)
}

/// Reads a `service-2.json` that is already a JSON value.
///
/// # Errors
/// Everything that is wrong with the model.
pub fn from_value(file: &str, value: Value, options: &Options<'_>) -> Result<Parsed, Diagnostics> {
    let whole = |flaw: Flaw| Diagnostic::new(file, flaw);
    let mut fields = Fields::of(value, "the document").map_err(whole)?;
    let metadata = fields.object("metadata").map_err(whole)?;
    let operations = fields.object("operations").map_err(whole)?;
    let shapes = fields.object("shapes").map_err(whole)?;
    if metadata.is_empty() {
        return Err(whole("has no `metadata`".to_owned())
            .with_help("an AWS service-2.json has `metadata`, `operations` and `shapes`")
            .into());
    }

    let names = metadata::Names::of(file, &metadata, options.namespace)?;
    let mut reader = Reader {
        file,
        operations: operations.keys().cloned().collect(),
        taken: shapes.keys().chain(operations.keys()).cloned().collect(),
        namespace: names.namespace.clone(),
        shapes: BTreeMap::new(),
        labels: BTreeMap::new(),
        unread: BTreeMap::new(),
        warnings: Diagnostics::new(),
    };
    let mut diagnostics = Diagnostics::new();
    for (name, value) in shapes {
        diagnostics.collect(reader.shape(&name, value));
    }
    let mut bound = Vec::new();
    for (name, value) in operations {
        bound.extend(diagnostics.collect(reader.operation(&name, value)));
    }
    reader.mark_inputs_and_outputs(&bound);
    reader.default_streams();
    diagnostics.collect(reader.service(&names, metadata, fields, bound, options));
    if let Some(paginators) = options.paginators {
        diagnostics.collect(reader.paginators(paginators));
    }
    if let Some(waiters) = options.waiters {
        diagnostics.collect(reader.waiters(waiters));
    }
    reader.report_unread();
    let mut model = Model { file: file.to_owned(), shapes: diagnostics.into_result(reader.shapes)? };
    resolve::resolve(&mut model, |_| None)?;
    Ok(Parsed { model, warnings: reader.warnings })
}

/// What is known while a model is read.
struct Reader<'a> {
    file: &'a str,
    namespace: String,
    /// The names of operations, which are a space of their own here, but not in Smithy.
    operations: BTreeSet<String>,
    /// All names that are in use.
    taken: BTreeSet<String>,
    shapes: BTreeMap<ShapeId, Shape>,
    /// Of each structure, the members that are labels, by the names that URIs give them.
    labels: BTreeMap<ShapeId, BTreeMap<String, String>>,
    /// Keys nobody read, by the kind of object they were in, and where the first was.
    unread: BTreeMap<(&'static str, String), String>,
    warnings: Diagnostics,
}

impl Reader<'_> {
    fn at(&self, path: &str, flaw: Flaw) -> Diagnostic {
        Diagnostic::path(self.file, path, flaw)
    }

    /// The ID of the shape with this name.
    fn id(&self, name: &str) -> Result<ShapeId, Flaw> {
        let mut name = name.to_owned();
        if self.operations.contains(&name) {
            name.push_str("Shape");
            while self.taken.contains(&name) {
                name.push('_');
            }
        }
        let text = format!("{}#{name}", self.namespace);
        ShapeId::parse(&text).ok_or_else(|| format!("`{name}` is not a name for a shape"))
    }

    /// The ID of the shape that `reference`, `{"shape": "Name"}`, names.
    fn target(&self, fields: &mut Fields) -> Result<ShapeId, Flaw> {
        let name = fields.text("shape")?.ok_or("has no `shape`")?;
        self.id(&name)
    }

    /// The ID of an operation.
    fn operation_id(&self, name: &str) -> Result<ShapeId, Flaw> {
        ShapeId::parse(&format!("{}#{name}", self.namespace))
            .ok_or_else(|| format!("`{name}` is not a name for an operation"))
    }

    /// Remembers keys that nobody read, apart from those that mean nothing to us.
    fn leave(&mut self, kind: &'static str, path: &str, fields: &Fields, meaningless: &[&str]) {
        for key in fields.unread().filter(|key| !meaningless.contains(key)) {
            self.unread.entry((kind, key.to_owned())).or_insert_with(|| path.to_owned());
        }
    }

    fn report_unread(&mut self) {
        for ((kind, key), path) in std::mem::take(&mut self.unread) {
            let message =
                format!("the key `{key}` of the {kind} is not known and was ignored, here and wherever else it is");
            self.warnings.push(Diagnostic::path(self.file, path, message));
        }
    }
}

/// Checks the traits that were made.
fn check(set: &crate::model::Traits) -> Result<(), Flaw> {
    set.0.iter().try_for_each(|(id, value)| traits::check(id, value))
}

/// Takes what every kind of object may say about itself.
fn take_common(fields: &mut Fields, set: &mut crate::model::Traits) -> Result<(), Flaw> {
    if let Some(text) = fields.text("documentation")? {
        set.set(traits::DOCUMENTATION, Value::String(text));
    }
    let message = fields.text("deprecatedMessage")?;
    let since = fields.text("deprecatedSince")?;
    if fields.flag("deprecated")? {
        let parts = [("message", message), ("since", since)];
        let value =
            parts.into_iter().filter_map(|(key, value)| Some((key.to_owned(), Value::String(value?)))).collect();
        set.set(traits::DEPRECATED, Value::Object(value));
    }
    Ok(())
}
