//! How names are written in a file.

use std::borrow::Cow;
use std::cell::Cell;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens as _, quote};

use crate::ir::{Deprecation, Format, Type};

/// How names are written in a file, and which imports that takes.
pub(super) struct Scope {
    /// What stands before the types of the `types` module.
    types: TokenStream,
    /// Whether names of the prelude are written as absolute paths, because types of the file hide them.
    absolute: bool,
    formats: Cell<bool>,
}

impl Scope {
    /// The `types` module.
    pub(super) fn types(absolute: bool) -> Self {
        Self { types: TokenStream::new(), absolute, formats: Cell::new(false) }
    }

    /// A module beside it.
    pub(super) fn beside_types(absolute: bool) -> Self {
        Self { types: quote!(super::types::), absolute, formats: Cell::new(false) }
    }

    /// The imports that what was written needs.
    pub(super) fn imports(&self) -> TokenStream {
        if self.formats.get() {
            quote!(
                use kinesisvideo_runtime::serde as format;
            )
        } else {
            TokenStream::new()
        }
    }

    /// A name of the prelude.
    pub(super) fn std(&self, name: &str) -> TokenStream {
        if self.absolute { tokens(&self.std_text(name)) } else { ident(name).into_token_stream() }
    }

    /// A name of the prelude as the text that serde's attributes take.
    pub(super) fn std_text<'n>(&self, name: &'n str) -> Cow<'n, str> {
        let module = match name {
            "Option" => "option",
            "String" => "string",
            "Vec" => "vec",
            "Box" => "boxed",
            "Default" => "default",
            "From" | "Into" => "convert",
            "Result" => "result",
            _ => return name.into(),
        };
        if self.absolute { format!("::std::{module}::{name}").into() } else { name.into() }
    }

    /// A type.
    pub(super) fn ty(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Bool => quote!(bool),
            Type::I8 => quote!(i8),
            Type::I16 => quote!(i16),
            Type::I32 => quote!(i32),
            Type::I64 => quote!(i64),
            Type::F32 => quote!(f32),
            Type::F64 => quote!(f64),
            Type::String => self.std("String"),
            Type::Blob => quote!(kinesisvideo_runtime::Blob),
            Type::BigNumber => quote!(kinesisvideo_runtime::BigNumber),
            Type::Timestamp => quote!(kinesisvideo_runtime::Timestamp),
            Type::Document => quote!(kinesisvideo_runtime::Document),
            Type::ByteStream => quote!(kinesisvideo_runtime::ByteStream),
            Type::Unit => quote!(kinesisvideo_runtime::Unit),
            Type::Named(name) => {
                let types = &self.types;
                let name = ident(name);
                quote!(#types #name)
            }
            Type::List(item) => {
                let (vec, item) = (self.std("Vec"), self.ty(item));
                quote!(#vec<#item>)
            }
            Type::Map(key, value) => {
                let (key, value) = (self.ty(key), self.ty(value));
                quote!(std::collections::BTreeMap<#key, #value>)
            }
            Type::Option(inner) => {
                let (option, inner) = (self.std("Option"), self.ty(inner));
                quote!(#option<#inner>)
            }
            Type::Box(inner) => {
                let (boxed, inner) = (self.std("Box"), self.ty(inner));
                quote!(#boxed<#inner>)
            }
        }
    }

    /// A format as the text that serde's attributes take.
    pub(super) fn format(&self, format: &Format) -> String {
        self.formats.set(true);
        match format {
            Format::Plain => "format::Plain".to_owned(),
            Format::Float => "format::Float".to_owned(),
            Format::DateTime => "format::DateTime".to_owned(),
            Format::HttpDate => "format::HttpDate".to_owned(),
            Format::Opt(inner) => format!("format::Opt<{}>", self.format(inner)),
            Format::List(inner) => format!("format::List<{}>", self.format(inner)),
            Format::SparseList(inner) => format!("format::SparseList<{}>", self.format(inner)),
            Format::Map(inner) => format!("format::Map<{}>", self.format(inner)),
            Format::SparseMap(inner) => format!("format::SparseMap<{}>", self.format(inner)),
            Format::Required(inner) => format!("format::Required<{}>", self.format(inner)),
        }
    }

    /// A format as a path.
    pub(super) fn format_path(&self, format: &Format) -> TokenStream {
        tokens(&self.format(format))
    }

    /// Something of the runtime's module of formats, as the text that serde's attributes take.
    pub(super) fn in_formats(&self, name: &str) -> String {
        self.formats.set(true);
        format!("format::{name}")
    }

    /// The same as a path.
    pub(super) fn formats_path(&self, name: &str) -> TokenStream {
        tokens(&self.in_formats(name))
    }
}

/// Tokens of a path with generic arguments, which is always made of tokens.
fn tokens(path: &str) -> TokenStream {
    path.parse().unwrap_or_default()
}

/// An identifier. Names were made such when they were lowered.
pub(super) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// Documentation, a line at a time.
pub(super) fn docs(text: &str) -> TokenStream {
    let lines = text.lines().map(line);
    quote!(#(#[doc = #lines])*)
}

/// Documentation of the module it stands in.
pub(super) fn inner_docs(text: &str) -> TokenStream {
    let lines = text.lines().map(line);
    quote!(#(#![doc = #lines])*)
}

/// A line of documentation: a raw literal where it can be one, in which nothing has to be escaped and read back.
fn line(text: &str) -> Literal {
    let space = if text.is_empty() { "" } else { " " };
    let raw = if text.contains('"') { None } else { format!("r\"{space}{text}\"").parse().ok() };
    raw.unwrap_or_else(|| Literal::string(&format!("{space}{text}")))
}

/// `#[deprecated]`.
pub(super) fn deprecated(deprecation: &Option<Deprecation>) -> TokenStream {
    match deprecation {
        None => TokenStream::new(),
        Some(Deprecation { note: None, since: None }) => quote!(#[deprecated]),
        Some(Deprecation { note, since }) => {
            let note = note.iter();
            let since = since.iter();
            quote!(#[deprecated(#(since = #since,)* #(note = #note,)*)])
        }
    }
}
