//! Failures a test asks for.

use std::collections::VecDeque;
use std::time::Duration;

/// A failure the service is to show: what goes wrong, on which path, how often.
///
/// Faults wait in the order in which they were injected; a request meets the first that fits its path. A fault is used
/// up by one request unless [`times`](Fault::times) or [`always`](Fault::always) says otherwise.
///
/// ```
/// use std::time::Duration;
/// use kinesisvideo_local::Fault;
///
/// // Two throttled joins, then a connection that breaks, then a slow answer.
/// let script = [
///     Fault::error(400, "ClientLimitExceededException", "Rate exceeded").on("/joinStorageSession").times(2),
///     Fault::reset(),
///     Fault::delay(Duration::from_millis(200)),
/// ];
/// # let _ = script;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub(crate) kind: Kind,
    pub(crate) delay: Duration,
    path: Option<String>,
    /// How many more requests meet it; `None` for all.
    left: Option<u32>,
}

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Nothing: the fault only delays.
    None,
    /// An answer given instead of the service's own.
    Respond(Response),
    /// The connection is reset before the request is acted on.
    Reset,
    /// The connection is closed before the request is acted on.
    Close,
    /// The request is acted on, then the connection is closed without an answer.
    LoseAnswer,
    /// No answer while the client keeps the connection.
    Hang,
    /// The answer's body ends before its announced length.
    Truncate,
    /// The answer's body comes byte by byte.
    Drip(Duration),
    /// A join is answered with 200 and has no effect.
    LoseJoin,
}

/// An answer made up by a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) code: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Body,
}

/// The body of an answer made up by a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Body {
    /// An error's text, spelled as the path's API spells errors.
    Message(String),
    /// These bytes.
    Bytes(Vec<u8>),
}

impl Fault {
    fn new(kind: Kind) -> Self {
        Self { kind, delay: Duration::ZERO, path: None, left: Some(1) }
    }

    /// An error of the service: status (200 to 999, anything else is sent as 500), code and text, written as the
    /// service writes its errors.
    #[must_use]
    pub fn error(status: u16, code: impl Into<String>, message: impl Into<String>) -> Self {
        let body = Body::Message(message.into());
        Self::new(Kind::Respond(Response { status, code: Some(code.into()), headers: Vec::new(), body }))
    }

    /// Any answer: a status (200 to 999, anything else is sent as 500) and a body, which need not be JSON. See also
    /// [`Fault::header`].
    #[must_use]
    pub fn respond(status: u16, body: impl Into<Vec<u8>>) -> Self {
        let body = Body::Bytes(body.into());
        Self::new(Kind::Respond(Response { status, code: None, headers: Vec::new(), body }))
    }

    /// The right answer, late.
    #[must_use]
    pub fn delay(delay: Duration) -> Self {
        Self { delay, ..Self::new(Kind::None) }
    }

    /// The connection is reset (TCP RST) instead of an answer; the request has no effect.
    #[must_use]
    pub fn reset() -> Self {
        Self::new(Kind::Reset)
    }

    /// The connection is closed in order (TCP FIN) instead of an answer; the request has no effect.
    #[must_use]
    pub fn close() -> Self {
        Self::new(Kind::Close)
    }

    /// The request takes effect, but its answer is lost: the connection is closed before the first byte. What a client
    /// repeats after this, it does twice.
    #[must_use]
    pub fn lose_answer() -> Self {
        Self::new(Kind::LoseAnswer)
    }

    /// No answer, as long as the client waits; the request has no effect.
    #[must_use]
    pub fn hang() -> Self {
        Self::new(Kind::Hang)
    }

    /// The right answer with a `Content-Length` that its body does not reach: the connection is closed half-way.
    #[must_use]
    pub fn truncate() -> Self {
        Self::new(Kind::Truncate)
    }

    /// The right answer, whose body comes one byte every `interval`. An empty body is sent as `{}`, and a short one is
    /// filled up with white space to 16 bytes.
    #[must_use]
    pub fn drip(interval: Duration) -> Self {
        Self::new(Kind::Drip(interval))
    }

    /// A join that is answered with 200 and starts no session, as happens in the field. Other requests are answered as
    /// usual.
    #[must_use]
    pub fn lose_join() -> Self {
        Self::new(Kind::LoseJoin)
    }

    /// Shows the fault this long after the request has come.
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Only for requests of this path (`/joinStorageSession`); without it, any request meets the fault. The prefix of a
    /// discovered endpoint is no part of the path.
    #[must_use]
    pub fn on(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// For this many requests; 0 for none.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.left = Some(times);
        self
    }

    /// For all requests, until [`LocalService::clear_faults`](crate::LocalService::clear_faults).
    #[must_use]
    pub fn always(mut self) -> Self {
        self.left = None;
        self
    }

    /// Adds a header to the answer of [`Fault::error`] or [`Fault::respond`], `Location` or `x-amz-retry-after` for
    /// example. A name or value that HTTP forbids is left out, and other faults have no headers of their own.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        if let Kind::Respond(response) = &mut self.kind {
            response.headers.push((name.into(), value.into()));
        }
        self
    }
}

/// The faults that wait.
#[derive(Debug, Default)]
pub(crate) struct Faults(VecDeque<Fault>);

impl Faults {
    pub(crate) fn add(&mut self, fault: Fault) {
        self.0.push_back(fault);
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The fault a request of this path meets, used up by one.
    pub(crate) fn take(&mut self, path: &str) -> Option<Fault> {
        self.0.retain(|fault| fault.left != Some(0));
        let index = self.0.iter().position(|fault| fault.path.as_deref().is_none_or(|p| p == path))?;
        let fault = self.0.get_mut(index)?;
        let met = fault.clone();
        if let Some(left) = &mut fault.left {
            *left -= 1;
            if *left == 0 {
                self.0.remove(index);
            }
        }
        Some(met)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_met_in_order_and_by_path() {
        let mut faults = Faults::default();
        faults.add(Fault::reset().on("/a").times(2));
        faults.add(Fault::close());
        faults.add(Fault::hang().times(0));
        assert_eq!(faults.take("/b").unwrap().kind, Kind::Close);
        assert_eq!(faults.take("/b"), None);
        assert_eq!(faults.take("/a").unwrap().kind, Kind::Reset);
        assert_eq!(faults.take("/a").unwrap().kind, Kind::Reset);
        assert_eq!(faults.take("/a"), None);
        assert_eq!(faults.len(), 0);
    }

    #[test]
    fn a_fault_for_always_stays_until_cleared() {
        let mut faults = Faults::default();
        faults.add(Fault::reset().always());
        for _ in 0..5 {
            assert!(faults.take("/x").is_some());
        }
        faults.clear();
        assert_eq!(faults.take("/x"), None);
    }
}
