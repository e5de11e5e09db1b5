//! JMESPath expressions as static data.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::scope::ident;
use crate::ir::{Constant, Expression};

/// An expression, for files that import the runtime's `Expression`.
pub(super) fn expression(of: &Expression) -> TokenStream {
    let variant = |name: &str, operands: &[&Expression]| {
        let (name, operands) = (ident(name), operands.iter().map(|operand| expression(operand)));
        quote!(Expression::#name(#(&#operands),*))
    };
    match of {
        Expression::Current => quote!(Expression::Current),
        Expression::Field(name) => quote!(Expression::Field(#name)),
        Expression::Index(index) => quote!(Expression::Index(#index)),
        Expression::Literal(constant) => literal(constant),
        Expression::Compare(relation, left, right) => {
            let (relation, left, right) = (ident(relation), expression(left), expression(right));
            let relation = quote!(kinesisvideo_runtime::jmespath::Relation::#relation);
            quote!(Expression::Compare(#relation, &#left, &#right))
        }
        Expression::List(items) => {
            let items = items.iter().map(expression);
            quote!(Expression::List(&[#(#items),*]))
        }
        Expression::Chain(left, right) => variant("Chain", &[left, right]),
        Expression::Flatten(list, rest) => variant("Flatten", &[list, rest]),
        Expression::Project(list, rest) => variant("Project", &[list, rest]),
        Expression::Values(object, rest) => variant("Values", &[object, rest]),
        Expression::Filter(list, condition, rest) => variant("Filter", &[list, condition, rest]),
        Expression::And(left, right) => variant("And", &[left, right]),
        Expression::Or(left, right) => variant("Or", &[left, right]),
        Expression::Not(operand) => variant("Not", &[operand]),
        Expression::Length(of) => variant("Length", &[of]),
        Expression::Contains(list, what) => variant("Contains", &[list, what]),
        Expression::Keys(of) => variant("Keys", &[of]),
    }
}

fn literal(constant: &Constant) -> TokenStream {
    let value = match constant {
        Constant::Null => quote!(Null),
        Constant::Bool(value) => quote!(Bool(#value)),
        Constant::Number(value) => {
            let value = Literal::f64_unsuffixed(*value);
            quote!(Number(#value))
        }
        Constant::String(text) => quote!(String(#text)),
    };
    quote!(Expression::Literal(kinesisvideo_runtime::jmespath::Literal::#value))
}
