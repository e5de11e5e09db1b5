//! Video streams, and what happens to them.

use std::time::SystemTime;

use super::catalog::Kind;
use super::{Lifecycle, Resource, Selector, State, Tags, declared_at, tags};
use crate::answer::ApiError;
use crate::declared::Stream;
use crate::start_error::StartError;

/// The longest a stream keeps its media: ten years.
pub(crate) const MAX_RETENTION_HOURS: u32 = 87_600;

/// A video stream.
#[derive(Clone, Debug)]
pub(crate) struct VideoStream {
    pub(crate) resource: Resource,
    pub(crate) retention_hours: u32,
    pub(crate) about: About,
}

/// What a stream says of itself; nothing follows from it.
#[derive(Clone, Debug, Default)]
pub(crate) struct About {
    pub(crate) device_name: Option<String>,
    pub(crate) media_type: Option<String>,
    pub(crate) kms_key_id: Option<String>,
}

impl Kind for VideoStream {
    const KIND: &'static str = "stream";

    fn resource(&self) -> &Resource {
        &self.resource
    }
}

impl State {
    /// Makes a stream that is there from the start.
    ///
    /// # Errors
    /// When it is declared twice.
    pub(crate) fn declare_stream(&mut self, stream: &Stream) -> Result<(), StartError> {
        if self.streams.by_name(&stream.name).is_some() {
            return Err(StartError::setting("stream", &stream.name, "declared once"));
        }
        let resource = self.resource(VideoStream::KIND, &stream.name, stream.tags.clone(), declared_at());
        let retention_hours = stream.retention_hours;
        self.streams.insert(VideoStream { resource, retention_hours, about: About::default() });
        Ok(())
    }

    /// The ARN of the stream of this name, which is made unless it is there.
    pub(super) fn declare_stream_of_channel(&mut self, name: &str) -> Result<String, StartError> {
        if self.streams.by_name(name).is_none() {
            self.declare_stream(&Stream::new(name))?;
        }
        match self.streams.by_name(name) {
            Some(stream) if stream.retention_hours > 0 => Ok(stream.resource.arn.clone()),
            _ => Err(StartError::setting("stream", name, "one with a data retention, since a channel is linked to it")),
        }
    }

    /// # Errors
    /// `ResourceInUseException` when there is one of this name; the limits of the account and of tags.
    pub(crate) fn create_stream(
        &mut self,
        name: &str,
        retention_hours: u32,
        about: About,
        new_tags: Tags,
        now: SystemTime,
    ) -> Result<&Resource, ApiError> {
        if let Some(stream) = self.streams.by_name(name) {
            return Err(ApiError::in_use(format!("The stream {name} exists: {}", stream.resource.arn)));
        }
        if self.streams.len() >= self.quotas.streams {
            return Err(ApiError::bad_request(
                "AccountStreamLimitExceededException",
                format!("The account has the {} streams it can have", self.quotas.streams),
            ));
        }
        let mut all = Tags::new();
        tags::add(&mut all, new_tags)?;
        let resource = self.resource(VideoStream::KIND, name, all, now);
        self.streams.insert(VideoStream { resource, retention_hours, about });
        self.streams.get(&Selector::Name(name)).map(|stream| &stream.resource)
    }

    /// Changes a stream by `change`, which may refuse.
    ///
    /// # Errors
    /// Not found, in use, another version, or what `change` says.
    pub(crate) fn update_stream(
        &mut self,
        stream: &Selector<'_>,
        version: &str,
        now: SystemTime,
        change: impl FnOnce(&mut VideoStream) -> Result<(), ApiError>,
    ) -> Result<(), ApiError> {
        let resource = self.streams.get(stream)?.resource.clone();
        resource.check_version(version)?;
        resource.check_active(now)?;
        change(self.streams.get_mut(stream)?)?;
        let (version, lifecycle) = self.changed(&resource, now);
        let found = self.streams.get_mut(stream)?;
        (found.resource.version, found.resource.lifecycle) = (version, lifecycle);
        Ok(())
    }

    /// # Errors
    /// Not found, in use (also while a channel stores in it), or another version.
    pub(crate) fn delete_stream(
        &mut self,
        stream: &Selector<'_>,
        version: Option<&str>,
        now: SystemTime,
    ) -> Result<(), ApiError> {
        let resource = &self.streams.get(stream)?.resource;
        if let Some(version) = version {
            resource.check_version(version)?;
        }
        resource.check_active(now)?;
        if let Some(channel) = self.channel_storing_in(&resource.arn) {
            return Err(ApiError::in_use(format!("{} stores its media in it", channel.resource.arn)));
        }
        let settling = self.settling;
        self.streams.get_mut(stream)?.resource.lifecycle = Lifecycle::deleting(now, settling);
        self.settle(now);
        Ok(())
    }

    /// The tags of a stream, to be changed.
    ///
    /// # Errors
    /// `ResourceNotFoundException`.
    pub(crate) fn stream_tags(&mut self, stream: &Selector<'_>) -> Result<&mut Tags, ApiError> {
        Ok(&mut self.streams.get_mut(stream)?.resource.tags)
    }
}
