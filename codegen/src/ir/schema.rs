//! What inputs are validated against.

/// Everything the inputs of a service reach.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    /// Structures and unions, by constant.
    pub structures: Vec<SchemaStructure>,
    /// Other shapes that say more than their kind, by constant.
    pub shapes: Vec<SchemaShape>,
    /// Patterns, by constant.
    pub patterns: Vec<SchemaPattern>,
}

/// A pattern.
#[derive(Clone, Debug)]
pub struct SchemaPattern {
    /// Its constant.
    pub constant: String,
    /// The expression.
    pub text: String,
    /// The expression, compiled.
    pub program: crate::pattern::Program,
}

/// A structure or union.
#[derive(Clone, Debug)]
pub struct SchemaStructure {
    /// Its constant.
    pub constant: String,
    /// The shape's name.
    pub name: String,
    /// Whether it is a union.
    pub union: bool,
    /// Whether an operation's module names it.
    pub is_input: bool,
    /// Its members.
    pub members: Vec<SchemaMember>,
}

/// A member of a structure or union.
#[derive(Clone, Debug)]
pub struct SchemaMember {
    /// The name in the model.
    pub name: String,
    /// The name in JSON, where it is another.
    pub wire: Option<String>,
    /// Whether it must be set.
    pub required: bool,
    /// Whether it is a label of the path.
    pub label: bool,
    /// Whether its value must not be shown.
    pub sensitive: bool,
    /// What it holds.
    pub shape: ShapeRef,
}

/// A shape with constraints.
#[derive(Clone, Debug)]
pub struct SchemaShape {
    /// Its constant.
    pub constant: String,
    /// What it is.
    pub constraint: Constraint,
    /// Whether values must not be shown.
    pub sensitive: bool,
}

/// What a shape is.
#[derive(Clone, Debug, PartialEq)]
pub enum Constraint {
    /// A text.
    String {
        /// Bounds of its length.
        length: Bound<u64>,
        /// The constant of its pattern.
        pattern: Option<String>,
        /// The type whose values it has.
        values: Option<String>,
    },
    /// Bytes.
    Blob {
        /// Bounds of their number.
        length: Bound<u64>,
    },
    /// A whole number.
    Integer {
        /// Its width.
        bits: u32,
        /// Bounds of its value.
        range: Bound<i64>,
        /// Known values, none if it is not an enumeration.
        values: Vec<i64>,
    },
    /// A floating-point number.
    Float {
        /// Bounds of its value.
        range: Bound<f64>,
    },
    /// A list.
    List {
        /// Bounds of its length.
        length: Bound<u64>,
        /// Its items.
        item: ShapeRef,
    },
    /// A map.
    Map {
        /// Bounds of the number of its entries.
        length: Bound<u64>,
        /// Its keys.
        key: ShapeRef,
        /// Its values.
        value: ShapeRef,
    },
    /// Anything else: a constant of the runtime, and so only here when it is sensitive.
    Constant(&'static str),
}

/// Inclusive bounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bound<T> {
    /// The smallest legal value.
    pub min: Option<T>,
    /// The largest legal value.
    pub max: Option<T>,
}

/// What stands where a shape is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShapeRef {
    /// A constant of the runtime: `STRING`.
    Runtime(&'static str),
    /// A shape's constant.
    Shape(String),
    /// A structure's constant.
    Structure(String),
}
