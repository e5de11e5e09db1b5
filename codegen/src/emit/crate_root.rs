//! The root of the generated crate.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::ident;

/// A module of the crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrateModule {
    /// `webrtc_storage`.
    pub module: String,
    /// The feature that compiles it, if not every build does: `webrtc-storage`.
    pub feature: Option<String>,
    /// Whether its endpoint rules look at partitions.
    pub uses_partitions: bool,
}

/// `lib.rs`.
pub(crate) fn crate_root(docs: &str, modules: &[CrateModule]) -> TokenStream {
    let documentation = super::scope::inner_docs(docs);
    let services = modules.iter().map(|CrateModule { module, feature, .. }| {
        let module = ident(module);
        let condition = feature.iter().map(|feature| quote!(#[cfg(feature = #feature)]));
        quote! {
            #(#condition)*
            pub mod #module;
        }
    });
    let partitions = partitions(modules);
    quote! {
        #documentation

        #partitions
        #(#services)*

        pub use kinesisvideo_runtime as runtime;
        pub use kinesisvideo_runtime::{
            ApiVersion, BearerToken, BigNumber, Blob, ByteStream, Checks, Config, ConfigBuilder, ConfigError, Credentials,
            CredentialsError, CustomDelay, Document, Endpoint, Env, Error, FailedAttempt, Files, FinalOutput,
            Interceptor, Items, ManualTime, Monitoring, Operation, Pages, PaginationError, ParamValidation,
            ProvideBearerToken, ProvideCredentials, Region, Reply, RequestLogger, ResponseError, RetryConfig, RetryDelay, ServiceError,
            ServiceFailure, StateNotFound, TimeSource, Timestamp, TransportError, TransportErrorKind, UnhandledError,
            UnknownOperation, ValidationErrors, WaiterError,
        };
    }
}

/// The declaration of the module of partitions, where a service looks at them.
fn partitions(modules: &[CrateModule]) -> Option<TokenStream> {
    let features: Vec<_> =
        modules.iter().filter(|module| module.uses_partitions).map(|module| module.feature.as_ref()).collect();
    let condition = match features.as_slice() {
        [] => return None,
        features if features.contains(&None) => TokenStream::new(),
        [feature] => quote!(#[cfg(feature = #feature)]),
        features => quote!(#[cfg(any(#(feature = #features),*))]),
    };
    Some(quote!(#condition mod partitions;))
}
