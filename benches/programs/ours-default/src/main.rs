//! Our client with its default features.
//!
//! Joins the storage sessions of the channels whose ARNs it reads from standard input, one a line.

use kinesisvideo::webrtc_storage::{Client, JoinStorageSessionInput};
use kinesisvideo::{Config, Env};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Region and credentials are found in the environment.
    let config = Config::builder().endpoint(std::env::var("AWS_ENDPOINT_URL")?).env(Env::process()).build()?;
    let client = Client::new(config)?;
    for channel_arn in std::io::stdin().lines() {
        client.join_storage_session(JoinStorageSessionInput::new(channel_arn?)).await?;
        println!("joined");
    }
    Ok(())
}
