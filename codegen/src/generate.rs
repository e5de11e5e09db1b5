//! The stages behind the transformation, put together.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;

use crate::diag::{Diagnostic, Diagnostics};
use crate::emit::{self, CrateModule, File};
use crate::endpoint::{endpoint_module, partitions_file};
use crate::ir::Service;
use crate::lower::lower;
use crate::model::{Model, ShapeId};
use crate::parallel::in_parallel;
use crate::print::{Printer, print};

/// Files by path relative to the generated crate's `src`, with slashes on every system.
pub type Files = BTreeMap<String, String>;

/// The module of a service.
#[derive(Clone, Debug)]
#[must_use]
pub struct GeneratedService {
    /// Its files.
    pub files: Files,
    /// Whether its endpoint rules look at partitions.
    pub uses_partitions: bool,
    /// What it does not do although the model asks for it.
    pub notes: Diagnostics,
}

/// Generates the module of a service, of a model that was transformed.
///
/// The same model gives the same bytes, whatever the order of keys in its file, and on however many threads.
///
/// # Errors
/// Everything in the model that cannot become right code.
pub fn generate_service(
    model: &Model,
    service: &ShapeId,
    module: &str,
    threads: usize,
) -> Result<GeneratedService, Diagnostics> {
    let lowered = LoweredService::of(model, service, module)?;
    let (files, diagnostics) = print_files(&[&lowered.service], threads);
    let mut generated = lowered.generated;
    generated.files.extend(files);
    diagnostics.into_result(generated)
}

/// A service whose files are still to be emitted.
pub(crate) struct LoweredService {
    pub(crate) service: Service,
    /// What is there already: all but the files of [`print_files`].
    pub(crate) generated: GeneratedService,
}

impl LoweredService {
    /// Lowers a service, and prints its endpoint rules.
    pub(crate) fn of(model: &Model, service: &ShapeId, module: &str) -> Result<Self, Diagnostics> {
        let mut diagnostics = Diagnostics::new();
        let no_traits = crate::model::Traits::default();
        let traits = model.shape(service).map_or(&no_traits, |shape| &shape.traits);
        let endpoint = diagnostics.collect(endpoint_module(&model.file, service, traits));
        let parameters = endpoint.as_ref().map(|endpoint| endpoint.parameters.as_slice());
        let lowered = diagnostics.collect(lower(model, service, module, parameters));
        let (Some(lowered), Some(endpoint)) = (lowered, endpoint) else {
            return Err(diagnostics);
        };
        let tests = diagnostics.collect(endpoint.tests_of(&model.file, service, traits, &lowered.service));
        let uses_partitions = endpoint.uses_partitions;
        let mut notes = lowered.notes;
        for scheme in &endpoint.unsupported_schemes {
            let message = format!("has endpoints that want `{scheme}` signatures, which no client makes");
            let note = Diagnostic::shape(&model.file, service, message);
            notes.push(note.with_help("a call that would be sent to one of them is an error"));
        }
        let mut files = ModuleFiles::new(&model.file, module);
        files.add("endpoint.rs", endpoint.source);
        if let Some(tests) = tests.flatten() {
            files.add("endpoint/tests.rs", tests);
        }
        let files = diagnostics.collect(files.finish()).unwrap_or_default();
        let generated = GeneratedService { files, uses_partitions, notes };
        diagnostics.into_result(Self { service: lowered.service, generated })
    }
}

/// Emits and prints the files of services, on so many threads.
pub(crate) fn print_files(services: &[&Service], threads: usize) -> (Files, Diagnostics) {
    let files = services.iter().flat_map(|service| File::of(service).into_iter().map(move |file| (*service, file)));
    let mut files: Vec<_> = files.collect();
    // Whole services' files tend to be larger than those of operations.
    files.sort_by_key(|(_, file)| matches!(file, File::Operation(_)));
    let printed = in_parallel(threads, &files, |(service, file)| {
        let path = format!("{}/{}", service.module, file.name());
        let text = file.print(service, Printer::new(&service.file, &path))?;
        Ok::<_, Diagnostic>((path, text))
    });
    let mut diagnostics = Diagnostics::new();
    (printed.into_iter().filter_map(|file| diagnostics.collect(file)).collect(), diagnostics)
}

/// The files of a module, each printed when it is there.
pub(crate) struct ModuleFiles<'a> {
    source: &'a str,
    module: &'a str,
    files: Files,
    diagnostics: Diagnostics,
}

impl<'a> ModuleFiles<'a> {
    pub(crate) fn new(source: &'a str, module: &'a str) -> Self {
        Self { source, module, files: Files::new(), diagnostics: Diagnostics::new() }
    }

    /// Prints a file, named by its path within the module.
    pub(crate) fn add(&mut self, name: &str, tokens: TokenStream) {
        let path = format!("{}/{name}", self.module);
        if let Some(text) = self.diagnostics.collect(print(self.source, &path, tokens)) {
            self.files.insert(path, text);
        }
    }

    pub(crate) fn finish(self) -> Result<Files, Diagnostics> {
        self.diagnostics.into_result(self.files)
    }
}

/// Generates what services share: the crate's root, and the table of partitions if their endpoint rules look things up in it.
///
/// `source` names what the list of services is made from; `docs` is what the crate documents, as Markdown; `partitions` is
/// the name and text of AWS's `partitions.json`.
///
/// # Errors
/// When the partitions are not what they should be, or two services are called the same.
pub fn generate_crate_root(
    source: &str,
    docs: &str,
    modules: &[CrateModule],
    partitions: (&str, &str),
) -> Result<Files, Diagnostics> {
    let mut seen = std::collections::BTreeSet::new();
    let mut diagnostics = Diagnostics::new();
    for module in modules {
        if !seen.insert(&module.module) || matches!(module.module.as_str(), "partitions" | "runtime") {
            let message = format!("has two modules `{}`", module.module);
            diagnostics.push(Diagnostic::new(source, message).with_help("give the service another `module`"));
        }
    }
    let (partitions_name, partitions_text) = partitions;
    let table = match modules.iter().any(|module| module.uses_partitions) {
        true => diagnostics.collect(partitions_file(partitions_name, partitions_text)),
        false => None,
    };
    diagnostics.into_result(())?;
    let mut files = Files::new();
    files.insert("lib.rs".to_owned(), print(source, "lib.rs", emit::crate_root(docs, modules))?);
    if let Some(table) = table {
        files.insert("partitions.rs".to_owned(), print(partitions_name, "partitions.rs", table)?);
    }
    Ok(files)
}
