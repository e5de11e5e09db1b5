//! The chain's HTTP: the runtime's own client, so that no second stack is linked.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqsign_core::{Error, HttpSend, Result};

use crate::config::{ConfigError, Proxy};
use crate::transport;

/// How long establishing a connection may take. Away from EC2, connections to the metadata service end this way.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);
/// How large a response may be: credentials take a few kilobytes.
const LARGEST_BODY: usize = 256 * 1024;

/// Sends the requests of the chain.
///
/// Metadata and container endpoints speak plain HTTP on the machine itself or its link, so those requests never go through
/// a proxy; the token services do.
#[derive(Clone, Debug, Default)]
pub(super) struct ChainHttp {
    /// The user's own client, for the token services.
    client: Option<reqwest::Client>,
    proxy: Option<Proxy>,
    /// Made when first needed: most programs never do.
    made: Arc<Made>,
}

#[derive(Debug, Default)]
struct Made {
    direct: OnceLock<std::result::Result<reqwest::Client, ConfigError>>,
    proxied: OnceLock<std::result::Result<reqwest::Client, ConfigError>>,
}

impl ChainHttp {
    pub(super) fn new(client: Option<reqwest::Client>, proxy: Option<Proxy>) -> Self {
        Self { client, proxy, made: Arc::default() }
    }

    fn client(&self, is_direct: bool) -> Result<reqwest::Client> {
        let make = |proxy| transport::client(proxy, Some(CONNECT_TIMEOUT), None);
        let made = match (is_direct, &self.client) {
            (true, _) => self.made.direct.get_or_init(|| make(None)),
            (false, Some(client)) => return Ok(client.clone()),
            (false, None) => self.made.proxied.get_or_init(|| make(self.proxy.as_ref())),
        };
        made.clone().map_err(|error| Error::unexpected(error.to_string()))
    }
}

impl HttpSend for ChainHttp {
    async fn http_send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>> {
        let is_direct = request.uri().scheme_str() == Some("http");
        let client = self.client(is_direct)?;
        // The request's own words are kept, and no header of a message shows them: they may carry tokens.
        let request = reqwest::Request::try_from(request).map_err(unsent)?;
        let mut response = client.execute(request).await.map_err(unsent)?;
        let mut body = BytesMut::new();
        while let Some(chunk) = response.chunk().await.map_err(unsent)? {
            if body.len() + chunk.len() > LARGEST_BODY {
                return Err(Error::unexpected("the response is larger than 256 KiB"));
            }
            body.extend_from_slice(&chunk);
        }
        let mut answer = http::Response::new(body.freeze());
        *answer.status_mut() = response.status();
        *answer.headers_mut() = std::mem::take(response.headers_mut());
        Ok(answer)
    }
}

fn unsent(error: reqwest::Error) -> Error {
    Error::unexpected(transport::describe(error))
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;

    /// Serves one request with these bytes; gives the URL, and the request once it has come.
    async fn serve(answer: Vec<u8>) -> (String, tokio::task::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/creds?a=%2F", listener.local_addr().unwrap());
        let served = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = vec![0; 4096];
            let length = stream.read(&mut request).await.unwrap();
            let _ = stream.write_all(&answer).await;
            String::from_utf8_lossy(&request[..length]).into_owned()
        });
        (url, served)
    }

    async fn get(url: &str) -> Result<http::Response<Bytes>> {
        // A proxy that must not be used: nothing listens there.
        let http = ChainHttp::new(None, Some(Proxy::new("http://127.0.0.1:1".to_owned())));
        let request = http::Request::get(url).header("authorization", "token").body(Bytes::new()).unwrap();
        http.http_send(request).await
    }

    #[tokio::test]
    async fn a_request_over_plain_http_goes_directly_and_as_it_is() {
        let (url, served) = serve(b"HTTP/1.1 201 Created\r\ncontent-length: 2\r\n\r\nok".to_vec()).await;
        let response = get(&url).await.unwrap();
        assert_eq!((response.status().as_u16(), &response.body()[..]), (201, &b"ok"[..]));
        let request = served.await.unwrap();
        assert!(request.starts_with("GET /creds?a=%2F HTTP/1.1\r\n"), "{request}");
        assert!(request.contains("authorization: token\r\n"), "{request}");
    }

    #[tokio::test]
    async fn a_redirect_is_not_followed() {
        let (url, _) = serve(b"HTTP/1.1 302 Found\r\nlocation: http://h/\r\ncontent-length: 0\r\n\r\n".to_vec()).await;
        assert_eq!(get(&url).await.unwrap().status().as_u16(), 302);
    }

    #[tokio::test]
    async fn a_response_without_end_is_refused() {
        let mut answer = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
        answer.resize(LARGEST_BODY + 100, b'x');
        let (url, _) = serve(answer).await;
        assert_eq!(get(&url).await.unwrap_err().to_string(), "the response is larger than 256 KiB");
    }

    #[tokio::test]
    async fn a_refused_connection_says_so_without_the_url() {
        let message = get("http://127.0.0.1:1/creds?token=hunter2").await.unwrap_err().to_string();
        assert!(message.starts_with("no connection ("), "{message}");
        assert!(!message.contains("hunter2"), "{message}");
    }
}
