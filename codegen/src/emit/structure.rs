//! Structures.

use proc_macro2::TokenStream;
use quote::quote;

use super::defaults::{default_function, default_of_null, init, private_functions, read_function};
use super::scope::{Scope, deprecated, docs, ident};
use crate::diag::Diagnostic;
use crate::ir::{ConstructorArgument, DebugAs, DefaultAs, Field, Format, Missing, Param, Setter, Skip, Structure};
use crate::print::Printer;

/// Prints a structure with everything that is implemented for it.
pub(super) fn print(structure: &Structure, scope: &Scope, printer: &mut Printer<'_>) -> Result<(), Diagnostic> {
    printer.items(definition(structure, scope))?;
    printer.items(methods(structure, scope))?;
    if structure.default == DefaultAs::Written {
        printer.items(default(structure, scope))?;
    }
    if let Some(debug) = debug(&structure.name, structure.debug, &structure.fields) {
        printer.items(debug)?;
    }
    if structure.absent {
        printer.items(absent(structure, scope))?;
    }
    Ok(())
}

fn definition(structure: &Structure, scope: &Scope) -> TokenStream {
    let name = ident(&structure.name);
    let documentation = docs(&structure.docs);
    let deprecated = deprecated(&structure.deprecated);
    let debug = (structure.debug == DebugAs::Derived).then(|| quote!(Debug,));
    let default = (structure.default == DefaultAs::Derived).then(|| quote!(Default,));
    let comparable = structure.comparable.then(|| quote!(PartialEq,));
    let whole =
        (structure.default != DefaultAs::Absent && !structure.fields.is_empty()).then(|| quote!(#[serde(default)]));
    let fields = structure.fields.iter().map(|field| self::field(structure, field, scope));
    quote! {
        #documentation
        #[derive(Clone, #debug #default #comparable serde::Serialize, serde::Deserialize)]
        #whole
        #[non_exhaustive]
        #deprecated
        pub struct #name { #(#fields,)* }
    }
}

fn field(structure: &Structure, field: &Field, scope: &Scope) -> TokenStream {
    let name = ident(&field.name);
    let documentation = docs(&field.docs);
    let deprecated = deprecated(&field.deprecated);
    let ty = scope.ty(&field.ty);
    let mut arguments = Vec::new();
    if field.wire != field.name {
        let wire = &field.wire;
        arguments.push(quote!(rename = #wire));
    }
    arguments.extend(field.aliases.iter().map(|alias| quote!(alias = #alias)));
    match field.missing {
        Missing::ByStructure => {}
        Missing::Default => arguments.push(quote!(default)),
        Missing::Absent => {
            let function = scope.in_formats("Absent::absent");
            arguments.push(quote!(default = #function));
        }
        Missing::Literal => {
            let function = format!("{}::{}", structure.name, default_function(field));
            arguments.push(quote!(default = #function));
        }
    }
    match field.skip {
        None => {}
        Some(Skip::None) => {
            let predicate = format!("{}::is_none", scope.std_text("Option"));
            arguments.push(quote!(skip_serializing_if = #predicate));
        }
        Some(Skip::Always) => arguments.push(quote!(skip_serializing)),
    }
    if !field.read {
        arguments.push(quote!(skip_deserializing));
    }
    if default_of_null(field).is_some() {
        let write = scope.in_formats(&format!("As::<{}>::serialize", scope.format(&field.format)));
        let read = format!("{}::{}", structure.name, read_function(field));
        arguments.push(quote!(serialize_with = #write, deserialize_with = #read));
    } else if field.format != Format::Plain {
        let with = scope.in_formats(&format!("As::<{}>", scope.format(&field.format)));
        arguments.push(quote!(with = #with));
    }
    let serde = (!arguments.is_empty()).then(|| quote!(#[serde(#(#arguments),*)]));
    quote! {
        #documentation
        #serde
        #deprecated
        pub #name: #ty
    }
}

fn methods(structure: &Structure, scope: &Scope) -> TokenStream {
    let name = ident(&structure.name);
    let new = constructor(structure, scope);
    let setters = structure.setters.iter().map(|setter| self::setter(setter, scope));
    let private = structure.fields.iter().map(|field| private_functions(field, scope));
    quote! {
        impl #name {
            #new
            #(#setters)*
            #(#private)*
        }
    }
}

/// How many arguments a function may have before clippy counts them.
const MANY_ARGUMENTS: usize = 7;

fn constructor(structure: &Structure, scope: &Scope) -> TokenStream {
    let arguments = structure.constructor.iter().map(|argument| {
        let name = ident(&argument.field);
        let ty = param(&argument.param, scope);
        quote!(#name: #ty)
    });
    let values = structure.fields.iter().map(|field| {
        let name = ident(&field.name);
        match structure.constructor.iter().find(|argument| argument.field == field.name) {
            Some(ConstructorArgument { param: Param::Plain(_), wrap: false, .. }) => quote!(#name),
            Some(argument) => {
                let value = argument_value(argument, scope);
                quote!(#name: #value)
            }
            None => {
                let value = init(field, scope);
                quote!(#name: #value)
            }
        }
    });
    let documentation = docs(if structure.constructor.is_empty() {
        "A value in which no member is set, or those with a default to that."
    } else {
        "A value with the members that are required; its methods set others."
    });
    let many = (structure.constructor.len() > MANY_ARGUMENTS)
        .then(|| quote!(#[allow(clippy::too_many_arguments, reason = "the model requires so many members")]));
    let body = if structure.constructor.is_empty() && structure.default != DefaultAs::Absent {
        let default = scope.std("Default");
        quote!(#default::default())
    } else {
        quote!(Self { #(#values,)* })
    };
    quote! {
        #documentation
        #many
        #[must_use]
        pub fn new(#(#arguments),*) -> Self {
            #body
        }
    }
}

fn argument_value(argument: &ConstructorArgument, scope: &Scope) -> TokenStream {
    let name = ident(&argument.field);
    let value = param_value(&argument.param, &name, scope);
    if argument.wrap { quote!(Some(#value)) } else { value }
}

fn param(param: &Param, scope: &Scope) -> TokenStream {
    match param {
        Param::Plain(ty) | Param::Boxed(ty) => scope.ty(ty),
        Param::Into(ty) => {
            let (into, ty) = (scope.std("Into"), scope.ty(ty));
            quote!(impl #into<#ty>)
        }
    }
}

fn param_value(param: &Param, name: &proc_macro2::Ident, scope: &Scope) -> TokenStream {
    match param {
        Param::Plain(_) => quote!(#name),
        Param::Into(_) => quote!(#name.into()),
        Param::Boxed(_) => {
            let boxed = scope.std("Box");
            quote!(#boxed::new(#name))
        }
    }
}

fn setter(setter: &Setter, scope: &Scope) -> TokenStream {
    let name = ident(&setter.field);
    let documentation = docs(&format!("Sets [`{0}`](Self::{0}).", setter.field));
    let deprecated = deprecated(&setter.deprecated);
    let ty = param(&setter.param, scope);
    let value = param_value(&setter.param, &name, scope);
    let value = if setter.wrap { quote!(Some(#value)) } else { value };
    let operator = setter
        .like_operator
        .then(|| quote!(#[allow(clippy::should_implement_trait, reason = "it sets a member of that name")]));
    quote! {
        #documentation
        #deprecated
        #operator
        #[must_use]
        pub fn #name(mut self, #name: #ty) -> Self {
            self.#name = #value;
            self
        }
    }
}

fn default(structure: &Structure, scope: &Scope) -> TokenStream {
    let name = ident(&structure.name);
    let default = scope.std("Default");
    let values = values(&structure.fields, scope);
    quote! {
        impl #default for #name {
            fn default() -> Self {
                Self { #(#values,)* }
            }
        }
    }
}

fn absent(structure: &Structure, scope: &Scope) -> TokenStream {
    let name = ident(&structure.name);
    let absent = scope.formats_path("Absent");
    let body = if structure.default == DefaultAs::Absent {
        let values = values(&structure.fields, scope);
        quote!(Self { #(#values,)* })
    } else {
        let default = scope.std("Default");
        quote!(#default::default())
    };
    quote! {
        impl #absent for #name {
            fn absent() -> Self {
                #body
            }
        }
    }
}

fn values<'a>(fields: &'a [Field], scope: &'a Scope) -> impl Iterator<Item = TokenStream> + 'a {
    fields.iter().map(|field| {
        let name = ident(&field.name);
        let value = init(field, scope);
        quote!(#name: #value)
    })
}

/// `Debug` without what must not be shown.
fn debug(name: &str, debug: DebugAs, fields: &[Field]) -> Option<TokenStream> {
    let ident = ident(name);
    let body = match debug {
        DebugAs::Derived => return None,
        DebugAs::Opaque => quote!(f.write_str(concat!(#name, "(*** redacted ***)"))),
        DebugAs::Redacted => {
            let fields = fields.iter().map(|field| {
                let (text, name) = (&field.name, super::scope::ident(&field.name));
                if field.sensitive {
                    quote!(.field(#text, &kinesisvideo_runtime::Redacted))
                } else {
                    quote!(.field(#text, &self.#name))
                }
            });
            quote!(f.debug_struct(#name) #(#fields)* .finish())
        }
    };
    Some(quote! {
        impl std::fmt::Debug for #ident {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                #body
            }
        }
    })
}
