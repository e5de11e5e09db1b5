//! Texts within messages.

use std::fmt::{self, Display, Write};

/// A text on one line: quotes, control characters and what cannot be seen are escaped.
pub(crate) struct Escaped<'a>(pub(crate) &'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().flat_map(char::escape_debug).try_for_each(|c| f.write_char(c))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_keeps_to_its_line_and_its_quotes() {
        assert_eq!(Escaped("a`é\n\"\u{200b}").to_string(), "a`é\\n\\\"\\u{200b}");
    }
}
