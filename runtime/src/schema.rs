//! What the model says of an operation's input, as static data.
//!
//! The generator emits one [`Structure`] per input and one [`Shape`] per constrained shape; [`crate::validate`] reads
//! them. Typed inputs and JSON parameters are checked by the same engine over the same facts.
//!
//! Everything is built in constants, so the emitted text stays short:
//!
//! ```
//! use kinesisvideo_runtime::schema::{Member, Shape, Structure};
//!
//! static CLIENT_ID: Shape = Shape::string().length(Some(1), Some(256));
//! static INPUT: Structure = Structure::new("Input", &[
//!     Member::new("clientId", &CLIENT_ID).required(),
//!     Member::new("note", &Shape::STRING),
//! ]);
//! assert!(INPUT.members[0].required);
//! ```

use crate::pattern::Pattern;
use crate::validate::NumberChecks;

/// A structure or union of the model.
#[derive(Debug)]
#[non_exhaustive]
pub struct Structure {
    /// The shape's name in the model.
    pub name: &'static str,
    /// Members in the order of the model's names.
    pub members: &'static [Member],
    /// Whether exactly one member must be set.
    pub union: bool,
}

impl Structure {
    /// A structure.
    pub const fn new(name: &'static str, members: &'static [Member]) -> Self {
        Self { name, members, union: false }
    }

    /// A union.
    pub const fn union(name: &'static str, members: &'static [Member]) -> Self {
        Self { name, members, union: true }
    }

    /// The member with this wire name, or else with this name, and its place.
    pub fn member(&self, name: &str) -> Option<(usize, &'static Member)> {
        let place = self
            .members
            .iter()
            .position(|member| member.wire == name)
            .or_else(|| self.members.iter().position(|member| member.name == name))?;
        Some((place, self.members.get(place)?))
    }
}

/// One member of a [`Structure`].
#[derive(Debug)]
#[non_exhaustive]
pub struct Member {
    /// The name in the model: what error paths show.
    pub name: &'static str,
    /// The name in JSON bodies, equal to `name` unless the model carries `jsonName`.
    pub wire: &'static str,
    /// Whether the service refuses a request without it.
    pub required: bool,
    /// Whether it is bound to a label of the path, which must not be empty.
    pub label: bool,
    /// Whether its value must not be shown; see also [`Shape::sensitive`].
    pub sensitive: bool,
    /// What a value must look like.
    pub shape: &'static Shape,
}

impl Member {
    /// An optional member.
    pub const fn new(name: &'static str, shape: &'static Shape) -> Self {
        Self { name, wire: name, required: false, label: false, sensitive: false, shape }
    }

    /// The same, required.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The same, with another name in JSON bodies.
    #[must_use]
    pub const fn wire(mut self, name: &'static str) -> Self {
        self.wire = name;
        self
    }

    /// The same, bound to a label of the path.
    #[must_use]
    pub const fn label(mut self) -> Self {
        self.label = true;
        self
    }

    /// The same, with a value that messages must not show.
    #[must_use]
    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }
}

/// What a value must look like.
#[derive(Debug)]
#[non_exhaustive]
pub struct Shape {
    /// What kind of value it is, with its constraints.
    pub kind: Kind,
    /// Whether values, and everything within them, must not be shown.
    pub sensitive: bool,
}

/// The kinds of [`Shape`]s.
#[derive(Debug)]
#[non_exhaustive]
pub enum Kind {
    /// UTF-8 text.
    String {
        /// Bounds of the length in Unicode scalar values.
        length: Range<u64>,
        /// What the text must match.
        pattern: Option<&'static Pattern>,
        /// Known values of an enumeration; empty when the shape is not one.
        values: &'static [&'static str],
    },
    /// Bytes.
    Blob {
        /// Bounds of the length in bytes before base64.
        length: Range<u64>,
    },
    /// True or false.
    Boolean,
    /// A whole number.
    Integer {
        /// The type's width: 8, 16, 32 or 64 bits, signed.
        bits: u32,
        /// Bounds of the value.
        range: Range<i64>,
        /// Known values of an enumeration; empty when the shape is not one.
        values: &'static [i64],
        #[doc(hidden)]
        checks: NumberChecks,
    },
    /// A floating-point number; `NaN`, `Infinity` and `-Infinity` are legal.
    Float {
        /// Bounds of the value.
        range: Range<f64>,
        #[doc(hidden)]
        checks: NumberChecks,
    },
    /// A number of any size and precision.
    BigNumber,
    /// A point in time.
    Timestamp,
    /// Any JSON value.
    Document,
    /// A list.
    List {
        /// Bounds of the number of items.
        length: Range<u64>,
        /// What each item must look like.
        item: &'static Shape,
    },
    /// A map with string keys.
    Map {
        /// Bounds of the number of entries.
        length: Range<u64>,
        /// What each key must look like.
        key: &'static Shape,
        /// What each value must look like.
        value: &'static Shape,
    },
    /// A structure or union.
    Structure(&'static Structure),
}

impl Shape {
    /// Any text.
    pub const STRING: Self = Self::string();
    /// Any bytes.
    pub const BLOB: Self = Self::blob();
    /// True or false.
    pub const BOOLEAN: Self = Self::of(Kind::Boolean);
    /// A whole number of 8 bits.
    pub const BYTE: Self = Self::integer(8);
    /// A whole number of 16 bits.
    pub const SHORT: Self = Self::integer(16);
    /// A whole number of 32 bits.
    pub const INTEGER: Self = Self::integer(32);
    /// A whole number of 64 bits.
    pub const LONG: Self = Self::integer(64);
    /// Any floating-point number.
    pub const FLOAT: Self = Self::float();
    /// A number of any size and precision.
    pub const BIG_NUMBER: Self = Self::of(Kind::BigNumber);
    /// A point in time.
    pub const TIMESTAMP: Self = Self::of(Kind::Timestamp);
    /// Any JSON value.
    pub const DOCUMENT: Self = Self::of(Kind::Document);

    const fn of(kind: Kind) -> Self {
        Self { kind, sensitive: false }
    }

    /// Text; add [`length`](Self::length), [`pattern`](Self::pattern), [`values`](Self::values).
    pub const fn string() -> Self {
        Self::of(Kind::String { length: Range::ANY, pattern: None, values: &[] })
    }

    /// Bytes; add [`length`](Self::length).
    pub const fn blob() -> Self {
        Self::of(Kind::Blob { length: Range::ANY })
    }

    /// A whole number of so many bits (8, 16, 32 or 64); add [`range`](Self::range), [`numbers`](Self::numbers).
    pub const fn integer(bits: u32) -> Self {
        Self::of(Kind::Integer { bits, range: Range::ANY, values: &[], checks: NumberChecks::NEW })
    }

    /// A floating-point number; add [`float_range`](Self::float_range).
    pub const fn float() -> Self {
        Self::of(Kind::Float { range: Range::ANY, checks: NumberChecks::NEW })
    }

    /// A list of such items; add [`length`](Self::length).
    pub const fn list(item: &'static Shape) -> Self {
        Self::of(Kind::List { length: Range::ANY, item })
    }

    /// A map from such keys to such values; add [`length`](Self::length).
    pub const fn map(key: &'static Shape, value: &'static Shape) -> Self {
        Self::of(Kind::Map { length: Range::ANY, key, value })
    }

    /// A structure or union.
    pub const fn structure(structure: &'static Structure) -> Self {
        Self::of(Kind::Structure(structure))
    }

    /// Inclusive bounds: of a text's Unicode scalar values, a blob's bytes, a list's items, a map's entries.
    ///
    /// Of no effect on other kinds, which have no length.
    #[must_use]
    pub const fn length(mut self, min: Option<u64>, max: Option<u64>) -> Self {
        match &mut self.kind {
            Kind::String { length, .. }
            | Kind::Blob { length }
            | Kind::List { length, .. }
            | Kind::Map { length, .. } => *length = Range { min, max },
            _ => {}
        }
        self
    }

    /// What a text must match. Of no effect on other kinds.
    #[must_use]
    pub const fn pattern(mut self, text: &'static Pattern) -> Self {
        if let Kind::String { pattern, .. } = &mut self.kind {
            *pattern = Some(text);
        }
        self
    }

    /// The known values of an enumeration of texts. Of no effect on other kinds.
    #[must_use]
    pub const fn values(mut self, known: &'static [&'static str]) -> Self {
        if let Kind::String { values, .. } = &mut self.kind {
            *values = known;
        }
        self
    }

    /// Inclusive bounds of a whole number. Of no effect on other kinds.
    #[must_use]
    pub const fn range(mut self, min: Option<i64>, max: Option<i64>) -> Self {
        if let Kind::Integer { range, .. } = &mut self.kind {
            *range = Range { min, max };
        }
        self
    }

    /// The known values of an enumeration of whole numbers. Of no effect on other kinds.
    #[must_use]
    pub const fn numbers(mut self, known: &'static [i64]) -> Self {
        if let Kind::Integer { values, .. } = &mut self.kind {
            *values = known;
        }
        self
    }

    /// Inclusive bounds of a floating-point number. Of no effect on other kinds.
    #[must_use]
    pub const fn float_range(mut self, min: Option<f64>, max: Option<f64>) -> Self {
        if let Kind::Float { range, .. } = &mut self.kind {
            *range = Range { min, max };
        }
        self
    }

    /// The same, with values that messages must not show.
    #[must_use]
    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }
}

/// Inclusive bounds, either of which may be absent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range<T> {
    /// The smallest legal value.
    pub min: Option<T>,
    /// The largest legal value.
    pub max: Option<T>,
}

impl<T> Range<T> {
    /// No bounds.
    pub const ANY: Self = Self { min: None, max: None };
}
