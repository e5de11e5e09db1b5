//! The inputs of Kinesis Video WebRTC Storage, as the generator emits them.

use kinesisvideo_runtime::pattern::{Class, Pattern, Step};
use kinesisvideo_runtime::schema::{Member, Shape, Structure};

/// A channel's ARN.
pub(crate) const ARN: &str = "arn:aws:kinesisvideo:us-west-2:123456789012:channel/demo/1700000000000";

static CHANNEL_ARN_PATTERN: Pattern = Pattern::whole(
    "^arn:(aws[a-zA-Z-]*):kinesisvideo:[a-z0-9-]+:[0-9]+:[a-z]+/[a-zA-Z0-9_.-]+/[0-9]+$",
    &[
        Step::Text("arn:aws"),
        Step::run(Class::ascii("--AZaz"), 0, u32::MAX),
        Step::Text(":kinesisvideo:"),
        Step::run(Class::ascii("--09az"), 1, u32::MAX),
        Step::Text(":"),
        Step::run(Class::ascii("09"), 1, u32::MAX),
        Step::Text(":"),
        Step::run(Class::ascii("az"), 1, u32::MAX),
        Step::Text("/"),
        Step::run(Class::ascii("-.09AZ__az"), 1, u32::MAX),
        Step::Text("/"),
        Step::run(Class::ascii("09"), 1, u32::MAX),
    ],
);

static CLIENT_ID_PATTERN: Pattern =
    Pattern::whole("^[a-zA-Z0-9_.-]+$", &[Step::run(Class::ascii("-.09AZ__az"), 1, u32::MAX)]);

static CHANNEL_ARN: Shape = Shape::string().pattern(&CHANNEL_ARN_PATTERN);

static CLIENT_ID: Shape = Shape::string().length(Some(1), Some(256)).pattern(&CLIENT_ID_PATTERN);

/// The input of JoinStorageSession.
pub(crate) static SESSION: Structure =
    Structure::new("JoinStorageSessionInput", &[Member::new("channelArn", &CHANNEL_ARN).required()]);

/// The input of JoinStorageSessionAsViewer.
pub(crate) static VIEWER: Structure = Structure::new(
    "JoinStorageSessionAsViewerInput",
    &[Member::new("channelArn", &CHANNEL_ARN).required(), Member::new("clientId", &CLIENT_ID).required()],
);
