//! Video streams: create, describe, list, update, change the retention, delete.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::input::{StreamMembers, check_arn, check_name, check_version};
use super::{Call, Route, list, tags};
use crate::answer::{Answer, ApiError};
use crate::state::{About, MAX_RETENTION_HOURS, Selector, Tags, VideoStream};
use crate::validate::Violations;

pub(super) const ROUTES: &[Route] = &[
    Route::video("/createStream", "CreateStream", create),
    Route::video("/describeStream", "DescribeStream", describe),
    Route::video("/listStreams", "ListStreams", list_streams),
    Route::video("/updateStream", "UpdateStream", update),
    Route::video("/updateDataRetention", "UpdateDataRetention", update_retention),
    Route::video("/deleteStream", "DeleteStream", delete),
];

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Create {
    stream_name: Option<String>,
    device_name: Option<String>,
    media_type: Option<String>,
    kms_key_id: Option<String>,
    data_retention_in_hours: Option<i64>,
    tags: Option<Tags>,
}

fn create(call: &Call<'_>) -> Result<Answer, ApiError> {
    let input: Create = call.input()?;
    let mut violations = Violations::default();
    let name = violations.required("StreamName", input.stream_name.as_deref());
    if let Some(name) = name {
        check_name(&mut violations, "StreamName", name);
    }
    check_about(&mut violations, input.device_name.as_deref(), input.media_type.as_deref());
    if let Some(key) = &input.kms_key_id {
        violations.length("KmsKeyId", key, 1, 2048);
    }
    let retention = input.data_retention_in_hours.unwrap_or(0);
    let retention = violations.range("DataRetentionInHours", retention, 0, MAX_RETENTION_HOURS);
    let tags = tags::from_map(&mut violations, input.tags.unwrap_or_default());
    let (name, retention) = violations.value(name.zip(retention))?;
    let about = About { device_name: input.device_name, media_type: input.media_type, kms_key_id: input.kms_key_id };
    let mut state = call.state();
    let stream = state.create_stream(name, retention, about, tags, call.now)?;
    Ok(Answer::json(&json!({ "StreamARN": stream.arn })))
}

/// `DeviceName` and `MediaType`.
fn check_about(violations: &mut Violations, device_name: Option<&str>, media_type: Option<&str>) {
    if let Some(name) = device_name {
        violations.length("DeviceName", name, 1, 128);
        violations.pattern("DeviceName", name, crate::arn::is_name(name), "^[a-zA-Z0-9_.-]+$");
    }
    if let Some(media_type) = media_type {
        const PATTERN: &str = "^[\\w\\-\\.\\+]+/[\\w\\-\\.\\+]+(,[\\w\\-\\.\\+]+/[\\w\\-\\.\\+]+)*$";
        violations.length("MediaType", media_type, 1, 128);
        violations.pattern("MediaType", media_type, is_media_type(media_type), PATTERN);
    }
}

/// `video/h264`, or several of the kind separated by commas.
fn is_media_type(text: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b'+'))
    };
    text.split(',').all(|one| one.split_once('/').is_some_and(|(a, b)| is_part(a) && is_part(b)))
}

fn describe(call: &Call<'_>) -> Result<Answer, ApiError> {
    let input: StreamMembers = call.input()?;
    let mut violations = Violations::default();
    let stream = input.select(&mut violations);
    let stream = violations.value(stream)?;
    let state = call.state();
    Ok(Answer::json(&json!({ "StreamInfo": info(state.streams.get(&stream)?, call) })))
}

fn info(stream: &VideoStream, call: &Call<'_>) -> Value {
    let mut info = Map::from_iter([
        ("StreamName".to_owned(), json!(stream.resource.name)),
        ("StreamARN".to_owned(), json!(stream.resource.arn)),
        ("Version".to_owned(), json!(stream.resource.version)),
        ("Status".to_owned(), json!(stream.resource.lifecycle.status(call.now))),
        ("CreationTime".to_owned(), json!(stream.resource.created_seconds)),
        ("DataRetentionInHours".to_owned(), json!(stream.retention_hours)),
        // Streams without a key of their own are encrypted with the service's.
        ("KmsKeyId".to_owned(), json!(stream.about.kms_key_id.as_deref().unwrap_or("aws/kinesisvideo"))),
    ]);
    for (member, value) in [("DeviceName", &stream.about.device_name), ("MediaType", &stream.about.media_type)] {
        if let Some(value) = value {
            info.insert(member.to_owned(), json!(value));
        }
    }
    Value::Object(info)
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct List {
    max_results: Option<i64>,
    next_token: Option<String>,
    stream_name_condition: Option<list::Condition>,
}

fn list_streams(call: &Call<'_>) -> Result<Answer, ApiError> {
    let input: List = call.input()?;
    let mut violations = Violations::default();
    let condition = ("StreamNameCondition", input.stream_name_condition.as_ref());
    let max = input.max_results.unwrap_or(10_000);
    let window = list::window(&mut violations, max, input.next_token.as_deref(), condition);
    let window = violations.value(window)?;
    let state = call.state();
    let page = state.streams.page(&window.prefix, window.after.as_deref(), window.max);
    let items: Vec<_> = page.items.iter().map(|stream| info(stream, call)).collect();
    Ok(Answer::json(&list::output("StreamInfoList", items, page.next.as_deref())))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Update {
    #[serde(flatten)]
    stream: StreamMembers,
    current_version: Option<String>,
    device_name: Option<String>,
    media_type: Option<String>,
}

fn update(call: &Call<'_>) -> Result<Answer, ApiError> {
    let input: Update = call.input()?;
    let mut violations = Violations::default();
    let stream = input.stream.select(&mut violations);
    let version = violations.required("CurrentVersion", input.current_version.as_deref());
    if let Some(version) = version {
        check_version(&mut violations, version);
    }
    check_about(&mut violations, input.device_name.as_deref(), input.media_type.as_deref());
    let (stream, version) = violations.value(stream.zip(version))?;
    call.state().update_stream(&stream, version, call.now, |stream| {
        stream.about.device_name = input.device_name.or(stream.about.device_name.take());
        stream.about.media_type = input.media_type.or(stream.about.media_type.take());
        Ok(())
    })?;
    Ok(Answer::empty_object())
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct UpdateRetention {
    #[serde(flatten)]
    stream: StreamMembers,
    current_version: Option<String>,
    operation: Option<String>,
    data_retention_change_in_hours: Option<i64>,
}

fn update_retention(call: &Call<'_>) -> Result<Answer, ApiError> {
    let input: UpdateRetention = call.input()?;
    let mut violations = Violations::default();
    let stream = input.stream.select(&mut violations);
    let version = violations.required("CurrentVersion", input.current_version.as_deref());
    if let Some(version) = version {
        check_version(&mut violations, version);
    }
    let operation = violations.required("Operation", input.operation.as_deref());
    if let Some(operation) = operation {
        violations.one_of("Operation", operation, &["INCREASE_DATA_RETENTION", "DECREASE_DATA_RETENTION"]);
    }
    let change = input.data_retention_change_in_hours;
    if change.is_none() {
        violations.add("null", "DataRetentionChangeInHours", "Member must not be null");
    }
    let change = change.and_then(|hours| violations.range("DataRetentionChangeInHours", hours, 1, u32::MAX));
    let (stream, (version, change)) = violations.value(stream.zip(version.zip(change)))?;
    let increase = operation == Some("INCREASE_DATA_RETENTION");
    call.state().update_stream(&stream, version, call.now, |stream| {
        let hours = stream.retention_hours;
        let changed = if increase { hours.checked_add(change) } else { hours.checked_sub(change) };
        stream.retention_hours = changed.filter(|hours| *hours <= MAX_RETENTION_HOURS).ok_or_else(|| {
            ApiError::invalid_argument(format!(
                "The data retention must stay within 0 and {MAX_RETENTION_HOURS} hours; it is {hours}"
            ))
        })?;
        Ok(())
    })?;
    Ok(Answer::empty_object())
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Delete {
    #[serde(rename = "StreamARN")]
    stream_arn: Option<String>,
    current_version: Option<String>,
}

fn delete(call: &Call<'_>) -> Result<Answer, ApiError> {
    let input: Delete = call.input()?;
    let mut violations = Violations::default();
    let arn = violations.required("StreamARN", input.stream_arn.as_deref());
    let arn = arn.and_then(|arn| check_arn(&mut violations, "StreamARN", arn));
    if let Some(version) = &input.current_version {
        check_version(&mut violations, version);
    }
    let arn = violations.value(arn)?;
    call.state().delete_stream(&Selector::Arn(arn), input.current_version.as_deref(), call.now)?;
    Ok(Answer::empty_object())
}
