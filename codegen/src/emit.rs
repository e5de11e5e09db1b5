//! From what was lowered to tokens: one function per kind of item, and no decisions.

mod blocking;
mod client;
mod crate_root;
mod defaults;
mod dispatch;
mod enums;
mod errors;
mod expression;
mod module;
mod operation;
mod pages;
mod request;
mod response;
mod routing;
mod schema;
mod scope;
mod structure;
mod union;
mod waiters;

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Item, Operation, Service};
use scope::Scope;

pub use crate_root::CrateModule;
pub(crate) use crate_root::crate_root;

/// A file of a service that is still to be emitted.
#[derive(Clone, Copy)]
pub(crate) enum File<'a> {
    Module,
    Blocking,
    Client,
    Dispatch,
    Errors,
    Schema,
    Types,
    Waiters,
    Operation(&'a Operation),
}

impl<'a> File<'a> {
    /// The files of a service but for those of its endpoint rules, those that tend to be large first.
    pub(crate) fn of(service: &'a Service) -> Vec<Self> {
        let types = (!service.types.is_empty()).then_some(Self::Types);
        let waiters = service.waiters().next().map(|_| Self::Waiters);
        let always = [Self::Schema, Self::Client, Self::Blocking, Self::Dispatch, Self::Errors, Self::Module];
        let operations = service.operations.iter().map(Self::Operation);
        types.into_iter().chain(always).chain(waiters).chain(operations).collect()
    }

    /// Its path within the module of the service.
    pub(crate) fn name(self) -> String {
        match self {
            Self::Module => "mod.rs".to_owned(),
            Self::Blocking => "blocking.rs".to_owned(),
            Self::Client => "client.rs".to_owned(),
            Self::Dispatch => "dispatch.rs".to_owned(),
            Self::Errors => "error.rs".to_owned(),
            Self::Schema => "schema.rs".to_owned(),
            Self::Types => "types.rs".to_owned(),
            Self::Waiters => "waiter.rs".to_owned(),
            Self::Operation(operation) => format!("{}.rs", operation.module),
        }
    }

    /// What is in it, in parts that are some whole items.
    pub(crate) fn emit(self, service: &Service) -> Vec<TokenStream> {
        match self {
            Self::Module => vec![module::module(service)],
            Self::Blocking => vec![blocking::blocking(service)],
            Self::Client => vec![client::client(service)],
            Self::Dispatch => vec![dispatch::dispatch(service)],
            Self::Errors => errors::module(service),
            Self::Schema => schema::module(&service.schema),
            Self::Types => types(service),
            Self::Waiters => vec![waiters::module(service)],
            Self::Operation(operation) => operation::module(operation),
        }
    }
}

/// `types.rs`.
fn types(service: &Service) -> Vec<TokenStream> {
    let scope = Scope::types(service.types_hide_prelude);
    let items = service.types.iter().flat_map(|item| match item {
        Item::Structure(item) => structure::structure(item, &scope),
        Item::Union(item) => vec![union::union(item, &scope)],
        Item::Enum(item) => vec![enums::texts(item, &scope)],
        Item::IntEnum(item) => vec![enums::numbers(item, &scope)],
    });
    // The first part is known last: it has the imports that the others need.
    let mut parts: Vec<TokenStream> = std::iter::once(TokenStream::new()).chain(items).collect();
    let imports = scope.imports();
    parts[0] = quote! {
        //! Types that members of inputs, outputs and errors have.

        #imports
    };
    parts
}
