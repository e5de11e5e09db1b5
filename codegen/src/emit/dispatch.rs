//! Operations by name.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{docs, ident};
use super::waiters;
use crate::ir::Service;

/// `dispatch.rs`.
pub(super) fn dispatch(service: &Service) -> TokenStream {
    let names: Vec<_> = service.operations.iter().map(|operation| ident(&operation.variant)).collect();
    let texts: Vec<_> = service.operations.iter().map(|operation| &operation.name).collect();
    let variants = service.operations.iter().map(|operation| {
        let (name, documentation) = (ident(&operation.variant), docs(&format!("`{}`.", operation.name)));
        quote!(#documentation #name)
    });
    let parse = service.operations.iter().map(|operation| {
        let name = ident(&operation.variant);
        let texts = std::iter::once(&operation.name).chain(&operation.alias);
        quote!(#(#texts)|* => Ok(Self::#name))
    });
    let calls = service.operations.iter().map(|operation| {
        let (name, input) = (ident(&operation.variant), ident(&operation.input.name));
        quote!(OperationName::#name => self.0.call::<super::#input>(params).await)
    });
    let waiting = waiters::dispatch(service);
    quote! {
        //! Calls by name, with JSON for parameters.

        use kinesisvideo_runtime::{Document, StateNotFound, UnknownOperation, WaiterError};

        use super::{Client, Error, ServiceError};

        /// The name of an operation.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum OperationName {
            #(#variants,)*
        }

        /// The operations' names in the model.
        const NAMES: &[&str] = &[#(#texts),*];

        impl OperationName {
            /// All operations, by name.
            pub const ALL: &'static [Self] = &[#(Self::#names),*];

            /// The name in the model.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    #(Self::#names => #texts,)*
                }
            }
        }

        impl std::fmt::Display for OperationName {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        /// Takes the name in the model, its first letter in either case.
        impl std::str::FromStr for OperationName {
            type Err = UnknownOperation;

            fn from_str(name: &str) -> Result<Self, Self::Err> {
                match name {
                    #(#parse,)*
                    _ => Err(UnknownOperation::new(name, NAMES)),
                }
            }
        }

        impl Client {
            /// Calls an operation by its name, with parameters and result in JSON.
            ///
            /// Members have their names in the model. Timestamps are seconds since 1970 or RFC 3339 text, and bytes are
            /// base64. `null` for the parameters stands for none.
            ///
            /// # Errors
            /// See [`Error`]. Members that are unknown, missing or of the wrong type are reported together.
            #[doc(alias = "make_request")]
            pub async fn call(&self, operation: &str, params: Document) -> Result<Document, Error> {
                match operation.parse()? {
                    #(#calls,)*
                }
            }
        }

        #waiting
    }
}
