//! `services.toml`: which model becomes which module of the generated crate, and what must be mended in it.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::diag::{Diagnostic, Diagnostics};
use crate::naming;
use crate::parse::Source;
use crate::transform::Fixup;

/// The content of `services.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Services {
    /// The file of AWS's partitions, beside this one, if not the generator's own.
    pub partitions: Option<String>,
    /// The services, in the order of the generated crate.
    #[serde(default)]
    pub service: Vec<ServiceSpec>,
}

/// One service. All files are named relative to `services.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceSpec {
    /// The module of the generated crate: `webrtc_storage`.
    pub module: String,
    /// The Cargo feature that compiles it: `webrtc-storage`.
    pub feature: String,
    /// The file of the model.
    pub model: String,
    /// The file of documentation that replaces the model's own.
    pub docs: Option<String>,
    /// The name of the service shape, where the model has several.
    pub service: Option<String>,
    /// The namespace of the shapes, for an AWS `service-2.json`, which has none.
    pub namespace: Option<String>,
    /// The file of endpoint rules, beside an AWS `service-2.json`.
    pub endpoint_rule_set: Option<String>,
    /// The file of tests of those rules.
    pub endpoint_tests: Option<String>,
    /// The file of paginators, beside an AWS `service-2.json`.
    pub paginators: Option<String>,
    /// The file of waiters, beside an AWS `service-2.json`.
    pub waiters: Option<String>,
    /// What is mended in the model, in this order.
    #[serde(default)]
    pub fixup: Vec<Fixup>,
}

impl Services {
    /// Reads `services.toml`.
    ///
    /// # Errors
    /// What is wrong, with line and column where TOML itself is.
    pub fn parse(source: Source<'_>) -> Result<Self, Diagnostics> {
        let services: Self = toml::from_str(source.text).map_err(|error| toml_error(source, &error))?;
        let mut diagnostics = Diagnostics::new();
        let mut modules = BTreeMap::new();
        let mut features = BTreeMap::new();
        for (index, spec) in services.service.iter().enumerate() {
            let mut report = |key: &str, message: String| {
                diagnostics.push(Diagnostic::path(source.file, format!("service[{index}].{key}"), message));
            };
            if !naming::is_module(&spec.module) {
                report("module", format!("`{}` is not a name for a module in snake_case", spec.module));
            }
            if !is_feature_name(&spec.feature) {
                report("feature", format!("`{}` is not a name for a Cargo feature", spec.feature));
            }
            if let Some(first) = modules.insert(&spec.module, index) {
                report("module", format!("`{}` is the module of service[{first}] already", spec.module));
            }
            if let Some(first) = features.insert(&spec.feature, index) {
                report("feature", format!("`{}` is the feature of service[{first}] already", spec.feature));
            }
            for (number, fixup) in spec.fixup.iter().enumerate() {
                if fixup.reason().trim().is_empty() {
                    report(&format!("fixup[{number}].reason"), "is empty: say why the model is wrong".to_owned());
                }
            }
        }
        diagnostics.into_result(services)
    }
}

fn is_feature_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_+.".contains(c))
}

/// A diagnostic of an error in TOML.
pub(crate) fn toml_error(source: Source<'_>, error: &toml::de::Error) -> Diagnostic {
    let message = error.message().to_owned();
    let Some(before) = error.span().and_then(|span| source.text.get(..span.start)) else {
        return Diagnostic::new(source.file, message);
    };
    let line = before.matches('\n').count() + 1;
    let column = before.len() - before.rfind('\n').map_or(0, |newline| newline + 1) + 1;
    Diagnostic::text(source.file, line, column, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Services, String> {
        Services::parse(Source { file: "services.toml", text }).map_err(|error| error.to_string())
    }

    #[test]
    fn a_service_needs_only_module_feature_and_model() {
        let services = parse("[[service]]\nmodule = \"a\"\nfeature = \"a-b\"\nmodel = \"a.json\"\n").unwrap();
        assert_eq!(services.service.len(), 1);
        assert_eq!(services.service[0].feature, "a-b");
        assert!(services.service[0].docs.is_none() && services.service[0].fixup.is_empty());
    }

    #[test]
    fn fixups_are_read_with_their_reasons() {
        let services = parse(
            r#"
            [[service]]
            module = "a"
            feature = "a"
            model = "a.json"

            [[service.fixup]]
            action = "set-trait"
            at = "B$c"
            trait = "smithy.api#length"
            value = { min = 1, max = 5 }
            reason = "the service refuses the empty text"

            [[service.fixup]]
            action = "remove"
            at = "Op"
            reason = "gone since 2020"
            "#,
        )
        .unwrap();
        let reasons: Vec<&str> = services.service[0].fixup.iter().map(Fixup::reason).collect();
        assert_eq!(reasons, ["the service refuses the empty text", "gone since 2020"]);
    }

    #[test]
    fn flaws_are_explained() {
        let service = |rest: &str| format!("[[service]]\nmodule = \"a\"\nfeature = \"a\"\nmodel = \"a.json\"\n{rest}");
        let cases = [
            (
                "[[service]]\nmodule = ".to_owned(),
                "services.toml:2:10: string values must be quoted, expected literal string",
            ),
            (service("dcos = \"x\""), "services.toml:5:1: unknown field `dcos`, expected one of"),
            ("[[service]]\nmodule = \"a\"".to_owned(), "services.toml:1:1: missing field `feature`"),
            (
                service("[[service]]\nmodule = \"a\"\nfeature = \"b\"\nmodel = \"b.json\""),
                "services.toml: service[1].module: `a` is the module of service[0] already",
            ),
            (
                "[[service]]\nmodule = \"A-b\"\nfeature = \"a b\"\nmodel = \"a.json\"".to_owned(),
                "services.toml: service[0].module: `A-b` is not a name for a module in snake_case\n\
                 services.toml: service[0].feature: `a b` is not a name for a Cargo feature",
            ),
            (
                service("[[service.fixup]]\naction = \"remove\"\nat = \"X\"\nreason = \" \""),
                "services.toml: service[0].fixup[0].reason: is empty: say why the model is wrong",
            ),
            (
                service("[[service.fixup]]\naction = \"remove\"\nat = \"X\""),
                "services.toml:5:1: missing field `reason`",
            ),
            (
                service("[[service.fixup]]\naction = \"remove\"\nat = \"X\"\nreason = \"y\"\nto = \"z\""),
                "services.toml:5:1: unknown field `to`, expected",
            ),
            (
                service("[[service.fixup]]\naction = \"repaint\"\nat = \"X\"\nreason = \"y\""),
                "services.toml:6:10: unknown variant `repaint`, expected one of",
            ),
        ];
        for (text, expected) in cases {
            let error = parse(&text).map(|_| ()).unwrap_err();
            assert!(error.starts_with(expected), "{error}\nexpected {expected}");
        }
    }
}
