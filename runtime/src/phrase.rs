//! Texts within messages.

use std::fmt::{self, Display, Write};

/// A text on one line: quotes, control characters and what cannot be seen are escaped.
pub(crate) struct Escaped<'a>(pub(crate) &'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().flat_map(char::escape_debug).try_for_each(|c| f.write_char(c))
    }
}

/// The texts in their order, with a separator between them.
pub(crate) fn join(texts: &mut dyn Iterator<Item = &str>, separator: &str) -> String {
    let mut joined = String::new();
    for (index, text) in texts.enumerate() {
        if index > 0 {
            joined.push_str(separator);
        }
        joined.push_str(text);
    }
    joined
}

/// Where a short text has a part for the first time.
///
/// The library's search is made for long texts: it prepares a table first, and takes much machine code.
pub(crate) fn find(text: &str, part: &str) -> Option<usize> {
    text.as_bytes().windows(part.len()).position(|window| window == part.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_keeps_to_its_line_and_its_quotes() {
        assert_eq!(Escaped("a`é\n\"\u{200b}").to_string(), "a`é\\n\\\"\\u{200b}");
    }

    #[test]
    fn a_part_is_found_where_it_begins() {
        assert_eq!(
            (find("a//b//", "//"), find("//", "//"), find("/", "//"), find("", "//")),
            (Some(1), Some(0), None, None)
        );
    }

    #[test]
    fn separators_stand_between() {
        assert_eq!(join(&mut [].into_iter(), ", "), "");
        assert_eq!(join(&mut ["a"].into_iter(), ", "), "a");
        assert_eq!(join(&mut ["a", "", "b"].into_iter(), ", "), "a, , b");
    }
}
