//! What a request is sent with: keys that sign it, or a token.

use ::http::HeaderMap;
use ::http::header::AUTHORIZATION;
use reqwest::Url;

use crate::credentials::{BearerToken, Credentials, CredentialsError, missing_token, token_in_clear};
use crate::operation::{Auth, OperationMeta};
use crate::shared::Shared;

/// What a request is sent with.
pub(crate) enum Identity {
    /// Nothing.
    Nobody,
    /// Keys that sign it.
    Keys(Credentials),
    /// A token.
    Token(BearerToken),
}

impl Identity {
    pub(crate) async fn of_call(shared: &Shared, auth: Auth) -> Result<Self, CredentialsError> {
        let keys = shared.config.credentials();
        Ok(match auth {
            Auth::None => Self::Nobody,
            Auth::Optional => keys.get().await.map_or(Self::Nobody, Self::Keys),
            Auth::SigV4 | Auth::SigV4UnsignedPayload => Self::Keys(keys.get().await?),
            Auth::Bearer => match &shared.bearer_token {
                Some(token) => Self::Token(token.get().await?),
                None => return Err(missing_token(shared.service.signing_name)),
            },
        })
    }

    pub(crate) fn keys(&self) -> Option<&Credentials> {
        match self {
            Self::Keys(credentials) => Some(credentials),
            Self::Nobody | Self::Token(_) => None,
        }
    }
}

/// How requests of an operation are authorised, now that it is known whether there is a token.
pub(crate) fn auth(shared: &Shared, operation: &OperationMeta) -> Auth {
    match operation.or_bearer && shared.bearer_token.is_some() {
        true => Auth::Bearer,
        false => operation.auth,
    }
}

/// Adds a token to the headers of a request.
///
/// # Errors
/// When the token would travel in clear: whoever reads it could use it.
pub(crate) fn add_token(token: &BearerToken, url: &Url, headers: &mut HeaderMap) -> Result<(), CredentialsError> {
    if url.scheme() != "https" && !is_this_machine(url) {
        return Err(token_in_clear(url.host_str().unwrap_or_default()));
    }
    headers.insert(AUTHORIZATION, token.header()?);
    Ok(())
}

fn is_this_machine(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<std::net::IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_goes_over_tls_or_to_this_machine() {
        let sent = |url: &str| {
            let mut headers = HeaderMap::new();
            add_token(&BearerToken::new("t"), &url.parse().unwrap(), &mut headers).map(|()| headers)
        };
        for url in ["https://a.test/", "http://127.0.0.1:80/", "http://[::1]/", "http://localhost:1/"] {
            assert_eq!(sent(url).unwrap()[AUTHORIZATION], "Bearer t", "{url}");
        }
        for url in ["http://a.test/", "http://192.0.2.1/", "http://localhost.a.test/", "http://127.0.0.1.a.test/"] {
            let error = sent(url).unwrap_err().to_string();
            assert!(error.contains("would send it in clear") && !error.contains("Bearer t"), "{error}");
        }
    }
}
