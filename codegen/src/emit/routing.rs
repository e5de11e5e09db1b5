//! Operations that say where they go.

use proc_macro2::TokenStream;
use quote::quote;

use super::expression::expression;
use super::scope::ident;
use crate::endpoint::{ParameterType, value_literal};
use crate::ir::{EndpointParam, EndpointValue, FieldKind, Operation};

/// The method that asks the endpoint rules, where the operation gives them parameters of its own.
pub(super) fn resolve_endpoint(operation: &Operation) -> Option<TokenStream> {
    if operation.endpoint_params.is_empty() {
        return None;
    }
    let params = operation.endpoint_params.iter().map(set);
    let uses_paths = operation.endpoint_params.iter().any(|param| matches!(param.value, EndpointValue::Path { .. }));
    let import = uses_paths.then(|| {
        quote!(
            use kinesisvideo_runtime::jmespath::Expression;
        )
    });
    Some(quote! {
        fn resolve_endpoint(
            &self,
            built_ins: &kinesisvideo_runtime::endpoint::BuiltIns<'_>,
        ) -> Option<
            Result<
                kinesisvideo_runtime::endpoint::ResolvedEndpoint,
                kinesisvideo_runtime::endpoint::EndpointError,
            >,
        > {
            #import
            let mut params = super::endpoint::EndpointParams::new(built_ins);
            #(#params)*
            Some(super::endpoint::resolve(&params))
        }
    })
}

fn set(param: &EndpointParam) -> TokenStream {
    let field = ident(&param.field);
    let wrapped = |value: TokenStream| match param.optional {
        true => quote!(Some(#value)),
        false => value,
    };
    match &param.value {
        EndpointValue::Constant(value) => {
            let value = wrapped(value_literal(value));
            quote!(params.#field = #value;)
        }
        EndpointValue::Field { field: of_input, kind } => {
            let of_input = ident(of_input);
            let (source, value) = match kind {
                FieldKind::Copy => (quote!(self.#of_input), quote!(value)),
                FieldKind::Clone => (quote!(&self.#of_input), quote!(value.clone())),
                FieldKind::Enum => (quote!(&self.#of_input), quote!(value.as_str().to_owned())),
            };
            let value = wrapped(value);
            quote!(if let Some(value) = #source { params.#field = #value; })
        }
        EndpointValue::Path { kind, path } => {
            let path = expression(path);
            let function = match kind {
                ParameterType::String => quote!(text_of),
                ParameterType::Boolean => quote!(flag_of),
                ParameterType::StringArray => quote!(texts_of),
            };
            let value = wrapped(quote!(value));
            quote! {
                if let Some(value) = kinesisvideo_runtime::endpoint::#function(self, &#path) {
                    params.#field = #value;
                }
            }
        }
    }
}
