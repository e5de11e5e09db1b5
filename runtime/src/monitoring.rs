//! Client-side monitoring: a datagram for every attempt and every call, as AWS SDK for JavaScript v2 publishes them.
//!
//! The agent that collects them listens on UDP port 31000 of the same machine unless told otherwise. A datagram that cannot
//! be sent is dropped, and none ever carries a session token.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs, UdpSocket};
use std::sync::{Arc, Once, OnceLock};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Map, Value};

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
        event.insert("Fqdn".to_owned(), attempt.host.into());
        event.insert("AttemptLatency".to_owned(), milliseconds(attempt.latency));
        if let Some(access_key_id) = attempt.access_key_id {
            event.insert("AccessKey".to_owned(), access_key_id.into());
        }
        if let Some(response) = attempt.response {
            event.insert("HttpStatusCode".to_owned(), response.status.as_u16().into());
            for (name, header) in [
                ("XAmznRequestId", "x-amzn-requestid"),
                ("XAmzRequestId", "x-amz-request-id"),
                ("XAmzId2", "x-amz-id-2"),
            ] {
                if let Some(value) = response.headers.get(header).and_then(|value| value.to_str().ok()) {
                    event.insert(name.to_owned(), value.into());
                }
            }
        }
        add_exception(&mut event, "", attempt.exception.as_ref());
        self.send(event);
    }

    pub(crate) fn call(&self, subject: Subject<'_>, call: &CallEvent) {
        let mut event = self.event("ApiCall", subject, call.began);
        event.insert("MaxRetriesExceeded".to_owned(), u32::from(call.retries_exceeded).into());
        event.insert("AttemptCount".to_owned(), call.attempts.into());
        event.insert("Latency".to_owned(), milliseconds(call.latency));
        if let Some(status) = call.status {
            event.insert("FinalHttpStatusCode".to_owned(), status.into());
        }
        add_exception(&mut event, "Final", call.exception.as_ref());
        self.send(event);
    }

    fn event(&self, kind: &str, subject: Subject<'_>, began: SystemTime) -> Map<String, Value> {
        let timestamp = began.duration_since(UNIX_EPOCH).unwrap_or_default();
        [
            ("Type", kind.into()),
            ("Api", subject.operation.name.into()),
            ("Version", 1.into()),
            ("Service", subject.operation.service.sdk_id.into()),
            ("Region", subject.region.into()),
            ("UserAgent", cut(subject.user_agent, 256).into()),
            ("Timestamp", milliseconds(timestamp)),
            ("ClientId", cut(&self.settings.client_id, 255).into()),
        ]
        .into_iter()
        .map(|(name, value): (&str, Value)| (name.to_owned(), value))
        .collect()
    }

    fn send(&self, event: Map<String, Value>) {
        let datagram = Value::Object(event).to_string();
        if datagram.len() > LARGEST_DATAGRAM {
            return;
        }
        self.started.call_once(|| self.open());
        if let Some(Some((socket, agent))) = self.socket.get() {
            // Monitoring must not disturb the call: what cannot be sent is lost.
            _ = socket.send_to(datagram.as_bytes(), agent);
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

fn add_exception(event: &mut Map<String, Value>, prefix: &str, exception: Option<&Exception>) {
    if let Some(Exception { code, message, by_service }) = exception {
        let kind = if *by_service { "Aws" } else { "Sdk" };
        event.insert(format!("{prefix}{kind}Exception"), cut(code, 128).into());
        event.insert(format!("{prefix}{kind}ExceptionMessage"), cut(message, 512).into());
    }
}

fn milliseconds(duration: Duration) -> Value {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX).into()
}

fn cut(text: &str, characters: usize) -> &str {
    text.char_indices().nth(characters).map_or(text, |(end, _)| text.get(..end).unwrap_or(text))
}
