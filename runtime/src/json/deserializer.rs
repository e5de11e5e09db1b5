//! What serde asks for, a method a kind of type: as thin as can be, for they are compiled anew for every type.

use std::borrow::Cow;

use serde::de::{Deserializer, IntoDeserializer, Visitor};

use super::DIGITS;
use super::failure::Failure;
use super::parts::Parts;
use super::reader::{Integer, Reader};
use crate::decode_error::Found;

impl<'de> Reader<'de> {
    fn read_text<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Failure> {
        match self.text()? {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
        .map_err(|failure: Failure| failure.found(Found::Text))
    }

    fn read_object<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Failure> {
        let mut parts = Parts::open(self)?;
        match visitor.visit_map(&mut parts) {
            Ok(value) => parts.close().map(|()| value),
            Err(failure) => Err(failure.found(Found::Object)),
        }
    }

    fn read_list<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Failure> {
        let mut parts = Parts::open(self)?;
        match visitor.visit_seq(&mut parts) {
            Ok(value) => parts.close().map(|()| value),
            Err(failure) => Err(failure.found(Found::List)),
        }
    }

    fn read_integer<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Failure> {
        match self.integer()? {
            Some(Integer::Unsigned(number)) => visitor.visit_u64(number),
            Some(Integer::Signed(number)) => visitor.visit_i64(number),
            None => return Err(self.mismatch(&visitor)),
        }
        .map_err(|failure: Failure| failure.found(Found::Number))
    }
}

macro_rules! kinds {
    ($($method:ident($($argument:ident: $type:ty),*): $first:pat => $read:ident;)*) => {$(
        fn $method<V: Visitor<'de>>(self, $($argument: $type,)* visitor: V) -> Result<V::Value, Failure> {
            match self.peek() {
                Some($first) => self.$read(visitor),
                _ => Err(self.mismatch(&visitor)),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Failure;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        let kind = self.kind()?;
        match kind {
            Found::Object => self.read_object(visitor),
            Found::List => self.read_list(visitor),
            Found::Text => self.read_text(visitor),
            Found::Boolean => self.deserialize_bool(visitor),
            Found::Number => match self.integer()? {
                Some(Integer::Unsigned(number)) => visitor.visit_u64(number),
                Some(Integer::Signed(number)) => visitor.visit_i64(number),
                None => visitor.visit_f64(self.float()?),
            }
            .map_err(|failure: Failure| failure.found(kind)),
            _ => self.deserialize_unit(visitor),
        }
    }

    kinds! {
        deserialize_map(): b'{' => read_object;
        deserialize_struct(_name: &'static str, _fields: &'static [&'static str]): b'{' => read_object;
        deserialize_seq(): b'[' => read_list;
        deserialize_tuple(_length: usize): b'[' => read_list;
        deserialize_tuple_struct(_name: &'static str, _length: usize): b'[' => read_list;
        deserialize_char(): b'"' => read_text;
        deserialize_str(): b'"' => read_text;
        deserialize_string(): b'"' => read_text;
        deserialize_identifier(): b'"' => read_text;
        deserialize_i8(): b'-' | b'0'..=b'9' => read_integer;
        deserialize_i16(): b'-' | b'0'..=b'9' => read_integer;
        deserialize_i32(): b'-' | b'0'..=b'9' => read_integer;
        deserialize_i64(): b'-' | b'0'..=b'9' => read_integer;
        deserialize_u8(): b'-' | b'0'..=b'9' => read_integer;
        deserialize_u16(): b'-' | b'0'..=b'9' => read_integer;
        deserialize_u32(): b'-' | b'0'..=b'9' => read_integer;
        deserialize_u64(): b'-' | b'0'..=b'9' => read_integer;
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.kind()? {
            Found::Number => visitor.visit_f64(self.float()?).map_err(|failure: Failure| failure.found(Found::Number)),
            _ => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.kind()? {
            Found::Boolean => {
                visitor.visit_bool(self.boolean()?).map_err(|failure: Failure| failure.found(Found::Boolean))
            }
            _ => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.kind()? {
            Found::Nothing => {
                self.word("null")?;
                visitor.visit_unit().map_err(|failure: Failure| failure.found(Found::Nothing))
            }
            _ => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.peek() {
            Some(b'n') => {
                self.word("null")?;
                visitor.visit_none()
            }
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Failure> {
        if name != DIGITS {
            return visitor.visit_newtype_struct(self);
        }
        match self.kind()? {
            Found::Number => visitor.visit_borrowed_str(self.digits()?),
            _ => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        match self.kind()? {
            Found::Text => {
                let variant = self.text()?;
                visitor.visit_enum(variant.into_deserializer()).map_err(|failure: Failure| failure.found(Found::Text))
            }
            Found::Object => {
                let mut parts = Parts::open(self)?;
                match visitor.visit_enum(&mut parts) {
                    Ok(value) => parts.close().map(|()| value),
                    Err(failure) => Err(failure.found(Found::Object)),
                }
            }
            _ => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.skip()?;
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! { i128 u128 bytes byte_buf }
}
