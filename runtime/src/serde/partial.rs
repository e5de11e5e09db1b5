//! The JSON body of an input some of whose members go elsewhere.

use serde::ser::{Error, Impossible, Serialize, SerializeStruct, Serializer};

/// A structure without the members of the given names, which an operation binds to path, query or headers.
pub struct Without<'a, T> {
    structure: &'a T,
    edits: Edits,
}

/// What becomes of members.
#[derive(Clone, Copy)]
struct Edits {
    left_out: &'static [&'static str],
    renamed: &'static [(&'static str, &'static str)],
}

impl<'a, T: Serialize> Without<'a, T> {
    /// Leaves out the members that are written under one of the names, and writes those of the pairs' first names under the
    /// second ones.
    pub fn new(
        structure: &'a T,
        left_out: &'static [&'static str],
        renamed: &'static [(&'static str, &'static str)],
    ) -> Self {
        Self { structure, edits: Edits { left_out, renamed } }
    }
}

impl<T: Serialize> Serialize for Without<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.structure.serialize(Outer { serializer, edits: self.edits })
    }
}

/// A serializer of structures that drops and renames some of the members of the outermost.
struct Outer<S> {
    serializer: S,
    edits: Edits,
}

struct Members<S> {
    members: S,
    edits: Edits,
}

impl<S: SerializeStruct> SerializeStruct for Members<S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), S::Error> {
        if self.edits.left_out.contains(&name) {
            return self.members.skip_field(name);
        }
        let renamed = self.edits.renamed.iter().find(|(own, _)| *own == name);
        self.members.serialize_field(renamed.map_or(name, |(_, wire)| wire), value)
    }

    fn skip_field(&mut self, name: &'static str) -> Result<(), S::Error> {
        self.members.skip_field(name)
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.members.end()
    }
}

/// Inputs are structures, so nothing else is ever asked for.
macro_rules! refuse {
    ($($method:ident($($type:ty),*) -> $ok:ty;)*) => {$(
        fn $method(self, $(_: $type),*) -> Result<$ok, S::Error> {
            Err(S::Error::custom("expected a structure"))
        }
    )*};
}

impl<S: Serializer> Serializer for Outer<S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Impossible<S::Ok, S::Error>;
    type SerializeTuple = Impossible<S::Ok, S::Error>;
    type SerializeTupleStruct = Impossible<S::Ok, S::Error>;
    type SerializeTupleVariant = Impossible<S::Ok, S::Error>;
    type SerializeMap = Impossible<S::Ok, S::Error>;
    type SerializeStruct = Members<S::SerializeStruct>;
    type SerializeStructVariant = Impossible<S::Ok, S::Error>;

    fn serialize_struct(self, name: &'static str, length: usize) -> Result<Self::SerializeStruct, S::Error> {
        Ok(Members { members: self.serializer.serialize_struct(name, length)?, edits: self.edits })
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<S::Ok, S::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<S::Ok, S::Error> {
        Err(S::Error::custom("expected a structure"))
    }

    refuse! {
        serialize_bool(bool) -> S::Ok;
        serialize_i8(i8) -> S::Ok;
        serialize_i16(i16) -> S::Ok;
        serialize_i32(i32) -> S::Ok;
        serialize_i64(i64) -> S::Ok;
        serialize_u8(u8) -> S::Ok;
        serialize_u16(u16) -> S::Ok;
        serialize_u32(u32) -> S::Ok;
        serialize_u64(u64) -> S::Ok;
        serialize_f32(f32) -> S::Ok;
        serialize_f64(f64) -> S::Ok;
        serialize_char(char) -> S::Ok;
        serialize_str(&str) -> S::Ok;
        serialize_bytes(&[u8]) -> S::Ok;
        serialize_none() -> S::Ok;
        serialize_unit() -> S::Ok;
        serialize_unit_struct(&'static str) -> S::Ok;
        serialize_unit_variant(&'static str, u32, &'static str) -> S::Ok;
        serialize_seq(Option<usize>) -> Self::SerializeSeq;
        serialize_tuple(usize) -> Self::SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
        serialize_map(Option<usize>) -> Self::SerializeMap;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant;
    }
}
