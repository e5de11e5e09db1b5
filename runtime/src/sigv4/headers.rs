//! Canonical headers.

use super::request::SignableRequest;

/// How many headers are held without allocating.
const INLINE: usize = 8;

/// A header to sign: its name in lower case, and one of its values.
type Header<'a> = (&'a str, &'a [u8]);

/// The headers that are signed, sorted by name; values of one name stay in their order.
pub(super) struct HeaderList<'a> {
    inline: [Header<'a>; INLINE],
    length: usize,
    /// All of them, once they are more than fit in `inline`.
    spilled: Vec<Header<'a>>,
}

impl<'a> HeaderList<'a> {
    pub(super) fn new() -> Self {
        Self { inline: [("", b""); INLINE], length: 0, spilled: Vec::new() }
    }

    pub(super) fn push(&mut self, name: &'a str, value: &'a [u8]) {
        if self.spilled.is_empty() {
            if let Some(slot) = self.inline.get_mut(self.length) {
                *slot = (name, value);
                self.length += 1;
                return;
            }
            self.spilled.extend_from_slice(&self.inline);
        }
        self.spilled.push((name, value));
    }

    /// Takes the headers of a request: `host` first, then all that are not `skipped`.
    pub(super) fn push_request(&mut self, request: &SignableRequest<'a>, skipped: impl Fn(&str) -> bool) {
        let mut has_host = false;
        for (name, value) in request.headers.into_iter().flatten() {
            let name = name.as_str();
            if name == "host" {
                has_host = true;
            } else if skipped(name) {
                continue;
            }
            self.push(name, value.as_bytes());
        }
        if !has_host && !request.host.is_empty() {
            self.push("host", request.host.as_bytes());
        }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.as_slice().iter().any(|header| header.0 == name)
    }

    pub(super) fn sort(&mut self) {
        let headers = if self.spilled.is_empty() { &mut self.inline[..self.length] } else { &mut self.spilled[..] };
        headers.sort_by_key(|header| header.0);
    }

    fn as_slice(&self) -> &[Header<'a>] {
        if self.spilled.is_empty() { &self.inline[..self.length] } else { &self.spilled }
    }

    /// Writes a line for each name, with all its values.
    pub(super) fn write_lines(&self, text: &mut Vec<u8>) {
        for values in self.as_slice().chunk_by(|a, b| a.0 == b.0) {
            for (index, (name, value)) in values.iter().enumerate() {
                if index == 0 {
                    text.extend_from_slice(name.as_bytes());
                    text.push(b':');
                } else {
                    text.push(b',');
                }
                write_value(value, text);
            }
            text.push(b'\n');
        }
    }

    /// Writes the names, separated by `;`.
    pub(super) fn write_names(&self, text: &mut Vec<u8>) {
        for (index, values) in self.as_slice().chunk_by(|a, b| a.0 == b.0).enumerate() {
            if index > 0 {
                text.push(b';');
            }
            text.extend_from_slice(values[0].0.as_bytes());
        }
    }

    /// How many bytes [`write_names`](Self::write_names) writes.
    pub(super) fn names_length(&self) -> usize {
        let names = self.as_slice().chunk_by(|a, b| a.0 == b.0);
        names.map(|values| values[0].0.len() + 1).sum::<usize>().saturating_sub(1)
    }
}

/// Writes a value: nothing of the white space around it, one space for each run of it inside.
fn write_value(value: &[u8], text: &mut Vec<u8>) {
    let is_white = |byte: &u8| matches!(byte, b' ' | b'\t');
    // Most values have no white space. Looking at all bytes, not up to the first, lets many be looked at at once.
    let white = value.iter().map(|byte| u8::from(is_white(byte)));
    if white.fold(0, |found, white| found | white) == 0 {
        return text.extend_from_slice(value);
    }
    for (index, word) in value.split(is_white).filter(|word| !word.is_empty()).enumerate() {
        if index > 0 {
            text.push(b' ');
        }
        text.extend_from_slice(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(list: &HeaderList<'_>) -> String {
        let mut text = Vec::new();
        list.write_lines(&mut text);
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn runs_of_white_space_become_one_space() {
        for (value, canonical) in [
            ("", ""),
            (" \t ", ""),
            ("plain", "plain"),
            ("  a  b\t\tc \t d ", "a b c d"),
            ("\"a   b\"", "\"a b\""),
            ("a b", "a b"),
        ] {
            let mut text = Vec::new();
            write_value(value.as_bytes(), &mut text);
            assert_eq!(String::from_utf8(text).unwrap(), canonical, "{value:?}");
        }
    }

    #[test]
    fn values_of_one_name_share_a_line_in_their_order() {
        let mut list = HeaderList::new();
        for (name, value) in [("b", "2"), ("a", "z"), ("b", " 1"), ("a", "y"), ("a-b", "")] {
            list.push(name, value.as_bytes());
        }
        list.sort();
        assert_eq!(lines(&list), "a:z,y\na-b:\nb:2,1\n");
        let mut names = Vec::new();
        list.write_names(&mut names);
        assert_eq!(names, b"a;a-b;b");
        assert_eq!(list.names_length(), names.len());
    }

    #[test]
    fn there_may_be_any_number_of_headers() {
        for count in [0, 1, INLINE - 1, INLINE, INLINE + 1, 100] {
            let names: Vec<String> = (0..count).rev().map(|index| format!("h{index:03}")).collect();
            let mut list = HeaderList::new();
            for name in &names {
                list.push(name, b"v");
            }
            list.sort();
            let expected: String = (0..count).map(|index| format!("h{index:03}:v\n")).collect();
            assert_eq!(lines(&list), expected);
        }
    }
}
