//! Crates of their own, from any model.

mod manifest;

pub use crate::protocol_tests::ProtocolTests;

use std::collections::BTreeMap;

use quote::quote;

use crate::diag::Diagnostics;
use crate::emit::CrateModule;
use crate::endpoint::endpoint_module;
use crate::generate::{Files, ModuleFiles, generate_crate_root, generate_service};
use crate::model::{HasTraits, Model, ShapeId, Traits};
use crate::naming;
use crate::parse::{Parsed, Source, json};
use crate::print::HEADER;
use crate::protocol_tests;
use crate::traits;
use crate::transform::{Options, Refused, transform};
use manifest::Needs;

/// What to generate of a model.
#[derive(Clone, Copy, Debug, Default)]
pub struct ModelOptions<'a> {
    /// The name of the service shape, where the model has several.
    pub service: Option<&'a str>,
    /// The module, if not the service's name: `webrtc_storage`.
    pub module: Option<&'a str>,
    /// How many threads to start for it; 0 to do it on the calling one.
    pub threads: usize,
}

/// A module that was generated from a model.
#[derive(Clone, Debug)]
#[must_use]
pub struct GeneratedModel {
    /// Its name: `webrtc_storage`.
    pub module: String,
    /// The name of the service: `Kinesis Video WebRTC Storage`.
    pub service: String,
    /// The files of the module, by path below the crate's `src`.
    pub files: Files,
    /// Whether its endpoint rules look at partitions.
    pub uses_partitions: bool,
    /// Whether some of its operations want large bodies compressed.
    pub compresses: bool,
    /// The model's own tests of what is sent and read, if it has any.
    pub protocol_tests: Option<ProtocolTests>,
    /// How many operations it has.
    pub operations: usize,
    /// How many shapes of the model are behind it.
    pub shapes: usize,
    /// Operations that were left out, with the reason.
    pub refused: Vec<Refused>,
    /// What may be worth a look, but stopped nothing.
    pub warnings: Diagnostics,
}

/// Generates the module of a model's service.
///
/// # Errors
/// Everything in the model that cannot become right code.
pub fn generate_model(parsed: Parsed, options: &ModelOptions<'_>) -> Result<GeneratedModel, Diagnostics> {
    let Parsed { model, mut warnings } = parsed;
    let transformed = transform(model, &Options { service: options.service, ..Options::default() })?;
    warnings.extend(transformed.warnings);
    let (model, id) = (&transformed.model, &transformed.service);
    let service = service_name(model, id);
    let module = options.module.map_or_else(|| module_name(&service), str::to_owned);
    if !naming::is_module(&module) {
        let message = format!("cannot become the module `{module}`");
        return Err(model
            .diagnostic(id, message)
            .with_help("modules are named in small letters, digits and `_`, by a letter first, and not like a keyword")
            .into());
    }
    let mut diagnostics = Diagnostics::new();
    let generated = diagnostics.collect(generate_service(model, id, &module, options.threads));
    let protocol_tests = diagnostics.collect(protocol_tests::read(model));
    let (Some(generated), Some(protocol_tests)) = (generated, protocol_tests) else { return Err(diagnostics) };
    warnings.extend(generated.notes);
    Ok(GeneratedModel {
        module,
        service,
        files: generated.files,
        uses_partitions: generated.uses_partitions,
        compresses: model.operations().any(|(shape, _)| shape.has(traits::REQUEST_COMPRESSION)),
        protocol_tests,
        operations: model.operations().count(),
        shapes: model.shapes.len(),
        refused: transformed.refused,
        warnings,
    })
}

/// Generates the endpoint rules of a service alone, with their tests: for crates that test rules.
///
/// The texts are an `endpoint-rule-set-1.json` and an `endpoint-tests-1.json`.
///
/// # Errors
/// Everything in them that cannot become right code.
pub fn generate_endpoints(service: &str, rules: Source<'_>, tests: Source<'_>) -> Result<GeneratedModel, Diagnostics> {
    let traits = Traits(BTreeMap::from([
        (traits::ENDPOINT_RULE_SET.to_owned(), json::read(rules)?),
        (traits::ENDPOINT_TESTS.to_owned(), json::read(tests)?),
    ]));
    let module = module_name(service);
    let id = ShapeId::new(format!("rules#{module}"));
    let endpoint = endpoint_module(rules.file, &id, &traits)?;
    let mut files = ModuleFiles::new(rules.file, &module);
    files.add("mod.rs", quote!(#![doc = #service] pub mod endpoint;));
    files.add("endpoint.rs", endpoint.source);
    if let Some(tests) = endpoint.tests {
        files.add("endpoint/tests.rs", tests);
    }
    Ok(GeneratedModel {
        files: files.finish()?,
        module,
        service: service.to_owned(),
        uses_partitions: endpoint.uses_partitions,
        compresses: false,
        protocol_tests: None,
        operations: 0,
        shapes: 0,
        refused: Vec::new(),
        warnings: Diagnostics::new(),
    })
}

/// A crate that holds what was generated from one model or several.
#[derive(Clone, Copy, Debug)]
pub struct Package<'a> {
    /// Its name: `polly-client`.
    pub name: &'a str,
    /// What it says of itself in one line.
    pub description: &'a str,
    /// What it is made from, for the headers of what its modules share.
    pub source: &'a str,
    /// What it documents, as Markdown.
    pub docs: &'a str,
    /// Where it finds the runtime.
    pub runtime: Runtime<'a>,
    /// Whether it is a workspace of its own, which it has to be within the folder of another one.
    pub is_workspace: bool,
}

/// Where a generated crate finds the runtime.
#[derive(Clone, Copy, Debug)]
pub enum Runtime<'a> {
    /// In a folder, named relative to the crate or from the root.
    Path(&'a str),
    /// In the registry.
    Version(&'a str),
}

/// Puts modules together to a crate: its files by path, `Cargo.toml`, `src/…` and, if a model has tests, `tests/…`.
///
/// `partitions` is AWS's `partitions.json`.
///
/// # Errors
/// When two modules are called the same, or the partitions are not what they should be.
pub fn generate_package(
    package: &Package<'_>,
    models: Vec<GeneratedModel>,
    partitions: Source<'_>,
) -> Result<Files, Diagnostics> {
    let modules: Vec<_> = models
        .iter()
        .map(|model| CrateModule {
            module: model.module.clone(),
            feature: None,
            uses_partitions: model.uses_partitions,
        })
        .collect();
    let root = generate_crate_root(package.source, package.docs, &modules, (partitions.file, partitions.text))?;
    let tests: Vec<_> =
        models.iter().filter_map(|model| Some((model.module.as_str(), model.protocol_tests.as_ref()?))).collect();
    let tests = protocol_tests::emit(package.source, &crate_name(package.name), &tests)?;
    let needs = Needs { tests: !tests.is_empty(), compression: models.iter().any(|model| model.compresses) };
    let mut files = Files::new();
    files.insert("Cargo.toml".to_owned(), manifest::manifest(package, needs));
    files.extend(tests);
    let sources = root.into_iter().chain(models.into_iter().flat_map(|model| model.files));
    files.extend(sources.map(|(path, text)| (format!("src/{path}"), text)));
    Ok(files)
}

/// Whether a file was emitted, and so may be overwritten or removed.
#[must_use]
pub fn is_generated(text: &str) -> bool {
    let line = text.trim_start_matches(['/', '#', ' ']);
    line.starts_with(HEADER)
}

/// What a service is called: its SDK ID, or the name of its shape.
fn service_name(model: &Model, id: &ShapeId) -> String {
    let sdk_id = model.shape(id).and_then(|shape| shape.get(traits::AWS_SERVICE)?.get("sdkId")?.as_str());
    sdk_id.unwrap_or(id.name()).to_owned()
}

/// The module of a service by its name: `Kinesis Video WebRTC Storage` is `kinesis_video_webrtc_storage`.
fn module_name(service: &str) -> String {
    let words = service.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    naming::module(&words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("_"))
}

/// How other crates name a package.
fn crate_name(package: &str) -> String {
    package.replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_called_like_their_service_word_for_word() {
        for (service, module) in [
            ("Kinesis Video WebRTC Storage", "kinesis_video_webrtc_storage"),
            ("S3Tables", "s3tables"),
            ("IoT 1Click Devices Service", "iot_1click_devices_service"),
            ("Client", "client_"),
        ] {
            assert_eq!(module_name(service), module);
        }
    }

    #[test]
    fn what_was_emitted_is_told_apart_from_what_was_not() {
        assert!(is_generated("// @generated by cargo xtask codegen from x.json. Do not edit.\n"));
        assert!(is_generated("# @generated by cargo xtask codegen from x.json. Do not edit.\n"));
        assert!(!is_generated("[package]\n# @generated by cargo xtask codegen from x.json.\n"));
        assert!(!is_generated("// @generated by somebody else\n"));
    }
}
