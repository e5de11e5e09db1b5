//! A server on loopback that answers request number `n` with answer number `n` of a script (the last one repeats) and
//! records what it received, byte for byte where it matters.

mod answer;
mod connection;
mod router;

use std::io::{self, BufReader, Read};
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

pub use answer::{Answer, Pace, Reply};
pub use connection::Received;
use connection::{Acceptor, Connection, listen, read_request};
pub use router::Router;

/// A running server; it stops when dropped.
pub struct Server {
    shared: Arc<Shared>,
    acceptors: Vec<Acceptor>,
}

struct Shared {
    script: Vec<Answer>,
    received: Mutex<Vec<Received>>,
    arrived: Condvar,
    stopped: AtomicBool,
    /// Connections so far, and how many of them are open.
    connections: AtomicUsize,
    open: AtomicUsize,
}

/// How a connection comes to a server.
#[derive(Clone, Copy)]
enum Via<'a> {
    Direct,
    /// Through a proxy that is asked for whole URLs.
    Proxy,
    /// Through a tunnel of a proxy to this scheme and authority.
    Tunnel(&'a str),
}

impl Server {
    /// Starts a server on a free port.
    pub fn start(script: impl Into<Vec<Answer>>) -> io::Result<Self> {
        Self::start_on([0], script)
    }

    /// Starts a server that follows one script on several ports. A port that is taken is waited for, half a minute at most.
    pub fn start_on(ports: impl IntoIterator<Item = u16>, script: impl Into<Vec<Answer>>) -> io::Result<Self> {
        let shared = Arc::new(Shared {
            script: script.into(),
            received: Mutex::default(),
            arrived: Condvar::new(),
            stopped: AtomicBool::new(false),
            connections: AtomicUsize::new(0),
            open: AtomicUsize::new(0),
        });
        let acceptors = ports.into_iter().map(|port| {
            let listener = listen(port, Duration::from_secs(30))?;
            let (shared, port) = (Arc::clone(&shared), listener.local_addr()?.port());
            Acceptor::start(listener, move |stream| shared.serve(stream, port, Via::Direct))
        });
        Ok(Self { acceptors: acceptors.collect::<io::Result<_>>()?, shared })
    }

    /// `http://127.0.0.1:PORT`, of the first port.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port())
    }

    /// The first port.
    pub fn port(&self) -> u16 {
        self.acceptors.first().map(|acceptor| acceptor.address.port()).unwrap_or_default()
    }

    /// What has arrived so far.
    pub fn received(&self) -> Vec<Received> {
        self.shared.received.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How many connections have been made to it.
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// How many of them neither side has closed.
    pub fn open_connections(&self) -> usize {
        self.shared.open.load(Ordering::SeqCst)
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
    }
}

impl Shared {
    /// Answers the requests of one connection to a port.
    fn serve(&self, connection: impl Connection, port: u16, via: Via<'_>) {
        self.connections.fetch_add(1, Ordering::SeqCst);
        self.open.fetch_add(1, Ordering::SeqCst);
        self.answer(connection, port, via);
        self.open.fetch_sub(1, Ordering::SeqCst);
    }

    fn answer(&self, connection: impl Connection, port: u16, via: Via<'_>) {
        let mut reader = BufReader::new(connection);
        while let Ok(Some(mut request)) = read_request(&mut reader) {
            request.port = port;
            match via {
                Via::Direct => {}
                Via::Proxy => split_origin(&mut request),
                Via::Tunnel(origin) => request.origin = Some(origin.to_owned()),
            }
            let number = {
                let mut received = self.received.lock().unwrap_or_else(PoisonError::into_inner);
                received.push(request);
                self.arrived.notify_all();
                received.len() - 1
            };
            let Some(answer) = self.script.get(number).or(self.script.last()) else { return };
            if !matches!(self.perform(answer, reader.get_mut()), Ok(true)) {
                if matches!(answer, Answer::Reply(_)) {
                    linger(reader.get_ref().socket());
                }
                return;
            }
        }
    }

    /// Gives whether the connection goes on.
    fn perform(&self, answer: &Answer, connection: &mut impl Connection) -> io::Result<bool> {
        match answer {
            Answer::Reply(reply) => reply.send(connection),
            Answer::Raw(bytes) => connection.write_all(bytes).map(|()| false),
            Answer::Close => Ok(false),
            Answer::Reset => {
                // Closing with unread data makes the kernel send a reset; ask for it in any case.
                socket2::SockRef::from(connection.socket()).set_linger(Some(Duration::ZERO))?;
                Ok(false)
            }
            Answer::Hang => {
                self.hang(connection.socket())?;
                Ok(false)
            }
            Answer::HeadThenHang => {
                connection.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n")?;
                connection.flush()?;
                self.hang(connection.socket())?;
                Ok(false)
            }
            Answer::After(wait, then) => {
                std::thread::sleep(*wait);
                self.perform(then, connection)
            }
        }
    }

    /// Does nothing until the server stops or the client closes the connection.
    fn hang(&self, socket: &TcpStream) -> io::Result<()> {
        socket.set_read_timeout(Some(Duration::from_millis(5)))?;
        while !self.stopped.load(Ordering::SeqCst) {
            match socket.peek(&mut [0]) {
                Ok(0) => break,
                // What a client sends meanwhile is not read.
                Ok(_) => std::thread::sleep(Duration::from_millis(5)),
                Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

/// Ends a connection so that the client sees the end of what was sent: closing it with unread data would reset it.
fn linger(mut socket: &TcpStream) {
    _ = socket.shutdown(Shutdown::Write);
    _ = socket.set_read_timeout(Some(Duration::from_millis(200)));
    let mut unread = [0; 1024];
    while matches!(socket.read(&mut unread), Ok(1..)) {}
}

/// A request to a proxy in clear names its whole URL: the server behind it is asked for the path.
fn split_origin(request: &mut Received) {
    let path = request
        .target
        .find("://")
        .and_then(|scheme| request.target[scheme + 3..].find('/').map(|slash| scheme + 3 + slash));
    if let Some(path) = path {
        let target = request.target.split_off(path);
        request.origin = Some(std::mem::replace(&mut request.target, target));
    }
}
