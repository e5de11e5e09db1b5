//! The body's part in a signature.

use super::encode::{hex, unhex};
use super::error::SigningError;
use super::header::header_value;
use http::HeaderValue;
use sha2::{Digest, Sha256};
use std::error::Error;
use std::fmt;

/// What a signature says of the body.
///
/// `Debug` shows the length of a body, not what is in it.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Payload<'a> {
    /// The whole body.
    Bytes(&'a [u8]),
    /// The hash of a body: computed once, it serves every attempt to send the same body.
    Hash(PayloadHash),
    /// `UNSIGNED-PAYLOAD`: the signature does not cover the body.
    Unsigned,
}

impl Payload<'_> {
    /// The value of `x-amz-content-sha256`.
    pub(crate) fn header(&self) -> Result<HeaderValue, SigningError> {
        header_value(self.text().as_bytes(), "payload hash")
    }

    /// What stands for the body in the canonical request and in `x-amz-content-sha256`.
    pub(super) fn text(&self) -> PayloadText<'static> {
        match self {
            Self::Bytes(body) => PayloadText::Hash(PayloadHash::of(body)),
            Self::Hash(hash) => PayloadText::Hash(*hash),
            Self::Unsigned => PayloadText::Literal("UNSIGNED-PAYLOAD"),
        }
    }
}

/// What stands for a body: its hash, or a word in place of one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum PayloadText<'a> {
    Hash(PayloadHash),
    Literal(&'a str),
}

impl PayloadText<'_> {
    pub(super) fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Hash(hash) => &hash.0,
            Self::Literal(word) => word.as_bytes(),
        }
    }
}

impl fmt::Debug for Payload<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(body) => write!(f, "Bytes({} bytes)", body.len()),
            Self::Hash(hash) => f.debug_tuple("Hash").field(hash).finish(),
            Self::Unsigned => f.write_str("Unsigned"),
        }
    }
}

/// The SHA-256 hash of a body in lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PayloadHash([u8; 64]);

impl PayloadHash {
    /// Hashes a body.
    #[must_use]
    pub fn of(body: &[u8]) -> Self {
        Self::of_digest(&Sha256::digest(body).into())
    }

    pub(crate) fn of_digest(digest: &[u8; 32]) -> Self {
        Self(hex(digest))
    }

    /// Takes a hash that was computed elsewhere.
    ///
    /// # Errors
    /// When it is not 64 lower-case hexadecimal digits.
    pub fn from_hex(digits: &str) -> Result<Self, InvalidPayloadHash> {
        match unhex(digits.as_bytes()) {
            Some(digest) => Ok(Self::of_digest(&digest)),
            None => Err(InvalidPayloadHash { length: digits.len() }),
        }
    }

    /// The 64 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Always ASCII, by construction.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Debug for PayloadHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text that is no [`PayloadHash`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidPayloadHash {
    length: usize,
}

impl fmt::Display for InvalidPayloadHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a payload hash is 64 lower-case hexadecimal digits; the {} characters given are not", self.length)
    }
}

impl Error for InvalidPayloadHash {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_known_ones() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(PayloadHash::of(b"").as_str(), empty);
        assert_eq!(PayloadHash::of(b"abc").as_str(), abc);
        assert_eq!(PayloadHash::from_hex(abc), Ok(PayloadHash::of(b"abc")));
    }

    #[test]
    fn what_is_no_hash_is_refused() {
        for text in ["", "abc", "UNSIGNED-PAYLOAD", &"A".repeat(64), &"a".repeat(65)] {
            let error = PayloadHash::from_hex(text).unwrap_err();
            assert!(error.to_string().contains("64 lower-case"), "{error}");
        }
    }

    #[test]
    fn debug_shows_no_body() {
        assert_eq!(format!("{:?}", Payload::Bytes(b"secret")), "Bytes(6 bytes)");
    }
}
