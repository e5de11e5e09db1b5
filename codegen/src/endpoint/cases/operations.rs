//! Endpoint tests that say what an operation is called with, as tests through its input.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use super::super::issues::{Issues, Object};
use super::super::parameters::{ParameterValue, built_in_field};
use super::{Cases, Parameter};
use crate::ir::{Operation, Service};

/// The module of tests that go through inputs; empty when no test names an operation that says where it goes.
pub(in super::super) fn module(
    parameters: &[Parameter],
    value: &Value,
    service: &Service,
    issues: &mut Issues<'_>,
) -> Option<TokenStream> {
    let object = issues.object("", value)?;
    let Some(cases) = object.get("testCases") else { return Some(TokenStream::new()) };
    let mut writer = Cases::new(parameters);
    let mut tests = Vec::new();
    for (index, (path, value)) in issues.array(&object.at("testCases"), cases)?.iter().enumerate() {
        tests.extend(writer.through_inputs(index, path, value, service, issues)?);
    }
    if tests.is_empty() {
        return Some(TokenStream::new());
    }
    let names = writer.names();
    Some(quote! {
        /// The same through inputs.
        mod operations {
            use kinesisvideo_runtime::Operation as _;
            use kinesisvideo_runtime::endpoint::{BuiltIns, #(#names),*};

            #(#tests)*
        }
    })
}

impl Cases<'_> {
    fn through_inputs(
        &mut self,
        index: usize,
        path: &str,
        value: &Value,
        service: &Service,
        issues: &mut Issues<'_>,
    ) -> Option<Vec<TokenStream>> {
        let object = issues.object(path, value)?;
        let Some(inputs) = object.get("operationInputs") else { return Some(Vec::new()) };
        let documentation = object.get("documentation").and_then(Value::as_str).unwrap_or_default();
        let (expect_path, expect) = object.need("expect", issues)?;
        let mut tests = Vec::new();
        for (path, input) in issues.array(&object.at("operationInputs"), inputs)? {
            let input = issues.object(&path, input)?;
            input.only(&["builtInParams", "clientParams", "operationName", "operationParams"], issues);
            let (path, name) = input.need("operationName", issues)?;
            let name = issues.text(&path, name)?;
            let operation = service.operations.iter().find(|operation| operation.name == name);
            let Some(operation) = operation.filter(|operation| !operation.endpoint_params.is_empty()) else { continue };
            if let Some(test) =
                self.through_input(operation, &input, documentation, index, (&expect_path, expect), issues)
            {
                tests.push(test);
            }
        }
        Some(tests)
    }

    fn through_input(
        &mut self,
        operation: &Operation,
        input: &Object<'_>,
        documentation: &str,
        index: usize,
        expect: (&str, &Value),
        issues: &mut Issues<'_>,
    ) -> Option<TokenStream> {
        let built_ins = built_ins(input, issues)?;
        let expected = self.expected(expect.0, expect.1, issues)?;
        let name = format_ident!("{}", self.name(documentation, index));
        let ty = format_ident!("{}", operation.input.name);
        let params = input.get("operationParams").map_or_else(|| "{}".to_owned(), Value::to_string);
        let mutable = (!built_ins.is_empty()).then(|| quote!(mut));
        Some(quote! {
            #[test]
            fn #name() {
                let input: super::super::super::#ty = serde_json::from_str(#params).unwrap();
                let #mutable built_ins = BuiltIns::default();
                #(#built_ins)*
                let resolved = input.resolve_endpoint(&built_ins);
                let expected = #expected;
                assert_eq!(resolved, Some(expected));
            }
        })
    }
}

/// What the configuration gives, an assignment each; `None` when that is something no setting of ours can.
fn built_ins(input: &Object<'_>, issues: &mut Issues<'_>) -> Option<Vec<TokenStream>> {
    let Some(value) = input.get("builtInParams") else { return Some(Vec::new()) };
    let object = issues.object(&input.at("builtInParams"), value)?;
    let mut assignments = Vec::new();
    for (name, path, value) in object.fields() {
        let (field, kind) = built_in_field(name)?;
        let field = format_ident!("{field}");
        assignments.push(match kind.value(&path, value, issues)? {
            ParameterValue::Boolean(flag) => quote!(built_ins.#field = #flag;),
            ParameterValue::String(text) => quote!(built_ins.#field = Some(#text);),
            ParameterValue::StringArray(_) => return None,
        });
    }
    Some(assignments)
}
