//! Clients for programs that are not asynchronous, against a scripted server.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of a test fails with it")]

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use kinesisvideo::runtime::http::Request;
use kinesisvideo::runtime::interceptor::Call;
use kinesisvideo::video::{ListSignalingChannelsInput, blocking::Client as VideoClient};
use kinesisvideo::webrtc_storage::blocking::Client;
use kinesisvideo::webrtc_storage::{Error, JoinStorageSessionInput};
use kinesisvideo::{ConfigBuilder, ConfigError, Interceptor, TransportErrorKind, WaiterError};
use kinesisvideo_tests::scripted::{Answer, Server};
use kinesisvideo_tests::{CHANNEL_ARN, config};
use serde_json::json;

fn client(server: &Server, config: ConfigBuilder) -> Client {
    Client::new(config.endpoint(server.url()).build().unwrap()).unwrap()
}

fn join(client: &Client) -> Result<(), Error> {
    client.join_storage_session(JoinStorageSessionInput::new(CHANNEL_ARN)).map(drop)
}

#[test]
fn a_call_blocks_and_sends_what_the_asynchronous_client_sends() {
    let server = Server::start([Answer::reply(200, "{}")]).unwrap();
    let client = client(&server, config());
    join(&client).unwrap();
    client.call("joinStorageSession", json!({"channelArn": CHANNEL_ARN})).unwrap();
    assert_eq!(client.send(JoinStorageSessionInput::new(CHANNEL_ARN)).unwrap().attempts, 1);
    let asynchronous = kinesisvideo::webrtc_storage::Client::new(client.config().clone()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(asynchronous.join_storage_session(JoinStorageSessionInput::new(CHANNEL_ARN))).unwrap();
    let received = server.received();
    assert!(received.iter().all(|request| *request == received[3]), "{received:?}");
}

#[tokio::test]
async fn a_call_within_an_asynchronous_program_works() {
    let server = Server::start([Answer::reply(500, ""), Answer::reply(200, "{}")]).unwrap();
    let client = client(&server, config());
    join(&client).unwrap();
    assert_eq!(server.received().len(), 2);
    // Dropped here, within the runtime.
}

#[test]
fn errors_are_those_of_the_asynchronous_client() {
    let server = Server::start([Answer::Hang]).unwrap();
    let client = client(&server, config().max_retries(0).read_timeout(Duration::from_millis(100)));
    let began = Instant::now();
    let Error::Transport(error) = join(&client).unwrap_err() else { panic!("a transport error") };
    assert_eq!(error.kind(), TransportErrorKind::Timeout);
    assert!(began.elapsed() < Duration::from_secs(2));
    assert_eq!(client.call("nope", json!({})).unwrap_err().code(), "UnknownOperation");
    assert!(matches!(client.wait_for("nope", json!({})), Err(WaiterError::StateNotFound(_))));
}

#[test]
fn threads_may_share_a_client_and_their_calls_run_at_once() {
    let wait = Duration::from_millis(200);
    let server = Server::start([Answer::After(wait, Box::new(Answer::reply(200, "{}")))]).unwrap();
    let client = client(&server, config());
    let began = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..16 {
            let client = client.clone();
            scope.spawn(move || join(&client).unwrap());
        }
    });
    assert_eq!(server.received().len(), 16);
    assert!(began.elapsed() < 8 * wait, "{:?}", began.elapsed());
}

#[test]
fn derived_clients_share_the_thread_and_outlive_their_original() {
    let (first, second) =
        (Server::start([Answer::reply(200, "")]).unwrap(), Server::start([Answer::reply(200, "")]).unwrap());
    let original = client(&first, config());
    let derived = original.with_endpoint(second.url()).unwrap().unsigned();
    assert_eq!(derived.endpoint().as_str(), format!("{}/", second.url()));
    join(&original).unwrap();
    drop(original);
    join(&derived).unwrap();
    assert_eq!(second.received()[0].header("authorization"), None);
}

#[test]
fn pages_and_items_are_iterators() {
    let page = |names: &[&str], token: Option<&str>| {
        let channels: Vec<_> = names.iter().map(|name| json!({"ChannelName": name})).collect();
        Answer::reply(200, json!({"ChannelInfoList": channels, "NextToken": token}).to_string())
    };
    let server = Server::start([page(&["a", "b"], Some("2")), page(&["c"], None)]).unwrap();
    let client = VideoClient::new(config().endpoint(server.url()).build().unwrap()).unwrap();
    let pages = client.list_signaling_channels_pages(ListSignalingChannelsInput::new());
    assert_eq!(server.received().len(), 0);
    let names: Result<Vec<_>, _> = pages.items().map(|item| item.map(|item| item.channel_name.unwrap())).collect();
    assert_eq!(names.unwrap(), ["a", "b", "c"]);
    assert_eq!(server.received().len(), 2);

    let server = Server::start([page(&["a"], Some("2")), Answer::reply(400, "{}")]).unwrap();
    let client = client.with_endpoint(server.url()).unwrap();
    let pages: Vec<_> = client.list_signaling_channels_pages(ListSignalingChannelsInput::new()).collect();
    assert!(matches!(&pages[..], [Ok(_), Err(_)]), "{pages:?}");
}

static CLIENT_OF_THE_HOOK: OnceLock<Client> = OnceLock::new();

#[derive(Debug)]
struct Recursive;

impl Interceptor for Recursive {
    fn on_build(&self, _: &Call<'_>, _: &mut Request) {
        let refused = join(CLIENT_OF_THE_HOOK.get().unwrap()).unwrap_err();
        assert!(matches!(refused, Error::Config(ConfigError::Blocking { .. })), "{refused}");
    }
}

#[test]
fn a_call_within_a_hook_of_the_same_client_is_refused_and_does_not_hang() {
    let server = Server::start([Answer::reply(200, "{}")]).unwrap();
    let client = client(&server, config().interceptor(Recursive));
    CLIENT_OF_THE_HOOK.set(client.clone()).unwrap();
    join(&client).unwrap();
    assert_eq!(server.received().len(), 1);
}

#[test]
fn a_streamed_body_is_read_as_it_comes() {
    use std::io::Read;

    use kinesisvideo_golden::streaming::{DownloadInput, blocking::Client};

    let server = Server::start([Answer::drip("media", Duration::from_millis(5)), Answer::partial("half")]).unwrap();
    let client = Client::new(config().endpoint(server.url()).build().unwrap()).unwrap();
    let mut text = String::new();
    let output = client.download(DownloadInput::new("clip")).unwrap();
    client.reader(output.body).read_to_string(&mut text).unwrap();
    assert_eq!(text, "media");
    let output = client.download(DownloadInput::new("clip")).unwrap();
    client.reader(output.body).read_to_string(&mut text).unwrap_err();
}
