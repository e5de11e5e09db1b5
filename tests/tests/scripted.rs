//! The scripted server itself: what tests rely on without looking.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of a test fails with it")]

use std::sync::Arc;

use kinesisvideo_tests::scripted::{Answer, Router, Server};

#[tokio::test]
async fn a_router_brings_any_host_in_clear_and_over_tls() {
    let server = Server::start([Answer::reply(200, "first"), Answer::reply(200, "then")]).unwrap();
    let router = Router::start(&server).unwrap();
    let mut roots = rustls::RootCertStore::empty();
    roots.add(router.root().clone()).unwrap();
    let tls = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let proxy = reqwest::Proxy::all(router.url()).unwrap();
    let client = reqwest::Client::builder().proxy(proxy).tls_backend_preconfigured(tls).build().unwrap();

    for url in ["http://one.test/a?b=c", "http://one.test:8080/", "https://two.test/", "https://two.test:8443/d"] {
        client.get(url).send().await.unwrap().bytes().await.unwrap();
        let last = server.received().pop().unwrap();
        assert_eq!((last.url().as_str(), last.port), (url, server.port()));
        assert!(last.target.starts_with('/'), "{}", last.target);
    }
}
