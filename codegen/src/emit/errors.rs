//! The errors of a service.

use proc_macro2::TokenStream;
use quote::quote;

use super::response;
use super::scope::{Scope, docs, ident};
use super::structure;
use crate::diag::Diagnostic;
use crate::ir::{Error, Service};
use crate::print::Printer;

/// Prints `error.rs`.
pub(super) fn print(service: &Service, mut printer: Printer<'_>) -> Result<String, Diagnostic> {
    let scope = Scope::beside_types(service.errors_hide_prelude);
    let enumeration = enumeration(service, &scope);
    for error in &service.errors {
        structure::print(&error.structure, &scope, &mut printer)?;
        printer.items(traits(error))?;
    }
    let imports = scope.imports();
    let uses_bind = !service.errors.is_empty();
    let bind = uses_bind.then(|| {
        quote!(
            use kinesisvideo_runtime::bind;
        )
    });
    printer.finish(quote! {
        //! What the service may answer when it refuses.

        #bind
        use kinesisvideo_runtime::UnhandledError;
        use kinesisvideo_runtime::http::Response;
        use kinesisvideo_runtime::operation::Retryable;
        #imports

        /// The error of a call of this service.
        pub type Error = kinesisvideo_runtime::Error<ServiceError>;

        #enumeration
    })
}

fn enumeration(service: &Service, scope: &Scope) -> TokenStream {
    let names: Vec<_> = service.errors.iter().map(|error| ident(&error.variant)).collect();
    let codes: Vec<_> = service.errors.iter().map(|error| &error.code).collect();
    let variants = service.errors.iter().zip(&names).map(|(error, name)| {
        let documentation = docs(&error.structure.docs);
        quote!(#documentation #name(#name))
    });
    let reads = service.errors.iter().map(|error| {
        let (code, name) = (&error.code, ident(&error.variant));
        let value = read(error);
        quote!(#code => Self::#name(#value))
    });
    let message = service.errors.iter().any(|error| error.is_message_alone).then(|| {
        quote!(
            let message = || bind::error_message(response);
        )
    });
    let unhandled = quote!(Self::Unhandled(UnhandledError::from_response(code, response)));
    let from_response = match names.is_empty() {
        true => unhandled,
        false => quote! {
            #message
            match code { #(#reads,)* _ => #unhandled, }
        },
    };
    let retryable = retryable(service, scope);
    let option = scope.std("Option");
    quote! {
        /// An error of the service: what [`Error::Service`](kinesisvideo_runtime::Error::Service) holds.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum ServiceError {
            #(#variants,)*
            /// An error that the model does not know.
            Unhandled(UnhandledError),
        }

        impl ServiceError {
            /// The code the service sent.
            #[must_use]
            pub fn code(&self) -> &str {
                match self {
                    #(Self::#names(_) => #codes,)*
                    Self::Unhandled(error) => &error.code,
                }
            }

            /// The service's explanation.
            #[must_use]
            pub fn message(&self) -> #option<&str> {
                match self {
                    #(Self::#names(error) => error.message.as_deref(),)*
                    Self::Unhandled(error) => error.message.as_deref(),
                }
            }
        }

        /// Shows the service's explanation, or the code if there is none.
        impl std::fmt::Display for ServiceError {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.message().unwrap_or_else(|| self.code()))
            }
        }

        impl std::error::Error for ServiceError {}

        impl kinesisvideo_runtime::ServiceError for ServiceError {
            fn from_response(code: &str, response: &Response) -> Self {
                #from_response
            }

            #retryable
        }
    }
}

fn retryable(service: &Service, scope: &Scope) -> TokenStream {
    let option = scope.std("Option");
    let arms: Vec<TokenStream> = service
        .errors
        .iter()
        .filter_map(|error| {
            let (code, throttling) = (&error.code, error.retryable?);
            Some(quote!(#code => Some(Retryable { throttling: #throttling })))
        })
        .collect();
    if arms.is_empty() {
        return quote! {
            fn retryable(_: &str) -> #option<Retryable> {
                None
            }
        };
    }
    quote! {
        fn retryable(code: &str) -> #option<Retryable> {
            match code {
                #(#arms,)*
                _ => None,
            }
        }
    }
}

fn read(error: &Error) -> TokenStream {
    let name = ident(&error.structure.name);
    if error.is_message_alone {
        return quote!(#name { message: message() });
    }
    if error.headers.is_empty() {
        return quote!(bind::error(response));
    }
    let headers = error.headers.iter().map(|header| {
        let (field, read) = (ident(&header.field), response::read(header));
        // An error that cannot be read in full is still that error.
        response::set(&quote!(error.#field), quote!(#read.ok().flatten()), header.optional)
    });
    quote! {
        {
            let mut error: #name = bind::error(response);
            #(#headers)*
            error
        }
    }
}

/// What makes a structure an error.
fn traits(error: &Error) -> TokenStream {
    let (name, code) = (ident(&error.structure.name), &error.code);
    quote! {
        /// Shows the service's explanation, or the code if there is none.
        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.message.as_deref().unwrap_or(#code))
            }
        }

        impl std::error::Error for #name {}
    }
}
