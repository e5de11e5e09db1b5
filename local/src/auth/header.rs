//! The `Authorization` header of Signature Version 4, taken apart.

use super::refusal;
use crate::answer::ApiError;

/// The algorithm's name, which starts the header.
const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Authorization<'a> {
    pub(super) access_key_id: &'a str,
    /// `20240510`.
    pub(super) date: &'a str,
    pub(super) region: &'a str,
    pub(super) service: &'a str,
    /// Names joined by `;`, as sent.
    pub(super) signed_headers: &'a str,
    pub(super) signature: &'a str,
}

impl<'a> Authorization<'a> {
    /// # Errors
    /// `IncompleteSignatureException` that names what is missing.
    pub(super) fn parse(header: &'a str) -> Result<Self, ApiError> {
        let Some(parameters) = header
            .trim()
            .strip_prefix(ALGORITHM)
            .filter(|rest| rest.starts_with(' '))
        else {
            return Err(incomplete(format!(
                "Authorization header must start with '{ALGORITHM}' and a space"
            )));
        };
        let (mut credential, mut signed_headers, mut signature) = (None, None, None);
        for parameter in parameters.split(',').map(str::trim) {
            match parameter.split_once('=') {
                Some(("Credential", value)) => credential = Some(value),
                Some(("SignedHeaders", value)) => signed_headers = Some(value),
                Some(("Signature", value)) => signature = Some(value),
                _ => {
                    return Err(incomplete(format!(
                        "'{parameter}' is no parameter of an Authorization header"
                    )));
                }
            }
        }
        let need = |value: Option<&'a str>, name| {
            value
                .filter(|v| !v.is_empty())
                .ok_or_else(|| incomplete(format!("Authorization header requires '{name}'")))
        };
        let credential = need(credential, "Credential")?;
        let signed_headers = need(signed_headers, "SignedHeaders")?;
        let signature = need(signature, "Signature")?;
        // Read from the end: an access key ID may hold a slash, the scope may not.
        let mut scope = credential.rsplitn(5, '/');
        let parts = (
            scope.next(),
            scope.next(),
            scope.next(),
            scope.next(),
            scope.next(),
        );
        let (Some("aws4_request"), Some(service), Some(region), Some(date), Some(access_key_id)) =
            parts
        else {
            return Err(incomplete(
                "Credential must be an access key ID and a scope: KEY/YYYYMMDD/REGION/SERVICE/aws4_request",
            ));
        };
        Ok(Self {
            access_key_id,
            date,
            region,
            service,
            signed_headers,
            signature,
        })
    }
}

fn incomplete(message: impl Into<String>) -> ApiError {
    refusal("IncompleteSignatureException", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_taken_apart() {
        let header = "AWS4-HMAC-SHA256 Credential=AKID/20240510/us-west-2/kinesisvideo/aws4_request, \
                      SignedHeaders=host;x-amz-date, Signature=4b34";
        let authorization = Authorization::parse(header).unwrap();
        assert_eq!(
            authorization,
            Authorization {
                access_key_id: "AKID",
                date: "20240510",
                region: "us-west-2",
                service: "kinesisvideo",
                signed_headers: "host;x-amz-date",
                signature: "4b34",
            }
        );
        assert_eq!(
            Authorization::parse(&header.replace(", ", ",")).unwrap(),
            authorization
        );
    }

    #[test]
    fn the_error_names_what_is_missing() {
        for (header, word) in [
            ("", "AWS4-HMAC-SHA256"),
            ("Basic dXNlcjpwYXNz", "AWS4-HMAC-SHA256"),
            ("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256"),
            (
                "AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, SignedHeaders=host",
                "'Signature'",
            ),
            (
                "AWS4-HMAC-SHA256 SignedHeaders=host, Signature=1",
                "'Credential'",
            ),
            (
                "AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, SignedHeaders=, Signature=1",
                "'SignedHeaders'",
            ),
            (
                "AWS4-HMAC-SHA256 Credential=a/b/aws4_request, SignedHeaders=host, Signature=1",
                "scope",
            ),
            (
                "AWS4-HMAC-SHA256 Credential=a/b/c/d/aws5_request, SignedHeaders=host, Signature=1",
                "scope",
            ),
            ("AWS4-HMAC-SHA256 nonsense", "'nonsense'"),
        ] {
            let error = Authorization::parse(header).unwrap_err();
            assert_eq!(error.code, "IncompleteSignatureException");
            assert!(
                error.message.contains(word),
                "{header:?}: {}",
                error.message
            );
        }
    }
}
