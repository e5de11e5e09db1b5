//! 23, 24, 39, 40, 42: versions of the API.

use kinesisvideo::webrtc_storage::{API_VERSION, API_VERSIONS, Client, SERVICE};
use kinesisvideo::{Config, ConfigBuilder, ConfigError};
use kinesisvideo_tests::config;

use super::sent;

fn accepted(config: ConfigBuilder) -> Result<(), ConfigError> {
    Client::new(config.build()?).map(drop)
}

#[test]
fn option_23_api_version_is_the_latest_that_may_be_used() {
    for version in ["2018-05-10", "2018-05-11", "2030-01-01", "latest", "2018-05-10T00:00:00.000Z"] {
        accepted(config().api_version(version)).unwrap();
    }
    let error = accepted(config().api_version("2018-05-09")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Could not find kinesisvideowebrtcstorage API to satisfy version constraint `2018-05-09`: known are 2018-05-10; \
         use one of them, a later date or `latest`"
    );
}

#[tokio::test]
async fn option_23_api_version_is_not_sent() {
    assert_eq!(sent(config().api_version("2020-01-01")).await.headers.len(), sent(config()).await.headers.len());
}

#[test]
fn option_24_api_versions_win_over_api_version_for_their_service() {
    let one = |service: &str, version: &str| config().api_version("2018-05-09").api_versions([(service, version)]);
    accepted(one("kinesisvideowebrtcstorage", "latest")).unwrap();
    accepted(one("s3", "latest")).unwrap_err();
    accepted(config().api_versions([("kinesisvideowebrtcstorage", "2017-01-01")])).unwrap_err();
    accepted(config().api_versions([("s3", "2006-03-01"), ("KinesisVideoWebRTCStorage", "2006-03-01")])).unwrap();
}

#[test]
fn constant_39_the_identifier_and_the_version() {
    assert_eq!(
        (SERVICE.identifier, SERVICE.api_version, API_VERSION),
        ("kinesisvideowebrtcstorage", API_VERSION, "2018-05-10")
    );
}

/// What `AWS.config` is in the original is a builder here: a value that any number of clients begin with.
#[test]
fn global_40_a_shared_builder_locks_the_versions_of_every_client() {
    let locked: ConfigBuilder = Config::builder()
        .region("us-west-2")
        .api_versions([("kinesisvideowebrtcstorage", "2017-01-01"), ("kinesisvideo", "2017-09-30")]);
    kinesisvideo::video::Client::new(locked.clone().build().unwrap()).unwrap();
    assert!(matches!(accepted(locked), Err(ConfigError::ApiVersion { .. })));
}

#[test]
fn property_42_api_versions() {
    assert_eq!(API_VERSIONS, ["2018-05-10"]);
}
