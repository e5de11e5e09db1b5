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

use crate::ir::{Item, Service};
use scope::Scope;

pub use crate_root::CrateModule;
pub(crate) use crate_root::crate_root;

/// Hands over the files of a service but for those of its endpoint rules, by path within its module, one at a time.
///
/// Each comes in parts that are some whole items.
pub(crate) fn service(service: &Service, mut file: impl FnMut(&str, Vec<TokenStream>)) {
    file("mod.rs", vec![module::module(service)]);
    file("blocking.rs", vec![blocking::blocking(service)]);
    file("client.rs", vec![client::client(service)]);
    file("dispatch.rs", vec![dispatch::dispatch(service)]);
    file("error.rs", errors::module(service));
    file("schema.rs", schema::module(&service.schema));
    if !service.types.is_empty() {
        file("types.rs", types(service));
    }
    if service.waiters().next().is_some() {
        file("waiter.rs", vec![waiters::module(service)]);
    }
    for operation in &service.operations {
        file(&format!("{}.rs", operation.module), vec![operation::module(operation)]);
    }
}

/// `types.rs`.
fn types(service: &Service) -> Vec<TokenStream> {
    let scope = Scope::types(service.types_hide_prelude);
    let items = service.types.iter().map(|item| match item {
        Item::Structure(item) => structure::structure(item, &scope),
        Item::Union(item) => union::union(item, &scope),
        Item::Enum(item) => enums::texts(item, &scope),
        Item::IntEnum(item) => enums::numbers(item, &scope),
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
