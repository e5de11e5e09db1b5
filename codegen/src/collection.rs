//! A crate of several services, as `services.toml` lists them.

use crate::diag::{Diagnostic, Diagnostics};
use crate::docs::Overlay;
use crate::emit::CrateModule;
use crate::generate::{Files, LoweredService, generate_crate_root, print_files};
use crate::parallel::in_parallel;
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
/// `threads` are started for it; with 0 the calling one does it. The crate is the same however many there are.
/// `read` gives the text of a file that the list names; what it fails with becomes a diagnostic. `docs` is what the crate's
/// root documents, as Markdown.
///
/// # Errors
/// Everything in the list and in its models that cannot become right code.
pub fn generate_collection<E: std::fmt::Display>(
    list: Source<'_>,
    docs: &str,
    read: &(dyn Fn(&str) -> Result<String, E> + Sync),
    threads: usize,
) -> Result<Generated, Diagnostics> {
    let services = Services::parse(list)?;
    let read = |name: &str| {
        read(name).map_err(|error| Diagnostic::new(sibling(list.file, name), format!("cannot be read: {error}")))
    };
    let mut diagnostics = Diagnostics::new();
    let specs: Vec<_> = services.service.iter().enumerate().collect();
    let lowered = in_parallel(threads, &specs, |(number, spec)| lower_one(list.file, *number, spec, &read));
    let lowered: Vec<_> = lowered.into_iter().map(|one| diagnostics.collect(one)).collect();
    let lowered_services: Vec<_> = lowered.iter().flatten().map(|(lowered, _)| &lowered.service).collect();
    let (files, flaws) = print_files(&lowered_services, threads);
    diagnostics.extend(flaws);
    let mut generated = Generated { files, refused: Vec::new(), warnings: Diagnostics::new() };
    let mut modules = Vec::new();
    for (spec, lowered) in services.service.iter().zip(lowered) {
        let (module, feature) = (spec.module.clone(), Some(spec.feature.clone()));
        let mut uses_partitions = false;
        if let Some((LoweredService { generated: service, .. }, refused)) = lowered {
            uses_partitions = service.uses_partitions;
            generated.files.extend(service.files);
            generated.refused.extend(refused);
            generated.warnings.extend(service.notes);
        }
        modules.push(CrateModule { module, feature, uses_partitions });
    }
    let partitions = services.partitions.as_deref().unwrap_or("partitions.json");
    let root = diagnostics.collect(read(partitions)).and_then(|text| {
        let partitions_file = sibling(list.file, partitions);
        diagnostics.collect(generate_crate_root(list.file, docs, &modules, (&partitions_file, &text)))
    });
    generated.files.extend(root.unwrap_or_default());
    diagnostics.into_result(generated)
}

/// Reads one service and lowers it; with the operations of it that were left out.
fn lower_one(
    list: &str,
    number: usize,
    spec: &ServiceSpec,
    read: &dyn Fn(&str) -> Result<String, Diagnostic>,
) -> Result<(LoweredService, Vec<Refused>), Diagnostics> {
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
    let mut lowered = LoweredService::of(&transformed.model, &transformed.service, &spec.module)?;
    let notes = std::mem::replace(&mut lowered.generated.notes, transformed.warnings);
    lowered.generated.notes.extend(notes);
    Ok((lowered, transformed.refused))
}

/// The path of a file beside `list`, as diagnostics name it.
fn sibling(list: &str, name: &str) -> String {
    match list.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{name}"),
        None => name.to_owned(),
    }
}
