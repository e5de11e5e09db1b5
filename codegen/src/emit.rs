//! From what was lowered to tokens, and on to text: one function per kind of item, and no decisions.

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

use quote::quote;

use crate::diag::Diagnostic;
use crate::ir::{Item, Operation, Service};
use crate::print::Printer;
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

    /// Emits and prints it.
    pub(crate) fn print(self, service: &Service, printer: Printer<'_>) -> Result<String, Diagnostic> {
        match self {
            Self::Module => printer.finish(module::module(service)),
            Self::Blocking => printer.finish(blocking::blocking(service)),
            Self::Client => printer.finish(client::client(service)),
            Self::Dispatch => printer.finish(dispatch::dispatch(service)),
            Self::Errors => errors::print(service, printer),
            Self::Schema => schema::print(&service.schema, printer),
            Self::Types => print_types(service, printer),
            Self::Waiters => printer.finish(waiters::module(service)),
            Self::Operation(operation) => operation::print(operation, printer),
        }
    }
}

/// `types.rs`.
fn print_types(service: &Service, mut printer: Printer<'_>) -> Result<String, Diagnostic> {
    let scope = Scope::types(service.types_hide_prelude);
    for item in &service.types {
        match item {
            Item::Structure(item) => structure::print(item, &scope, &mut printer)?,
            Item::Union(item) => printer.items(union::union(item, &scope))?,
            Item::Enum(item) => printer.items(enums::texts(item, &scope))?,
            Item::IntEnum(item) => printer.items(enums::numbers(item, &scope))?,
        }
    }
    let imports = scope.imports();
    printer.finish(quote! {
        //! Types that members of inputs, outputs and errors have.

        #imports
    })
}
