//! Arguments: references, templates, and the types they must have.

use super::super::rules::{Argument, ArgumentKind};
use super::super::template::{self, Piece, Template};
use super::super::typed::{Kind, Type, Value};
use super::{Checker, Scope};

impl Checker<'_, '_> {
    /// A value of any type, which may be optional.
    pub(super) fn value(&mut self, argument: &Argument, scope: &Scope) -> Option<Value> {
        match &argument.kind {
            ArgumentKind::Boolean(flag) => Some(Value::boolean(Kind::Boolean(*flag))),
            ArgumentKind::Integer(number) => Some(Value::new(Kind::Integer(*number), Type::Integer, false)),
            ArgumentKind::Text(template) => self.template(&argument.path, template, scope),
            ArgumentKind::Reference(name) => self.reference(&argument.path, name, scope),
            ArgumentKind::Call(call) => self.call(call, scope),
        }
    }

    /// A value of the given type that is always there; `what` names it in findings.
    pub(super) fn required(&mut self, argument: &Argument, of: Type, what: &str, scope: &Scope) -> Option<Value> {
        let value = self.value(argument, scope)?;
        self.expect(&argument.path, value, of, what)
    }

    fn expect(&mut self, path: &str, value: Value, of: Type, what: &str) -> Option<Value> {
        if value.of != of {
            self.issues.report(path, format!("{what} must be {}, found {}", of.name(), value.of.name()));
            None
        } else if value.optional {
            // One finding for each parameter: a second would say the same.
            if let Kind::Parameter(field) = &value.kind
                && !self.unchecked.insert(field.clone())
            {
                return None;
            }
            self.issues.report_with_help(
                path,
                format!("{what} may be unset here"),
                "check it with `isSet`, or `assign` it, in a condition before this",
            );
            None
        } else {
            Some(value)
        }
    }

    fn reference(&mut self, path: &str, name: &str, scope: &Scope) -> Option<Value> {
        match scope.names.get(name) {
            Some(value) => value.clone(),
            None => {
                let known: Vec<_> = scope.names.keys().map(String::as_str).collect();
                self.issues.report_with_help(
                    path,
                    format!("`{name}` is neither a parameter nor assigned before this"),
                    match known.as_slice() {
                        [] => "there are no parameters".to_owned(),
                        known => format!("known here are {}", super::super::issues::list(known)),
                    },
                );
                None
            }
        }
    }

    /// The string a template gives.
    pub(super) fn template(&mut self, path: &str, template: &Template, scope: &Scope) -> Option<Value> {
        if let Some(text) = template.as_literal() {
            return Some(Value::text(text));
        }
        let pieces = template.0.iter().map(|piece| match piece {
            Piece::Literal(text) => Some(Value::text(text)),
            Piece::Reference { name, path: field } => {
                let value = self.reference(path, name, scope)?;
                let value = match field {
                    Some(field) => self.attribute(path, value, field)?,
                    None => value,
                };
                self.expect(path, value, Type::String, &format!("`{name}` in a template"))
            }
        });
        let mut pieces: Vec<_> = pieces.collect::<Option<_>>()?;
        Some(match pieces.len() {
            1 => pieces.remove(0),
            _ => Value::new(Kind::Joined(pieces), Type::String, false),
        })
    }

    /// `getAttr`: what is at a path within a record or an array.
    pub(super) fn attribute(&mut self, path: &str, value: Value, steps: &str) -> Option<Value> {
        let parsed = template::parse_path(steps).map_err(|flaw| self.issues.report(path, flaw));
        let mut value = value;
        for step in parsed.ok()? {
            let of = value.of;
            value = match step {
                template::Step::Key(key) => {
                    let Some((field, field_type)) = of.field(&key) else {
                        self.issues.report(path, format!("{} has no `{key}`", of.name()));
                        return None;
                    };
                    let optional = value.optional;
                    Value::new(Kind::Field(Box::new(value), field), field_type, optional)
                }
                template::Step::Index(index) => {
                    let array = self.expect(path, value, Type::StringArray, "what has an index")?;
                    Value::new(Kind::Item(Box::new(array), index), Type::String, true)
                }
            };
        }
        Some(value)
    }
}
