//! Writing a checked rule set down as Rust.

mod endpoint;
mod params;
mod values;

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::check::Checked;
use super::parameters::Parameter;
use super::typed::{Block, Branch, Outcome, Step, Value, VariableId, Variables};

pub(super) use endpoint::endpoint_literal;
pub(super) use params::params_literal;
pub(crate) use params::value_literal;
use values::Condition;
pub(super) use values::Writer;

/// The module `endpoint.rs`, and what it uses.
pub(super) struct Module {
    pub(super) source: TokenStream,
    /// The fields of `EndpointParams` that `resolve` reads.
    pub(super) fields: BTreeSet<String>,
    pub(super) uses_partitions: bool,
}

/// Writes the module `endpoint.rs`.
pub(super) fn module(parameters: &[Parameter], checked: &Checked, with_tests: bool) -> Module {
    let mut emitter = Emitter { writer: Writer::new(&checked.variables) };
    let resolve = emitter.resolve(checked);
    let writer = emitter.writer;
    let names = [
        writer.uses_auth_schemes.then_some("AuthScheme"),
        Some("BuiltIns"),
        Some("EndpointError"),
        writer.uses_properties.then_some("PropertyValue"),
        Some("ResolvedEndpoint"),
    ];
    let names = names.into_iter().flatten().chain(writer.functions);
    let names = names.map(|name| format_ident!("{name}"));
    let partitions = writer.uses_partitions.then(|| {
        quote!(
            use crate::partitions::PARTITIONS;
        )
    });
    let params = params::definition(parameters);
    let tests = with_tests.then(|| {
        quote! {
            #[cfg(test)]
            mod tests;
        }
    });
    let source = quote! {
        //! Where requests of this service go: the model's endpoint rules.

        use kinesisvideo_runtime::endpoint::{#(#names),*};

        #partitions

        #params

        #resolve

        #tests
    };
    Module { source, fields: writer.fields, uses_partitions: writer.uses_partitions }
}

struct Emitter<'a> {
    writer: Writer<'a>,
}

/// Where a statement stands in the function: whether what it gives is what the function gives.
#[derive(Clone, Copy, PartialEq)]
enum Position {
    /// Last, outside of any `if`: an expression.
    Tail,
    /// Anywhere else: `return`.
    Inner,
}

impl Emitter<'_> {
    fn resolve(&mut self, checked: &Checked) -> TokenStream {
        let rules = self.block(&checked.block, Position::Tail);
        let required: Vec<_> =
            checked.required.iter().map(|(name, value, variable)| self.required(name, value, *variable)).collect();
        let params = match self.writer.fields.is_empty() {
            true => quote!(_params),
            false => quote!(params),
        };
        quote! {
            /// Finds where requests go.
            ///
            /// # Errors
            /// [`EndpointError`] when the service or the partition does not have what the parameters ask for, and when a
            /// parameter is missing.
            pub fn resolve(#params: &EndpointParams) -> Result<ResolvedEndpoint, EndpointError> {
                #(#required)*
                #rules
            }
        }
    }

    /// Ends the function if a required parameter is not set.
    fn required(&mut self, name: &str, value: &Value, variable: VariableId) -> TokenStream {
        let used = self.writer.used.contains(&variable);
        let code = self.writer.value(value).tokens;
        let error = quote!(return Err(EndpointError::missing_parameter(#name)););
        if used {
            let ident = self.writer.ident(variable);
            quote!(let Some(#ident) = #code else { #error };)
        } else {
            let unset = self.writer.unset(value);
            quote!(if #unset { #error })
        }
    }

    /// Rules in their order, and the error where none matches.
    fn block(&mut self, block: &Block, position: Position) -> TokenStream {
        let mut code = TokenStream::new();
        for branch in &block.0 {
            let always = !branch.steps.iter().any(Step::is_conditional);
            let inner = match always {
                true => position,
                false => Position::Inner,
            };
            code.extend(self.branch(branch, inner));
            if always {
                return code;
            }
        }
        code.extend(give(quote!(Err(EndpointError::no_rule())), position));
        code
    }

    fn branch(&mut self, branch: &Branch, position: Position) -> TokenStream {
        let mut body = match &branch.outcome {
            Outcome::Endpoint(endpoint) => {
                let endpoint = self.writer.endpoint(endpoint);
                give(quote!(Ok(#endpoint)), position)
            }
            Outcome::Error(message) => {
                let message = self.writer.static_or_owned_text(message);
                give(quote!(Err(EndpointError::new(#message))), position)
            }
            Outcome::Block(block) => self.block(block, position),
        };
        // From the inside out, so that each step knows whether what it names is used.
        let mut conditions = Vec::new();
        for step in branch.steps.iter().rev() {
            match step {
                Step::When(value) => conditions.insert(0, self.writer.condition(value)),
                Step::Bind(variable, value) => {
                    let condition = match self.writer.used.contains(variable) {
                        true => self.writer.binding(*variable, value),
                        false => self.writer.is_some(value),
                    };
                    conditions.insert(0, condition);
                }
                Step::Let(variable, value) => {
                    if self.writer.used.contains(variable) {
                        body = wrap(std::mem::take(&mut conditions), body);
                        let (before, code) = self.writer.statement(value);
                        let ident = self.writer.ident(*variable);
                        body = quote!(#(#before)* let #ident = #code; #body);
                    }
                }
            }
        }
        wrap(conditions, body)
    }
}

fn wrap(conditions: Vec<Condition>, body: TokenStream) -> TokenStream {
    match conditions.as_slice() {
        [] => body,
        [Condition { alone, .. }] => quote!(if #alone { #body }),
        conditions => {
            let conditions = conditions.iter().map(|condition| &condition.chained);
            quote!(if #(#conditions)&&* { #body })
        }
    }
}

fn give(result: TokenStream, position: Position) -> TokenStream {
    match position {
        Position::Tail => result,
        Position::Inner => quote!(return #result;),
    }
}

impl<'a> Writer<'a> {
    fn new(variables: &'a Variables) -> Self {
        Self {
            variables,
            used: BTreeSet::new(),
            functions: BTreeSet::new(),
            fields: BTreeSet::new(),
            uses_partitions: false,
            uses_auth_schemes: false,
            uses_properties: false,
            hoisted: None,
        }
    }
}
