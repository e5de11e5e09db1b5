//! Canonical requests and strings to sign.

use super::ALGORITHM;
use super::TERMINATOR;
use super::date::AmzDate;
use super::encode::hex;
use super::headers::HeaderList;
use super::path::write_path;
use super::payload::PayloadText;
use super::request::SignableRequest;
use super::settings::SigningSettings;
use super::sink::Sink;
use sha2::{Digest, Sha256};

/// A request in the one form that signer and verifier agree on.
pub(super) struct CanonicalRequest<'a> {
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    pub(super) settings: &'a SigningSettings,
    /// Canonical already.
    pub(super) query: &'a str,
    pub(super) headers: &'a HeaderList<'a>,
    pub(super) payload: &'a PayloadText<'a>,
}

impl<'a> CanonicalRequest<'a> {
    pub(super) fn new(
        request: &SignableRequest<'a>,
        settings: &'a SigningSettings,
        query: &'a str,
        headers: &'a HeaderList<'a>,
        payload: &'a PayloadText<'a>,
    ) -> Self {
        Self { method: request.method, path: request.path, settings, query, headers, payload }
    }

    pub(super) fn write(&self, sink: &mut impl Sink) {
        sink.put(self.method.as_bytes());
        sink.put(b"\n");
        write_path(self.path, self.settings, sink);
        sink.put(b"\n");
        sink.put(self.query.as_bytes());
        sink.put(b"\n");
        self.headers.write_lines(sink);
        sink.put(b"\n");
        self.headers.write_names(sink);
        sink.put(b"\n");
        sink.put(self.payload.as_bytes());
    }
}

/// What a signing key is for, and a credential says it is for.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) day: [u8; 8],
    pub(super) region: &'a str,
    pub(super) service: &'a str,
}

impl Scope<'_> {
    pub(super) fn write(&self, sink: &mut impl Sink) {
        sink.put(&self.day);
        for part in [self.region, self.service, TERMINATOR] {
            sink.put(b"/");
            sink.put(part.as_bytes());
        }
    }

    /// How many bytes [`write`](Self::write) writes.
    pub(super) fn length(&self) -> usize {
        self.day.len() + self.region.len() + self.service.len() + TERMINATOR.len() + 3
    }
}

/// What is signed: date, scope, and the hash of the canonical request.
pub(super) struct StringToSign<'a> {
    pub(super) date: AmzDate,
    pub(super) scope: Scope<'a>,
    hash: [u8; 64],
}

impl<'a> StringToSign<'a> {
    pub(super) fn new(date: AmzDate, scope: Scope<'a>, request: &CanonicalRequest<'_>) -> Self {
        let mut hash = Sha256::new();
        request.write(&mut hash);
        Self { date, scope, hash: hex(&hash.finalize().into()) }
    }

    pub(super) fn write(&self, sink: &mut impl Sink) {
        sink.put(ALGORITHM.as_bytes());
        sink.put(b"\n");
        sink.put(self.date.as_bytes());
        sink.put(b"\n");
        self.scope.write(sink);
        sink.put(b"\n");
        sink.put(&self.hash);
    }
}
