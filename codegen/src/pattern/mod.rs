//! Patterns of the model, compiled to data for `runtime::pattern`.
//!
//! `text -> parse -> Node -> Steps or automaton -> tokens`. The meaning is ECMAScript's, as Smithy prescribes, over
//! Unicode scalar values and with `\p{…}`; the grammar is as forgiving as engines are without the `u` flag, because
//! published patterns rely on it. Three things published patterns do beyond that are understood too: `(?i)` and `(?s)`
//! at the start of a group, surrogate pairs spelt as two escapes, and slashes around the whole.
//!
//! Some patterns are legal and still cannot be checked as written (back references, escapes of other dialects, programs
//! beyond all bounds). They are not errors of the model: see [`Compiled::Unchecked`].

mod ast;
mod classes;
mod emit;
mod escape;
mod nfa;
mod parse;
mod set;
mod steps;

use std::fmt;

pub use emit::tokens;
pub use nfa::{Code, Inst, Look, Nfa};
pub use set::Set;
pub use steps::Step;

/// What became of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub enum Compiled {
    /// It can be checked.
    Checked(Program),
    /// It is legal, but cannot be checked before sending.
    Unchecked {
        /// Why, as the rest of a sentence that begins with “The pattern is not checked before sending: ”.
        reason: String,
    },
}

/// A pattern as data, in the terms of `runtime::pattern`.
#[derive(Clone, Debug, PartialEq)]
pub enum Program {
    /// Anchored, and no character leaves a choice.
    Steps {
        /// The steps.
        steps: Vec<Step>,
        /// Whether the text must end after them.
        to_end: bool,
    },
    /// Anything else.
    Nfa(Nfa),
}

/// A text that is not a regular expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// Where, in characters from the start.
    pub at: usize,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a regular expression, at character {}: {}", self.at + 1, self.message)
    }
}

impl std::error::Error for PatternError {}

/// What checks a pattern.
///
/// # Errors
/// Why nothing can, as the rest of a sentence that begins with “The pattern is not checked before sending: ”. A text that is
/// no regular expression is a flaw of the model that only the service can mend, and no reason to go without the client.
pub fn program(text: &str) -> Result<Program, String> {
    match compile(text) {
        Ok(Compiled::Checked(program)) => Ok(program),
        Ok(Compiled::Unchecked { reason }) => Err(reason),
        Err(error) => Err(format!("it is {error}")),
    }
}

/// Compiles a pattern.
///
/// # Errors
/// When the text is not a regular expression of ECMAScript: unbalanced, a range or a repetition out of order, nothing
/// to repeat.
pub fn compile(text: &str) -> Result<Compiled, PatternError> {
    // `/^…$/` is how JavaScript writes a pattern; taken at its word, it could match nothing.
    let inner = text.strip_prefix('/').and_then(|text| text.strip_suffix('/'));
    let text = inner.filter(|text| text.starts_with('^') && text.ends_with('$')).unwrap_or(text);
    let parsed = parse::parse(text)?;
    if let Some(reason) = parsed.doubt {
        return Ok(Compiled::Unchecked { reason });
    }
    if let Some(program) = steps::compile(&parsed.node) {
        return Ok(Compiled::Checked(program));
    }
    Ok(match nfa::compile(&parsed.node) {
        Some(nfa) => Compiled::Checked(Program::Nfa(nfa)),
        None => Compiled::Unchecked { reason: "its repetitions make it too large".to_owned() },
    })
}
