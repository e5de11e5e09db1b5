//! How inputs become requests, and responses outputs.

use super::types::TimestampFormat;

/// How an input becomes a request.
#[derive(Clone, Debug)]
pub struct Request {
    /// `POST`.
    pub method: String,
    /// What is put before the host.
    pub host: Vec<HostPart>,
    /// The path.
    pub path: Vec<PathPart>,
    /// Parameters, those of a map last.
    pub query: Vec<Query>,
    /// Headers, those of a map last.
    pub headers: Vec<Header>,
    /// The body.
    pub body: Body,
    /// Whether the body's MD5 checksum is in a header.
    pub content_md5: bool,
}

/// A part of what is put before the host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostPart {
    /// Text.
    Literal(String),
    /// A member.
    Label {
        /// Its field.
        field: String,
        /// Its name.
        member: String,
    },
}

/// A part of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathPart {
    /// Text, slashes included.
    Literal(String),
    /// A member.
    Label {
        /// Its field.
        field: String,
        /// Its name.
        member: String,
        /// Whether slashes in it stay slashes.
        greedy: bool,
        /// How it is written.
        write: Write,
    },
}

/// How the value of a member becomes text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Write {
    /// As its type says.
    Plain,
    /// As a timestamp of a format.
    Timestamp(TimestampFormat),
    /// As base64.
    Base64,
}

/// A part of a query.
#[derive(Clone, Debug)]
pub enum Query {
    /// A parameter of the model.
    Literal(String, Option<String>),
    /// A member.
    Member(QueryMember),
    /// A map of texts.
    Map(String),
    /// A map of lists of texts.
    ListMap(String),
}

/// A member in a query.
#[derive(Clone, Debug)]
pub struct QueryMember {
    /// Its field.
    pub field: String,
    /// The parameter.
    pub name: String,
    /// Whether it is a list.
    pub list: bool,
    /// How it, or each item, is written.
    pub write: Write,
}

/// A header of a request.
#[derive(Clone, Debug)]
pub enum Header {
    /// A member.
    Member(HeaderMember),
    /// A map of texts.
    Prefix {
        /// Its field.
        field: String,
        /// The member's name.
        member: String,
        /// What stands before each key.
        prefix: String,
    },
}

/// A member in a header.
#[derive(Clone, Debug)]
pub struct HeaderMember {
    /// Its field.
    pub field: String,
    /// Its name.
    pub member: String,
    /// The header.
    pub name: String,
    /// Whether it is a list.
    pub list: bool,
    /// How it, or each item, is written.
    pub write: Write,
}

/// The body of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// None.
    None,
    /// The input, all of it.
    Whole,
    /// The input without some members.
    Without {
        /// The names of those.
        left_out: Vec<String>,
        /// Members by the names that JSON parameters know them by, with those they have in the body, where the two differ.
        renamed: Vec<(String, String)>,
    },
    /// One member.
    Payload(Payload),
}

/// A member that is the whole body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Payload {
    /// A structure, which is `{}` when it is not set.
    Structure(String),
    /// A union or document, as JSON.
    Json(String),
    /// Bytes.
    Bytes(String, String),
    /// A text, or a value of an enumeration.
    Text(String, String),
    /// A stream.
    Stream {
        /// Its field.
        field: String,
        /// What it is sent as.
        media_type: String,
        /// Its member's name, where its length must be known.
        sized: Option<String>,
    },
}

/// How a response becomes an output or error.
#[derive(Clone, Debug)]
pub struct Response {
    /// What becomes of the body.
    pub body: ReadBody,
    /// Members in headers.
    pub headers: Vec<ReadHeader>,
    /// The field that holds the status.
    pub status: Option<ReadStatus>,
}

/// What becomes of the body of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadBody {
    /// It is not looked at.
    Ignored,
    /// It holds members.
    Json,
    /// It is one member.
    Payload(ReadPayload),
    /// It is handed over unread.
    Stream(String),
}

/// A member that is the whole body of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadPayload {
    /// Its field.
    pub field: String,
    /// Whether the field is optional.
    pub optional: bool,
    /// How it is read.
    pub read: PayloadKind,
}

/// How the body of a response is read as one member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayloadKind {
    /// As JSON.
    Json,
    /// As text.
    Text,
    /// As bytes.
    Bytes,
}

/// A member in a header of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadHeader {
    /// Its field.
    pub field: String,
    /// The header in lower case, or what is before the keys of a map.
    pub name: String,
    /// Whether the field is optional.
    pub optional: bool,
    /// How it is read.
    pub read: Read,
}

/// How a header is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Read {
    /// As its type says.
    Plain,
    /// As a list of such.
    List,
    /// As a timestamp.
    Timestamp(TimestampFormat),
    /// As a list of timestamps.
    TimestampList(TimestampFormat),
    /// As base64 of a text.
    Base64,
    /// As one of the headers of a map.
    Prefix,
}

/// The member that holds the status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadStatus {
    /// Its field.
    pub field: String,
    /// Whether the field is optional.
    pub optional: bool,
}
