//! Reads JSON: any type, in one pass, with errors that say where and what.
//!
//! A service's answer is read many times over, by code that is compiled anew for every type. What does not depend on the type is
//! therefore in functions of its own here. `serde_json`'s reader, which is made for speed with large texts, knows neither path nor
//! types of what it refuses, and brings along everything there is to numbers, whether or not a type has any.

mod deserializer;
mod failure;
mod parts;
mod reader;
#[cfg(test)]
mod tests;

use serde::Deserialize;

use crate::decode_error::DecodeError;
use failure::Failure;
use parts::Parts;
use reader::Reader;

/// The name of the type whose values are the digits of a number, as they were written.
pub(crate) const DIGITS: &str = "$kinesisvideo::Digits";

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
