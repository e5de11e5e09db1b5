//! What makes several calls of one operation: paginators and waiters.

use super::Type;

/// How an operation answers a page at a time.
#[derive(Clone, Debug)]
pub struct Pagination {
    /// The method of the client.
    pub method: String,
    /// What it documents.
    pub docs: String,
    /// The type of tokens.
    pub token: Type,
    /// The field of the input that asks for a page.
    pub input: String,
    /// Where the output names the next page.
    pub output: Vec<Step>,
    /// Whether a token may be empty, which says that there is no next page.
    pub may_be_empty: bool,
    /// The items of a page.
    pub items: Option<PageItems>,
}

/// The items of a page.
#[derive(Clone, Debug)]
pub struct PageItems {
    /// Their type, a list or map.
    pub ty: Type,
    /// Where the output has them.
    pub path: Vec<Step>,
}

/// A field on the way to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its identifier.
    pub field: String,
    /// Whether it is optional.
    pub optional: bool,
}

/// How to tell that a resource is in a state.
#[derive(Clone, Debug)]
pub struct Waiter {
    /// The name in the model: `ClusterActive`.
    pub name: String,
    /// The other name that `wait_for` takes: `clusterActive`.
    pub alias: Option<String>,
    /// Its static.
    pub constant: String,
    /// The method of the client.
    pub method: String,
    /// What that documents.
    pub docs: String,
    /// The shortest pause between two calls, in seconds.
    pub min_delay: u32,
    /// The longest, in seconds.
    pub max_delay: u32,
    /// What ends the waiting.
    pub acceptors: Vec<Acceptor>,
}

/// What an answer means.
#[derive(Clone, Debug)]
pub struct Acceptor {
    /// What it means: a variant of the runtime's type.
    pub state: &'static str,
    /// Which answers mean that.
    pub matcher: Matcher,
}

/// Which answers mean something.
#[derive(Clone, Debug)]
pub enum Matcher {
    /// Any output, or any error.
    Success(bool),
    /// An error with this code.
    ErrorType(String),
    /// An output of which an expression gives what is expected.
    Output(PathMatcher),
    /// The same, of input and output.
    InputOutput(PathMatcher),
}

/// What an expression should give.
#[derive(Clone, Debug)]
pub struct PathMatcher {
    /// The expression, its members under their names in JSON.
    pub path: Expression,
    /// How its value is compared: a variant of the runtime's type.
    pub comparator: &'static str,
    /// With what.
    pub expected: String,
}

/// A JMESPath expression: the variants of the runtime's type.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// `@`
    Current,
    /// `name`
    Field(String),
    /// `left.right` and `left | right`
    Chain(Box<Expression>, Box<Expression>),
    /// `[n]`
    Index(i64),
    /// `list[].rest`
    Flatten(Box<Expression>, Box<Expression>),
    /// `list[*].rest`
    Project(Box<Expression>, Box<Expression>),
    /// `object.*.rest`
    Values(Box<Expression>, Box<Expression>),
    /// `list[?condition].rest`
    Filter(Box<Expression>, Box<Expression>, Box<Expression>),
    /// A constant.
    Literal(Constant),
    /// `left == right`, and the like; the relation is a variant of the runtime's type.
    Compare(&'static str, Box<Expression>, Box<Expression>),
    /// `left && right`
    And(Box<Expression>, Box<Expression>),
    /// `left || right`
    Or(Box<Expression>, Box<Expression>),
    /// `!operand`
    Not(Box<Expression>),
    /// `[a, b]`
    List(Vec<Expression>),
    /// `length(of)`
    Length(Box<Expression>),
    /// `contains(list, what)`
    Contains(Box<Expression>, Box<Expression>),
    /// `keys(of)`
    Keys(Box<Expression>),
}

/// A constant of an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    /// `null`
    Null,
    /// `true` and `false`
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text.
    String(String),
}
