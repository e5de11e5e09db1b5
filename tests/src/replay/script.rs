//! From the answers of a case to the script of a server.

use std::time::Duration;

use serde_json::Value;

use super::format::{Action, Step};
use crate::scripted::{Answer, Pace, Reply};

/// What the server is to do with a request. It closes every connection after its answer, as the recorded server did.
pub(super) fn answer(step: &Step) -> Answer {
    let pace = match step.action {
        Action::Close => return Answer::Close,
        Action::Rst => return Answer::Reset,
        Action::Hang => return Answer::Hang,
        Action::Reply => Pace::Whole,
        Action::Partial => Pace::Partial,
        Action::Drip => Pace::Drip(Duration::from_millis(step.every)),
    };
    let mut headers = Vec::new();
    for (name, value) in &step.headers {
        match value {
            Value::Array(values) => headers.extend(values.iter().map(|value| (name.clone(), text(value)))),
            value => headers.push((name.clone(), text(value))),
        }
    }
    headers.push(("Connection".to_owned(), "close".to_owned()));
    let body = step.body.clone().unwrap_or_default().into_bytes();
    let reply = Answer::Reply(Reply { status: step.status, reason: step.reason.clone(), headers, body, pace });
    match step.delay {
        0 => reply,
        delay => Answer::After(Duration::from_millis(delay), Box::new(reply)),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
