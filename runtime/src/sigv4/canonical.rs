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
use sha2::{Digest, Sha256};

/// Room for most canonical requests without a session token.
const TYPICAL_LENGTH: usize = 512;

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

    pub(super) fn write(&self, text: &mut Vec<u8>) {
        text.extend_from_slice(self.method.as_bytes());
        text.push(b'\n');
        write_path(self.path, self.settings, text);
        text.push(b'\n');
        text.extend_from_slice(self.query.as_bytes());
        text.push(b'\n');
        self.headers.write_lines(text);
        text.push(b'\n');
        self.headers.write_names(text);
        text.push(b'\n');
        text.extend_from_slice(self.payload.as_bytes());
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
    pub(super) fn write(&self, text: &mut Vec<u8>) {
        text.extend_from_slice(&self.day);
        for part in [self.region, self.service, TERMINATOR] {
            text.push(b'/');
            text.extend_from_slice(part.as_bytes());
        }
    }

    /// How many bytes [`write`](Self::write) writes.
    pub(super) fn length(&self) -> usize {
        self.day.len() + self.region.len() + self.service.len() + TERMINATOR.len() + 3
    }
}

/// What is signed: date, scope, and the hash of the canonical request.
pub(super) struct StringToSign<'a> {
    pub(super) scope: Scope<'a>,
    pub(super) text: Vec<u8>,
}

impl<'a> StringToSign<'a> {
    pub(super) fn new(date: AmzDate, scope: Scope<'a>, request: &CanonicalRequest<'_>) -> Self {
        // Written in one piece and hashed at once: hashing piece by piece costs more than the memory does.
        let mut text = Vec::with_capacity(TYPICAL_LENGTH);
        request.write(&mut text);
        let hash = hex(&Sha256::digest(&text).into());
        text.clear();
        text.extend_from_slice(ALGORITHM.as_bytes());
        text.push(b'\n');
        text.extend_from_slice(date.as_bytes());
        text.push(b'\n');
        scope.write(&mut text);
        text.push(b'\n');
        text.extend_from_slice(&hash);
        Self { scope, text }
    }
}
