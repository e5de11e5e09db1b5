//! Kinesis Video WebRTC Storage: joining a channel's storage session.

use serde::Deserialize;

use super::{Call, Route};
use crate::answer::{Answer, Api, ApiError};
use crate::arn::{Arn, is_name};
use crate::endpoints::Purpose;
use crate::state::{JoinRefusal, Participant, Selector};
use crate::validate::Violations;

const ARN_PATTERN: &str = "^arn:(aws[a-zA-Z-]*):kinesisvideo:[a-z0-9-]+:[0-9]+:[a-z]+/[a-zA-Z0-9_.-]+/[0-9]+$";
const NAME_PATTERN: &str = "^[a-zA-Z0-9_.-]+$";

pub(super) const ROUTES: &[Route] = &[
    Route {
        path: "/joinStorageSession",
        operation: "JoinStorageSession",
        api: Api::WebRtcStorage,
        run: join_storage_session,
    },
    Route {
        path: "/joinStorageSessionAsViewer",
        operation: "JoinStorageSessionAsViewer",
        api: Api::WebRtcStorage,
        run: join_storage_session_as_viewer,
    },
];

/// The input of both operations.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Input {
    channel_arn: Option<String>,
    client_id: Option<String>,
}

/// The C SDK joins its viewers here too, and tells them from the master by a client ID that the model does not have.
fn join_storage_session(call: &Call<'_>) -> Result<Answer, ApiError> {
    let input: Input = call.input()?;
    let viewer = input.client_id.is_some();
    join(call, &input, viewer)
}

fn join_storage_session_as_viewer(call: &Call<'_>) -> Result<Answer, ApiError> {
    join(call, &call.input()?, true)
}

fn join(call: &Call<'_>, input: &Input, viewer: bool) -> Result<Answer, ApiError> {
    let mut violations = Violations::default();
    let channel_arn = violations.required("channelArn", input.channel_arn.as_deref());
    let arn = channel_arn.and_then(|text| {
        let arn = Arn::parse(text);
        violations.pattern("channelArn", text, arn.is_some(), ARN_PATTERN);
        arn
    });
    if viewer {
        check_client_id(&mut violations, input.client_id.as_deref());
    }
    let arn = violations.value(arn)?;
    let quotas = call.settings().quotas;
    let mut state = call.state();
    let channel = state.channels.get(&Selector::Arn(arn))?.clone();
    let resource = &channel.resource;
    if call.label.is_some_and(|label| label != Purpose::Storage.label(&resource.arn)) {
        return Err(ApiError::not_found(format!("{} has another endpoint than this one", resource.arn)));
    }
    let Some(stream_arn) = &channel.stored_in else {
        return Err(ApiError::invalid_argument(format!(
            "Channel {} has no media storage configuration that is enabled",
            resource.name
        )));
    };
    if !state.rates.admit(&resource.arn, call.operation, quotas.joins_per_second, call.now) {
        return Err(ApiError::limit_exceeded(format!(
            "Rate exceeded: {} is limited to {} calls a second on a channel",
            call.operation, quotas.joins_per_second
        )));
    }
    if call.lose_join {
        return Ok(Answer::empty());
    }
    let participant = Participant {
        client_id: input.client_id.clone().filter(|_| viewer),
        joined_at: call.now,
        request_id: call.request_id.to_owned(),
        access_key_id: call.access_key_id.map(str::to_owned),
        displaced: 0,
    };
    match state.sessions.join(&channel, stream_arn, participant, quotas.viewers_per_session) {
        Ok(()) => Ok(Answer::empty()),
        // Clients tell this from a rate that is exceeded by these words alone.
        Err(JoinRefusal::TooManyViewers) => Err(ApiError::limit_exceeded(format!(
            "Reached the maximum number of viewers connected to the session: {}",
            quotas.viewers_per_session
        ))),
    }
}

fn check_client_id(violations: &mut Violations, client_id: Option<&str>) {
    let Some(client_id) = violations.required("clientId", client_id) else {
        return;
    };
    violations.length("clientId", client_id, 1, 256);
    violations.pattern("clientId", client_id, is_name(client_id), NAME_PATTERN);
    if client_id.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("AWS_")) {
        violations.add(&format!("'{client_id}'"), "clientId", "Member must not start with AWS_, which is reserved");
    }
}
