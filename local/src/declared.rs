//! Channels and streams that are there when the service starts.

use std::collections::BTreeMap;

/// A signaling channel that is there when the service starts.
///
/// Its ARN is the same in every run: `arn:aws:kinesisvideo:us-west-2:123456789012:channel/demo/1700000000000` for a
/// channel `demo` in the default region and account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    pub(crate) name: String,
    pub(crate) stream: Option<String>,
    pub(crate) tags: BTreeMap<String, String>,
}

impl Channel {
    /// A channel that stores its media in the stream of the same name, which is made unless it is declared.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        let name = name.into();
        Self { stream: Some(name.clone()), name, tags: BTreeMap::new() }
    }

    /// Stores in the stream of this name instead. A stream belongs to one channel.
    #[must_use]
    pub fn stream(mut self, stream: impl Into<String>) -> Self {
        self.stream = Some(stream.into());
        self
    }

    /// Leaves the channel without a stream: joining it is refused until it is linked to one.
    #[must_use]
    pub fn without_storage(mut self) -> Self {
        self.stream = None;
        self
    }

    /// Adds a tag.
    #[must_use]
    pub fn tag(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.tags.insert(key.into(), value.into());
        self
    }
}

impl From<&str> for Channel {
    fn from(name: &str) -> Self {
        Self::new(name)
    }
}

impl From<String> for Channel {
    fn from(name: String) -> Self {
        Self::new(name)
    }
}

/// A video stream that is there when the service starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stream {
    pub(crate) name: String,
    pub(crate) retention_hours: u32,
    pub(crate) tags: BTreeMap<String, String>,
}

impl Stream {
    /// A stream that keeps its media for 24 hours.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), retention_hours: 24, tags: BTreeMap::new() }
    }

    /// Hours it keeps its media, at most 87,600. No channel can store in a stream that keeps nothing, 0.
    #[must_use]
    pub fn retention_hours(mut self, hours: u32) -> Self {
        self.retention_hours = hours;
        self
    }

    /// Adds a tag.
    #[must_use]
    pub fn tag(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.tags.insert(key.into(), value.into());
        self
    }
}

impl From<&str> for Stream {
    fn from(name: &str) -> Self {
        Self::new(name)
    }
}

impl From<String> for Stream {
    fn from(name: String) -> Self {
        Self::new(name)
    }
}
