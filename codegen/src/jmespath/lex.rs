//! The words of an expression.

use serde_json::Value;

/// A word.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// `name`, or `"any text"`.
    Name(String),
    /// `'text'`, or JSON between backticks.
    Literal(Value),
    /// A whole number.
    Number(i64),
    /// Anything else, `[]` and `[?` being one each.
    Symbol(&'static str),
}

impl Token {
    /// As a message shows it.
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Name(name) => format!("`{name}`"),
            Self::Literal(value) => format!("the literal {value}"),
            Self::Number(number) => format!("`{number}`"),
            Self::Symbol(symbol) => format!("`{symbol}`"),
        }
    }
}

/// Longer ones first.
const SYMBOLS: [&str; 22] = [
    "[]", "[?", "||", "&&", "==", "!=", "<=", ">=", "<", ">", "!", "|", ".", "*", "@", "[", "]", "{", "}", "(", ")",
    ",",
];

/// The words of a text.
pub(super) fn lex(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = match first {
            '\'' => quoted(rest, '\'', |inner| Ok(Token::Literal(inner.replace("\\'", "'").into())))?,
            '`' => quoted(rest, '`', json_literal)?,
            '"' => quoted(rest, '"', |inner| {
                let name = serde_json::from_str(&format!("\"{inner}\""));
                name.map(Token::Name).map_err(|error| format!("has a name in quotes that is no JSON string: {error}"))
            })?,
            _ if first.is_ascii_digit() || first == '-' => number(rest)?,
            _ if first.is_ascii_alphabetic() || first == '_' => {
                let length = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
                (Token::Name(rest.chars().take(length).collect()), length)
            }
            _ => {
                let symbol = SYMBOLS.into_iter().find(|symbol| rest.starts_with(symbol));
                let symbol =
                    symbol.ok_or_else(|| format!("has `{}`, which is not understood", first.escape_debug()))?;
                (Token::Symbol(symbol), symbol.len())
            }
        };
        tokens.push(token);
        rest = rest.get(length..).unwrap_or_default().trim_start();
    }
    Ok(tokens)
}

/// A token between two equal quotes, and its length with them.
fn quoted(text: &str, quote: char, token: impl Fn(&str) -> Result<Token, String>) -> Result<(Token, usize), String> {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if c == quote && !escaped {
            return Ok((token(text.get(1..at).unwrap_or_default())?, at + 1));
        }
        escaped = c == '\\' && !escaped;
    }
    Err(format!("has {quote} without an end"))
}

fn json_literal(inner: &str) -> Result<Token, String> {
    let inner = inner.replace("\\`", "`");
    match serde_json::from_str(&inner) {
        Ok(value @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_))) => Ok(Token::Literal(value)),
        Ok(_) => Err(format!("has the literal `{inner}`: lists and objects are not understood")),
        Err(error) => Err(format!("has the literal `{inner}`, which is no JSON: {error}")),
    }
}

fn number(text: &str) -> Result<(Token, usize), String> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    let length = text.len() - digits.len() + end;
    let number = text.get(..length).and_then(|number| number.parse().ok());
    let number = number.ok_or_else(|| format!("has a number at `{text}` that cannot be read"))?;
    Ok((Token::Number(number), length))
}
