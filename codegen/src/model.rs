//! An API model in Smithy's own terms, whatever form it was read from.
//!
//! Everything is in maps and vectors with a fixed order, so that nothing later depends on the order of a file's keys.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

mod access;
mod lookup;
mod refs;
mod uri;

pub use access::{Deprecated, Effective, Fault, HasTraits, Http, Length, Range, TimestampFormat};
pub use lookup::{Referrer, UNIT};
pub use refs::Role;
pub use uri::{UriPattern, UriSegment};

/// Whether a text may name a shape or a member, or be a part of a namespace.
pub(crate) fn is_identifier(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// An absolute shape ID, `namespace#Name`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShapeId(String);

impl ShapeId {
    /// Wraps a text that is known to be `namespace#Name`; see [`ShapeId::parse`] for texts that are not.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Checks the form `namespace#Name`, both parts made of identifiers.
    pub fn parse(text: &str) -> Option<Self> {
        let (namespace, name) = text.split_once('#')?;
        (namespace.split('.').all(is_identifier) && is_identifier(name)).then(|| Self(text.to_owned()))
    }

    /// `com.amazonaws.kinesisvideo`.
    pub fn namespace(&self) -> &str {
        self.0.split_once('#').map_or("", |(namespace, _)| namespace)
    }

    /// `JoinStorageSession`.
    pub fn name(&self) -> &str {
        self.0.split_once('#').map_or(self.0.as_str(), |(_, name)| name)
    }

    /// The whole ID.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ShapeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A model: its shapes by ID. Prelude shapes (`smithy.api#String`) that are targeted are present too.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// Where it was read from, as diagnostics name it.
    pub file: String,
    /// All shapes, prelude shapes included.
    pub shapes: BTreeMap<ShapeId, Shape>,
}

/// One shape.
#[derive(Clone, Debug)]
pub struct Shape {
    /// Its ID.
    pub id: ShapeId,
    /// What it is.
    pub kind: ShapeKind,
    /// Its traits.
    pub traits: Traits,
}

/// What a shape is.
#[derive(Clone, Debug)]
pub enum ShapeKind {
    /// Bytes.
    Blob,
    /// True or false.
    Boolean,
    /// UTF-8 text.
    String,
    /// 8-bit integer.
    Byte,
    /// 16-bit integer.
    Short,
    /// 32-bit integer.
    Integer,
    /// 64-bit integer.
    Long,
    /// 32-bit floating point.
    Float,
    /// 64-bit floating point.
    Double,
    /// Integer of any size.
    BigInteger,
    /// Decimal of any precision.
    BigDecimal,
    /// A point in time.
    Timestamp,
    /// Any JSON value.
    Document,
    /// A string with known values. Strings with the `enum` trait of Smithy 1 are turned into this.
    Enum(Vec<EnumValue>),
    /// An integer with known values.
    IntEnum(Vec<IntEnumValue>),
    /// A list (or a set of Smithy 1).
    List(Member),
    /// A map.
    Map {
        /// Its keys.
        key: Member,
        /// Its values.
        value: Member,
    },
    /// A structure, its members sorted by name.
    Structure(Vec<Member>),
    /// A tagged union, its members sorted by name.
    Union(Vec<Member>),
    /// A service.
    Service(Service),
    /// An operation.
    Operation(Operation),
    /// A resource.
    Resource(Resource),
}

/// A member of a structure, union, list or map.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its name: the member's own, or `member`, `key`, `value`.
    pub name: String,
    /// What it holds.
    pub target: ShapeId,
    /// Its traits; traits of the target are not merged in.
    pub traits: Traits,
}

/// One value of an enumeration of strings.
#[derive(Clone, Debug)]
pub struct EnumValue {
    /// The name in the model, which may be absent in Smithy 1.
    pub name: Option<String>,
    /// The text on the wire.
    pub value: String,
    /// Its traits.
    pub traits: Traits,
}

/// One value of an enumeration of integers.
#[derive(Clone, Debug)]
pub struct IntEnumValue {
    /// The name in the model.
    pub name: String,
    /// The number on the wire.
    pub value: i64,
    /// Its traits.
    pub traits: Traits,
}

/// A service shape.
#[derive(Clone, Debug, Default)]
pub struct Service {
    /// `2018-05-10`.
    pub version: String,
    /// Its operations, without those of its resources.
    pub operations: Vec<ShapeId>,
    /// Its resources.
    pub resources: Vec<ShapeId>,
    /// Errors any operation may give.
    pub errors: Vec<ShapeId>,
    /// New names of shapes within this service.
    pub rename: BTreeMap<ShapeId, String>,
}

/// An operation shape; absent input or output is `smithy.api#Unit`.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its input.
    pub input: ShapeId,
    /// Its output.
    pub output: ShapeId,
    /// Its errors.
    pub errors: Vec<ShapeId>,
}

/// A resource shape: only what binds operations to the service.
#[derive(Clone, Debug, Default)]
pub struct Resource {
    /// Operations of every lifecycle and collection.
    pub operations: Vec<ShapeId>,
    /// Resources within.
    pub resources: Vec<ShapeId>,
}

/// Traits by absolute ID (`smithy.api#required`), with their values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Traits(pub BTreeMap<String, Value>);
