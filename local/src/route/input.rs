//! Checks that the inputs of several operations need.

use serde::Deserialize;

use crate::arn::{Arn, is_name};
use crate::state::Selector;
use crate::validate::Violations;

const NAME_PATTERN: &str = "^[a-zA-Z0-9_.-]+$";
const ARN_PATTERN: &str = "^arn:[a-z\\d-]+:kinesisvideo:[a-z0-9-]+:[0-9]+:[a-z]+/[a-zA-Z0-9_.-]+/[0-9]+$";

/// The name of a channel or a stream, given by the caller.
pub(super) fn check_name(violations: &mut Violations, member: &str, name: &str) {
    violations.length(member, name, 1, 256);
    violations.pattern(member, name, is_name(name), NAME_PATTERN);
}

/// An ARN, given by the caller.
pub(super) fn check_arn<'a>(violations: &mut Violations, member: &str, text: &'a str) -> Option<Arn<'a>> {
    violations.length(member, text, 1, 1024);
    let arn = Arn::parse(text);
    violations.pattern(member, text, arn.is_some(), ARN_PATTERN);
    arn
}

/// The version of a channel or a stream, given by the caller.
pub(super) fn check_version(violations: &mut Violations, version: &str) {
    violations.length("CurrentVersion", version, 1, 64);
    let matches = !version.is_empty() && version.bytes().all(|b| b.is_ascii_alphanumeric());
    violations.pattern("CurrentVersion", version, matches, "^[a-zA-Z0-9]+$");
}

/// The members by which a caller names a channel.
#[derive(Deserialize)]
pub(super) struct ChannelMembers {
    #[serde(rename = "ChannelName")]
    name: Option<String>,
    #[serde(rename = "ChannelARN")]
    arn: Option<String>,
}

/// The members by which a caller names a stream.
#[derive(Deserialize)]
pub(super) struct StreamMembers {
    #[serde(rename = "StreamName")]
    name: Option<String>,
    #[serde(rename = "StreamARN")]
    arn: Option<String>,
}

impl ChannelMembers {
    pub(super) fn select(&self, violations: &mut Violations) -> Option<Selector<'_>> {
        select(violations, ["ChannelName", "ChannelARN"], self.name.as_deref(), self.arn.as_deref())
    }
}

impl StreamMembers {
    pub(super) fn select(&self, violations: &mut Violations) -> Option<Selector<'_>> {
        select(violations, ["StreamName", "StreamARN"], self.name.as_deref(), self.arn.as_deref())
    }
}

/// A resource by its name, its ARN, or both, which then must agree.
fn select<'a>(
    violations: &mut Violations,
    [name_member, arn_member]: [&str; 2],
    name: Option<&'a str>,
    arn: Option<&'a str>,
) -> Option<Selector<'a>> {
    if let Some(name) = name {
        check_name(violations, name_member, name);
    }
    let parsed = arn.and_then(|arn| check_arn(violations, arn_member, arn));
    match (name, arn, parsed) {
        (None, None, _) => {
            violations.note(format!("Either {name_member} or {arn_member} must be specified"));
            None
        }
        (Some(name), _, Some(parsed)) if parsed.name != name => {
            violations.note(format!("{name_member} and {arn_member} must mean the same resource"));
            None
        }
        (_, Some(_), parsed) => parsed.map(Selector::Arn),
        (Some(name), None, _) => Some(Selector::Name(name)),
    }
}
