//! Writes the members of an input into a request.

use std::collections::BTreeMap;

use ::http::Method;
use ::http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use bytes::Bytes;
use md5::{Digest as _, Md5};
use serde::Serialize;

use super::percent;
use super::text::Text;
use crate::blob::{self, Blob};
use crate::byte_stream::ByteStream;
use crate::encode_error::EncodeError;
use crate::http::Request;
use crate::serde::Without;

/// Checked at compile time, unlike the media types that a model names.
const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// Builds a request from the members of an input, in the order path, query, headers, body.
///
/// Members that are not set are passed as `None` and leave no trace, except for labels, which a path cannot do without.
#[derive(Debug)]
pub struct RequestWriter {
    request: Request,
}

impl RequestWriter {
    /// Begins with a method and the path up to its first label.
    #[must_use]
    pub fn new(method: Method, path: &'static str) -> Self {
        Self { request: Request::new(method, path) }
    }

    /// Appends a part of the path that has no labels.
    pub fn path(&mut self, literal: &'static str) {
        self.request.path.push_str(literal);
    }

    /// Appends a label: one segment of the path.
    ///
    /// # Errors
    /// When the member is not set or empty, or would be taken for a relative path.
    pub fn label(&mut self, member: &'static str, value: Option<impl Text>) -> Result<(), EncodeError> {
        self.push_label(member, value.as_ref().map(|value| value.text()).as_deref(), percent::encode)
    }

    /// Appends a greedy label: one or more segments of the path.
    ///
    /// # Errors
    /// When the member is not set or empty, or has a segment that would be taken for a relative path.
    pub fn greedy_label(&mut self, member: &'static str, value: Option<impl Text>) -> Result<(), EncodeError> {
        self.push_label(member, value.as_ref().map(|value| value.text()).as_deref(), percent::encode_path)
    }

    fn push_label(
        &mut self,
        member: &'static str,
        value: Option<&str>,
        encode: fn(&str, &mut String),
    ) -> Result<(), EncodeError> {
        let Some(value) = value.filter(|value| !value.is_empty()) else {
            return Err(EncodeError::member(member, "is part of the path and must not be empty"));
        };
        let start = self.request.path.len();
        encode(value, &mut self.request.path);
        // HTTP clients remove such segments, which would make it the path of something else.
        let written = self.request.path.get(start..).unwrap_or_default();
        if written.split('/').any(|segment| matches!(segment, "." | "..")) {
            return Err(EncodeError::member(member, "is part of the path and must not be `.` or `..`"));
        }
        Ok(())
    }

    /// Appends a parameter that the model fixes, with or without a value.
    pub fn query_literal(&mut self, name: &'static str, value: Option<&'static str>) {
        self.push_query(name, value);
    }

    /// Appends a parameter.
    pub fn query(&mut self, name: &'static str, value: Option<impl Text>) {
        if let Some(value) = value {
            self.push_query(name, Some(&value.text()));
        }
    }

    /// Appends a parameter once for each of several values.
    pub fn query_list(&mut self, name: &'static str, values: Option<impl IntoIterator<Item: Text>>) {
        for value in values.into_iter().flatten() {
            self.push_query(name, Some(&value.text()));
        }
    }

    /// Appends parameters that the caller names, except those that are there already.
    pub fn query_map(&mut self, map: Option<&BTreeMap<String, String>>) {
        self.push_query_map(map.into_iter().flatten().map(|(name, value)| (name, std::slice::from_ref(value))));
    }

    /// The same with several values for each name.
    pub fn query_list_map(&mut self, map: Option<&BTreeMap<String, Vec<String>>>) {
        self.push_query_map(map.into_iter().flatten().map(|(name, values)| (name, values.as_slice())));
    }

    fn push_query_map<'a>(&mut self, map: impl Iterator<Item = (&'a String, &'a [String])>) {
        let named: Vec<String> =
            self.request.query.split('&').map(|pair| pair.split('=').next().unwrap_or_default().to_owned()).collect();
        for (name, values) in map {
            let mut encoded = String::new();
            percent::encode(name, &mut encoded);
            if !named.contains(&encoded) {
                for value in values {
                    self.push_query(name, Some(value));
                }
            }
        }
    }

    fn push_query(&mut self, name: &str, value: Option<&str>) {
        let query = &mut self.request.query;
        if !query.is_empty() {
            query.push('&');
        }
        percent::encode(name, query);
        if let Some(value) = value {
            query.push('=');
            percent::encode(value, query);
        }
    }

    /// Sets a header.
    ///
    /// # Errors
    /// When the text cannot stand in a header.
    pub fn header(
        &mut self,
        member: &'static str,
        name: &'static str,
        value: Option<impl Text>,
    ) -> Result<(), EncodeError> {
        match value {
            Some(value) => self.set_header(member, name, &value.text()),
            None => Ok(()),
        }
    }

    /// Sets a header to a list.
    ///
    /// # Errors
    /// When a text cannot stand in a header.
    pub fn header_list(
        &mut self,
        member: &'static str,
        name: &'static str,
        values: Option<impl IntoIterator<Item: Text>>,
    ) -> Result<(), EncodeError> {
        let Some(values) = values else { return Ok(()) };
        let items: Vec<String> = values.into_iter().map(|value| value.list_item().into_owned()).collect();
        self.set_header(member, name, &items.join(", "))
    }

    /// Sets headers that the caller names, each name behind a prefix, except those that are there already.
    ///
    /// # Errors
    /// When a name or text cannot stand in a header.
    pub fn prefix_headers(
        &mut self,
        member: &'static str,
        prefix: &'static str,
        map: Option<&BTreeMap<String, String>>,
    ) -> Result<(), EncodeError> {
        for (name, value) in map.into_iter().flatten() {
            let name = format!("{prefix}{name}");
            if !self.request.headers.contains_key(&name) {
                self.set_header(member, &name, value)?;
            }
        }
        Ok(())
    }

    fn set_header(&mut self, member: &'static str, name: &str, value: &str) -> Result<(), EncodeError> {
        let name = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| EncodeError::member(member, "has a key that cannot be the name of a header"))?;
        let value = HeaderValue::from_bytes(value.trim().as_bytes())
            .map_err(|_| EncodeError::member(member, "has control characters, which a header cannot hold"))?;
        self.request.headers.insert(name, value);
        Ok(())
    }

    /// Appends to the host prefix a part that has no labels.
    pub fn host(&mut self, literal: &'static str) {
        self.request.host_prefix.push_str(literal);
    }

    /// Appends a label to the host prefix.
    ///
    /// # Errors
    /// When the member is not set or cannot be one label of a host name.
    pub fn host_label(&mut self, member: &'static str, value: Option<&String>) -> Result<(), EncodeError> {
        let is_label = |value: &&String| {
            (1..=63).contains(&value.len())
                && !value.starts_with('-')
                && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        let Some(value) = value.filter(is_label) else {
            return Err(EncodeError::member(
                member,
                "is part of the host name and must be 1 to 63 letters, digits and hyphens, the first no hyphen",
            ));
        };
        self.request.host_prefix.push_str(value);
        Ok(())
    }

    /// Makes a structure, union or document the body.
    ///
    /// # Errors
    /// When it cannot be written as JSON, as is so for an unknown member of a union.
    pub fn json(&mut self, value: &impl Serialize) -> Result<(), EncodeError> {
        let body = serde_json::to_vec(value).map_err(EncodeError::from_json)?;
        self.body(body.into(), JSON);
        Ok(())
    }

    /// Makes an input the body, without the members of the given wire names.
    ///
    /// # Errors
    /// See [`json`](Self::json).
    pub fn json_without(&mut self, input: &impl Serialize, names: &'static [&'static str]) -> Result<(), EncodeError> {
        self.json(&Without::new(input, names, &[]))
    }

    /// The same, some of the members of the body having another name there: each of the pairs is the name that JSON
    /// parameters know a member by, which another member has in the body, and its name in the body.
    ///
    /// # Errors
    /// See [`json`](Self::json).
    pub fn json_renamed(
        &mut self,
        input: &impl Serialize,
        left_out: &'static [&'static str],
        renamed: &'static [(&'static str, &'static str)],
    ) -> Result<(), EncodeError> {
        self.json(&Without::new(input, left_out, renamed))
    }

    /// Makes one structure of an input the body; one that is not set is sent as a structure without members.
    ///
    /// # Errors
    /// See [`json`](Self::json).
    pub fn json_structure(&mut self, structure: Option<&impl Serialize>) -> Result<(), EncodeError> {
        match structure {
            Some(structure) => self.json(structure),
            None => {
                self.body(Bytes::from_static(b"{}"), JSON);
                Ok(())
            }
        }
    }

    /// Makes bytes the body.
    pub fn bytes(&mut self, bytes: Option<&Blob>, media_type: &'static str) {
        if let Some(bytes) = bytes {
            self.body(bytes.clone().into_bytes(), HeaderValue::from_static(media_type));
        }
    }

    /// Makes a text the body.
    pub fn text(&mut self, text: Option<impl Text>, media_type: &'static str) {
        if let Some(text) = text {
            self.body(text.text().into_owned().into(), HeaderValue::from_static(media_type));
        }
    }

    /// Makes a stream the body; one that is in memory is sent as such.
    pub fn stream(&mut self, stream: Option<&ByteStream>, media_type: &'static str) {
        let Some(stream) = stream else { return };
        match stream.as_bytes() {
            Some(bytes) => self.body(bytes.clone(), HeaderValue::from_static(media_type)),
            None => {
                self.body(Bytes::new(), HeaderValue::from_static(media_type));
                self.request.stream = Some(stream.clone());
            }
        }
    }

    /// Refuses a stream of unknown length, for operations that must know it.
    ///
    /// # Errors
    /// When the body is such a stream.
    pub fn require_length(&self, member: &'static str) -> Result<(), EncodeError> {
        match &self.request.stream {
            Some(stream) if stream.length().is_none() => Err(EncodeError::member(
                member,
                "is a stream whose length must be known: say it with ByteStream::with_length",
            )),
            _ => Ok(()),
        }
    }

    fn body(&mut self, body: Bytes, media_type: HeaderValue) {
        self.request.body = body;
        // A member bound to the header knows better.
        self.request.headers.entry(CONTENT_TYPE).or_insert(media_type);
    }

    /// Sets the header `Content-MD5` to the checksum of the body, which has to be there by now.
    pub fn content_md5(&mut self) {
        let checksum = blob::encode(&Md5::digest(&self.request.body));
        // Base64 can always stand in a header.
        if let Ok(checksum) = HeaderValue::from_str(&checksum) {
            self.request.headers.insert(HeaderName::from_static("content-md5"), checksum);
        }
    }

    /// The request.
    #[must_use]
    pub fn finish(self) -> Request {
        self.request
    }
}
