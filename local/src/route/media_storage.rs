//! Media storage: which channel stores in which stream.

use serde::Deserialize;
use serde_json::{Value, json};

use super::input::{ChannelMembers, StreamMembers, check_arn};
use super::{Call, Route};
use crate::answer::{Answer, ApiError};
use crate::state::Selector;
use crate::validate::Violations;

pub(super) const ROUTES: &[Route] = &[
    Route::video("/updateMediaStorageConfiguration", "UpdateMediaStorageConfiguration", update),
    Route::video("/describeMediaStorageConfiguration", "DescribeMediaStorageConfiguration", describe),
    Route::video("/describeMappedResourceConfiguration", "DescribeMappedResourceConfiguration", describe_mapped),
];

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Update {
    #[serde(rename = "ChannelARN")]
    channel_arn: Option<String>,
    media_storage_configuration: Option<Configuration>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Configuration {
    #[serde(rename = "StreamARN")]
    stream_arn: Option<String>,
    status: Option<String>,
}

fn update(call: &Call<'_>) -> Result<Answer, ApiError> {
    let input: Update = call.input()?;
    let mut violations = Violations::default();
    let channel = violations.required("ChannelARN", input.channel_arn.as_deref());
    let channel = channel.and_then(|arn| check_arn(&mut violations, "ChannelARN", arn));
    let configuration = input.media_storage_configuration.as_ref();
    if configuration.is_none() {
        violations.add("null", "MediaStorageConfiguration", "Member must not be null");
    }
    let status =
        configuration.and_then(|c| violations.required("MediaStorageConfiguration.Status", c.status.as_deref()));
    if let Some(status) = status {
        violations.one_of("MediaStorageConfiguration.Status", status, &["ENABLED", "DISABLED"]);
    }
    let enabled = status == Some("ENABLED");
    let member = "MediaStorageConfiguration.StreamARN";
    // Programs that disable storage name the stream "null", which no pattern allows: what they name does not matter.
    let stream = configuration.and_then(|c| c.stream_arn.as_deref()).filter(|_| enabled);
    let stream = if enabled { violations.required(member, stream) } else { None };
    let stream = stream.and_then(|arn| check_arn(&mut violations, member, arn)).map(Selector::Arn);
    let channel = violations.value(channel)?;
    call.state().store_channel(&Selector::Arn(channel), stream.as_ref(), call.now)?;
    Ok(Answer::empty_object())
}

fn describe(call: &Call<'_>) -> Result<Answer, ApiError> {
    let input: ChannelMembers = call.input()?;
    let mut violations = Violations::default();
    let channel = input.select(&mut violations);
    let channel = violations.value(channel)?;
    let state = call.state();
    let configuration = match &state.channels.get(&channel)?.stored_in {
        Some(stream) => json!({ "Status": "ENABLED", "StreamARN": stream }),
        None => json!({ "Status": "DISABLED" }),
    };
    Ok(Answer::json(&json!({ "MediaStorageConfiguration": configuration })))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct DescribeMapped {
    #[serde(flatten)]
    stream: StreamMembers,
    max_results: Option<i64>,
}

fn describe_mapped(call: &Call<'_>) -> Result<Answer, ApiError> {
    let input: DescribeMapped = call.input()?;
    let mut violations = Violations::default();
    let stream = input.stream.select(&mut violations);
    if let Some(max) = input.max_results {
        violations.range("MaxResults", max, 1, 1);
    }
    let stream = violations.value(stream)?;
    let state = call.state();
    let stream = state.streams.get(&stream)?;
    let mapped: Vec<Value> = state
        .channel_storing_in(&stream.resource.arn)
        .map(|channel| json!({ "Type": "SIGNALING_CHANNEL", "ARN": channel.resource.arn }))
        .into_iter()
        .collect();
    Ok(Answer::json(&json!({ "MappedResourceConfigurationList": mapped })))
}
