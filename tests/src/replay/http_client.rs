//! HTTP clients for cases whose requests must not go where they say.

use std::future::Pending;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use reqwest::{Client, ClientBuilder, Proxy, Url};
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};
use serde_json::{Map, Value};
use tower_layer::Layer;
use tower_service::Service;

use super::Failure;
use crate::scripted::Router;

/// A client that goes through the router to every host but 127.0.0.1.
pub(super) fn routed(config: &Map<String, Value>, router: &Router) -> Result<Client, Failure> {
    let proxy = Url::parse(&router.url())?;
    let away = Proxy::custom(move |url| (url.host_str() != Some("127.0.0.1")).then(|| proxy.clone()));
    let mut trusted = RootCertStore::empty();
    trusted.add(router.root().clone())?;
    Ok(builder(config, trusted)?.proxy(away).build()?)
}

/// A client whose connections are never established.
pub(super) fn never_connecting(config: &Map<String, Value>) -> Result<Client, Failure> {
    Ok(builder(config, RootCertStore::empty())?.no_proxy().connector_layer(NeverConnects).build()?)
}

/// Whoever brings an HTTP client sets its time limits too, and TLS.
fn builder(config: &Map<String, Value>, trusted: RootCertStore) -> Result<ClientBuilder, Failure> {
    let options = config.get("httpOptions").and_then(Value::as_object);
    if options.is_some_and(|options| options.contains_key("proxy")) {
        return Err("a proxy cannot be combined with `route` or `agent`".into());
    }
    let milliseconds = |name: &str| {
        let number = options.and_then(|options| options.get(name)).and_then(Value::as_u64);
        number.filter(|number| *number > 0).map(Duration::from_millis)
    };
    let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(trusted)
        .with_no_client_auth();
    let mut builder = Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .tls_backend_preconfigured(tls);
    if let Some(timeout) = milliseconds("connectTimeout") {
        builder = builder.connect_timeout(timeout);
    }
    if let Some(timeout) = milliseconds("timeout") {
        builder = builder.read_timeout(timeout);
    }
    Ok(builder)
}

#[derive(Clone, Copy)]
struct NeverConnects;

impl<S> Layer<S> for NeverConnects {
    type Service = Never<S>;

    fn layer(&self, connector: S) -> Never<S> {
        Never(connector)
    }
}

#[derive(Clone)]
struct Never<S>(S);

impl<S, R> Service<R> for Never<S>
where
    S: Service<R>,
    S::Response: Send,
    S::Error: Send,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pending<Result<S::Response, S::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, _: R) -> Self::Future {
        std::future::pending()
    }
}
