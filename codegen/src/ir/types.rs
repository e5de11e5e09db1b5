//! Types and how they are written in JSON.

use serde_json::Value;

/// A type of the `types` module.
#[derive(Clone, Debug)]
pub enum Item {
    /// A structure.
    Structure(Structure),
    /// A union.
    Union(Union),
    /// An enumeration of texts.
    Enum(Enum),
    /// An enumeration of numbers.
    IntEnum(IntEnum),
}

impl Item {
    /// Its identifier.
    pub fn name(&self) -> &str {
        match self {
            Self::Structure(item) => &item.name,
            Self::Union(item) => &item.name,
            Self::Enum(item) => &item.name,
            Self::IntEnum(item) => &item.name,
        }
    }
}

/// A structure.
#[derive(Clone, Debug)]
pub struct Structure {
    /// Its identifier.
    pub name: String,
    /// Its documentation.
    pub docs: String,
    /// Whether it is deprecated.
    pub deprecated: Option<Deprecation>,
    /// Its fields.
    pub fields: Vec<Field>,
    /// What `new` takes.
    pub constructor: Vec<ConstructorArgument>,
    /// Methods that set one field.
    pub setters: Vec<Setter>,
    /// How `Debug` comes about.
    pub debug: DebugAs,
    /// How `Default` comes about.
    pub default: DefaultAs,
    /// Whether it can be compared: bodies that are streams cannot.
    pub comparable: bool,
    /// Whether it stands for a required member that the service leaves out.
    pub absent: bool,
}

/// A field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its identifier.
    pub name: String,
    /// The name in JSON.
    pub wire: String,
    /// Another name that is read: the member's, where it is not the wire name.
    pub aliases: Vec<String>,
    /// Its documentation.
    pub docs: String,
    /// Whether it is deprecated.
    pub deprecated: Option<Deprecation>,
    /// Its type.
    pub ty: Type,
    /// How it is written in JSON.
    pub format: Format,
    /// What happens when JSON lacks it.
    pub missing: Missing,
    /// When it is not written.
    pub skip: Option<Skip>,
    /// Whether JSON holds it: members of outputs in headers are not read from a body that happens to have the name.
    pub read: bool,
    /// Whether `Debug` must not show it.
    pub sensitive: bool,
    /// Its value in a structure that nobody has filled.
    pub init: Init,
}

/// When a field is not written as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skip {
    /// When it is `None`.
    None,
    /// Always: it is a stream.
    Always,
}

/// What happens when JSON lacks a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The structure as a whole says so.
    ByStructure,
    /// It is its type's default.
    Default,
    /// It is what stands for an absent value of its type.
    Absent,
    /// It is the model's default.
    Literal,
}

/// A value in a structure that nobody has filled.
#[derive(Clone, Debug, PartialEq)]
pub enum Init {
    /// The type's default.
    Default,
    /// What stands for an absent value of the type.
    Absent,
    /// The model's default.
    Literal(Literal),
}

/// A default of the model that is not its type's.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// `true`.
    True,
    /// A whole number.
    Integer(i64),
    /// A floating-point number.
    Float(f64),
    /// A text.
    String(String),
    /// A value of an enumeration of texts.
    Enum(String),
    /// A value of an enumeration of numbers.
    IntEnum(i64),
    /// Seconds since 1970.
    Timestamp(i64),
    /// Any JSON that holds no other.
    Document(Value),
}

/// An argument of `new`.
#[derive(Clone, Debug)]
pub struct ConstructorArgument {
    /// The field it sets.
    pub field: String,
    /// How it is taken.
    pub param: Param,
    /// Whether the field is optional although the argument is not.
    pub wrap: bool,
}

/// A method that sets one field.
#[derive(Clone, Debug)]
pub struct Setter {
    /// The field it sets, and its own name.
    pub field: String,
    /// How its argument is taken.
    pub param: Param,
    /// Whether the field is optional.
    pub wrap: bool,
    /// Whether it is deprecated.
    pub deprecated: Option<Deprecation>,
    /// Whether its name is that of an operator's method.
    pub like_operator: bool,
}

/// How an argument is taken and turned into the value of a field.
#[derive(Clone, Debug)]
pub enum Param {
    /// As it is.
    Plain(Type),
    /// As anything that turns into it.
    Into(Type),
    /// As it is, to be boxed.
    Boxed(Type),
}

/// How `Debug` comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DebugAs {
    /// Derived.
    Derived,
    /// Without the values of some fields.
    Redacted,
    /// Without any value.
    Opaque,
}

/// How `Default` comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefaultAs {
    /// Derived.
    Derived,
    /// With defaults of the model.
    Written,
    /// Not at all: some member has no value that could be a default.
    Absent,
}

/// `#[deprecated]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deprecation {
    /// What to use instead.
    pub note: Option<String>,
    /// Since when.
    pub since: Option<String>,
}

/// A tagged union.
#[derive(Clone, Debug)]
pub struct Union {
    /// Its identifier.
    pub name: String,
    /// Its documentation.
    pub docs: String,
    /// Whether it is deprecated.
    pub deprecated: Option<Deprecation>,
    /// Its members.
    pub variants: Vec<UnionVariant>,
    /// How `Debug` comes about.
    pub debug: DebugAs,
}

/// A member of a union.
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// Its identifier.
    pub name: String,
    /// The name in JSON.
    pub wire: String,
    /// Another name that is read.
    pub aliases: Vec<String>,
    /// Its documentation.
    pub docs: String,
    /// Whether it is deprecated.
    pub deprecated: Option<Deprecation>,
    /// What it holds.
    pub ty: Type,
    /// How that is written in JSON.
    pub format: Format,
    /// Whether `Debug` must not show it.
    pub sensitive: bool,
}

/// An enumeration of texts.
#[derive(Clone, Debug)]
pub struct Enum {
    /// Its identifier.
    pub name: String,
    /// Its documentation.
    pub docs: String,
    /// Whether it is deprecated.
    pub deprecated: Option<Deprecation>,
    /// Its values.
    pub variants: Vec<EnumVariant>,
    /// Whether `Debug` must not show it.
    pub sensitive: bool,
}

/// A value of an enumeration of texts.
#[derive(Clone, Debug)]
pub struct EnumVariant {
    /// Its identifier.
    pub name: String,
    /// The text on the wire.
    pub value: String,
    /// Its documentation.
    pub docs: String,
    /// Whether it is deprecated.
    pub deprecated: Option<Deprecation>,
}

/// An enumeration of numbers.
#[derive(Clone, Debug)]
pub struct IntEnum {
    /// Its identifier.
    pub name: String,
    /// Its documentation.
    pub docs: String,
    /// Whether it is deprecated.
    pub deprecated: Option<Deprecation>,
    /// Its values.
    pub variants: Vec<IntEnumVariant>,
    /// Whether `Debug` must not show it.
    pub sensitive: bool,
}

/// A value of an enumeration of numbers.
#[derive(Clone, Debug)]
pub struct IntEnumVariant {
    /// Its identifier.
    pub name: String,
    /// The number on the wire.
    pub value: i32,
    /// Its documentation.
    pub docs: String,
    /// Whether it is deprecated.
    pub deprecated: Option<Deprecation>,
}

/// A type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// `bool`.
    Bool,
    /// `i8`.
    I8,
    /// `i16`.
    I16,
    /// `i32`.
    I32,
    /// `i64`.
    I64,
    /// `f32`.
    F32,
    /// `f64`.
    F64,
    /// `String`.
    String,
    /// The runtime's `Blob`.
    Blob,
    /// The runtime's `BigNumber`.
    BigNumber,
    /// The runtime's `Timestamp`.
    Timestamp,
    /// The runtime's `Document`.
    Document,
    /// The runtime's `ByteStream`.
    ByteStream,
    /// The runtime's `Unit`.
    Unit,
    /// A type of the `types` module.
    Named(String),
    /// `Vec<T>`.
    List(Box<Type>),
    /// `BTreeMap<K, V>`.
    Map(Box<Type>, Box<Type>),
    /// `Option<T>`.
    Option(Box<Type>),
    /// `Box<T>`.
    Box(Box<Type>),
}

impl Type {
    /// `Option<Self>`.
    #[must_use]
    pub fn optional(self) -> Self {
        Self::Option(Box::new(self))
    }
}

/// How a value is written in JSON: the markers of `runtime::serde`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Format {
    /// The type's own way.
    Plain,
    /// `NaN` and infinities as texts.
    Float,
    /// RFC 3339.
    DateTime,
    /// RFC 9110.
    HttpDate,
    /// `null` for `None`.
    Opt(Box<Format>),
    /// A list without nulls.
    List(Box<Format>),
    /// A list with nulls.
    SparseList(Box<Format>),
    /// A map without nulls.
    Map(Box<Format>),
    /// A map with nulls.
    SparseMap(Box<Format>),
    /// `null` counts as absent.
    Required(Box<Format>),
}

/// The formats of a timestamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampFormat {
    /// RFC 3339.
    DateTime,
    /// RFC 9110.
    HttpDate,
    /// Seconds since 1970.
    EpochSeconds,
}
