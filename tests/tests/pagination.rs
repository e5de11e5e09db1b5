//! Pages and their items, against the service on loopback and against one that answers in circles.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of a test fails with it")]

use kinesisvideo::video::{Client, Error, ListSignalingChannelsInput, ListStreamsInput};
use kinesisvideo::{Config, Document};
use kinesisvideo_local::LocalService;
use kinesisvideo_tests::config;
use kinesisvideo_tests::scripted::{Answer, Server};
use serde_json::json;

const NAMES: [&str; 5] = ["a", "b", "c", "d", "e"];

/// A service with five channels and five streams.
fn service() -> (LocalService, Client) {
    let builder = NAMES.into_iter().fold(LocalService::builder(), |builder, name| builder.stream(name).channel(name));
    let service = builder.start_blocking().unwrap();
    let config = Config::builder().region(service.region()).credentials(service.credentials());
    let client = Client::new(config.endpoint(service.endpoint()).build().unwrap()).unwrap();
    (service, client)
}

fn scripted(answers: impl Into<Vec<Answer>>) -> (Server, Client) {
    let server = Server::start(answers).unwrap();
    let client = Client::new(config().endpoint(server.url()).build().unwrap()).unwrap();
    (server, client)
}

fn page(names: &[&str], token: Option<&str>) -> Answer {
    let streams: Vec<Document> = names.iter().map(|name| json!({"StreamName": name})).collect();
    Answer::reply(200, json!({"StreamInfoList": streams, "NextToken": token}).to_string())
}

fn token_sent(server: &Server, request: usize) -> Option<String> {
    let body: Document = serde_json::from_slice(&server.received()[request].body).unwrap();
    body["NextToken"].as_str().map(str::to_owned)
}

#[tokio::test]
async fn pages_are_followed_to_the_last() {
    let (service, client) = service();
    let mut pages = client.list_streams_pages(ListStreamsInput::new().max_results(2));
    let mut sizes = Vec::new();
    while let Some(page) = pages.next_page().await {
        sizes.push(page.unwrap().stream_info_list.unwrap_or_default().len());
    }
    assert_eq!(sizes, [2, 2, 1]);
    assert!(pages.next_page().await.is_none());
    assert_eq!(service.requests().len(), 3);
}

#[tokio::test]
async fn items_come_one_by_one_and_pages_when_they_are_needed() {
    let (service, client) = service();
    let mut items = client.list_signaling_channels_pages(ListSignalingChannelsInput::new().max_results(2)).items();
    assert_eq!(service.requests().len(), 0);
    let mut names = Vec::new();
    let mut requests = Vec::new();
    while let Some(channel) = items.next_item().await {
        names.push(channel.unwrap().channel_name.unwrap());
        requests.push(service.requests().len());
    }
    assert_eq!(
        (names.as_slice(), requests.as_slice()),
        (NAMES.map(str::to_owned).as_slice(), [1, 1, 2, 2, 3].as_slice())
    );
}

#[tokio::test]
async fn items_are_collected() {
    let (_service, client) = service();
    let items = client.list_streams_pages(ListStreamsInput::new().max_results(2)).items();
    let all: Vec<_> = items.collect().await.unwrap();
    assert_eq!(all.len(), 5);
}

#[tokio::test]
async fn a_page_may_be_empty_and_so_may_the_last_token() {
    let (server, client) = scripted([page(&["a"], Some("1")), page(&[], Some("2")), page(&["b"], Some(""))]);
    let items = client.list_streams_pages(ListStreamsInput::new().next_token("0")).items();
    let all: Vec<_> = items.collect().await.unwrap();
    let names: Vec<_> = all.into_iter().filter_map(|stream| stream.stream_name).collect();
    assert_eq!(names, ["a", "b"]);
    let sent: Vec<_> = (0..3).filter_map(|request| token_sent(&server, request)).collect();
    assert_eq!(sent, ["0", "1", "2"]);
    assert_eq!(server.received().len(), 3);
}

#[tokio::test]
async fn a_repeated_token_is_an_error_after_the_items_that_came() {
    let (server, client) = scripted([page(&["a"], Some("1")), page(&["b"], Some("1"))]);
    let mut items = client.list_streams_pages(ListStreamsInput::new()).items();
    let mut names = Vec::new();
    let error = loop {
        match items.next_item().await.unwrap() {
            Ok(stream) => names.push(stream.stream_name.unwrap()),
            Err(error) => break error,
        }
    };
    assert_eq!(names, ["a", "b"]);
    assert_eq!(error.code(), "PaginationError");
    assert!(!error.is_retryable());
    let Error::Pagination(repeated) = &error else { panic!("{error}") };
    assert_eq!((repeated.operation(), repeated.pages()), ("ListStreams", 2));
    assert_eq!(
        error.to_string(),
        "page 2 of ListStreams names a next page that was received before: following it would never end"
    );
    assert!(items.next_item().await.is_none());
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn a_circle_of_tokens_ends() {
    let circle: Vec<Answer> = (0..100).map(|n| page(&["a"], Some(["1", "2", "3"][n % 3]))).collect();
    let (server, client) = scripted(circle);
    let items = client.list_streams_pages(ListStreamsInput::new()).items();
    let error = items.collect::<Vec<_>>().await.unwrap_err();
    assert!(matches!(error, Error::Pagination(_)), "{error}");
    assert!(server.received().len() < 12);
}

#[tokio::test]
async fn the_first_error_ends_the_pages() {
    let refused =
        Answer::reply(400, json!({"message": "no"}).to_string()).header("x-amzn-errortype", "NotAuthorizedException");
    let (server, client) = scripted([page(&["a"], Some("1")), refused]);
    let mut pages = client.list_streams_pages(ListStreamsInput::new());
    assert!(pages.next_page().await.unwrap().is_ok());
    assert_eq!(pages.next_page().await.unwrap().unwrap_err().code(), "NotAuthorizedException");
    assert!(pages.next_page().await.is_none());
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn giving_up_on_a_page_does_not_lose_it() {
    let late = Answer::After(std::time::Duration::from_millis(300), Box::new(page(&["a"], None)));
    let (server, client) = scripted([late]);
    let mut pages = client.list_streams_pages(ListStreamsInput::new());
    let soon = tokio::time::timeout(std::time::Duration::from_millis(50), pages.next_page()).await;
    assert!(soon.is_err());
    assert!(pages.next_page().await.unwrap().is_ok());
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_service_without_waiters_knows_no_state() {
    let (server, client) = scripted([page(&[], None)]);
    let error = client.wait_for("streamActive", json!({})).await.unwrap_err();
    assert_eq!(error.code(), "StateNotFoundError");
    assert_eq!(error.to_string(), "State streamActive not found: the service has no waiters");
    assert_eq!(server.received().len(), 0);
}
