//! Signaling channels, and what happens to them.

use std::time::SystemTime;

use super::catalog::Kind;
use super::{Lifecycle, Resource, Selector, State, Tags, declared_at, tags};
use crate::answer::ApiError;
use crate::declared::Channel;
use crate::start_error::StartError;

/// A signaling channel.
#[derive(Clone, Debug)]
pub(crate) struct SignalingChannel {
    pub(crate) resource: Resource,
    /// Seconds an undelivered message is kept.
    pub(crate) message_ttl: u32,
    /// The ARN of the stream it stores in, while storage is enabled.
    pub(crate) stored_in: Option<String>,
}

/// Seconds an undelivered message is kept, unless the caller says otherwise.
pub(crate) const DEFAULT_MESSAGE_TTL: u32 = 60;

impl Kind for SignalingChannel {
    const KIND: &'static str = "channel";

    fn resource(&self) -> &Resource {
        &self.resource
    }
}

impl State {
    /// Makes a channel that is there from the start, and its stream.
    ///
    /// # Errors
    /// When the channel exists, or its stream cannot be stored in.
    pub(crate) fn declare_channel(&mut self, channel: &Channel) -> Result<(), StartError> {
        let name = &channel.name;
        if self.channels.by_name(name).is_some() {
            return Err(StartError::setting("channel", name, "declared once"));
        }
        let resource = self.resource(SignalingChannel::KIND, name, channel.tags.clone(), declared_at());
        let mut stored_in = None;
        if let Some(stream) = &channel.stream {
            let stream = self.declare_stream_of_channel(stream)?;
            if self.channel_storing_in(&stream).is_some() {
                return Err(StartError::setting("channel", name, "linked to a stream no other channel is linked to"));
            }
            stored_in = Some(stream);
        }
        self.channels.insert(SignalingChannel { resource, message_ttl: DEFAULT_MESSAGE_TTL, stored_in });
        Ok(())
    }

    /// # Errors
    /// `ResourceInUseException` when there is one of this name; the limits of the account and of tags.
    pub(crate) fn create_channel(
        &mut self,
        name: &str,
        message_ttl: u32,
        new_tags: Tags,
        now: SystemTime,
    ) -> Result<&Resource, ApiError> {
        if let Some(channel) = self.channels.by_name(name) {
            return Err(ApiError::in_use(format!("The channel {name} exists: {}", channel.resource.arn)));
        }
        if self.channels.len() >= self.quotas.channels {
            return Err(ApiError::bad_request(
                "AccountChannelLimitExceededException",
                format!("The account has the {} channels it can have", self.quotas.channels),
            ));
        }
        let mut all = Tags::new();
        tags::add(&mut all, new_tags)?;
        let resource = self.resource(SignalingChannel::KIND, name, all, now);
        self.channels.insert(SignalingChannel { resource, message_ttl, stored_in: None });
        self.channels.get(&Selector::Name(name)).map(|channel| &channel.resource)
    }

    /// # Errors
    /// Not found, in use, or another version.
    pub(crate) fn update_channel(
        &mut self,
        channel: &Selector<'_>,
        version: &str,
        message_ttl: Option<u32>,
        now: SystemTime,
    ) -> Result<(), ApiError> {
        let resource = self.channels.get(channel)?.resource.clone();
        resource.check_version(version)?;
        resource.check_active(now)?;
        let (version, lifecycle) = self.changed(&resource, now);
        let found = self.channels.get_mut(channel)?;
        found.message_ttl = message_ttl.unwrap_or(found.message_ttl);
        (found.resource.version, found.resource.lifecycle) = (version, lifecycle);
        Ok(())
    }

    /// # Errors
    /// Not found, in use (also while media storage is enabled), or another version.
    pub(crate) fn delete_channel(
        &mut self,
        channel: &Selector<'_>,
        version: Option<&str>,
        now: SystemTime,
    ) -> Result<(), ApiError> {
        let settling = self.settling;
        let found = self.channels.get_mut(channel)?;
        if let Some(version) = version {
            found.resource.check_version(version)?;
        }
        found.resource.check_active(now)?;
        if found.stored_in.is_some() {
            return Err(ApiError::in_use(format!("Media storage is enabled for {}", found.resource.arn)));
        }
        found.resource.lifecycle = Lifecycle::deleting(now, settling);
        let arn = found.resource.arn.clone();
        self.sessions.end(&arn);
        self.rates.forget(&arn);
        self.settle(now);
        Ok(())
    }

    /// Links a channel to the stream it stores in, or unlinks it.
    ///
    /// # Errors
    /// Not found; `ResourceInUseException` when either is linked elsewhere or not active; `NoDataRetentionException`.
    pub(crate) fn store_channel(
        &mut self,
        channel: &Selector<'_>,
        stream: Option<&Selector<'_>>,
        now: SystemTime,
    ) -> Result<(), ApiError> {
        let found = self.channels.get(channel)?;
        found.resource.check_active(now)?;
        let arn = found.resource.arn.clone();
        let Some(stream) = stream else {
            self.channels.get_mut(channel)?.stored_in = None;
            self.sessions.end(&arn);
            return Ok(());
        };
        let linked = found.stored_in.clone();
        let stream = self.streams.get(stream)?;
        stream.resource.check_active(now)?;
        let stream_arn = stream.resource.arn.clone();
        if stream.retention_hours == 0 {
            return Err(ApiError::bad_request(
                "NoDataRetentionException",
                format!("The data retention of {stream_arn} is zero hours"),
            ));
        }
        if let Some(other) = linked.filter(|linked| *linked != stream_arn) {
            return Err(ApiError::in_use(format!("{arn} is already mapped to {other}")));
        }
        if let Some(other) = self.channel_storing_in(&stream_arn).filter(|other| other.resource.arn != arn) {
            return Err(ApiError::in_use(format!("{stream_arn} is already mapped to {}", other.resource.arn)));
        }
        let stored = self.channels.iter().filter(|other| other.stored_in.is_some() && other.resource.arn != arn);
        if stored.count() >= self.quotas.channels_with_storage {
            return Err(ApiError::limit_exceeded(format!(
                "The account has the {} channels with media storage it can have",
                self.quotas.channels_with_storage
            )));
        }
        self.channels.get_mut(channel)?.stored_in = Some(stream_arn);
        Ok(())
    }

    /// The channel that stores in the stream with this ARN.
    pub(crate) fn channel_storing_in(&self, stream_arn: &str) -> Option<&SignalingChannel> {
        self.channels.iter().find(|channel| channel.stored_in.as_deref() == Some(stream_arn))
    }

    /// The tags of a channel, to be changed.
    ///
    /// # Errors
    /// `ResourceNotFoundException`.
    pub(crate) fn channel_tags(&mut self, channel: &Selector<'_>) -> Result<&mut Tags, ApiError> {
        Ok(&mut self.channels.get_mut(channel)?.resource.tags)
    }
}
