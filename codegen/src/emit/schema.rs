//! What inputs are validated against.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::scope::ident;
use crate::diag::Diagnostic;
use crate::ir::{Bound, Constraint, Schema, SchemaMember, SchemaShape, SchemaStructure, ShapeRef};
use crate::pattern;
use crate::print::Printer;

/// Prints `schema.rs`.
pub(super) fn print(schema: &Schema, mut printer: Printer<'_>) -> Result<String, Diagnostic> {
    let structures = schema.structures.iter().map(structure);
    let shapes = schema.shapes.iter().map(shape);
    let patterns = schema.patterns.iter().map(|pattern| {
        let name = ident(&pattern.constant);
        let tokens = pattern::tokens(&pattern.text, &pattern.program, &quote!(runtime));
        quote!(static #name: runtime::pattern::Pattern = #tokens;)
    });
    structures.chain(shapes).chain(patterns).try_for_each(|item| printer.items(item))?;
    let mut names = Vec::new();
    if schema.structures.iter().any(|structure| !structure.members.is_empty()) {
        names.push(quote!(Member));
    }
    let in_structures = schema.structures.iter().any(|structure| !structure.members.is_empty());
    if in_structures || !schema.shapes.is_empty() {
        names.push(quote!(Shape));
    }
    names.push(quote!(Structure));
    let runtime = (!schema.patterns.is_empty()).then(|| {
        quote!(
            use kinesisvideo_runtime as runtime;
        )
    });
    printer.finish(quote! {
        //! What the model says of inputs, for the runtime to validate them.

        #runtime
        use kinesisvideo_runtime::schema::{#(#names),*};
    })
}

fn structure(structure: &SchemaStructure) -> TokenStream {
    let (constant, name) = (ident(&structure.constant), &structure.name);
    let visibility = structure.is_input.then(|| quote!(pub(super)));
    let constructor = if structure.union { quote!(union) } else { quote!(new) };
    let members = structure.members.iter().map(member);
    quote!(#visibility static #constant: Structure = Structure::#constructor(#name, &[#(#members),*]);)
}

fn member(member: &SchemaMember) -> TokenStream {
    let (name, shape) = (&member.name, reference(&member.shape));
    let wire = member.wire.iter();
    let required = member.required.then(|| quote!(.required()));
    let label = member.label.then(|| quote!(.label()));
    let sensitive = member.sensitive.then(|| quote!(.sensitive()));
    quote!(Member::new(#name, #shape) #(.wire(#wire))* #required #label #sensitive)
}

fn reference(reference: &ShapeRef) -> TokenStream {
    match reference {
        ShapeRef::Runtime(name) => {
            let name = ident(name);
            quote!(&Shape::#name)
        }
        ShapeRef::Shape(name) => {
            let name = ident(name);
            quote!(&#name)
        }
        ShapeRef::Structure(name) => {
            let name = ident(name);
            quote!(&Shape::structure(&#name))
        }
    }
}

fn shape(shape: &SchemaShape) -> TokenStream {
    let constant = ident(&shape.constant);
    let constraint = constraint(&shape.constraint);
    let sensitive = shape.sensitive.then(|| quote!(.sensitive()));
    quote!(static #constant: Shape = #constraint #sensitive;)
}

fn constraint(constraint: &Constraint) -> TokenStream {
    match constraint {
        Constraint::String { length, pattern, values } => {
            let length = self::length(*length);
            let pattern = pattern.iter().map(|pattern| ident(pattern));
            let values = values.iter().map(|values| ident(values));
            quote!(Shape::string() #length #(.pattern(&#pattern))* #(.values(super::types::#values::VALUES))*)
        }
        Constraint::Blob { length } => {
            let length = self::length(*length);
            quote!(Shape::blob() #length)
        }
        Constraint::Integer { bits, range, values } => {
            let bits = Literal::u32_unsuffixed(*bits);
            let range = bounds(*range, Literal::i64_unsuffixed).map(|range| quote!(.range(#range)));
            let numbers = values.iter().copied().map(Literal::i64_unsuffixed);
            let values = (!values.is_empty()).then(|| quote!(.numbers(&[#(#numbers),*])));
            quote!(Shape::integer(#bits) #range #values)
        }
        Constraint::Float { range } => {
            let range = bounds(*range, Literal::f64_unsuffixed).map(|range| quote!(.float_range(#range)));
            quote!(Shape::float() #range)
        }
        Constraint::List { length, item } => {
            let (length, item) = (self::length(*length), reference(item));
            quote!(Shape::list(#item) #length)
        }
        Constraint::Map { length, key, value } => {
            let (length, key, value) = (self::length(*length), reference(key), reference(value));
            quote!(Shape::map(#key, #value) #length)
        }
        Constraint::Constant(name) => {
            let name = ident(name);
            quote!(Shape::#name)
        }
    }
}

fn length(bound: Bound<u64>) -> Option<TokenStream> {
    bounds(bound, Literal::u64_unsuffixed).map(|bounds| quote!(.length(#bounds)))
}

fn bounds<T>(bound: Bound<T>, literal: fn(T) -> Literal) -> Option<TokenStream> {
    let some = |value: Option<T>| match value.map(literal) {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    };
    if bound.min.is_none() && bound.max.is_none() {
        return None;
    }
    let (min, max) = (some(bound.min), some(bound.max));
    Some(quote!(#min, #max))
}
