//! The module of a service.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{ident, inner_docs};
use crate::ir::Service;

/// `mod.rs`.
pub(super) fn module(service: &Service) -> TokenStream {
    let documentation = inner_docs(&service.docs);
    let types = (!service.types.is_empty()).then(|| {
        let allow = service.types_deprecated.then(allow_deprecated);
        quote!(#allow pub mod types;)
    });
    let errors = service.errors_deprecated.then(allow_deprecated);
    let any_deprecated = service.operations.iter().any(|operation| operation.deprecated.is_some());
    let blocking = any_deprecated.then(allow_deprecated);
    let schema = service.schema_deprecated.then(allow_deprecated);
    let operations = service.operations.iter().map(|operation| {
        let module = ident(&operation.module);
        let allow = operation.uses_deprecated.then(allow_deprecated);
        quote!(#allow mod #module;)
    });
    let exports = service.operations.iter().map(|operation| {
        let module = ident(&operation.module);
        let (input, output) = (ident(&operation.input.name), ident(&operation.output.name));
        quote!(pub use #module::{#input, #output};)
    });
    let waiter = service.waiters().next().map(|_| {
        quote!(
            mod waiter;
        )
    });
    let (sdk_id, identifier) = (&service.sdk_id, &service.identifier);
    let (prefix, signing_name, version) = (&service.endpoint_prefix, &service.signing_name, &service.api_version);
    quote! {
        #documentation

        #[cfg(feature = "blocking")]
        #blocking
        pub mod blocking;
        mod client;
        mod dispatch;
        pub mod endpoint;
        #errors
        pub mod error;
        #schema
        mod schema;
        #types
        #waiter
        #(#operations)*

        pub use client::Client;
        pub use dispatch::OperationName;
        pub use error::{Error, ServiceError};
        #(#exports)*

        use kinesisvideo_runtime::Service;

        /// The version of the API that this module is generated from.
        pub const API_VERSION: &str = #version;

        /// The versions of the API that there are.
        pub const API_VERSIONS: &[&str] = &[API_VERSION];

        /// What the model says of the service.
        pub static SERVICE: Service = Service::new(#sdk_id, #identifier, #prefix, #signing_name, API_VERSION);
    }
}

fn allow_deprecated() -> TokenStream {
    quote!(#[allow(deprecated, reason = "what is deprecated is still there")])
}
