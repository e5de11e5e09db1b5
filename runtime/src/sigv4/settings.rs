//! What differs between services and signers.

/// How requests are canonicalised and what the signature covers.
///
/// The default is what AWS services other than S3 verify, and what AWS SDK for JavaScript v2 sends.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SigningSettings {
    /// How the path is encoded; [`PathEncoding::Double`] by default.
    pub path_encoding: PathEncoding,
    /// Whether dot segments are removed from the path; [`PathNormalization::Disabled`] by default.
    pub path_normalization: PathNormalization,
    /// Whether `x-amz-content-sha256` is set and signed; `true` by default. A presigned query never carries it.
    pub content_sha256_header: bool,
    /// Whether the signature covers the session token; [`SessionTokenMode::Signed`] by default.
    pub session_token: SessionTokenMode,
    /// Headers the signature does not cover, in lower case; [`DEFAULT_EXCLUDED_HEADERS`] by default.
    ///
    /// `authorization` is never covered, `host` and the headers set by the signer always are.
    pub excluded_headers: &'static [&'static str],
}

impl SigningSettings {
    pub(super) const DEFAULT: Self = Self {
        path_encoding: PathEncoding::Double,
        path_normalization: PathNormalization::Disabled,
        content_sha256_header: true,
        session_token: SessionTokenMode::Signed,
        excluded_headers: DEFAULT_EXCLUDED_HEADERS,
    };
}

impl Default for SigningSettings {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// Headers that are not signed unless asked for: those that proxies and HTTP clients add or change on the way.
pub const DEFAULT_EXCLUDED_HEADERS: &[&str] = &[
    "authorization",
    "content-length",
    "content-type",
    "expect",
    "presigned-expires",
    "user-agent",
    "x-amzn-trace-id",
    // Headers of one hop (RFC 9110, section 7.6.1): the next hop may drop them.
    "connection",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// How a path that is already percent-encoded for sending stands in the canonical request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PathEncoding {
    /// Percent-encoded once more: `%20` becomes `%2520`. All services but S3.
    Double,
    /// As sent. S3.
    Single,
}

/// Whether a path is normalised before it is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PathNormalization {
    /// Dot segments are removed and runs of `/` become one.
    Enabled,
    /// The path is signed as it is.
    Disabled,
}

/// Whether the signature covers the session token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SessionTokenMode {
    /// The token is signed with the rest.
    Signed,
    /// The token is added after signing.
    Unsigned,
}
