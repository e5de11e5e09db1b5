//! The checks of numbers.

use std::fmt;

use super::engine::{Engine, shown};
use super::path::Path;
use super::text;
use super::walker::{Presence, Target};
use crate::schema::{Kind, Range};

/// The checks of texts where a number should be.
///
/// Shapes of numbers refer to them, so that a program whose inputs have none carries no code that reads and writes them.
#[derive(Clone, Copy)]
pub struct NumberChecks {
    /// Of a text.
    pub(super) text: Check,
    /// Of the digits of a number.
    pub(super) digits: Check,
}

type Check = fn(&mut Engine, &str, Target<'_>, &Path<'_>) -> Presence;

impl NumberChecks {
    pub(crate) const NEW: Self = Self { text: Engine::number_text, digits: Engine::number_digits };
}

impl fmt::Debug for NumberChecks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NumberChecks")
    }
}

impl Engine {
    fn number_text(&mut self, value: &str, target: Target<'_>, path: &Path<'_>) -> Presence {
        match text::number(value) {
            Some(number) => self.float(number, target, path),
            None => {
                self.wrong_type(target.kind, path);
                Presence::Set
            }
        }
    }

    fn number_digits(&mut self, digits: &str, target: Target<'_>, path: &Path<'_>) -> Presence {
        match (digits.parse(), digits.parse()) {
            (Ok(integer), _) => self.integer(integer, target, path),
            (_, Ok(float)) => self.float(float, target, path),
            _ => self.text(digits, target, path),
        }
    }

    pub(super) fn integer(&mut self, value: i128, target: Target<'_>, path: &Path<'_>) -> Presence {
        match target.kind {
            Kind::Integer { bits, range, values, .. } => {
                let limit = 1i128 << bits.saturating_sub(1).min(63);
                if !(-limit..limit).contains(&value) {
                    let article = if *bits == 8 { "an" } else { "a" };
                    self.expected(&format!("{article} {bits}-bit integer"), path);
                    return Presence::Set;
                }
                if self.checks.enumeration
                    && !values.is_empty()
                    && !values.iter().any(|&known| i128::from(known) == value)
                {
                    let expected = values.iter().map(ToString::to_string).collect::<Vec<_>>().join("|");
                    self.not_known("numeric", &shown(&value, target), expected, path);
                }
                let range = Range { min: range.min.map(i128::from), max: range.max.map(i128::from) };
                self.range(value, &range, "numeric value", target.sensitive, path);
            }
            #[expect(clippy::cast_precision_loss, reason = "the shape is a floating-point number")]
            Kind::Float { range, .. } => self.range(value as f64, range, "numeric value", target.sensitive, path),
            Kind::BigNumber | Kind::Timestamp | Kind::Document => {}
            Kind::Structure(_) if target.root && value == 0 => return Presence::Null,
            Kind::Structure(structure) => self.no_structure(structure, 0, path),
            kind => self.wrong_type(kind, path),
        }
        Presence::Set
    }

    pub(super) fn float(&mut self, value: f64, target: Target<'_>, path: &Path<'_>) -> Presence {
        match target.kind {
            Kind::Float { range, .. } => self.range(value, range, "numeric value", target.sensitive, path),
            #[expect(clippy::cast_possible_truncation, reason = "whole and well within the range of the type")]
            Kind::Integer { .. } if value.fract() == 0.0 && value.abs() < 1e30 => {
                return self.integer(value as i128, target, path);
            }
            Kind::Integer { .. } => self.expected("an integer", path),
            Kind::BigNumber | Kind::Timestamp | Kind::Document => {}
            Kind::Structure(structure) => self.no_structure(structure, 0, path),
            kind => self.wrong_type(kind, path),
        }
        Presence::Set
    }
}
