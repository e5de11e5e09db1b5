//! Regular expressions of the model, compiled by the generator into static data.
//!
//! A [`Pattern`] is matched in time linear in the text, without a regex engine to link and without allocating (the one
//! exception: patterns with look-around on texts of several kilobytes). What it means is what ECMAScript's
//! `RegExp.prototype.test` means: a search anywhere in the text unless the pattern is anchored, `^` and `$` only at the
//! very ends, `.` without line terminators. Characters are Unicode scalar values.
//!
//! Two kinds of program, chosen by the generator:
//!
//! * [`Step`]s: anchored sequences in which no character ever leaves a choice, so one pass without any state decides.
//!   Most identifiers and ARNs are of this kind.
//! * [`Nfa`]: everything else, simulated with one bit per instruction.

mod class;
mod nfa;
mod runs;
mod sim;
pub mod unicode;

use std::fmt;

pub use class::Class;
pub use nfa::{Code, Inst, Look, Nfa};
pub use runs::Step;

/// A regular expression of the model.
pub struct Pattern {
    text: &'static str,
    program: Program,
}

#[derive(Debug)]
enum Program {
    Runs { steps: &'static [Step], to_end: bool },
    Nfa(Nfa),
}

impl Pattern {
    /// A pattern anchored at both ends: the steps, then the end of the text.
    pub const fn whole(text: &'static str, steps: &'static [Step]) -> Self {
        Self { text, program: Program::Runs { steps, to_end: true } }
    }

    /// A pattern anchored at the start only: the steps, then anything.
    pub const fn prefix(text: &'static str, steps: &'static [Step]) -> Self {
        Self { text, program: Program::Runs { steps, to_end: false } }
    }

    /// Any other pattern.
    pub const fn nfa(text: &'static str, nfa: Nfa) -> Self {
        Self { text, program: Program::Nfa(nfa) }
    }

    /// The expression as the model has it, which messages show.
    pub const fn text(&self) -> &'static str {
        self.text
    }

    /// Whether the expression matches within `value`.
    pub fn is_match(&self, value: &str) -> bool {
        match &self.program {
            Program::Runs { steps, to_end } => runs::is_match(steps, *to_end, value),
            Program::Nfa(nfa) => nfa.is_match(value),
        }
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pattern").field(&self.text).finish()
    }
}
