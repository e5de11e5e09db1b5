//! Texts and lists of texts.

/// `substring`: the characters from `start` up to and without `stop`, counted from the end if `reverse`.
///
/// `None` when the text is not long enough, when `stop` is not after `start`, and when a character is not ASCII.
///
/// ```
/// # use kinesisvideo_runtime::endpoint::substring;
/// assert_eq!(substring("abcdef", 1, 3, false), Some("bc"));
/// assert_eq!(substring("abcdef", 0, 2, true), Some("ef"));
/// assert_eq!(substring("abc", 0, 4, false), None);
/// ```
#[must_use]
pub fn substring(text: &str, start: usize, stop: usize, reverse: bool) -> Option<&str> {
    if start >= stop || stop > text.len() || !text.is_ascii() {
        return None;
    }
    let range = if reverse { text.len() - stop..text.len() - start } else { start..stop };
    text.get(range)
}

/// `uriEncode`: the text with all bytes percent-encoded but letters, digits, `-`, `_`, `.` and `~`.
///
/// ```
/// # use kinesisvideo_runtime::endpoint::uri_encode;
/// assert_eq!(uri_encode("a b/é~"), "a%20b%2F%C3%A9~");
/// ```
#[must_use]
pub fn uri_encode(text: &str) -> String {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push(DIGITS[usize::from(byte >> 4)]);
            encoded.push(DIGITS[usize::from(byte & 15)]);
        }
    }
    encoded
}

/// `split`: the parts of a text between delimiters, at most `limit` of them; all for a limit of 0.
///
/// An empty delimiter, which the rules engine does not allow, splits nothing.
///
/// ```
/// # use kinesisvideo_runtime::endpoint::split;
/// assert_eq!(split("a--b--c", "--", 0), ["a", "b", "c"]);
/// assert_eq!(split("a--b--c", "--", 2), ["a", "b--c"]);
/// ```
#[must_use]
pub fn split<'a>(text: &'a str, delimiter: &str, limit: usize) -> Vec<&'a str> {
    match (delimiter, limit) {
        ("", _) => vec![text],
        (_, 0) => text.split(delimiter).collect(),
        (_, limit) => text.splitn(limit, delimiter).collect(),
    }
}

/// An index of `getAttr`: an item of a list, counted from its end for a negative index (`-1` is the last).
///
/// ```
/// # use kinesisvideo_runtime::endpoint::item;
/// assert_eq!(item(&["a", "b"], 1), Some("b"));
/// assert_eq!(item(&["a", "b"], -2), Some("a"));
/// assert_eq!(item(&["a", "b"], 2), None);
/// ```
#[must_use]
pub fn item<S: AsRef<str>>(list: &[S], index: isize) -> Option<&str> {
    let index = match index {
        0.. => index.unsigned_abs(),
        _ => list.len().checked_sub(index.unsigned_abs())?,
    };
    list.get(index).map(AsRef::as_ref)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn substrings_are_exact_or_none() {
        assert_eq!(substring("abcd", 0, 4, false), Some("abcd"));
        assert_eq!(substring("abcdefg", 0, 4, true), Some("defg"));
        assert_eq!(substring("abcdefg", 1, 4, true), Some("def"));
        assert_eq!(substring("\u{7f}abcdef", 0, 4, false), Some("\u{7f}abc"));
        for (text, start, stop) in
            [("abc", 0, 4), ("", 0, 1), ("abc", 2, 2), ("abc", 3, 1), ("\u{fdfd}", 0, 1), ("abcdef\u{80}", 0, 4)]
        {
            assert_eq!(substring(text, start, stop, false), None, "{text:?}");
            assert_eq!(substring(text, start, stop, true), None, "{text:?}");
        }
    }

    #[test]
    fn only_unreserved_characters_stay_as_they_are() {
        assert_eq!(
            uri_encode("/:,?#[]{}|@! $&'()*+;=%<>\"^`\\"),
            "%2F%3A%2C%3F%23%5B%5D%7B%7D%7C%40%21%20%24%26%27%28%29%2A%2B%3B%3D%25%3C%3E%22%5E%60%5C"
        );
        assert_eq!(uri_encode("0123456789.underscore_dash-Tilda~"), "0123456789.underscore_dash-Tilda~");
        assert_eq!(uri_encode("\u{1f639}"), "%F0%9F%98%B9");
        assert_eq!(uri_encode(""), "");
    }

    #[test]
    fn splitting_keeps_empty_parts() {
        for (text, delimiter, limit, parts) in [
            ("", "--", 0, vec![""]),
            ("--", "--", 0, vec!["", ""]),
            ("----", "--", 0, vec!["", "", ""]),
            ("--b--", "--", 0, vec!["", "b", ""]),
            ("--x-s3--azid--suffix", "--", 2, vec!["", "x-s3--azid--suffix"]),
            ("a--b--c", "--", 1, vec!["a--b--c"]),
            ("abc", "x", 0, vec!["abc"]),
            ("abc", "", 0, vec!["abc"]),
        ] {
            assert_eq!(split(text, delimiter, limit), parts, "{text:?}");
        }
    }

    #[test]
    fn items_outside_of_the_list_are_none() {
        let list = ["a".to_owned(), "b".to_owned()];
        assert_eq!(item(&list, 0), Some("a"));
        assert_eq!(item(&list, -1), Some("b"));
        for index in [2, -3, isize::MAX, isize::MIN] {
            assert_eq!(item(&list, index), None, "{index}");
        }
        assert_eq!(item::<&str>(&[], 0), None);
    }
}
