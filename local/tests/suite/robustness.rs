//! Whatever comes in on a socket, the service goes on.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use kinesisvideo_local::{Limits, LocalService, Quotas, Verification};
use serde_json::json;

use crate::common::{authority, call, connect, exchange, parse, post, send};

const JOIN: &str = "/joinStorageSession";

fn service(limits: Limits) -> LocalService {
    let builder = LocalService::builder().verification(Verification::Off).quotas(Quotas::unlimited());
    builder.limits(limits).channel("demo").start_blocking().unwrap()
}

fn assert_serves(service: &LocalService) {
    let body = json!({ "channelArn": service.channel_arn("demo").unwrap() }).to_string();
    assert_eq!(call(service, JOIN, &body).status, 200);
}

/// A generator of numbers that are the same in every run (xorshift64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }

    fn bytes(&mut self, longest: usize) -> Vec<u8> {
        (0..self.below(longest)).map(|_| self.next().to_le_bytes()[0]).collect()
    }
}

/// A request that no client should send.
fn garbage(numbers: &mut Numbers) -> Vec<u8> {
    let head = format!("POST {JOIN} HTTP/1.1\r\nhost: x\r\n").into_bytes();
    let text = |tail: &str| [head.as_slice(), tail.as_bytes()].concat();
    let junk = numbers.bytes(200);
    match numbers.below(16) {
        0 => numbers.bytes(2000),
        1 => text("no colon here\r\n\r\n"),
        2 => [head.as_slice(), b"x: ", &junk, b"\r\n\r\n"].concat(),
        3 => text(&format!("x: {}\r\n\r\n", "y".repeat(100_000))),
        4 => text(&(0..2000).map(|i| format!("x{i}: 1\r\n")).chain(["\r\n".to_owned()]).collect::<String>()),
        5 => text("content-length: -1\r\n\r\n{}"),
        6 => text("content-length: 2\r\ncontent-length: 3\r\n\r\n{}"),
        7 => text("content-length: 99999999999999999999999\r\n\r\n{}"),
        8 => text("content-length: 10000000000\r\n\r\n{\"channelArn\":"),
        9 => [head.as_slice(), b"transfer-encoding: chunked\r\n\r\nzz\r\n", &junk].concat(),
        10 => [head.as_slice(), b"content-length: 200\r\n\r\n", &junk].concat(),
        11 => [b"POST /", junk.as_slice(), b" HTTP/1.1\r\n\r\n"].concat(),
        12 => b"POST /%ff%00%zz?%=&&= HTTP/9.9\r\n\r\n".to_vec(),
        13 => {
            // Bad UTF-8 in a body that is otherwise in order, then junk in the same connection.
            let bad = [head.as_slice(), b"content-length: 6\r\n\r\n{\"\xff\xfe\"}"].concat();
            [bad.as_slice(), &bad, &junk, &bad].concat()
        }
        14 => {
            let deep = "[".repeat(50_000);
            text(&format!("content-length: {}\r\n\r\n{{\"x\":{deep}", deep.len() + 5))
        }
        _ => {
            let mut cut = text("authorization: AWS4-HMAC-SHA256 Credential=////\r\ncontent-length: 2\r\n\r\n{}");
            cut.truncate(numbers.below(cut.len()));
            cut
        }
    }
}

#[test]
fn a_thousand_garbage_requests_leave_it_serving() {
    let limits = Limits::default().head_timeout(Duration::from_secs(2)).body_timeout(Duration::from_secs(1));
    let service = service(limits);
    let start = Instant::now();
    thread::scope(|scope| {
        for worker in 0..8u64 {
            let service = &service;
            scope.spawn(move || {
                let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15 ^ (worker + 1));
                for _ in 0..125 {
                    let mut socket = connect(service);
                    // The service may have closed the connection before all of it is written.
                    let _ = socket.write_all(&garbage(&mut numbers));
                    if numbers.below(4) == 0 {
                        continue;
                    }
                    let _ = socket.shutdown(Shutdown::Write);
                    let mut answer = Vec::new();
                    let _ = socket.read_to_end(&mut answer);
                    assert!(!answer.starts_with(b"HTTP/1.1 5"), "{}", String::from_utf8_lossy(&answer));
                }
            });
        }
    });
    assert_serves(&service);
    assert!(service.sessions().iter().all(|s| s.viewers.is_empty()));
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

#[test]
fn half_requests_do_not_hold_its_connections() {
    let limits = Limits::default().connections(8).head_timeout(Duration::from_millis(300));
    let service = service(limits.body_timeout(Duration::from_millis(300)));
    let half = |text: &str| {
        let mut socket = connect(&service);
        socket.write_all(text.as_bytes()).unwrap();
        socket
    };
    let head = format!("POST {JOIN} HTTP/1.1\r\nhost: x\r\n");
    let sockets: Vec<TcpStream> = (0..16)
        .map(|i| match i % 3 {
            0 => half(""),
            1 => half(&head),
            _ => half(&format!("{head}content-length: 10\r\n\r\n{{")),
        })
        .collect();
    assert_serves(&service);
    drop(sockets);
}

#[test]
fn a_body_that_does_not_come_is_answered() {
    let service = service(Limits::default().body_timeout(Duration::from_millis(100)));
    let mut socket = connect(&service);
    write!(socket, "POST {JOIN} HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n{{").unwrap();
    let mut answer = Vec::new();
    socket.read_to_end(&mut answer).unwrap();
    let reply = parse(&answer);
    assert_eq!((reply.error().0, reply.error().1), (408, "RequestTimeoutException"));
    assert_eq!(reply.header("connection"), Some("close"));
    assert_eq!(service.requests()[0].status, Some(408));
}

#[test]
fn a_body_over_the_limit_is_refused() {
    let service = service(Limits::default().body_bytes(1000));
    let at_the_limit = send(&service, &post(&service, JOIN, &[], &" ".repeat(1000)));
    assert_eq!(at_the_limit.error().1, "SerializationException");
    for size in [1001, 3_000_000] {
        let reply = send(&service, &post(&service, JOIN, &[], &" ".repeat(size)));
        assert_eq!((reply.error().0, reply.error().1), (413, "RequestEntityTooLargeException"));
    }
    let chunk = format!("400\r\n{}\r\n", "x".repeat(1024));
    let request = format!("POST {JOIN} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n{chunk}0\r\n\r\n");
    assert_eq!(send(&service, &request).status, 413);
}

#[test]
fn a_client_that_asks_first_is_told_before_it_sends_too_much() {
    let service = service(Limits::default().body_bytes(1000));
    let head =
        |size| format!("POST {JOIN} HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: {size}\r\n\r\n");
    let reply = parse(&exchange(&service, head(1001).as_bytes()).unwrap());
    assert_eq!(reply.status, 413);
    let mut socket = connect(&service);
    socket.write_all(head(2).as_bytes()).unwrap();
    let mut line = [0; 25];
    socket.read_exact(&mut line).unwrap();
    assert_eq!(&line, b"HTTP/1.1 100 Continue\r\n\r\n");
}

#[test]
fn requests_in_one_connection_are_answered_in_order() {
    let service = service(Limits::default());
    let request = |path: &str| format!("POST {path} HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{{}}");
    let last = "GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    let answer = exchange(&service, (request(JOIN) + &request("/nowhere") + last).as_bytes()).unwrap();
    let text = String::from_utf8(answer).unwrap();
    let statuses: Vec<_> = text.split("HTTP/1.1 ").skip(1).map(|rest| &rest[..3]).collect();
    assert_eq!(statuses, ["400", "404", "404"]);
}

#[test]
fn only_the_newest_requests_are_remembered() {
    let service = service(Limits::default().recorded_requests(2));
    for path in ["/a", "/b", "/c"] {
        call(&service, path, "");
    }
    let paths: Vec<_> = service.requests().into_iter().map(|r| r.path).collect();
    assert_eq!(paths, ["/b", "/c"]);
    service.clear_requests();
    assert!(service.requests().is_empty());
}

#[test]
fn shutting_down_answers_what_was_asked_and_frees_the_port() {
    let service = service(Limits::default());
    service.inject(kinesisvideo_local::Fault::delay(Duration::from_millis(200)));
    let address = authority(&service).to_owned();
    let _idle = connect(&service);
    let request = post(&service, JOIN, &[], "{}");
    let mut socket = connect(&service);
    socket.write_all(request.as_bytes()).unwrap();
    while service.requests().is_empty() {
        thread::sleep(Duration::from_millis(5));
    }
    service.shutdown_blocking();
    let mut answer = Vec::new();
    socket.read_to_end(&mut answer).unwrap();
    assert_eq!(parse(&answer).status, 400);
    assert!(TcpStream::connect(address).is_err());
}

#[test]
fn dropping_it_does_not_wait_for_clients() {
    let service = service(Limits::default());
    service.inject(kinesisvideo_local::Fault::hang());
    let mut socket = connect(&service);
    socket.write_all(post(&service, JOIN, &[], "{}").as_bytes()).unwrap();
    while service.requests().is_empty() {
        thread::sleep(Duration::from_millis(5));
    }
    let start = Instant::now();
    drop(service);
    assert!(start.elapsed() < Duration::from_secs(1));
    assert_eq!(socket.read(&mut [0]).unwrap_or(0), 0);
}
