//! Joins a WebRTC storage session as a master and as a viewer.
//!
//! With no arguments it starts the service on loopback, so that no AWS account is needed:
//!
//! ```text
//! cargo run -p kinesisvideo --example join_storage_session
//! ```
//!
//! The same program talks to AWS when it is told where. The endpoint is the channel's WEBRTC endpoint, from
//! `GetSignalingChannelEndpoint`; credentials come from `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and
//! `AWS_SESSION_TOKEN`:
//!
//! ```text
//! cargo run -p kinesisvideo --example join_storage_session -- \
//!     --endpoint https://w-0a1b2c3d.kinesisvideo.us-west-2.amazonaws.com --region us-west-2 \
//!     --channel-arn arn:aws:kinesisvideo:us-west-2:123456789012:channel/demo/1700000000000
//! ```
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example talks to its reader")]

use std::process::ExitCode;

use kinesisvideo::webrtc_storage::{
    Client, Error, JoinStorageSessionAsViewerInput, JoinStorageSessionInput, ServiceError,
};
use kinesisvideo::{Config, Env, ParamValidation};
use kinesisvideo_local::LocalService;

const USAGE: &str = "usage: join_storage_session [--endpoint URL --region REGION --channel-arn ARN] [--client-id ID]";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = match Arguments::read(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(problem) => {
            eprintln!("{problem}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("failed: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let local = match arguments.aws {
        None => Some(LocalService::builder().channel("demo").start().await?),
        Some(_) => None,
    };
    let config = match (&arguments.aws, &local) {
        (Some(aws), _) => Config::builder().region(&aws.region).endpoint(&aws.endpoint).env(Env::process()),
        (None, Some(local)) => {
            Config::builder().region(local.region()).endpoint(local.url()).credentials(local.credentials())
        }
        (None, None) => unreachable!("without AWS there is a local service"),
    };
    let channel_arn = match (&arguments.aws, &local) {
        (Some(aws), _) => aws.channel_arn.clone(),
        (None, local) => local.as_ref().and_then(|local| local.channel_arn("demo")).ok_or("the channel is declared")?,
    };
    let client = Client::new(config.param_validation(ParamValidation::ALL).build()?)?;
    println!("endpoint  {}", client.endpoint());
    println!("channel   {channel_arn}\n");

    let joined = client.send(JoinStorageSessionInput::new(&channel_arn)).await?;
    println!("master    joined: status {}, request ID {}", joined.response.status, joined.request_id().unwrap_or("-"));
    show_verdict(local.as_ref());

    let viewer = JoinStorageSessionAsViewerInput::new(&channel_arn, &arguments.client_id);
    let joined = client.send(viewer).await?;
    println!("viewer    joined: status {}, request ID {}", joined.response.status, joined.request_id().unwrap_or("-"));
    show_verdict(local.as_ref());

    match client.join_storage_session_as_viewer(JoinStorageSessionAsViewerInput::new("not an ARN", "")).await {
        Err(Error::Validation(errors)) => println!("\nrejected  before sending, every violation at once:\n{errors}"),
        other => return Err(format!("a malformed input was not rejected: {other:?}").into()),
    }

    // Another channel of the same account, which does not exist.
    let unknown = channel_arn.replace(":channel/", ":channel/no-such-");
    match client.join_storage_session(JoinStorageSessionInput::new(unknown)).await {
        Err(error) => {
            let known = matches!(error.service_error(), Some(ServiceError::ResourceNotFoundException(_)));
            println!("\nunknown   {error}");
            println!("          typed as ResourceNotFoundException: {known}, worth a retry: {}", error.is_retryable());
            if local.is_some() && !known {
                return Err("an unknown channel should be a ResourceNotFoundException".into());
            }
        }
        Ok(_) => return Err("a channel that does not exist was joined".into()),
    }

    if let Some(local) = local {
        println!("\nservice   saw {} requests; the malformed input was never sent", local.requests().len());
        local.shutdown().await;
    }
    Ok(())
}

/// What the local service made of the signature of the request it saw last.
fn show_verdict(local: Option<&LocalService>) {
    if let Some(request) = local.and_then(|local| local.requests().last().cloned()) {
        println!("          server's verdict on {}: {}", request.path, request.verdict);
    }
}

struct Arguments {
    aws: Option<Aws>,
    client_id: String,
}

struct Aws {
    endpoint: String,
    region: String,
    channel_arn: String,
}

impl Arguments {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let (mut endpoint, mut region, mut channel_arn, mut client_id) = (None, None, None, None);
        while let Some(name) = arguments.next() {
            let slot = match name.as_str() {
                "--endpoint" => &mut endpoint,
                "--region" => &mut region,
                "--channel-arn" => &mut channel_arn,
                "--client-id" => &mut client_id,
                _ => return Err(format!("unknown argument `{name}`")),
            };
            *slot = Some(arguments.next().ok_or_else(|| format!("`{name}` needs a value"))?);
        }
        let aws = match (endpoint, region, channel_arn) {
            (None, None, None) => None,
            (Some(endpoint), Some(region), Some(channel_arn)) => Some(Aws { endpoint, region, channel_arn }),
            _ => return Err("`--endpoint`, `--region` and `--channel-arn` go together".to_owned()),
        };
        Ok(Self { aws, client_id: client_id.unwrap_or_else(|| "viewer-1".to_owned()) })
    }
}
