//! AWS Signature Version 4: signing requests in their headers or in their query, and verifying both.
//!
//! Everything here is a pure function of its arguments, the time included. The one thing kept between calls is the
//! derived signing key, in a [`SigningKeyCache`] of the caller's.
//!
//! ```
//! use kinesisvideo_runtime::credentials::Credentials;
//! use kinesisvideo_runtime::sigv4::{self, Payload, SignableRequest, SigningParams};
//! use std::time::{Duration, UNIX_EPOCH};
//!
//! let credentials = Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
//! let time = UNIX_EPOCH + Duration::from_secs(1_715_344_496);
//! let params = SigningParams::new(&credentials, "us-west-2", "kinesisvideo", time);
//!
//! let mut request = http::Request::post("https://m-1234.kinesisvideo.us-west-2.amazonaws.com/joinStorageSession")
//!     .body("{}")?;
//! let signable = SignableRequest::new("POST", "/joinStorageSession")
//!     .host("m-1234.kinesisvideo.us-west-2.amazonaws.com")
//!     .headers(request.headers())
//!     .payload(Payload::Bytes(b"{}"));
//! sigv4::sign(&signable, &params)?.apply(request.headers_mut());
//! assert_eq!(request.headers()["x-amz-date"], "20240510T123456Z");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod authorization;
mod canonical;
mod date;
mod encode;
mod error;
mod explain;
mod header;
mod headers;
mod key;
mod path;
mod payload;
mod presign;
mod query;
mod request;
mod settings;
mod verify;

pub(crate) use header::X_AMZ_CONTENT_SHA256;

pub use error::{SigningError, VerifyError};
pub use explain::{Explanation, explain, explain_presign};
pub use header::{SigningHeaders, sign};
pub use key::SigningKeyCache;
pub use payload::{InvalidPayloadHash, Payload, PayloadHash};
pub use presign::{MAX_EXPIRY, PresignedQuery, presign};
pub use request::{SignableRequest, SigningParams};
pub use settings::{DEFAULT_EXCLUDED_HEADERS, PathEncoding, PathNormalization, SessionTokenMode, SigningSettings};
pub use verify::{PresentedSignature, SignatureLocation};

/// The one algorithm of Signature Version 4, as it stands in headers, queries and strings to sign.
const ALGORITHM: &str = "AWS4-HMAC-SHA256";
/// What ends every credential scope.
const TERMINATOR: &str = "aws4_request";

#[cfg(test)]
mod tests;
