//! What a signature costs: allocations in every run, time when asked for.

#![allow(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

use http::{HeaderMap, HeaderValue};
use kinesisvideo_runtime::credentials::Credentials;
use kinesisvideo_runtime::sigv4::{self, Payload, SignableRequest, SigningHeaders, SigningKeyCache, SigningParams};
use std::hint::black_box;
use std::time::{Duration, Instant, UNIX_EPOCH};

const BODY: &[u8] = br#"{"channelArn":"arn:aws:kinesisvideo:us-west-2:123456789012:channel/demo/1700000000000"}"#;

/// Signs what a client sends most, with the key kept.
struct Typical {
    headers: HeaderMap,
    credentials: Credentials,
    keys: SigningKeyCache,
}

impl Typical {
    /// Has signed once, so that the key is there.
    fn new(session_token: &str) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert("content-type", HeaderValue::from_static("application/json"));
        headers.insert("user-agent", HeaderValue::from_static("kinesisvideo-rust/0.1.0 os/linux"));
        let credentials = Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
            .with_session_token(session_token);
        let typical = Self { headers, credentials, keys: SigningKeyCache::new() };
        typical.sign();
        typical
    }

    fn sign(&self) -> SigningHeaders {
        let request = SignableRequest::new("POST", "/joinStorageSession")
            .host("m-a1b2c3d4.kinesisvideo.us-west-2.amazonaws.com")
            .headers(&self.headers)
            .payload(Payload::Bytes(BODY));
        let time = UNIX_EPOCH + Duration::from_secs(1_715_344_496);
        let params = SigningParams::new(&self.credentials, "us-west-2", "kinesisvideo", time).keys(&self.keys);
        sigv4::sign(black_box(&request), &params).unwrap()
    }
}

/// One for each header that carries a part of the signature, one for the text that is signed, and nothing else.
#[test]
fn a_signature_allocates_its_headers_and_its_text_only() {
    for (session_token, expected) in [("", 4), ("a-session-token", 5)] {
        let typical = Typical::new(session_token);
        let allocations = allocation_counter::measure(|| drop(black_box(typical.sign()))).count_total;
        assert_eq!(allocations, expected, "session token {session_token:?}");
    }
}

/// Run by hand on a quiet machine: `cargo test --release --test sigv4_cost -- --ignored --nocapture`.
#[test]
#[ignore = "measures time: run it by hand, in release"]
fn a_signature_takes_little_more_than_its_hashes() {
    let typical = Typical::new("");
    let best = (0..50)
        .map(|_| {
            let start = Instant::now();
            (0..10_000).for_each(|_| drop(black_box(typical.sign())));
            start.elapsed() / 10_000
        })
        .min()
        .unwrap();
    println!("{best:?} a signature");
    // Measured 1.07 µs on a server of 2023 with SHA instructions; about half of it is SHA-256.
    assert!(best < Duration::from_nanos(2_200), "{best:?}");
}
