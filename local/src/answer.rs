//! What the service says: a success with a JSON body, or an error as restJson1 writes it.

use std::borrow::Cow;

use bytes::Bytes;
use hyper::StatusCode;
use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};

/// The API a request belongs to; they differ in how they spell errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Api {
    /// Kinesis Video WebRTC Storage.
    WebRtcStorage,
    /// Kinesis Video Streams: channels, streams, and where their endpoints are.
    Video,
}

impl Api {
    /// How this API spells the member of an error's body that holds the text.
    const fn message_member(self) -> &'static str {
        match self {
            Self::WebRtcStorage => "message",
            Self::Video => "Message",
        }
    }
}

/// A refusal: what the caller did wrong, by the API's name for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ApiError {
    pub(crate) status: StatusCode,
    pub(crate) code: Cow<'static, str>,
    pub(crate) message: String,
}

impl ApiError {
    pub(crate) fn new(status: StatusCode, code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self { status, code: code.into(), message: message.into() }
    }

    pub(crate) fn bad_request(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    pub(crate) fn invalid_argument(message: impl Into<String>) -> Self {
        Self::bad_request("InvalidArgumentException", message)
    }

    pub(crate) fn limit_exceeded(message: impl Into<String>) -> Self {
        Self::bad_request("ClientLimitExceededException", message)
    }

    pub(crate) fn in_use(message: impl Into<String>) -> Self {
        Self::bad_request("ResourceInUseException", message)
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "ResourceNotFoundException", message)
    }

    pub(crate) fn serialization(message: impl Into<String>) -> Self {
        Self::bad_request("SerializationException", message)
    }

    pub(crate) fn unknown_operation(status: StatusCode, message: impl Into<String>) -> Self {
        Self::new(status, "UnknownOperationException", message)
    }
}

/// An answer, complete but for the headers every answer has.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The error's code, for the record.
    pub(crate) code: Option<String>,
}

impl Answer {
    /// 200 with nothing in it: what an operation without output answers.
    pub(crate) fn empty() -> Self {
        Self { status: StatusCode::OK, headers: HeaderMap::new(), body: Bytes::new(), code: None }
    }

    /// 200 with an output that has no members.
    pub(crate) fn empty_object() -> Self {
        Self::json(&serde_json::json!({}))
    }

    /// 200 with an output.
    pub(crate) fn json(output: &serde_json::Value) -> Self {
        Self { headers: json_headers(), body: output.to_string().into(), ..Self::empty() }
    }

    /// An error, spelled as `api` spells errors.
    pub(crate) fn error(api: Api, error: &ApiError) -> Self {
        let mut headers = json_headers();
        if let Ok(code) = HeaderValue::from_str(&error.code) {
            // Generated clients read the first spelling; the documentation of some operations names the second.
            headers.insert(HeaderName::from_static("x-amzn-errortype"), code.clone());
            headers.insert(HeaderName::from_static("x-amz-errortype"), code);
        }
        let body = serde_json::json!({ api.message_member(): error.message });
        Self {
            status: error.status,
            headers,
            body: body.to_string().into(),
            code: Some(error.code.clone().into_owned()),
        }
    }
}

fn json_headers() -> HeaderMap {
    HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static("application/json"))])
}
