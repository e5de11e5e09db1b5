//! What the service remembers: channels, the streams they store in, and their storage sessions.

mod channels;
mod rate;
mod sessions;

use std::collections::BTreeMap;

pub(crate) use self::channels::{SignalingChannel, VideoStream};
pub(crate) use self::rate::Rates;
pub(crate) use self::sessions::{JoinRefusal, Sessions};
pub use self::sessions::{Participant, StorageSession};
use crate::arn::{Arn, partition};

/// The creation time, in milliseconds, of what is there when the service starts: the same in every run, so that ARNs
/// can stand in a test.
const DECLARED_AT: &str = "1700000000000";

/// Everything the API can show or change.
#[derive(Debug)]
pub(crate) struct State {
    region: String,
    account: String,
    /// By name.
    channels: BTreeMap<String, SignalingChannel>,
    /// By name.
    streams: BTreeMap<String, VideoStream>,
    pub(crate) sessions: Sessions,
    pub(crate) rates: Rates,
}

impl State {
    pub(crate) fn new(region: &str, account: &str) -> Self {
        Self {
            region: region.into(),
            account: account.into(),
            channels: BTreeMap::new(),
            streams: BTreeMap::new(),
            sessions: Sessions::default(),
            rates: Rates::default(),
        }
    }

    /// The ARN of a channel or stream of this account and region.
    fn arn(&self, kind: &str, name: &str, created: &str) -> String {
        let (region, account) = (self.region.as_str(), self.account.as_str());
        Arn {
            partition: partition(region),
            region,
            account,
            kind,
            name,
            created,
        }
        .to_string()
    }
}
