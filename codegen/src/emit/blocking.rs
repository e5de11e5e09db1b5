//! The client for programs that are not asynchronous.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{deprecated, docs, ident};
use crate::ir::{Operation, ReadBody, Service};

/// `blocking.rs`.
pub(super) fn blocking(service: &Service) -> TokenStream {
    let title = format!(" The client of {} for programs that are not asynchronous.", service.sdk_id);
    let about = format!(" A client of {} whose calls block.", service.sdk_id);
    let methods = service.operations.iter().map(methods);
    let endpoint = super::client::endpoint(service, &quote!(self.client.endpoint()));
    let pages = service.operations.iter().any(|operation| operation.pagination.is_some());
    let streams = service.operations.iter().any(|operation| matches!(operation.response.body, ReadBody::Stream(_)));
    let iter = pages.then(|| quote!(Iter,));
    let reader = streams.then(|| quote!(Reader,));
    let page_type = pages.then(|| quote!(Pages,));
    let stream_type = streams.then(|| quote!(ByteStream,));
    let final_output = service.waiters().next().map(|_| quote!(FinalOutput,));
    let read = streams.then(|| {
        quote! {
            /// Makes the body of a streamed output one that can be read.
            #[must_use]
            pub fn reader(&self, body: ByteStream) -> Reader {
                Reader::new(&self.executor, body)
            }
        }
    });
    quote! {
        #![doc = #title]
        //!
        //! It has the methods of the asynchronous [`Client`](super::Client), which does the work on a thread of its own. A call
        //! within an asynchronous program works too; it holds up the thread it is made on.

        use kinesisvideo_runtime::blocking::{Executor, #iter #reader};
        use kinesisvideo_runtime::{
            #stream_type Config, ConfigError, Document, Endpoint, #final_output Operation, #page_type Reply, WaiterError,
        };

        use super::{Error, ServiceError};

        #[doc = #about]
        ///
        /// It is cheap to clone: clones, and clients derived from it, share the thread that does the work, connections, credentials
        /// and the signing key. The thread ends with the last of them.
        #[derive(Clone, Debug)]
        pub struct Client {
            client: super::Client,
            executor: Executor,
        }

        impl Client {
            /// Makes a client and starts its thread. Nothing is sent, and no credential is asked for.
            ///
            /// # Errors
            /// When the configuration does not give an endpoint, or the HTTP client or the thread cannot be made.
            pub fn new(config: Config) -> Result<Self, ConfigError> {
                Ok(Self { client: super::Client::new(config)?, executor: Executor::start()? })
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
                Ok(Self { client: self.client.with_endpoint(endpoint)?, executor: self.executor.clone() })
            }

            /// A client that signs nothing and asks for no credential, and shares everything else with this one.
            #[must_use]
            pub fn unsigned(&self) -> Self {
                Self { client: self.client.unsigned(), executor: self.executor.clone() }
            }

            #endpoint

            /// The configuration the client was made with.
            #[must_use]
            pub fn config(&self) -> &Config {
                self.client.config()
            }

            /// See [`Client::send`](super::Client::send).
            ///
            /// # Errors
            /// See [`Error`].
            pub fn send<O>(&self, operation: O) -> Result<Reply<O::Output>, Error>
            where
                O: Operation<Error = ServiceError> + 'static,
                O::Output: 'static,
            {
                let client = self.client.clone();
                self.executor.run(async move { client.send(operation).await })?
            }

            /// See [`Client::call`](super::Client::call).
            ///
            /// # Errors
            /// See [`Error`].
            pub fn call(&self, operation: &str, params: Document) -> Result<Document, Error> {
                let (client, operation) = (self.client.clone(), operation.to_owned());
                self.executor.run(async move { client.call(&operation, params).await })?
            }

            /// See [`Client::wait_for`](super::Client::wait_for).
            ///
            /// # Errors
            /// See [`WaiterError`].
            pub fn wait_for(
                &self,
                state: &str,
                params: Document,
            ) -> Result<Document, WaiterError<Document, ServiceError>> {
                let (client, state) = (self.client.clone(), state.to_owned());
                self.executor.run(async move { client.wait_for(&state, params).await })?
            }

            #read
            #(#methods)*
        }
    }
}

fn methods(operation: &Operation) -> TokenStream {
    let deprecated = deprecated(&operation.deprecated);
    let method = ident(&operation.method);
    let (input, output) = (ident(&operation.input.name), ident(&operation.output.name));
    let see = see(&operation.method);
    let pages = operation.pagination.as_ref().map(|pagination| {
        let (see, method) = (self::see(&pagination.method), ident(&pagination.method));
        quote! {
            #see
            #deprecated
            pub fn #method(&self, input: super::#input) -> Iter<Pages<super::#input>> {
                Iter::new(&self.executor, self.client.#method(input))
            }
        }
    });
    let waiters = operation.waiters.iter().map(|waiter| {
        let (see, method) = (self::see(&waiter.method), ident(&waiter.method));
        quote! {
            #see
            ///
            /// # Errors
            /// See [`WaiterError`].
            #deprecated
            pub fn #method(
                &self,
                input: super::#input,
                max_wait: std::time::Duration,
            ) -> Result<FinalOutput<super::#output, ServiceError>, WaiterError<super::#output, ServiceError>> {
                let client = self.client.clone();
                self.executor.run(async move { client.#method(input, max_wait).await })?
            }
        }
    });
    quote! {
        #see
        ///
        /// # Errors
        /// See [`Error`].
        #deprecated
        pub fn #method(&self, input: super::#input) -> Result<super::#output, Error> {
            let client = self.client.clone();
            self.executor.run(async move { client.#method(input).await })?
        }

        #pages
        #(#waiters)*
    }
}

/// A link to the method that does the work, which is documented there.
fn see(method: &str) -> TokenStream {
    docs(&format!("See [`Client::{method}`](super::Client::{method})."))
}
