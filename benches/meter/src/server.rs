//! A service on loopback that costs little and is the same for all rivals.
//!
//! It keeps connections open, looks at every request closely enough to notice a rival that sends something else than
//! agreed, answers 200 `{}`, and does no more: the less it costs, the better the rivals can be told apart. It runs on a
//! thread of its own whose CPU time and allocations are nobody's.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::clock::ThreadClock;
use crate::request;

const OK: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\
    x-amzn-requestid: 7b1d6a5e-0c3f-4e53-9a38-3f0c1b2a4d5e\r\n\r\n{}";
const FAILURE: &[u8] =
    b"HTTP/1.1 500 Internal Server Error\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";
const BAD_REQUEST: &[u8] = b"HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";

/// The service. Its thread ends with the process.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    clock: ThreadClock,
}

#[derive(Default)]
struct Shared {
    /// Whether good requests are answered with 500.
    fails: bool,
    served: AtomicU64,
    capture: AtomicBool,
    captured: Mutex<Option<Vec<u8>>>,
    first_byte: Mutex<Option<Instant>>,
    fault: Mutex<Option<String>>,
}

impl Server {
    /// Listens on a free port of the loopback interface.
    ///
    /// # Errors
    /// When no port can be had.
    pub fn start() -> io::Result<Self> {
        Self::with(Shared::default())
    }

    /// A service that answers 500 to everything: no benchmark may count a call of it.
    ///
    /// # Errors
    /// When no port can be had.
    pub fn failing() -> io::Result<Self> {
        Self::with(Shared { fails: true, ..Shared::default() })
    }

    fn with(shared: Shared) -> io::Result<Self> {
        let shared = Arc::new(shared);
        let (sender, receiver) = mpsc::channel();
        let state = Arc::clone(&shared);
        let thread = thread::Builder::new().name("server".to_owned()).spawn(move || serve(&state, &sender))?;
        let clock = ThreadClock::of(&thread);
        let address = receiver.recv().map_err(io::Error::other)??;
        Ok(Self { address, shared, clock })
    }

    /// The endpoint: `http://127.0.0.1:…`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// CPU time the service has used.
    pub fn cpu(&self) -> Duration {
        self.clock.read()
    }

    /// How many requests were as agreed and were answered with 200.
    pub fn served(&self) -> u64 {
        self.shared.served.load(Ordering::Acquire)
    }

    /// What was wrong with the first request that was not as agreed.
    pub fn fault(&self) -> Option<String> {
        lock(&self.shared.fault).clone()
    }

    /// Keeps the next request for [`captured`](Self::captured).
    pub fn capture_next(&self) {
        self.shared.capture.store(true, Ordering::Release);
    }

    /// The bytes of the request that was kept.
    pub fn captured(&self) -> Option<Vec<u8>> {
        lock(&self.shared.captured).take()
    }

    /// When the first byte of the newest connection arrived.
    pub fn first_byte(&self) -> Option<Instant> {
        lock(&self.shared.first_byte).take()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(shared: &Arc<Shared>, sender: &mpsc::Sender<io::Result<SocketAddr>>) {
    let listen = || -> io::Result<_> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))?;
        let address = listener.local_addr()?;
        Ok((runtime, listener, address))
    };
    let (runtime, listener) = match listen() {
        Ok((runtime, listener, address)) => {
            let _ = sender.send(Ok(address));
            (runtime, listener)
        }
        Err(error) => {
            let _ = sender.send(Err(error));
            return;
        }
    };
    runtime.block_on(async {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(converse(stream, Arc::clone(shared)));
        }
    });
}

async fn converse(mut stream: TcpStream, shared: Arc<Shared>) {
    let body = request::body();
    let mut buffer = vec![0; 8192];
    let mut filled = 0;
    if stream.set_nodelay(true).is_err() {
        return;
    }
    let mut first = true;
    loop {
        match stream.read(&mut buffer[filled..]).await {
            Ok(0) | Err(_) => return,
            Ok(count) => filled += count,
        }
        if std::mem::take(&mut first) {
            *lock(&shared.first_byte) = Some(Instant::now());
        }
        let answer = match check(&buffer[..filled], body.as_bytes()) {
            Ok(Some(length)) => {
                if shared.capture.swap(false, Ordering::AcqRel) {
                    *lock(&shared.captured) = Some(buffer[..length].to_vec());
                }
                // Nobody pipelines: what follows the request would be a fault of the next one.
                filled = 0;
                if shared.fails {
                    FAILURE
                } else {
                    shared.served.fetch_add(1, Ordering::AcqRel);
                    OK
                }
            }
            Ok(None) if filled < buffer.len() => continue,
            Ok(None) => return report(&shared, "a request of more than 8 KiB".to_owned()),
            Err(fault) => {
                report(&shared, fault);
                filled = 0;
                BAD_REQUEST
            }
        };
        if stream.write_all(answer).await.is_err() {
            return;
        }
    }
}

fn report(shared: &Shared, fault: String) {
    lock(&shared.fault).get_or_insert(fault);
}

/// The length of the request once it is complete, or what is wrong with it.
fn check(bytes: &[u8], body: &[u8]) -> Result<Option<usize>, String> {
    let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else {
        return Ok(None);
    };
    let head = str::from_utf8(&bytes[..end]).map_err(|_| "the head is not UTF-8".to_owned())?;
    let mut lines = head.split("\r\n");
    let line = lines.next().unwrap_or_default();
    if line.strip_prefix("POST ").and_then(|rest| rest.strip_suffix(" HTTP/1.1")) != Some(request::PATH) {
        return Err(format!("unexpected request line `{line}`"));
    }
    let (mut length, mut host, mut json, mut date, mut signed) = (None, false, false, false, false);
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        let value = value.trim();
        if name.eq_ignore_ascii_case("content-length") {
            length = value.parse::<usize>().ok();
        } else if name.eq_ignore_ascii_case("host") {
            host = !value.is_empty();
        } else if name.eq_ignore_ascii_case("content-type") {
            json = value == "application/json";
        } else if name.eq_ignore_ascii_case("x-amz-date") {
            date = value.len() == "20240510T123456Z".len();
        } else if name.eq_ignore_ascii_case("authorization") {
            signed = value.starts_with("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/") && value.contains("Signature=");
        }
    }
    if length != Some(body.len()) || !(host && json && date && signed) {
        return Err(format!(
            "content-length {length:?} (of {}), host {host}, JSON {json}, date {date}, signature {signed}",
            body.len()
        ));
    }
    let start = end + 4;
    match bytes.len() - start {
        missing if missing < body.len() => Ok(None),
        whole if whole == body.len() && &bytes[start..] == body => Ok(Some(bytes.len())),
        _ => Err("another body than agreed".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(body: &str) -> String {
        format!(
            "POST /joinStorageSession HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nX-Amz-Date: 20240510T123456Z\r\n\
             Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20240510, Signature=00\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
    }

    #[test]
    fn a_request_as_agreed_passes_once_it_is_complete() {
        let text = request("{}");
        assert_eq!(check(text.as_bytes(), b"{}"), Ok(Some(text.len())));
        for end in 0..text.len() {
            assert_eq!(check(&text.as_bytes()[..end], b"{}"), Ok(None), "cut at {end}");
        }
    }

    #[test]
    fn other_requests_are_faults() {
        assert!(check(request("{}").replace("POST", "GET").as_bytes(), b"{}").is_err());
        assert!(check(request("{}").replace("Authorization", "X-Other").as_bytes(), b"{}").is_err());
        assert!(check(request("[]").as_bytes(), b"{}").is_err());
        assert!(check(request("{ }").as_bytes(), b"{}").is_err());
    }
}
