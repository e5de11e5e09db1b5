//! Why a request cannot be signed, and why a signature is refused.

use super::explain::Explanation;
use super::presign::MAX_EXPIRY;
use crate::credentials::CredentialsError;
use std::error::Error;
use std::fmt;
use std::time::{Duration, SystemTime};

/// Why a request cannot be signed.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum SigningError {
    /// The credentials have an empty part.
    Credentials(CredentialsError),
    /// There is no host, neither given nor among the headers.
    MissingHost,
    /// A part of the signature cannot stand in a header.
    IllegalCharacter {
        /// Which part.
        part: &'static str,
    },
    /// The time is not in the years 0 to 9999.
    TimeOutOfRange,
    /// A presigned query can be valid for 1 second to 7 days.
    ExpiryOutOfRange {
        /// What was asked for.
        expires_in: Duration,
    },
}

impl fmt::Display for SigningError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Credentials(error) => error.fmt(f),
            Self::MissingHost => f.write_str("cannot sign a request without a host: give `host`, or a `host` header"),
            Self::IllegalCharacter { part } => {
                write!(f, "cannot sign: the {part} has a character that cannot stand in a header; give printable ASCII")
            }
            Self::TimeOutOfRange => f.write_str("cannot sign: the time is not in the years 0 to 9999; check the clock"),
            Self::ExpiryOutOfRange { expires_in } => write!(
                f,
                "cannot presign for {} seconds: choose 1 to {} seconds",
                expires_in.as_secs(),
                MAX_EXPIRY.as_secs()
            ),
        }
    }
}

impl Error for SigningError {}

impl From<CredentialsError> for SigningError {
    fn from(error: CredentialsError) -> Self {
        Self::Credentials(error)
    }
}

/// Why a signature is refused.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum VerifyError {
    /// The request carries no signature.
    NotSigned,
    /// A part of the signature is missing or cannot be read.
    Malformed {
        /// Which part, such as `Credential` or `X-Amz-Date`.
        part: &'static str,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The signature is of another algorithm.
    UnsupportedAlgorithm {
        /// Its name.
        found: String,
    },
    /// A header named in `SignedHeaders` is not there.
    HeaderMissing {
        /// Its name.
        name: String,
    },
    /// A header that must be signed is not named in `SignedHeaders`.
    HeaderNotSigned {
        /// Its name.
        name: String,
    },
    /// `x-amz-content-sha256` is not the hash of the body.
    PayloadMismatch,
    /// The signature was made too long ago.
    Expired {
        /// Until when it was valid.
        until: SystemTime,
        /// The verifier's time.
        now: SystemTime,
    },
    /// The signature was made too far in the future.
    NotYetValid {
        /// When it was made, by the signer's clock.
        signed_at: SystemTime,
        /// The verifier's time.
        now: SystemTime,
    },
    /// The signature is not what the request and the secret access key give.
    Mismatch(Box<Explanation>),
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotSigned => {
                f.write_str("the request has neither an `Authorization` header nor an `X-Amz-Signature` parameter")
            }
            Self::Malformed { part, reason } => write!(f, "`{part}` {reason}"),
            Self::UnsupportedAlgorithm { found } => {
                write!(f, "unsupported algorithm `{found}`: sign with `{}`", super::ALGORITHM)
            }
            Self::HeaderMissing { name } => write!(f, "signed header `{name}` is not in the request"),
            Self::HeaderNotSigned { name } => write!(f, "header `{name}` must be in `SignedHeaders`"),
            Self::PayloadMismatch => f.write_str("`x-amz-content-sha256` is not the hash of the body"),
            Self::Expired { until, now } => {
                write!(f, "signature expired {} ago; check the signer's clock", Distance(*until, *now))
            }
            Self::NotYetValid { signed_at, now } => write!(
                f,
                "signature not yet valid: it was made {} in the future; check the signer's clock",
                Distance(*now, *signed_at)
            ),
            Self::Mismatch(expected) => write!(
                f,
                "the signature does not match the request and the secret access key; string to sign: {:?}",
                expected.string_to_sign()
            ),
        }
    }
}

impl Error for VerifyError {}

/// The time from the first to the second, for messages.
struct Distance(SystemTime, SystemTime);

impl fmt::Display for Distance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} s", self.1.duration_since(self.0).unwrap_or_default().as_secs())
    }
}
