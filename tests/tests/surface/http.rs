//! 22: `httpOptions`.

use std::time::{Duration, Instant};

use kinesisvideo::runtime::http::{HeaderMap, HeaderValue};
use kinesisvideo::webrtc_storage::{Client, Error};
use kinesisvideo::{ConfigBuilder, TransportErrorKind};
use kinesisvideo_tests::config;
use kinesisvideo_tests::scripted::{Answer, Router};

use super::{accepting, answering, client, join, only};

fn kind(error: &Error) -> Option<TransportErrorKind> {
    match error {
        Error::Transport(error) => Some(error.kind()),
        _ => None,
    }
}

/// What a join ends with that must not take longer than this.
async fn within(limit: Duration, config: ConfigBuilder, answer: Answer) -> Result<(), Error> {
    let server = answering([answer]);
    let began = Instant::now();
    let result = join(&client(&server, config.max_retries(0))).await.map(drop);
    assert!(began.elapsed() < limit, "{:?}", began.elapsed());
    result
}

#[tokio::test]
async fn option_22a_http_options_proxy_gets_the_absolute_url_and_its_credentials() {
    let proxy = accepting();
    let url = format!("http://user:pass@127.0.0.1:{}", proxy.port());
    let config = config().endpoint("http://service.test/base").proxy(url);
    join(&Client::new(config.build().unwrap()).unwrap()).await.unwrap();
    let request = only(&proxy);
    assert_eq!(request.target, "http://service.test/base/joinStorageSession");
    assert_eq!(request.header("host"), Some("service.test"));
    assert_eq!(request.header("proxy-authorization"), Some("Basic dXNlcjpwYXNz"));
    assert!(request.header("authorization").unwrap().starts_with("AWS4-HMAC-SHA256 "));
}

/// Unlike the original, which sends the request to the proxy in clear.
#[tokio::test]
async fn option_22a_http_options_proxy_is_asked_for_a_tunnel_to_https_endpoints() {
    let proxy = answering([Answer::reply(407, "")]);
    let url = format!("http://user:pass@127.0.0.1:{}", proxy.port());
    let config = config().max_retries(0).endpoint("https://service.test").proxy(url);
    let error = join(&Client::new(config.build().unwrap()).unwrap()).await.unwrap_err();
    let request = only(&proxy);
    assert_eq!((&*request.method, &*request.target), ("CONNECT", "service.test:443"));
    assert_eq!(request.header("proxy-authorization"), Some("Basic dXNlcjpwYXNz"));
    assert!(request.body.is_empty() && request.header("authorization").is_none());
    assert_eq!(kind(&error), Some(TransportErrorKind::Connect), "{error}");
}

#[tokio::test]
async fn option_22b_http_options_agent_is_an_http_client_of_ones_own() {
    let mut headers = HeaderMap::new();
    headers.insert("x-agent", HeaderValue::from_static("mine"));
    let server = accepting();
    let router = Router::start(&server).unwrap();
    let agent = router.http_client(reqwest::Client::builder().default_headers(headers)).unwrap();
    let config = config().endpoint("https://service.test").http_client(agent);
    join(&Client::new(config.build().unwrap()).unwrap()).await.unwrap();
    let request = only(&server);
    assert_eq!((&*request.url(), request.header("x-agent")), ("https://service.test/joinStorageSession", Some("mine")));
}

#[tokio::test]
async fn option_22b_http_options_agent_keeps_connections_by_default() {
    let server = accepting();
    let client = client(&server, config());
    for _ in 0..3 {
        join(&client).await.unwrap();
    }
    assert_eq!(server.connections(), 1);
    assert_eq!(server.received()[0].header("connection"), None);
}

#[tokio::test]
async fn option_22c_http_options_connect_timeout_ends_the_wait_for_a_connection() {
    // It takes connections and never says a word of TLS.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("https://{}", silent.local_addr().unwrap());
    let config = config().max_retries(1).connect_timeout(Duration::from_millis(200)).endpoint(endpoint);
    let began = Instant::now();
    let error = join(&Client::new(config.build().unwrap()).unwrap()).await.unwrap_err();
    assert_eq!((kind(&error), error.code()), (Some(TransportErrorKind::Timeout), "TimeoutError"));
    assert!(error.to_string().contains("no connection within the connect timeout"), "{error}");
    assert_eq!(error.attempts(), 2);
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
}

#[tokio::test]
async fn option_22d_http_options_timeout_is_of_silence_not_of_the_whole() {
    let quick = || config().read_timeout(Duration::from_millis(600));
    let limit = Duration::from_secs(4);
    for answer in [Answer::Hang, Answer::HeadThenHang] {
        let error = within(limit, quick(), answer).await.unwrap_err();
        assert_eq!((kind(&error), error.code()), (Some(TransportErrorKind::Timeout), "TimeoutError"));
        assert!(error.is_timeout() && error.is_retryable());
    }
    // A byte every 400 ms: longer than the limit in all.
    within(limit, quick(), Answer::drip("{}", Duration::from_millis(400))).await.unwrap();
    within(
        limit,
        config().read_timeout(None),
        Answer::After(Duration::from_millis(50), Box::new(Answer::reply(200, ""))),
    )
    .await
    .unwrap();
}
