//! Signaling channels and video streams.

use super::{DECLARED_AT, State};
use crate::arn::Arn;
use crate::builder::{Channel, StartError};

/// A signaling channel.
#[derive(Clone, Debug)]
pub(crate) struct SignalingChannel {
    pub(crate) name: String,
    pub(crate) arn: String,
    /// The ARN of the stream it stores in, while storage is enabled.
    pub(crate) stored_in: Option<String>,
}

/// A video stream.
#[derive(Clone, Debug)]
pub(crate) struct VideoStream {
    pub(crate) arn: String,
    /// The ARN of the channel that stores in it.
    pub(crate) stores: Option<String>,
}

impl State {
    /// Makes a channel that is there from the start, and its stream.
    ///
    /// # Errors
    /// When the channel exists, or its stream belongs to another channel.
    pub(crate) fn declare(&mut self, channel: &Channel) -> Result<(), StartError> {
        let name = &channel.name;
        if self.channels.contains_key(name) {
            return Err(StartError::setting("channel", name, "declared once"));
        }
        let arn = self.arn("channel", name, DECLARED_AT);
        let mut stored_in = None;
        if let Some(stream) = &channel.stream {
            let stream_arn = self.arn("stream", stream, DECLARED_AT);
            if self.streams.contains_key(stream) {
                return Err(StartError::setting(
                    "channel",
                    name,
                    "linked to a stream no other channel is linked to",
                ));
            }
            let stores = Some(arn.clone());
            self.streams.insert(
                stream.clone(),
                VideoStream {
                    arn: stream_arn.clone(),
                    stores,
                },
            );
            stored_in = Some(stream_arn);
        }
        self.channels.insert(
            name.clone(),
            SignalingChannel {
                name: name.clone(),
                arn,
                stored_in,
            },
        );
        Ok(())
    }

    /// The channel with exactly this ARN.
    pub(crate) fn channel_by_arn(&self, arn: &Arn<'_>) -> Option<&SignalingChannel> {
        let channel = self.channels.get(arn.name)?;
        (arn.kind == "channel" && channel.arn == arn.to_string()).then_some(channel)
    }

    /// The ARN of the channel of this name.
    pub(crate) fn channel_arn(&self, name: &str) -> Option<String> {
        self.channels.get(name).map(|channel| channel.arn.clone())
    }

    /// The ARNs of all channels, by name.
    pub(crate) fn channel_arns(&self) -> Vec<String> {
        self.channels
            .values()
            .map(|channel| channel.arn.clone())
            .collect()
    }
}
