//! Reads the members of an output from a response.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use super::text::FromText;
use crate::blob::{self, Blob};
use crate::decode_error::DecodeError;
use crate::http::Response;
use crate::json;
use crate::serde::Absent;
use crate::timestamp::{Format, Timestamp};

/// Reads a header; `None` when there is none of the name.
///
/// # Errors
/// When it is not of the type.
pub fn header<T: FromText>(response: &Response, name: &'static str) -> Result<Option<T>, DecodeError> {
    text(response, name)?.map(|text| read(name, text.trim())).transpose()
}

/// Reads a header that holds a list, on one line or several.
///
/// # Errors
/// When an item is not of the type.
pub fn header_list<T: FromText>(response: &Response, name: &'static str) -> Result<Option<Vec<T>>, DecodeError> {
    lines(response, name, |line, items| {
        for item in split_list(line).ok_or_else(|| DecodeError::header(name, "a list"))? {
            items.push(read(name, &item)?);
        }
        Ok(())
    })
}

/// Reads a header that holds a timestamp.
///
/// # Errors
/// When it is not of the format.
pub fn header_timestamp(
    response: &Response,
    name: &'static str,
    format: Format,
) -> Result<Option<Timestamp>, DecodeError> {
    text(response, name)?.map(|text| read_timestamp(name, text.trim(), format)).transpose()
}

/// Reads a header that holds a list of timestamps, on one line or several.
///
/// # Errors
/// When an item is not of the format.
pub fn header_timestamp_list(
    response: &Response,
    name: &'static str,
    format: Format,
) -> Result<Option<Vec<Timestamp>>, DecodeError> {
    lines(response, name, |line, items| {
        let parts: Vec<&str> = line.split(',').collect();
        // RFC 9110 puts a comma behind the name of the day.
        let commas = if format == Format::HttpDate { 2 } else { 1 };
        for item in parts.chunks(commas) {
            items.push(read_timestamp(name, item.join(",").trim(), format)?);
        }
        Ok(())
    })
}

/// Reads a header that holds base64 of a text.
///
/// # Errors
/// When it is not base64, or not of UTF-8.
pub fn header_base64(response: &Response, name: &'static str) -> Result<Option<String>, DecodeError> {
    let Some(text) = text(response, name)? else { return Ok(None) };
    match blob::decode(text.trim()).map(String::from_utf8) {
        Some(Ok(text)) => Ok(Some(text)),
        _ => Err(DecodeError::header(name, "a text in base64")),
    }
}

/// Reads all headers whose names begin with a prefix, and gives them without it; `None` when there are none.
///
/// # Errors
/// When one is not text.
pub fn prefix_headers(
    response: &Response,
    prefix: &'static str,
) -> Result<Option<BTreeMap<String, String>>, DecodeError> {
    let mut map = BTreeMap::new();
    for (name, value) in &response.headers {
        // The prefix is in lower case, as the names of headers are kept.
        let Some(key) = name.as_str().strip_prefix(prefix) else { continue };
        let value = std::str::from_utf8(value.as_bytes()).map_err(|_| DecodeError::header(name.as_str(), "a text"))?;
        map.entry(key.to_owned()).or_insert_with(|| value.to_owned());
    }
    Ok(Some(map).filter(|map| !map.is_empty()))
}

/// The response's status, for the member that carries it.
#[must_use]
pub fn status(response: &Response) -> i32 {
    response.status.as_u16().into()
}

/// Reads the body as an object of the output's members. An empty body counts as an empty object, and so does any JSON that is
/// no object, such as the `null` of a function that returns nothing.
///
/// # Errors
/// When the body is not what the model says.
pub fn json<T: DeserializeOwned>(response: &Response) -> Result<T, DecodeError> {
    json::read(json::object(&response.body)?)
}

/// Reads the body as the JSON of one member; `None` when it is empty or null.
///
/// # Errors
/// When the body is not what the model says.
pub fn payload_json<T: DeserializeOwned>(response: &Response) -> Result<Option<T>, DecodeError> {
    if response.body.is_empty() {
        return Ok(None);
    }
    json::read(&response.body)
}

/// Reads the body as the text of one member; `None` when it is empty.
///
/// # Errors
/// When the body is not UTF-8.
pub fn payload_text<T: FromText>(response: &Response) -> Result<Option<T>, DecodeError> {
    if response.body.is_empty() {
        return Ok(None);
    }
    match std::str::from_utf8(&response.body).ok().and_then(T::from_text) {
        Some(value) => Ok(Some(value)),
        None => Err(DecodeError::body(T::EXPECTED)),
    }
}

/// Gives the body as the bytes of one member; `None` when it is empty.
#[must_use]
pub fn payload_bytes(response: &Response) -> Option<Blob> {
    (!response.body.is_empty()).then(|| response.body.clone().into())
}

/// What an output starts with when its body does not hold its members.
#[must_use]
pub fn absent<T: Absent>() -> T {
    T::absent()
}

/// Reads an error: its members where they are what the model says, else its message alone, else nothing.
///
/// A refusal must not turn into a complaint about how it is written.
#[must_use]
pub fn error<T: DeserializeOwned + Absent>(response: &Response) -> T {
    let whole = json::read(&response.body).ok();
    whole.or_else(|| json::read(&message_alone(response)?).ok()).unwrap_or_else(T::absent)
}

/// Reads the message of an error that has no other members.
#[must_use]
pub fn error_message(response: &Response) -> Option<String> {
    named_message(response).map(|(_, message)| message)
}

/// An error's body without all of its members but the message.
fn message_alone(response: &Response) -> Option<Vec<u8>> {
    serde_json::to_vec(&BTreeMap::from([named_message(response)?])).ok()
}

/// The names under which services explain errors.
const MESSAGES: [&str; 3] = ["Message", "errorMessage", "message"];

fn named_message(response: &Response) -> Option<(&'static str, String)> {
    let messages = json::texts(&response.body, MESSAGES).unwrap_or_default();
    MESSAGES.into_iter().zip(messages).find_map(|(name, message)| Some((name, message?)))
}

fn text<'a>(response: &'a Response, name: &'static str) -> Result<Option<&'a str>, DecodeError> {
    let Some(value) = response.headers.get(name) else { return Ok(None) };
    std::str::from_utf8(value.as_bytes()).map(Some).map_err(|_| DecodeError::header(name, "a text"))
}

fn lines<T>(
    response: &Response,
    name: &'static str,
    read: impl Fn(&str, &mut Vec<T>) -> Result<(), DecodeError>,
) -> Result<Option<Vec<T>>, DecodeError> {
    let mut items = Vec::new();
    let mut any = false;
    for value in response.headers.get_all(name) {
        any = true;
        let line = std::str::from_utf8(value.as_bytes()).map_err(|_| DecodeError::header(name, "a text"))?.trim();
        if !line.is_empty() {
            read(line, &mut items)?;
        }
    }
    Ok(any.then_some(items))
}

fn read<T: FromText>(name: &'static str, text: &str) -> Result<T, DecodeError> {
    T::from_text(text).ok_or_else(|| DecodeError::header(name, T::EXPECTED))
}

fn read_timestamp(name: &'static str, text: &str, format: Format) -> Result<Timestamp, DecodeError> {
    Timestamp::parse(text, format).map_err(|_| DecodeError::header(name, format.example()))
}

/// Splits a list at its commas, and takes the quotes off items that have them; `None` when a quote is not closed.
fn split_list(line: &str) -> Option<Vec<String>> {
    let mut items = Vec::new();
    let mut rest = line.trim_start();
    loop {
        let (item, behind) = match rest.strip_prefix('"') {
            Some(quoted) => unquote(quoted)?,
            None => {
                let end = rest.find(',').unwrap_or(rest.len());
                let (item, behind) = rest.split_at(end);
                (item.trim_end().to_owned(), behind)
            }
        };
        items.push(item);
        match behind.trim_start() {
            "" => return Some(items),
            behind => rest = behind.strip_prefix(',')?.trim_start(),
        }
    }
}

/// The content of a quoted text and what stands behind its closing quote.
fn unquote(quoted: &str) -> Option<(String, &str)> {
    let mut content = String::new();
    let mut chars = quoted.chars();
    loop {
        match chars.next()? {
            '"' => return Some((content, chars.as_str())),
            '\\' => content.push(chars.next()?),
            other => content.push(other),
        }
    }
}
