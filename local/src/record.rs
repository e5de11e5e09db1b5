//! What the service received and what it thought of it.

use std::collections::VecDeque;
use std::fmt;
use std::time::SystemTime;

/// What the service found out about a request's signature.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// The signature was computed again from the request and is the same.
    Valid,
    /// The service was told not to look ([`Verification::AnySignature`](crate::Verification::AnySignature) or
    /// [`Verification::Off`](crate::Verification::Off)), or answered before it did.
    Unchecked,
    /// The request was refused for its signature.
    Refused {
        /// The error's code, `InvalidSignatureException` for example.
        code: String,
        /// The error's text.
        message: String,
    },
}

impl Verdict {
    /// Whether the signature was checked and is right.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        matches!(self, Self::Valid)
    }
}

/// `signature valid`, `signature not checked`, or why it was refused, in one line.
impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Valid => f.write_str("signature valid"),
            Self::Unchecked => f.write_str("signature not checked"),
            Self::Refused { code, message } => {
                write!(f, "signature refused: {code}: {}", message.lines().next().unwrap_or_default())
            }
        }
    }
}

/// A request the service received, and how it answered.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// When it came, by the service's [clock](crate::Builder::clock).
    pub received_at: SystemTime,
    /// The method.
    pub method: String,
    /// The path as it was sent.
    pub path: String,
    /// The query as it was sent, without the `?`; `None` when there is none.
    pub query: Option<String>,
    /// The headers in the order received, names in lower case; bytes that are not UTF-8 are replaced.
    pub headers: Vec<(String, String)>,
    /// The body; empty when it was refused before it was read.
    pub body: Vec<u8>,
    /// The operation that the path names, `JoinStorageSession` for example.
    pub operation: Option<&'static str>,
    /// The access key ID that the signature names.
    pub access_key_id: Option<String>,
    /// What the service found out about the signature.
    pub verdict: Verdict,
    /// The request ID that the service gave it.
    pub request_id: String,
    /// The status of the answer; `None` when a fault left the client without one.
    pub status: Option<u16>,
    /// The error's code, when the answer was one of the service's errors.
    pub error_code: Option<String>,
}

impl RecordedRequest {
    /// The first value of a header, named in any case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// `POST /joinStorageSession 200, signature valid`.
impl fmt::Display for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ", self.method, self.path.escape_debug())?;
        match self.status {
            Some(status) => write!(f, "{status}")?,
            None => f.write_str("no answer")?,
        }
        match (&self.error_code, &self.verdict) {
            // The verdict names the code itself.
            (None, _) | (_, Verdict::Refused { .. }) => {}
            (Some(code), _) => write!(f, " {code}")?,
        }
        write!(f, ", {}", self.verdict)
    }
}

/// Without the body, and without what makes a request a bearer of rights.
impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<_> = self
            .headers
            .iter()
            .map(|(name, value)| match name.as_str() {
                "authorization" | "x-amz-security-token" => (name.as_str(), "*** redacted ***"),
                _ => (name.as_str(), value.as_str()),
            })
            .collect();
        f.debug_struct("RecordedRequest")
            .field("received_at", &self.received_at)
            .field("method", &self.method)
            .field("path", &self.path)
            .field("query", &self.query)
            .field("headers", &headers)
            .field("body_bytes", &self.body.len())
            .field("operation", &self.operation)
            .field("access_key_id", &self.access_key_id)
            .field("verdict", &self.verdict)
            .field("request_id", &self.request_id)
            .field("status", &self.status)
            .field("error_code", &self.error_code)
            .finish()
    }
}

/// The requests remembered, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Records {
    requests: VecDeque<RecordedRequest>,
    /// Bytes of their bodies.
    body_bytes: usize,
}

impl Records {
    /// How many bytes of bodies are worth remembering.
    const MOST_BYTES: usize = 64 * 1024 * 1024;

    /// Remembers a request, and forgets the oldest beyond `most`.
    pub(crate) fn push(&mut self, request: RecordedRequest, most: usize) {
        self.body_bytes += request.body.len();
        self.requests.push_back(request);
        while self.requests.len() > most || self.body_bytes > Self::MOST_BYTES {
            let Some(forgotten) = self.requests.pop_front() else {
                break;
            };
            self.body_bytes -= forgotten.body.len();
        }
    }

    pub(crate) fn to_vec(&self) -> Vec<RecordedRequest> {
        self.requests.iter().cloned().collect()
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(body_bytes: usize) -> RecordedRequest {
        RecordedRequest {
            received_at: SystemTime::UNIX_EPOCH,
            method: "POST".into(),
            path: "/".into(),
            query: None,
            headers: Vec::new(),
            body: vec![0; body_bytes],
            operation: None,
            access_key_id: None,
            verdict: Verdict::Unchecked,
            request_id: String::new(),
            status: None,
            error_code: None,
        }
    }

    #[test]
    fn large_bodies_are_forgotten_sooner() {
        let mut records = Records::default();
        for _ in 0..3 {
            records.push(request(Records::MOST_BYTES / 2), 100);
        }
        assert_eq!(records.to_vec().len(), 2);
        (0..100).for_each(|_| records.push(request(0), 100));
        assert_eq!((records.to_vec().len(), records.body_bytes), (100, 0));
    }

    #[test]
    fn a_request_is_one_line_and_tells_no_secret() {
        let mut request = request(0);
        request.path = "/a\u{9b}b".into();
        request.headers =
            vec![("authorization".into(), "hidden".into()), ("x-amz-security-token".into(), "hidden".into())];
        request.verdict = Verdict::Refused { code: "Code".into(), message: "first\nsecond".into() };
        request.error_code = Some("Code".into());
        assert_eq!(request.to_string(), "POST /a\\u{9b}b no answer, signature refused: Code: first");
        assert!(!format!("{request:?}").contains("hidden"));
    }
}
