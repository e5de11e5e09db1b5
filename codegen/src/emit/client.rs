//! The client of a service.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{deprecated, docs, ident};
use super::{pages, waiters};
use crate::ir::{Operation, Service};

/// `client.rs`.
pub(super) fn client(service: &Service) -> TokenStream {
    let methods = service.operations.iter().map(method);
    let title = format!(" The client of {}.", service.sdk_id);
    let about = format!(" A client of {}.", service.sdk_id);
    let pages = service.operations.iter().any(|operation| operation.pagination.is_some()).then(|| quote!(Pages,));
    let (constructor, errors) = match service.is_routed() {
        true => (ident("for_operations"), "When the configuration cannot be used, or the HTTP client cannot be made."),
        false => (ident("new"), "When the configuration does not give an endpoint, or the HTTP client cannot be made."),
    };
    let errors = format!(" {errors}");
    let endpoint = endpoint(
        service,
        &match service.is_routed() {
            true => quote!(self.0.common_endpoint()),
            false => quote!(self.0.endpoint()),
        },
    );
    let (waits, waiter) = match service.waiters().next() {
        Some(_) => (Some(quote!(FinalOutput, WaiterError,)), Some(quote!(, waiter))),
        None => (None, None),
    };
    quote! {
        #![doc = #title]

        use kinesisvideo_runtime::{Config, ConfigError, Endpoint, Operation, #pages Reply, #waits};

        use super::{Error, SERVICE, ServiceError, endpoint #waiter};

        #[doc = #about]
        ///
        /// It is cheap to clone: clones share connections, credentials and the signing key.
        #[derive(Clone, Debug)]
        pub struct Client(pub(super) kinesisvideo_runtime::Client);

        impl Client {
            /// Makes a client. Nothing is sent, and no credential is asked for.
            ///
            /// # Errors
            #[doc = #errors]
            pub fn new(config: Config) -> Result<Self, ConfigError> {
                kinesisvideo_runtime::Client::#constructor(&SERVICE, config, |built_ins| {
                    endpoint::resolve(&endpoint::EndpointParams::new(built_ins))
                })
                .map(Self)
            }

            /// A client for another endpoint, which shares everything else with this one.
            ///
            /// # Errors
            /// When the endpoint is not a base URL.
            pub fn with_endpoint<E>(&self, endpoint: E) -> Result<Self, ConfigError>
            where
                E: TryInto<Endpoint>,
                ConfigError: From<E::Error>,
            {
                self.0.with_endpoint(endpoint).map(Self)
            }

            /// A client that signs nothing and asks for no credential, and shares everything else with this one.
            #[doc(alias = "make_unauthenticated_request")]
            #[must_use]
            pub fn unsigned(&self) -> Self {
                Self(self.0.unsigned())
            }

            #endpoint

            /// The configuration the client was made with.
            #[must_use]
            pub fn config(&self) -> &Config {
                self.0.config()
            }

            /// Sends an operation, and gives its output with the response it was read from and the number of attempts.
            ///
            /// # Errors
            /// See [`Error`].
            pub async fn send<O>(&self, operation: O) -> Result<Reply<O::Output>, Error>
            where
                O: Operation<Error = ServiceError>,
            {
                self.0.send(operation).await
            }

            #(#methods)*
        }
    }
}

/// The method that tells the endpoint, which is `value`; there may be none where operations say where they go.
pub(super) fn endpoint(service: &Service, value: &TokenStream) -> TokenStream {
    match service.is_routed() {
        true => quote! {
            /// Where requests of operations are sent that do not themselves say where they go; `None` when that takes more
            /// than the configuration gives.
            #[must_use]
            pub fn endpoint(&self) -> Option<&Endpoint> {
                #value
            }
        },
        false => quote! {
            /// Where requests are sent.
            #[must_use]
            pub fn endpoint(&self) -> &Endpoint {
                #value
            }
        },
    }
}

fn method(operation: &Operation) -> TokenStream {
    let documentation = docs(&operation.docs);
    let deprecated = deprecated(&operation.deprecated);
    let method = ident(&operation.method);
    let (input, output) = (ident(&operation.input.name), ident(&operation.output.name));
    let (pages, waiters) = (pages::method(operation), waiters::methods(operation));
    quote! {
        #documentation
        #deprecated
        pub async fn #method(
            &self,
            input: super::#input,
        ) -> Result<super::#output, Error> {
            Ok(self.0.send(input).await?.output)
        }

        #pages
        #waiters
    }
}
