//! What the model says of an operation's input, as static data.
//!
//! The generator emits one [`Structure`] per input and one [`Shape`] per constrained shape; [`crate::validate`] reads
//! them. Typed inputs and JSON parameters are checked by the same engine over the same facts.

use crate::pattern::Pattern;

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
    /// What a value must look like.
    pub shape: &'static Shape,
}

/// What a value must look like.
#[derive(Debug)]
#[non_exhaustive]
pub enum Shape {
    /// UTF-8 text; `length` counts Unicode scalar values.
    String {
        /// Inclusive bounds of the length.
        length: Range<u64>,
        /// What the text must match.
        pattern: Option<&'static Pattern>,
        /// Known values of an enumeration; empty when the shape is not one.
        values: &'static [&'static str],
    },
    /// Bytes; `length` counts bytes before base64.
    Blob {
        /// Inclusive bounds of the length.
        length: Range<u64>,
    },
    /// True or false.
    Boolean,
    /// A whole number.
    Integer {
        /// Inclusive bounds of the value, the type's own included.
        range: Range<i64>,
        /// Known values of an enumeration; empty when the shape is not one.
        values: &'static [i64],
    },
    /// A floating-point number; `NaN`, `Infinity` and `-Infinity` are legal.
    Float {
        /// Inclusive bounds of the value.
        range: Range<f64>,
    },
    /// A number of any size and precision.
    BigNumber,
    /// A point in time.
    Timestamp,
    /// Any JSON value.
    Document,
    /// A list; `length` counts items.
    List {
        /// Inclusive bounds of the length.
        length: Range<u64>,
        /// What each item must look like.
        item: &'static Shape,
        /// Whether items may be null.
        sparse: bool,
    },
    /// A map with string keys; `length` counts entries.
    Map {
        /// Inclusive bounds of the length.
        length: Range<u64>,
        /// What each key must look like.
        key: &'static Shape,
        /// What each value must look like.
        value: &'static Shape,
        /// Whether values may be null.
        sparse: bool,
    },
    /// A structure or union.
    Structure(&'static Structure),
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
