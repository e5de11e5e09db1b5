//! Keys of maps, as text.

use serde::Serialize;
use serde::ser::{Error, Impossible, Serializer};

use super::walker::Refused;

/// Hands over the key's text.
///
/// # Errors
/// When the key is neither a text nor a number.
pub(super) fn with<T: Serialize + ?Sized>(key: &T, use_key: &mut dyn FnMut(&str)) -> Result<(), Refused> {
    key.serialize(Key(use_key))
}

struct Key<'k>(&'k mut dyn FnMut(&str));

fn not_text<T>() -> Result<T, Refused> {
    Err(Refused::custom("a map's keys must be texts"))
}

macro_rules! numbers {
    ($($method:ident: $type:ty)*) => {$(
        fn $method(self, v: $type) -> Result<(), Refused> {
            (self.0)(&v.to_string());
            Ok(())
        }
    )*};
}

impl Serializer for Key<'_> {
    type Ok = ();
    type Error = Refused;
    type SerializeSeq = Impossible<(), Refused>;
    type SerializeTuple = Impossible<(), Refused>;
    type SerializeTupleStruct = Impossible<(), Refused>;
    type SerializeTupleVariant = Impossible<(), Refused>;
    type SerializeMap = Impossible<(), Refused>;
    type SerializeStruct = Impossible<(), Refused>;
    type SerializeStructVariant = Impossible<(), Refused>;

    numbers! {
        serialize_bool: bool
        serialize_i8: i8 serialize_i16: i16 serialize_i32: i32 serialize_i64: i64
        serialize_u8: u8 serialize_u16: u16 serialize_u32: u32 serialize_u64: u64
        serialize_char: char
    }

    fn serialize_str(self, v: &str) -> Result<(), Refused> {
        (self.0)(v);
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Refused> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Refused> {
        value.serialize(self)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Refused> {
        value.serialize(self)
    }

    fn serialize_f32(self, _: f32) -> Result<(), Refused> {
        not_text()
    }

    fn serialize_f64(self, _: f64) -> Result<(), Refused> {
        not_text()
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Refused> {
        not_text()
    }

    fn serialize_none(self) -> Result<(), Refused> {
        not_text()
    }

    fn serialize_unit(self) -> Result<(), Refused> {
        not_text()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Refused> {
        not_text()
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Refused> {
        not_text()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, Refused> {
        not_text()
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Refused> {
        not_text()
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Refused> {
        not_text()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Refused> {
        not_text()
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Refused> {
        not_text()
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeStruct, Refused> {
        not_text()
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Refused> {
        not_text()
    }
}
