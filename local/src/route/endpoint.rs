//! Endpoint discovery of channels and streams.

use serde::Deserialize;
use serde_json::json;

use super::input::{StreamMembers, check_arn};
use super::{Call, Route};
use crate::answer::{Answer, ApiError};
use crate::endpoints::Purpose;
use crate::state::Selector;
use crate::validate::Violations;

pub(super) const ROUTES: &[Route] = &[
    Route::video("/getSignalingChannelEndpoint", "GetSignalingChannelEndpoint", of_channel),
    Route::video("/getDataEndpoint", "GetDataEndpoint", of_stream),
];

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct OfChannel {
    #[serde(rename = "ChannelARN")]
    channel_arn: Option<String>,
    single_master_channel_endpoint_configuration: Option<Configuration>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Configuration {
    protocols: Option<Vec<String>>,
    role: Option<String>,
}

fn of_channel(call: &Call<'_>) -> Result<Answer, ApiError> {
    let input: OfChannel = call.input()?;
    let mut violations = Violations::default();
    let arn = violations.required("ChannelARN", input.channel_arn.as_deref());
    let arn = arn.and_then(|arn| check_arn(&mut violations, "ChannelARN", arn));
    let configuration = input.single_master_channel_endpoint_configuration.unwrap_or_default();
    let member = "SingleMasterChannelEndpointConfiguration";
    let role = configuration.role.as_deref().unwrap_or("MASTER");
    violations.one_of(&format!("{member}.Role"), role, &["MASTER", "VIEWER"]);
    // What is asked for when nothing is said is not documented; signaling is what every channel has.
    let protocols = configuration.protocols.unwrap_or_else(|| vec!["WSS".into(), "HTTPS".into()]);
    if !(1..=5).contains(&protocols.len()) {
        violations.note(format!("{member}.Protocols must have 1 to 5 members, not {}", protocols.len()));
    }
    for protocol in &protocols {
        violations.one_of(&format!("{member}.Protocols"), protocol, &["WSS", "HTTPS", "WEBRTC"]);
    }
    let arn = violations.value(arn)?;
    let state = call.state();
    let channel = state.channels.get(&Selector::Arn(arn))?;
    channel.resource.check_active(call.now)?;
    let mut endpoints = Vec::new();
    for protocol in &protocols {
        let (scheme, purpose) = match protocol.as_str() {
            "WSS" if role == "VIEWER" => ("ws", Purpose::Viewer),
            "WSS" => ("ws", Purpose::Master),
            "HTTPS" => ("http", Purpose::Signaling),
            _ if channel.stored_in.is_some() => ("http", Purpose::Storage),
            _ => {
                return Err(ApiError::invalid_argument(format!(
                    "WEBRTC is not available: media storage is not enabled for {}",
                    channel.resource.arn
                )));
            }
        };
        let endpoint = format!("{scheme}://{}/{}", call.authority, purpose.label(&channel.resource.arn));
        endpoints.push(json!({ "Protocol": protocol, "ResourceEndpoint": endpoint }));
    }
    Ok(Answer::json(&json!({ "ResourceEndpointList": endpoints })))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct OfStream {
    #[serde(flatten)]
    stream: StreamMembers,
    #[serde(rename = "APIName")]
    api_name: Option<String>,
}

const LIVE: [&str; 2] = ["PUT_MEDIA", "GET_MEDIA"];
const APIS: [&str; 8] = [
    LIVE[0],
    LIVE[1],
    "LIST_FRAGMENTS",
    "GET_MEDIA_FOR_FRAGMENT_LIST",
    "GET_HLS_STREAMING_SESSION_URL",
    "GET_DASH_STREAMING_SESSION_URL",
    "GET_CLIP",
    "GET_IMAGES",
];

fn of_stream(call: &Call<'_>) -> Result<Answer, ApiError> {
    let input: OfStream = call.input()?;
    let mut violations = Violations::default();
    let stream = input.stream.select(&mut violations);
    let api = violations.required("APIName", input.api_name.as_deref());
    if let Some(api) = api {
        violations.one_of("APIName", api, &APIS);
    }
    let (stream, api) = violations.value(stream.zip(api))?;
    let state = call.state();
    let stream = state.streams.get(&stream)?;
    let purpose = if LIVE.contains(&api) { Purpose::Media } else { Purpose::Archive };
    let endpoint = format!("http://{}/{}", call.authority, purpose.label(&stream.resource.arn));
    Ok(Answer::json(&json!({ "DataEndpoint": endpoint })))
}
