//! Storage sessions: who joined them.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use super::SignalingChannel;

/// How long a session lasts at most.
const LONGEST: Duration = Duration::from_secs(60 * 60);

/// Someone who joined a storage session.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Participant {
    /// The viewer's client ID; `None` for the producer.
    pub client_id: Option<String>,
    /// When it joined (the last time), by the service's clock.
    pub joined_at: SystemTime,
    /// The request ID of that join, which the client was told.
    pub request_id: String,
    /// The access key ID it joined with; `None` when it sent none.
    pub access_key_id: Option<String>,
    /// How many earlier joins it took the place of: of any producer, or of the viewer with the same client ID.
    pub displaced: u32,
}

/// A storage session of a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StorageSession {
    /// The channel's name.
    pub channel_name: String,
    /// The channel's ARN.
    pub channel_arn: String,
    /// The ARN of the stream that media would be stored in.
    pub stream_arn: String,
    /// When its first participant joined, by the service's clock. A session ends an hour later.
    pub started_at: SystemTime,
    /// The device that produces video: the newest to join.
    pub producer: Option<Participant>,
    /// The viewers, in the order of their client IDs.
    pub viewers: Vec<Participant>,
}

/// Why a participant cannot join.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JoinRefusal {
    /// The session has as many viewers as it can hold.
    TooManyViewers,
}

/// The sessions of all channels, by the channel's ARN.
#[derive(Debug, Default)]
pub(crate) struct Sessions(BTreeMap<String, StorageSession>);

impl Sessions {
    /// Adds a participant: a viewer when it has a client ID, else the producer. The newest wins.
    pub(crate) fn join(
        &mut self,
        channel: &SignalingChannel,
        stream_arn: &str,
        mut participant: Participant,
        max_viewers: u32,
    ) -> Result<(), JoinRefusal> {
        let now = participant.joined_at;
        self.expire(now);
        let session = self.0.entry(channel.resource.arn.clone()).or_insert_with(|| StorageSession {
            channel_name: channel.resource.name.clone(),
            channel_arn: channel.resource.arn.clone(),
            stream_arn: stream_arn.to_owned(),
            started_at: now,
            producer: None,
            viewers: Vec::new(),
        });
        let displaced = |earlier: &Participant| earlier.displaced.saturating_add(1);
        if participant.client_id.is_none() {
            participant.displaced = session.producer.as_ref().map_or(0, displaced);
            session.producer = Some(participant);
            return Ok(());
        }
        match session.viewers.binary_search_by(|viewer| viewer.client_id.cmp(&participant.client_id)) {
            Ok(index) => {
                participant.displaced = displaced(&session.viewers[index]);
                session.viewers[index] = participant;
            }
            Err(_) if session.viewers.len() >= usize::try_from(max_viewers).unwrap_or(usize::MAX) => {
                return Err(JoinRefusal::TooManyViewers);
            }
            Err(index) => session.viewers.insert(index, participant),
        }
        Ok(())
    }

    /// Ends the session of a channel; whether there was one.
    pub(crate) fn end(&mut self, channel_arn: &str) -> bool {
        self.0.remove(channel_arn).is_some()
    }

    /// The sessions that are open at `now`.
    pub(crate) fn open(&mut self, now: SystemTime) -> Vec<StorageSession> {
        self.expire(now);
        self.0.values().cloned().collect()
    }

    fn expire(&mut self, now: SystemTime) {
        self.0.retain(|_, session| now.duration_since(session.started_at).unwrap_or_default() < LONGEST);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Quotas;
    use crate::state::State;

    fn channel() -> SignalingChannel {
        let mut state = State::new("us-west-2", "123456789012", Duration::ZERO, Quotas::default());
        state.declare_channel(&"demo".into()).unwrap();
        state.channels.by_name("demo").unwrap().clone()
    }

    fn participant(client_id: Option<&str>, second: u64) -> Participant {
        Participant {
            client_id: client_id.map(str::to_owned),
            joined_at: SystemTime::UNIX_EPOCH + Duration::from_secs(second),
            request_id: format!("request-{second}"),
            access_key_id: None,
            displaced: 0,
        }
    }

    fn join(sessions: &mut Sessions, client_id: Option<&str>, second: u64) -> Result<(), JoinRefusal> {
        sessions.join(&channel(), "arn:stream", participant(client_id, second), 2)
    }

    #[test]
    fn the_newest_producer_and_the_newest_viewer_of_an_id_win() {
        let mut sessions = Sessions::default();
        for second in 0..3 {
            join(&mut sessions, None, second).unwrap();
            join(&mut sessions, Some("a"), second).unwrap();
        }
        join(&mut sessions, Some("b"), 3).unwrap();
        let open = sessions.open(SystemTime::UNIX_EPOCH);
        let producer = open[0].producer.as_ref().unwrap();
        assert_eq!((producer.request_id.as_str(), producer.displaced), ("request-2", 2));
        let viewers: Vec<_> = open[0].viewers.iter().map(|v| (v.client_id.as_deref().unwrap(), v.displaced)).collect();
        assert_eq!(viewers, [("a", 2), ("b", 0)]);
    }

    #[test]
    fn a_full_session_takes_back_a_known_viewer_only() {
        let mut sessions = Sessions::default();
        join(&mut sessions, Some("a"), 0).unwrap();
        join(&mut sessions, Some("b"), 0).unwrap();
        assert_eq!(join(&mut sessions, Some("c"), 0), Err(JoinRefusal::TooManyViewers));
        join(&mut sessions, Some("a"), 0).unwrap();
    }

    #[test]
    fn a_session_ends_after_an_hour() {
        let mut sessions = Sessions::default();
        join(&mut sessions, Some("a"), 0).unwrap();
        join(&mut sessions, None, 3599).unwrap();
        assert_eq!(sessions.open(SystemTime::UNIX_EPOCH + Duration::from_secs(3599)).len(), 1);
        join(&mut sessions, None, 3600).unwrap();
        let open = sessions.open(SystemTime::UNIX_EPOCH + Duration::from_secs(3600));
        assert_eq!((open.len(), open[0].viewers.len()), (1, 0));
        assert_eq!(open[0].producer.as_ref().unwrap().displaced, 0);
    }
}
