//! Replays cases that were recorded with AWS SDK for JavaScript v2: configures a client as they say, does what they say, and
//! shows what came over the wire and what was handed back, in the same form.

mod configure;
mod credentials;
mod driver;
mod format;
mod http_client;
mod monitor;
mod observer;
mod render;
mod script;
mod signature;

use std::sync::mpsc;
use std::time::Duration;

use serde_json::{Map, Value};

pub use format::{Case, File};
pub use signature::Signed;

/// Why a case cannot be replayed.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// How much longer than the longest case a thread may take that does not get to the end of one.
const GRACE: Duration = Duration::from_secs(5);

/// Replays a case, its defaults filled in, and gives its line. Whatever happens, there is one:
///
/// * `invalid` says what is wrong with the case, or that replaying it broke down,
/// * `na` says why it cannot be done here,
/// * `hang` says that what it does was not done in the time it has.
///
/// Cases share ports, so that one has to follow the other.
pub fn replay(case: Value) -> Value {
    let id = case.get("id").cloned().unwrap_or_default();
    let outcome = match serde_json::from_value::<Case>(case) {
        Err(error) => Err(("invalid", error.to_string())),
        Ok(case) => bounded(case),
    };
    let mut line = Map::new();
    line.insert("id".to_owned(), id);
    match outcome {
        Ok(outcome) => line.extend(outcome),
        Err((kind, reason)) => _ = line.insert(kind.to_owned(), reason.into()),
    }
    line.into()
}

/// Replays a case in a thread of its own, which is left alone when it is stuck or panics.
fn bounded(case: Case) -> Result<Map<String, Value>, (&'static str, String)> {
    let limit = case.patience().unwrap_or(driver::PATIENCE) + GRACE;
    let (done, outcome) = mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let outcome = runtime.map_err(Failure::from).and_then(|runtime| runtime.block_on(driver::replay(&case)));
        _ = done.send(outcome.map_err(|failure| failure.to_string()));
    });
    match outcome.recv_timeout(limit) {
        Ok(outcome) => outcome.map_err(|reason| ("na", reason)),
        Err(mpsc::RecvTimeoutError::Timeout) => Err(("invalid", format!("it did not end within {limit:?}"))),
        Err(mpsc::RecvTimeoutError::Disconnected) => Err(("invalid", "the replay panicked".to_owned())),
    }
}
