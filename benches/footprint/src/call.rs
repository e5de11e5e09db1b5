//! Our client, by its typed call and with its default configuration.

use kinesisvideo::webrtc_storage::{Client, JoinStorageSessionInput};
use kinesisvideo::{Config, Credentials};
use meter::Outcome;
use meter::bench::Rival;
use meter::request::{ACCESS_KEY_ID, CHANNEL_ARN, REGION, SECRET_ACCESS_KEY};

/// Our client.
pub struct OurClient(Client);

impl OurClient {
    /// A client of the service at this endpoint.
    ///
    /// # Errors
    /// When the endpoint is none.
    pub fn new(endpoint: &str) -> Outcome<Self> {
        let config = Config::builder()
            .region(REGION)
            .endpoint(endpoint)
            .credentials(Credentials::new(ACCESS_KEY_ID, SECRET_ACCESS_KEY))
            .build()?;
        Ok(Self(Client::new(config)?))
    }
}

impl Rival for OurClient {
    async fn call(&self) -> Result<(), String> {
        match self.0.join_storage_session(JoinStorageSessionInput::new(CHANNEL_ARN)).await {
            Ok(_) => Ok(()),
            Err(error) => Err(error.to_string()),
        }
    }
}
