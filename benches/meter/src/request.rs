//! The one request every rival sends, and the credentials it is signed with.

/// The region of the signature's scope.
pub const REGION: &str = "us-west-2";
/// The service of the signature's scope.
pub const SERVICE: &str = "kinesisvideo";
/// The access key ID of AWS's own examples.
pub const ACCESS_KEY_ID: &str = "AKIDEXAMPLE";
/// The secret access key of AWS's own examples.
pub const SECRET_ACCESS_KEY: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
/// The channel that is joined.
pub const CHANNEL_ARN: &str = "arn:aws:kinesisvideo:us-west-2:123456789012:channel/demo/1700000000000";
/// The request's path.
pub const PATH: &str = "/joinStorageSession";

/// The request's body.
pub fn body() -> String {
    format!(r#"{{"channelArn":"{CHANNEL_ARN}"}}"#)
}

/// The environment of a child program that is to make the request at `endpoint`.
///
/// Region and credentials are where all SDKs look for them. The shared files and the instance's metadata are switched off:
/// the programs are to take the same, shortest way to their credentials.
pub fn environment(endpoint: &str) -> [(&'static str, String); 7] {
    let text = str::to_owned;
    [
        ("AWS_REGION", text(REGION)),
        ("AWS_ACCESS_KEY_ID", text(ACCESS_KEY_ID)),
        ("AWS_SECRET_ACCESS_KEY", text(SECRET_ACCESS_KEY)),
        ("AWS_CONFIG_FILE", text("/dev/null")),
        ("AWS_SHARED_CREDENTIALS_FILE", text("/dev/null")),
        ("AWS_EC2_METADATA_DISABLED", text("true")),
        ("AWS_ENDPOINT_URL", text(endpoint)),
    ]
}
