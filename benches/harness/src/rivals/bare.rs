//! reqwest alone, sending the very bytes our client sent: the floor under any client built on it.

use std::time::Duration;

use bytes::Bytes;
use meter::Outcome;
use meter::bench::Rival;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, StatusCode, Url};

pub(crate) struct Bare {
    client: Client,
    url: Url,
    headers: HeaderMap,
    body: Bytes,
}

impl Bare {
    /// Takes headers, signature included, and body from a request of our client, and configures reqwest as our client
    /// does.
    pub(crate) fn new(endpoint: &str, request: &[u8]) -> Outcome<Self> {
        let end = request.windows(4).position(|window| window == b"\r\n\r\n").ok_or("a request without end")?;
        let head = str::from_utf8(&request[..end])?;
        let mut headers = HeaderMap::new();
        for (name, value) in head.lines().skip(1).filter_map(|line| line.split_once(':')) {
            // These are reqwest's to set.
            if !["accept", "content-length", "host"].contains(&name) {
                headers.insert(HeaderName::from_bytes(name.as_bytes())?, HeaderValue::from_str(value.trim())?);
            }
        }
        let client = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .read_timeout(Duration::from_secs(120))
            .tls_backend_preconfigured(tls()?)
            .build()?;
        let url = Url::parse(endpoint)?.join(meter::request::PATH)?;
        Ok(Self { client, url, headers, body: Bytes::copy_from_slice(&request[end + 4..]) })
    }
}

/// ring's, like our client's. Nothing here uses TLS, but reqwest wants to know.
fn tls() -> Outcome<rustls::ClientConfig> {
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    Ok(rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth())
}

impl Rival for Bare {
    async fn call(&self) -> Result<(), String> {
        let send = async {
            let request = self.client.post(self.url.clone()).headers(self.headers.clone()).body(self.body.clone());
            let response = request.send().await?;
            Ok((response.status(), response.bytes().await?))
        };
        match send.await {
            Ok((StatusCode::OK, body)) if body == "{}" => Ok(()),
            Ok((status, body)) => Err(format!("status {status}, {} bytes", body.len())),
            Err(error) => Err(reqwest::Error::to_string(&error)),
        }
    }
}
