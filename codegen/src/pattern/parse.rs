//! The grammar: ECMAScript's, with the liberties (its Annex B) that engines take without the `u` flag.

use std::collections::BTreeSet;

use super::PatternError;
use super::ast::Node;
use super::classes;
use super::set::{SURROGATES, Set};

/// How deep groups may nest.
const MAX_DEPTH: u32 = 100;

/// What a text says.
pub(super) struct Parsed {
    pub(super) node: Node,
    /// Why it cannot be checked as written, if it cannot.
    pub(super) doubt: Option<String>,
}

/// Reads a pattern.
pub(super) fn parse(text: &str) -> Result<Parsed, PatternError> {
    let mut parser = Parser::new(text);
    let node = parser.alternatives()?;
    if parser.peek().is_some() {
        // The only thing alternatives stop at.
        return Err(parser.error("`)` closes no group; write `\\)` for the character"));
    }
    Ok(Parsed { node, doubt: parser.doubt })
}

pub(super) struct Parser {
    pub(super) chars: Vec<char>,
    pub(super) at: usize,
    pub(super) doubt: Option<String>,
    /// How many capturing groups there are in the whole pattern, which decides what `\2` means.
    pub(super) groups: usize,
    named: bool,
    names: BTreeSet<String>,
    depth: u32,
    given_up: bool,
    pub(super) flags: Flags,
}

#[derive(Clone, Copy, Default)]
pub(super) struct Flags {
    pub(super) ignore_case: bool,
    dot_all: bool,
}

impl Parser {
    fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let (groups, named) = count_groups(&chars);
        Self {
            chars,
            at: 0,
            doubt: None,
            groups,
            named,
            names: BTreeSet::new(),
            depth: 0,
            given_up: false,
            flags: Flags::default(),
        }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    pub(super) fn eat(&mut self, text: &str) -> bool {
        let length = text.chars().count();
        let found =
            self.chars.get(self.at..self.at + length).is_some_and(|chars| text.chars().eq(chars.iter().copied()));
        if found {
            self.at += length;
        }
        found
    }

    pub(super) fn error(&self, message: impl Into<String>) -> PatternError {
        PatternError { at: self.at, message: message.into() }
    }

    /// Notes why the pattern cannot be checked; the first reason stays.
    pub(super) fn doubt(&mut self, reason: impl Into<String>) {
        self.doubt.get_or_insert_with(|| reason.into());
    }

    fn alternatives(&mut self) -> Result<Node, PatternError> {
        let mut alternatives = vec![self.alternative()?];
        while self.eat("|") {
            alternatives.push(self.alternative()?);
        }
        Ok(if alternatives.len() == 1 { alternatives.remove(0) } else { Node::Alternate(alternatives) })
    }

    fn alternative(&mut self) -> Result<Node, PatternError> {
        let mut nodes = Vec::new();
        while let Some(c) = self.peek() {
            if matches!(c, '|' | ')') {
                break;
            }
            nodes.push(self.term(c)?);
        }
        Ok(Node::concat(nodes))
    }

    fn term(&mut self, c: char) -> Result<Node, PatternError> {
        let quantifiable = !matches!(c, '^' | '$') && !self.starts_with("\\b") && !self.starts_with("\\B");
        let lookbehind = self.starts_with("(?<=") || self.starts_with("(?<!");
        let node = match c {
            '^' => self.take(Node::Start),
            '$' => self.take(Node::End),
            '.' => {
                let line = if self.flags.dot_all { Set::default() } else { classes::line_terminator() };
                self.take(Node::Set(line.complement()))
            }
            '(' => self.group()?,
            '[' => self.class()?,
            '\\' => self.escape()?,
            '*' | '+' | '?' => return Err(self.nothing_to_repeat()),
            '{' if self.braces(self.at).is_some() => return Err(self.nothing_to_repeat()),
            _ => self.take(self.character(u32::from(c))),
        };
        self.quantified(node, quantifiable && !lookbehind)
    }

    fn starts_with(&self, text: &str) -> bool {
        text.chars().eq(self.chars.iter().copied().skip(self.at).take(text.chars().count()))
    }

    fn take(&mut self, node: Node) -> Node {
        self.at += 1;
        node
    }

    /// One character as an atom.
    pub(super) fn character(&self, point: u32) -> Node {
        let set = Set::single(point);
        Node::Set(if self.flags.ignore_case { classes::fold_case(&set) } else { set })
    }

    fn nothing_to_repeat(&self) -> PatternError {
        self.error(format!("nothing to repeat before `{}`", self.peek().unwrap_or_default()))
    }

    fn quantified(&mut self, node: Node, quantifiable: bool) -> Result<Node, PatternError> {
        let (min, max, length) = match self.peek() {
            Some('*') => (0, None, 1),
            Some('+') => (1, None, 1),
            Some('?') => (0, Some(1), 1),
            Some('{') => match self.braces(self.at) {
                Some(braces) => braces,
                None => return Ok(node),
            },
            _ => return Ok(node),
        };
        if !quantifiable {
            return Err(self.nothing_to_repeat());
        }
        if max.is_some_and(|max| max < min) {
            return Err(self.error("the numbers in braces are out of order"));
        }
        self.at += length;
        // Which of several matches is found first is of no concern, so lazy is like greedy.
        self.eat("?");
        Ok(match (min, max) {
            (1, Some(1)) => node,
            (_, Some(0)) => Node::Empty,
            // Once is as often as needed for what does not advance.
            _ if node.is_zero_width() => {
                if min > 0 {
                    node
                } else {
                    Node::Empty
                }
            }
            _ => Node::Repeat { node: Box::new(node), min, max },
        })
    }

    /// `{2}`, `{2,}` or `{2,3}` at the position, and how long it is. Anything else in braces is plain text.
    fn braces(&self, at: usize) -> Option<(u32, Option<u32>, usize)> {
        let mut rest = self.chars.get(at + 1..)?.iter().copied().peekable();
        let mut length = 1;
        let mut number = || {
            let mut value: Option<u32> = None;
            while let Some(digit) = rest.peek().and_then(|c| c.to_digit(10)) {
                value = Some(value.unwrap_or(0).saturating_mul(10).saturating_add(digit));
                rest.next();
                length += 1;
            }
            let end = rest.next();
            length += 1;
            (value, end)
        };
        match number() {
            (Some(min), Some('}')) => Some((min, Some(min), length)),
            (Some(min), Some(',')) => match number() {
                (max, Some('}')) => Some((min, max, length)),
                _ => None,
            },
            _ => None,
        }
    }

    fn group(&mut self) -> Result<Node, PatternError> {
        let start = self.at;
        self.at += 1;
        let outer = self.flags;
        let look = |ahead, wanted| Some((ahead, wanted));
        let kind = if self.eat("?=") {
            look(true, true)
        } else if self.eat("?!") {
            look(true, false)
        } else if self.eat("?<=") {
            look(false, true)
        } else if self.eat("?<!") {
            look(false, false)
        } else if self.eat("?<") {
            self.name()?;
            None
        } else if self.eat("?") {
            if self.modifiers()? {
                // `(?i)`: not ECMAScript, but published; it lasts to the end of the group around it.
                return Ok(Node::Empty);
            }
            None
        } else {
            None
        };
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            // Not an error of the pattern: what is not read is not checked.
            self.doubt(format!("its groups nest more than {MAX_DEPTH} deep"));
            self.given_up = true;
            self.at = self.chars.len();
            return Ok(Node::Empty);
        }
        let node = self.alternatives()?;
        self.depth -= 1;
        self.flags = outer;
        if !self.eat(")") && !self.given_up {
            self.at = start;
            return Err(self.error("`(` is never closed; write `\\(` for the character"));
        }
        Ok(match kind {
            Some((ahead, wanted)) => Node::Look { ahead, wanted, node: Box::new(node) },
            None => node,
        })
    }

    fn name(&mut self) -> Result<(), PatternError> {
        let mut name = String::new();
        while let Some(c) = self.next() {
            let letter = c.is_alphabetic() || matches!(c, '_' | '$');
            match c {
                '>' if !name.is_empty() => {
                    return if self.names.insert(name) {
                        Ok(())
                    } else {
                        Err(self.error("two groups have the same name"))
                    };
                }
                c if letter || (!name.is_empty() && c.is_alphanumeric()) => name.push(c),
                _ => break,
            }
        }
        Err(self.error("a group's name is made of letters, digits, `_` and `$`, and ends with `>`"))
    }

    /// `i-s:` or `i)`, after `(?`; true for the latter.
    fn modifiers(&mut self) -> Result<bool, PatternError> {
        let mut on = true;
        if self.eat(":") {
            return Ok(false);
        }
        let mut letters = 0;
        loop {
            letters += 1;
            match self.next() {
                Some('i') => self.flags.ignore_case = on,
                Some('s') => self.flags.dot_all = on,
                Some('m') => {
                    self.doubt("`m`, which lets `^` and `$` match at line breaks, is not supported");
                }
                Some('-') if on => on = false,
                Some(':') if letters > 1 => return Ok(false),
                Some(')') if letters > 1 => return Ok(true),
                _ => return Err(self.error("what follows `(?` is no kind of group")),
            }
        }
    }

    pub(super) fn is_named_reference(&self) -> bool {
        self.named
    }

    /// The set as a class of characters. Classes are written in code units of UTF-16: one that names surrogates means
    /// the characters beyond the basic plane.
    pub(super) fn characters(&mut self, set: Set) -> Set {
        let surrogates = Set::new([SURROGATES]);
        if !set.overlaps(&surrogates) {
            return set;
        }
        if surrogates.contains_all(&set) && set != surrogates {
            self.doubt("it spells characters as halves of surrogate pairs");
        }
        set.without(&surrogates).union(&Set::new([(0x1_0000, super::set::LAST)]))
    }
}

/// How many capturing groups there are, and whether one has a name.
fn count_groups(chars: &[char]) -> (usize, bool) {
    let (mut groups, mut named, mut class) = (0, false, false);
    let mut at = 0;
    while let Some(c) = chars.get(at) {
        match c {
            '\\' => at += 1,
            '[' => class = true,
            ']' => class = false,
            '(' if !class => {
                let after = |offset: usize| chars.get(at + offset).copied();
                let is_named = after(1) == Some('?') && after(2) == Some('<') && !matches!(after(3), Some('=' | '!'));
                named |= is_named;
                groups += usize::from(is_named || after(1) != Some('?'));
            }
            _ => {}
        }
        at += 1;
    }
    (groups, named)
}
