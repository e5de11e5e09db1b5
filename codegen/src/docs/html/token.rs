//! HTML, taken apart leniently: whatever is not clearly a tag is text.

use super::entity;

/// A piece of HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text, entities not yet decoded.
    Text(&'a str),
    /// `<name …>`, or `<name/>`, which HTML does not tell apart.
    Open(Tag<'a>),
    /// `</name>`.
    Close(Tag<'a>),
}

/// A tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// Its name as written.
    pub(super) name: &'a str,
    /// What follows the name.
    attributes: &'a str,
    /// All of it, from `<` to `>`.
    pub(super) raw: &'a str,
}

/// No tag is longer. Keeps the time linear for a text of nothing but opening brackets.
const LONGEST_TAG: usize = 4096;

/// Splits HTML into tokens.
pub(super) fn tokens(html: &str) -> impl Iterator<Item = Token<'_>> {
    let mut rest = html;
    // Where no comment ends any more, the end must not be searched for again and again.
    let last_end = html.rfind("-->").map_or(usize::MAX, |found| html.len() - found);
    std::iter::from_fn(move || {
        loop {
            if rest.is_empty() {
                return None;
            }
            if let Some((token, after)) = markup(rest, last_end) {
                rest = after;
                match token {
                    Some(token) => return Some(token),
                    None => continue,
                }
            }
            // At least one character, so that a bracket that opens nothing is text.
            let skip = rest.chars().next().map_or(0, char::len_utf8);
            let end = rest[skip..].find('<').map_or(rest.len(), |found| found + skip);
            let (text, after) = rest.split_at(end);
            rest = after;
            return Some(Token::Text(text));
        }
    })
}

/// The tag or comment at the start of `rest`, and what follows it; a comment is no token.
///
/// `last_end` is how many bytes before the end of all HTML the last end of a comment stands.
fn markup(rest: &str, last_end: usize) -> Option<(Option<Token<'_>>, &str)> {
    let inner = rest.strip_prefix('<')?;
    if let Some(comment) = inner.strip_prefix("!--") {
        if comment.len() < last_end {
            return None;
        }
        let (_, after) = comment.split_once("-->")?;
        return Some((None, after));
    }
    let (closing, inner) = match inner.strip_prefix('/') {
        Some(inner) => (true, inner),
        None => (false, inner),
    };
    let name_end =
        inner.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_' || c == ':')).unwrap_or(inner.len());
    let (name, tail) = inner.split_at(name_end);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || name.len() > LONGEST_TAG {
        return None;
    }
    let end = tag_end(tail)?;
    let length = rest.len() - tail.len() + end + 1;
    let tag = Tag { name, attributes: &tail[..end], raw: &rest[..length] };
    let token = if closing { Token::Close(tag) } else { Token::Open(tag) };
    Some((Some(token), &rest[length..]))
}

/// The index of the `>` that ends a tag, brackets in quotes aside.
fn tag_end(tail: &str) -> Option<usize> {
    let mut quote = None;
    for (index, byte) in tail.bytes().enumerate().take(LONGEST_TAG) {
        match (quote, byte) {
            (None, b'>') => return Some(index),
            (None, b'<') => return None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

impl Tag<'_> {
    /// The value of an attribute, entities decoded and white space trimmed.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut rest = self.attributes;
        while let Some((key, after)) = rest.split_once('=') {
            let key = key.rsplit(|c: char| c.is_whitespace()).find(|part| !part.is_empty()).unwrap_or("");
            let after = after.trim_start();
            let (value, after) = match after.chars().next() {
                Some(quote @ ('"' | '\'')) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                _ => after.split_once(char::is_whitespace).unwrap_or((after, "")),
            };
            if key.eq_ignore_ascii_case(name) {
                return Some(entity::decode(value).trim().to_owned());
            }
            rest = after;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> Vec<String> {
        tokens(html)
            .map(|token| match token {
                Token::Text(text) => format!("text {text:?}"),
                Token::Open(tag) => format!("open {}", tag.name),
                Token::Close(tag) => format!("close {}", tag.name),
            })
            .collect()
    }

    #[test]
    fn only_what_is_clearly_a_tag_is_one() {
        assert_eq!(shown("<p>a</p>"), ["open p", "text \"a\"", "close p"]);
        assert_eq!(shown("1 < 2 <b"), ["text \"1 \"", "text \"< 2 \"", "text \"<b\""]);
        assert_eq!(shown("a<!-- <p> -->b"), ["text \"a\"", "text \"b\""]);
        assert_eq!(shown("<!-- a"), ["text \"<!-- a\""]);
        assert_eq!(shown("<br/><br />"), ["open br", "open br"]);
        assert_eq!(shown("<a href=\"x>y\">z"), ["open a", "text \"z\""]);
    }

    #[test]
    fn attributes_are_read_however_they_are_quoted() {
        let href = |html: &str| match tokens(html).next() {
            Some(Token::Open(tag)) => tag.attribute("href"),
            _ => None,
        };
        assert_eq!(href("<a href=\" http://x/?a&amp;b \">"), Some("http://x/?a&b".to_owned()));
        assert_eq!(href("<a class=x HREF='y'>"), Some("y".to_owned()));
        assert_eq!(href("<a href=y target=z>"), Some("y".to_owned()));
        assert_eq!(href("<a href = \"y\">"), Some("y".to_owned()));
        assert_eq!(href("<a name=\"href=z\">"), None);
        assert_eq!(href("<a>"), None);
    }
}
