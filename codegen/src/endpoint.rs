//! Endpoint rules: `smithy.rules#endpointRuleSet` compiled to Rust.
//!
//! A rule set is read into rules, its types are checked while every reference becomes a Rust expression, and the result
//! is written as nested `if`s. Nothing interprets rules at run time; what they call is `kinesisvideo_runtime::endpoint`.

mod cases;
mod check;
mod emit;
mod issues;
mod parameters;
mod parse;
mod partitions;
mod rules;
mod template;
mod typed;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use serde_json::{Value, json};

use crate::diag::{Diagnostic, Diagnostics};
use crate::ir;
use crate::model::{ShapeId, Traits};
use crate::traits;
use issues::Issues;

pub(crate) use emit::value_literal;
pub use parameters::{Parameter, ParameterType, ParameterValue};
pub use partitions::partitions_file;

/// The compact form of endpoint rules, which is not supported.
const ENDPOINT_BDD: &str = "smithy.rules#endpointBdd";

/// The endpoint rules of a service as Rust.
#[derive(Clone, Debug)]
pub struct EndpointModule {
    /// The parameters of the rules, sorted by name: the fields of `EndpointParams`.
    pub parameters: Vec<Parameter>,
    /// `endpoint.rs`: `EndpointParams`, which `EndpointParams::new` makes of the runtime's `BuiltIns`, and
    /// `pub fn resolve(params: &EndpointParams) -> Result<ResolvedEndpoint, EndpointError>`.
    pub source: TokenStream,
    /// `endpoint/tests.rs`, which `source` declares: the model's endpoint tests of the rules alone, one function each. `None`
    /// where the model has none.
    pub tests: Option<TokenStream>,
    /// Whether `source` names `crate::partitions::PARTITIONS`.
    pub uses_partitions: bool,
    /// How some endpoints want requests signed that no client can sign: a call that would be sent there is an error.
    pub unsupported_schemes: BTreeSet<String>,
}

/// Compiles the endpoint rules among the traits of a service.
///
/// A service without rules gets the least there can be: a custom endpoint is used, and without one there is an error.
///
/// # Errors
/// Everything that is wrong with the rule set or its tests, each with its JSON path: what is malformed, unknown functions
/// and references, wrong types, optional values that are used without a check. Also rules that are only there in the form
/// of `smithy.rules#endpointBdd`.
pub fn endpoint_module(file: &str, service: &ShapeId, traits: &Traits) -> Result<EndpointModule, Diagnostics> {
    let rule_set = traits.0.get(traits::ENDPOINT_RULE_SET);
    if rule_set.is_none() && traits.0.contains_key(ENDPOINT_BDD) {
        let message = format!("has its endpoint rules as `{ENDPOINT_BDD}`, which is not supported");
        return Err(Diagnostic::shape(file, service, message)
            .with_help(format!("use a model with `{}`", traits::ENDPOINT_RULE_SET))
            .into());
    }
    let least;
    let rule_set = match rule_set {
        Some(rule_set) => rule_set,
        None => {
            least = least_rule_set();
            &least
        }
    };
    let mut issues = Issues::new(file, service, "endpointRuleSet");
    let compiled = compile(rule_set, &mut issues);
    let (mut parameters, checked) = issues.into_result(compiled)?;
    let tests = match traits.0.get(traits::ENDPOINT_TESTS) {
        Some(tests) => {
            let mut issues = Issues::new(file, service, "endpointTests");
            let module = cases::module(&parameters, tests, &mut issues);
            Some(issues.into_result(module)?).filter(|module| !module.is_empty())
        }
        None => None,
    };
    let module = emit::module(&parameters, &checked, tests.is_some());
    for parameter in &mut parameters {
        parameter.is_read = module.fields.contains(&parameter.field);
    }
    Ok(EndpointModule {
        parameters,
        source: module.source,
        tests,
        uses_partitions: module.uses_partitions,
        unsupported_schemes: unsupported_schemes(&checked),
    })
}

/// The schemes of endpoints that name some, `sigv4` not among them.
fn unsupported_schemes(checked: &check::Checked) -> BTreeSet<String> {
    let mut schemes = BTreeSet::new();
    checked.block.each_endpoint(&mut |endpoint| {
        let names = || endpoint.auth_schemes.iter().filter_map(|scheme| scheme.name.as_text());
        if !names().any(|name| name == "sigv4") {
            schemes.extend(names().map(str::to_owned));
        }
    });
    schemes
}

impl EndpointModule {
    /// `endpoint/tests.rs` in a service whose operations were lowered: what tests say of operations is tested as well.
    ///
    /// # Errors
    /// What is wrong with the tests, each with its JSON path.
    pub(crate) fn tests_of(
        &self,
        file: &str,
        id: &ShapeId,
        traits: &Traits,
        service: &ir::Service,
    ) -> Result<Option<TokenStream>, Diagnostics> {
        let (Some(tests), Some(cases)) = (&self.tests, traits.0.get(traits::ENDPOINT_TESTS)) else { return Ok(None) };
        let mut issues = Issues::new(file, id, "endpointTests");
        let module = cases::through_inputs(&self.parameters, cases, service, &mut issues);
        let mut tests = tests.clone();
        tests.extend(issues.into_result(module)?);
        Ok(Some(tests))
    }
}

fn compile(rule_set: &Value, issues: &mut Issues<'_>) -> Option<(Vec<Parameter>, check::Checked)> {
    let object = issues.object("", rule_set)?;
    object.only(&["documentation", "parameters", "rules", "serviceId", "version"], issues);
    if let Some((path, version)) = object.need("version", issues) {
        let version = issues.text(&path, version)?;
        if version.split('.').next() != Some("1") {
            issues.report_with_help(
                &path,
                format!("version `{version}` of the rules engine is not known"),
                "known are the versions from 1.0 and before 2.0",
            );
        }
    }
    let parameters = match object.need("parameters", issues) {
        Some((path, value)) => parameters::parse(&path, value, issues),
        None => Vec::new(),
    };
    let (path, value) = object.need("rules", issues)?;
    let rules = parse::rules(&path, value, issues);
    let checked = check::check(&parameters, &rules, issues);
    Some((parameters, checked))
}

/// The rules of a service that has none.
fn least_rule_set() -> Value {
    json!({
        "version": "1.0",
        "parameters": {"Endpoint": {"type": "string", "builtIn": "SDK::Endpoint"}},
        "rules": [
            {
                "type": "endpoint",
                "conditions": [{"fn": "isSet", "argv": [{"ref": "Endpoint"}]}],
                "endpoint": {"url": {"ref": "Endpoint"}}
            },
            {
                "type": "error",
                "conditions": [],
                "error": "this service has no endpoint of its own: set the endpoint"
            }
        ]
    })
}
