//! What the operations that list have in common: conditions and pages.

use serde::Deserialize;
use serde_json::{Value, json};

use super::input::check_name;
use crate::validate::Violations;

/// Which names to list.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Condition {
    comparison_operator: Option<String>,
    comparison_value: Option<String>,
}

/// The part of a list that is asked for.
pub(super) struct Window {
    pub(super) prefix: String,
    /// The name after which it starts.
    pub(super) after: Option<String>,
    pub(super) max: usize,
}

pub(super) fn window(
    violations: &mut Violations,
    max_results: i64,
    next_token: Option<&str>,
    (member, condition): (&str, Option<&Condition>),
) -> Option<Window> {
    let max = violations.range("MaxResults", max_results, 1, 10_000);
    let after = next_token.filter(|token| !token.is_empty()).map(|token| {
        let name = unhex(token);
        if name.is_none() {
            violations.note("NextToken is not one that this operation gave");
        }
        name.unwrap_or_default()
    });
    let mut prefix = String::new();
    if let Some(condition) = condition {
        if let Some(operator) = &condition.comparison_operator {
            violations.one_of(&format!("{member}.ComparisonOperator"), operator, &["BEGINS_WITH"]);
        }
        if let Some(value) = &condition.comparison_value {
            check_name(violations, &format!("{member}.ComparisonValue"), value);
            prefix.clone_from(value);
        }
    }
    Some(Window { prefix, after, max: usize::try_from(max?).unwrap_or(usize::MAX) })
}

/// A page of a list; a token where there is more.
pub(super) fn output(member: &str, items: Vec<Value>, next: Option<&str>) -> Value {
    let mut output = json!({ member: items });
    if let Some(next) = next {
        output["NextToken"] = json!(next.bytes().map(|byte| format!("{byte:02x}")).collect::<String>());
    }
    output
}

fn unhex(token: &str) -> Option<String> {
    let digits = token.as_bytes();
    let pairs = digits.chunks(2).map(|pair| {
        let pair = std::str::from_utf8(pair).ok().filter(|pair| pair.len() == 2)?;
        u8::from_str_radix(pair, 16).ok()
    });
    String::from_utf8(pairs.collect::<Option<Vec<u8>>>()?).ok()
}
