//! The body of an answer, sent as it should be or as a fault wants it.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Buf, Bytes};
use hyper::body::{Body, Frame, SizeHint};
use tokio::time::{Sleep, sleep};

/// How long half a body lies before the connection is closed, so that the client has read it by then.
const BEFORE_CUT: Duration = Duration::from_millis(20);

/// The body of an answer.
pub(crate) struct AnswerBody {
    left: Bytes,
    /// What `Content-Length` promises of what is left.
    promised: u64,
    pace: Pace,
}

enum Pace {
    /// All at once.
    Whole,
    /// All that is there at once, then an error, which closes the connection.
    Truncated(Option<Pin<Box<Sleep>>>),
    /// A byte at a time.
    Drip(Duration, Pin<Box<Sleep>>),
}

impl AnswerBody {
    pub(crate) fn whole(body: Bytes) -> Self {
        Self { promised: body.len() as u64, left: body, pace: Pace::Whole }
    }

    /// Promises at least 64 bytes and sends half of what there is.
    pub(crate) fn truncated(body: Bytes) -> Self {
        let promised = body.len().max(64) as u64;
        Self { left: body.slice(..body.len() / 2), promised, pace: Pace::Truncated(None) }
    }

    /// Sends a byte every `interval`, filling a short body up with white space, which JSON allows.
    pub(crate) fn drip(body: Bytes, interval: Duration) -> Self {
        const SHORTEST: usize = 16;
        let mut body = if body.is_empty() { b"{}".to_vec() } else { body.to_vec() };
        body.resize(body.len().max(SHORTEST), b' ');
        Self { promised: body.len() as u64, left: body.into(), pace: Pace::Drip(interval, Box::pin(sleep(interval))) }
    }

    fn send(&mut self, bytes: usize) -> Poll<Option<Result<Frame<Bytes>, Cut>>> {
        let chunk = self.left.split_to(bytes.min(self.left.remaining()));
        self.promised = self.promised.saturating_sub(chunk.len() as u64);
        Poll::Ready(Some(Ok(Frame::data(chunk))))
    }
}

/// The body ends here, on purpose.
#[derive(Debug)]
pub(crate) struct Cut;

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("body cut by a fault")
    }
}

impl std::error::Error for Cut {}

impl Body for AnswerBody {
    type Data = Bytes;
    type Error = Cut;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Cut>>> {
        let this = self.get_mut();
        let everything = this.left.len();
        match &mut this.pace {
            Pace::Whole if everything == 0 => Poll::Ready(None),
            Pace::Whole => this.send(everything),
            Pace::Truncated(_) if everything > 0 => this.send(everything),
            Pace::Truncated(wait) => {
                ready!(wait.get_or_insert_with(|| Box::pin(sleep(BEFORE_CUT))).as_mut().poll(cx));
                Poll::Ready(Some(Err(Cut)))
            }
            Pace::Drip(..) if everything == 0 => Poll::Ready(None),
            Pace::Drip(interval, wait) => {
                ready!(wait.as_mut().poll(cx));
                wait.set(sleep(*interval));
                this.send(1)
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.promised == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.promised)
    }
}
