//! Client-side monitoring: a datagram for every attempt and every call, as AWS SDK for JavaScript v2 publishes them.
//!
//! The agent that collects them listens on UDP port 31000 of the same machine unless told otherwise. A datagram that cannot
//! be sent is dropped, and none ever carries a session token.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs, UdpSocket};
use std::sync::{Arc, Once, OnceLock};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::http::Response;
use crate::operation::OperationMeta;

/// Where monitoring data goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Monitoring {
    host: String,
    port: u16,
    client_id: String,
}

impl Default for Monitoring {
    /// The agent of this machine: `127.0.0.1`, port 31000, no client ID.
    fn default() -> Self {
        Self { host: "127.0.0.1".to_owned(), port: 31_000, client_id: String::new() }
    }
}

impl Monitoring {
    /// Sets the agent's host; `127.0.0.1` by default. A name is looked up in the background, and what happens until it is found
    /// is not published.
    #[must_use]
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.host = host.into();
        self
    }

    /// Sets the agent's port; 31000 by default.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Sets the name of this program in the data, cut to 255 characters; empty by default.
    #[must_use]
    pub fn client_id(mut self, client_id: impl Into<String>) -> Self {
        self.client_id = client_id.into();
        self
    }
}

/// The agent drops longer datagrams.
const LARGEST_DATAGRAM: usize = 8192;

/// Sends events to the agent.
#[derive(Debug)]
pub(crate) struct Monitor {
    settings: Monitoring,
    /// The socket, and the agent's address.
    socket: Arc<OnceLock<Option<(UdpSocket, SocketAddr)>>>,
    started: Once,
}

/// What attempts and calls have in common.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub(crate) operation: &'static OperationMeta,
    pub(crate) region: &'a str,
    pub(crate) user_agent: &'a str,
}

/// An error's code and message, and whether it is the service's.
#[derive(Clone)]
pub(crate) struct Exception {
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) by_service: bool,
}

/// One attempt.
pub(crate) struct AttemptEvent<'a> {
    pub(crate) host: &'a str,
    pub(crate) access_key_id: Option<&'a str>,
    pub(crate) response: Option<&'a Response>,
    pub(crate) exception: Option<Exception>,
    pub(crate) began: SystemTime,
    pub(crate) latency: Duration,
}

/// A whole call.
pub(crate) struct CallEvent {
    pub(crate) attempts: u32,
    pub(crate) retries_exceeded: bool,
    pub(crate) status: Option<u16>,
    pub(crate) exception: Option<Exception>,
    pub(crate) began: SystemTime,
    pub(crate) latency: Duration,
}

impl Monitor {
    pub(crate) fn new(settings: Monitoring) -> Self {
        Self { settings, socket: Arc::default(), started: Once::new() }
    }

    pub(crate) fn attempt(&self, subject: Subject<'_>, attempt: &AttemptEvent<'_>) {
        let mut event = self.event("ApiCallAttempt", subject, attempt.began);
        event.text("Fqdn", attempt.host);
        event.number("AttemptLatency", milliseconds(attempt.latency));
        if let Some(access_key_id) = attempt.access_key_id {
            event.text("AccessKey", access_key_id);
        }
        if let Some(response) = attempt.response {
            event.number("HttpStatusCode", response.status.as_u16());
            for (name, header) in [
                ("XAmznRequestId", "x-amzn-requestid"),
                ("XAmzRequestId", "x-amz-request-id"),
                ("XAmzId2", "x-amz-id-2"),
            ] {
                if let Some(value) = response.headers.get(header).and_then(|value| value.to_str().ok()) {
                    event.text(name, value);
                }
            }
        }
        add_exception(&mut event, "", attempt.exception.as_ref());
        self.send(event);
    }

    pub(crate) fn call(&self, subject: Subject<'_>, call: &CallEvent) {
        let mut event = self.event("ApiCall", subject, call.began);
        event.number("MaxRetriesExceeded", call.retries_exceeded);
        event.number("AttemptCount", call.attempts);
        event.number("Latency", milliseconds(call.latency));
        if let Some(status) = call.status {
            event.number("FinalHttpStatusCode", status);
        }
        add_exception(&mut event, "Final", call.exception.as_ref());
        self.send(event);
    }

    fn event(&self, kind: &str, subject: Subject<'_>, began: SystemTime) -> Event {
        let mut event = Event::default();
        event.text("Type", kind);
        event.text("Api", subject.operation.name);
        event.number("Version", 1_u8);
        event.text("Service", subject.operation.service.sdk_id);
        event.text("Region", subject.region);
        event.text("UserAgent", cut(subject.user_agent, 256));
        event.number("Timestamp", milliseconds(began.duration_since(UNIX_EPOCH).unwrap_or_default()));
        event.text("ClientId", cut(&self.settings.client_id, 255));
        event
    }

    fn send(&self, event: Event) {
        let datagram = event.finish();
        if datagram.len() > LARGEST_DATAGRAM {
            return;
        }
        self.started.call_once(|| self.open());
        if let Some(Some((socket, agent))) = self.socket.get() {
            // Monitoring must not disturb the call: what cannot be sent is lost.
            _ = socket.send_to(&datagram, agent);
        }
    }

    /// Opens the socket: at once to an address, and on a thread to a name, as looking one up may take its time.
    fn open(&self) {
        let (host, port) = (self.settings.host.clone(), self.settings.port);
        let address = if host == "localhost" { Some(Ipv4Addr::LOCALHOST.into()) } else { host.parse::<IpAddr>().ok() };
        match address {
            Some(address) => _ = self.socket.set(socket_to((address, port).into())),
            None => {
                let socket = Arc::clone(&self.socket);
                let look_up = move || {
                    let addresses = (host.as_str(), port).to_socket_addrs();
                    _ = socket.set(addresses.ok().and_then(|mut addresses| addresses.find_map(socket_to)));
                };
                _ = std::thread::Builder::new().name("monitoring".to_owned()).spawn(look_up);
            }
        }
    }
}

fn socket_to(agent: SocketAddr) -> Option<(UdpSocket, SocketAddr)> {
    let any: IpAddr = if agent.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    let socket = UdpSocket::bind((any, 0)).ok()?;
    socket.set_nonblocking(true).ok()?;
    Some((socket, agent))
}

/// The JSON of a datagram, written as it grows.
#[derive(Default)]
struct Event(Vec<u8>);

impl Event {
    fn text(&mut self, name: &str, value: &str) {
        let value = serde_json::to_vec(value).unwrap_or_default();
        self.member(name, &value);
    }

    fn number(&mut self, name: &str, value: impl Into<u64>) {
        self.member(name, value.into().to_string().as_bytes());
    }

    fn member(&mut self, name: &str, value: &[u8]) {
        let separator: &[u8] = if self.0.is_empty() { b"{\"" } else { b",\"" };
        for part in [separator, name.as_bytes(), b"\":", value] {
            self.0.extend_from_slice(part);
        }
    }

    fn finish(mut self) -> Vec<u8> {
        self.0.push(b'}');
        self.0
    }
}

fn add_exception(event: &mut Event, prefix: &str, exception: Option<&Exception>) {
    if let Some(Exception { code, message, by_service }) = exception {
        let kind = if *by_service { "Aws" } else { "Sdk" };
        event.text(&format!("{prefix}{kind}Exception"), cut(code, 128));
        event.text(&format!("{prefix}{kind}ExceptionMessage"), cut(message, 512));
    }
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

fn cut(text: &str, characters: usize) -> &str {
    text.char_indices().nth(characters).map_or(text, |(end, _)| text.get(..end).unwrap_or(text))
}
