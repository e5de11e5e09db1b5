//! The root of the generated crate.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::ident;

/// A module of the crate, with the feature that compiles it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrateModule {
    /// `webrtc_storage`.
    pub module: String,
    /// `webrtc-storage`.
    pub feature: String,
}

/// `lib.rs`.
pub(crate) fn crate_root(docs: &str, modules: &[CrateModule]) -> TokenStream {
    let documentation = super::scope::inner_docs(docs);
    let services = modules.iter().map(|CrateModule { module, feature }| {
        let module = ident(module);
        quote! {
            #[cfg(feature = #feature)]
            pub mod #module;
        }
    });
    let any_service = match modules {
        [CrateModule { feature, .. }] => quote!(feature = #feature),
        modules => {
            let features = modules.iter().map(|module| &module.feature);
            quote!(any(#(feature = #features),*))
        }
    };
    let partitions = quote! {
        #[cfg(#any_service)]
        mod partitions;
    };
    quote! {
        #documentation

        #partitions
        #(#services)*

        pub use kinesisvideo_runtime as runtime;
        pub use kinesisvideo_runtime::{
            BigNumber, Blob, ByteStream, Checks, Config, ConfigBuilder, ConfigError, Credentials, CredentialsError,
            CustomDelay, Document, Endpoint, Env, Error, FailedAttempt, ManualTime, Operation, ParamValidation,
            ProvideCredentials, Region, Reply, ResponseError, RetryConfig, RetryDelay, ServiceError, ServiceFailure,
            TimeSource, Timestamp, TransportError, TransportErrorKind, UnhandledError, UnknownOperation,
            ValidationErrors,
        };
    }
}
