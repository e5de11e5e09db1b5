//! What a signature was computed from.

use super::canonical::{CanonicalRequest, StringToSign};
use super::date::AmzDate;
use super::encode::hex;
use super::error::SigningError;
use super::key::SigningKey;
use super::request::{SignableRequest, SigningParams};
use super::{header, presign};
use std::fmt;
use std::time::Duration;

/// What a signature is computed from, to be compared with what a service says it expected.
///
/// The canonical request may carry a session token, so `Debug` shows the string to sign only.
#[derive(Clone, PartialEq, Eq)]
pub struct Explanation {
    canonical_request: String,
    string_to_sign: String,
    signature: String,
}

impl Explanation {
    pub(super) fn new(canonical: &CanonicalRequest<'_>, string_to_sign: &StringToSign<'_>, key: &SigningKey) -> Self {
        let mut canonical_request = Vec::new();
        canonical.write(&mut canonical_request);
        Self {
            canonical_request: String::from_utf8_lossy(&canonical_request).into_owned(),
            string_to_sign: String::from_utf8_lossy(&string_to_sign.text).into_owned(),
            signature: String::from_utf8_lossy(&hex(&key.sign(&string_to_sign.text))).into_owned(),
        }
    }

    /// The canonical request. **Do not log it**: it carries the session token, and every signed header.
    #[must_use]
    pub fn canonical_request(&self) -> &str {
        &self.canonical_request
    }

    /// The string to sign: no secret in it.
    #[must_use]
    pub fn string_to_sign(&self) -> &str {
        &self.string_to_sign
    }

    /// The signature: 64 hexadecimal digits.
    #[must_use]
    pub fn signature(&self) -> &str {
        &self.signature
    }
}

impl fmt::Debug for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Explanation").field("string_to_sign", &self.string_to_sign).finish_non_exhaustive()
    }
}

/// What [`sign`](super::sign) computes its signature from: for diagnostics and tests.
///
/// # Errors
/// See [`SigningError`].
pub fn explain(request: &SignableRequest<'_>, params: &SigningParams<'_>) -> Result<Explanation, SigningError> {
    let date = AmzDate::new(params.time)?;
    let payload = request.payload.text();
    header::prepare(request, params, &date, &payload, |canonical, _, scope| {
        let key = params.keys.key(params.credentials, &scope.day, scope.region, scope.service);
        Ok(Explanation::new(canonical, &StringToSign::new(date, scope, canonical), &key))
    })
}

/// What [`presign`](super::presign) computes its signature from: for diagnostics and tests.
///
/// # Errors
/// See [`SigningError`].
pub fn explain_presign(
    request: &SignableRequest<'_>,
    params: &SigningParams<'_>,
    expires_in: Duration,
) -> Result<Explanation, SigningError> {
    presign::prepare(request, params, expires_in, |canonical, string_to_sign| {
        let scope = string_to_sign.scope;
        let key = params.keys.key(params.credentials, &scope.day, scope.region, scope.service);
        Explanation::new(canonical, string_to_sign, &key)
    })
}
