//! From words to an expression, by binding powers as in the JMESPath specification's own grammar.

use serde_json::Value;

use super::lex::{Token, lex};
use crate::ir::{Constant, Expression};

/// Nobody writes longer ones by hand, and what is bounded here need not be guarded elsewhere.
const LONGEST: usize = 1_000;
const DEEPEST: usize = 50;

const PIPE: u8 = 1;
const OR: u8 = 2;
const AND: u8 = 3;
const COMPARE: u8 = 5;
const FLATTEN: u8 = 9;
/// What binds less tightly ends a projection.
const PROJECTION_STOP: u8 = 10;
const STAR: u8 = 20;
const FILTER: u8 = 21;
const DOT: u8 = 40;
const NOT: u8 = 45;
const BRACKET: u8 = 55;

/// Reads an expression.
///
/// # Errors
/// What is wrong with it, as the rest of a sentence that begins with the expression.
pub(crate) fn parse(text: &str) -> Result<Expression, String> {
    if text.len() > LONGEST {
        return Err(format!("has {} bytes: more than {LONGEST} are not understood", text.len()));
    }
    let mut tokens = lex(text)?;
    tokens.reverse();
    let mut parser = Parser { tokens, depth: 0 };
    let expression = parser.expression(0)?;
    match parser.tokens.last() {
        None => Ok(expression),
        Some(token) => Err(format!("has {} where it should end", token.describe())),
    }
}

struct Parser {
    /// What is left, the next one last.
    tokens: Vec<Token>,
    depth: usize,
}

impl Parser {
    fn expression(&mut self, power: u8) -> Result<Expression, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(format!("is nested more than {DEEPEST} deep"));
        }
        let mut left = self.prefix()?;
        while power < self.next_power() {
            left = self.infix(left)?;
        }
        self.depth -= 1;
        Ok(left)
    }

    /// What begins an expression.
    fn prefix(&mut self) -> Result<Expression, String> {
        let current = Box::new(Expression::Current);
        match self.tokens.pop() {
            Some(Token::Name(name)) if self.take("(") => self.function(&name),
            Some(Token::Name(name)) => Ok(Expression::Field(name)),
            Some(Token::Literal(value)) => constant(value),
            Some(Token::Symbol("@")) => Ok(*current),
            Some(Token::Symbol("!")) => Ok(Expression::Not(self.boxed(NOT)?)),
            Some(Token::Symbol("(")) => {
                let inner = self.expression(0)?;
                self.expect(")")?;
                Ok(inner)
            }
            Some(Token::Symbol("*")) => Ok(Expression::Values(current, self.projected(STAR)?)),
            Some(Token::Symbol("[]")) => Ok(Expression::Flatten(current, self.projected(FLATTEN)?)),
            Some(Token::Symbol("[?")) => self.filter(*current),
            Some(Token::Symbol("[")) => match self.index(Expression::Current)? {
                Some(indexed) => Ok(indexed),
                None => self.list(),
            },
            Some(Token::Symbol("{")) => Err("has `{`: objects made of several values are not understood".to_owned()),
            Some(token) => Err(format!("has {} where a value should be", token.describe())),
            None => Err("ends where a value should be".to_owned()),
        }
    }

    /// What goes on with an expression.
    fn infix(&mut self, left: Expression) -> Result<Expression, String> {
        let boxed = |left| Box::new(left);
        let Some(Token::Symbol(symbol)) = self.tokens.pop() else { return Ok(left) };
        match symbol {
            "." if self.take("*") => Ok(Expression::Values(boxed(left), self.projected(STAR)?)),
            "." => Ok(Expression::Chain(boxed(left), Box::new(self.after_dot(DOT)?))),
            "|" => Ok(Expression::Chain(boxed(left), self.boxed(PIPE)?)),
            "||" => Ok(Expression::Or(boxed(left), self.boxed(OR)?)),
            "&&" => Ok(Expression::And(boxed(left), self.boxed(AND)?)),
            "[]" => Ok(Expression::Flatten(boxed(left), self.projected(FLATTEN)?)),
            "[?" => self.filter(left),
            "[" => match self.index(left)? {
                Some(indexed) => Ok(indexed),
                None => Err("has `[` without a number or `*` behind a value".to_owned()),
            },
            comparison => match relation(comparison) {
                Some(relation) => Ok(Expression::Compare(relation, boxed(left), self.boxed(COMPARE)?)),
                None => Err(format!("has `{comparison}` behind a value")),
            },
        }
    }

    fn next_power(&self) -> u8 {
        match self.tokens.last() {
            Some(Token::Symbol(symbol)) => power(symbol),
            // A value behind a value, which `parse` reports.
            _ => 0,
        }
    }

    /// What a projection does with each item.
    fn projected(&mut self, power: u8) -> Result<Box<Expression>, String> {
        let rest = match self.tokens.last() {
            _ if self.next_power() < PROJECTION_STOP => Expression::Current,
            Some(Token::Symbol("[" | "[?")) => self.expression(power)?,
            Some(Token::Symbol(".")) => {
                self.tokens.pop();
                self.after_dot(power)?
            }
            _ => Expression::Current,
        };
        Ok(Box::new(rest))
    }

    fn after_dot(&mut self, power: u8) -> Result<Expression, String> {
        match self.tokens.last() {
            Some(Token::Name(_) | Token::Symbol("*")) => self.expression(power),
            Some(Token::Symbol("[")) => {
                self.tokens.pop();
                self.list()
            }
            Some(Token::Symbol("{")) => self.prefix(),
            Some(token) => Err(format!("has {} behind a dot", token.describe())),
            None => Err("ends with a dot".to_owned()),
        }
    }

    fn filter(&mut self, left: Expression) -> Result<Expression, String> {
        let condition = self.boxed(0)?;
        self.expect("]")?;
        Ok(Expression::Filter(Box::new(left), condition, self.projected(FILTER)?))
    }

    /// What a bracket holds that is no list of values: `n]` or `*]`.
    fn index(&mut self, left: Expression) -> Result<Option<Expression>, String> {
        match self.tokens.last() {
            Some(Token::Number(index)) => {
                let index = Expression::Index(*index);
                self.tokens.pop();
                self.expect("]")?;
                Ok(Some(if left == Expression::Current {
                    index
                } else {
                    Expression::Chain(Box::new(left), Box::new(index))
                }))
            }
            Some(Token::Symbol("*")) => {
                self.tokens.pop();
                self.expect("]")?;
                Ok(Some(Expression::Project(Box::new(left), self.projected(STAR)?)))
            }
            _ => Ok(None),
        }
    }

    /// What is left of `[a, b]`.
    fn list(&mut self) -> Result<Expression, String> {
        let mut items = vec![self.expression(0)?];
        while self.take(",") {
            items.push(self.expression(0)?);
        }
        self.expect("]")?;
        Ok(Expression::List(items))
    }

    /// What is left of `name(a, b)`.
    fn function(&mut self, name: &str) -> Result<Expression, String> {
        let mut arguments = Vec::new();
        if !self.take(")") {
            arguments.push(self.boxed(0)?);
            while self.take(",") {
                arguments.push(self.boxed(0)?);
            }
            self.expect(")")?;
        }
        let count = arguments.len();
        let mut arguments = arguments.into_iter();
        match (name, arguments.next(), arguments.next(), count) {
            ("length", Some(of), None, 1) => Ok(Expression::Length(of)),
            ("keys", Some(of), None, 1) => Ok(Expression::Keys(of)),
            ("contains", Some(list), Some(what), 2) => Ok(Expression::Contains(list, what)),
            ("length" | "keys" | "contains", ..) => Err(format!("gives `{name}` {count} arguments")),
            _ => Err(format!("has the function `{name}`: only `contains`, `keys` and `length` are understood")),
        }
    }

    fn boxed(&mut self, power: u8) -> Result<Box<Expression>, String> {
        self.expression(power).map(Box::new)
    }

    fn take(&mut self, symbol: &str) -> bool {
        let is_next = matches!(self.tokens.last(), Some(Token::Symbol(next)) if *next == symbol);
        if is_next {
            self.tokens.pop();
        }
        is_next
    }

    fn expect(&mut self, symbol: &str) -> Result<(), String> {
        if self.take(symbol) {
            return Ok(());
        }
        match self.tokens.last() {
            Some(token) => Err(format!("has {} where `{symbol}` should be", token.describe())),
            None => Err(format!("ends where `{symbol}` should be")),
        }
    }
}

fn power(symbol: &str) -> u8 {
    match symbol {
        "|" => PIPE,
        "||" => OR,
        "&&" => AND,
        "[]" => FLATTEN,
        "[?" => FILTER,
        "." => DOT,
        "[" => BRACKET,
        symbol if relation(symbol).is_some() => COMPARE,
        _ => 0,
    }
}

fn relation(symbol: &str) -> Option<&'static str> {
    Some(match symbol {
        "==" => "Equal",
        "!=" => "NotEqual",
        "<" => "Less",
        "<=" => "LessOrEqual",
        ">" => "Greater",
        ">=" => "GreaterOrEqual",
        _ => return None,
    })
}

fn constant(value: Value) -> Result<Expression, String> {
    Ok(Expression::Literal(match value {
        Value::Null => Constant::Null,
        Value::Bool(value) => Constant::Bool(value),
        Value::String(text) => Constant::String(text),
        Value::Number(number) => match number.as_f64() {
            Some(number) => Constant::Number(number),
            None => return Err(format!("has the number {number}, which is too large")),
        },
        other => return Err(format!("has the literal {other}: lists and objects are not understood")),
    }))
}
