//! Walks any value serde can serialise against the model.

use std::fmt;

use serde::Serialize;
use serde::ser::Serializer;

use super::compound::Compound;
use super::engine::Engine;
use super::path::Path;
use crate::schema::{Kind, Member, Shape};

/// How deep values may nest. Deeper ones would exhaust the stack sooner or later, here or when they are sent.
const MAX_DEPTH: usize = 256;

/// Whether there was a value.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Presence {
    /// Null, which counts as absent.
    Null,
    /// Anything else, right or wrong.
    Set,
}

/// What the next value should be.
#[derive(Clone, Copy)]
pub(super) struct Target<'a> {
    pub(super) kind: &'a Kind,
    /// Whether messages must not show it.
    pub(super) sensitive: bool,
    /// Whether it is bound to a label of the path.
    pub(super) label: bool,
    /// Whether it is the input as a whole.
    pub(super) root: bool,
}

impl<'a> Target<'a> {
    pub(super) fn root(kind: &'a Kind) -> Self {
        Self { kind, sensitive: false, label: false, root: true }
    }

    pub(super) fn member(self, member: &'a Member) -> Self {
        let sensitive = self.sensitive || member.sensitive || member.shape.sensitive;
        Self { kind: &member.shape.kind, sensitive, label: member.label, root: false }
    }

    pub(super) fn within(self, shape: &'a Shape) -> Self {
        Self { kind: &shape.kind, sensitive: self.sensitive || shape.sensitive, label: false, root: false }
    }

    /// Anything goes: only whether there is a value matters.
    pub(super) fn any() -> Self {
        Self { kind: &Kind::Document, sensitive: false, label: false, root: false }
    }
}

/// Checks one value and says whether there was one.
pub(super) fn walk<T>(value: &T, engine: &mut Engine, target: Target<'_>, path: &Path<'_>) -> Presence
where
    T: Serialize + ?Sized,
{
    if path.depth() > MAX_DEPTH {
        engine.expected(&format!("nested at most {MAX_DEPTH} deep"), path);
        return Presence::Set;
    }
    let before = engine.mark();
    let walker = Walker { engine, target, path, number: false };
    match value.serialize(walker) {
        Ok(presence) => presence,
        Err(error) => {
            // The value refuses to be serialised, so it could not be sent either.
            if engine.mark() == before {
                engine.expected(&format!("something that can be sent: {error}"), path);
            }
            Presence::Set
        }
    }
}

/// A serializer that writes nothing.
pub(super) struct Walker<'e, 'a> {
    pub(super) engine: &'e mut Engine,
    pub(super) target: Target<'a>,
    pub(super) path: &'a Path<'a>,
    /// Whether a text is a number's digits.
    pub(super) number: bool,
}

/// Why a value cannot be serialised, in its own words.
#[derive(Debug)]
pub(super) struct Refused(String);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

impl serde::ser::Error for Refused {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

impl Walker<'_, '_> {
    fn integer(self, value: i128) -> Result<Presence, Refused> {
        Ok(self.engine.integer(value, self.target, self.path))
    }

    fn text(self, value: &str) -> Result<Presence, Refused> {
        Ok(match self.number {
            false => self.engine.text(value, self.target, self.path),
            true => self.engine.digits(value, self.target, self.path),
        })
    }
}

impl<'e, 'a> Serializer for Walker<'e, 'a> {
    type Ok = Presence;
    type Error = Refused;
    type SerializeSeq = Compound<'e, 'a>;
    type SerializeTuple = Compound<'e, 'a>;
    type SerializeTupleStruct = Compound<'e, 'a>;
    type SerializeTupleVariant = Compound<'e, 'a>;
    type SerializeMap = Compound<'e, 'a>;
    type SerializeStruct = Compound<'e, 'a>;
    type SerializeStructVariant = Compound<'e, 'a>;

    fn serialize_bool(self, v: bool) -> Result<Presence, Refused> {
        Ok(self.engine.boolean(v, self.target, self.path))
    }

    fn serialize_i8(self, v: i8) -> Result<Presence, Refused> {
        self.integer(v.into())
    }

    fn serialize_i16(self, v: i16) -> Result<Presence, Refused> {
        self.integer(v.into())
    }

    fn serialize_i32(self, v: i32) -> Result<Presence, Refused> {
        self.integer(v.into())
    }

    fn serialize_i64(self, v: i64) -> Result<Presence, Refused> {
        self.integer(v.into())
    }

    fn serialize_i128(self, v: i128) -> Result<Presence, Refused> {
        self.integer(v)
    }

    fn serialize_u8(self, v: u8) -> Result<Presence, Refused> {
        self.integer(v.into())
    }

    fn serialize_u16(self, v: u16) -> Result<Presence, Refused> {
        self.integer(v.into())
    }

    fn serialize_u32(self, v: u32) -> Result<Presence, Refused> {
        self.integer(v.into())
    }

    fn serialize_u64(self, v: u64) -> Result<Presence, Refused> {
        self.integer(v.into())
    }

    fn serialize_f32(self, v: f32) -> Result<Presence, Refused> {
        self.serialize_f64(v.into())
    }

    fn serialize_f64(self, v: f64) -> Result<Presence, Refused> {
        Ok(self.engine.float(v, self.target, self.path))
    }

    fn serialize_char(self, v: char) -> Result<Presence, Refused> {
        self.text(v.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, v: &str) -> Result<Presence, Refused> {
        self.text(v)
    }

    fn serialize_bytes(self, v: &[u8]) -> Result<Presence, Refused> {
        Ok(self.engine.bytes(v, self.target, self.path))
    }

    fn serialize_none(self) -> Result<Presence, Refused> {
        Ok(Presence::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Presence, Refused> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Presence, Refused> {
        Ok(Presence::Null)
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<Presence, Refused> {
        self.serialize_map(Some(0)).map(Compound::finish)
    }

    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<Presence, Refused> {
        self.text(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        value: &T,
    ) -> Result<Presence, Refused> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Presence, Refused> {
        let mut compound = Compound::map(self);
        compound.entry(variant, value);
        Ok(compound.finish())
    }

    fn serialize_seq(self, _len: Option<usize>) -> Result<Compound<'e, 'a>, Refused> {
        Ok(Compound::seq(self))
    }

    fn serialize_tuple(self, _len: usize) -> Result<Compound<'e, 'a>, Refused> {
        Ok(Compound::seq(self))
    }

    fn serialize_tuple_struct(self, _name: &'static str, _len: usize) -> Result<Compound<'e, 'a>, Refused> {
        Ok(Compound::seq(self))
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _len: usize,
    ) -> Result<Compound<'e, 'a>, Refused> {
        Ok(Compound::variant(self))
    }

    fn serialize_map(self, _len: Option<usize>) -> Result<Compound<'e, 'a>, Refused> {
        Ok(Compound::map(self))
    }

    fn serialize_struct(self, name: &'static str, _len: usize) -> Result<Compound<'e, 'a>, Refused> {
        Ok(match name {
            // How `serde_json` hands over numbers when its feature `arbitrary_precision` is on, which any crate of a
            // build may turn on.
            "$serde_json::private::Number" => Compound::number(self),
            "$serde_json::private::RawValue" => Compound::unchecked(self),
            _ => Compound::map(self),
        })
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _len: usize,
    ) -> Result<Compound<'e, 'a>, Refused> {
        Ok(Compound::variant(self))
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, value: &T) -> Result<Presence, Refused> {
        self.text(&value.to_string())
    }
}
