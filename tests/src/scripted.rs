//! A server on loopback that answers request number `n` with answer number `n` of a script (the last one repeats) and
//! records what it received, byte for byte where it matters.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// One request as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// `POST`.
    pub method: String,
    /// The request target, as sent.
    pub target: String,
    /// Names in lower case, in the order sent.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Received {
    /// The value of the first header of that name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// What the server does with a request.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Answers.
    Reply {
        /// The status.
        status: u16,
        /// The reason phrase; a fixed one when `None`.
        reason: Option<String>,
        /// Headers besides `content-length`.
        headers: Vec<(String, String)>,
        /// The body.
        body: Vec<u8>,
    },
    /// Sends these bytes, whatever they are, and closes.
    Raw(Vec<u8>),
    /// Closes the connection without an answer.
    Close,
    /// Resets the connection without an answer.
    Reset,
    /// Never answers.
    Hang,
    /// Promises 50 bytes more than it sends, then closes.
    Partial(Vec<u8>),
    /// Sends the head, then nothing.
    HeadThenHang,
    /// Sends the body byte by byte.
    Drip {
        /// The body.
        body: Vec<u8>,
        /// The wait before each byte.
        every: Duration,
    },
    /// Waits, then does the other thing.
    After(Duration, Box<Answer>),
}

impl Answer {
    /// An answer of a status and a body.
    pub fn reply(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::Reply { status, reason: None, headers: Vec::new(), body: body.into() }
    }

    /// Adds a header to a [`Reply`](Self::Reply); other answers have none.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let Self::Reply { headers, .. } = &mut self {
            headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }
}

/// A running server; it stops when dropped.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    acceptor: Option<JoinHandle<()>>,
}

struct Shared {
    script: Vec<Answer>,
    received: Mutex<Vec<Received>>,
    arrived: Condvar,
    stopped: AtomicBool,
}

impl Server {
    /// Starts a server on a free port.
    pub fn start(script: impl Into<Vec<Answer>>) -> io::Result<Self> {
        Self::start_on(0, script)
    }

    /// Starts a server on the given port.
    pub fn start_on(port: u16, script: impl Into<Vec<Answer>>) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port))?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            script: script.into(),
            received: Mutex::default(),
            arrived: Condvar::new(),
            stopped: AtomicBool::new(false),
        });
        let accepting = Arc::clone(&shared);
        let acceptor = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if accepting.stopped.load(Ordering::SeqCst) {
                    break;
                }
                if let Ok(stream) = stream {
                    let shared = Arc::clone(&accepting);
                    std::thread::spawn(move || shared.serve(stream));
                }
            }
        });
        Ok(Self { address, shared, acceptor: Some(acceptor) })
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// What has arrived so far.
    pub fn received(&self) -> Vec<Received> {
        self.shared.received.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until so many requests have arrived.
    pub fn wait_for(&self, requests: usize, at_most: Duration) -> bool {
        let deadline = Instant::now() + at_most;
        let mut received = self.shared.received.lock().unwrap_or_else(PoisonError::into_inner);
        while received.len() < requests {
            let Some(left) = deadline.checked_duration_since(Instant::now()) else { return false };
            received = self.shared.arrived.wait_timeout(received, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        true
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::SeqCst);
        // Wakes the acceptor.
        drop(TcpStream::connect(self.address));
        // The port is free when the server is gone.
        if let Some(acceptor) = self.acceptor.take() {
            _ = acceptor.join();
        }
    }
}

impl Shared {
    fn serve(&self, stream: TcpStream) {
        let Ok(mut writer) = stream.try_clone() else { return };
        let mut reader = BufReader::new(stream);
        while let Ok(Some(request)) = read_request(&mut reader) {
            let number = {
                let mut received = self.received.lock().unwrap_or_else(PoisonError::into_inner);
                received.push(request);
                self.arrived.notify_all();
                received.len() - 1
            };
            let Some(answer) = self.script.get(number).or(self.script.last()) else { return };
            if !matches!(self.perform(answer, &mut writer), Ok(true)) {
                return;
            }
        }
    }

    /// Gives whether the connection goes on.
    fn perform(&self, answer: &Answer, stream: &mut TcpStream) -> io::Result<bool> {
        match answer {
            Answer::Reply { status, reason, headers, body } => {
                let reason = reason.as_deref().unwrap_or_else(|| usual_reason(*status));
                let mut head = format!("HTTP/1.1 {status} {reason}\r\n");
                for (name, value) in headers {
                    head.push_str(&format!("{name}: {value}\r\n"));
                }
                if !matches!(status, 204 | 304) {
                    head.push_str(&format!("content-length: {}\r\n", body.len()));
                }
                head.push_str("\r\n");
                stream.write_all(&[head.as_bytes(), body].concat())?;
                Ok(true)
            }
            Answer::Raw(bytes) => stream.write_all(bytes).map(|()| false),
            Answer::Close => Ok(false),
            Answer::Reset => {
                // Closing with unread data makes the kernel send a reset; ask for it in any case.
                let socket = socket2::SockRef::from(&*stream);
                socket.set_linger(Some(Duration::ZERO))?;
                Ok(false)
            }
            Answer::Hang => {
                self.hang();
                Ok(false)
            }
            Answer::Partial(body) => {
                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len() + 50);
                stream.write_all(&[head.as_bytes(), body].concat())?;
                std::thread::sleep(Duration::from_millis(30));
                Ok(false)
            }
            Answer::HeadThenHang => {
                stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n")?;
                self.hang();
                Ok(false)
            }
            Answer::Drip { body, every } => {
                stream.write_all(format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len()).as_bytes())?;
                for byte in body {
                    stream.write_all(&[*byte])?;
                    std::thread::sleep(*every);
                }
                Ok(true)
            }
            Answer::After(wait, then) => {
                std::thread::sleep(*wait);
                self.perform(then, stream)
            }
        }
    }

    fn hang(&self) {
        while !self.stopped.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

fn read_request(reader: &mut BufReader<TcpStream>) -> io::Result<Option<Received>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut parts = line.split_whitespace().map(str::to_owned);
    let (Some(method), Some(target)) = (parts.next(), parts.next()) else { return Ok(None) };
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let line = line.trim_end_matches(['\r', '\n']);
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    let length = headers.iter().find(|(name, _)| name == "content-length").and_then(|(_, value)| value.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body)?;
    Ok(Some(Received { method, target, headers, body }))
}

fn usual_reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "Status",
    }
}
