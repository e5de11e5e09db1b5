use std::fmt;

use super::violations::REDACTED;

/// Where in the input the engine is: a list on the stack, so that a valid input costs no allocation.
pub(super) struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    segment: Segment<'a>,
    depth: usize,
}

/// One step down.
#[derive(Clone, Copy)]
pub(super) enum Segment<'a> {
    /// `params`.
    Root,
    /// `.name`.
    Member(&'a str),
    /// `[0]`.
    Index(usize),
    /// `['key']`, the value under a key.
    Value(&'a str),
    /// `[key='key']`, the key itself.
    Key(&'a str),
    /// `['*** redacted ***']`, key or value where keys must not be shown.
    Hidden,
}

impl<'a> Path<'a> {
    pub(super) const ROOT: Path<'static> = Path { parent: None, segment: Segment::Root, depth: 0 };

    pub(super) fn child(&'a self, segment: Segment<'a>) -> Path<'a> {
        Path { parent: Some(self), segment, depth: self.depth + 1 }
    }

    pub(super) fn depth(&self) -> usize {
        self.depth
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.fmt(f)?;
        }
        match self.segment {
            Segment::Root => f.write_str("params"),
            Segment::Member(name) => write!(f, ".{name}"),
            Segment::Index(index) => write!(f, "[{index}]"),
            Segment::Value(key) => write!(f, "['{key}']"),
            Segment::Key(key) => write!(f, "[key='{key}']"),
            Segment::Hidden => write!(f, "['{REDACTED}']"),
        }
    }
}
