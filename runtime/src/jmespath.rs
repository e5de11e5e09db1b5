//! JMESPath expressions as static data, and what they give.
//!
//! The generator parses the expressions of models; a bad one is an error there, so that nothing here can fail.

use serde_json::Value;

/// An expression.
#[derive(Debug)]
pub enum Expression {
    /// `@`: the value itself.
    Current,
    /// `name`: a member of an object.
    Field(&'static str),
    /// `left.right` and `left | right`: the second of what the first gives.
    Chain(&'static Expression, &'static Expression),
    /// `[n]`: an item of a list, from its end when negative.
    Index(i64),
    /// `list[].rest`: the rest of each item, items that are lists being replaced by theirs.
    Flatten(&'static Expression, &'static Expression),
    /// `list[*].rest`: the rest of each item.
    Project(&'static Expression, &'static Expression),
    /// `object.*.rest`: the rest of each member's value.
    Values(&'static Expression, &'static Expression),
    /// `list[?condition].rest`: the rest of each item that meets the condition.
    Filter(&'static Expression, &'static Expression, &'static Expression),
    /// A constant.
    Literal(Literal),
    /// `left == right`, and the like.
    Compare(Relation, &'static Expression, &'static Expression),
    /// `left && right`.
    And(&'static Expression, &'static Expression),
    /// `left || right`.
    Or(&'static Expression, &'static Expression),
    /// `!operand`.
    Not(&'static Expression),
    /// `[a, b]`: the value of each, as a list.
    List(&'static [Expression]),
    /// `length(of)`.
    Length(&'static Expression),
    /// `contains(list or text, what)`.
    Contains(&'static Expression, &'static Expression),
    /// `keys(of)`.
    Keys(&'static Expression),
}

/// A constant.
#[derive(Clone, Copy, Debug)]
pub enum Literal {
    /// `null`.
    Null,
    /// `true` and `false`.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text.
    String(&'static str),
}

/// How two values are compared. Those of order are for numbers alone, and give null for others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl Expression {
    /// What the expression gives for a value; null where the value does not have what is asked for.
    #[must_use]
    pub fn evaluate(&self, value: &Value) -> Value {
        match self {
            Self::Current => value.clone(),
            Self::Field(name) => value.get(name).cloned().unwrap_or_default(),
            Self::Chain(left, right) => right.evaluate(&left.evaluate(value)),
            Self::Index(index) => at(value, *index),
            Self::Flatten(list, rest) => project(flatten(list.evaluate(value)), rest),
            Self::Project(list, rest) => project(items(list.evaluate(value)), rest),
            Self::Values(object, rest) => project(values(object.evaluate(value)), rest),
            Self::Filter(list, condition, rest) => {
                let mut items = items(list.evaluate(value));
                if let Some(items) = &mut items {
                    items.retain(|item| is_true(&condition.evaluate(item)));
                }
                project(items, rest)
            }
            Self::Literal(literal) => literal.value(),
            Self::Compare(relation, left, right) => relation.holds(&left.evaluate(value), &right.evaluate(value)),
            Self::And(left, right) => match left.evaluate(value) {
                left if is_true(&left) => right.evaluate(value),
                left => left,
            },
            Self::Or(left, right) => match left.evaluate(value) {
                left if is_true(&left) => left,
                _ => right.evaluate(value),
            },
            Self::Not(operand) => Value::Bool(!is_true(&operand.evaluate(value))),
            Self::List(_) if value.is_null() => Value::Null,
            Self::List(items) => items.iter().map(|item| item.evaluate(value)).collect(),
            Self::Length(of) => length(&of.evaluate(value)),
            Self::Contains(list, what) => contains(&list.evaluate(value), &what.evaluate(value)),
            Self::Keys(of) => match of.evaluate(value) {
                Value::Object(object) => object.keys().cloned().collect(),
                _ => Value::Null,
            },
        }
    }
}

impl Literal {
    fn value(self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => value.into(),
            Self::Number(value) => value.into(),
            Self::String(value) => value.into(),
        }
    }
}

impl Relation {
    fn holds(self, left: &Value, right: &Value) -> Value {
        let order = left.as_f64().zip(right.as_f64()).and_then(|(left, right)| left.partial_cmp(&right));
        let ordered = |holds: fn(std::cmp::Ordering) -> bool| order.map_or(Value::Null, |order| holds(order).into());
        match self {
            Self::Equal => equal(left, right).into(),
            Self::NotEqual => (!equal(left, right)).into(),
            Self::Less => ordered(std::cmp::Ordering::is_lt),
            Self::LessOrEqual => ordered(std::cmp::Ordering::is_le),
            Self::Greater => ordered(std::cmp::Ordering::is_gt),
            Self::GreaterOrEqual => ordered(std::cmp::Ordering::is_ge),
        }
    }
}

/// Equality that takes `0` and `0.0` for the same.
fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left == right || left.as_f64() == right.as_f64(),
        _ => left == right,
    }
}

/// What JMESPath takes for true: all but false, null and what is empty.
fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
        Value::Number(_) => true,
    }
}

fn at(value: &Value, index: i64) -> Value {
    let Value::Array(items) = value else { return Value::Null };
    let distance = usize::try_from(index.unsigned_abs()).unwrap_or(usize::MAX);
    let position = if index < 0 { items.len().checked_sub(distance) } else { Some(distance) };
    position.and_then(|position| items.get(position)).cloned().unwrap_or_default()
}

fn items(value: Value) -> Option<Vec<Value>> {
    match value {
        Value::Array(items) => Some(items),
        _ => None,
    }
}

fn values(value: Value) -> Option<Vec<Value>> {
    match value {
        Value::Object(members) => Some(members.into_iter().map(|(_, value)| value).collect()),
        _ => None,
    }
}

fn flatten(value: Value) -> Option<Vec<Value>> {
    let mut flat = Vec::new();
    for item in items(value)? {
        match item {
            Value::Array(items) => flat.extend(items),
            item => flat.push(item),
        }
    }
    Some(flat)
}

/// The rest of each item, but for nulls.
fn project(items: Option<Vec<Value>>, rest: &Expression) -> Value {
    let Some(items) = items else { return Value::Null };
    items.iter().map(|item| rest.evaluate(item)).filter(|value| !value.is_null()).collect()
}

fn length(value: &Value) -> Value {
    match value {
        Value::String(text) => text.chars().count().into(),
        Value::Array(items) => items.len().into(),
        Value::Object(members) => members.len().into(),
        Value::Null | Value::Bool(_) | Value::Number(_) => Value::Null,
    }
}

fn contains(value: &Value, what: &Value) -> Value {
    match (value, what) {
        (Value::Array(items), what) => items.iter().any(|item| equal(item, what)).into(),
        (Value::String(text), Value::String(what)) => text.contains(what.as_str()).into(),
        (Value::String(_), _) => false.into(),
        _ => Value::Null,
    }
}

#[cfg(test)]
mod tests;
