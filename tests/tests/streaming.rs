//! Bodies that are sent as they are made and read as they come, over real sockets, against a server that watches.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of a test fails with it")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::pin::Pin;
use std::sync::mpsc;
use std::task::{Context, Poll};
use std::thread::JoinHandle;
use std::time::Duration;

use kinesisvideo::{ByteStream, Config};
use kinesisvideo_golden::streaming::{Client, DownloadInput, Error, UploadInput, UploadSizedInput};
use kinesisvideo_tests::config;
use kinesisvideo_tests::scripted::{Answer, Server};

const SOON: Duration = Duration::from_secs(10);
const MEBIBYTE: usize = 1 << 20;
static ZEROS: [u8; 64 << 10] = [0; 64 << 10];

/// Serves one connection with `serve`; gives a client of it, and what `serve` gave.
fn serving<T: Send + 'static>(serve: impl FnOnce(TcpStream) -> T + Send + 'static) -> (Client, JoinHandle<T>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || serve(listener.accept().unwrap().0));
    (client(config().endpoint(url).max_retries(0).build().unwrap()), server)
}

fn client(config: Config) -> Client {
    Client::new(config).unwrap()
}

/// The lines of a request's head.
fn head(reader: &mut impl BufRead) -> Vec<String> {
    reader.lines().map(|line| line.unwrap().to_lowercase()).take_while(|line| !line.is_empty()).collect()
}

/// A chunk of a chunked body; `None` at its proper end, an error where it ends in another way.
fn chunk(reader: &mut impl BufRead) -> std::io::Result<Option<Vec<u8>>> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let size = usize::from_str_radix(line.trim(), 16).map_err(std::io::Error::other)?;
    let mut data = vec![0; size + 2];
    reader.read_exact(&mut data)?;
    data.truncate(size);
    Ok((size > 0).then_some(data))
}

const OK: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";

/// A stream of chunks that `next` makes when they are asked for.
struct Source<F>(F);

impl<F> futures_core::Stream for Source<F>
where
    F: FnMut() -> Option<Result<&'static [u8], &'static str>> + Unpin,
{
    type Item = Result<bytes::Bytes, &'static str>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready((self.0)().map(|chunk| chunk.map(bytes::Bytes::from_static)))
    }
}

/// A stream of these chunks.
fn chunks(chunks: &'static [&'static str]) -> ByteStream {
    let mut chunks = chunks.iter();
    ByteStream::new(Source(move || chunks.next().map(|chunk| Ok(chunk.as_bytes()))))
}

/// A stream of what is sent through a channel.
struct Fed(tokio::sync::mpsc::UnboundedReceiver<&'static str>);

impl futures_core::Stream for Fed {
    type Item = Result<bytes::Bytes, &'static str>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context).map(|chunk| chunk.map(|chunk| Ok(chunk.into())))
    }
}

#[tokio::test]
async fn an_upload_is_sent_while_it_is_made() {
    let (arrived, mut first_arrived) = tokio::sync::mpsc::unbounded_channel();
    let (client, server) = serving(move |mut stream| {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let head = head(&mut reader);
        let mut body = Vec::new();
        while let Some(chunk) = chunk(&mut reader).unwrap() {
            body.extend(chunk);
            arrived.send(()).ok();
        }
        stream.write_all(OK).unwrap();
        (head, body)
    });
    let (feed, fed) = tokio::sync::mpsc::unbounded_channel();
    let upload = tokio::spawn(async move { client.upload(UploadInput::new(ByteStream::new(Fed(fed)), "clip")).await });
    feed.send("first ").unwrap();
    // The rest is made once the first part has arrived: never, if all were collected first.
    tokio::time::timeout(SOON, first_arrived.recv()).await.unwrap();
    feed.send("second").unwrap();
    drop(feed);
    upload.await.unwrap().unwrap();
    let (head, body) = server.join().unwrap();
    assert_eq!(body, b"first second");
    assert!(head.contains(&"transfer-encoding: chunked".to_owned()), "{head:?}");
    assert!(head.contains(&"x-amz-content-sha256: unsigned-payload".to_owned()), "{head:?}");
}

#[tokio::test]
async fn an_upload_of_known_length_says_so() {
    let (client, server) = serving(|mut stream| {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let head = head(&mut reader);
        let mut body = [0; 6];
        reader.read_exact(&mut body).unwrap();
        stream.write_all(OK).unwrap();
        (head, body)
    });
    client.upload_sized(UploadSizedInput::new(chunks(&["abc", "def"]).with_length(6))).await.unwrap();
    let (head, body) = server.join().unwrap();
    assert_eq!(&body, b"abcdef");
    assert!(head.contains(&"content-length: 6".to_owned()), "{head:?}");
    assert!(!head.iter().any(|line| line.starts_with("transfer-encoding")), "{head:?}");
}

#[tokio::test]
async fn an_unknown_length_is_refused_where_it_must_be_known() {
    let server = Server::start([Answer::reply(200, "")]).unwrap();
    let client = client(config().endpoint(server.url()).build().unwrap());
    let error = client.upload_sized(UploadSizedInput::new(chunks(&["abc"]))).await.unwrap_err();
    assert!(matches!(error, Error::Encode(_)), "{error:?}");
    assert!(error.to_string().ends_with("say it with ByteStream::with_length"), "{error}");
    assert_eq!(server.received().len(), 0);
    client.upload_sized(UploadSizedInput::new("in memory")).await.unwrap();
    assert_eq!(server.received()[0].body, b"in memory");
}

#[tokio::test]
async fn a_source_that_fails_or_errs_in_its_length_fails_the_call() {
    let failing = || {
        let mut made = 0;
        ByteStream::new(Source(move || {
            made += 1;
            Some(if made == 1 { Ok("first".as_bytes()) } else { Err("the camera is gone") })
        }))
    };
    let sources: [(ByteStream, &str); 3] = [
        (failing(), "the camera is gone"),
        (chunks(&["abc"]).with_length(5), "was to have 5 bytes and has 3"),
        (chunks(&["abc", "def"]).with_length(5), "was to have 5 bytes and has 6"),
    ];
    for (source, reason) in sources {
        // A service that is told of a complete body would store half of it.
        let (client, server) = serving(|stream| {
            let mut reader = BufReader::new(stream);
            let is_chunked = head(&mut reader).iter().any(|line| line.starts_with("transfer-encoding"));
            let mut rest = Vec::new();
            let ended = reader.read_to_end(&mut rest);
            if is_chunked { !rest.ends_with(b"0\r\n\r\n") } else { rest.len() < 5 || ended.is_err() }
        });
        let error = client.upload(UploadInput::new(source, "clip")).await.unwrap_err();
        assert!(error.to_string().contains(reason), "{error}");
        assert!(server.join().unwrap(), "the server must see that the body is not whole: {reason}");
    }
}

#[tokio::test]
async fn what_can_be_read_once_is_sent_once_and_what_can_be_made_again_is_retried() {
    for (source, requests) in
        [(chunks(&["abc"]), 1), (ByteStream::replayable(|| chunks(&["abc"])), 2), (ByteStream::from("abc"), 2)]
    {
        let server = Watcher::start();
        let client = client(config().endpoint(server.url.clone()).build().unwrap());
        let result = client.upload(UploadInput::new(source, "clip")).await;
        assert_eq!(result.is_ok(), requests == 2, "{result:?}");
        assert_eq!(server.bodies(), vec![b"abc".to_vec(); requests]);
    }
}

/// A server that reads whole bodies, of both kinds, refuses the first and takes those after it.
struct Watcher {
    url: String,
    received: mpsc::Receiver<Vec<u8>>,
}

impl Watcher {
    fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (sender, received) = mpsc::channel();
        std::thread::spawn(move || {
            for (number, stream) in listener.incoming().enumerate() {
                let mut stream = stream.unwrap();
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                let head = head(&mut reader);
                let length = head.iter().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
                let mut body = vec![0; length.unwrap_or(0)];
                reader.read_exact(&mut body).unwrap();
                while length.is_none()
                    && let Some(chunk) = chunk(&mut reader).unwrap()
                {
                    body.extend(chunk);
                }
                sender.send(body).ok();
                let status = if number == 0 { "503 Busy" } else { "200 OK" };
                let answer = format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
                stream.write_all(answer.as_bytes()).unwrap();
            }
        });
        Self { url, received }
    }

    fn bodies(&self) -> Vec<Vec<u8>> {
        self.received.try_iter().collect()
    }
}

#[tokio::test]
async fn a_download_comes_as_it_is_sent() {
    let (seen, first_seen) = mpsc::channel();
    let (client, server) = serving(move |mut stream| {
        head(&mut BufReader::new(stream.try_clone().unwrap()));
        stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nfirst\r\n").unwrap();
        // The rest is sent once the first part is in the caller's hands.
        let is_seen = first_seen.recv_timeout(SOON).is_ok();
        stream.write_all(b"6\r\nsecond\r\n0\r\n\r\n").unwrap();
        is_seen
    });
    let mut body = client.download(DownloadInput::new("clip")).await.unwrap().body;
    assert_eq!(body.next_chunk().await.unwrap().unwrap(), "first");
    seen.send(()).unwrap();
    assert_eq!(body.collect().await.unwrap(), "second");
    assert!(server.join().unwrap());
}

#[tokio::test]
async fn a_download_that_breaks_off_ends_with_an_error() {
    for answer in [
        &b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf"[..],
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n5\r\nha",
    ] {
        let (client, server) = serving(move |mut stream| {
            head(&mut BufReader::new(stream.try_clone().unwrap()));
            stream.write_all(answer).unwrap();
        });
        let mut body = client.download(DownloadInput::new("clip")).await.unwrap().body;
        assert_eq!(body.next_chunk().await.unwrap().unwrap(), "half");
        let end = loop {
            match body.next_chunk().await {
                Some(Ok(_)) => {}
                end => break end,
            }
        };
        assert!(matches!(end, Some(Err(_))), "an end like any other would pass half for the whole");
        assert!(body.next_chunk().await.is_none());
        server.join().unwrap();
    }
}

#[tokio::test]
async fn a_download_that_is_dropped_or_not_read_holds_the_server_back() {
    let total = 256 * MEBIBYTE;
    let (client, server) = serving(move |mut stream| {
        head(&mut BufReader::new(stream.try_clone().unwrap()));
        stream.set_write_timeout(Some(Duration::from_millis(300))).unwrap();
        stream.write_all(format!("HTTP/1.1 200 OK\r\ncontent-length: {total}\r\n\r\n").as_bytes()).unwrap();
        let mut written = 0;
        // Nobody reads: the write times out once the kernel's buffers are full.
        while written < total
            && let Ok(bytes) = stream.write(&ZEROS)
        {
            written += bytes;
        }
        let stalled_at = written;
        stream.set_write_timeout(Some(SOON)).unwrap();
        // Then the stream is dropped, and the connection with it.
        let closed = std::iter::repeat_with(|| stream.write(&ZEROS)).find_map(Result::err);
        (stalled_at, closed.map(|error| error.kind()))
    });
    let body = client.download(DownloadInput::new("clip")).await.unwrap().body;
    tokio::time::sleep(Duration::from_millis(1500)).await;
    drop(body);
    tokio::task::yield_now().await;
    let (stalled_at, closed) = tokio::task::spawn_blocking(|| server.join().unwrap()).await.unwrap();
    assert!(stalled_at < 32 * MEBIBYTE, "{stalled_at} bytes were taken that nobody read");
    use std::io::ErrorKind::{BrokenPipe, ConnectionReset};
    assert!(matches!(closed, Some(BrokenPipe | ConnectionReset)), "{closed:?}");
}

/// The most bytes that were allocated at once on this thread, on which all of the client runs.
fn most_bytes(call: impl Future<Output = ()>) -> u64 {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut call = Some(call);
    allocation_counter::measure(|| runtime.block_on(call.take().unwrap())).bytes_max
}

#[test]
fn size_does_not_decide_how_much_memory_an_upload_takes() {
    let total = 64 * MEBIBYTE;
    let (client, server) = serving(|mut stream| {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        head(&mut reader);
        let mut received = 0;
        while let Some(chunk) = chunk(&mut reader).unwrap() {
            received += chunk.len();
        }
        stream.write_all(OK).unwrap();
        received
    });
    let most = most_bytes(async move {
        let mut left = total / ZEROS.len();
        let source = ByteStream::new(Source(move || {
            left = left.checked_sub(1)?;
            Some(Ok(&ZEROS[..]))
        }));
        client.upload(UploadInput::new(source, "clip")).await.unwrap();
    });
    assert_eq!(server.join().unwrap(), total);
    assert!(most < MEBIBYTE as u64, "{most} bytes at once");
}

#[test]
fn size_does_not_decide_how_much_memory_a_download_takes() {
    let total = 64 * MEBIBYTE;
    let (client, server) = serving(move |mut stream| {
        head(&mut BufReader::new(stream.try_clone().unwrap()));
        stream.write_all(format!("HTTP/1.1 200 OK\r\ncontent-length: {total}\r\n\r\n").as_bytes()).unwrap();
        for _ in 0..total / ZEROS.len() {
            stream.write_all(&ZEROS).unwrap();
        }
    });
    let most = most_bytes(async move {
        let mut body = client.download(DownloadInput::new("clip")).await.unwrap().body;
        let mut received = 0;
        while let Some(chunk) = body.next_chunk().await {
            received += chunk.unwrap().len();
        }
        assert_eq!(received, total);
    });
    server.join().unwrap();
    assert!(most < MEBIBYTE as u64, "{most} bytes at once");
}
