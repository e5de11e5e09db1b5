//! Reads a text from its beginning to its end: nothing here depends on what is made of it.

use std::borrow::Cow;

use serde::de::Expected;

use super::failure::Failure;
use crate::decode_error::Found;

/// Reads a text from its beginning to its end.
pub(super) struct Reader<'de> {
    pub(super) text: &'de [u8],
    pub(super) at: usize,
    pub(super) depth: usize,
}

impl<'de> Reader<'de> {
    pub(super) fn new(text: &'de [u8]) -> Self {
        Self { text, at: 0, depth: 0 }
    }

    /// The next byte that is no white space, which stays to be read.
    pub(super) fn peek(&mut self) -> Option<u8> {
        while let Some(byte) = self.text.get(self.at) {
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                byte => return Some(*byte),
            }
        }
        None
    }

    /// The next byte, white space included, which is read.
    pub(super) fn next(&mut self) -> Option<u8> {
        let byte = self.text.get(self.at).copied();
        self.at += 1;
        byte
    }

    /// What kind of value comes next.
    pub(super) fn kind(&mut self) -> Result<Found, Failure> {
        match self.peek() {
            Some(b'{') => Ok(Found::Object),
            Some(b'[') => Ok(Found::List),
            Some(b'"') => Ok(Found::Text),
            Some(b't' | b'f') => Ok(Found::Boolean),
            Some(b'n') => Ok(Found::Nothing),
            Some(b'-' | b'0'..=b'9') => Ok(Found::Number),
            _ => Err(self.no_json()),
        }
    }

    /// The text is not JSON from here on.
    pub(super) fn no_json(&self) -> Failure {
        if self.at < self.text.len() { Failure::malformed() } else { Failure::new("JSON".to_owned(), Some(Found::End)) }
    }

    /// The value that comes next is of another kind.
    pub(super) fn mismatch(&mut self, expected: &dyn Expected) -> Failure {
        match self.kind() {
            Ok(found) => Failure::new(expected.to_string(), Some(found)),
            Err(failure) => failure,
        }
    }

    /// Makes sure that nothing but white space is left.
    pub(super) fn end(&mut self) -> Result<(), Failure> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.no_json()),
        }
    }

    pub(super) fn word(&mut self, word: &str) -> Result<(), Failure> {
        for expected in word.bytes() {
            if self.text.get(self.at) != Some(&expected) {
                return Err(self.no_json());
            }
            self.at += 1;
        }
        Ok(())
    }

    pub(super) fn boolean(&mut self) -> Result<bool, Failure> {
        let value = self.peek() == Some(b't');
        self.word(if value { "true" } else { "false" }).map(|()| value)
    }

    /// The content of a text, escapes replaced; the next byte is its quote.
    pub(super) fn text(&mut self) -> Result<Cow<'de, str>, Failure> {
        let start = self.at + 1;
        let has_escapes = self.skip_text()?;
        let content = self.text.get(start..self.at - 1).unwrap_or_default();
        let content = if has_escapes { unescape(content).map(Cow::Owned) } else { Some(Cow::Borrowed(content)) };
        let text = content.and_then(|content| match content {
            Cow::Borrowed(bytes) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
            Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
        });
        text.ok_or_else(Failure::malformed)
    }

    /// Goes behind a text, and says whether it has escapes.
    pub(super) fn skip_text(&mut self) -> Result<bool, Failure> {
        let mut has_escapes = false;
        self.at += 1;
        loop {
            match self.next() {
                Some(b'"') => return Ok(has_escapes),
                Some(b'\\') => {
                    has_escapes = true;
                    self.at += 1;
                }
                Some(b' '..) => {}
                _ => {
                    self.at -= 1;
                    return Err(self.no_json());
                }
            }
        }
    }

    /// The digits of a number, sign and exponent included.
    pub(super) fn digits(&mut self) -> Result<&'de str, Failure> {
        let start = self.at;
        let some_digits = |reader: &mut Self| {
            let from = reader.at;
            while reader.text.get(reader.at).is_some_and(u8::is_ascii_digit) {
                reader.at += 1;
            }
            if reader.at == from { Err(reader.no_json()) } else { Ok(from) }
        };
        if self.text.get(self.at) == Some(&b'-') {
            self.at += 1;
        }
        let whole = some_digits(self)?;
        if self.text.get(whole) == Some(&b'0') && self.at > whole + 1 {
            return Err(Failure::malformed());
        }
        if self.text.get(self.at) == Some(&b'.') {
            self.at += 1;
            some_digits(self)?;
        }
        if let Some(b'e' | b'E') = self.text.get(self.at) {
            self.at += 1;
            if let Some(b'+' | b'-') = self.text.get(self.at) {
                self.at += 1;
            }
            some_digits(self)?;
        }
        let digits = self.text.get(start..self.at).and_then(|digits| std::str::from_utf8(digits).ok());
        digits.ok_or_else(|| self.no_json())
    }

    pub(super) fn float(&mut self) -> Result<f64, Failure> {
        let number = self.digits()?.parse().ok().filter(|number: &f64| number.is_finite());
        number.ok_or_else(Failure::malformed)
    }

    /// A whole number; one that is not, or too large for either type, is left to be read.
    pub(super) fn integer(&mut self) -> Result<Option<Integer>, Failure> {
        let start = self.at;
        let digits = self.digits()?;
        let integer = match digits.strip_prefix('-') {
            None => digits.parse().ok().map(Integer::Unsigned),
            // Only floating-point numbers know a negative zero.
            Some("0") => None,
            Some(_) => digits.parse().ok().map(Integer::Signed),
        };
        if integer.is_none() {
            self.at = start;
        }
        Ok(integer)
    }

    /// Goes behind a value.
    pub(super) fn skip(&mut self) -> Result<(), Failure> {
        let mut open = Vec::new();
        loop {
            match self.kind()? {
                Found::Object | Found::List => {
                    let is_object = self.next() == Some(b'{');
                    let closing = if is_object { b'}' } else { b']' };
                    if self.peek() != Some(closing) {
                        if is_object {
                            self.skip_key()?;
                        }
                        open.push(closing);
                        continue;
                    }
                    self.at += 1;
                }
                Found::Text => self.skip_text().map(drop)?,
                Found::Boolean => self.boolean().map(drop)?,
                Found::Number => self.digits().map(drop)?,
                _ => self.word("null")?,
            }
            loop {
                let Some(closing) = open.last() else { return Ok(()) };
                match self.peek() {
                    Some(b',') => {
                        self.at += 1;
                        if *closing == b'}' {
                            self.skip_key()?;
                        }
                        break;
                    }
                    Some(byte) if byte == *closing => {
                        self.at += 1;
                        open.pop();
                    }
                    _ => return Err(self.no_json()),
                }
            }
        }
    }

    pub(super) fn skip_key(&mut self) -> Result<(), Failure> {
        match self.peek() {
            Some(b'"') => self.skip_text()?,
            _ => return Err(self.no_json()),
        };
        self.colon()
    }

    pub(super) fn colon(&mut self) -> Result<(), Failure> {
        match self.peek() {
            Some(b':') => {
                self.at += 1;
                Ok(())
            }
            _ => Err(self.no_json()),
        }
    }
}

/// A whole number.
pub(super) enum Integer {
    Unsigned(u64),
    Signed(i64),
}

/// Replaces the escapes in the content of a text.
fn unescape(mut content: &[u8]) -> Option<Vec<u8>> {
    let mut text = Vec::with_capacity(content.len());
    while let Some(place) = content.iter().position(|byte| *byte == b'\\') {
        let (plain, rest) = content.split_at_checked(place)?;
        text.extend_from_slice(plain);
        let (escape, rest) = rest.get(1..)?.split_first()?;
        content = rest;
        text.push(match escape {
            b'"' | b'\\' | b'/' => *escape,
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'u' => {
                let mut code = hex(&mut content)?;
                if (0xd800..0xdc00).contains(&code) {
                    content = content.strip_prefix(b"\\u")?;
                    let low = hex(&mut content)?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
                    code = 0x10000 + ((code - 0xd800) << 10) + low;
                }
                text.extend_from_slice(char::from_u32(code)?.encode_utf8(&mut [0; 4]).as_bytes());
                continue;
            }
            _ => return None,
        });
    }
    text.extend_from_slice(content);
    Some(text)
}

/// Four hexadecimal digits.
fn hex(content: &mut &[u8]) -> Option<u32> {
    let (digits, rest) = content.split_at_checked(4)?;
    *content = rest;
    digits.iter().try_fold(0, |code, digit| Some(code << 4 | char::from(*digit).to_digit(16)?))
}
