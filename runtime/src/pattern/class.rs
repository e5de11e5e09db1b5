use super::unicode::Category;

/// A set of characters.
///
/// ```
/// use kinesisvideo_runtime::pattern::Class;
///
/// static HOST: Class = Class::ascii("--..09az");
/// static NOT_SLASH: Class = Class::ascii("\0.0\x7f").beyond(&[('\u{80}', '\u{10ffff}')]);
/// assert!(HOST.contains('-') && !HOST.contains('A'));
/// assert!(NOT_SLASH.contains('é') && !NOT_SLASH.contains('/'));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Class {
    ascii: [u64; 2],
    beyond: &'static [(char, char)],
    categories: &'static [&'static Category],
}

impl Class {
    /// Ranges of ASCII characters, each written as its first and last character: `"09AZaz__"`.
    ///
    /// A last character without a partner and characters beyond ASCII are left out.
    pub const fn ascii(ranges: &'static str) -> Self {
        let bytes = ranges.as_bytes();
        let mut ascii = [0; 2];
        let mut at = 0;
        while at + 1 < bytes.len() {
            let mut byte = bytes[at];
            while byte < 128 && byte <= bytes[at + 1] {
                ascii[(byte >> 6) as usize] |= 1 << (byte & 63);
                byte += 1;
            }
            at += 2;
        }
        Self { ascii, beyond: &[], categories: &[] }
    }

    /// Adds inclusive ranges of characters beyond ASCII, in ascending order.
    #[must_use]
    pub const fn beyond(mut self, ranges: &'static [(char, char)]) -> Self {
        self.beyond = ranges;
        self
    }

    /// Adds what these categories have beyond ASCII.
    #[must_use]
    pub const fn categories(mut self, categories: &'static [&'static Category]) -> Self {
        self.categories = categories;
        self
    }

    /// Whether the character is in the set.
    #[inline]
    pub fn contains(&self, c: char) -> bool {
        match u8::try_from(c) {
            Ok(byte) if byte.is_ascii() => self.has_byte(byte),
            _ => self.has_beyond(c),
        }
    }

    /// Whether the byte is an ASCII character of the set.
    #[inline]
    pub(super) fn has_byte(&self, byte: u8) -> bool {
        // Two words serve 128 characters; bytes from 128 on shift out of neither, hence the check.
        byte < 128 && (self.ascii[usize::from(byte >> 6)] >> (byte & 63)) & 1 == 1
    }

    fn has_beyond(&self, c: char) -> bool {
        let place = self.beyond.partition_point(|&(_, last)| last < c);
        self.beyond.get(place).is_some_and(|&(first, _)| first <= c)
            || self.categories.iter().any(|category| category.contains(c))
    }
}
