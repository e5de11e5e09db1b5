//! Setting a service up from a file.

use std::collections::BTreeMap;

use kinesisvideo_runtime::credentials::Credentials;
use serde::Deserialize;

use crate::builder::Builder;
use crate::declared::{Channel, Stream};
use crate::limits::Quotas;
use crate::start_error::StartError;

/// What a seed may say; a word that is not here is an error, so that a typing mistake does not go unseen.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Seed {
    region: Option<String>,
    account: Option<String>,
    quotas: Option<SeedQuotas>,
    #[serde(default)]
    credentials: Vec<SeedCredentials>,
    #[serde(default)]
    streams: Vec<SeedStream>,
    #[serde(default)]
    channels: Vec<SeedChannel>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct SeedQuotas {
    joins_per_second: Option<u32>,
    viewers_per_session: Option<u32>,
    channels: Option<usize>,
    channels_with_storage: Option<usize>,
    streams: Option<usize>,
}

impl SeedQuotas {
    /// These, and the documented ones where nothing is said.
    fn quotas(&self) -> Quotas {
        let documented = Quotas::default();
        Quotas {
            joins_per_second: self.joins_per_second.unwrap_or(documented.joins_per_second),
            viewers_per_session: self.viewers_per_session.unwrap_or(documented.viewers_per_session),
            channels: self.channels.unwrap_or(documented.channels),
            channels_with_storage: self.channels_with_storage.unwrap_or(documented.channels_with_storage),
            streams: self.streams.unwrap_or(documented.streams),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct SeedCredentials {
    access_key_id: String,
    secret_access_key: String,
    session_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct SeedStream {
    name: String,
    retention_hours: Option<u32>,
    #[serde(default)]
    tags: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct SeedChannel {
    name: String,
    stream: Option<String>,
    storage: Option<bool>,
    #[serde(default)]
    tags: BTreeMap<String, String>,
}

impl Builder {
    /// Adds what a JSON text says to what is set up already; all members are optional but names and keys.
    ///
    /// ```
    /// # fn main() -> Result<(), kinesisvideo_local::StartError> {
    /// let service = kinesisvideo_local::LocalService::builder().seed(r#"{
    ///     "region": "eu-west-1",
    ///     "account": "123456789012",
    ///     "quotas": {"joinsPerSecond": 10, "viewersPerSession": 3, "channels": 100, "channelsWithStorage": 10, "streams": 100},
    ///     "credentials": [{"accessKeyId": "AKIDTEST", "secretAccessKey": "secret", "sessionToken": "token"}],
    ///     "streams": [{"name": "archive", "retentionHours": 48, "tags": {"site": "north"}}],
    ///     "channels": [
    ///         {"name": "door", "stream": "archive"},
    ///         {"name": "yard"},
    ///         {"name": "talk", "storage": false, "tags": {"site": "north"}}
    ///     ]
    /// }"#)?.start_blocking()?;
    /// assert_eq!(service.channel_arns().len(), 3);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`StartError::Seed`] when the text is not JSON, or says what a seed cannot say.
    pub fn seed(mut self, json: &str) -> Result<Self, StartError> {
        let seed: Seed = serde_json::from_str(json).map_err(StartError::Seed)?;
        if let Some(region) = seed.region {
            self = self.region(region);
        }
        if let Some(account) = seed.account {
            self = self.account(account);
        }
        if let Some(quotas) = seed.quotas {
            self = self.quotas(quotas.quotas());
        }
        for key in seed.credentials {
            let credentials = Credentials::new(key.access_key_id, key.secret_access_key);
            self = self.credentials(match key.session_token {
                Some(token) => credentials.with_session_token(token),
                None => credentials,
            });
        }
        for stream in seed.streams {
            let mut declared = Stream::new(stream.name);
            declared.retention_hours = stream.retention_hours.unwrap_or(declared.retention_hours);
            declared.tags = stream.tags;
            self = self.stream(declared);
        }
        for channel in seed.channels {
            let mut declared = Channel::new(channel.name);
            declared.stream = channel.stream.or(declared.stream).filter(|_| channel.storage != Some(false));
            declared.tags = channel.tags;
            self = self.channel(declared);
        }
        Ok(self)
    }
}
