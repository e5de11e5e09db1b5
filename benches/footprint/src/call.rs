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
        Self::with_secret(endpoint, SECRET_ACCESS_KEY)
    }

    fn with_secret(endpoint: &str, secret: &str) -> Outcome<Self> {
        let config = Config::builder()
            .region(REGION)
            .endpoint(endpoint)
            .credentials(Credentials::new(ACCESS_KEY_ID, secret))
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

#[cfg(test)]
mod tests {
    use meter::bench::Bench;
    use meter::server::Server;

    use super::*;

    #[test]
    fn calls_are_counted_and_signed() {
        let bench = Bench::new().unwrap();
        let client = OurClient::new(&bench.server.url()).unwrap();
        bench.request(&client).unwrap();
        assert!(bench.sequential(&client, 3).is_ok());
    }

    #[test]
    fn a_service_that_answers_500_fails_the_benchmark() {
        let bench = Bench::of(Server::failing().unwrap()).unwrap();
        let client = OurClient::new(&bench.server.url()).unwrap();
        assert!(bench.sequential(&client, 1).is_err());
    }

    #[test]
    fn a_wrong_signature_fails_the_benchmark() {
        let bench = Bench::new().unwrap();
        let client = OurClient::with_secret(&bench.server.url(), "another").unwrap();
        let error = bench.request(&client).unwrap_err().to_string();
        assert!(error.contains("signature"), "{error}");
    }
}
