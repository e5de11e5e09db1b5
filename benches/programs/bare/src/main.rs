//! No client at all: reqwest, rustls on ring and the platform's trust, set up as our client sets them up.
//!
//! Sends the request for the channels whose ARNs it reads from standard input, one a line. It signs nothing: a service
//! would refuse it. What it costs is the floor under any client built on reqwest.

use std::sync::Arc;

use reqwest::{Client, redirect, retry};
use rustls::ClientConfig;
use rustls::crypto::ring;
use rustls_platform_verifier::Verifier;

/// Has the form of a signature.
const AUTHORIZATION: &str = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20240510/us-west-2/kinesisvideo/aws4_request, \
    SignedHeaders=host;x-amz-date, Signature=00";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let provider = Arc::new(ring::default_provider());
    let verifier = Verifier::new(Arc::clone(&provider))?;
    let tls = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    let client = Client::builder()
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .no_proxy()
        .tls_backend_preconfigured(tls)
        .build()?;
    let url = std::env::var("AWS_ENDPOINT_URL")? + "/joinStorageSession";
    for channel_arn in std::io::stdin().lines() {
        let answer = client
            .post(&url)
            .header("content-type", "application/json")
            .header("x-amz-date", "20240510T123456Z")
            .header("authorization", AUTHORIZATION)
            .body(format!(r#"{{"channelArn":"{}"}}"#, channel_arn?))
            .send()
            .await?
            .error_for_status()?;
        if answer.bytes().await?.as_ref() != b"{}" {
            return Err("another answer than agreed".into());
        }
        println!("joined");
    }
    Ok(())
}
