//! Our signer.

use std::time::SystemTime;

use http::Request;
use kinesisvideo_runtime::credentials::Credentials;
use kinesisvideo_runtime::sigv4::{Payload, SignableRequest, SigningKeyCache, SigningParams, sign};
use meter::Outcome;
use meter::request::{ACCESS_KEY_ID, REGION, SECRET_ACCESS_KEY, SERVICE};
use meter::signing::Signer;

/// Signs with our signer; its signing key is cached, as in a client.
pub struct OurSigner {
    credentials: Credentials,
    keys: SigningKeyCache,
}

impl Default for OurSigner {
    fn default() -> Self {
        Self::with_secret(SECRET_ACCESS_KEY)
    }
}

impl OurSigner {
    fn with_secret(secret: &str) -> Self {
        Self { credentials: Credentials::new(ACCESS_KEY_ID, secret), keys: SigningKeyCache::new() }
    }
}

impl Signer for OurSigner {
    fn sign(&self, request: &mut Request<String>) -> Outcome<()> {
        let params = SigningParams::new(&self.credentials, REGION, SERVICE, SystemTime::now()).keys(&self.keys);
        let signable = SignableRequest::new(request.method().as_str(), request.uri().path())
            .query(request.uri().query().unwrap_or_default())
            .headers(request.headers())
            .payload(Payload::Bytes(request.body().as_bytes()));
        sign(&signable, &params)?.apply(request.headers_mut());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use meter::signing::measure;

    use super::*;

    #[test]
    fn a_wrong_signature_fails_the_benchmark() {
        assert!(measure(&OurSigner::default(), 2).is_ok());
        let error = measure(&OurSigner::with_secret("another"), 2).unwrap_err().to_string();
        assert!(error.contains("signature"), "{error}");
    }
}
