//! Bodies that are read or written as they come.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http_body::{Body, Frame};

use crate::blob::Blob;

/// The error of a stream's source.
pub type StreamError = Box<dyn std::error::Error + Send + Sync>;

type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, StreamError>> + Send>>;

/// A body that is not held in memory at once: the payload of streaming operations.
///
/// It is a [`Stream`] of chunks, and [`collect`](Self::collect) reads it to its end. Clones share the source: of a
/// [`new`](Self::new) stream one clone gets the chunks, and the others end with an error; a stream of bytes or of
/// [`replayable`](Self::replayable) makes can be read by each.
#[derive(Clone, Default)]
pub struct ByteStream {
    source: Source,
    /// How many bytes it has, where somebody said so.
    length: Option<u64>,
    /// The stream this clone reads from, once it has begun.
    reading: Reading,
}

#[derive(Clone)]
enum Source {
    Bytes(Bytes),
    Once(Arc<Mutex<Option<Chunks>>>),
    Replayable(Arc<dyn Fn() -> Chunks + Send + Sync>),
}

impl Default for Source {
    fn default() -> Self {
        Self::Bytes(Bytes::new())
    }
}

/// Begun reading, with the bytes read so far, is not shared with clones: they start over.
#[derive(Default)]
enum Reading {
    #[default]
    NotBegun,
    // The lock is never waited for; it makes the type `Sync`, which the stream within need not be.
    Begun(Mutex<Chunks>, u64),
    Ended,
}

impl Clone for Reading {
    fn clone(&self) -> Self {
        Self::NotBegun
    }
}

impl ByteStream {
    /// A body of chunks that can be read once, so that a request with it is not sent a second time.
    pub fn new<S, E>(chunks: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<StreamError> + 'static,
    {
        Self::of(Source::Once(Arc::new(Mutex::new(Some(Box::pin(Chunked(Box::pin(chunks))))))))
    }

    /// A body whose chunks `make` can make again, for a request that is sent a second time.
    pub fn replayable<F, S, E>(make: F) -> Self
    where
        F: Fn() -> S + Send + Sync + 'static,
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<StreamError> + 'static,
    {
        Self::of(Source::Replayable(Arc::new(move || Box::pin(Chunked(Box::pin(make()))))))
    }

    fn of(source: Source) -> Self {
        Self { source, length: None, reading: Reading::NotBegun }
    }

    /// Says how many bytes a stream has. They are announced as `Content-Length`, which some operations require, instead of
    /// being sent in chunks; a stream of more or fewer then ends with an error.
    ///
    /// A body in memory knows its length by itself.
    #[must_use]
    pub fn with_length(mut self, bytes: u64) -> Self {
        if self.as_bytes().is_none() {
            self.length = Some(bytes);
        }
        self
    }

    /// How many bytes it has, where that is known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match self.as_bytes() {
            Some(bytes) => u64::try_from(bytes.len()).ok(),
            None => self.length,
        }
    }

    /// The body of a response, read as it comes.
    pub(crate) fn of_body(response: reqwest::Response) -> Self {
        Self::new(Received(reqwest::Body::from(response)))
    }

    /// The body of a request, read as it is sent.
    pub(crate) fn into_body(self) -> reqwest::Body {
        reqwest::Body::wrap(Sent(self))
    }

    /// The whole body, if it is in memory.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.source {
            Source::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// Whether a clone of it can be read from the start after this one was.
    #[must_use]
    pub fn is_replayable(&self) -> bool {
        !matches!(self.source, Source::Once(_))
    }

    /// Reads to the end.
    ///
    /// # Errors
    /// The error of the source; what was read before it is lost.
    pub async fn collect(mut self) -> Result<Bytes, StreamError> {
        if let (Source::Bytes(bytes), Reading::NotBegun) = (&self.source, &self.reading) {
            return Ok(bytes.clone());
        }
        let mut all = BytesMut::new();
        while let Some(chunk) = self.next_chunk().await {
            all.extend_from_slice(&chunk?);
        }
        Ok(all.freeze())
    }

    /// The next chunk; `None` at the end.
    ///
    /// # Errors
    /// The error of the source, after which the stream is at its end.
    pub async fn next_chunk(&mut self) -> Option<Result<Bytes, StreamError>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    fn begin(&self) -> Result<Chunks, StreamError> {
        match &self.source {
            Source::Bytes(bytes) => Ok(Box::pin(One(Some(bytes.clone())))),
            Source::Replayable(make) => Ok(make()),
            Source::Once(chunks) => chunks
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take()
                .ok_or_else(|| "the stream was already read, and its source can be read only once".into()),
        }
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Reading::NotBegun = self.reading {
            match self.begin() {
                Ok(chunks) => self.reading = Reading::Begun(Mutex::new(chunks), 0),
                Err(error) => {
                    self.reading = Reading::Ended;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
        let announced = self.length;
        let Reading::Begun(chunks, read) = &mut self.reading else { return Poll::Ready(None) };
        let mut polled = chunks.get_mut().unwrap_or_else(PoisonError::into_inner).as_mut().poll_next(context);
        if let (Some(announced), Poll::Ready(item)) = (announced, &mut polled) {
            if let Some(Ok(chunk)) = item {
                *read = read.saturating_add(u64::try_from(chunk.len()).unwrap_or(u64::MAX));
            }
            let differs = match item {
                Some(Ok(_)) => *read > announced,
                Some(Err(_)) => false,
                None => *read < announced,
            };
            if differs {
                let more = if *read > announced { " or more" } else { "" };
                *item = Some(Err(format!("the stream was to have {announced} bytes and has {read}{more}").into()));
            }
        }
        if matches!(polled, Poll::Ready(None | Some(Err(_)))) {
            self.reading = Reading::Ended;
        }
        polled
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_bytes() {
            Some(bytes) => write!(f, "ByteStream({} bytes)", bytes.len()),
            None => f.write_str("ByteStream(..)"),
        }
    }
}

macro_rules! from_bytes {
    ($($bytes:ty)*) => {$(
        impl From<$bytes> for ByteStream {
            fn from(bytes: $bytes) -> Self {
                Self::of(Source::Bytes(bytes.into()))
            }
        }
    )*};
}

from_bytes!(Bytes Vec<u8> String &'static str &'static [u8]);

impl From<Blob> for ByteStream {
    fn from(blob: Blob) -> Self {
        Self::from(blob.into_bytes())
    }
}

/// A stream with its errors boxed.
struct Chunked<S>(Pin<Box<S>>);

impl<S, E> Stream for Chunked<S>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: Into<StreamError>,
{
    type Item = Result<Bytes, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context).map(|item| item.map(|chunk| chunk.map_err(Into::into)))
    }
}

/// The data of a response's body; trailers are passed over.
struct Received(reqwest::Body);

impl Stream for Received {
    type Item = Result<Bytes, reqwest::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            return match ready!(Pin::new(&mut self.0).poll_frame(context)) {
                None => Poll::Ready(None),
                Some(Err(error)) => Poll::Ready(Some(Err(error))),
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => Poll::Ready(Some(Ok(data))),
                    Err(_) => continue,
                },
            };
        }
    }
}

/// A stream as the body of a request.
struct Sent(ByteStream);

impl Body for Sent {
    type Data = Bytes;
    type Error = StreamError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        Pin::new(&mut self.0).poll_next(context).map(|chunk| chunk.map(|chunk| chunk.map(Frame::data)))
    }
}

/// A stream of one chunk.
struct One(Option<Bytes>);

impl Stream for One {
    type Item = Result<Bytes, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().filter(|bytes| !bytes.is_empty()).map(Ok))
    }
}

/// Writes a body that is in memory as base64; JSON cannot carry another.
impl serde::Serialize for ByteStream {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.as_bytes() {
            Some(bytes) => serializer.serialize_str(&crate::blob::encode(bytes)),
            None => Err(serde::ser::Error::custom("a body that is still to be read cannot be written as JSON")),
        }
    }
}

/// Reads base64, as JSON parameters carry bytes.
impl<'de> serde::Deserialize<'de> for ByteStream {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Blob::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Count(u8);

    impl Stream for Count {
        type Item = Result<Bytes, std::io::Error>;

        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            self.0 += 1;
            Poll::Ready(match self.0 {
                n @ 1..=3 => Some(Ok(Bytes::from(vec![n]))),
                _ => None,
            })
        }
    }

    struct Fails;

    impl Stream for Fails {
        type Item = Result<Bytes, &'static str>;

        fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Poll::Ready(Some(Err("cut short")))
        }
    }

    #[tokio::test]
    async fn bytes_and_replayable_streams_can_be_read_again() {
        for stream in [ByteStream::from(vec![1, 2, 3]), ByteStream::replayable(|| Count(0))] {
            assert!(stream.is_replayable());
            for _ in 0..2 {
                assert_eq!(stream.clone().collect().await.unwrap(), [1, 2, 3][..]);
            }
        }
    }

    #[tokio::test]
    async fn a_stream_that_is_read_once_says_so_the_second_time() {
        let stream = ByteStream::new(Count(0));
        assert!(!stream.is_replayable());
        assert_eq!(stream.clone().collect().await.unwrap(), [1, 2, 3][..]);
        let error = stream.collect().await.unwrap_err();
        assert!(error.to_string().contains("already read"), "{error}");
    }

    #[tokio::test]
    async fn a_stream_ends_after_its_last_chunk_and_after_an_error() {
        let mut stream = ByteStream::from("ab");
        assert_eq!(stream.next_chunk().await.unwrap().unwrap(), "ab");
        assert!(stream.next_chunk().await.is_none());
        assert!(ByteStream::default().next_chunk().await.is_none());

        let mut stream = ByteStream::new(Fails);
        assert_eq!(stream.next_chunk().await.unwrap().unwrap_err().to_string(), "cut short");
        assert!(stream.next_chunk().await.is_none());
    }

    #[tokio::test]
    async fn what_was_already_taken_is_not_collected_again() {
        let mut stream = ByteStream::from("ab");
        stream.next_chunk().await.unwrap().unwrap();
        assert_eq!(stream.collect().await.unwrap(), "");
    }

    #[tokio::test]
    async fn a_length_that_is_announced_is_held_to() {
        let of_three = || ByteStream::new(Count(0));
        assert_eq!(of_three().length(), None);
        assert_eq!(of_three().with_length(3).length(), Some(3));
        assert_eq!(of_three().with_length(3).collect().await.unwrap(), [1, 2, 3][..]);
        for (length, expected) in [(2, "was to have 2 bytes and has 3 or more"), (4, "was to have 4 bytes and has 3")] {
            let error = of_three().with_length(length).collect().await.unwrap_err().to_string();
            assert!(error.ends_with(expected), "{error}");
        }
        // What is in memory cannot be mistaken about.
        assert_eq!(ByteStream::from("ab").with_length(7).length(), Some(2));
        let again = ByteStream::replayable(|| Count(0)).with_length(3);
        for _ in 0..2 {
            assert_eq!(again.clone().collect().await.unwrap(), [1, 2, 3][..]);
        }
    }

    #[test]
    fn json_carries_bytes_as_base64_and_no_streams() {
        let stream: ByteStream = serde_json::from_str("\"YWI=\"").unwrap();
        assert_eq!(stream.as_bytes().unwrap(), "ab");
        assert_eq!(serde_json::to_string(&stream).unwrap(), "\"YWI=\"");
        assert!(serde_json::to_string(&ByteStream::new(Count(0))).is_err());
    }
}
