//! Sending one request over reqwest, and telling what went wrong when that fails.

use std::error::Error as StdError;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use ::http::StatusCode;
use bytes::Bytes;

use crate::byte_stream::ByteStream;
use crate::config::{Config, ConfigError, Proxy};
use crate::error::{Resent, TransportError, TransportErrorKind};
use crate::http::Response;
use crate::region::Region;
use crate::target::Destination;

/// The connection pool of a client.
#[derive(Clone, Debug)]
pub(crate) struct Transport {
    client: reqwest::Client,
    region: Region,
    /// How long a silence may be, when the limit is ours.
    read_timeout: Option<Duration>,
}

impl Transport {
    /// Takes the configuration's own HTTP client, or makes one that follows no redirect, retries nothing and reads no
    /// proxy from the environment: all of that is decided above it.
    pub(crate) fn new(config: &Config) -> Result<Self, ConfigError> {
        let region = config.region().clone();
        if let Some(client) = config.http_client() {
            return Ok(Self { client: client.clone(), region, read_timeout: None });
        }
        let read_timeout = config.read_timeout();
        let client = client(config.proxy(), config.connect_timeout(), read_timeout)?;
        Ok(Self { client, region, read_timeout })
    }

    /// Sends the request and reads the response to its end; of a success that is to be streamed, the head alone.
    pub(crate) async fn send(
        &self,
        request: reqwest::Request,
        to: &Destination,
        streaming: bool,
    ) -> Result<Answer, TransportError> {
        let mut answer = match self.client.execute(request).await {
            Ok(answer) => answer,
            Err(error) => return Err(self.error(error, to, None)),
        };
        let status = answer.status();
        let headers = std::mem::take(answer.headers_mut());
        let reason = answer.extensions().get::<hyper::ext::ReasonPhrase>();
        let reason = reason.map(|phrase| String::from_utf8_lossy(phrase.as_bytes()).into());
        if streaming && status.as_u16() < 300 {
            let response = Response { status, headers, body: Bytes::new(), reason };
            return Ok(Answer { response, stream: Some(ByteStream::of_body(answer)) });
        }
        match answer.bytes().await {
            Ok(body) => Ok(Answer { response: Response { status, headers, body, reason }, stream: None }),
            Err(error) => Err(self.error(error, to, Some(status))),
        }
    }

    fn error(&self, error: reqwest::Error, to: &Destination, status: Option<StatusCode>) -> TransportError {
        let host = to.url.host_str().unwrap_or_default().to_owned();
        let port = to.url.port_or_known_default().unwrap_or_default();
        // The URL may carry a presigned query.
        let error = error.without_url();
        let (kind, detail) = classify(&error);
        let message = match kind {
            TransportErrorKind::Timeout if error.is_connect() => {
                "Socket timed out without establishing a connection".to_owned()
            }
            TransportErrorKind::Timeout => match self.read_timeout {
                Some(limit) => format!("Connection timed out after {}ms", limit.as_millis()),
                None => "Connection timed out".to_owned(),
            },
            TransportErrorKind::Reset if is_reset_by_peer(&error) => "read ECONNRESET".to_owned(),
            TransportErrorKind::Reset => "socket hang up".to_owned(),
            TransportErrorKind::Dns | TransportErrorKind::Connect => format!(
                "Inaccessible host: `{host}' at port `{port}'. This service may not be available in the `{}' region.",
                self.region
            ),
            TransportErrorKind::Tls | TransportErrorKind::Incomplete | TransportErrorKind::Other => detail.clone(),
        };
        TransportError { kind, host, detail, message, status, resent: Resent::default(), source: Some(Arc::new(error)) }
    }
}

/// An HTTP client that follows no redirect, retries nothing and reads no proxy from the environment.
pub(crate) fn client(
    proxy: Option<&Proxy>,
    connect_timeout: Option<Duration>,
    read_timeout: Option<Duration>,
) -> Result<reqwest::Client, ConfigError> {
    let mut builder =
        reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).retry(reqwest::retry::never());
    builder = match proxy {
        Some(proxy) => builder.proxy(proxy.to_reqwest()?),
        None => builder.no_proxy(),
    };
    if let Some(timeout) = connect_timeout {
        builder = builder.connect_timeout(timeout);
    }
    if let Some(timeout) = read_timeout {
        builder = builder.read_timeout(timeout);
    }
    with_tls(builder)?.build().map_err(|error| ConfigError::HttpClient(on_one_line(&error)))
}

/// A response, its body read or still to be read.
pub(crate) struct Answer {
    pub(crate) response: Response,
    /// The body of a streamed success; [`Response::body`] is empty then.
    pub(crate) stream: Option<ByteStream>,
}

/// Chooses ring explicitly: reqwest would look for a provider installed for the whole process and panic without one.
#[cfg(feature = "rustls-ring")]
fn with_tls(builder: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, ConfigError> {
    let refuse = |error: rustls::Error| ConfigError::HttpClient(format!("TLS: {error}"));
    let provider = rustls::crypto::CryptoProvider::get_default()
        .cloned()
        .unwrap_or_else(|| Arc::new(rustls::crypto::ring::default_provider()));
    let verifier = rustls_platform_verifier::Verifier::new(Arc::clone(&provider)).map_err(refuse)?;
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(refuse)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(builder.tls_backend_preconfigured(tls))
}

#[cfg(not(feature = "rustls-ring"))]
fn with_tls(builder: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, ConfigError> {
    Ok(builder)
}

/// What went wrong, without the URL, which may carry a token.
#[cfg(feature = "standard-chain")]
pub(crate) fn describe(error: reqwest::Error) -> String {
    classify(&error.without_url()).1
}

fn classify(error: &reqwest::Error) -> (TransportErrorKind, String) {
    use TransportErrorKind as Kind;
    let io = |is: fn(io::ErrorKind) -> bool| io_errors(error).any(|error| is(error.kind()));
    let hyper = causes(error).find_map(|cause| cause.downcast_ref::<hyper::Error>());
    let (kind, what) = if error.is_timeout() && error.is_connect() {
        (Kind::Timeout, "no connection within the connect timeout")
    } else if error.is_timeout() {
        (Kind::Timeout, "no data within the read timeout")
    } else if error.is_dns() {
        (Kind::Dns, "the host name did not resolve")
    } else if error.is_connect() {
        // A failed handshake surfaces as invalid data of the stream; refusals have kinds of their own.
        let handshake = |kind| matches!(kind, io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof);
        match (io(handshake), io(is_reset)) {
            (true, _) => (Kind::Tls, "the TLS handshake failed"),
            (_, true) => (Kind::Reset, "the connection was closed while it was set up"),
            _ => (Kind::Connect, "no connection"),
        }
    } else if error.is_decode() || error.is_body() {
        (Kind::Incomplete, "the connection ended before the response was complete")
    } else if hyper.is_some_and(hyper::Error::is_parse) {
        (Kind::Other, "the response is not HTTP")
    } else if hyper.is_some_and(|error| error.is_incomplete_message() || error.is_closed()) || io(is_reset) {
        (Kind::Reset, "the connection was closed before a response came")
    } else {
        (Kind::Other, "the request could not be sent")
    };
    let cause = causes(error).last().map(ToString::to_string).unwrap_or_default();
    (kind, format!("{what} ({cause})"))
}

fn is_reset_by_peer(error: &reqwest::Error) -> bool {
    io_errors(error).any(|error| error.kind() == io::ErrorKind::ConnectionReset)
}

fn is_reset(kind: io::ErrorKind) -> bool {
    use io::ErrorKind as Kind;
    matches!(kind, Kind::ConnectionReset | Kind::ConnectionAborted | Kind::BrokenPipe | Kind::UnexpectedEof)
}

/// An error, its cause, the cause's cause, and so on.
fn causes<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |error| <dyn StdError>::source(*error))
}

/// The I/O errors among the causes. One that wraps another does not call it its cause.
fn io_errors<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a io::Error> {
    let wrapped = |error: &&'a io::Error| error.get_ref()?.downcast_ref::<io::Error>();
    causes(error)
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .flat_map(move |error| std::iter::successors(Some(error), wrapped))
}

fn on_one_line(error: &(dyn StdError + 'static)) -> String {
    causes(error).map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
