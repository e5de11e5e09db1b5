//! The structure of a rule set's parameters.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::super::parameters::{Parameter, ParameterType, ParameterValue, built_in_field};

/// `EndpointParams`, its default and its constructor.
pub(super) fn definition(parameters: &[Parameter]) -> TokenStream {
    let fields = parameters.iter().map(|parameter| {
        let doc = format!(" {}", doc(parameter));
        let field = format_ident!("{}", parameter.field);
        let kind = field_type(parameter);
        quote!(#[doc = #doc] pub #field: #kind)
    });
    let is_plain = |parameter: &Parameter| {
        matches!(&parameter.default, None | Some(ParameterValue::Boolean(false)))
            || matches!(&parameter.default, Some(ParameterValue::String(text)) if text.is_empty())
            || matches!(&parameter.default, Some(ParameterValue::StringArray(items)) if items.is_empty())
    };
    let derivable = parameters.iter().all(is_plain);
    let derive = match derivable {
        true => quote!(#[derive(Clone, Debug, Default, PartialEq, Eq)]),
        false => quote!(#[derive(Clone, Debug, PartialEq, Eq)]),
    };
    let default = (!derivable).then(|| default(parameters));
    let constructor = constructor(parameters);
    quote! {
        /// What the endpoint rules of this service look at.
        #derive
        #[non_exhaustive]
        pub struct EndpointParams {
            #(#fields,)*
        }

        #default

        #constructor
    }
}

fn default(parameters: &[Parameter]) -> TokenStream {
    let fields = parameters.iter().map(|parameter| {
        let field = format_ident!("{}", parameter.field);
        let value = default_value(parameter);
        quote!(#field: #value)
    });
    quote! {
        impl Default for EndpointParams {
            fn default() -> Self {
                Self { #(#fields,)* }
            }
        }
    }
}

fn default_value(parameter: &Parameter) -> TokenStream {
    match &parameter.default {
        Some(value) => value_literal(value),
        None => quote!(None),
    }
}

fn constructor(parameters: &[Parameter]) -> TokenStream {
    let fields: Vec<_> = parameters
        .iter()
        .filter_map(|parameter| {
            let (source, _) = built_in_field(parameter.built_in.as_deref()?)?;
            let field = format_ident!("{}", parameter.field);
            let source = format_ident!("{source}");
            let value = match (parameter.kind, &parameter.default) {
                (ParameterType::Boolean, Some(_)) => quote!(built_ins.#source),
                (ParameterType::Boolean, None) => quote!(Some(built_ins.#source)),
                (_, Some(ParameterValue::String(default))) => {
                    quote!(built_ins.#source.unwrap_or(#default).to_owned())
                }
                (_, _) => quote!(built_ins.#source.map(str::to_owned)),
            };
            Some(quote!(#field: #value))
        })
        .collect();
    let argument = match fields.is_empty() {
        true => quote!(_built_ins),
        false => quote!(built_ins),
    };
    let value = with_defaults(&fields, parameters.len());
    quote! {
        impl EndpointParams {
            /// The parameters that a client's configuration gives; all others have their defaults.
            #[must_use]
            pub fn new(#argument: &BuiltIns<'_>) -> Self {
                #value
            }
        }
    }
}

/// A value of `EndpointParams` with the given fields, the others having their defaults.
fn with_defaults(fields: &[TokenStream], all: usize) -> TokenStream {
    match fields.len() {
        count if count == all => quote!(EndpointParams { #(#fields,)* }),
        0 => quote!(EndpointParams::default()),
        _ => quote!(EndpointParams { #(#fields,)* ..EndpointParams::default() }),
    }
}

/// A value of `EndpointParams` for a test.
pub(in super::super) fn params_literal(values: &[(&Parameter, ParameterValue)], all: usize) -> TokenStream {
    let fields: Vec<_> = values
        .iter()
        .map(|(parameter, value)| {
            let field = format_ident!("{}", parameter.field);
            let value = value_literal(value);
            match parameter.is_optional() {
                true => quote!(#field: Some(#value)),
                false => quote!(#field: #value),
            }
        })
        .collect();
    with_defaults(&fields, all)
}

/// A value of a parameter.
pub(crate) fn value_literal(value: &ParameterValue) -> TokenStream {
    match value {
        ParameterValue::String(text) if text.is_empty() => quote!(String::new()),
        ParameterValue::String(text) => quote!(#text.to_owned()),
        ParameterValue::Boolean(flag) => quote!(#flag),
        ParameterValue::StringArray(items) => match items.as_slice() {
            [] => quote!(Vec::new()),
            items => quote!(vec![#(#items.to_owned()),*]),
        },
    }
}

fn field_type(parameter: &Parameter) -> TokenStream {
    let kind = match parameter.kind {
        ParameterType::String => quote!(String),
        ParameterType::Boolean => quote!(bool),
        ParameterType::StringArray => quote!(Vec<String>),
    };
    match parameter.is_optional() {
        true => quote!(Option<#kind>),
        false => kind,
    }
}

fn doc(parameter: &Parameter) -> String {
    let name = &parameter.name;
    let what = match parameter.built_in.as_deref() {
        Some("AWS::Region") => "The region requests go to.".to_owned(),
        Some("AWS::UseFIPS") => "Whether the endpoint must be FIPS-compliant.".to_owned(),
        Some("AWS::UseDualStack") => "Whether the endpoint must answer over IPv4 and IPv6.".to_owned(),
        Some("SDK::Endpoint") => "The custom endpoint, a base URL.".to_owned(),
        Some("AWS::Auth::AccountId") => "The account of the credentials.".to_owned(),
        Some("AWS::Auth::AccountIdEndpointMode") => {
            "Whether the account is part of the host: `preferred`, `required` or `disabled`.".to_owned()
        }
        Some("AWS::Auth::CredentialScope") => "The scope the credentials are limited to.".to_owned(),
        Some(other) => format!("The rules' parameter `{name}`, the built-in `{other}`."),
        None => format!("The rules' parameter `{name}`."),
    };
    match parameter.required && parameter.is_optional() {
        true => format!("{what} Required."),
        false => what,
    }
}
