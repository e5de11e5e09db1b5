//! The official client with as little as it can be built with: no aws-config, one HTTP client, rustls on ring.
//!
//! Joins the storage sessions of the channels whose ARNs it reads from standard input, one a line.

use std::env;

use aws_sdk_kinesisvideowebrtcstorage::config::{Credentials, Region};
use aws_sdk_kinesisvideowebrtcstorage::{Client, Config};
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let credentials = Credentials::new(
        env::var("AWS_ACCESS_KEY_ID")?,
        env::var("AWS_SECRET_ACCESS_KEY")?,
        env::var("AWS_SESSION_TOKEN").ok(),
        None,
        "environment",
    );
    let http = aws_smithy_http_client::Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https();
    let config = Config::builder()
        .region(Region::new(env::var("AWS_REGION")?))
        .endpoint_url(env::var("AWS_ENDPOINT_URL")?)
        .credentials_provider(credentials)
        .http_client(http)
        .build();
    let client = Client::from_conf(config);
    for channel_arn in std::io::stdin().lines() {
        client.join_storage_session().channel_arn(channel_arn?).send().await?;
        println!("joined");
    }
    Ok(())
}
