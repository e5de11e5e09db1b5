//! Operations: input, output, and how both go over the wire.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Scope, ident};
use super::{pages, request, response, routing, structure};
use crate::diag::Diagnostic;
use crate::ir::{Auth, Body, Operation, Payload, ReadBody};
use crate::print::Printer;

/// Prints the module of an operation.
pub(super) fn print(operation: &Operation, mut printer: Printer<'_>) -> Result<String, Diagnostic> {
    let scope = Scope::beside_types(false);
    structure::print(&operation.input, &scope, &mut printer)?;
    structure::print(&operation.output, &scope, &mut printer)?;
    printer.items(implementation(operation))?;
    if let Some(pages) = pages::implementation(operation, &scope) {
        printer.items(pages)?;
    }
    let pages_imports = pages::imports(operation);
    let imports = scope.imports();
    let title = format!(" Input and output of `{}`.", operation.name);
    printer.finish(quote! {
        #![doc = #title]

        use kinesisvideo_runtime::bind;
        use kinesisvideo_runtime::http::{Method, Request, Response};
        use kinesisvideo_runtime::operation::{DecodeError, EncodeError, Operation, OperationMeta};
        #pages_imports
        #imports

        use super::{SERVICE, ServiceError, schema};
    })
}

fn implementation(operation: &Operation) -> TokenStream {
    let (input, output) = (ident(&operation.input.name), ident(&operation.output.name));
    let meta = meta(operation);
    let tokens = tokens(operation);
    let streams = streams(operation);
    let resolve_endpoint = routing::resolve_endpoint(operation);
    let to_request = request::to_request(operation);
    let from_response = response::from_response(operation);
    quote! {
        impl Operation for #input {
            type Output = #output;
            type Error = ServiceError;
            const META: &'static OperationMeta = &#meta;

            #tokens
            #streams
            #resolve_endpoint
            #to_request
            #from_response
        }
    }
}

fn meta(operation: &Operation) -> TokenStream {
    let (name, schema) = (&operation.name, ident(&operation.schema));
    let auth = match operation.auth {
        Auth::SigV4 => TokenStream::new(),
        Auth::SigV4UnsignedPayload => quote!(.auth(kinesisvideo_runtime::Auth::SigV4UnsignedPayload)),
        Auth::Optional => quote!(.auth(kinesisvideo_runtime::Auth::Optional)),
        Auth::Bearer => quote!(.auth(kinesisvideo_runtime::Auth::Bearer)),
        Auth::None => quote!(.auth(kinesisvideo_runtime::Auth::None)),
    };
    let or_bearer = operation.or_bearer.then(|| quote!(.or_bearer()));
    let idempotent = operation.idempotent.then(|| quote!(.idempotent()));
    let streaming = matches!(operation.response.body, ReadBody::Stream(_)).then(|| quote!(.streaming_output()));
    let compress = operation.compress.then(|| quote!(.compress()));
    quote!(OperationMeta::new(#name, &SERVICE, &schema::#schema) #auth #or_bearer #idempotent #streaming #compress)
}

fn streams(operation: &Operation) -> Option<TokenStream> {
    let Body::Payload(Payload::Stream { field, .. }) = &operation.request.body else { return None };
    let field = ident(field);
    Some(quote! {
        fn take_streams(&mut self, from: &mut Self) {
            self.#field = from.#field.take().or(self.#field.take());
        }
    })
}

fn tokens(operation: &Operation) -> Option<TokenStream> {
    if operation.tokens.is_empty() {
        return None;
    }
    let fields = operation.tokens.iter().map(|field| ident(field));
    Some(quote! {
        fn fill_idempotency_tokens(&mut self, next_token: &mut dyn FnMut() -> String) {
            #(self.#fields.get_or_insert_with(&mut *next_token);)*
        }
    })
}
