//! Verifying the signature of a received request.

use super::authorization;
use super::canonical::{CanonicalRequest, Scope, StringToSign};
use super::date::AmzDate;
use super::error::VerifyError;
use super::explain::Explanation;
use super::header::X_AMZ_CONTENT_SHA256;
use super::headers::HeaderList;
use super::key::SigningKey;
use super::payload::{Payload, PayloadHash, PayloadText};
use super::query::CanonicalQuery;
use super::request::SignableRequest;
use super::settings::{SessionTokenMode, SigningSettings};
use std::fmt;
use std::time::{Duration, SystemTime};

/// The signature a received request presents: read, not yet believed.
///
/// ```
/// # use kinesisvideo_runtime::credentials::Credentials;
/// # use kinesisvideo_runtime::sigv4::{self, PresentedSignature, SignableRequest, SigningParams, SigningSettings};
/// # use std::time::{Duration, SystemTime};
/// # let credentials = Credentials::new("AKIDEXAMPLE", "secret");
/// # let now = SystemTime::now();
/// # let mut headers = http::HeaderMap::new();
/// # let signable = SignableRequest::new("GET", "/").host("localhost:8443");
/// # sigv4::sign(&signable, &SigningParams::new(&credentials, "us-west-2", "kinesisvideo", now))?.apply(&mut headers);
/// let request = SignableRequest::new("GET", "/").host("localhost:8443").headers(&headers);
/// let presented = PresentedSignature::parse(&request)?;
/// presented.check_time(now, Duration::from_secs(300))?;
/// assert_eq!(presented.access_key_id(), "AKIDEXAMPLE");
/// presented.verify(&request, "secret", &SigningSettings::default())?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct PresentedSignature {
    pub(super) access_key_id: String,
    pub(super) date: AmzDate,
    pub(super) time: SystemTime,
    pub(super) region: String,
    pub(super) service: String,
    pub(super) signed_headers: Vec<String>,
    pub(super) signature: [u8; 32],
    pub(super) session_token: Option<String>,
    pub(super) location: SignatureLocation,
}

/// Where a signature stands in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureLocation {
    /// In the `Authorization` header.
    Headers,
    /// In the query.
    Query {
        /// How long after its date the signature is valid.
        expires_in: Duration,
    },
}

impl PresentedSignature {
    /// Reads the signature in the `Authorization` header or the query of a request.
    ///
    /// # Errors
    /// When there is none, when there are two, or when a part of it cannot be read.
    pub fn parse(request: &SignableRequest<'_>) -> Result<Self, VerifyError> {
        authorization::parse(request)
    }

    /// Whose secret access key to verify with.
    #[must_use]
    pub fn access_key_id(&self) -> &str {
        &self.access_key_id
    }

    /// The session token presented with it.
    #[must_use]
    pub fn session_token(&self) -> Option<&str> {
        self.session_token.as_deref()
    }

    /// The region of the credential scope.
    #[must_use]
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The service of the credential scope.
    #[must_use]
    pub fn service(&self) -> &str {
        &self.service
    }

    /// When it was made, by the signer's clock.
    #[must_use]
    pub fn signed_at(&self) -> SystemTime {
        self.time
    }

    /// Where it stands in the request.
    #[must_use]
    pub fn location(&self) -> SignatureLocation {
        self.location
    }

    /// The headers it covers: sorted, in lower case.
    pub fn signed_headers(&self) -> impl Iterator<Item = &str> {
        self.signed_headers.iter().map(String::as_str)
    }

    /// Checks that the signature is neither too old nor from the future.
    ///
    /// A signature in headers may be `tolerance` old, one in a query as old as it says itself; either may be made
    /// `tolerance` in the future.
    ///
    /// # Errors
    /// [`VerifyError::Expired`] and [`VerifyError::NotYetValid`].
    pub fn check_time(&self, now: SystemTime, tolerance: Duration) -> Result<(), VerifyError> {
        let life = match self.location {
            SignatureLocation::Headers => tolerance,
            SignatureLocation::Query { expires_in } => expires_in,
        };
        match now.duration_since(self.time) {
            Ok(age) if age > life => Err(VerifyError::Expired { until: self.time + life, now }),
            Err(ahead) if ahead.duration() > tolerance => Err(VerifyError::NotYetValid { signed_at: self.time, now }),
            _ => Ok(()),
        }
    }

    /// Computes the signature again from the request as received, and compares in constant time.
    ///
    /// `request` is the one the signature was [parsed](Self::parse) from, its payload the body as received;
    /// [`Payload::Unsigned`] leaves the body unchecked, and takes the signer's word for its hash.
    ///
    /// # Errors
    /// When the signature leaves out a header that must be signed, when `x-amz-content-sha256` is not the body's hash,
    /// and when the signatures differ.
    pub fn verify(
        &self,
        request: &SignableRequest<'_>,
        secret_access_key: &str,
        settings: &SigningSettings,
    ) -> Result<(), VerifyError> {
        let headers = self.headers(request, settings)?;
        let payload = received_payload(request)?;
        let mut query = CanonicalQuery::parse(request.query);
        if self.location != SignatureLocation::Headers {
            query.remove(&["X-Amz-Signature"]);
            if settings.session_token == SessionTokenMode::Unsigned {
                query.remove(&["X-Amz-Security-Token"]);
            }
        }
        let query = query.finish();
        let canonical = CanonicalRequest::new(request, settings, &query, &headers, &payload);
        let scope = Scope { day: self.date.day(), region: &self.region, service: &self.service };
        let key = SigningKey::derive(secret_access_key, &scope.day, scope.region, scope.service);
        let string_to_sign = StringToSign::new(self.date, scope, &canonical);
        if key.verify(&string_to_sign.text, &self.signature) {
            Ok(())
        } else {
            Err(VerifyError::Mismatch(Box::new(Explanation::new(&canonical, &string_to_sign, &key))))
        }
    }

    /// The headers that the signature says it covers, if those are all it must.
    fn headers<'a>(
        &'a self,
        request: &SignableRequest<'a>,
        settings: &SigningSettings,
    ) -> Result<HeaderList<'a>, VerifyError> {
        let is_signed = |name: &str| self.signed_headers.iter().any(|signed| signed == name);
        let token_unsigned = settings.session_token == SessionTokenMode::Unsigned;
        let must_be_signed = |name: &str| {
            name == "host" || name.starts_with("x-amz-") && !(token_unsigned && name == "x-amz-security-token")
        };
        let received = request.headers.into_iter().flat_map(|headers| headers.keys()).map(http::HeaderName::as_str);
        if let Some(name) = received.chain(["host"]).find(|name| must_be_signed(name) && !is_signed(name)) {
            return Err(VerifyError::HeaderNotSigned { name: name.to_owned() });
        }
        let mut headers = HeaderList::new();
        headers.push_request(request, |name| !is_signed(name));
        if let Some(name) = self.signed_headers.iter().find(|name| !headers.has(name)) {
            return Err(VerifyError::HeaderMissing { name: name.clone() });
        }
        headers.sort();
        Ok(headers)
    }
}

/// What the signer says of the body, checked against the body.
fn received_payload<'a>(request: &SignableRequest<'a>) -> Result<PayloadText<'a>, VerifyError> {
    let claimed = request.headers.and_then(|headers| headers.get(X_AMZ_CONTENT_SHA256));
    let Some(claimed) = claimed.and_then(|value| value.to_str().ok()) else {
        return Ok(request.payload.text());
    };
    match (PayloadHash::from_hex(claimed), request.payload) {
        // Words in place of a hash: the signer chose not to sign the body, or signs it in chunks.
        (Err(_), _) if claimed == "UNSIGNED-PAYLOAD" || claimed.starts_with("STREAMING-") => {
            Ok(PayloadText::Literal(claimed))
        }
        (Ok(hash), Payload::Unsigned) => Ok(PayloadText::Hash(hash)),
        (Ok(hash), payload) if payload.text() == PayloadText::Hash(hash) => Ok(PayloadText::Hash(hash)),
        _ => Err(VerifyError::PayloadMismatch),
    }
}

impl fmt::Debug for PresentedSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PresentedSignature")
            .field("access_key_id", &self.access_key_id)
            .field("date", &self.date.as_str())
            .field("region", &self.region)
            .field("service", &self.service)
            .field("signed_headers", &self.signed_headers)
            .field("location", &self.location)
            .finish_non_exhaustive()
    }
}
