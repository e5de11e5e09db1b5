//! Joins a WebRTC storage session as a master and as a viewer: the whole way from a channel's name.
//!
//! With no arguments it starts the service on loopback, so that no AWS account is needed:
//!
//! ```text
//! cargo run -p kinesisvideo --example join_storage_session
//! ```
//!
//! The same program talks to AWS when it is told the region; credentials come from `AWS_ACCESS_KEY_ID`,
//! `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`. `--endpoint` replaces the region's control plane, by a local service of
//! your own for instance:
//!
//! ```text
//! cargo run -p kinesisvideo --example join_storage_session -- --region us-west-2 --channel front-door
//! cargo run -p kinesisvideo --example join_storage_session -- --endpoint http://127.0.0.1:9400 --region us-west-2
//! ```
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example talks to its reader")]

use std::process::ExitCode;

use kinesisvideo::video::types::{ChannelProtocol, ChannelRole, SingleMasterChannelEndpointConfiguration};
use kinesisvideo::video::{self, DescribeSignalingChannelInput, GetSignalingChannelEndpointInput};
use kinesisvideo::webrtc_storage::{self, JoinStorageSessionAsViewerInput, JoinStorageSessionInput, ServiceError};
use kinesisvideo::{Config, Env, Error, ParamValidation, Reply};
use kinesisvideo_local::LocalService;

const USAGE: &str = "usage: join_storage_session [--region REGION] [--endpoint URL] [--channel NAME] [--client-id ID]";

type AnyError = Box<dyn std::error::Error>;

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

async fn run(arguments: Arguments) -> Result<(), AnyError> {
    let mut config = Config::builder().param_validation(ParamValidation::ALL).env(Env::process());
    let mut local = None;
    if arguments.region.is_none() && arguments.endpoint.is_none() {
        let service = LocalService::builder().channel(arguments.channel.as_str()).start().await?;
        config = config.region(service.region()).endpoint(service.url()).credentials(service.credentials());
        local = Some(service);
    }
    if let Some(region) = arguments.region {
        config = config.region(region);
    }
    if let Some(endpoint) = arguments.endpoint {
        config = config.endpoint(endpoint);
    }
    let config = config.build()?;
    let control = video::Client::new(config.clone())?;
    let storage = webrtc_storage::Client::new(config)?;
    println!("control   {}", control.endpoint());

    let channel_arn = find_channel(&control, &arguments.channel).await?;
    println!("channel   {channel_arn}\n");

    let master = storage.with_endpoint(webrtc_endpoint(&control, &channel_arn, ChannelRole::Master).await?)?;
    println!("master    at {}", master.endpoint());
    let joined = master.send(JoinStorageSessionInput::new(&channel_arn)).await?;
    show(&joined, local.as_ref());

    let viewer = storage.with_endpoint(webrtc_endpoint(&control, &channel_arn, ChannelRole::Viewer).await?)?;
    println!("viewer    at {}", viewer.endpoint());
    let joined = viewer.send(JoinStorageSessionAsViewerInput::new(&channel_arn, arguments.client_id)).await?;
    show(&joined, local.as_ref());

    match viewer.join_storage_session_as_viewer(JoinStorageSessionAsViewerInput::new("not an ARN", "")).await {
        Err(Error::Validation(errors)) => println!("\nrejected  before sending, every violation at once:\n{errors}"),
        other => return Err(format!("a malformed input was not rejected: {other:?}").into()),
    }

    let unknown = channel_arn.replace(":channel/", ":channel/no-such-");
    match master.join_storage_session(JoinStorageSessionInput::new(unknown)).await {
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

/// The ARN of the channel of that name.
async fn find_channel(control: &video::Client, name: &str) -> Result<String, AnyError> {
    let described = control.describe_signaling_channel(DescribeSignalingChannelInput::new().channel_name(name)).await?;
    Ok(described.channel_info.and_then(|channel| channel.channel_arn).ok_or("the channel has no ARN")?)
}

/// The channel's own endpoint for joining: it differs by channel and role.
async fn webrtc_endpoint(control: &video::Client, channel_arn: &str, role: ChannelRole) -> Result<String, AnyError> {
    let wanted = SingleMasterChannelEndpointConfiguration::new().protocols([ChannelProtocol::Webrtc]).role(role);
    let input = GetSignalingChannelEndpointInput::new(channel_arn).single_master_channel_endpoint_configuration(wanted);
    let endpoints = control.get_signaling_channel_endpoint(input).await?.resource_endpoint_list.unwrap_or_default();
    let webrtc = endpoints.into_iter().find(|endpoint| endpoint.protocol == Some(ChannelProtocol::Webrtc));
    Ok(webrtc.and_then(|endpoint| endpoint.resource_endpoint).ok_or("the channel has no WEBRTC endpoint")?)
}

/// What the service answered, and what the local one made of the signature.
fn show<T>(joined: &Reply<T>, local: Option<&LocalService>) {
    println!("          joined: status {}, request ID {}", joined.response.status, joined.request_id().unwrap_or("-"));
    if let Some(request) = local.and_then(|local| local.requests().last().cloned()) {
        println!("          server's verdict on {}: {}", request.path, request.verdict);
    }
}

struct Arguments {
    region: Option<String>,
    endpoint: Option<String>,
    channel: String,
    client_id: String,
}

impl Arguments {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let (mut endpoint, mut region, mut channel, mut client_id) = (None, None, None, None);
        while let Some(name) = arguments.next() {
            let slot = match name.as_str() {
                "--endpoint" => &mut endpoint,
                "--region" => &mut region,
                "--channel" => &mut channel,
                "--client-id" => &mut client_id,
                _ => return Err(format!("unknown argument `{name}`")),
            };
            *slot = Some(arguments.next().ok_or_else(|| format!("`{name}` needs a value"))?);
        }
        Ok(Self {
            region,
            endpoint,
            channel: channel.unwrap_or_else(|| "demo".to_owned()),
            client_id: client_id.unwrap_or_else(|| "viewer-1".to_owned()),
        })
    }
}
