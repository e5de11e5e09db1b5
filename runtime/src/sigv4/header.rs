//! Signatures in headers.

use super::ALGORITHM;
use super::canonical::{CanonicalRequest, Scope, StringToSign};
use super::date::AmzDate;
use super::encode::hex;
use super::error::SigningError;
use super::headers::HeaderList;
use super::payload::PayloadText;
use super::query::CanonicalQuery;
use super::request::{SignableRequest, SigningParams};
use super::settings::SessionTokenMode;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue};

pub(super) const X_AMZ_DATE: HeaderName = HeaderName::from_static("x-amz-date");
pub(crate) const X_AMZ_CONTENT_SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");
pub(super) const X_AMZ_SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");

/// The headers that carry a signature.
///
/// Those that are secret are marked [sensitive](HeaderValue::set_sensitive), so that `Debug` does not show them.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SigningHeaders {
    /// `authorization`; sensitive.
    pub authorization: HeaderValue,
    /// `x-amz-date`.
    pub x_amz_date: HeaderValue,
    /// `x-amz-content-sha256`, unless the settings leave it out.
    pub x_amz_content_sha256: Option<HeaderValue>,
    /// `x-amz-security-token`, for temporary credentials; sensitive.
    pub x_amz_security_token: Option<HeaderValue>,
}

impl SigningHeaders {
    /// Puts the headers among those of the request, in place of their namesakes.
    pub fn apply(self, headers: &mut HeaderMap) {
        for (name, value) in self {
            headers.insert(name, value);
        }
    }

    /// The signature alone: 64 hexadecimal digits.
    #[must_use]
    pub fn signature(&self) -> &str {
        let text = self.authorization.to_str().unwrap_or_default();
        text.rsplit_once('=').map_or("", |(_, signature)| signature)
    }
}

impl IntoIterator for SigningHeaders {
    type Item = (HeaderName, HeaderValue);
    type IntoIter = std::iter::Flatten<std::array::IntoIter<Option<Self::Item>, 4>>;

    fn into_iter(self) -> Self::IntoIter {
        [
            Some((AUTHORIZATION, self.authorization)),
            Some((X_AMZ_DATE, self.x_amz_date)),
            self.x_amz_content_sha256.map(|value| (X_AMZ_CONTENT_SHA256, value)),
            self.x_amz_security_token.map(|value| (X_AMZ_SECURITY_TOKEN, value)),
        ]
        .into_iter()
        .flatten()
    }
}

/// Signs a request in its headers.
///
/// Headers of the request that the signer sets itself are ignored, so a request may be signed again as it is.
///
/// # Errors
/// See [`SigningError`].
pub fn sign(request: &SignableRequest<'_>, params: &SigningParams<'_>) -> Result<SigningHeaders, SigningError> {
    let date = AmzDate::new(params.time)?;
    let payload = request.payload.text();
    prepare(request, params, &date, &payload, |canonical, headers, scope| {
        let key = params.keys.key(params.credentials, &scope.day, scope.region, scope.service);
        let signature = hex(&key.sign(&StringToSign::new(date, scope, canonical).text));
        let session_token = params.credentials.session_token();
        Ok(SigningHeaders {
            authorization: authorization(params, headers, scope, &signature)?,
            x_amz_date: header_value(date.as_bytes(), "date")?,
            x_amz_content_sha256: match params.settings.content_sha256_header {
                true => Some(header_value(payload.as_bytes(), "payload hash")?),
                false => None,
            },
            x_amz_security_token: match session_token {
                Some(token) => Some(sensitive(header_value(token.as_bytes(), "session token")?)),
                None => None,
            },
        })
    })
}

/// Collects what is signed, and hands it over in canonical form.
pub(super) fn prepare<T>(
    request: &SignableRequest<'_>,
    params: &SigningParams<'_>,
    date: &AmzDate,
    payload: &PayloadText<'_>,
    finish: impl FnOnce(&CanonicalRequest<'_>, &HeaderList<'_>, Scope<'_>) -> Result<T, SigningError>,
) -> Result<T, SigningError> {
    params.credentials.check()?;
    let settings = params.settings;
    let token = params.credentials.session_token();
    let mut headers = HeaderList::new();
    headers.push_request(request, |name| match name {
        "authorization" | "x-amz-date" => true,
        "x-amz-content-sha256" => settings.content_sha256_header,
        "x-amz-security-token" => token.is_some() || settings.session_token == SessionTokenMode::Unsigned,
        name => settings.excluded_headers.contains(&name),
    });
    if !headers.has("host") {
        return Err(SigningError::MissingHost);
    }
    headers.push("x-amz-date", date.as_bytes());
    if settings.content_sha256_header {
        headers.push("x-amz-content-sha256", payload.as_bytes());
    }
    match token {
        Some(token) if settings.session_token == SessionTokenMode::Signed => {
            headers.push("x-amz-security-token", token.as_bytes());
        }
        _ => {}
    }
    headers.sort();
    let query = CanonicalQuery::parse(request.query).finish();
    let canonical = CanonicalRequest::new(request, settings, &query, &headers, payload);
    let scope = Scope { day: date.day(), region: params.region, service: params.service };
    finish(&canonical, &headers, scope)
}

fn authorization(
    params: &SigningParams<'_>,
    headers: &HeaderList<'_>,
    scope: Scope<'_>,
    signature: &[u8; 64],
) -> Result<HeaderValue, SigningError> {
    const CREDENTIAL: &[u8] = b" Credential=";
    const SIGNED_HEADERS: &[u8] = b", SignedHeaders=";
    const SIGNATURE: &[u8] = b", Signature=";
    let id = params.credentials.access_key_id();
    let labels = ALGORITHM.len() + CREDENTIAL.len() + 1 + SIGNED_HEADERS.len() + SIGNATURE.len();
    // The exact length, so that the text becomes a header value without being copied.
    let length = labels + id.len() + scope.length() + headers.names_length() + signature.len();
    let mut text = Vec::with_capacity(length);
    text.extend_from_slice(ALGORITHM.as_bytes());
    text.extend_from_slice(CREDENTIAL);
    text.extend_from_slice(id.as_bytes());
    text.push(b'/');
    scope.write(&mut text);
    text.extend_from_slice(SIGNED_HEADERS);
    headers.write_names(&mut text);
    text.extend_from_slice(SIGNATURE);
    text.extend_from_slice(signature);
    match HeaderValue::try_from(text) {
        Ok(value) => Ok(sensitive(value)),
        Err(_) => {
            let parts = [(id, "access key ID"), (params.region, "region"), (params.service, "service")];
            let illegal = parts.into_iter().find(|(text, _)| HeaderValue::from_str(text).is_err());
            Err(SigningError::IllegalCharacter { part: illegal.map_or("authorization", |(_, part)| part) })
        }
    }
}

pub(super) fn header_value(text: &[u8], part: &'static str) -> Result<HeaderValue, SigningError> {
    HeaderValue::from_bytes(text).map_err(|_| SigningError::IllegalCharacter { part })
}

fn sensitive(mut value: HeaderValue) -> HeaderValue {
    value.set_sensitive(true);
    value
}
