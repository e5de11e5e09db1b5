//! Escapes and classes.

use super::PatternError;
use super::ast::Node;
use super::classes;
use super::parse::Parser;
use super::set::{LAST, SURROGATES, Set};

/// What one item of a class, or one escape, stands for.
enum Item {
    Point(u32),
    Set(Set),
}

impl Parser {
    /// An escape outside a class.
    pub(super) fn escape(&mut self) -> Result<Node, PatternError> {
        let start = self.at;
        if self.eat("\\b") {
            return Ok(Node::WordBoundary(true));
        }
        if self.eat("\\B") {
            return Ok(Node::WordBoundary(false));
        }
        if self.eat("\\k") {
            if self.is_named_reference() {
                self.doubt("it refers back to a group");
            }
            return Ok(self.character(u32::from('k')));
        }
        self.at += 1;
        if let Some(digit @ '1'..='9') = self.peek() {
            let digits: String = self.chars[self.at..].iter().take_while(|c| c.is_ascii_digit()).collect();
            if digits.parse().is_ok_and(|number: usize| number <= self.groups) {
                self.doubt("it refers back to a group");
                self.at += digits.len();
                return Ok(Node::Empty);
            }
            if digit > '7' {
                self.at += 1;
                return Ok(self.character(u32::from(digit)));
            }
        }
        self.at = start;
        match self.item()? {
            Item::Point(point) if (SURROGATES.0..=SURROGATES.1).contains(&point) => {
                self.doubt("it spells characters as halves of surrogate pairs");
                Ok(Node::Empty)
            }
            Item::Point(point) => Ok(self.character(point)),
            Item::Set(set) => Ok(Node::Set(set)),
        }
    }

    /// A class in brackets.
    pub(super) fn class(&mut self) -> Result<Node, PatternError> {
        let start = self.at;
        self.at += 1;
        if self.chars.get(self.at..).is_some_and(|rest| rest.starts_with(&['[', ':'])) {
            self.doubt("`[[:` begins a class that ECMAScript does not have");
        }
        let negated = self.eat("^");
        let mut sets = Set::default();
        let mut ranges = Vec::new();
        loop {
            if self.eat("]") {
                break;
            }
            if self.peek().is_none() {
                self.at = start;
                return Err(self.error("`[` is never closed; write `\\[` for the character"));
            }
            let item_start = self.at;
            let first = self.item()?;
            // A hyphen between two characters makes a range; first, last or beside a class it is a hyphen.
            let range = self.peek() == Some('-') && !matches!(self.chars.get(self.at + 1), None | Some(']'));
            let last = if range {
                self.at += 1;
                Some(self.item()?)
            } else {
                None
            };
            match (first, last) {
                (Item::Point(first), Some(Item::Point(last))) => {
                    if first > last {
                        self.at = item_start;
                        return Err(self.error("a range in a class ends before it begins"));
                    }
                    ranges.push((first, last));
                }
                (first, last) => {
                    if last.is_some() {
                        ranges.push((u32::from('-'), u32::from('-')));
                    }
                    for item in [Some(first), last].into_iter().flatten() {
                        match item {
                            Item::Point(point) => ranges.push((point, point)),
                            Item::Set(set) => sets = sets.union(&set),
                        }
                    }
                }
            }
        }
        let mut set = self.characters(sets.union(&Set::new(ranges)));
        if self.flags.ignore_case {
            set = classes::fold_case(&set);
        }
        Ok(Node::Set(if negated { set.complement() } else { set }))
    }

    /// One character or escape of a class; escapes outside classes are the same but for what [`Parser::escape`] sees to.
    fn item(&mut self) -> Result<Item, PatternError> {
        let c = self.next().ok_or_else(|| self.error("the pattern ends where a character should be"))?;
        if c != '\\' {
            return Ok(Item::Point(u32::from(c)));
        }
        let c =
            self.next().ok_or_else(|| self.error("`\\` at the end escapes nothing; write `\\\\` for the character"))?;
        Ok(match c {
            'd' => Item::Set(classes::digit()),
            'D' => Item::Set(classes::digit().complement()),
            'w' => Item::Set(classes::word()),
            'W' => Item::Set(classes::word().complement()),
            's' => Item::Set(classes::space()),
            'S' => Item::Set(classes::space().complement()),
            'p' | 'P' => Item::Set(self.property(c == 'P')),
            'b' => Item::Point(0x08),
            't' => Item::Point(0x09),
            'n' => Item::Point(0x0a),
            'v' => Item::Point(0x0b),
            'f' => Item::Point(0x0c),
            'r' => Item::Point(0x0d),
            'c' => match self.peek() {
                Some(letter) if letter.is_ascii_alphabetic() => {
                    self.at += 1;
                    Item::Point(u32::from(letter) % 32)
                }
                _ => {
                    // The backslash stands for itself, and the `c` is read again.
                    self.at -= 1;
                    Item::Point(u32::from('\\'))
                }
            },
            '0'..='7' => {
                self.at -= 1;
                Item::Point(self.octal())
            }
            'x' => Item::Point(self.hex(2).unwrap_or(u32::from('x'))),
            'u' => Item::Point(self.unicode()),
            c if c.is_ascii_alphabetic() && c != 'k' => {
                self.doubt(format!("`\\{c}` means something in other dialects and nothing in ECMAScript"));
                Item::Point(u32::from(c))
            }
            '\\' if matches!(self.chars.get(self.at..self.at + 2), Some(['p' | 'P', '{'])) => {
                self.doubt("its backslashes are doubled (`\\\\p{`), so it does not mean what it says");
                Item::Point(u32::from('\\'))
            }
            c => Item::Point(u32::from(c)),
        })
    }

    /// `{L}` after `\p`.
    fn property(&mut self, negated: bool) -> Set {
        let name = match self.chars.get(self.at..) {
            Some(['{', rest @ ..]) => {
                rest.iter().position(|&c| c == '}').map(|end| rest[..end].iter().collect::<String>())
            }
            _ => None,
        };
        let Some(name) = name else {
            self.doubt("`\\p` without a property in braces means nothing in ECMAScript");
            return Set::default();
        };
        self.at += name.chars().count() + 2;
        match classes::property(&name) {
            // No property holds surrogates here, so neither must its complement: see `Parser::characters`.
            Some(set) if negated => set.complement().without(&Set::new([SURROGATES])),
            Some(set) => set,
            None => {
                self.doubt(format!("`\\p{{{name}}}` is not a property of Unicode"));
                Set::default()
            }
        }
    }

    /// Up to three octal digits, at most `\377`.
    fn octal(&mut self) -> u32 {
        let mut value = 0;
        for _ in 0..3 {
            match self.peek().and_then(|c| c.to_digit(8)) {
                Some(digit) if value * 8 + digit <= 0o377 => value = value * 8 + digit,
                _ => break,
            }
            self.at += 1;
        }
        value
    }

    /// Exactly so many hexadecimal digits, or none at all.
    fn hex(&mut self, digits: usize) -> Option<u32> {
        let text = self.chars.get(self.at..self.at + digits)?;
        let value = text.iter().try_fold(0, |value, c| Some(value * 16 + c.to_digit(16)?))?;
        self.at += digits;
        Some(value)
    }

    /// What follows `\u`: four digits, two times four that form a surrogate pair, or any number in braces.
    fn unicode(&mut self) -> u32 {
        if let Some(point) = self.braced_hex() {
            return point;
        }
        let Some(first) = self.hex(4) else {
            return u32::from('u');
        };
        if (0xd800..=0xdbff).contains(&first) {
            let start = self.at;
            if self.eat("\\u") {
                match self.hex(4) {
                    Some(second @ 0xdc00..=0xdfff) => {
                        return 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                    }
                    _ => self.at = start,
                }
            }
        }
        first
    }

    fn braced_hex(&mut self) -> Option<u32> {
        let Some(['{', rest @ ..]) = self.chars.get(self.at..) else {
            return None;
        };
        let end = rest.iter().position(|&c| c == '}')?;
        if end == 0 {
            return None;
        }
        let value = rest[..end].iter().try_fold(0u32, |value, c| {
            value.checked_mul(16)?.checked_add(c.to_digit(16)?).filter(|&value| value <= LAST)
        })?;
        self.at += end + 2;
        Some(value)
    }
}
