//! One line per call, in the format of AWS SDK for JavaScript v2.
//!
//! ```text
//! [AWS kinesisvideowebrtcstorage 200 0.123s 0 retries] joinStorageSession({ channelArn: 'arn:…' })
//! ```

use std::fmt::Write as _;

use serde_json::Value;

use crate::interceptor::Outcome;
use crate::json;
use crate::operation::OperationMeta;
use crate::schema::{Kind, Structure};

/// Takes the line of every call that has ended, failed ones included; sensitive members are redacted in it.
///
/// A function does: `|line: &str| log::info!("{line}")` hands the lines to the crate `log`.
pub trait RequestLogger: Send + Sync {
    /// Takes a line, without a line break at its end.
    fn log(&self, line: &str);
}

impl<F: Fn(&str) + Send + Sync> RequestLogger for F {
    fn log(&self, line: &str) {
        self(line);
    }
}

/// What the line shows in place of a sensitive member.
const SENSITIVE: &str = "***SensitiveInformation***";

/// What calls are told to.
///
/// Behind a trait, so that a program without a logger carries no code for its lines.
pub(crate) trait LogCalls: Send + Sync {
    /// What the line shows of a call's input, which is written as JSON.
    fn describe(&self, input: &[u8], schema: &'static Structure) -> String;
    /// Takes note of a call that has ended.
    fn log(&self, operation: &OperationMeta, outcome: &Outcome<'_>, params: &str);
}

/// A logger, which takes lines.
pub(crate) struct Lines<L>(pub(crate) L);

impl<L: RequestLogger> LogCalls for Lines<L> {
    fn describe(&self, input: &[u8], schema: &'static Structure) -> String {
        describe(input, schema)
    }

    fn log(&self, operation: &OperationMeta, outcome: &Outcome<'_>, params: &str) {
        self.0.log(&line(operation, outcome, params));
    }
}

fn describe(input: &[u8], schema: &'static Structure) -> String {
    let mut value = json::read(input).unwrap_or(Value::Null);
    redact(&mut value, schema);
    let mut text = String::new();
    inspect(&value, 0, &mut text);
    text
}

/// The line of a call.
fn line(operation: &OperationMeta, outcome: &Outcome<'_>, params: &str) -> String {
    let status = outcome.status.map_or_else(|| "undefined".to_owned(), |status| status.as_str().to_owned());
    let seconds = outcome.elapsed.as_millis() as f64 / 1000.0;
    let mut name = operation.name.to_owned();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    let (service, retries) = (operation.service.identifier, outcome.retries);
    format!("[AWS {service} {status} {seconds}s {retries} retries] {name}({params})")
}

fn redact(value: &mut Value, schema: &'static Structure) {
    let Value::Object(members) = value else { return };
    for (name, value) in members {
        let Some((_, member)) = schema.member(name) else { continue };
        if member.sensitive || member.shape.sensitive {
            *value = Value::String(SENSITIVE.to_owned());
        } else {
            redact_kind(value, &member.shape.kind);
        }
    }
}

fn redact_kind(value: &mut Value, kind: &'static Kind) {
    match (kind, value) {
        (Kind::Structure(schema), value) => redact(value, schema),
        (Kind::List { item, .. }, Value::Array(items)) => {
            for value in items {
                redact_kind(value, &item.kind);
            }
        }
        (Kind::Map { value: shape, .. }, Value::Object(entries)) => {
            for value in entries.values_mut() {
                redact_kind(value, &shape.kind);
            }
        }
        _ => {}
    }
}

/// Lines longer than this are broken after each entry, as Node's `util.inspect` does.
const LINE: usize = 80;

fn inspect(value: &Value, indent: usize, out: &mut String) {
    match value {
        Value::String(text) => quote(text, out),
        Value::Array(items) => {
            let entries = items.iter().map(|item| entry(None, item, indent)).collect();
            group('[', ']', entries, indent, out);
        }
        Value::Object(members) => {
            let entries = members.iter().map(|(name, value)| entry(Some(name), value, indent)).collect();
            group('{', '}', entries, indent, out);
        }
        other => _ = write!(out, "{other}"),
    }
}

fn entry(name: Option<&str>, value: &Value, indent: usize) -> String {
    let mut text = String::new();
    if let Some(name) = name {
        let plain = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_' || c == '$')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '$');
        if plain {
            text.push_str(name)
        } else {
            quote(name, &mut text)
        }
        text.push_str(": ");
    }
    inspect(value, indent + 2, &mut text);
    text
}

fn group(open: char, close: char, entries: Vec<String>, indent: usize, out: &mut String) {
    if entries.is_empty() {
        out.extend([open, close]);
        return;
    }
    // Node counts two separators' worth an entry and ten columns of margin.
    let length = entries.iter().map(String::len).sum::<usize>() + 2 * entries.len() + indent + 11;
    let one_line = length <= LINE && !entries.iter().any(|entry| entry.contains('\n'));
    out.push(open);
    if one_line {
        _ = write!(out, " {} ", entries.join(", "));
    } else {
        let margin = " ".repeat(indent + 2);
        _ = write!(out, "\n{margin}{}\n{}", entries.join(&format!(",\n{margin}")), " ".repeat(indent));
    }
    out.push(close);
}

fn quote(text: &str, out: &mut String) {
    let quote = match (text.contains('\''), text.contains('"'), text.contains('`')) {
        (false, ..) => '\'',
        (true, false, _) => '"',
        (true, true, false) => '`',
        (true, true, true) => '\'',
    };
    out.push(quote);
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\u{b}' => out.push_str("\\v"),
            '\\' => out.push_str("\\\\"),
            c if c == quote => out.extend(['\\', c]),
            c if c.is_ascii_control() => _ = write!(out, "\\x{:02X}", c as u32),
            c => out.push(c),
        }
    }
    out.push(quote);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::schema::{Member, Shape};

    static INPUT: Structure = Structure::new(
        "Input",
        &[Member::new("name", &Shape::STRING), Member::new("secret", &Shape::STRING).sensitive()],
    );

    #[test]
    fn values_are_shown_as_node_shows_them() {
        for (value, text) in [
            (json!({}), "{}"),
            (json!({"name": "x"}), "{ name: 'x' }"),
            (json!({"a-b": [1, true, null]}), "{ 'a-b': [ 1, true, null ] }"),
            (json!({"name": "it's"}), "{ name: \"it's\" }"),
            (json!({"name": "a\n\u{1}\\"}), "{ name: 'a\\n\\x01\\\\' }"),
        ] {
            assert_eq!(describe(value.to_string().as_bytes(), &INPUT), text);
        }
        let long = "x".repeat(80);
        let value = json!({"name": long}).to_string();
        assert_eq!(describe(value.as_bytes(), &INPUT), format!("{{\n  name: '{long}'\n}}"));
    }

    #[test]
    fn sensitive_members_are_not_shown() {
        let text = describe(br#"{"name": "n", "secret": "hunter2"}"#, &INPUT);
        assert_eq!(text, "{ name: 'n', secret: '***SensitiveInformation***' }");
    }
}
