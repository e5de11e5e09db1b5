//! Enumerations.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::scope::{Scope, deprecated, docs, ident};
use crate::ir::{Enum, IntEnum};

/// An enumeration of texts.
pub(super) fn texts(item: &Enum, scope: &Scope) -> TokenStream {
    let name = ident(&item.name);
    let documentation = docs(&item.docs);
    let deprecated_type = deprecated(&item.deprecated);
    let (string, from) = (scope.std("String"), scope.std("From"));
    let implement = scope.formats_path("string_enum");
    let derive_debug = (!item.sensitive).then(|| quote!(Debug,));
    let debug = item.sensitive.then(|| redacted_debug(&item.name));
    let names: Vec<_> = item.variants.iter().map(|variant| ident(&variant.name)).collect();
    let values: Vec<_> = item.variants.iter().map(|variant| &variant.value).collect();
    let variants = item.variants.iter().zip(&names).map(|(variant, name)| {
        let documentation = docs(&variant.docs);
        let deprecated = deprecated(&variant.deprecated);
        quote!(#documentation #deprecated #name)
    });
    quote! {
        #documentation
        #[derive(Clone, #derive_debug PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        #deprecated_type
        pub enum #name {
            #(#variants,)*
            /// A value that the model does not know.
            Unknown(#string),
        }

        impl #name {
            /// The values that the model knows.
            pub const VALUES: &'static [&'static str] = &[#(#values),*];

            /// The value as services send it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#names => #values,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        /// Takes the value as services send it; one that the model does not know is kept.
        impl #from<&str> for #name {
            fn from(value: &str) -> Self {
                match value {
                    #(#values => Self::#names,)*
                    _ => Self::Unknown(value.to_owned()),
                }
            }
        }

        #debug

        #implement!(#name);
    }
}

/// An enumeration of numbers.
pub(super) fn numbers(item: &IntEnum, scope: &Scope) -> TokenStream {
    let name = ident(&item.name);
    let documentation = docs(&item.docs);
    let deprecated_type = deprecated(&item.deprecated);
    let from = scope.std("From");
    let implement = scope.formats_path("int_enum");
    let derive_debug = (!item.sensitive).then(|| quote!(Debug,));
    let debug = item.sensitive.then(|| redacted_debug(&item.name));
    let names: Vec<_> = item.variants.iter().map(|variant| ident(&variant.name)).collect();
    let values: Vec<_> = item.variants.iter().map(|variant| Literal::i32_unsuffixed(variant.value)).collect();
    let variants = item.variants.iter().zip(&names).map(|(variant, name)| {
        let documentation = docs(&variant.docs);
        let deprecated = deprecated(&variant.deprecated);
        quote!(#documentation #deprecated #name)
    });
    quote! {
        #documentation
        #[derive(Clone, Copy, #derive_debug PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        #deprecated_type
        pub enum #name {
            #(#variants,)*
            /// A value that the model does not know.
            Unknown(i32),
        }

        impl #name {
            /// The values that the model knows.
            pub const VALUES: &'static [i32] = &[#(#values),*];

            /// The value as services send it.
            #[must_use]
            pub fn as_i32(&self) -> i32 {
                match self {
                    #(Self::#names => #values,)*
                    Self::Unknown(value) => *value,
                }
            }
        }

        /// Takes the value as services send it; one that the model does not know is kept.
        impl #from<i32> for #name {
            fn from(value: i32) -> Self {
                match value {
                    #(#values => Self::#names,)*
                    _ => Self::Unknown(value),
                }
            }
        }

        #debug

        #implement!(#name);
    }
}

fn redacted_debug(name: &str) -> TokenStream {
    let ident = ident(name);
    quote! {
        impl std::fmt::Debug for #ident {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(#name, "(*** redacted ***)"))
            }
        }
    }
}
