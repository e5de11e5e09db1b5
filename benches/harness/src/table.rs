//! The result: rows of figures, as a table for people and as JSON for programs.

use std::fmt::Write as _;

use meter::Outcome;
use meter::stats::Pairs;
use serde_json::{Value, json};

/// What a row is to show; rows of [`Target::None`] only inform.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Target {
    None,
    /// Ours is at most so many times the rival's.
    RatioAtMost(f64),
    /// Ours is at least so many times the rival's.
    RatioAtLeast(f64),
    /// Ours is at most so much more than the rival's.
    MoreAtMost(f64),
    /// Our own figure has an upper bound.
    AtMost(f64),
    /// Our own figure has a lower bound.
    AtLeast(f64),
}

/// One figure of ours beside a rival's.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) name: String,
    unit: &'static str,
    ours: Option<f64>,
    rival: Option<f64>,
    ratio: Option<f64>,
    target: Target,
    skipped: Option<String>,
}

impl Row {
    /// A figure of ours and the rival's.
    pub(crate) fn new(name: impl Into<String>, unit: &'static str, ours: f64, rival: f64) -> Self {
        Self { ratio: Some(ours / rival), rival: Some(rival), ..Self::ours(name, unit, ours) }
    }

    /// The medians of interleaved runs, with the median of their ratios.
    pub(crate) fn of_pairs(name: impl Into<String>, unit: &'static str, pairs: &Pairs) -> Outcome<Self> {
        let name = name.into();
        match (pairs.medians(), pairs.ratio()) {
            (Some((ours, rival)), Some(ratio)) if ours > 0.0 && rival > 0.0 => {
                Ok(Self { ratio: Some(ratio), ..Self::new(name, unit, ours, rival) })
            }
            _ => Err(format!("`{name}` measured nothing").into()),
        }
    }

    /// A figure of ours that no rival has.
    pub(crate) fn ours(name: impl Into<String>, unit: &'static str, ours: f64) -> Self {
        Self {
            name: name.into(),
            unit,
            ours: Some(ours),
            rival: None,
            ratio: None,
            target: Target::None,
            skipped: None,
        }
    }

    /// What could not be measured here, and why.
    pub(crate) fn skipped(name: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { ours: None, skipped: Some(reason.into()), ..Self::ours(name, "", 0.0) }
    }

    pub(crate) fn target(mut self, target: Target) -> Self {
        self.target = target;
        self
    }

    /// Whether the target is met; `None` where there is none or nothing was measured.
    pub(crate) fn ok(&self) -> Option<bool> {
        match self.target {
            Target::None => None,
            Target::RatioAtMost(limit) => self.ratio.map(|ratio| ratio <= limit),
            Target::RatioAtLeast(limit) => self.ratio.map(|ratio| ratio >= limit),
            Target::MoreAtMost(limit) => Some(self.ours? - self.rival? <= limit),
            Target::AtMost(limit) => self.ours.map(|ours| ours <= limit),
            Target::AtLeast(limit) => self.ours.map(|ours| ours >= limit),
        }
    }

    fn target_text(&self) -> String {
        if let Some(reason) = &self.skipped {
            return format!("skipped: {reason}");
        }
        match self.target {
            Target::None => String::new(),
            Target::RatioAtMost(limit) => format!("ratio <= {limit:.2}"),
            Target::RatioAtLeast(limit) => format!("ratio >= {limit:.2}"),
            Target::MoreAtMost(limit) => format!("ours - rival <= {}", figure(limit)),
            Target::AtMost(limit) => format!("ours <= {}", figure(limit)),
            Target::AtLeast(limit) => format!("ours >= {}", figure(limit)),
        }
    }

    /// Name with unit, ours, rival, ratio, target, ok.
    fn cells(&self) -> [String; 6] {
        let optional = |value: Option<f64>| value.map(figure).unwrap_or_default();
        [
            self.full_name(),
            optional(self.ours),
            optional(self.rival),
            self.ratio.map(|ratio| format!("{ratio:.3}")).unwrap_or_default(),
            self.target_text(),
            self.ok().map_or("", |ok| if ok { "yes" } else { "NO" }).to_owned(),
        ]
    }

    fn full_name(&self) -> String {
        if self.unit.is_empty() { self.name.clone() } else { format!("{} [{}]", self.name, self.unit) }
    }

    fn json(&self) -> Value {
        json!({
            "name": self.full_name(),
            "ours": self.ours,
            "rival": self.rival,
            "ratio": self.ratio,
            "target": self.target_text(),
            "ok": self.ok(),
        })
    }
}

/// Four significant digits at most; counts in full.
fn figure(value: f64) -> String {
    if value.fract() == 0.0 || value.abs() >= 1000.0 {
        format!("{value:.0}")
    } else if value.abs() >= 10.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.3}")
    }
}

/// The rows as an array of objects.
pub(crate) fn json(rows: &[Row]) -> Value {
    rows.iter().map(Row::json).collect()
}

/// The rows as a Markdown table whose columns also line up as plain text.
pub(crate) fn markdown(rows: &[Row]) -> String {
    let head = ["", "ours", "rival", "ratio", "target", "ok"].map(str::to_owned);
    let rows: Vec<[String; 6]> = std::iter::once(head).chain(rows.iter().map(Row::cells)).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; 6] = std::array::from_fn(width);
    let right = |column: usize| (1..=3).contains(&column);
    let mut text = String::new();
    for (index, row) in rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            let width = widths[column];
            let _ = if right(column) { write!(text, "| {cell:>width$} ") } else { write!(text, "| {cell:<width$} ") };
        }
        text.push_str("|\n");
        if index == 0 {
            for (column, width) in widths.iter().enumerate() {
                let dashes = "-".repeat(width + 1);
                let _ = if right(column) { write!(text, "|{dashes}:") } else { write!(text, "|{dashes}-") };
            }
            text.push_str("|\n");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_judged() {
        let row = Row::new("a", "us", 1.0, 2.0);
        assert_eq!(row.clone().ok(), None);
        assert_eq!(row.clone().target(Target::RatioAtMost(0.5)).ok(), Some(true));
        assert_eq!(row.clone().target(Target::RatioAtMost(0.49)).ok(), Some(false));
        assert_eq!(row.clone().target(Target::RatioAtLeast(0.6)).ok(), Some(false));
        assert_eq!(row.clone().target(Target::MoreAtMost(-2.0)).ok(), Some(false));
        assert_eq!(row.clone().target(Target::AtMost(1.0)).ok(), Some(true));
        assert_eq!(row.target(Target::AtLeast(1.5)).ok(), Some(false));
        assert_eq!(Row::skipped("a", "no node").target(Target::RatioAtMost(1.0)).ok(), None);
    }

    #[test]
    fn rows_have_the_promised_keys() {
        let rows = [Row::new("a", "us", 1.0, 2.0).target(Target::RatioAtMost(0.5)), Row::skipped("b", "no node")];
        assert_eq!(
            json(&rows),
            json!([
                {"name": "a [us]", "ours": 1.0, "rival": 2.0, "ratio": 0.5, "target": "ratio <= 0.50", "ok": true},
                {"name": "b", "ours": null, "rival": null, "ratio": null, "target": "skipped: no node", "ok": null},
            ])
        );
        let table = markdown(&rows);
        assert_eq!(table.lines().count(), 4);
        assert!(table.lines().all(|line| line.len() == table.lines().next().unwrap().len()), "{table}");
    }
}
