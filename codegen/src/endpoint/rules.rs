//! A rule set as it is written, before its types are checked.

use super::template::Template;

/// A rule: what it gives if all of its conditions hold.
pub(super) struct Rule {
    pub(super) conditions: Vec<Condition>,
    pub(super) outcome: Outcome,
}

/// What a rule gives.
pub(super) enum Outcome {
    Endpoint(Endpoint),
    Error(Argument),
    /// What the first rule gives whose conditions hold; an error if there is none.
    Tree(Vec<Rule>),
}

/// A function call that must not give false or nothing, and the name of what it gives.
pub(super) struct Condition {
    pub(super) call: Call,
    pub(super) assign: Option<String>,
}

pub(super) struct Call {
    pub(super) path: String,
    pub(super) function: String,
    pub(super) arguments: Vec<Argument>,
}

pub(super) struct Argument {
    pub(super) path: String,
    pub(super) kind: ArgumentKind,
}

pub(super) enum ArgumentKind {
    Boolean(bool),
    Integer(i64),
    Text(Template),
    /// A parameter or a name assigned by a condition.
    Reference(String),
    Call(Call),
}

pub(super) struct Endpoint {
    pub(super) url: Argument,
    /// Sorted by name.
    pub(super) headers: Vec<(String, Vec<Argument>)>,
    /// Sorted by name.
    pub(super) properties: Vec<(String, Property)>,
}

/// A property of an endpoint, or a part of one.
pub(super) struct Property {
    pub(super) path: String,
    pub(super) kind: PropertyKind,
}

pub(super) enum PropertyKind {
    Boolean(bool),
    Integer(i64),
    Text(Template),
    List(Vec<Property>),
    /// Sorted by key.
    Map(Vec<(String, Property)>),
}
