//! The parts of lists and objects.

use std::borrow::Cow;
use std::marker::PhantomData;

use serde::de::value::CowStrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::failure::Failure;
use super::reader::Reader;

/// How deep lists and objects may be nested: each level of those that are read takes room on the stack.
const DEEPEST: usize = 127;

/// The parts of a list or object, one after the other.
pub(super) struct Parts<'a, 'de> {
    pub(super) reader: &'a mut Reader<'de>,
    closing: u8,
    /// The part that is being read.
    place: Place,
}

#[derive(Clone, Copy)]
enum Place {
    /// None yet.
    First,
    /// An item.
    Item(usize),
    /// The value of the key that begins here.
    Value(usize),
}

impl<'a, 'de> Parts<'a, 'de> {
    /// Goes behind the opening bracket, which comes next.
    pub(super) fn open(reader: &'a mut Reader<'de>) -> Result<Self, Failure> {
        if reader.depth == DEEPEST {
            return Err(reader.no_json());
        }
        reader.depth += 1;
        let closing = if reader.next() == Some(b'{') { b'}' } else { b']' };
        Ok(Self { reader, closing, place: Place::First })
    }

    /// Goes behind the closing bracket.
    pub(super) fn close(self) -> Result<(), Failure> {
        self.reader.depth -= 1;
        match self.reader.peek() {
            Some(byte) if byte == self.closing => {
                self.reader.at += 1;
                Ok(())
            }
            _ => Err(self.at(self.reader.no_json())),
        }
    }

    /// Goes to the next part, if there is one.
    fn advance(&mut self) -> Result<bool, Failure> {
        match (self.reader.peek(), self.place) {
            (Some(byte), _) if byte == self.closing => Ok(false),
            (Some(_), Place::First) => Ok(true),
            (Some(b','), _) => {
                self.reader.at += 1;
                Ok(true)
            }
            _ => Err(self.at(self.reader.no_json())),
        }
    }

    pub(super) fn enter_key(&mut self) -> Result<Option<Cow<'de, str>>, Failure> {
        if !self.advance()? {
            return Ok(None);
        }
        if self.reader.peek() != Some(b'"') {
            return Err(self.at(self.reader.no_json()));
        }
        let start = self.reader.at;
        let key = self.reader.text().map_err(|failure| self.at(failure))?;
        self.place = Place::Value(start);
        self.reader.colon().map_err(|failure| self.at(failure))?;
        Ok(Some(key))
    }

    fn enter_item(&mut self) -> Result<bool, Failure> {
        let next = match self.place {
            Place::Item(index) => Place::Item(index + 1),
            _ => Place::Item(0),
        };
        if !self.advance()? {
            return Ok(false);
        }
        self.place = next;
        Ok(true)
    }

    /// The failure, which is one of the part that is being read.
    fn at(&self, mut failure: Failure) -> Failure {
        let part = match self.place {
            Place::First if self.closing == b']' => "[0]".to_owned(),
            Place::First => return failure,
            Place::Item(index) => format!("[{index}]"),
            Place::Value(start) => {
                let mut key = Reader { text: self.reader.text, at: start, depth: 0 };
                key.text().unwrap_or_default().into_owned()
            }
        };
        let path = &mut failure.0.path;
        if !part.is_empty() && !path.is_empty() && !path.starts_with('[') {
            path.insert(0, '.');
        }
        path.insert_str(0, &part);
        failure
    }
}

impl<'de> MapAccess<'de> for &mut Parts<'_, 'de> {
    type Error = Failure;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Failure> {
        match self.enter_key()? {
            Some(key) => seed.deserialize(CowStrDeserializer::new(key)).map(Some).map_err(|failure| self.at(failure)),
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Failure> {
        seed.deserialize(&mut *self.reader).map_err(|failure| self.at(failure))
    }
}

impl<'de> SeqAccess<'de> for &mut Parts<'_, 'de> {
    type Error = Failure;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Failure> {
        match self.enter_item()? {
            true => seed.deserialize(&mut *self.reader).map(Some).map_err(|failure| self.at(failure)),
            false => Ok(None),
        }
    }
}

/// A variant with a value, which is the only member of an object.
impl<'de> EnumAccess<'de> for &mut Parts<'_, 'de> {
    type Error = Failure;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Failure> {
        match self.enter_key()? {
            Some(key) => seed.deserialize(CowStrDeserializer::new(key)).map(|variant| (variant, self)),
            None => Err(self.reader.no_json()),
        }
    }
}

impl<'de> VariantAccess<'de> for &mut Parts<'_, 'de> {
    type Error = Failure;

    fn unit_variant(self) -> Result<(), Failure> {
        self.newtype_variant_seed(PhantomData::<()>)
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Failure> {
        seed.deserialize(&mut *self.reader).map_err(|failure| self.at(failure))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Failure> {
        self.reader.deserialize_seq(visitor).map_err(|failure| self.at(failure))
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Failure> {
        self.reader.deserialize_map(visitor).map_err(|failure| self.at(failure))
    }
}
