//! Every way a call can fail on the way or by the service's answer ends in the right typed error, in time.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of a test fails with it")]

use std::time::{Duration, Instant};

use kinesisvideo::webrtc_storage::{
    Client, Error, JoinStorageSessionAsViewerInput, JoinStorageSessionInput, ServiceError,
};
use kinesisvideo::{ConfigBuilder, TransportErrorKind};
use kinesisvideo_tests::scripted::{Answer, Router, Server};
use kinesisvideo_tests::{CHANNEL_ARN, config};

/// Bounds each call here: nothing may hang.
const LIMIT: Duration = Duration::from_secs(10);

async fn join_at(url: impl Into<String>, config: ConfigBuilder) -> Result<(), Error> {
    let client = Client::new(config.endpoint(url.into()).build().unwrap()).unwrap();
    let call = client.join_storage_session(JoinStorageSessionInput::new(CHANNEL_ARN));
    tokio::time::timeout(LIMIT, call).await.expect("the call hangs").map(|_| ())
}

async fn join(answer: Answer, config: ConfigBuilder) -> Result<(), Error> {
    let server = Server::start([answer]).unwrap();
    join_at(server.url(), config).await
}

fn kind(error: &Error) -> Option<TransportErrorKind> {
    match error {
        Error::Transport(error) => Some(error.kind()),
        _ => None,
    }
}

#[tokio::test]
async fn a_refused_connection() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let error = join_at(format!("http://127.0.0.1:{port}"), config().max_retries(0)).await.unwrap_err();
    assert_eq!((kind(&error), error.code()), (Some(TransportErrorKind::Connect), "UnknownEndpoint"));
    assert!(error.is_retryable());
}

#[tokio::test]
async fn a_host_that_does_not_resolve() {
    let error = join_at("http://no-such-host.invalid", config().max_retries(0)).await.unwrap_err();
    assert_eq!(kind(&error), Some(TransportErrorKind::Dns), "{error}");
    assert!(error.to_string().contains("no-such-host.invalid"), "{error}");
}

#[tokio::test]
async fn a_certificate_that_nobody_trusts() {
    let server = Server::start([Answer::reply(200, "{}")]).unwrap();
    let router = Router::start(&server).unwrap();
    let error = join_at("https://service.test", config().max_retries(0).proxy(router.url())).await.unwrap_err();
    assert_eq!((kind(&error), error.code()), (Some(TransportErrorKind::Tls), "NetworkingError"), "{error}");
    assert!(error.to_string().contains("certificate"), "{error}");
    assert!(server.received().is_empty(), "nothing is said to a server that is not trusted");
}

#[tokio::test]
async fn a_server_that_speaks_no_tls() {
    let server = Server::start([Answer::Raw(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec())]).unwrap();
    let url = server.url().replace("http://", "https://");
    let quick = config().max_retries(0).read_timeout(Duration::from_secs(2)).connect_timeout(Duration::from_secs(2));
    let error = join_at(url, quick).await.unwrap_err();
    assert_eq!((kind(&error), error.code()), (Some(TransportErrorKind::Tls), "NetworkingError"), "{error}");
    assert!(error.to_string().contains("the TLS handshake failed"), "{error}");
}

#[tokio::test]
async fn a_proxy_that_refuses_is_gone_or_speaks_no_http() {
    let refusing = Server::start([Answer::reply(407, "")]).unwrap();
    let odd = Server::start([Answer::Raw(b"SSH-2.0-x\r\n".to_vec())]).unwrap();
    for (proxy, says) in [
        (refusing.url(), "proxy authorization required"),
        (odd.url(), "tunnel error"),
        ("http://127.0.0.1:1".to_owned(), "refused"),
    ] {
        let error = join_at("https://service.test", config().max_retries(0).proxy(proxy)).await.unwrap_err();
        assert_eq!((kind(&error), error.code()), (Some(TransportErrorKind::Connect), "UnknownEndpoint"), "{error}");
        assert!(error.to_string().contains(says), "{error}");
    }
}

#[tokio::test]
async fn a_connection_closed_or_reset_without_an_answer() {
    for answer in [Answer::Close, Answer::Reset] {
        let error = join(answer, config().max_retries(0)).await.unwrap_err();
        assert_eq!((kind(&error), error.code()), (Some(TransportErrorKind::Reset), "TimeoutError"), "{error}");
    }
}

#[tokio::test]
async fn silence_before_and_within_the_response() {
    for answer in [Answer::Hang, Answer::HeadThenHang] {
        let began = Instant::now();
        let quick = config().max_retries(0).read_timeout(Duration::from_millis(120));
        let error = join(answer, quick).await.unwrap_err();
        assert!(error.is_timeout(), "{error}");
        assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    }
}

#[tokio::test]
async fn a_slow_answer_that_keeps_coming_is_no_timeout() {
    let drip = Answer::drip(b"{\"a\":1}", Duration::from_millis(40));
    join(drip, config().max_retries(0).read_timeout(Duration::from_millis(150))).await.unwrap();
}

#[tokio::test]
async fn a_body_cut_short() {
    let error = join(Answer::partial(b"{\"a\""), config().max_retries(0)).await.unwrap_err();
    assert_eq!(kind(&error), Some(TransportErrorKind::Incomplete), "{error}");
    let chunked = Answer::Raw(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"a\"".to_vec());
    let error = join(chunked, config().max_retries(0)).await.unwrap_err();
    assert_eq!(kind(&error), Some(TransportErrorKind::Incomplete), "{error}");
}

#[tokio::test]
async fn an_answer_that_is_not_http() {
    let error = join(Answer::Raw(b"\x00\x01garbage\r\n\r\n".to_vec()), config().max_retries(0)).await.unwrap_err();
    assert_eq!(kind(&error), Some(TransportErrorKind::Other), "{error}");
}

#[tokio::test]
async fn a_success_that_is_not_json() {
    for body in ["<html>welcome</html>", "{\"a\":", "nope"] {
        let error = join(Answer::reply(200, body), config()).await.unwrap_err();
        assert_eq!((error.code(), error.attempts()), ("SyntaxError", 1), "{error}");
        assert!(!error.to_string().contains("welcome"), "bodies are not shown: {error}");
    }
}

#[tokio::test]
async fn successes_of_every_form() {
    for (status, body) in
        [(200, ""), (200, "{}"), (200, "{\"unknown\":1}"), (200, "[]"), (201, ""), (202, ""), (204, "")]
    {
        join(Answer::reply(status, body), config()).await.unwrap_or_else(|error| panic!("{status} {body}: {error}"));
    }
}

#[tokio::test]
async fn modelled_errors_are_typed_for_both_operations() {
    for (code, status) in [
        ("AccessDeniedException", 403),
        ("ClientLimitExceededException", 400),
        ("InvalidArgumentException", 400),
        ("ResourceNotFoundException", 404),
    ] {
        let answer = Answer::reply(status, format!(r#"{{"message":"m of {code}"}}"#))
            .header("x-amzn-errortype", &format!("{code}:http://internal.amazon.com/coral/x/"))
            .header("x-amzn-requestid", "rid-1");
        let server = Server::start([answer]).unwrap();
        let client = Client::new(config().endpoint(server.url()).build().unwrap()).unwrap();
        let errors = [
            client.join_storage_session(JoinStorageSessionInput::new(CHANNEL_ARN)).await.unwrap_err(),
            client
                .join_storage_session_as_viewer(JoinStorageSessionAsViewerInput::new(CHANNEL_ARN, "v"))
                .await
                .unwrap_err(),
        ];
        for error in errors {
            assert_eq!(error.code(), code);
            assert_eq!(error.status().unwrap().as_u16(), status);
            assert_eq!(error.request_id(), Some("rid-1"));
            assert!(!error.is_retryable() && error.attempts() == 1, "{error:?}");
            assert_eq!(error.to_string(), format!("{code}: m of {code} (status {status}, request ID rid-1)"));
            let message = match error.service_error().unwrap() {
                ServiceError::AccessDeniedException(error) => error.message.as_deref(),
                ServiceError::ClientLimitExceededException(error) => error.message.as_deref(),
                ServiceError::InvalidArgumentException(error) => error.message.as_deref(),
                ServiceError::ResourceNotFoundException(error) => error.message.as_deref(),
                other => panic!("{other:?}"),
            };
            assert_eq!(message, Some(format!("m of {code}").as_str()));
        }
    }
}

#[tokio::test]
async fn error_bodies_of_every_form() {
    for (status, body, code, message) in [
        (500, "<html>oops</html>", "UnknownError", Some("Internal Server Error")),
        (400, "", "UnknownError", Some("400")),
        (400, "{\"message\":", "UnknownError", Some("Bad Request")),
        (400, "null", "UnknownError", Some("Bad Request")),
        (400, "[]", "UnknownError", None),
        (
            400,
            r#"{"__type":"a.b#InvalidArgumentException:http://c/","Message":"M"}"#,
            "InvalidArgumentException",
            Some("M"),
        ),
        (400, r#"{"code":"InvalidArgumentException"}"#, "InvalidArgumentException", None),
        (418, r#"{"code":"SomethingNew","message":"n"}"#, "SomethingNew", Some("n")),
    ] {
        let error = join(Answer::reply(status, body), config().max_retries(0)).await.unwrap_err();
        let Error::Service(failure) = &error else { panic!("{body}: {error:?}") };
        assert_eq!((failure.code(), failure.message()), (code, message), "{body}");
    }
}

#[tokio::test]
async fn what_is_retried_and_what_is_not() {
    for (answer, requests) in [
        (Answer::reply(500, ""), 4),
        (Answer::reply(501, ""), 4),
        (Answer::reply(503, ""), 4),
        (Answer::reply(429, ""), 4),
        (Answer::Close, 4),
        (Answer::reply(400, r#"{"__type":"ThrottlingException"}"#), 4),
        (Answer::reply(400, r#"{"__type":"ExpiredTokenException"}"#), 4),
        (Answer::reply(400, r#"{"__type":"ClientLimitExceededException"}"#), 1),
        (Answer::reply(400, r#"{"__type":"LimitExceededException"}"#), 1),
        (Answer::reply(403, r#"{"__type":"AccessDeniedException"}"#), 1),
        (Answer::reply(408, ""), 1),
        (Answer::reply(307, ""), 1),
        (Answer::reply(304, ""), 1),
    ] {
        let server = Server::start([answer.clone()]).unwrap();
        let error = join_at(server.url(), config()).await.unwrap_err();
        assert_eq!(server.received().len(), requests, "{answer:?}");
        assert_eq!(error.attempts() as usize, requests, "{answer:?}");
    }
}

/// What went wrong, where, and what to look at.
#[tokio::test]
async fn an_error_reads_as_a_sentence() {
    let quick = || config().max_retries(0).read_timeout(Duration::from_millis(100));
    let text = |result: Result<(), Error>| result.unwrap_err().to_string();
    assert_eq!(
        text(join(Answer::Hang, quick().max_retries(1)).await),
        "TimeoutError: no data within the read timeout (operation timed out) (host 127.0.0.1, 2 requests sent); the limits are \
         `connect_timeout` and `read_timeout`"
    );
    assert_eq!(
        text(join_at("http://127.0.0.1:1", quick()).await),
        "UnknownEndpoint: no connection (Connection refused (os error 111)) (host 127.0.0.1); check the endpoint, the proxy and \
         the network"
    );
    assert_eq!(
        text(join(Answer::partial("{"), quick()).await),
        "TimeoutError: the connection ended before the response was complete (end of file before message length reached) \
         (host 127.0.0.1); the service may have acted on the request"
    );
    assert_eq!(
        text(join(Answer::reply(200, "<html>").header("x-amzn-requestid", "rid"), quick()).await),
        "the response could not be read: body: expected JSON, found something else (status 200, request ID rid); check that the \
         endpoint is the service's"
    );
    assert_eq!(
        text(
            join(Answer::reply(403, r#"{"__type":"AccessDeniedException","message":"no right to join"}"#), quick())
                .await
        ),
        "AccessDeniedException: no right to join (status 403)"
    );
}
