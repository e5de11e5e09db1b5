//! What the service bears: quotas of the API, and limits that keep the server alive.

use std::time::Duration;

/// The API's quotas, by default the ones AWS documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Quotas {
    /// Joins a second that a channel bears, counted for each of the two operations alone. Default 2. More are answered
    /// with `ClientLimitExceededException`.
    pub joins_per_second: u32,
    /// Viewers that fit in a storage session. Default 3. One more is answered with `ClientLimitExceededException`, and a
    /// message that says so: retrying does not help.
    pub viewers_per_session: u32,
    /// Channels of the account. Default 10,000, as in `us-west-2`. One more is answered with
    /// `AccountChannelLimitExceededException`.
    pub channels: usize,
    /// Channels with media storage enabled. Default 100. One more is answered with `ClientLimitExceededException`.
    pub channels_with_storage: usize,
    /// Streams of the account. Default 10,000. One more is answered with `AccountStreamLimitExceededException`.
    pub streams: usize,
}

impl Quotas {
    /// Quotas that no test reaches.
    #[must_use]
    pub const fn unlimited() -> Self {
        Self {
            joins_per_second: u32::MAX,
            viewers_per_session: u32::MAX,
            channels: usize::MAX,
            channels_with_storage: usize::MAX,
            streams: usize::MAX,
        }
    }

    /// Sets [`Quotas::joins_per_second`].
    #[must_use]
    pub const fn joins_per_second(mut self, joins: u32) -> Self {
        self.joins_per_second = joins;
        self
    }

    /// Sets [`Quotas::viewers_per_session`].
    #[must_use]
    pub const fn viewers_per_session(mut self, viewers: u32) -> Self {
        self.viewers_per_session = viewers;
        self
    }

    /// Sets [`Quotas::channels`].
    #[must_use]
    pub const fn channels(mut self, channels: usize) -> Self {
        self.channels = channels;
        self
    }

    /// Sets [`Quotas::channels_with_storage`].
    #[must_use]
    pub const fn channels_with_storage(mut self, channels: usize) -> Self {
        self.channels_with_storage = channels;
        self
    }

    /// Sets [`Quotas::streams`].
    #[must_use]
    pub const fn streams(mut self, streams: usize) -> Self {
        self.streams = streams;
        self
    }
}

impl Default for Quotas {
    fn default() -> Self {
        Self {
            joins_per_second: 2,
            viewers_per_session: 3,
            channels: 10_000,
            channels_with_storage: 100,
            streams: 10_000,
        }
    }
}

/// Limits of the server itself, whatever a client sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of a request's body; more is answered with 413. Default 1 MiB.
    pub body_bytes: usize,
    /// How long a connection may take to send a request's head, or stay idle between requests; then it is closed.
    /// Default 30 s.
    pub head_timeout: Duration,
    /// How long a request's body may take; then it is answered with 408. Default 10 s.
    pub body_timeout: Duration,
    /// Connections served at the same time; more wait to be accepted. Default 512.
    pub connections: usize,
    /// Requests remembered for [`LocalService::requests`](crate::LocalService::requests); older ones are forgotten, and
    /// sooner where their bodies come to more than 64 MiB. Default 4,096.
    pub recorded_requests: usize,
}

impl Limits {
    /// Sets [`Limits::body_bytes`].
    #[must_use]
    pub const fn body_bytes(mut self, bytes: usize) -> Self {
        self.body_bytes = bytes;
        self
    }

    /// Sets [`Limits::head_timeout`].
    #[must_use]
    pub const fn head_timeout(mut self, timeout: Duration) -> Self {
        self.head_timeout = timeout;
        self
    }

    /// Sets [`Limits::body_timeout`].
    #[must_use]
    pub const fn body_timeout(mut self, timeout: Duration) -> Self {
        self.body_timeout = timeout;
        self
    }

    /// Sets [`Limits::connections`]; at least 1.
    #[must_use]
    pub const fn connections(mut self, connections: usize) -> Self {
        self.connections = connections;
        self
    }

    /// Sets [`Limits::recorded_requests`].
    #[must_use]
    pub const fn recorded_requests(mut self, requests: usize) -> Self {
        self.recorded_requests = requests;
        self
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 1024 * 1024,
            head_timeout: Duration::from_secs(30),
            body_timeout: Duration::from_secs(10),
            connections: 512,
            recorded_requests: 4096,
        }
    }
}
