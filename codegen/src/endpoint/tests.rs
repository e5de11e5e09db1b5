//! Rule sets in, Rust or findings out.

mod findings;
mod robustness;
mod rules;
mod test_cases;

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use serde_json::{Value, json};

use super::{EndpointModule, endpoint_module};
use crate::diag::Diagnostics;
use crate::model::{ShapeId, Traits};
use crate::traits;

/// A region, FIPS and a list: enough for most rules.
fn parameters() -> Value {
    json!({
        "Region": {"type": "string", "builtIn": "AWS::Region"},
        "UseFIPS": {"type": "boolean", "builtIn": "AWS::UseFIPS", "required": true, "default": false},
        "Names": {"type": "stringArray"}
    })
}

fn rule_set(parameters: Value, rules: Value) -> Value {
    json!({"version": "1.0", "parameters": parameters, "rules": rules})
}

fn compile(rule_set: Value, tests: Option<Value>) -> Result<EndpointModule, Diagnostics> {
    let mut traits = BTreeMap::from([(traits::ENDPOINT_RULE_SET.to_owned(), rule_set)]);
    if let Some(tests) = tests {
        traits.insert(traits::ENDPOINT_TESTS.to_owned(), tests);
    }
    endpoint_module("m.json", &ShapeId::new("com.a#Service"), &Traits(traits))
}

/// The one message for a rule set with the given rules.
fn finding(rules: Value) -> String {
    finding_in(rule_set(parameters(), rules))
}

fn finding_in(rule_set: Value) -> String {
    let findings = compile(rule_set, None).expect_err("nothing was found");
    assert_eq!(findings.len(), 1, "{findings}");
    findings.to_string()
}

fn print(tokens: TokenStream) -> String {
    prettyplease::unparse(&syn::parse2(tokens).expect("emitted code is not Rust"))
}

/// Checks that the module has an item exactly as given, but for layout.
#[track_caller]
fn assert_item(module: TokenStream, expected: TokenStream) {
    let expected = print(expected);
    let module = print(module);
    assert!(module.contains(&expected), "expected\n{expected}\nin\n{module}");
}

/// Checks what the body of `resolve` is for the given rules.
#[track_caller]
fn assert_rules(rules: Value, body: TokenStream) {
    let module = compile(rule_set(parameters(), rules), None).unwrap_or_else(|findings| panic!("{findings}"));
    assert_item(
        module.source,
        quote::quote! {
            pub fn resolve(params: &EndpointParams) -> Result<ResolvedEndpoint, EndpointError> { #body }
        },
    );
}

fn is_set(name: &str) -> Value {
    json!({"fn": "isSet", "argv": [{"ref": name}]})
}

fn endpoint(conditions: Value, url: &str) -> Value {
    json!({"type": "endpoint", "conditions": conditions, "endpoint": {"url": url}})
}

fn error(conditions: Value, message: &str) -> Value {
    json!({"type": "error", "conditions": conditions, "error": message})
}

fn tree(conditions: Value, rules: Value) -> Value {
    json!({"type": "tree", "conditions": conditions, "rules": rules})
}
