//! Tags: of channels and streams by ARN, of streams by name too.

use serde::Deserialize;
use serde_json::json;

use super::input::{StreamMembers, check_arn};
use super::{Call, Route};
use crate::answer::{Answer, ApiError};
use crate::state::{Selector, Tags, add_tags};
use crate::validate::Violations;

pub(super) const ROUTES: &[Route] = &[
    Route::video("/TagResource", "TagResource", tag_resource),
    Route::video("/UntagResource", "UntagResource", untag_resource),
    Route::video("/ListTagsForResource", "ListTagsForResource", list_for_resource),
    Route::video("/tagStream", "TagStream", tag_stream),
    Route::video("/untagStream", "UntagStream", untag_stream),
    Route::video("/listTagsForStream", "ListTagsForStream", list_for_stream),
];

/// A tag as lists have it.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct TagItem {
    key: Option<String>,
    value: Option<String>,
}

/// Checks a list of tags; the last of a key wins.
pub(super) fn from_list(violations: &mut Violations, list: Vec<TagItem>) -> Tags {
    let mut tags = Tags::new();
    for item in list {
        let key = violations.required("Tags.member.Key", item.key.as_deref()).map(str::to_owned);
        let value = violations.required("Tags.member.Value", item.value.as_deref()).map(str::to_owned);
        tags.extend(key.zip(value));
    }
    from_map(violations, tags)
}

/// Checks a map of tags.
pub(super) fn from_map(violations: &mut Violations, tags: Tags) -> Tags {
    const KEY: &str = "^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$";
    const VALUE: &str = "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*";
    for (key, value) in &tags {
        violations.length("Tags.key", key, 1, 128);
        violations.pattern("Tags.key", key, is_tag_text(key), KEY);
        violations.length("Tags.value", value, 0, 256);
        violations.pattern("Tags.value", value, is_tag_text(value), VALUE);
    }
    tags
}

/// Letters, numbers and separators of any script, and a few signs.
fn is_tag_text(text: &str) -> bool {
    let is_separator = |c: char| c.is_whitespace() && !c.is_control();
    text.chars().all(|c| c.is_alphanumeric() || is_separator(c) || "_.:/=+-@".contains(c))
}

fn check_keys(violations: &mut Violations, keys: Option<&Vec<String>>) {
    match keys {
        None => violations.add("null", "TagKeyList", "Member must not be null"),
        Some(keys) if !(1..=50).contains(&keys.len()) => {
            violations.note(format!("TagKeyList must have 1 to 50 members, not {}", keys.len()));
        }
        Some(_) => {}
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct OnResource {
    #[serde(rename = "ResourceARN")]
    resource_arn: Option<String>,
    tags: Option<Vec<TagItem>>,
    tag_key_list: Option<Vec<String>>,
}

impl OnResource {
    fn select(&self, violations: &mut Violations) -> Option<Selector<'_>> {
        let arn = violations.required("ResourceARN", self.resource_arn.as_deref())?;
        check_arn(violations, "ResourceARN", arn).map(Selector::Arn)
    }
}

fn tag_resource(call: &Call<'_>) -> Result<Answer, ApiError> {
    let mut input: OnResource = call.input()?;
    let mut violations = Violations::default();
    let list = input.tags.take();
    if list.as_ref().is_none_or(Vec::is_empty) {
        violations.add("null", "Tags", "Member must have at least one tag");
    }
    let tags = from_list(&mut violations, list.unwrap_or_default());
    let resource = input.select(&mut violations);
    let resource = violations.value(resource)?;
    add_tags(call.state().tags_mut(&resource)?, tags)?;
    Ok(Answer::empty_object())
}

fn untag_resource(call: &Call<'_>) -> Result<Answer, ApiError> {
    let input: OnResource = call.input()?;
    let mut violations = Violations::default();
    check_keys(&mut violations, input.tag_key_list.as_ref());
    let resource = input.select(&mut violations);
    let resource = violations.value(resource)?;
    remove(call.state().tags_mut(&resource)?, input.tag_key_list.as_deref());
    Ok(Answer::empty_object())
}

fn list_for_resource(call: &Call<'_>) -> Result<Answer, ApiError> {
    let input: OnResource = call.input()?;
    let mut violations = Violations::default();
    let resource = input.select(&mut violations);
    let resource = violations.value(resource)?;
    let mut state = call.state();
    Ok(Answer::json(&json!({ "Tags": state.tags_mut(&resource)? })))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct OnStream {
    #[serde(flatten)]
    stream: StreamMembers,
    tags: Option<Tags>,
    tag_key_list: Option<Vec<String>>,
}

fn tag_stream(call: &Call<'_>) -> Result<Answer, ApiError> {
    let mut input: OnStream = call.input()?;
    let mut violations = Violations::default();
    let tags = input.tags.take();
    if tags.as_ref().is_none_or(Tags::is_empty) {
        violations.add("null", "Tags", "Member must have at least one tag");
    }
    let tags = from_map(&mut violations, tags.unwrap_or_default());
    let stream = input.stream.select(&mut violations);
    let stream = violations.value(stream)?;
    add_tags(call.state().stream_tags(&stream)?, tags)?;
    Ok(Answer::empty_object())
}

fn untag_stream(call: &Call<'_>) -> Result<Answer, ApiError> {
    let input: OnStream = call.input()?;
    let mut violations = Violations::default();
    check_keys(&mut violations, input.tag_key_list.as_ref());
    let stream = input.stream.select(&mut violations);
    let stream = violations.value(stream)?;
    remove(call.state().stream_tags(&stream)?, input.tag_key_list.as_deref());
    Ok(Answer::empty_object())
}

fn list_for_stream(call: &Call<'_>) -> Result<Answer, ApiError> {
    let input: OnStream = call.input()?;
    let mut violations = Violations::default();
    let stream = input.stream.select(&mut violations);
    let stream = violations.value(stream)?;
    let mut state = call.state();
    Ok(Answer::json(&json!({ "Tags": state.stream_tags(&stream)? })))
}

/// Keys that are not there are passed over.
fn remove(tags: &mut Tags, keys: Option<&[String]>) {
    for key in keys.unwrap_or_default() {
        tags.remove(key);
    }
}
