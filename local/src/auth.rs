//! Who sent a request: Signature Version 4, verified from scratch.

use std::time::{Duration, SystemTime};

use hyper::header::{HOST, HeaderMap};
use hyper::{Method, StatusCode, Uri};
use kinesisvideo_runtime::sigv4::{
    Explanation, Payload, PayloadHash, PresentedSignature, SignableRequest, SigningSettings, VerifyError,
};
use kinesisvideo_runtime::timestamp::{Format, Timestamp};

use crate::answer::ApiError;
use crate::record::Verdict;
use crate::shared::Settings;

/// The signing name of all APIs of Kinesis Video.
const SERVICE: &str = "kinesisvideo";
/// How far a signature's date may be from the service's time.
const TOLERANCE: Duration = Duration::from_secs(5 * 60);

/// How much of a request's signature is checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verification {
    /// Everything, as the service does: a known key and its session token, the scope, the date within five minutes, the
    /// headers that must be signed, and the signature itself, computed again from the request.
    #[default]
    Strict,
    /// A signature that can be read must be there; key, scope, date and signature may be anything.
    AnySignature,
    /// Nothing: unsigned requests are served too.
    Off,
}

/// A request as it arrived.
pub(crate) struct Presented<'a> {
    pub(crate) method: &'a Method,
    pub(crate) uri: &'a Uri,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
}

/// What came of looking at a signature.
pub(crate) struct Inspection {
    pub(crate) access_key_id: Option<String>,
    pub(crate) verdict: Verdict,
    /// What to answer when it is refused.
    pub(crate) error: Option<ApiError>,
}

impl Inspection {
    /// For a request that was answered before anybody looked.
    pub(crate) fn none() -> Self {
        Self { access_key_id: None, verdict: Verdict::Unchecked, error: None }
    }
}

/// Looks at a request's signature as `settings` say.
pub(crate) fn inspect(settings: &Settings, request: &Presented<'_>, now: SystemTime) -> Inspection {
    let signed = SignableRequest::new(request.method.as_str(), request.uri.path())
        .query(request.uri.query().unwrap_or_default())
        .headers(request.headers)
        .payload(Payload::Bytes(request.body));
    let parsed = PresentedSignature::parse(&signed);
    let access_key_id = parsed.as_ref().ok().map(|presented| presented.access_key_id().to_owned());
    let checked = match settings.verification {
        Verification::Off => Ok(Verdict::Unchecked),
        Verification::AnySignature => parsed.map(|_| Verdict::Unchecked).map_err(|error| refusal(&error)),
        Verification::Strict => parsed
            .map_err(|error| refusal(&error))
            .and_then(|presented| verify(settings, request, &signed, &presented, now))
            .map(|()| Verdict::Valid),
    };
    match checked {
        Ok(verdict) => Inspection { access_key_id, verdict, error: None },
        Err(error) => {
            let (code, message) = (error.code.clone().into_owned(), error.message.clone());
            Inspection { access_key_id, verdict: Verdict::Refused { code, message }, error: Some(error) }
        }
    }
}

fn verify(
    settings: &Settings,
    request: &Presented<'_>,
    signed: &SignableRequest<'_>,
    presented: &PresentedSignature,
    now: SystemTime,
) -> Result<(), ApiError> {
    let known = settings.credentials.iter().find(|known| {
        known.access_key_id() == presented.access_key_id() && known.session_token() == presented.session_token()
    });
    let Some(known) = known else {
        return Err(forbidden(
            "UnrecognizedClientException",
            "The access key ID or the security token included in the request is invalid",
        ));
    };
    for (what, scoped, expected) in
        [("region", presented.region(), settings.region.as_str()), ("service", presented.service(), SERVICE)]
    {
        if scoped != expected {
            let message = format!("Credential should be scoped to the {what} '{expected}', not '{scoped}'");
            return Err(invalid(message));
        }
    }
    presented.check_time(now, TOLERANCE).map_err(|error| match &error {
        VerifyError::Expired { until, now } => expired(presented.signed_at(), *until, *now),
        VerifyError::NotYetValid { signed_at, now } => not_yet(*signed_at, *now),
        _ => refusal(&error),
    })?;
    if let Some(claimed) = request.headers.get("x-amz-content-sha256") {
        // The word `UNSIGNED-PAYLOAD` would leave the body open to change; none of these operations allows it.
        if claimed.to_str().map_or(true, |hash| PayloadHash::from_hex(hash).is_err()) {
            return Err(invalid("The header x-amz-content-sha256 must be the SHA-256 hash of the request's body"));
        }
    }
    if !request.headers.contains_key(HOST) {
        return Err(invalid("The request has no Host header, which must be signed"));
    }
    presented.verify(signed, known.secret_access_key(), &SigningSettings::default()).map_err(|error| refusal(&error))
}

/// The answer to a signature that cannot be read or is not right.
fn refusal(error: &VerifyError) -> ApiError {
    match error {
        VerifyError::NotSigned => forbidden("MissingAuthenticationTokenException", "Missing Authentication Token"),
        VerifyError::Malformed { .. } | VerifyError::UnsupportedAlgorithm { .. } => {
            forbidden("IncompleteSignatureException", sentence(&error.to_string()))
        }
        VerifyError::Mismatch(expected) => invalid(mismatch(expected)),
        _ => invalid(sentence(&error.to_string())),
    }
}

/// Tells the caller what the signature should have been made from: most mismatches are seen at a glance then.
fn mismatch(expected: &Explanation) -> String {
    let canonical: Vec<_> = expected
        .canonical_request()
        .lines()
        .map(|line| match line.split_once(':') {
            // The text ends up in the caller's logs.
            Some(("x-amz-security-token", _)) => "x-amz-security-token:*** redacted ***",
            _ => line,
        })
        .collect();
    format!(
        "The request signature we calculated does not match the signature you provided. Check your secret access key \
         and signing method.\n\nThe Canonical String for this request should have been\n'{}'\n\nThe String-to-Sign \
         should have been\n'{}'\n",
        canonical.join("\n"),
        expected.string_to_sign()
    )
}

fn expired(signed_at: SystemTime, until: SystemTime, now: SystemTime) -> ApiError {
    let allowed = until.duration_since(signed_at).unwrap_or_default();
    let oldest = now.checked_sub(allowed).unwrap_or(now);
    invalid(format!(
        "Signature expired: {} is now earlier than {} ({} - {})",
        compact(signed_at),
        compact(oldest),
        compact(now),
        span(allowed)
    ))
}

fn not_yet(signed_at: SystemTime, now: SystemTime) -> ApiError {
    let newest = now.checked_add(TOLERANCE).unwrap_or(now);
    invalid(format!(
        "Signature not yet current: {} is still later than {} ({} + {})",
        compact(signed_at),
        compact(newest),
        compact(now),
        span(TOLERANCE)
    ))
}

/// `20240510T123456Z`.
fn compact(time: SystemTime) -> String {
    let whole = Timestamp::from_seconds(Timestamp::from(time).seconds());
    whole.format(Format::DateTime).replace(['-', ':'], "")
}

fn span(duration: Duration) -> String {
    match duration.as_secs() {
        seconds if seconds % 60 == 0 => format!("{} min.", seconds / 60),
        seconds => format!("{seconds} s"),
    }
}

/// An error's text as a sentence of its own.
fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

fn invalid(message: impl Into<String>) -> ApiError {
    forbidden("InvalidSignatureException", message)
}

fn forbidden(code: &'static str, message: impl Into<String>) -> ApiError {
    ApiError::new(StatusCode::FORBIDDEN, code, message)
}
