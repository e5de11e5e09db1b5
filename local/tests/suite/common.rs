//! A client of a few lines, so that tests say and see every byte.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use kinesisvideo_local::LocalService;
use serde_json::Value;

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// Status, error code and message: all a caller learns from an error.
    pub(crate) fn error(&self) -> (u16, &str, String) {
        let body = self.json();
        let message = body.get("message").or(body.get("Message")).and_then(Value::as_str).unwrap_or_default();
        (self.status, self.header("x-amzn-errortype").unwrap_or_default(), message.to_owned())
    }
}

/// The `host:port` of a service.
pub(crate) fn authority(service: &LocalService) -> &str {
    service.url().strip_prefix("http://").unwrap()
}

/// A connection that fails a test rather than hang it.
pub(crate) fn connect(service: &LocalService) -> TcpStream {
    let socket = TcpStream::connect(authority(service)).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    socket.set_write_timeout(Some(Duration::from_secs(20))).unwrap();
    socket
}

/// The text of a POST request.
pub(crate) fn post(service: &LocalService, path: &str, headers: &[(&str, &str)], body: &str) -> String {
    let mut text =
        format!("POST {path} HTTP/1.1\r\nhost: {}\r\ncontent-length: {}\r\n", authority(service), body.len());
    for (name, value) in headers {
        text += &format!("{name}: {value}\r\n");
    }
    text + "connection: close\r\n\r\n" + body
}

/// Sends bytes on a connection of their own and reads until its end; an empty answer is one without a byte.
pub(crate) fn exchange(service: &LocalService, request: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut socket = connect(service);
    socket.write_all(request)?;
    let mut answer = Vec::new();
    socket.read_to_end(&mut answer)?;
    Ok(answer)
}

/// Sends a request and reads its answer.
pub(crate) fn send(service: &LocalService, request: &str) -> Reply {
    parse(&exchange(service, request.as_bytes()).unwrap())
}

/// Posts JSON without a signature.
pub(crate) fn call(service: &LocalService, path: &str, body: &str) -> Reply {
    send(service, &post(service, path, &[], body))
}

/// Takes an answer apart.
pub(crate) fn parse(answer: &[u8]) -> Reply {
    let end = answer.windows(4).position(|w| w == b"\r\n\r\n").expect("an answer with a head");
    let head = std::str::from_utf8(&answer[..end]).unwrap();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers = lines.map(|l| l.split_once(": ").unwrap()).map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
    Reply { status, headers, body: answer[end + 4..].to_vec() }
}
