//! Reads JSON: any type, in one pass, with errors that say where and what.
//!
//! A service's answer is read many times over, by code that is compiled anew for every type. What does not depend on the type is
//! therefore in functions of its own here. `serde_json`'s reader, which is made for speed with large texts, knows neither path nor
//! types of what it refuses, and brings along everything there is to numbers, whether or not a type has any.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::CowStrDeserializer;
use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, EnumAccess, Expected, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};

use crate::decode_error::{DecodeError, Found, Part};

/// How deep lists and objects may be nested: each level of those that are read takes room on the stack.
const DEEPEST: usize = 127;

/// Reads a value that is the whole text.
///
/// # Errors
/// When the text is not JSON, or not of the type.
pub(crate) fn read<'de, T: Deserialize<'de>>(text: &'de [u8]) -> Result<T, DecodeError> {
    let mut reader = Reader::new(text);
    match T::deserialize(&mut reader) {
        Ok(value) => reader.end().map(|()| value),
        Err(failure) => Err(failure),
    }
    .map_err(Failure::into_error)
}

/// Reads those of an object's members that are texts, for each of the names; what is no object has none.
///
/// # Errors
/// When the text is not JSON.
pub(crate) fn texts<const N: usize>(text: &[u8], names: [&str; N]) -> Result<[Option<String>; N], DecodeError> {
    let mut texts = [const { None }; N];
    read_texts(text, &names, &mut texts).map(|()| texts).map_err(Failure::into_error)
}

fn read_texts(text: &[u8], names: &[&str], texts: &mut [Option<String>]) -> Result<(), Failure> {
    let mut reader = Reader::new(text);
    if reader.peek() != Some(b'{') {
        reader.skip()?;
        return reader.end();
    }
    let mut object = Parts::open(&mut reader)?;
    while let Some(name) = object.enter_key()? {
        let place = names.iter().position(|wanted| *wanted == name);
        match place.and_then(|place| texts.get_mut(place)) {
            Some(slot) if object.reader.peek() == Some(b'"') => *slot = Some(object.reader.text()?.into_owned()),
            Some(slot) => {
                *slot = None;
                object.reader.skip()?;
            }
            None => object.reader.skip()?,
        }
    }
    object.close()?;
    reader.end()
}

/// Reads a text from its beginning to its end.
struct Reader<'de> {
    text: &'de [u8],
    at: usize,
    depth: usize,
}

impl<'de> Reader<'de> {
    fn new(text: &'de [u8]) -> Self {
        Self { text, at: 0, depth: 0 }
    }

    /// The next byte that is no white space, which stays to be read.
    fn peek(&mut self) -> Option<u8> {
        while let Some(byte) = self.text.get(self.at) {
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                byte => return Some(*byte),
            }
        }
        None
    }

    /// The next byte, white space included, which is read.
    fn next(&mut self) -> Option<u8> {
        let byte = self.text.get(self.at).copied();
        self.at += 1;
        byte
    }

    /// What kind of value comes next.
    fn kind(&mut self) -> Result<Found, Failure> {
        match self.peek() {
            Some(b'{') => Ok(Found::Object),
            Some(b'[') => Ok(Found::List),
            Some(b'"') => Ok(Found::Text),
            Some(b't' | b'f') => Ok(Found::Boolean),
            Some(b'n') => Ok(Found::Nothing),
            Some(b'-' | b'0'..=b'9') => Ok(Found::Number),
            _ => Err(self.no_json()),
        }
    }

    /// The text is not JSON from here on.
    fn no_json(&self) -> Failure {
        if self.at < self.text.len() { Failure::malformed() } else { Failure::new("JSON".to_owned(), Some(Found::End)) }
    }

    /// The value that comes next is of another kind.
    fn mismatch(&mut self, expected: &dyn Expected) -> Failure {
        match self.kind() {
            Ok(found) => Failure::new(expected.to_string(), Some(found)),
            Err(failure) => failure,
        }
    }

    /// Makes sure that nothing but white space is left.
    fn end(&mut self) -> Result<(), Failure> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.no_json()),
        }
    }

    fn word(&mut self, word: &str) -> Result<(), Failure> {
        for expected in word.bytes() {
            if self.text.get(self.at) != Some(&expected) {
                return Err(self.no_json());
            }
            self.at += 1;
        }
        Ok(())
    }

    fn boolean(&mut self) -> Result<bool, Failure> {
        let value = self.peek() == Some(b't');
        self.word(if value { "true" } else { "false" }).map(|()| value)
    }

    /// The content of a text, escapes replaced; the next byte is its quote.
    fn text(&mut self) -> Result<Cow<'de, str>, Failure> {
        let start = self.at + 1;
        let has_escapes = self.skip_text()?;
        let content = self.text.get(start..self.at - 1).unwrap_or_default();
        let content = if has_escapes { unescape(content).map(Cow::Owned) } else { Some(Cow::Borrowed(content)) };
        let text = content.and_then(|content| match content {
            Cow::Borrowed(bytes) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
            Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
        });
        text.ok_or_else(Failure::malformed)
    }

    /// Goes behind a text, and says whether it has escapes.
    fn skip_text(&mut self) -> Result<bool, Failure> {
        let mut has_escapes = false;
        self.at += 1;
        loop {
            match self.next() {
                Some(b'"') => return Ok(has_escapes),
                Some(b'\\') => {
                    has_escapes = true;
                    self.at += 1;
                }
                Some(b' '..) => {}
                _ => {
                    self.at -= 1;
                    return Err(self.no_json());
                }
            }
        }
    }

    /// The digits of a number, sign and exponent included.
    fn digits(&mut self) -> Result<&'de str, Failure> {
        let start = self.at;
        let some_digits = |reader: &mut Self| {
            let from = reader.at;
            while reader.text.get(reader.at).is_some_and(u8::is_ascii_digit) {
                reader.at += 1;
            }
            if reader.at == from { Err(reader.no_json()) } else { Ok(from) }
        };
        if self.text.get(self.at) == Some(&b'-') {
            self.at += 1;
        }
        let whole = some_digits(self)?;
        if self.text.get(whole) == Some(&b'0') && self.at > whole + 1 {
            return Err(Failure::malformed());
        }
        if self.text.get(self.at) == Some(&b'.') {
            self.at += 1;
            some_digits(self)?;
        }
        if let Some(b'e' | b'E') = self.text.get(self.at) {
            self.at += 1;
            if let Some(b'+' | b'-') = self.text.get(self.at) {
                self.at += 1;
            }
            some_digits(self)?;
        }
        let digits = self.text.get(start..self.at).and_then(|digits| std::str::from_utf8(digits).ok());
        digits.ok_or_else(|| self.no_json())
    }

    fn float(&mut self) -> Result<f64, Failure> {
        let number = self.digits()?.parse().ok().filter(|number: &f64| number.is_finite());
        number.ok_or_else(Failure::malformed)
    }

    /// A whole number; one that is not, or too large for either type, is left to be read.
    fn integer(&mut self) -> Result<Option<Integer>, Failure> {
        let start = self.at;
        let digits = self.digits()?;
        let integer = match digits.strip_prefix('-') {
            None => digits.parse().ok().map(Integer::Unsigned),
            // Only floating-point numbers know a negative zero.
            Some("0") => None,
            Some(_) => digits.parse().ok().map(Integer::Signed),
        };
        if integer.is_none() {
            self.at = start;
        }
        Ok(integer)
    }

    /// Goes behind a value.
    fn skip(&mut self) -> Result<(), Failure> {
        let mut open = Vec::new();
        loop {
            match self.kind()? {
                Found::Object | Found::List => {
                    let is_object = self.next() == Some(b'{');
                    let closing = if is_object { b'}' } else { b']' };
                    if self.peek() != Some(closing) {
                        if is_object {
                            self.skip_key()?;
                        }
                        open.push(closing);
                        continue;
                    }
                    self.at += 1;
                }
                Found::Text => self.skip_text().map(drop)?,
                Found::Boolean => self.boolean().map(drop)?,
                Found::Number => self.digits().map(drop)?,
                _ => self.word("null")?,
            }
            loop {
                let Some(closing) = open.last() else { return Ok(()) };
                match self.peek() {
                    Some(b',') => {
                        self.at += 1;
                        if *closing == b'}' {
                            self.skip_key()?;
                        }
                        break;
                    }
                    Some(byte) if byte == *closing => {
                        self.at += 1;
                        open.pop();
                    }
                    _ => return Err(self.no_json()),
                }
            }
        }
    }

    fn skip_key(&mut self) -> Result<(), Failure> {
        match self.peek() {
            Some(b'"') => self.skip_text()?,
            _ => return Err(self.no_json()),
        };
        self.colon()
    }

    fn colon(&mut self) -> Result<(), Failure> {
        match self.peek() {
            Some(b':') => {
                self.at += 1;
                Ok(())
            }
            _ => Err(self.no_json()),
        }
    }

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

enum Integer {
    Unsigned(u64),
    Signed(i64),
}

/// Replaces the escapes in the content of a text.
fn unescape(mut content: &[u8]) -> Option<Vec<u8>> {
    let mut text = Vec::with_capacity(content.len());
    while let Some(place) = content.iter().position(|byte| *byte == b'\\') {
        let (plain, rest) = content.split_at_checked(place)?;
        text.extend_from_slice(plain);
        let (escape, rest) = rest.get(1..)?.split_first()?;
        content = rest;
        text.push(match escape {
            b'"' | b'\\' | b'/' => *escape,
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'u' => {
                let mut code = hex(&mut content)?;
                if (0xd800..0xdc00).contains(&code) {
                    content = content.strip_prefix(b"\\u")?;
                    let low = hex(&mut content)?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
                    code = 0x10000 + ((code - 0xd800) << 10) + low;
                }
                text.extend_from_slice(char::from_u32(code)?.encode_utf8(&mut [0; 4]).as_bytes());
                continue;
            }
            _ => return None,
        });
    }
    text.extend_from_slice(content);
    Some(text)
}

/// Four hexadecimal digits.
fn hex(content: &mut &[u8]) -> Option<u32> {
    let (digits, rest) = content.split_at_checked(4)?;
    *content = rest;
    digits.iter().try_fold(0, |code, digit| Some(code << 4 | char::from(*digit).to_digit(16)?))
}

/// The parts of a list or object, one after the other.
struct Parts<'a, 'de> {
    reader: &'a mut Reader<'de>,
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
    fn open(reader: &'a mut Reader<'de>) -> Result<Self, Failure> {
        if reader.depth == DEEPEST {
            return Err(reader.no_json());
        }
        reader.depth += 1;
        let closing = if reader.next() == Some(b'{') { b'}' } else { b']' };
        Ok(Self { reader, closing, place: Place::First })
    }

    /// Goes behind the closing bracket.
    fn close(self) -> Result<(), Failure> {
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

    fn enter_key(&mut self) -> Result<Option<Cow<'de, str>>, Failure> {
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

/// The name of the type whose values are the digits of a number, as they were written.
pub(crate) const DIGITS: &str = "$kinesisvideo::Digits";

/// What stands before what should be there, in serde's messages and our own.
const EXPECTED: &str = "expected ";

/// Why a text could not be read.
#[derive(Debug)]
pub(crate) struct Failure(Box<Flaw>);

#[derive(Debug)]
struct Flaw {
    path: String,
    expected: String,
    /// `None` until it is known what kind of value it is that was refused.
    found: Option<Found>,
}

impl Failure {
    fn new(expected: String, found: Option<Found>) -> Self {
        Self(Box::new(Flaw { path: String::new(), expected, found }))
    }

    /// The text is not JSON.
    fn malformed() -> Self {
        Self::new("JSON".to_owned(), Some(Found::Malformed))
    }

    /// The failure, which is one of reading a value of the kind unless it is one of a part of it.
    fn found(mut self, kind: Found) -> Self {
        self.0.found.get_or_insert(kind);
        self
    }

    fn into_error(self) -> DecodeError {
        let Flaw { path, expected, found } = *self.0;
        DecodeError { part: Part::Body, path, expected, found: found.unwrap_or(Found::Malformed) }
    }
}

impl de::Error for Failure {
    /// Keeps what follows `expected`: what stands before it may be a value.
    fn custom<T: fmt::Display>(message: T) -> Self {
        let message = message.to_string();
        let is_place =
            |place: &usize| message.as_bytes().get(*place..).is_some_and(|rest| rest.starts_with(EXPECTED.as_bytes()));
        let expected = (0..message.len()).rev().find(is_place).and_then(|place| message.get(place + EXPECTED.len()..));
        Self::new(expected.unwrap_or("what the model says").to_owned(), None)
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(expected.to_string(), None)
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(expected.to_string(), None)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}", self.0.expected)
    }
}

impl std::error::Error for Failure {}

#[cfg(test)]
mod tests;
