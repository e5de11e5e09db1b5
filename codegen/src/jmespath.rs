//! JMESPath, as far as waiters use it: from text to expression.
//!
//! Slices, expression references, multi-select hashes and most functions are not understood, and are errors.

mod lex;
mod parse;

pub(crate) use parse::parse;

#[cfg(test)]
mod tests;
