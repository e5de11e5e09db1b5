//! What a scripted server does with a request.

use std::io;
use std::time::Duration;

use http::StatusCode;

use super::connection::Connection;

/// What the server does with a request.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Answers.
    Reply(Reply),
    /// Sends these bytes, whatever they are, and closes.
    Raw(Vec<u8>),
    /// Closes the connection without an answer.
    Close,
    /// Resets the connection without an answer.
    Reset,
    /// Never answers.
    Hang,
    /// Sends the head, then nothing.
    HeadThenHang,
    /// Waits, then does the other thing.
    After(Duration, Box<Answer>),
}

/// A response, and how its body is sent.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The reason phrase; the usual one when `None`.
    pub reason: Option<String>,
    /// Headers; what says how long the body is need not be among them.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// How the body is sent.
    pub pace: Pace,
}

/// How a body is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// At once.
    Whole,
    /// At once, but the head promises 50 bytes more; then the connection is closed.
    Partial,
    /// Byte by byte, with this wait after each; in chunks unless a header says how long it is.
    Drip(Duration),
}

impl Answer {
    /// An answer of a status and a body.
    pub fn reply(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::Reply(Reply { status, reason: None, headers: Vec::new(), body: body.into(), pace: Pace::Whole })
    }

    /// A success that promises 50 bytes more than it sends.
    pub fn partial(body: impl Into<Vec<u8>>) -> Self {
        Self::paced(body, Pace::Partial)
    }

    /// A success that sends its body byte by byte.
    pub fn drip(body: impl Into<Vec<u8>>, every: Duration) -> Self {
        Self::paced(body, Pace::Drip(every))
    }

    fn paced(body: impl Into<Vec<u8>>, pace: Pace) -> Self {
        Self::Reply(Reply { status: 200, reason: None, headers: Vec::new(), body: body.into(), pace })
    }

    /// Adds a header to a [`Reply`](Self::Reply); other answers have none.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let Self::Reply(reply) = &mut self {
            reply.headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }
}

impl Reply {
    fn has(&self, name: &str) -> bool {
        self.headers.iter().any(|(key, _)| key.eq_ignore_ascii_case(name))
    }

    /// Whether the connection goes on after it.
    fn keeps_alive(&self) -> bool {
        !self
            .headers
            .iter()
            .any(|(name, value)| name.eq_ignore_ascii_case("connection") && value.eq_ignore_ascii_case("close"))
    }

    fn head(&self, framing: &str) -> String {
        let reason = self.reason.as_deref().unwrap_or_else(|| usual_reason(self.status));
        let mut head = format!("HTTP/1.1 {} {reason}\r\n", self.status);
        for (name, value) in &self.headers {
            // The framing of a partial body replaces what the headers say of its length.
            if !(name.eq_ignore_ascii_case("content-length") && framing.starts_with("content-length")) {
                head.push_str(&format!("{name}: {value}\r\n"));
            }
        }
        head.push_str(framing);
        head.push_str("\r\n");
        head
    }

    /// Gives whether the connection goes on.
    pub(super) fn send(&self, connection: &mut impl Connection) -> io::Result<bool> {
        let length = self.body.len();
        match self.pace {
            Pace::Whole => {
                let framing = match self.status {
                    204 | 304 => String::new(),
                    _ => format!("content-length: {length}\r\n"),
                };
                connection.write_all(&[self.head(&framing).as_bytes(), &self.body].concat())?;
                connection.flush()?;
                Ok(self.keeps_alive())
            }
            Pace::Partial => {
                let head = self.head(&format!("content-length: {}\r\n", length + 50));
                connection.write_all(&[head.as_bytes(), &self.body].concat())?;
                connection.flush()?;
                std::thread::sleep(Duration::from_millis(30));
                Ok(false)
            }
            Pace::Drip(every) => {
                let chunked = !self.has("content-length");
                let head = self.head(if chunked { "transfer-encoding: chunked\r\n" } else { "" });
                connection.write_all(head.as_bytes())?;
                for byte in &self.body {
                    match chunked {
                        true => connection.write_all(&[b"1\r\n", &[*byte][..], b"\r\n"].concat())?,
                        false => connection.write_all(&[*byte])?,
                    }
                    connection.flush()?;
                    std::thread::sleep(every);
                }
                if chunked {
                    connection.write_all(b"0\r\n\r\n")?;
                    connection.flush()?;
                }
                Ok(self.keeps_alive())
            }
        }
    }
}

/// The phrases that Node sends, which for most statuses are those of the registry.
fn usual_reason(status: u16) -> &'static str {
    match status {
        418 => "I'm a Teapot",
        509 => "Bandwidth Limit Exceeded",
        _ => StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or("unknown"),
    }
}
