//! Any model, on its own.

use crate::diag::Diagnostics;
use crate::generate::{Files, generate_service};
use crate::model::{HasTraits, Model, ShapeId};
use crate::naming;
use crate::parse::Parsed;
use crate::traits;
use crate::transform::{Options, Refused, transform};

/// What to generate of a model.
#[derive(Clone, Copy, Debug, Default)]
pub struct ModelOptions<'a> {
    /// The name of the service shape, where the model has several.
    pub service: Option<&'a str>,
    /// The module, if not the service's name: `webrtc_storage`.
    pub module: Option<&'a str>,
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
    let generated = generate_service(model, id, &module)?;
    Ok(GeneratedModel {
        module,
        service,
        files: generated.files,
        uses_partitions: generated.uses_partitions,
        operations: model.operations().count(),
        shapes: model.shapes.len(),
        refused: transformed.refused,
        warnings,
    })
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
}
