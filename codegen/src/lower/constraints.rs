//! Constraints of members, as sentences of their documentation.

use super::context::Context;
use crate::model::{HasTraits, Member, ShapeKind};

/// What a member's value must look like: `Length: 1 to 256 characters.`, one sentence each.
pub(super) fn sentences(context: &Context<'_>, member: &Member) -> Vec<String> {
    let mut sentences = own(context, member);
    let Some(target) = context.model.target(member) else { return sentences };
    match &target.kind {
        ShapeKind::List(item) => within(context, item, "Each item", &mut sentences),
        ShapeKind::Map { key, value } => {
            within(context, key, "Each key", &mut sentences);
            within(context, value, "Each value", &mut sentences);
        }
        _ => {}
    }
    sentences
}

fn within(context: &Context<'_>, member: &Member, what: &str, sentences: &mut Vec<String>) {
    let own = own(context, member);
    if !own.is_empty() {
        sentences.push(format!("{what}: {}", own.join(" ")));
    }
}

fn own(context: &Context<'_>, member: &Member) -> Vec<String> {
    let mut sentences = Vec::new();
    let effective = context.model.effective(member);
    let Some(target) = context.model.target(member) else { return sentences };
    if let Some(length) = effective.length() {
        let unit = match &target.kind {
            ShapeKind::Blob => "byte",
            ShapeKind::List(_) => "item",
            ShapeKind::Map { .. } => "entr",
            _ => "character",
        };
        sentences.extend(bounds(length.min, length.max).map(|(text, one)| {
            let unit = match (unit, one) {
                ("entr", true) => "entry".to_owned(),
                ("entr", false) => "entries".to_owned(),
                (unit, true) => unit.to_owned(),
                (unit, false) => format!("{unit}s"),
            };
            format!("Length: {text} {unit}.")
        }));
    }
    if let Some(range) = effective.range() {
        sentences.extend(bounds(range.min, range.max).map(|(text, _)| format!("Range: {text}.")));
    }
    if let (ShapeKind::String, Some(text)) = (&target.kind, effective.pattern()) {
        let mut sentence = format!("Pattern: {}.", code(text));
        if let Err(reason) = &*context.pattern(text) {
            sentence.push_str(&format!(" The pattern is not checked before sending: {reason}."));
        }
        sentences.push(sentence);
    }
    sentences
}

/// `1 to 256`, and whether that is one of something.
fn bounds<T: ToString + PartialEq>(min: Option<T>, max: Option<T>) -> Option<(String, bool)> {
    let (text, last) = match (min, max) {
        (Some(min), Some(max)) if min == max => (format!("exactly {}", max.to_string()), max.to_string()),
        (Some(min), Some(max)) => (format!("{} to {}", min.to_string(), max.to_string()), max.to_string()),
        (Some(min), None) => (format!("at least {}", min.to_string()), min.to_string()),
        (None, Some(max)) => (format!("at most {}", max.to_string()), max.to_string()),
        (None, None) => return None,
    };
    Some((text, last == "1"))
}

/// A text as inline code of Markdown, whatever backticks it holds.
pub(super) fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    // A line break would end a paragraph, or begin a list.
    let text = text.replace(['\n', '\r'], " ");
    format!("{fence}{pad}{text}{pad}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_fenced_by_more_backticks_than_it_holds() {
        assert_eq!(code("[a-z]+"), "`[a-z]+`");
        assert_eq!(code("a``b"), "```a``b```");
        assert_eq!(code("`"), "`` ` ``");
    }

    #[test]
    fn bounds_read_as_english() {
        let text = |min: Option<u64>, max: Option<u64>| bounds(min, max).map(|(text, one)| format!("{text} {one}"));
        assert_eq!(text(Some(1), Some(256)).as_deref(), Some("1 to 256 false"));
        assert_eq!(text(Some(1), Some(1)).as_deref(), Some("exactly 1 true"));
        assert_eq!(text(Some(1), None).as_deref(), Some("at least 1 true"));
        assert_eq!(text(None, Some(9)).as_deref(), Some("at most 9 false"));
        assert_eq!(text(None, None), None);
    }
}
