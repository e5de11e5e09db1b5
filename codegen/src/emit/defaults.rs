//! What fields start with, and what is read where there is nothing to read.

use proc_macro2::{Literal as Token, TokenStream};
use quote::{ToTokens as _, quote};
use serde_json::Value;

use super::scope::{Scope, ident};
use crate::ir::{Field, Format, Init, Literal, Missing};

/// The private function that gives a field's default.
pub(super) fn default_function(field: &Field) -> String {
    format!("default_in_json_{}", field.name.trim_start_matches('_'))
}

/// The private function that reads a field.
pub(super) fn read_function(field: &Field) -> String {
    format!("read_from_json_{}", field.name.trim_start_matches('_'))
}

/// The format of a field for which `null` is the model's default, where that is another than its type's: formats know
/// types alone.
pub(super) fn default_of_null(field: &Field) -> Option<&Format> {
    match (&field.format, &field.init) {
        (Format::Required(format), Init::Literal(_)) if field.read => Some(format),
        _ => None,
    }
}

/// The functions that a field's attributes name.
pub(super) fn private_functions(field: &Field, scope: &Scope) -> TokenStream {
    let of_null = default_of_null(field);
    if of_null.is_none() && field.missing != Missing::Literal {
        return TokenStream::new();
    }
    let (default, ty, value) = (ident(&default_function(field)), scope.ty(&field.ty), init(field, scope));
    let read = of_null.map(|format| {
        let (read, result) = (ident(&read_function(field)), scope.std("Result"));
        let format = scope.formats_path(&format!("As::<{}>", scope.format(&Format::Opt(Box::new(format.clone())))));
        quote! {
            fn #read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> #result<#ty, D::Error> {
                Ok(#format::deserialize(deserializer)?.unwrap_or_else(Self::#default))
            }
        }
    });
    quote! {
        fn #default() -> #ty { #value }
        #read
    }
}

/// What a field starts with.
pub(super) fn init(field: &Field, scope: &Scope) -> TokenStream {
    let literal = match &field.init {
        Init::Default if matches!(field.ty, crate::ir::Type::Option(_)) => return quote!(None),
        Init::Default => {
            let default = scope.std("Default");
            return quote!(#default::default());
        }
        Init::Absent => {
            let absent = scope.formats_path("Absent::absent");
            return quote!(#absent());
        }
        Init::Literal(literal) => literal,
    };
    match literal {
        Literal::True => quote!(true),
        Literal::Integer(value) => {
            let value = Token::i64_unsuffixed(*value);
            quote!(#value)
        }
        Literal::Float(value) => {
            let value = Token::f64_unsuffixed(*value);
            quote!(#value)
        }
        Literal::String(value) => quote!(#value.into()),
        Literal::Enum(value) => {
            let (ty, from) = (scope.ty(&field.ty), scope.std("From"));
            quote!(<#ty as #from<&str>>::from(#value))
        }
        Literal::IntEnum(value) => {
            let (ty, from) = (scope.ty(&field.ty), scope.std("From"));
            let value = Token::i64_unsuffixed(*value);
            quote!(<#ty as #from<i32>>::from(#value))
        }
        Literal::Timestamp(value) => {
            let value = Token::i64_unsuffixed(*value);
            quote!(kinesisvideo_runtime::Timestamp::from_seconds(#value))
        }
        Literal::Document(value) => document(value, scope),
    }
}

fn document(value: &Value, scope: &Scope) -> TokenStream {
    let default = scope.std("Default");
    let value = match value {
        Value::Null => return quote!(kinesisvideo_runtime::Document::Null),
        Value::Array(_) => return quote!(kinesisvideo_runtime::Document::Array(#default::default())),
        Value::Object(_) => return quote!(kinesisvideo_runtime::Document::Object(#default::default())),
        Value::Bool(value) => quote!(#value),
        Value::String(value) => quote!(#value),
        Value::Number(value) => match value.as_i64() {
            Some(value) => Token::i64_suffixed(value).into_token_stream(),
            None => Token::f64_suffixed(value.as_f64().unwrap_or_default()).into_token_stream(),
        },
    };
    quote!(kinesisvideo_runtime::Document::from(#value))
}
