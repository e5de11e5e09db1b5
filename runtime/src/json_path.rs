//! Where in a JSON text a line and column are.
//!
//! It reads a text a second time, after reading it has failed: success pays nothing for good error messages.

use crate::decode_error::Found;

/// The innermost member that a place in a JSON text belongs to.
pub(crate) struct Location {
    /// `streams[2].createdAt`; empty for the whole.
    pub(crate) path: String,
    /// What kind of value starts there.
    pub(crate) found: Found,
}

enum Step {
    Key(String),
    Index(usize),
}

/// Finds the value at a line and column (both counted from 1, as serde_json reports them) of a text that may not be JSON
/// from there on.
///
/// serde_json reports an error of a scalar behind it, and of a list or object before it: when the place is where a value
/// should begin, the value is the one that follows.
pub(crate) fn locate(text: &[u8], line: usize, column: usize) -> Location {
    let end = offset(text, line, column).min(text.len());
    let mut steps: Vec<Step> = Vec::new();
    let mut found = None;
    let mut expects_key = false;
    let mut at = 0;
    while let Some(&byte) = text.get(at).filter(|_| at < end) {
        let start = at;
        at += 1;
        match byte {
            b'{' | b'[' => {
                steps.push(if byte == b'{' { Step::Key(String::new()) } else { Step::Index(0) });
                expects_key = byte == b'{';
                found = None;
            }
            b'}' | b']' => {
                let closes = matches!((byte, steps.last()), (b'}', Some(Step::Key(_))) | (b']', Some(Step::Index(_))));
                if closes {
                    steps.pop();
                    expects_key = false;
                    found = kind(if byte == b'}' { b'{' } else { b'[' });
                }
            }
            b',' => {
                match steps.last_mut() {
                    Some(Step::Index(index)) => *index += 1,
                    Some(Step::Key(_)) => expects_key = true,
                    None => {}
                }
                found = None;
            }
            b'"' => {
                at = string_end(text, at);
                match steps.last_mut() {
                    Some(Step::Key(key)) if expects_key => {
                        let literal = text.get(start..at).unwrap_or_default();
                        *key = serde_json::from_slice(literal).unwrap_or_default();
                        expects_key = false;
                    }
                    _ => found = kind(byte),
                }
            }
            b't' | b'f' | b'n' | b'-' | b'0'..=b'9' => {
                found = kind(byte);
                at += text.get(at..).unwrap_or_default().iter().take_while(|byte| is_in_scalar(**byte)).count();
            }
            _ => {}
        }
    }
    let next = || text.get(at..)?.iter().find(|byte| !byte.is_ascii_whitespace() && **byte != b':');
    let found = found.or_else(|| kind(*next()?)).unwrap_or(Found::Malformed);
    Location { path: path(&steps), found }
}

/// What kind of value begins with a byte.
fn kind(first: u8) -> Option<Found> {
    Some(match first {
        b'{' => Found::Object,
        b'[' => Found::List,
        b'"' => Found::Text,
        b't' | b'f' => Found::Boolean,
        b'n' => Found::Nothing,
        b'-' | b'0'..=b'9' => Found::Number,
        _ => return None,
    })
}

/// Whether a byte can follow the first of a number or of `true`, `false`, `null`.
fn is_in_scalar(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'+')
}

fn offset(text: &[u8], line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive(|byte| *byte == b'\n').take(line.saturating_sub(1)).map(<[u8]>::len).sum();
    before + column
}

/// The offset behind the closing quote of the string whose content starts at `at`.
fn string_end(text: &[u8], mut at: usize) -> usize {
    while let Some(byte) = text.get(at) {
        at += 1;
        match byte {
            b'"' => break,
            b'\\' => at += 1,
            _ => {}
        }
    }
    at.min(text.len())
}

fn path(steps: &[Step]) -> String {
    let mut path = String::new();
    for step in steps {
        match step {
            // An object whose first key did not come.
            Step::Key(key) if key.is_empty() => {}
            Step::Key(key) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(key);
            }
            Step::Index(index) => path.push_str(&format!("[{index}]")),
        }
    }
    path
}
