//! The functions of the rules engine: their parameters and what they give.

use super::super::issues::list;
use super::super::rules::{Argument, ArgumentKind, Call};
use super::super::typed::{Function, Kind, Type, Value};
use super::{Checker, Scope};

/// The functions known, for findings.
const KNOWN: &[&str] = &[
    "aws.isVirtualHostableS3Bucket",
    "aws.parseArn",
    "aws.partition",
    "booleanEquals",
    "coalesce",
    "getAttr",
    "isSet",
    "isValidHostLabel",
    "ite",
    "not",
    "parseURL",
    "split",
    "stringEquals",
    "substring",
    "uriEncode",
];

impl Checker<'_, '_> {
    /// What a function gives.
    pub(super) fn call(&mut self, call: &Call, scope: &Scope) -> Option<Value> {
        use Type::{Arn, Boolean, Partition, String, StringArray, Url};
        match call.function.as_str() {
            "isSet" => self.is_set(call, scope),
            "not" => {
                let [value] = self.arguments(call)?;
                Some(self.required(value, Boolean, "the argument of `not`", scope)?.negate())
            }
            "booleanEquals" => {
                let [left, right] = self.pair(call, Boolean, scope)?;
                Some(boolean_equals(left, right))
            }
            "stringEquals" => {
                let [left, right] = self.pair(call, String, scope)?;
                Some(string_equals(left, right))
            }
            "getAttr" => {
                let [value, path] = self.arguments(call)?;
                let value = self.value(value, scope);
                let path_text = self.literal(path, "the path of `getAttr`");
                self.attribute(&path.path, value?, path_text?)
            }
            "coalesce" => self.coalesce(call, scope),
            "ite" => self.choice(call, scope),
            "substring" => self.substring(call, scope),
            "split" => {
                let [text, delimiter, limit] = self.arguments(call)?;
                let what = "an argument of `split`";
                let text = self.required(text, String, what, scope);
                let empty = matches!(&delimiter.kind, ArgumentKind::Text(text) if text.as_literal() == Some(""));
                if empty {
                    self.issues.report(&delimiter.path, "the delimiter of `split` must not be empty");
                }
                let delimiter = self.required(delimiter, String, what, scope);
                let limit = self.size(limit, "the limit of `split`");
                let arguments = vec![text?, delimiter?, limit?];
                Some(Value::new(Kind::Call(Function::Split, arguments), StringArray, false))
            }
            "isValidHostLabel" => self.label(call, Function::IsValidHostLabel, scope),
            "aws.isVirtualHostableS3Bucket" => self.label(call, Function::IsVirtualHostableS3Bucket, scope),
            "uriEncode" => self.of_text(call, Function::UriEncode, String, false, scope),
            "parseURL" => self.of_text(call, Function::ParseUrl, Url, true, scope),
            "aws.parseArn" => self.of_text(call, Function::ParseArn, Arn, true, scope),
            "aws.partition" => self.of_text(call, Function::Partition, Partition, true, scope),
            other => {
                self.issues.report_with_help(
                    &call.path,
                    format!("function `{other}` is not known"),
                    format!("known are {}", list(KNOWN)),
                );
                None
            }
        }
    }

    /// The arguments of a function that takes exactly `N`.
    fn arguments<'c, const N: usize>(&mut self, call: &'c Call) -> Option<[&'c Argument; N]> {
        let arguments: Vec<_> = call.arguments.iter().collect();
        let found = arguments.len();
        let arguments = arguments.try_into().ok();
        if arguments.is_none() {
            self.issues.report(&call.path, format!("`{}` takes {N} arguments, found {found}", call.function));
        }
        arguments
    }

    /// A text without references.
    fn literal<'c>(&mut self, argument: &'c Argument, what: &str) -> Option<&'c str> {
        let literal = match &argument.kind {
            ArgumentKind::Text(template) => template.as_literal(),
            _ => None,
        };
        if literal.is_none() {
            self.issues.report(&argument.path, format!("{what} must be a text without references"));
        }
        literal
    }

    /// A literal integer that is not negative.
    fn size(&mut self, argument: &Argument, what: &str) -> Option<Value> {
        match argument.kind {
            ArgumentKind::Integer(number) if u32::try_from(number).is_ok() => {
                Some(Value::new(Kind::Integer(number), Type::Integer, false))
            }
            _ => {
                self.issues.report(&argument.path, format!("{what} must be an integer from 0"));
                None
            }
        }
    }

    fn is_set(&mut self, call: &Call, scope: &Scope) -> Option<Value> {
        let [value] = self.arguments(call)?;
        let value = self.value(value, scope)?;
        Some(Value::boolean(match value.optional {
            true => Kind::IsSet(Box::new(value)),
            false => Kind::Boolean(true),
        }))
    }

    fn pair(&mut self, call: &Call, of: Type, scope: &Scope) -> Option<[Value; 2]> {
        let [left, right] = self.arguments(call)?;
        let what = format!("an argument of `{}`", call.function);
        let left = self.required(left, of, &what, scope);
        let right = self.required(right, of, &what, scope);
        Some([left?, right?])
    }

    fn of_text(&mut self, call: &Call, function: Function, of: Type, optional: bool, scope: &Scope) -> Option<Value> {
        let [text] = self.arguments(call)?;
        let what = format!("the argument of `{}`", call.function);
        let text = self.required(text, Type::String, &what, scope)?;
        Some(Value::new(Kind::Call(function, vec![text]), of, optional))
    }

    fn label(&mut self, call: &Call, function: Function, scope: &Scope) -> Option<Value> {
        let [text, allow_subdomains] = self.arguments(call)?;
        let what = format!("an argument of `{}`", call.function);
        let text = self.required(text, Type::String, &what, scope);
        let allow_subdomains = self.required(allow_subdomains, Type::Boolean, &what, scope);
        let arguments = vec![text?, allow_subdomains?];
        Some(Value::boolean(Kind::Call(function, arguments)))
    }

    fn substring(&mut self, call: &Call, scope: &Scope) -> Option<Value> {
        let [text, start, stop, reverse] = self.arguments(call)?;
        let what = "an argument of `substring`";
        let text = self.required(text, Type::String, what, scope);
        let start = self.size(start, "the start of `substring`");
        let stop = self.size(stop, "the end of `substring`");
        let reverse = self.required(reverse, Type::Boolean, what, scope);
        let arguments = vec![text?, start?, stop?, reverse?];
        Some(Value::new(Kind::Call(Function::Substring, arguments), Type::String, true))
    }

    fn coalesce(&mut self, call: &Call, scope: &Scope) -> Option<Value> {
        if call.arguments.len() < 2 {
            self.issues.report(&call.path, "`coalesce` takes two arguments or more");
            return None;
        }
        let values = call.arguments.iter().map(|argument| self.alternative(call, argument, scope));
        // All are looked at before the first flaw ends it.
        let values: Vec<_> = values.collect();
        let mut values: Vec<_> = values.into_iter().collect::<Option<_>>()?;
        let of = self.same_type(call, &values)?;
        if let Some(index) = values.iter().position(|value| !value.optional) {
            values.truncate(index + 1);
        }
        let optional = values.iter().all(|value| value.optional);
        Some(match values.len() {
            1 => values.remove(0),
            _ => Value::new(Kind::Coalesce(values), of, optional),
        })
    }

    fn choice(&mut self, call: &Call, scope: &Scope) -> Option<Value> {
        let [condition, yes, no] = self.arguments(call)?;
        let condition = self.required(condition, Type::Boolean, "the condition of `ite`", scope);
        let yes = self.alternative(call, yes, scope);
        let no = self.alternative(call, no, scope);
        let (condition, values) = (condition?, [yes?, no?]);
        let of = self.same_type(call, &values)?;
        let [yes, no] = values;
        Some(choose(condition, yes, no, of))
    }

    /// An argument of a function that gives one of its arguments.
    fn alternative(&mut self, call: &Call, argument: &Argument, scope: &Scope) -> Option<Value> {
        let value = self.value(argument, scope)?;
        match value.of {
            Type::String | Type::Boolean | Type::Partition => Some(value),
            of => {
                self.issues.report(&argument.path, format!("`{}` is not supported for {}", call.function, of.name()));
                None
            }
        }
    }

    fn same_type(&mut self, call: &Call, values: &[Value]) -> Option<Type> {
        let of = values.first()?.of;
        if let Some(other) = values.iter().find(|value| value.of != of) {
            self.issues.report(
                &call.path,
                format!("`{}` takes values of one type, found {} and {}", call.function, of.name(), other.of.name()),
            );
            return None;
        }
        Some(of)
    }
}

fn boolean_equals(left: Value, right: Value) -> Value {
    match (left.kind, right.kind) {
        (Kind::Boolean(true), kind) | (kind, Kind::Boolean(true)) => Value::boolean(kind),
        (Kind::Boolean(false), kind) | (kind, Kind::Boolean(false)) => Value::boolean(kind).negate(),
        (Kind::Not(left), Kind::Not(right)) => boolean_equals(*left, *right),
        (Kind::Not(inner), kind) | (kind, Kind::Not(inner)) => boolean_equals(*inner, Value::boolean(kind)).negate(),
        (left, right) if left == right => Value::boolean(Kind::Boolean(true)),
        (left, right) => {
            let (left, right) = (Value::boolean(left), Value::boolean(right));
            Value::boolean(Kind::Equal(Box::new(left), Box::new(right)))
        }
    }
}

fn string_equals(left: Value, right: Value) -> Value {
    // What varies stands before what does not.
    let (left, right) = match left.kind {
        Kind::Text(_) => (right, left),
        _ => (left, right),
    };
    Value::boolean(match (&left.kind, &right.kind) {
        (Kind::Text(left), Kind::Text(right)) => Kind::Boolean(left == right),
        _ if left == right => Kind::Boolean(true),
        _ => Kind::Equal(Box::new(left), Box::new(right)),
    })
}

fn choose(condition: Value, yes: Value, no: Value, of: Type) -> Value {
    match (&condition.kind, &yes.kind, &no.kind) {
        (Kind::Boolean(true), ..) => yes,
        (Kind::Boolean(false), ..) => no,
        (_, Kind::Boolean(true), Kind::Boolean(false)) => condition,
        (_, Kind::Boolean(false), Kind::Boolean(true)) => condition.negate(),
        _ if yes == no => yes,
        _ => {
            let optional = yes.optional || no.optional;
            let lift = |value: Value| match optional && !value.optional {
                true => Value::new(Kind::Some(Box::new(value)), of, true),
                false => value,
            };
            let (yes, no) = (Box::new(lift(yes)), Box::new(lift(no)));
            Value::new(Kind::Choice(Box::new(condition), yes, no), of, optional)
        }
    }
}
