//! Reading the signature of a received request.

use super::date::AmzDate;
use super::encode::{decode_query_part, unhex};
use super::error::VerifyError;
use super::query::CanonicalQuery;
use super::request::SignableRequest;
use super::verify::{PresentedSignature, SignatureLocation};
use super::{ALGORITHM, TERMINATOR};
use http::HeaderMap;
use http::header::AUTHORIZATION;
use std::time::Duration;

fn malformed(part: &'static str, reason: &'static str) -> VerifyError {
    VerifyError::Malformed { part, reason }
}

/// Finds and reads the signature.
pub(super) fn parse(request: &SignableRequest<'_>) -> Result<PresentedSignature, VerifyError> {
    let query = CanonicalQuery::parse(request.query);
    let header = match request.headers {
        Some(headers) => one_value(headers, AUTHORIZATION.as_str(), "Authorization")?,
        None => None,
    };
    let in_query = query.iter().any(|(name, _)| matches!(name, "X-Amz-Algorithm" | "X-Amz-Signature"));
    match (request.headers, header) {
        (Some(_), Some(_)) if in_query => {
            Err(malformed("Authorization", "and a signed query cannot both be given: leave one out"))
        }
        (Some(headers), Some(authorization)) => parse_header(authorization, headers),
        _ if in_query => parse_query(&query),
        _ => Err(VerifyError::NotSigned),
    }
}

fn parse_header(authorization: &str, headers: &HeaderMap) -> Result<PresentedSignature, VerifyError> {
    let (algorithm, rest) = authorization.split_once(' ').unwrap_or((authorization, ""));
    check_algorithm(algorithm)?;
    let (mut credential, mut signed_headers, mut signature) = (None, None, None);
    for part in rest.split(',') {
        let slot = match part.trim().split_once('=') {
            Some(("Credential", value)) => (&mut credential, value),
            Some(("SignedHeaders", value)) => (&mut signed_headers, value),
            Some(("Signature", value)) => (&mut signature, value),
            _ => return Err(malformed("Authorization", "has a part that is not known")),
        };
        if slot.0.replace(slot.1).is_some() {
            return Err(malformed("Authorization", "has a part twice"));
        }
    }
    let missing = "is missing in `Authorization`";
    let credential = credential.ok_or(malformed("Credential", missing))?;
    let signed_headers = signed_headers.ok_or(malformed("SignedHeaders", missing))?;
    let signature = signature.ok_or(malformed("Signature", missing))?;
    let date = one_value(headers, "x-amz-date", "x-amz-date")?.ok_or(malformed("x-amz-date", "is missing"))?;
    let session_token = one_value(headers, "x-amz-security-token", "x-amz-security-token")?;
    assemble(
        Texts { credential, signed_headers, signature, date, date_part: "x-amz-date" },
        session_token.map(str::to_owned),
        SignatureLocation::Headers,
    )
}

fn parse_query(query: &CanonicalQuery) -> Result<PresentedSignature, VerifyError> {
    let value = |part: &'static str| optional_parameter(query, part)?.ok_or(malformed(part, "is missing"));
    check_algorithm(&value("X-Amz-Algorithm")?)?;
    let expires_in = value("X-Amz-Expires")?
        .parse()
        .ok()
        .map(Duration::from_secs)
        .filter(|expires_in| (Duration::from_secs(1)..=super::MAX_EXPIRY).contains(expires_in))
        .ok_or(malformed("X-Amz-Expires", "is not a number of seconds from 1 to 604800"))?;
    assemble(
        Texts {
            credential: &value("X-Amz-Credential")?,
            signed_headers: &value("X-Amz-SignedHeaders")?,
            signature: &value("X-Amz-Signature")?,
            date: &value("X-Amz-Date")?,
            date_part: "X-Amz-Date",
        },
        optional_parameter(query, "X-Amz-Security-Token")?,
        SignatureLocation::Query { expires_in },
    )
}

struct Texts<'a> {
    credential: &'a str,
    signed_headers: &'a str,
    signature: &'a str,
    date: &'a str,
    date_part: &'static str,
}

fn assemble(
    texts: Texts<'_>,
    session_token: Option<String>,
    location: SignatureLocation,
) -> Result<PresentedSignature, VerifyError> {
    let (date, time) =
        AmzDate::parse(texts.date).ok_or(malformed(texts.date_part, "is not of the form `20240510T123456Z`"))?;
    // From the right, so that an access key ID may be anything.
    let mut scope = texts.credential.rsplitn(5, '/');
    let (Some(terminator), Some(service), Some(region), Some(day), Some(access_key_id)) =
        (scope.next(), scope.next(), scope.next(), scope.next(), scope.next())
    else {
        return Err(malformed("Credential", "is not of the form `ID/20240510/REGION/SERVICE/aws4_request`"));
    };
    if terminator != TERMINATOR {
        return Err(malformed("Credential", "does not end in `/aws4_request`"));
    }
    if day.as_bytes() != date.day() {
        return Err(malformed("Credential", "is for another day than the date of the request"));
    }
    let signed_headers: Vec<String> = texts.signed_headers.split(';').map(str::to_owned).collect();
    if signed_headers.iter().any(|name| name.is_empty() || name.bytes().any(|byte| byte.is_ascii_uppercase())) {
        return Err(malformed("SignedHeaders", "must be header names in lower case, separated by `;`"));
    }
    if !signed_headers.is_sorted_by(|a, b| a < b) {
        return Err(malformed("SignedHeaders", "must be sorted, each name once"));
    }
    Ok(PresentedSignature {
        access_key_id: access_key_id.to_owned(),
        date,
        time,
        region: region.to_owned(),
        service: service.to_owned(),
        signed_headers,
        signature: unhex(texts.signature.as_bytes())
            .ok_or(malformed("Signature", "is not 64 lower-case hexadecimal digits"))?,
        session_token,
        location,
    })
}

fn check_algorithm(found: &str) -> Result<(), VerifyError> {
    if found == ALGORITHM { Ok(()) } else { Err(VerifyError::UnsupportedAlgorithm { found: found.to_owned() }) }
}

fn optional_parameter(query: &CanonicalQuery, part: &'static str) -> Result<Option<String>, VerifyError> {
    let mut values = query.iter().filter(|(name, _)| *name == part).map(|(_, value)| value);
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => decode_query_part(value).map(Some).ok_or(malformed(part, "is not UTF-8")),
        (Some(_), Some(_)) => Err(malformed(part, "is there twice")),
    }
}

fn one_value<'a>(headers: &'a HeaderMap, name: &str, part: &'static str) -> Result<Option<&'a str>, VerifyError> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => {
            value.to_str().map(Some).map_err(|_| malformed(part, "has characters that are not ASCII"))
        }
        (Some(_), Some(_)) => Err(malformed(part, "is there twice")),
    }
}
