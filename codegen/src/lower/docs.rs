//! Documentation of everything that is emitted.
//!
//! The model's own documentation is Markdown by now. What has none is named, since every public item must be documented.

use serde_json::Value;

use super::constraints::{code, sentences};
use super::context::Context;
use super::fields::Place;
use crate::ir::Deprecation;
use crate::model::{HasTraits, Member, Shape};
use crate::traits;

/// What the module of a service documents.
pub(super) fn service(shape: &Shape, sdk_id: &str) -> String {
    let title = shape.string(traits::TITLE).unwrap_or(sdk_id);
    match text(shape) {
        Some(docs) => format!("{title}.\n\n{docs}"),
        None => format!("{title}."),
    }
}

/// What an operation's method documents.
pub(super) fn operation(shape: &Shape, errors: &[String]) -> String {
    let name = shape.id.name();
    let docs = text(shape).map_or_else(|| format!("Calls {}.", code(name)), str::to_owned);
    let errors = if errors.is_empty() {
        "This operation models no errors of its own.".to_owned()
    } else {
        let list: Vec<String> = errors.iter().map(|error| code(error)).collect();
        format!("The service may refuse with {}.", list.join(", "))
    };
    format!("{docs}\n\n# Errors\n{errors}\nSee [`Error`] for what else can go wrong.")
}

/// What the input of an operation documents.
pub(super) fn input(operation: &Shape) -> String {
    let name = operation.id.name();
    match text(operation).and_then(first_paragraph).map(first_sentence) {
        Some(docs) => format!("The input of {}: {}", code(name), lower_first(docs)),
        None => format!("The input of {}.", code(name)),
    }
}

/// What the output of an operation documents.
pub(super) fn output(operation: &Shape, shape: &Shape) -> String {
    let what = format!("The output of {}.", code(operation.id.name()));
    match text(shape) {
        Some(docs) => format!("{what}\n\n{docs}"),
        None => what,
    }
}

/// What a type documents.
pub(super) fn shape(shape: &Shape) -> String {
    text(shape).map_or_else(|| format!("The {} {}.", shape.kind.name(), code(shape.id.name())), str::to_owned)
}

/// What a field or a union's variant documents, its constraints included.
pub(super) fn member(context: &Context<'_>, owner: &Shape, member: &Member, place: Place) -> String {
    let own = text(member).or_else(|| text(context.model.target(member)?));
    let mut docs =
        own.map_or_else(|| format!("The member {} of {}.", code(&member.name), code(owner.id.name())), str::to_owned);
    let mut facts = Vec::new();
    if place == Place::Input && member.idempotency_token() {
        facts.push("Filled with a random token when it is not set.".to_owned());
    } else if place == Place::Input && member.required() && member.default_value().is_none() {
        facts.push("Required.".to_owned());
    }
    facts.extend(member.default_value().and_then(default_text).map(|default| format!("Default: {default}.")));
    facts.extend(sentences(context, member));
    if !facts.is_empty() {
        docs.push_str("\n\n");
        docs.push_str(&facts.join(" "));
    }
    docs
}

/// What a value of an enumeration documents.
pub(super) fn value(documented: Option<&str>, value: &str) -> String {
    match documented.map(str::trim).filter(|docs| !docs.is_empty()) {
        Some(docs) => format!("{}: {docs}", code(value)),
        None if value.is_empty() => "The empty text.".to_owned(),
        None => format!("{}.", code(value)),
    }
}

/// `smithy.api#deprecated`.
pub(super) fn deprecation(item: &impl HasTraits) -> Option<Deprecation> {
    let deprecated = item.deprecated()?;
    let note = deprecated.message.map(|message| message.split_whitespace().collect::<Vec<_>>().join(" "));
    let since = deprecated.since.map(str::to_owned);
    // Rust's tools take `since` for a version, and services for a date as well.
    Some(match (note, since) {
        (note, Some(since)) if is_version(&since) => Deprecation { note, since: Some(since) },
        (Some(note), Some(since)) => Deprecation { note: Some(format!("{note} (since {since})")), since: None },
        (None, Some(since)) => Deprecation { note: Some(format!("since {since}")), since: None },
        (note, None) => Deprecation { note, since: None },
    })
}

fn is_version(text: &str) -> bool {
    let mut parts = text.splitn(3, '.');
    let number = |part: &str| part.parse::<u64>().is_ok_and(|number| number.to_string() == part);
    parts.by_ref().take(3).filter(|part| number(part)).count() == 3
}

fn text(item: &impl HasTraits) -> Option<&str> {
    item.documentation().map(str::trim).filter(|docs| !docs.is_empty())
}

fn first_paragraph(docs: &str) -> Option<&str> {
    let paragraph = docs.split("\n\n").next()?;
    // A heading, a list or a table does not go on a sentence.
    (!paragraph.starts_with(['#', '-', '*', '|', '>', '`', '<'])).then_some(paragraph)
}

/// The text up to the first full stop that is followed by a capital, outside of code and links.
fn first_sentence(paragraph: &str) -> &str {
    let (mut depth, mut is_code) = (0_u32, false);
    for (index, c) in paragraph.char_indices() {
        match c {
            '`' => is_code = !is_code,
            '[' | '(' if !is_code => depth += 1,
            ']' | ')' if !is_code => depth = depth.saturating_sub(1),
            '.' if !is_code && depth == 0 => {
                let (sentence, behind) = paragraph.split_at(index + 1);
                let begins_anew = behind.strip_prefix(' ').is_some_and(|behind| behind.starts_with(char::is_uppercase));
                if begins_anew && !sentence.ends_with("e.g.") && !sentence.ends_with("i.e.") {
                    return sentence;
                }
            }
            _ => {}
        }
    }
    paragraph
}

/// `Joins the session` as it goes on a sentence; acronyms and code are left alone.
fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if first.is_uppercase() && second.is_lowercase() => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => text.to_owned(),
    }
}

/// A default as a reader sees it; `None` for nothing worth a word.
fn default_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => Some(code(text)),
        other => Some(code(&other.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_where_another_begins() {
        for (paragraph, sentence) in [
            ("Joins. Then more.", "Joins."),
            ("Joins the session", "Joins the session"),
            ("Takes a .zip file, e.g. One. Two.", "Takes a .zip file, e.g. One."),
            ("See [A. B](https://example.com/a. B). Then `c. D`. E.", "See [A. B](https://example.com/a. B)."),
        ] {
            assert_eq!(first_sentence(paragraph), sentence);
        }
    }
}
