//! The official client as its README shows it, configured by aws-config.
//!
//! Joins the storage sessions of the channels whose ARNs it reads from standard input, one a line.

use aws_sdk_kinesisvideowebrtcstorage::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Region, endpoint (AWS_ENDPOINT_URL) and credentials are found by aws-config.
    let config = aws_config::load_from_env().await;
    let client = Client::new(&config);
    for channel_arn in std::io::stdin().lines() {
        client.join_storage_session().channel_arn(channel_arn?).send().await?;
        println!("joined");
    }
    Ok(())
}
