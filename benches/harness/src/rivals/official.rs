//! The official client with its default features and configuration.

use aws_sdk_kinesisvideowebrtcstorage::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_kinesisvideowebrtcstorage::error::DisplayErrorContext;
use aws_sdk_kinesisvideowebrtcstorage::{Client, Config};
use meter::bench::Rival;
use meter::request::{ACCESS_KEY_ID, CHANNEL_ARN, REGION, SECRET_ACCESS_KEY};

pub(crate) struct Official(Client);

impl Official {
    pub(crate) fn new(endpoint: &str) -> Self {
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static(REGION))
            .endpoint_url(endpoint)
            .credentials_provider(Credentials::new(ACCESS_KEY_ID, SECRET_ACCESS_KEY, None, None, "static"))
            .build();
        Self(Client::from_conf(config))
    }
}

impl Rival for Official {
    async fn call(&self) -> Result<(), String> {
        match self.0.join_storage_session().channel_arn(CHANNEL_ARN).send().await {
            Ok(_) => Ok(()),
            Err(error) => Err(DisplayErrorContext(error).to_string()),
        }
    }
}
