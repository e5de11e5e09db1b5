//! Expressions.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::super::typed::{Function, Kind, Type, Value, VariableId, Variables};

/// Writes expressions, and remembers what they use.
pub(in super::super) struct Writer<'a> {
    pub(super) variables: &'a Variables,
    pub(super) used: BTreeSet<VariableId>,
    pub(super) functions: BTreeSet<&'static str>,
    /// Fields of `EndpointParams`.
    pub(super) fields: BTreeSet<String>,
    pub(super) uses_partitions: bool,
    pub(super) uses_auth_schemes: bool,
    pub(super) uses_properties: bool,
    /// In a `let` statement: statements before it, for values that must live longer than it.
    pub(super) hoisted: Option<Vec<TokenStream>>,
}

/// An expression.
pub(super) struct Code {
    pub(super) tokens: TokenStream,
    form: Form,
}

#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// A reference, or a copy: `&str`, `bool`, `Option<&str>`.
    Plain,
    /// A copy that needs parentheses as an operand: `a == b`, `if a { b } else { c }`.
    Loose,
    /// The name of a value that is owned elsewhere: a `String` in a field.
    Place,
    /// An owned value that has no name.
    Temporary,
}

/// A condition of an `if`.
pub(super) struct Condition {
    /// As it is written where it is the only one.
    pub(super) alone: TokenStream,
    /// As it is written beside others.
    pub(super) chained: TokenStream,
}

impl Code {
    fn plain(tokens: TokenStream) -> Self {
        let form = Form::Plain;
        Self { tokens, form }
    }

    /// For the side of an operator or of `let … =` in a condition.
    pub(super) fn into_operand(self) -> TokenStream {
        let tokens = self.tokens;
        match self.form {
            Form::Loose => quote!((#tokens)),
            _ => tokens,
        }
    }
}

impl Writer<'_> {
    pub(super) fn ident(&self, variable: VariableId) -> Ident {
        format_ident!("{}", self.variables.get(variable).ident)
    }

    pub(super) fn value(&mut self, value: &Value) -> Code {
        match &value.kind {
            Kind::Boolean(flag) => Code::plain(quote!(#flag)),
            Kind::Integer(number) => {
                let number = proc_macro2::Literal::i64_unsuffixed(*number);
                Code::plain(quote!(#number))
            }
            Kind::Text(text) => Code::plain(quote!(#text)),
            Kind::Joined(pieces) => Code { tokens: self.joined(pieces), form: Form::Temporary },
            Kind::Parameter(field) => self.parameter(field, value),
            Kind::Variable(variable) => {
                self.used.insert(*variable);
                let ident = self.ident(*variable);
                let form = match self.variables.get(*variable).owned {
                    true => Form::Place,
                    false => Form::Plain,
                };
                Code { tokens: quote!(#ident), form }
            }
            Kind::Field(record, field) => self.field(record, field),
            Kind::Item(array, index) => {
                self.functions.insert("item");
                let array = self.borrowed(array);
                let index = proc_macro2::Literal::i64_unsuffixed(*index);
                Code::plain(quote!(item(#array, #index)))
            }
            Kind::Call(function, arguments) => self.call(*function, arguments, value),
            Kind::IsSet(inner) => Code::plain(self.set(inner)),
            Kind::Not(inner) => match &inner.kind {
                Kind::IsSet(inner) => Code::plain(self.unset(inner)),
                _ => {
                    let inner = self.value(inner).into_operand();
                    Code::plain(quote!(!#inner))
                }
            },
            Kind::Equal(left, right) => self.comparison(left, &quote!(==), right),
            Kind::Different(left, right) => self.comparison(left, &quote!(!=), right),
            Kind::Coalesce(values) => self.coalesce(values, value),
            Kind::Choice(condition, yes, no) => {
                let owned = value.is_owned();
                let condition = self.condition(condition).alone;
                let yes = self.unified(yes, owned).tokens;
                let no = self.unified(no, owned).tokens;
                Code {
                    tokens: quote!(if #condition { #yes } else { #no }),
                    form: match owned && !value.optional {
                        true => Form::Temporary,
                        false => Form::Loose,
                    },
                }
            }
            Kind::Some(inner) => {
                let inner = self.unified(inner, value.is_owned()).tokens;
                Code::plain(quote!(Some(#inner)))
            }
        }
    }

    fn parameter(&mut self, field: &str, value: &Value) -> Code {
        self.fields.insert(field.to_owned());
        let field = format_ident!("{field}");
        match (value.of, value.optional) {
            (Type::Boolean, _) => Code::plain(quote!(params.#field)),
            (_, true) => Code::plain(quote!(params.#field.as_deref())),
            (_, false) => Code { tokens: quote!(params.#field), form: Form::Place },
        }
    }

    fn field(&mut self, record: &Value, field: &str) -> Code {
        let field = format_ident!("{field}");
        let optional = record.optional;
        let record = self.value(record).into_operand();
        if optional {
            return Code::plain(quote!(#record.map(|record| record.#field)));
        }
        let form = match field == "normalized_path" || field == "resource_id" {
            true => Form::Place,
            false => Form::Plain,
        };
        Code { tokens: quote!(#record.#field), form }
    }

    fn call(&mut self, function: Function, arguments: &[Value], value: &Value) -> Code {
        let name = function.ident();
        self.functions.insert(name);
        let name = format_ident!("{name}");
        let table = (function == Function::Partition).then(|| {
            self.uses_partitions = true;
            quote!(&PARTITIONS)
        });
        // Only a result that refers to the arguments needs them to stay.
        let refers = !matches!(value.of, Type::Boolean | Type::Partition) && function != Function::UriEncode;
        let kept = if refers { None } else { self.hoisted.take() };
        let arguments: Vec<_> = arguments.iter().map(|argument| self.borrowed(argument)).collect();
        if !refers {
            self.hoisted = kept;
        }
        let arguments = table.into_iter().chain(arguments);
        Code {
            tokens: quote!(#name(#(#arguments),*)),
            form: match value.is_owned() && !value.optional {
                true => Form::Temporary,
                false => Form::Plain,
            },
        }
    }

    fn comparison(&mut self, left: &Value, operator: &TokenStream, right: &Value) -> Code {
        if right.kind == Kind::Text(String::new()) {
            let text = self.value(left).into_operand();
            return Code::plain(match operator.to_string().as_str() {
                "==" => quote!(#text.is_empty()),
                _ => quote!(!#text.is_empty()),
            });
        }
        let left = self.value(left).into_operand();
        let right = self.value(right).into_operand();
        Code { tokens: quote!(#left #operator #right), form: Form::Loose }
    }

    /// `a.or(b).unwrap_or(c)`.
    fn coalesce(&mut self, values: &[Value], whole: &Value) -> Code {
        let owned = whole.is_owned();
        let mut code = TokenStream::new();
        for (index, value) in values.iter().enumerate() {
            let next = self.unified(value, owned);
            if index == 0 {
                code = next.into_operand();
                continue;
            }
            let next = next.tokens;
            code = match value.optional {
                true => quote!(#code.or(#next)),
                false => quote!(#code.unwrap_or(#next)),
            };
        }
        Code {
            tokens: code,
            form: match owned && !whole.optional {
                true => Form::Temporary,
                false => Form::Plain,
            },
        }
    }

    /// A value beside others, all of them owned or all of them not.
    fn unified(&mut self, value: &Value, owned: bool) -> Code {
        let is_owned = value.is_owned();
        if let (Kind::Some(inner), true) = (&value.kind, owned) {
            let inner = self.owned_text(inner);
            return Code::plain(quote!(Some(#inner)));
        }
        match (owned, value.optional) {
            (true, false) => Code::plain(self.owned_text(value)),
            (true, true) if !is_owned => {
                let code = self.value(value).into_operand();
                Code::plain(quote!(#code.map(str::to_owned)))
            }
            (true, true) => self.value(value),
            (false, _) => {
                let code = self.value(value);
                match (code.form, value.of) {
                    (Form::Loose, _) => code,
                    // `&` would be a reference to a `String` where the others are `&str`.
                    (Form::Place, Type::String) => {
                        let tokens = code.tokens;
                        Code::plain(quote!(#tokens.as_str()))
                    }
                    _ => Code::plain(self.borrow(code)),
                }
            }
        }
    }

    /// For a parameter of type `&str` or `&[…]`, and for values that are copied.
    fn borrowed(&mut self, value: &Value) -> TokenStream {
        let code = self.value(value);
        self.borrow(code)
    }

    fn borrow(&mut self, code: Code) -> TokenStream {
        let tokens = code.tokens;
        match (code.form, &mut self.hoisted) {
            (Form::Plain | Form::Loose, _) => tokens,
            (Form::Temporary, Some(hoisted)) => {
                let ident = format_ident!("value_{}", hoisted.len() + 1);
                hoisted.push(quote!(let #ident = #tokens;));
                quote!(&#ident)
            }
            (Form::Place | Form::Temporary, _) => quote!(&#tokens),
        }
    }

    fn owned_text(&mut self, value: &Value) -> TokenStream {
        let code = self.value(value);
        match code.form {
            Form::Temporary => code.tokens,
            Form::Place => {
                let tokens = code.tokens;
                quote!(#tokens.clone())
            }
            Form::Plain | Form::Loose => {
                let operand = code.into_operand();
                quote!(#operand.to_owned())
            }
        }
    }

    /// For a parameter of type `impl Into<String>`.
    pub(super) fn text(&mut self, value: &Value) -> TokenStream {
        let code = self.value(value);
        let tokens = code.tokens;
        match code.form {
            Form::Place => quote!(#tokens.as_str()),
            _ => tokens,
        }
    }

    /// For a parameter of type `impl Into<Cow<'static, str>>`.
    pub(super) fn static_or_owned_text(&mut self, value: &Value) -> TokenStream {
        match &value.kind {
            Kind::Text(text) => quote!(#text),
            _ => self.owned_text(value),
        }
    }

    /// A boolean.
    pub(super) fn condition(&mut self, value: &Value) -> Condition {
        let code = self.value(value);
        Condition {
            alone: code.tokens.clone(),
            chained: match value.kind {
                // `==` binds more tightly than `&&`.
                Kind::Equal(..) | Kind::Different(..) => code.tokens,
                _ => code.into_operand(),
            },
        }
    }

    /// An optional value that is there, and is named.
    pub(super) fn binding(&mut self, variable: VariableId, value: &Value) -> Condition {
        let code = self.value(value);
        let ident = self.ident(variable);
        let alone = &code.tokens;
        let alone = quote!(let Some(#ident) = #alone);
        let chained = code.into_operand();
        Condition { alone, chained: quote!(let Some(#ident) = #chained) }
    }

    /// An optional value that is there.
    pub(super) fn is_some(&mut self, value: &Value) -> Condition {
        let tokens = self.set(value);
        Condition { alone: tokens.clone(), chained: tokens }
    }

    /// Whether an optional value is there.
    fn set(&mut self, value: &Value) -> TokenStream {
        let code = self.optional(value);
        quote!(#code.is_some())
    }

    /// Whether an optional value is not there.
    pub(super) fn unset(&mut self, value: &Value) -> TokenStream {
        let code = self.optional(value);
        quote!(#code.is_none())
    }

    fn optional(&mut self, value: &Value) -> TokenStream {
        match &value.kind {
            Kind::Parameter(field) => {
                self.fields.insert(field.clone());
                let field = format_ident!("{field}");
                quote!(params.#field)
            }
            _ => self.value(value).into_operand(),
        }
    }

    /// The right-hand side of a `let` statement, and the statements that must stand before it.
    pub(super) fn statement(&mut self, value: &Value) -> (Vec<TokenStream>, TokenStream) {
        self.hoisted = Some(Vec::new());
        let code = self.value(value);
        let hoisted = self.hoisted.take().unwrap_or_default();
        let tokens = match code.form {
            // What has a name already gets a second one, and stays where it is.
            Form::Place => {
                let place = code.tokens;
                match value.of {
                    Type::String => quote!(#place.as_str()),
                    _ => quote!(&#place),
                }
            }
            _ => code.tokens,
        };
        (hoisted, tokens)
    }

    /// Strings joined.
    fn joined(&mut self, pieces: &[Value]) -> TokenStream {
        let pieces = pieces.iter().map(|piece| {
            let code = self.value(piece);
            let tokens = code.tokens;
            match code.form {
                Form::Place => quote!(#tokens.as_str()),
                Form::Temporary => quote!(&*#tokens),
                Form::Plain | Form::Loose => tokens,
            }
        });
        let pieces: Vec<_> = pieces.collect();
        // Not `format!`: smaller code, and the printer can break an array into lines.
        quote!([#(#pieces),*].concat())
    }
}
