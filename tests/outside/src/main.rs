//! Joins by the typed operation and by name, from outside the workspace.
#![deny(warnings)]

use kinesisvideo::Config;
use kinesisvideo::webrtc_storage::{Client, JoinStorageSessionInput};
use kinesisvideo_local::LocalService;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let local = LocalService::builder().channel("demo").start().await?;
    let config = Config::builder().region(local.region()).endpoint(local.url()).credentials(local.credentials());
    let client = Client::new(config.build()?)?;
    let channel = local.channel_arn("demo").ok_or("declared above")?;

    client.join_storage_session(JoinStorageSessionInput::new(&channel)).await?;
    let output = client.call("joinStorageSession", serde_json::json!({"channelArn": channel})).await?;

    let valid = local.requests().iter().filter(|request| request.verdict.is_valid()).count();
    println!("typed and by name: {valid} of 2 requests with a valid signature, output {output}");
    if valid == 2 { Ok(()) } else { Err("a signature was refused".into()) }
}
