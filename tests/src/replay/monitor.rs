//! The agent that collects monitoring data.

use std::io;
use std::net::UdpSocket;
use std::time::{Duration, Instant};

use serde_json::Value;

/// A socket that monitoring data is sent to.
pub(super) struct Monitor(UdpSocket);

/// How long data may be on its way after a call has ended.
const LATE: Duration = Duration::from_millis(150);

/// What differs from run to run.
const VARYING: [&str; 3] = ["Timestamp", "Latency", "AttemptLatency"];

impl Monitor {
    pub(super) fn start(port: u16) -> io::Result<Self> {
        let deadline = Instant::now() + Duration::from_secs(30);
        loop {
            match UdpSocket::bind(("127.0.0.1", port)) {
                Err(error) if error.kind() == io::ErrorKind::AddrInUse && Instant::now() < deadline => {
                    std::thread::sleep(Duration::from_millis(20));
                }
                Err(error) => return Err(io::Error::new(error.kind(), format!("UDP port {port}: {error}"))),
                Ok(socket) => {
                    socket.set_read_timeout(Some(LATE))?;
                    return Ok(Self(socket));
                }
            }
        }
    }

    /// What came, attempts before calls. Of what differs from run to run, only the kind is kept.
    pub(super) fn events(&self) -> Result<Vec<Value>, super::Failure> {
        let mut events = Vec::new();
        let mut datagram = [0; 65_536];
        while let Ok(length) = self.0.recv(&mut datagram) {
            let mut event: Value = serde_json::from_slice(&datagram[..length])?;
            for name in VARYING {
                if let Some(value) = event.get_mut(name) {
                    *value = format!("{}:{}", kind(value), if value.is_u64() { "int>=0" } else { "?" }).into();
                }
            }
            events.push(event);
        }
        events.sort_by(|a, b| b["Type"].as_str().cmp(&a["Type"].as_str()));
        Ok(events)
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Bool(_) => "boolean",
        _ => "object",
    }
}
