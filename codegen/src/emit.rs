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

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Item, Service};
use scope::Scope;

pub use crate_root::CrateModule;
pub(crate) use crate_root::crate_root;

/// The files of a service but for those of its endpoint rules, by path within its module.
pub(crate) fn service(service: &Service) -> BTreeMap<String, TokenStream> {
    let mut files = BTreeMap::from([
        ("mod.rs".to_owned(), module::module(service)),
        ("blocking.rs".to_owned(), blocking::blocking(service)),
        ("client.rs".to_owned(), client::client(service)),
        ("dispatch.rs".to_owned(), dispatch::dispatch(service)),
        ("error.rs".to_owned(), errors::module(service)),
        ("schema.rs".to_owned(), schema::module(&service.schema)),
    ]);
    if !service.types.is_empty() {
        files.insert("types.rs".to_owned(), types(service));
    }
    if service.waiters().next().is_some() {
        files.insert("waiter.rs".to_owned(), waiters::module(service));
    }
    for operation in &service.operations {
        files.insert(format!("{}.rs", operation.module), operation::module(operation));
    }
    files
}

/// `types.rs`.
fn types(service: &Service) -> TokenStream {
    let scope = Scope::types(service.types_hide_prelude);
    let items: Vec<TokenStream> = service
        .types
        .iter()
        .map(|item| match item {
            Item::Structure(item) => structure::structure(item, &scope),
            Item::Union(item) => union::union(item, &scope),
            Item::Enum(item) => enums::texts(item, &scope),
            Item::IntEnum(item) => enums::numbers(item, &scope),
        })
        .collect();
    let imports = scope.imports();
    quote! {
        //! Types that members of inputs, outputs and errors have.

        #imports

        #(#items)*
    }
}
