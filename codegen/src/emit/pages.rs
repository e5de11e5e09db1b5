//! Operations that answer a page at a time.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Scope, deprecated, docs, ident};
use crate::ir::{Operation, Step, Type};

/// The imports that [`implementation`] needs.
pub(super) fn imports(operation: &Operation) -> Option<TokenStream> {
    let pagination = operation.pagination.as_ref()?;
    let items = pagination.items.is_some().then(|| quote!(, PaginatedItems));
    Some(quote!(use kinesisvideo_runtime::paginate::{Paginated #items};))
}

/// What the runtime needs to know of an operation to follow its pages.
pub(super) fn implementation(operation: &Operation, scope: &Scope) -> Option<TokenStream> {
    let pagination = operation.pagination.as_ref()?;
    let (input, output) = (ident(&operation.input.name), ident(&operation.output.name));
    let token = scope.ty(&pagination.token);
    let field = ident(&pagination.input);
    let next = value(&pagination.output, Some(&pagination.token));
    let not_empty = pagination.may_be_empty.then(|| quote!(.filter(|token| !token.is_empty())));
    let items = pagination.items.as_ref().map(|items| {
        let (ty, value) = (scope.ty(&items.ty), value(&items.path, None));
        quote! {
            impl PaginatedItems for #input {
                type Items = #ty;

                fn items(output: #output) -> Option<Self::Items> {
                    #value
                }
            }
        }
    });
    Some(quote! {
        impl Paginated for #input {
            type Token = #token;

            fn set_token(&mut self, token: Self::Token) {
                self.#field = Some(token);
            }

            fn token(output: &#output) -> Option<Self::Token> {
                #next #not_empty
            }
        }
        #items
    })
}

/// The value at the end of a path through `output`, as an `Option`: a copy of it when its type is given, or itself.
fn value(path: &[Step], copied: Option<&Type>) -> TokenStream {
    let Some((last, way)) = path.split_last() else { return quote!(None) };
    let mut tokens = quote!(output);
    for Step { field, optional } in way {
        let field = ident(field);
        let present = optional.then(|| if copied.is_some() { quote!(.as_ref()?) } else { quote!(?) });
        tokens = quote!(#tokens.#field #present);
    }
    let field = ident(&last.field);
    let clone = copied.filter(|ty| !is_copy(ty)).map(|_| quote!(.clone()));
    if last.optional { quote!(#tokens.#field #clone) } else { quote!(Some(#tokens.#field #clone)) }
}

fn is_copy(ty: &Type) -> bool {
    matches!(ty, Type::Bool | Type::I8 | Type::I16 | Type::I32 | Type::I64 | Type::F32 | Type::F64)
}

/// The method of a client that follows pages.
pub(super) fn method(operation: &Operation) -> Option<TokenStream> {
    let pagination = operation.pagination.as_ref()?;
    let documentation = docs(&pagination.docs);
    let deprecated = deprecated(&operation.deprecated);
    let (method, input) = (ident(&pagination.method), ident(&operation.input.name));
    Some(quote! {
        #documentation
        #deprecated
        pub fn #method(&self, input: super::#input) -> Pages<super::#input> {
            Pages::new(&self.0, input)
        }
    })
}
