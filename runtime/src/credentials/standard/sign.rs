//! Signs requests to the token service with the runtime's own Signature Version 4.

use std::time::{Duration, SystemTime};

use http::request::Parts;
use reqsign_aws_core::Credential;
use reqsign_core::{Context, Error, Result, SignRequest};

use crate::credentials::Credentials;
use crate::sigv4::{self, Payload, PayloadHash, SignableRequest, SigningParams};

/// Signs for the token service of a region.
#[derive(Debug)]
pub(super) struct StsSigner {
    pub(super) region: String,
}

impl SignRequest for StsSigner {
    type Credential = Credential;

    async fn sign_request(
        &self,
        _: &Context,
        request: &mut Parts,
        credential: Option<&Credential>,
        _: Option<Duration>,
    ) -> Result<()> {
        let credential =
            credential.ok_or_else(|| Error::credential_invalid("there are no credentials to sign with"))?;
        let credentials = Credentials::new(&credential.access_key_id, &credential.secret_access_key)
            .with_session_token(credential.session_token.as_deref().unwrap_or_default());
        let hash = request.headers.get("x-amz-content-sha256").and_then(|hash| hash.to_str().ok()).unwrap_or_default();
        let hash = PayloadHash::from_hex(hash).map_err(|error| Error::request_invalid(error.to_string()))?;
        let authority = request.uri.authority().map(|authority| authority.as_str().to_owned()).unwrap_or_default();
        let signable = SignableRequest::new(request.method.as_str(), request.uri.path())
            .query(request.uri.query().unwrap_or_default())
            .host(&authority)
            .headers(&request.headers)
            .payload(Payload::Hash(hash));
        let params = SigningParams::new(&credentials, &self.region, "sts", SystemTime::now());
        let signed = sigv4::sign(&signable, &params).map_err(|error| Error::request_invalid(error.to_string()))?;
        signed.apply(&mut request.headers);
        Ok(())
    }
}
