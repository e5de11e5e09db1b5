//! A crate of several services, as `services.toml` lists them.

use crate::diag::{Diagnostic, Diagnostics};
use crate::docs::Overlay;
use crate::emit::CrateModule;
use crate::generate::{Files, generate_crate_root, generate_service};
use crate::parse::{Source, smithy};
use crate::services::{ServiceSpec, Services};
use crate::transform::{Fixups, Options, Refused, transform};

/// What generating a crate gave.
#[derive(Clone, Debug)]
#[must_use]
pub struct Generated {
    /// Its files.
    pub files: Files,
    /// Operations that were left out, with the reason.
    pub refused: Vec<Refused>,
    /// What may be worth a look, but stopped nothing.
    pub warnings: Diagnostics,
}

/// Generates the crate that a list of services describes.
///
/// `read` gives the text of a file that the list names; what it fails with becomes a diagnostic. `docs` is what the crate's
/// root documents, as Markdown.
///
/// # Errors
/// Everything in the list and in its models that cannot become right code.
pub fn generate_collection<E: std::fmt::Display>(
    list: Source<'_>,
    docs: &str,
    read: &dyn Fn(&str) -> Result<String, E>,
) -> Result<Generated, Diagnostics> {
    let services = Services::parse(list)?;
    let read = |name: &str| {
        read(name).map_err(|error| Diagnostic::new(sibling(list.file, name), format!("cannot be read: {error}")))
    };
    let mut diagnostics = Diagnostics::new();
    let mut generated = Generated { files: Files::new(), refused: Vec::new(), warnings: Diagnostics::new() };
    let mut modules = Vec::new();
    for (number, spec) in services.service.iter().enumerate() {
        let uses_partitions = diagnostics.collect(generate_one(list.file, number, spec, &read, &mut generated));
        modules.push(CrateModule {
            module: spec.module.clone(),
            feature: Some(spec.feature.clone()),
            uses_partitions: uses_partitions.unwrap_or(false),
        });
    }
    let partitions = services.partitions.as_deref().unwrap_or("partitions.json");
    let root = diagnostics.collect(read(partitions)).and_then(|text| {
        let partitions_file = sibling(list.file, partitions);
        diagnostics.collect(generate_crate_root(list.file, docs, &modules, (&partitions_file, &text)))
    });
    generated.files.extend(root.unwrap_or_default());
    diagnostics.into_result(generated)
}

/// Generates one service, and says whether it looks at partitions.
fn generate_one(
    list: &str,
    number: usize,
    spec: &ServiceSpec,
    read: &dyn Fn(&str) -> Result<String, Diagnostic>,
    generated: &mut Generated,
) -> Result<bool, Diagnostics> {
    let file = sibling(list, &spec.model);
    let model = smithy::parse(Source { file: &file, text: &read(&spec.model)? })?;
    let docs = match &spec.docs {
        Some(name) => Some(Overlay::parse(Source { file: &sibling(list, name), text: &read(name)? })?),
        None => None,
    };
    let path = format!("service[{number}]");
    let fixups = Fixups { file: list, path: &path, list: &spec.fixup };
    let options = Options { service: spec.service.as_deref(), fixups, docs: docs.as_ref() };
    let transformed = transform(model, &options)?;
    let service = generate_service(&transformed.model, &transformed.service, &spec.module, 1)?;
    generated.files.extend(service.files);
    generated.refused.extend(transformed.refused);
    generated.warnings.extend(transformed.warnings);
    generated.warnings.extend(service.notes);
    Ok(service.uses_partitions)
}

/// The path of a file beside `list`, as diagnostics name it.
fn sibling(list: &str, name: &str) -> String {
    match list.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{name}"),
        None => name.to_owned(),
    }
}
