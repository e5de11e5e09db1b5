//! Waiters.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::expression::expression;
use super::scope::{deprecated, docs, ident};
use crate::ir::{Matcher, Operation, PathMatcher, Service, Waiter};

/// `waiter.rs`.
pub(super) fn module(service: &Service) -> TokenStream {
    let waiters: Vec<&Waiter> = service.waiters().map(|(_, waiter)| waiter).collect();
    let asks_paths = waiters
        .iter()
        .flat_map(|waiter| &waiter.acceptors)
        .any(|acceptor| matches!(acceptor.matcher, Matcher::Output(_) | Matcher::InputOutput(_)));
    let (expressions, imports) = match asks_paths {
        true => (
            Some(quote!(
                use kinesisvideo_runtime::jmespath::Expression;
            )),
            quote!(Acceptor, Comparator, Matcher, PathMatcher, State, Waiter),
        ),
        false => (None, quote!(Acceptor, Matcher, State, Waiter)),
    };
    let statics = waiters.into_iter().map(waiter);
    quote! {
        //! How to tell that a resource is in a state.

        #expressions
        use kinesisvideo_runtime::waiter::{#imports};

        #(#statics)*
    }
}

fn waiter(waiter: &Waiter) -> TokenStream {
    let (name, constant) = (&waiter.name, ident(&waiter.constant));
    let [min_delay, max_delay] = [waiter.min_delay, waiter.max_delay].map(Literal::u32_unsuffixed);
    let acceptors = waiter.acceptors.iter().map(|acceptor| {
        let (state, matcher) = (ident(acceptor.state), matcher(&acceptor.matcher));
        quote!(Acceptor::new(State::#state, #matcher))
    });
    quote! {
        pub(super) static #constant: Waiter = Waiter::new(#name, #min_delay, #max_delay, &[#(#acceptors),*]);
    }
}

fn matcher(matcher: &Matcher) -> TokenStream {
    match matcher {
        Matcher::Success(success) => quote!(Matcher::Success(#success)),
        Matcher::ErrorType(code) => quote!(Matcher::ErrorType(#code)),
        Matcher::Output(path) => {
            let path = path_matcher(path);
            quote!(Matcher::Output(#path))
        }
        Matcher::InputOutput(path) => {
            let path = path_matcher(path);
            quote!(Matcher::InputOutput(#path))
        }
    }
}

fn path_matcher(matcher: &PathMatcher) -> TokenStream {
    let (path, comparator, expected) = (expression(&matcher.path), ident(matcher.comparator), &matcher.expected);
    quote!(PathMatcher::new(&#path, Comparator::#comparator, #expected))
}

/// The methods of a client that wait.
pub(super) fn methods(operation: &Operation) -> TokenStream {
    let methods = operation.waiters.iter().map(|waiter| {
        let documentation = docs(&waiter.docs);
        let deprecated = deprecated(&operation.deprecated);
        let (method, constant) = (ident(&waiter.method), ident(&waiter.constant));
        let (input, output) = (ident(&operation.input.name), ident(&operation.output.name));
        quote! {
            #documentation
            #deprecated
            pub async fn #method(
                &self,
                input: super::#input,
                max_wait: std::time::Duration,
            ) -> Result<FinalOutput<super::#output, ServiceError>, WaiterError<super::#output, ServiceError>> {
                self.0.wait(&waiter::#constant, input, max_wait).await
            }
        }
    });
    quote!(#(#methods)*)
}

/// Waiting by name.
pub(super) fn dispatch(service: &Service) -> TokenStream {
    let names: Vec<&String> = service.waiters().map(|(_, waiter)| &waiter.name).collect();
    let arms = service.waiters().map(|(operation, waiter)| {
        let texts = std::iter::once(&waiter.name).chain(&waiter.alias);
        let (input, constant) = (ident(&operation.input.name), ident(&waiter.constant));
        quote!(#(#texts)|* => self.0.wait_json::<super::#input>(&super::waiter::#constant, params).await)
    });
    let unknown = quote!(Err(StateNotFound::new(state, STATES).into()));
    let (about, body) = if names.is_empty() {
        let about = "The model has no waiters, so that no state is known.";
        (about, quote!({ drop(params); #unknown }))
    } else {
        let about = "`$waiter` in the parameters may hold `maxWait`, in seconds; 20 minutes when it is left out.";
        (about, quote!({ match state { #(#arms,)* _ => #unknown, } }))
    };
    let about = format!(" {about}");
    quote! {
        /// The waiters' names in the model.
        const STATES: &[&str] = &[#(#names),*];

        impl Client {
            /// Waits until a resource is in a state, given by a waiter's name, with parameters and result in JSON as those of
            /// [`call`](Self::call) are.
            ///
            #[doc = #about]
            ///
            /// # Errors
            /// See [`WaiterError`].
            pub async fn wait_for(
                &self,
                state: &str,
                params: Document,
            ) -> Result<Document, WaiterError<Document, ServiceError>> #body
        }
    }
}
