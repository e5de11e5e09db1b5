//! Every option, property and method of AWS SDK for JavaScript v2's `KinesisVideoWebRTCStorage`, by the number it has in the
//! table of the README: what it does is observed on the wire or in the result.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of a test fails with it")]

mod clock;
mod credentials;
mod endpoints;
mod environment;
mod http;
mod methods;
mod no_effect;
mod observing;
mod params;
mod responses;
mod retries;
mod signing;
mod unsigned;
mod validation;
mod versions;

use kinesisvideo::webrtc_storage::{Client, Error, JoinStorageSessionInput, JoinStorageSessionOutput};
use kinesisvideo::{ConfigBuilder, Credentials};
use kinesisvideo_tests::CHANNEL_ARN;
use kinesisvideo_tests::scripted::{Answer, Received, Server};

fn credentials() -> Credentials {
    Credentials::new("AKIDEXAMPLE", "secret")
}

/// A server that accepts everything.
fn accepting() -> Server {
    answering([Answer::reply(200, "{}")])
}

/// A server that answers with these, one after the other, and with the last one from then on.
fn answering(answers: impl Into<Vec<Answer>>) -> Server {
    Server::start(answers).unwrap()
}

/// A client of that server.
fn client(server: &Server, config: ConfigBuilder) -> Client {
    Client::new(config.endpoint(server.url()).build().unwrap()).unwrap()
}

async fn join(client: &Client) -> Result<JoinStorageSessionOutput, Error> {
    client.join_storage_session(JoinStorageSessionInput::new(CHANNEL_ARN)).await
}

/// The only request that a server received.
fn only(server: &Server) -> Received {
    let mut received = server.received();
    assert_eq!(received.len(), 1, "{received:?}");
    received.remove(0)
}

/// What one join sends.
async fn sent(config: ConfigBuilder) -> Received {
    let server = accepting();
    join(&client(&server, config)).await.unwrap();
    only(&server)
}

fn body(request: &Received) -> serde_json::Value {
    serde_json::from_slice(&request.body).unwrap()
}
