//! The endpoint tests of a model as tests in Rust.

mod operations;

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use super::check;
use super::emit::{endpoint_literal, params_literal};
use super::issues::{Issues, Object};
use super::parameters::{Parameter, ParameterValue};
use crate::naming;

pub(super) use operations::module as through_inputs;

/// The longest name a test gets from its documentation, in characters.
const LONGEST_NAME: usize = 80;

/// The module `endpoint/tests.rs`: one `#[test]` for each test case that says what the parameters are.
pub(super) fn module(parameters: &[Parameter], value: &Value, issues: &mut Issues<'_>) -> Option<TokenStream> {
    let object = issues.object("", value)?;
    object.only(&["testCases", "version"], issues);
    let Some(cases) = object.get("testCases") else {
        return Some(TokenStream::new());
    };
    let mut writer = Cases::new(parameters);
    let cases = issues.array(&object.at("testCases"), cases)?;
    let cases: Vec<_> =
        cases.iter().enumerate().filter_map(|(index, (path, value))| writer.case(index, path, value, issues)).collect();
    if cases.is_empty() {
        return Some(TokenStream::new());
    }
    let names = writer.names();
    Some(quote! {
        //! The model's own tests of its endpoint rules.

        use kinesisvideo_runtime::endpoint::{#(#names),*};

        use super::{EndpointParams, resolve};

        #(#cases)*
    })
}

struct Cases<'a> {
    parameters: &'a [Parameter],
    names: BTreeSet<String>,
    uses_error: bool,
    uses_endpoint: bool,
    uses_auth_schemes: bool,
    uses_properties: bool,
}

impl<'a> Cases<'a> {
    fn new(parameters: &'a [Parameter]) -> Self {
        Self {
            parameters,
            names: BTreeSet::from(["operations".to_owned(), "resolve".to_owned()]),
            uses_error: false,
            uses_endpoint: false,
            uses_auth_schemes: false,
            uses_properties: false,
        }
    }

    /// What the tests name of the runtime.
    fn names(&self) -> Vec<Ident> {
        let names = [
            (self.uses_auth_schemes, "AuthScheme"),
            (self.uses_error, "EndpointError"),
            (self.uses_properties, "PropertyValue"),
            (self.uses_endpoint, "ResolvedEndpoint"),
        ];
        names.iter().filter(|(used, _)| *used).map(|(_, name)| format_ident!("{name}")).collect()
    }

    fn case(&mut self, index: usize, path: &str, value: &Value, issues: &mut Issues<'_>) -> Option<TokenStream> {
        let object = issues.object(path, value)?;
        object.only(&["documentation", "expect", "operationInputs", "params"], issues);
        let documentation = match object.get("documentation") {
            Some(text) => issues.text(&object.at("documentation"), text)?,
            None => "",
        };
        let values = self.params(&object, issues)?;
        let params = params_literal(&values, self.parameters.len());
        let (path, expect) = object.need("expect", issues)?;
        let expected = self.expected(&path, expect, issues)?;
        let name = format_ident!("{}", self.name(documentation, index));
        Some(quote! {
            #[test]
            fn #name() {
                let params = #params;
                let resolved = resolve(&params);
                let expected = #expected;
                assert_eq!(resolved, expected);
            }
        })
    }

    fn params(&self, case: &Object<'_>, issues: &mut Issues<'_>) -> Option<Vec<(&Parameter, ParameterValue)>> {
        let Some(value) = case.get("params") else {
            return Some(Vec::new());
        };
        let object = issues.object(&case.at("params"), value)?;
        let mut values = Vec::new();
        for (name, path, value) in object.fields() {
            let parameter = self.parameters.iter().find(|known| known.name == name);
            let Some(parameter) = parameter else {
                issues.report(&path, format!("the rule set has no parameter `{name}`"));
                return None;
            };
            if !value.is_null() {
                values.push((parameter, parameter.kind.value(&path, value, issues)?));
            }
        }
        Some(values)
    }

    /// What a case expects, as a `Result`.
    fn expected(&mut self, path: &str, value: &Value, issues: &mut Issues<'_>) -> Option<TokenStream> {
        let object = issues.object(path, value)?;
        object.only(&["endpoint", "error"], issues);
        if let Some(error) = object.get("error") {
            let error = issues.text(&object.at("error"), error)?;
            self.uses_error = true;
            return Some(quote!(Err(EndpointError::new(#error))));
        }
        let (path, endpoint) = object.need("endpoint", issues)?;
        let endpoint = check::expected(&path, endpoint, issues)?;
        let (tokens, uses_auth_schemes, uses_properties) = endpoint_literal(&endpoint);
        self.uses_endpoint = true;
        self.uses_auth_schemes |= uses_auth_schemes;
        self.uses_properties |= uses_properties;
        Some(quote!(Ok(#tokens)))
    }

    /// A name for a test, from its documentation, that no other test has.
    fn name(&mut self, documentation: &str, index: usize) -> String {
        let mut name = String::new();
        for word in documentation.split(|c: char| !c.is_ascii_alphanumeric()) {
            if name.len() + word.len() > LONGEST_NAME {
                break;
            }
            if !name.is_empty() && !word.is_empty() {
                name.push('_');
            }
            name.push_str(&word.to_ascii_lowercase());
        }
        let name = match name.as_str() {
            "" => format!("case_{}", index + 1),
            digit if digit.starts_with(|c: char| c.is_ascii_digit()) => format!("case_{digit}"),
            name => naming::local(name),
        };
        let numbered = (2..).map(|number| format!("{name}_{number}"));
        let mut candidates = std::iter::once(name.clone()).chain(numbered);
        let unique = candidates.find(|candidate| !self.names.contains(candidate));
        let unique = unique.unwrap_or(name);
        self.names.insert(unique.clone());
        unique
    }
}
