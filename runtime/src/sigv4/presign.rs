//! Signatures in queries.

use super::ALGORITHM;
use super::canonical::{CanonicalRequest, Scope, StringToSign};
use super::date::AmzDate;
use super::encode::hex;
use super::error::SigningError;
use super::headers::HeaderList;
use super::query::CanonicalQuery;
use super::request::{SignableRequest, SigningParams};
use super::settings::SessionTokenMode;
use std::fmt;
use std::time::Duration;

/// The longest a presigned query can be valid: 7 days.
pub const MAX_EXPIRY: Duration = Duration::from_secs(7 * 24 * 3600);

/// The parameters that the signer sets itself.
const SIGNER_PARAMETERS: [&str; 7] = [
    "X-Amz-Algorithm",
    "X-Amz-Credential",
    "X-Amz-Date",
    "X-Amz-Expires",
    "X-Amz-Security-Token",
    "X-Amz-Signature",
    "X-Amz-SignedHeaders",
];

/// A query that carries its signature.
///
/// Whoever holds it can send the request: `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct PresignedQuery {
    query: String,
    signature: String,
}

impl PresignedQuery {
    /// The whole query without `?`, percent-encoded, to be sent as it is.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.query
    }

    /// The signature alone: 64 hexadecimal digits.
    #[must_use]
    pub fn signature(&self) -> &str {
        &self.signature
    }
}

impl From<PresignedQuery> for String {
    fn from(presigned: PresignedQuery) -> Self {
        presigned.query
    }
}

impl fmt::Debug for PresignedQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PresignedQuery(*** redacted ***)")
    }
}

/// Signs a request in its query, so that it can be sent by somebody else, or where no header can be set.
///
/// The request must be sent with the very headers given here that are not excluded, and begun within `expires_in`, whole
/// seconds from 1 second to [7 days](MAX_EXPIRY). Parameters of the query that the signer sets itself are replaced.
///
/// # Errors
/// See [`SigningError`].
pub fn presign(
    request: &SignableRequest<'_>,
    params: &SigningParams<'_>,
    expires_in: Duration,
) -> Result<PresignedQuery, SigningError> {
    prepare(request, params, expires_in, |canonical, string_to_sign| {
        let Scope { day, region, service } = string_to_sign.scope;
        let key = params.keys.key(params.credentials, &day, region, service);
        let signature = String::from_utf8_lossy(&hex(&key.sign(&string_to_sign.text))).into_owned();
        let mut query = canonical.query.to_owned();
        query.push_str("&X-Amz-Signature=");
        query.push_str(&signature);
        if let (Some(token), SessionTokenMode::Unsigned) =
            (params.credentials.session_token(), params.settings.session_token)
        {
            query.push_str("&X-Amz-Security-Token=");
            super::encode::encode_query_part(token, &mut query);
        }
        PresignedQuery { query, signature }
    })
}

/// Collects what is signed, and hands it over in canonical form.
pub(super) fn prepare<T>(
    request: &SignableRequest<'_>,
    params: &SigningParams<'_>,
    expires_in: Duration,
    finish: impl FnOnce(&CanonicalRequest<'_>, &StringToSign<'_>) -> T,
) -> Result<T, SigningError> {
    params.credentials.check()?;
    if !(1..=MAX_EXPIRY.as_secs()).contains(&expires_in.as_secs()) || expires_in > MAX_EXPIRY {
        return Err(SigningError::ExpiryOutOfRange { expires_in });
    }
    let date = AmzDate::new(params.time)?;
    let payload = request.payload.text();
    let mut headers = HeaderList::new();
    headers.push_request(request, |name| name == "authorization" || params.settings.excluded_headers.contains(&name));
    if !headers.has("host") {
        return Err(SigningError::MissingHost);
    }
    headers.sort();
    let scope = Scope { day: date.day(), region: params.region, service: params.service };
    let query = query(request, params, expires_in, &date, scope, &headers);
    let canonical = CanonicalRequest::new(request, params.settings, &query, &headers, &payload);
    Ok(finish(&canonical, &StringToSign::new(date, scope, &canonical)))
}

fn query(
    request: &SignableRequest<'_>,
    params: &SigningParams<'_>,
    expires_in: Duration,
    date: &AmzDate,
    scope: Scope<'_>,
    headers: &HeaderList<'_>,
) -> String {
    let mut credential = params.credentials.access_key_id().as_bytes().to_vec();
    credential.push(b'/');
    scope.write(&mut credential);
    let mut names = Vec::with_capacity(headers.names_length());
    headers.write_names(&mut names);

    let mut query = CanonicalQuery::parse(request.query);
    query.remove(&SIGNER_PARAMETERS);
    query.push("X-Amz-Algorithm", ALGORITHM);
    query.push("X-Amz-Credential", &String::from_utf8_lossy(&credential));
    query.push("X-Amz-Date", date.as_str());
    query.push("X-Amz-Expires", &expires_in.as_secs().to_string());
    query.push("X-Amz-SignedHeaders", &String::from_utf8_lossy(&names));
    if let (Some(token), SessionTokenMode::Signed) = (params.credentials.session_token(), params.settings.session_token)
    {
        query.push("X-Amz-Security-Token", token);
    }
    query.finish()
}
