//! What the service remembers: channels, the streams they store in, and their storage sessions.

mod catalog;
mod channels;
mod lifecycle;
mod rate;
mod sessions;
mod streams;
mod tags;

use std::time::{Duration, SystemTime};

use self::catalog::Catalog;
pub(crate) use self::catalog::Selector;
pub(crate) use self::channels::{DEFAULT_MESSAGE_TTL, SignalingChannel};
pub(crate) use self::lifecycle::{Lifecycle, Resource};
pub(crate) use self::rate::Rates;
pub(crate) use self::sessions::{JoinRefusal, Sessions};
pub use self::sessions::{Participant, StorageSession};
pub(crate) use self::streams::{About, MAX_RETENTION_HOURS, VideoStream};
pub(crate) use self::tags::{Tags, add as add_tags};
use crate::answer::ApiError;
use crate::arn::{Arn, partition};
use crate::limits::Quotas;

/// The creation time, in milliseconds since 1970, of what is there when the service starts: the same in every run, so
/// that ARNs can stand in a test.
const DECLARED_AT: u64 = 1_700_000_000_000;

/// Everything the API can show or change.
#[derive(Debug)]
pub(crate) struct State {
    region: String,
    account: String,
    /// How long creating, updating and deleting take.
    settling: Duration,
    quotas: Quotas,
    /// Makes each version a new one.
    versions: u64,
    pub(crate) channels: Catalog<SignalingChannel>,
    pub(crate) streams: Catalog<VideoStream>,
    pub(crate) sessions: Sessions,
    pub(crate) rates: Rates,
}

impl State {
    pub(crate) fn new(region: &str, account: &str, settling: Duration, quotas: Quotas) -> Self {
        Self {
            region: region.into(),
            account: account.into(),
            settling,
            quotas,
            versions: 0,
            channels: Catalog::new(),
            streams: Catalog::new(),
            sessions: Sessions::default(),
            rates: Rates::default(),
        }
    }

    /// Lets go of what is deleted by now. Every call starts with this.
    pub(crate) fn settle(&mut self, now: SystemTime) {
        self.channels.settle(now);
        self.streams.settle(now);
    }

    /// The tags of a channel or a stream, by its ARN.
    ///
    /// # Errors
    /// `ResourceNotFoundException`.
    pub(crate) fn tags_mut(&mut self, resource: &Selector<'_>) -> Result<&mut Tags, ApiError> {
        match resource {
            Selector::Arn(arn) if arn.kind == "stream" => self.stream_tags(resource),
            _ => self.channel_tags(resource),
        }
    }

    /// A resource of this account and region, made at `now`.
    fn resource(&mut self, kind: &str, name: &str, tags: Tags, created: SystemTime) -> Resource {
        let since = created.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let (region, account) = (self.region.as_str(), self.account.as_str());
        let millis = since.as_millis().to_string();
        let arn = Arn { partition: partition(region), region, account, kind, name, created: &millis };
        let arn = arn.to_string();
        let version = self.next_version(&arn);
        Resource {
            name: name.to_owned(),
            arn,
            created_seconds: Duration::from_millis(u64::try_from(since.as_millis()).unwrap_or(u64::MAX)).as_secs_f64(),
            version,
            lifecycle: Lifecycle::created(created, self.settling),
            tags,
        }
    }

    /// A version that no resource has had.
    fn next_version(&mut self, arn: &str) -> String {
        self.versions += 1;
        format!("{:016x}{:04x}", fnv1a(arn.as_bytes()), self.versions)
    }

    /// Notes a change of a resource: it has a new version and takes a while.
    fn changed(&mut self, resource: &Resource, now: SystemTime) -> (String, Lifecycle) {
        (self.next_version(&resource.arn), Lifecycle::updating(now, self.settling))
    }
}

/// The FNV-1a hash: short names that are the same in every run.
pub(crate) fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// When what was declared before the start was made.
fn declared_at() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(DECLARED_AT)
}
