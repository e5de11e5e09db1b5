//! Unions.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Scope, deprecated, docs, ident};
use crate::ir::{DebugAs, Format, Union, UnionVariant};

/// A union with everything that is implemented for it.
pub(super) fn union(union: &Union, scope: &Scope) -> TokenStream {
    let name = ident(&union.name);
    let documentation = docs(&union.docs);
    let deprecated = deprecated(&union.deprecated);
    let (string, result) = (scope.std("String"), scope.std("Result"));
    let implement = scope.formats_path("union");
    let derive_debug = (union.debug == DebugAs::Derived).then(|| quote!(Debug,));
    let debug = debug(union);
    let variants = union.variants.iter().map(|variant| self::variant(variant, scope));
    let reads = union.variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let format = scope.format_path(&variant.format);
        let names = std::iter::once(&variant.wire).chain(&variant.aliases);
        quote!(#(#names)|* => format::union_member::<#format, _, _, _>(object, Self::#name))
    });
    let reads: Vec<_> = reads.collect();
    let object = if reads.is_empty() { quote!(_) } else { quote!(object) };
    quote! {
        #documentation
        #[derive(Clone, #derive_debug PartialEq, serde::Serialize)]
        #[allow(clippy::large_enum_variant, reason = "which members are large is the model's business")]
        #[non_exhaustive]
        #deprecated
        pub enum #name {
            #(#variants,)*
            /// A member that the model does not know, by its name. It can be received, not sent.
            #[serde(skip_serializing)]
            Unknown(#string),
        }

        #debug

        impl format::Union for #name {
            fn read_member<'de, A: serde::de::MapAccess<'de>>(
                name: &str,
                #object: &mut A,
            ) -> #result<format::Member<Self>, A::Error> {
                match name {
                    #(#reads,)*
                    _ => Ok(format::Member::Unknown),
                }
            }

            fn unknown(name: #string) -> Self {
                Self::Unknown(name)
            }
        }

        #implement!(#name);
    }
}

fn variant(variant: &UnionVariant, scope: &Scope) -> TokenStream {
    let name = ident(&variant.name);
    let documentation = docs(&variant.docs);
    let deprecated = deprecated(&variant.deprecated);
    let ty = scope.ty(&variant.ty);
    let wire = &variant.wire;
    let with = (variant.format != Format::Plain).then(|| {
        let with = scope.in_formats(&format!("As::<{}>::serialize", scope.format(&variant.format)));
        quote!(, serialize_with = #with)
    });
    quote! {
        #documentation
        #[serde(rename = #wire #with)]
        #deprecated
        #name(#ty)
    }
}

/// `Debug` without what must not be shown.
fn debug(union: &Union) -> TokenStream {
    let name = &union.name;
    let ident = ident(name);
    let body = match union.debug {
        DebugAs::Derived => return TokenStream::new(),
        DebugAs::Opaque => quote!(f.write_str(concat!(#name, "(*** redacted ***)"))),
        DebugAs::Redacted => {
            let arms = union.variants.iter().map(|variant| {
                let (text, name) = (&variant.name, super::scope::ident(&variant.name));
                if variant.sensitive {
                    quote!(Self::#name(_) => f.debug_tuple(#text).field(&kinesisvideo_runtime::Redacted).finish())
                } else {
                    quote!(Self::#name(value) => f.debug_tuple(#text).field(value).finish())
                }
            });
            quote! {
                match self {
                    #(#arms,)*
                    Self::Unknown(name) => f.debug_tuple("Unknown").field(name).finish(),
                }
            }
        }
    };
    quote! {
        impl std::fmt::Debug for #ident {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                #body
            }
        }
    }
}
