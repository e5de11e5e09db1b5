//! Every rule by which names of a model become identifiers of Rust.
//!
//! Names that cannot be used as they are get an underscore behind them, never `r#`: the name is then the same in the
//! source, in the documentation and in an editor's completion. Names in one scope that fall together get a number behind
//! them where services do that (values of enumerations), and are an error elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// Keywords of every edition so far, strict and reserved, but for those that can only stand where no name can.
const KEYWORDS: [&str; 53] = [
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super",
    "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
    "union",
];

/// Names of members that would hide a method every structure has.
const MEMBERS: [&str; 5] = ["clone", "default", "fmt", "new", "to_request"];

/// Names of operations that would clash with a method of every client.
const CLIENT_METHODS: [&str; 10] =
    ["call", "clone", "config", "endpoint", "new", "reader", "send", "unsigned", "wait_for", "with_endpoint"];

/// Modules that every service has.
const MODULES: [&str; 10] =
    ["blocking", "client", "dispatch", "endpoint", "error", "paginator", "schema", "tests", "types", "waiter"];

/// Types of the prelude that emitted code names, and that a shape may be called too.
const PRELUDE: [&str; 11] =
    ["AsRef", "Box", "Default", "Err", "From", "Into", "Ok", "Option", "Result", "String", "Vec"];

/// The variant of enumerations and unions for what the model does not know.
pub(crate) const UNKNOWN: &str = "Unknown";

/// The variant of a service's errors for what the model does not know.
pub(crate) const UNHANDLED: &str = "Unhandled";

/// The field or method of a member: `channelARN` is `channel_arn`.
pub(crate) fn member(name: &str) -> String {
    reserved(snake(name), &[&MEMBERS])
}

/// A local variable, a test, or a field of a structure whose methods are its own.
pub(crate) fn local(name: &str) -> String {
    reserved(snake(name), &[])
}

/// The type of a shape: `KMSKey` is `KmsKey`.
pub(crate) fn shape(name: &str) -> String {
    reserved(pascal(name), &[])
}

/// The variant of an error.
pub(crate) fn error_variant(name: &str) -> String {
    reserved(pascal(name), &[&[UNHANDLED]])
}

/// The variant of a union's member.
pub(crate) fn union_variant(name: &str) -> String {
    reserved(pascal(name), &[&[UNKNOWN]])
}

/// The variant of an operation's name.
pub(crate) fn operation_variant(name: &str) -> String {
    reserved(pascal(name), &[])
}

/// The type of an operation's input or output.
pub(crate) fn operation_type(name: &str, suffix: &str) -> String {
    reserved(pascal(name) + suffix, &[])
}

/// The method of an operation.
pub(crate) fn method(name: &str) -> String {
    reserved(snake(name), &[&CLIENT_METHODS])
}

/// The method that gives an operation's pages.
pub(crate) fn pages_method(name: &str) -> String {
    snake(name) + "_pages"
}

/// The method that waits with a waiter.
pub(crate) fn waiter_method(name: &str) -> String {
    format!("wait_until_{}", snake(name))
}

/// A name as AWS SDK for JavaScript has it: `joinStorageSession`.
pub(crate) fn lower_first(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().into_iter().flat_map(char::to_lowercase).chain(chars).collect()
}

/// The module of an operation.
pub(crate) fn module(name: &str) -> String {
    reserved(snake(name), &[&MODULES])
}

/// Whether a name that somebody gave is one for a module.
pub(crate) fn is_module(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && !KEYWORDS.contains(&name)
}

/// The private static of a shape.
pub(crate) fn constant(name: &str) -> String {
    let name = acronyms(name).to_shouty_snake_case();
    if name.starts_with(|first: char| first.is_ascii_digit()) || name.is_empty() { format!("_{name}") } else { name }
}

/// Whether a method of this name, of one argument, looks like an operator of Rust.
pub(crate) fn is_operator(method: &str) -> bool {
    ["add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub"].contains(&method)
}

/// Whether a type of this name hides a name of the prelude that emitted code uses.
pub(crate) fn hides_prelude(name: &str) -> bool {
    PRELUDE.contains(&name)
}

/// The variants of an enumeration's values, given the name in the model (or the value where it has none) of each.
///
/// What falls together is numbered in the order of the values: services do have values that differ in case alone.
pub(crate) fn enum_variants<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let wanted: Vec<String> = names.into_iter().map(|name| reserved(pascal(&spell_out(name)), &[&[UNKNOWN]])).collect();
    // A numbered variant must not take the name that another value has by right.
    let mut taken: BTreeSet<String> = wanted.iter().cloned().collect();
    let mut first = BTreeSet::new();
    wanted
        .into_iter()
        .map(|name| {
            if first.insert(name.clone()) {
                return name;
            }
            let mut numbered = (2..).map(|number| format!("{name}{number}"));
            // The range does not end before one is free.
            let free = numbered.find(|name| taken.insert(name.clone()));
            free.unwrap_or(name)
        })
        .collect()
}

/// The constants of shapes, where what falls together is numbered in the order given: they are private.
pub(crate) fn numbered(names: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    names
        .into_iter()
        .map(|name| {
            let mut candidates = std::iter::once(name.clone()).chain((2..).map(|number| format!("{name}_{number}")));
            let free = candidates.find(|name| taken.insert(name.clone()));
            free.unwrap_or(name)
        })
        .collect()
}

/// The pairs of names that become the same identifier, in the order given, each with that identifier.
pub(crate) fn collisions<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<Collision<'a>> {
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    let mut found = Vec::new();
    for (name, identifier) in pairs {
        match first.get(identifier).copied() {
            Some(other) => found.push(Collision { first: other, second: name, identifier }),
            None => drop(first.insert(identifier, name)),
        }
    }
    found
}

/// Two names that become the same identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Collision<'a> {
    /// The name that came first.
    pub(crate) first: &'a str,
    /// The other.
    pub(crate) second: &'a str,
    /// What both become.
    pub(crate) identifier: &'a str,
}

fn snake(name: &str) -> String {
    or(acronyms(name).to_snake_case(), "empty")
}

fn pascal(name: &str) -> String {
    or(acronyms(name).to_upper_camel_case(), "Empty")
}

fn or(name: String, other: &str) -> String {
    if name.is_empty() { other.to_owned() } else { name }
}

fn reserved(name: String, lists: &[&[&str]]) -> String {
    let name = if name.starts_with(|first: char| first.is_ascii_digit()) { format!("_{name}") } else { name };
    if KEYWORDS.contains(&name.as_str()) || lists.iter().any(|list| list.contains(&name.as_str())) {
        format!("{name}_")
    } else {
        name
    }
}

/// Words with capitals in the middle, as they would be cased by somebody who read them as one word.
const WORDS: [(&str, &str); 6] =
    [("IPv4", "Ipv4"), ("IPv6", "Ipv6"), ("IoT", "Iot"), ("OAuth", "Oauth"), ("MiB", "Mib"), ("GiB", "Gib")];

/// Cases acronyms so that they are split as words: `ARNs` like `ARNS`, `IPv6Only` like `Ipv6Only`.
fn acronyms(name: &str) -> String {
    let mut name = name.to_owned();
    for (word, cased) in WORDS {
        if name.contains(word) {
            name = name.replace(word, cased);
        }
    }
    // The plural's `s` belongs to the acronym before it when no other small letter follows.
    let is_plural = |at: usize| match name.as_bytes()[at..] {
        [first, second, b's', ref rest @ ..] => {
            let ends = rest.first().is_none_or(|next| !next.is_ascii_lowercase());
            first.is_ascii_uppercase() && second.is_ascii_uppercase() && ends
        }
        _ => false,
    };
    let plurals: Vec<usize> = (0..name.len()).filter(|at| is_plural(*at)).collect();
    for at in plurals {
        name.replace_range(at + 2..at + 3, "S");
    }
    name
}

/// Gives texts without a letter or digit a name: `=` is `u003d`.
fn spell_out(value: &str) -> String {
    if value.contains(|c: char| c.is_ascii_alphanumeric()) {
        // Letters that identifiers may hold and that casing leaves alone stay; the rest separates words.
        return value.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    }
    value.chars().map(|c| format!("u{:04x}_", u32::from(c))).collect()
}

#[cfg(test)]
#[path = "naming_tests.rs"]
mod tests;
