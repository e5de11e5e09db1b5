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
/// serde_json reports an error of a whole value just behind it, and of a list or object at its opening bracket, which
/// then belongs to the value itself and opens nothing.
pub(crate) fn locate(text: &[u8], line: usize, column: usize) -> Location {
    let end = offset(text, line, column).min(text.len());
    let mut steps: Vec<Step> = Vec::new();
    let mut found = Found::Nothing;
    let mut expects_key = false;
    let mut at = 0;
    while let Some(&byte) = text.get(at).filter(|_| at < end) {
        let start = at;
        at += 1;
        match byte {
            b'{' => {
                found = Found::Object;
                if at < end {
                    steps.push(Step::Key(String::new()));
                    expects_key = true;
                }
            }
            b'[' => {
                found = Found::List;
                if at < end {
                    steps.push(Step::Index(0));
                    expects_key = false;
                }
            }
            b'}' | b']' => {
                found = if byte == b'}' { Found::Object } else { Found::List };
                steps.pop();
                expects_key = false;
            }
            b',' => match steps.last_mut() {
                Some(Step::Index(index)) => *index += 1,
                Some(Step::Key(_)) => expects_key = true,
                None => {}
            },
            b'"' => {
                at = string_end(text, at);
                if !expects_key {
                    found = Found::Text;
                } else if let Some(Step::Key(key)) = steps.last_mut() {
                    let literal = text.get(start..at).unwrap_or_default();
                    *key = serde_json::from_slice(literal).unwrap_or_default();
                    expects_key = false;
                    found = Found::Nothing;
                }
            }
            b't' | b'f' => found = Found::Boolean,
            b'n' => found = Found::Nothing,
            b'-' | b'0'..=b'9' => {
                found = Found::Number;
                at += text.get(at..).unwrap_or_default().iter().take_while(|byte| is_in_number(**byte)).count();
            }
            _ => {}
        }
    }
    Location { path: path(&steps), found }
}

fn is_in_number(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E')
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
