//! Signaling channels: create, describe, list, update, delete.

use serde::Deserialize;
use serde_json::{Value, json};

use super::input::{ChannelMembers, check_arn, check_name, check_version};
use super::tags::{self, TagItem};
use super::{Call, Route};
use crate::answer::{Answer, ApiError};
use crate::state::{DEFAULT_MESSAGE_TTL, Selector, SignalingChannel};
use crate::validate::Violations;

pub(super) const ROUTES: &[Route] = &[
    Route::video("/createSignalingChannel", "CreateSignalingChannel", create),
    Route::video("/describeSignalingChannel", "DescribeSignalingChannel", describe),
    Route::video("/listSignalingChannels", "ListSignalingChannels", list),
    Route::video("/updateSignalingChannel", "UpdateSignalingChannel", update),
    Route::video("/deleteSignalingChannel", "DeleteSignalingChannel", delete),
];

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SingleMaster {
    message_ttl_seconds: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Create {
    channel_name: Option<String>,
    channel_type: Option<String>,
    single_master_configuration: Option<SingleMaster>,
    tags: Option<Vec<TagItem>>,
}

fn create(call: &Call<'_>) -> Result<Answer, ApiError> {
    let input: Create = call.input()?;
    let mut violations = Violations::default();
    let name = violations.required("ChannelName", input.channel_name.as_deref());
    if let Some(name) = name {
        check_name(&mut violations, "ChannelName", name);
    }
    if let Some(kind) = &input.channel_type {
        violations.one_of("ChannelType", kind, &["SINGLE_MASTER", "FULL_MESH"]);
    }
    let message_ttl = check_message_ttl(&mut violations, input.single_master_configuration.as_ref());
    let tags = tags::from_list(&mut violations, input.tags.unwrap_or_default());
    violations.into_result()?;
    if input.channel_type.as_deref() == Some("FULL_MESH") {
        return Err(ApiError::invalid_argument("SINGLE_MASTER is the only ChannelType supported"));
    }
    let mut state = call.state();
    let message_ttl = message_ttl.unwrap_or(DEFAULT_MESSAGE_TTL);
    let channel = state.create_channel(name.unwrap_or_default(), message_ttl, tags, call.now)?;
    Ok(Answer::json(&json!({ "ChannelARN": channel.arn })))
}

/// The TTL of messages, if it is given.
fn check_message_ttl(violations: &mut Violations, configuration: Option<&SingleMaster>) -> Option<u32> {
    let ttl = configuration?.message_ttl_seconds?;
    violations.range("SingleMasterConfiguration.MessageTtlSeconds", ttl, 5, 120)
}

fn describe(call: &Call<'_>) -> Result<Answer, ApiError> {
    let input: ChannelMembers = call.input()?;
    let mut violations = Violations::default();
    let channel = input.select(&mut violations);
    let channel = violations.value(channel)?;
    let state = call.state();
    Ok(Answer::json(&json!({ "ChannelInfo": info(state.channels.get(&channel)?, call) })))
}

fn info(channel: &SignalingChannel, call: &Call<'_>) -> Value {
    json!({
        "ChannelName": channel.resource.name,
        "ChannelARN": channel.resource.arn,
        "ChannelType": "SINGLE_MASTER",
        "ChannelStatus": channel.resource.lifecycle.status(call.now),
        "CreationTime": channel.resource.created_seconds,
        "SingleMasterConfiguration": { "MessageTtlSeconds": channel.message_ttl },
        "Version": channel.resource.version,
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct List {
    max_results: Option<i64>,
    next_token: Option<String>,
    channel_name_condition: Option<super::list::Condition>,
}

fn list(call: &Call<'_>) -> Result<Answer, ApiError> {
    let input: List = call.input()?;
    let mut violations = Violations::default();
    let condition = input.channel_name_condition.as_ref();
    let window = super::list::window(
        &mut violations,
        input.max_results.unwrap_or(500),
        input.next_token.as_deref(),
        ("ChannelNameCondition", condition),
    );
    let window = violations.value(window)?;
    let state = call.state();
    let page = state.channels.page(&window.prefix, window.after.as_deref(), window.max);
    let items: Vec<_> = page.items.iter().map(|channel| info(channel, call)).collect();
    Ok(Answer::json(&super::list::output("ChannelInfoList", items, page.next.as_deref())))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Update {
    #[serde(rename = "ChannelARN")]
    channel_arn: Option<String>,
    current_version: Option<String>,
    single_master_configuration: Option<SingleMaster>,
}

fn update(call: &Call<'_>) -> Result<Answer, ApiError> {
    let input: Update = call.input()?;
    let mut violations = Violations::default();
    let arn = violations.required("ChannelARN", input.channel_arn.as_deref());
    let arn = arn.and_then(|arn| check_arn(&mut violations, "ChannelARN", arn));
    let version = violations.required("CurrentVersion", input.current_version.as_deref());
    if let Some(version) = version {
        check_version(&mut violations, version);
    }
    let ttl = check_message_ttl(&mut violations, input.single_master_configuration.as_ref());
    let (arn, version) = violations.value(arn.zip(version))?;
    call.state().update_channel(&Selector::Arn(arn), version, ttl, call.now)?;
    Ok(Answer::empty_object())
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Delete {
    #[serde(rename = "ChannelARN")]
    channel_arn: Option<String>,
    current_version: Option<String>,
}

fn delete(call: &Call<'_>) -> Result<Answer, ApiError> {
    let input: Delete = call.input()?;
    let mut violations = Violations::default();
    let arn = violations.required("ChannelARN", input.channel_arn.as_deref());
    let arn = arn.and_then(|arn| check_arn(&mut violations, "ChannelARN", arn));
    if let Some(version) = &input.current_version {
        check_version(&mut violations, version);
    }
    let arn = violations.value(arn)?;
    call.state().delete_channel(&Selector::Arn(arn), input.current_version.as_deref(), call.now)?;
    Ok(Answer::empty_object())
}
