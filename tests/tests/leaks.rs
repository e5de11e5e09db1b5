//! Calls that are dropped or that fail leave nothing behind, whatever they were doing: no task, no socket, no thread.
//!
//! One test, alone in its process, because it counts what the whole process holds.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of a test fails with it")]

use std::future::Future;
use std::net::TcpListener;
use std::time::{Duration, Instant};

use kinesisvideo::runtime::credentials::CredentialsFuture;
use kinesisvideo::webrtc_storage::{self, Client, JoinStorageSessionInput};
use kinesisvideo::{ConfigBuilder, ProvideCredentials, RetryDelay};
use kinesisvideo_golden::streaming;
use kinesisvideo_tests::scripted::{Answer, Router, Server};
use kinesisvideo_tests::{CHANNEL_ARN, config};

/// Time for a call to get to where it is to be dropped.
const A_WHILE: Duration = Duration::from_millis(100);

fn entries(directory: &str) -> usize {
    std::fs::read_dir(directory).unwrap().count()
}

/// What the process holds: open files and threads.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Held {
    files: usize,
    threads: usize,
}

impl Held {
    fn now() -> Self {
        Self { files: entries("/proc/self/fd"), threads: entries("/proc/self/task") }
    }

    /// Waits until the process holds no more than that.
    #[track_caller]
    fn is_all_again(self, phase: &str) {
        let deadline = Instant::now() + Duration::from_secs(5);
        loop {
            let now = Self::now();
            if now.files <= self.files && now.threads <= self.threads {
                return;
            }
            assert!(Instant::now() < deadline, "{phase}: {self:?} before, {now:?} after");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// Runs what `made` gives and checks that nothing is left of it.
#[track_caller]
fn leaves_nothing<F: Future<Output = ()>>(phase: &str, made: impl FnOnce() -> F) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let before = Held::now();
    runtime.block_on(async {
        made().await;
        let deadline = Instant::now() + Duration::from_secs(5);
        while tokio::runtime::Handle::current().metrics().num_alive_tasks() > 0 {
            assert!(Instant::now() < deadline, "{phase}: a task is left");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    });
    // The runtime still stands: what is gone has been closed, not taken down with it.
    before.is_all_again(phase);
}

/// Makes a call at `url`, drops it after a while, then the client.
async fn drop_a_call(config: ConfigBuilder, url: impl Into<String>) {
    let client = Client::new(config.endpoint(url).build().unwrap()).unwrap();
    let call = client.join_storage_session(JoinStorageSessionInput::new(CHANNEL_ARN));
    let ended = tokio::time::timeout(A_WHILE, call).await;
    assert!(ended.is_err(), "the call ended before it was dropped: {ended:?}");
}

#[derive(Debug)]
struct NeverProvides;

impl ProvideCredentials for NeverProvides {
    fn name(&self) -> &str {
        "never"
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(std::future::pending())
    }
}

/// A port at which connections are made and nothing is ever said.
struct Silent(TcpListener);

impl Silent {
    fn start() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").unwrap())
    }

    fn url(&self, scheme: &str) -> String {
        format!("{scheme}://{}", self.0.local_addr().unwrap())
    }
}

#[test]
fn nothing_is_left_of_a_call() {
    let server = |answer: Answer| Server::start([answer]).unwrap();
    // Whatever is set up once a process is there from now on.
    let warm = server(Answer::reply(200, "{}"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let client = Client::new(config().endpoint(warm.url()).build().unwrap()).unwrap();
        client.join_storage_session(JoinStorageSessionInput::new(CHANNEL_ARN)).await.unwrap();
    });
    drop(runtime);

    aborted(&server);
    failed(&server);
    blocking(&server);
}

/// A call that is dropped in every phase.
fn aborted(server: &impl Fn(Answer) -> Server) {
    let silent = Silent::start();
    leaves_nothing("before it is polled", || async {
        let client = Client::new(config().endpoint("http://127.0.0.1:1").build().unwrap()).unwrap();
        drop(client.join_storage_session(JoinStorageSessionInput::new(CHANNEL_ARN)));
    });
    leaves_nothing("while credentials are awaited", || {
        drop_a_call(config().credentials_provider(NeverProvides), "http://127.0.0.1:1")
    });
    let url = silent.url("https");
    leaves_nothing("during the TLS handshake", || drop_a_call(config(), url));
    let proxy = silent.url("http");
    leaves_nothing("while a tunnel is asked for", || drop_a_call(config().proxy(proxy), "https://service.test"));

    let hanging = server(Answer::Hang);
    leaves_nothing("while the response is awaited", || drop_a_call(config(), hanging.url()));
    let headed = server(Answer::HeadThenHang);
    leaves_nothing("while the body is read", || drop_a_call(config(), headed.url()));
    let refusing = server(Answer::reply(500, ""));
    let slow = config().retry_delay(RetryDelay::Exponential { base: Duration::from_secs(600) }).jitter(|| 1.0);
    leaves_nothing("during the wait before a retry", || drop_a_call(slow, refusing.url()));
    let dripping = server(Answer::drip("x".repeat(1000), Duration::from_millis(20)));
    leaves_nothing("while a streamed body is read", || async {
        let client = streaming::Client::new(config().endpoint(dripping.url()).build().unwrap()).unwrap();
        let mut body = client.download(streaming::DownloadInput::new("clip")).await.unwrap().body;
        body.next_chunk().await.unwrap().unwrap();
    });
    for server in [hanging, headed, refusing, dripping] {
        assert!(server.connections() > 0);
        assert_eq!(server.open_connections(), 0);
    }
}

/// 64 calls at once that fail, each in its way, retries included.
fn failed(server: &impl Fn(Answer) -> Server) {
    let quick = || config().read_timeout(A_WHILE).max_retries(1);
    for answer in [
        Answer::Close,
        Answer::Reset,
        Answer::Raw(b"garbage\r\n\r\n".to_vec()),
        Answer::partial("{"),
        Answer::Hang,
        Answer::HeadThenHang,
        Answer::reply(503, ""),
        Answer::reply(307, "").header("location", "/again"),
    ] {
        let name = format!("{answer:?}");
        let server = server(answer);
        leaves_nothing(&name, || async {
            let client = Client::new(quick().endpoint(server.url()).build().unwrap()).unwrap();
            join_at_once(&client, 64).await;
        });
        assert_eq!(server.open_connections(), 0, "{name}");
    }
    leaves_nothing("refused connections", || async {
        let client = Client::new(quick().endpoint("http://127.0.0.1:1").build().unwrap()).unwrap();
        join_at_once(&client, 64).await;
    });
    let behind = server(Answer::reply(200, "{}"));
    let router = Router::start(&behind).unwrap();
    leaves_nothing("untrusted certificates", || async {
        let config = quick().proxy(router.url()).endpoint("https://service.test");
        join_at_once(&Client::new(config.build().unwrap()).unwrap(), 8).await;
    });
}

async fn join_at_once(client: &Client, calls: usize) {
    let mut joining = tokio::task::JoinSet::new();
    for _ in 0..calls {
        let client = client.clone();
        joining.spawn(async move {
            client.join_storage_session(JoinStorageSessionInput::new(CHANNEL_ARN)).await.unwrap_err();
        });
    }
    while let Some(joined) = joining.join_next().await {
        joined.unwrap();
    }
}

/// A blocking client takes its thread and its connections with it.
fn blocking(server: &impl Fn(Answer) -> Server) {
    let server = server(Answer::reply(200, "{}"));
    let before = Held::now();
    let client = webrtc_storage::blocking::Client::new(config().endpoint(server.url()).build().unwrap()).unwrap();
    client.join_storage_session(JoinStorageSessionInput::new(CHANNEL_ARN)).unwrap();
    assert_ne!(Held::now(), before);
    drop(client);
    before.is_all_again("a blocking client");
}
