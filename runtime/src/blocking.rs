//! Calls for programs that are not asynchronous.
//!
//! There is one pipeline, the asynchronous one. An [`Executor`] runs it on a thread of its own, and the caller's thread sleeps until
//! the call has ended. Nothing here needs a runtime around it, and nothing minds one: a blocking call within an asynchronous
//! program works, and holds up the thread it is made on.

use std::future::{Future, poll_fn};
use std::io::{self, BufRead, Read};
use std::pin::{Pin, pin};
use std::sync::{Arc, mpsc};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread, ThreadId};

use bytes::{Buf, Bytes};
use futures_core::Stream;
use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

use crate::byte_stream::ByteStream;
use crate::config::ConfigError;
use crate::error::Error;
use crate::paginate::{Pages, PaginatedItems};

/// A thread that runs calls. Clones share it; it ends with the last of them, and with it the connections it holds.
#[derive(Clone, Debug)]
pub struct Executor(Arc<Worker>);

#[derive(Debug)]
struct Worker {
    handle: Handle,
    thread: ThreadId,
    /// Dropped with the worker, which ends the thread.
    _stop: oneshot::Sender<()>,
}

impl Executor {
    /// Starts the thread.
    ///
    /// # Errors
    /// [`ConfigError::Blocking`] when the system does not give one.
    pub fn start() -> Result<Self, ConfigError> {
        let refuse = |error: io::Error| ConfigError::Blocking { reason: format!("its thread cannot start: {error}") };
        let (started, start) = mpsc::sync_channel(1);
        let (stop, stopped) = oneshot::channel::<()>();
        // The runtime is made and dropped on its own thread: dropping one within another is a panic.
        let worker =
            thread::Builder::new().name("blocking-client".to_owned()).spawn(
                move || match Builder::new_current_thread().enable_all().build() {
                    Ok(runtime) => {
                        _ = started.send(Ok(runtime.handle().clone()));
                        _ = runtime.block_on(stopped);
                    }
                    Err(error) => _ = started.send(Err(error)),
                },
            );
        let thread = worker.map_err(refuse)?.thread().id();
        let handle = start.recv().map_err(|_| ended())?.map_err(refuse)?;
        Ok(Self(Arc::new(Worker { handle, thread, _stop: stop })))
    }

    /// Runs a future to its end, and goes on with a panic of it.
    ///
    /// # Errors
    /// [`ConfigError::Blocking`] on the executor's own thread, where hooks and providers of credentials run: the call would wait for
    /// itself.
    pub fn run<F>(&self, future: F) -> Result<F::Output, ConfigError>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        if thread::current().id() == self.0.thread {
            let reason = "it was called from one of its own hooks or providers, and would wait for itself: use another client there";
            return Err(ConfigError::Blocking { reason: reason.to_owned() });
        }
        match sleep_until_ready(self.0.handle.spawn(future)) {
            Ok(output) => Ok(output),
            Err(error) => match error.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(_) => Err(ended()),
            },
        }
    }
}

fn ended() -> ConfigError {
    ConfigError::Blocking { reason: "its thread has ended".to_owned() }
}

/// Wakes a thread.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Unlike a runtime's way to block, this one works within a runtime.
fn sleep_until_ready<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

/// Pages or items, one after the other: an iterator that makes a call when it needs the next page.
#[derive(Debug)]
#[must_use = "nothing is sent before something is asked for"]
pub struct Iter<S> {
    executor: Executor,
    /// Away while a call is under way, and for good after a panic of it.
    stream: Option<S>,
}

impl<S> Iter<S> {
    /// What the stream gives, with its calls run by the executor.
    pub fn new(executor: &Executor, stream: S) -> Self {
        Self { executor: executor.clone(), stream: Some(stream) }
    }
}

impl<O: PaginatedItems + 'static> Iter<Pages<O>> {
    /// The items of the pages, one at a time.
    pub fn items(self) -> Iter<crate::Items<O>> {
        Iter { executor: self.executor, stream: self.stream.map(Pages::items) }
    }
}

impl<S, T, E> Iterator for Iter<S>
where
    S: Stream<Item = Result<T, Error<E>>> + Unpin + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    type Item = Result<T, Error<E>>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut stream = self.stream.take()?;
        let next = self.executor.run(async move {
            let item = poll_fn(|context| Pin::new(&mut stream).poll_next(context)).await;
            (stream, item)
        });
        match next {
            Ok((stream, item)) => {
                self.stream = Some(stream);
                item
            }
            Err(error) => Some(Err(error.into())),
        }
    }
}

/// The body of a streamed response, for reading.
#[derive(Debug)]
pub struct Reader {
    executor: Executor,
    /// Away after its end.
    body: Option<ByteStream>,
    chunk: Bytes,
}

impl Reader {
    /// Reads the body, with the waiting done by the executor.
    #[must_use]
    pub fn new(executor: &Executor, body: ByteStream) -> Self {
        Self { executor: executor.clone(), body: Some(body), chunk: Bytes::new() }
    }
}

impl BufRead for Reader {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.chunk.is_empty() {
            let Some(mut body) = self.body.take() else { break };
            let next = self.executor.run(async move {
                let chunk = body.next_chunk().await;
                (body, chunk)
            });
            let (body, chunk) = next.map_err(io::Error::other)?;
            let Some(chunk) = chunk else { break };
            self.chunk = chunk.map_err(io::Error::other)?;
            self.body = Some(body);
        }
        Ok(&self.chunk)
    }

    fn consume(&mut self, amount: usize) {
        self.chunk.advance(amount.min(self.chunk.len()));
    }
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_future_runs_with_or_without_a_runtime_around_it() {
        let sleep = || async {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
            7
        };
        let executor = Executor::start().unwrap();
        assert_eq!(executor.run(sleep()), Ok(7));
        let runtime = Builder::new_current_thread().build().unwrap();
        // The executor, and with it its runtime, is dropped within another.
        runtime.block_on(async move { assert_eq!(executor.run(sleep()), Ok(7)) });
    }

    #[test]
    fn a_call_that_would_wait_for_itself_is_refused() {
        let executor = Executor::start().unwrap();
        let own = executor.clone();
        let refused = executor.run(async move { own.run(async {}) }).unwrap();
        assert!(matches!(refused, Err(ConfigError::Blocking { .. })), "{refused:?}");
    }

    #[test]
    fn a_panic_reaches_the_caller_and_the_executor_goes_on() {
        let executor = Executor::start().unwrap();
        let panic =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| executor.run(async { panic!("a hook's") })));
        assert_eq!(panic.unwrap_err().downcast_ref::<&str>(), Some(&"a hook's"));
        assert_eq!(executor.run(async { 1 }), Ok(1));
    }

    #[test]
    fn a_body_is_read_to_its_end() {
        let executor = Executor::start().unwrap();
        let mut text = String::new();
        Reader::new(&executor, ByteStream::from("abc")).read_to_string(&mut text).unwrap();
        assert_eq!(text, "abc");
        let broken = ByteStream::new(Broken(true));
        let mut reader = Reader::new(&executor, broken);
        assert_eq!(reader.read(&mut [0; 9]).unwrap(), 2);
        assert_eq!(reader.read(&mut [0; 9]).unwrap_err().to_string(), "cut short");
        assert_eq!(reader.read(&mut [0; 9]).unwrap(), 0);
    }

    /// Two bytes, then an error.
    struct Broken(bool);

    impl Stream for Broken {
        type Item = Result<Bytes, &'static str>;

        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            let first = std::mem::take(&mut self.0);
            Poll::Ready(Some(if first { Ok(Bytes::from_static(b"ab")) } else { Err("cut short") }))
        }
    }
}
