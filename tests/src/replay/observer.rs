//! What a call's hooks, its logger and its back-off saw.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use kinesisvideo::runtime::http::Response;
use kinesisvideo::runtime::interceptor::{Call, Outcome};
use kinesisvideo::{CustomDelay, FailedAttempt, Interceptor, RequestLogger};
use serde_json::{Map, Value, json};

use super::format::Logger;

/// Sees what the callbacks of a call see. Clones see the same.
#[derive(Clone, Debug, Default)]
pub(super) struct Observer(Arc<Mutex<Seen>>);

#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Attempts that failed, those that were followed by another.
    pub(super) attempts: Vec<Value>,
    pub(super) log: Vec<String>,
    pub(super) backoff_calls: Vec<Value>,
    /// How often the last call was retried and redirected, once it has ended.
    pub(super) counts: Option<(u32, u32)>,
    /// The request ID of the last response.
    pub(super) request_id: Option<String>,
}

impl Observer {
    pub(super) fn seen(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn logger(&self, method: Logger) -> impl RequestLogger + 'static {
        Lines { observer: self.clone(), method }
    }

    /// A back-off that waits as listed, the last wait repeated; a negative one gives up, and none at all is none.
    pub(super) fn backoff(&self, waits: Vec<Value>) -> CustomDelay {
        let observer = self.clone();
        Arc::new(move |failed| {
            observer.seen().backoff_calls.push(json!([failed.retries, failed.code]));
            let wait = waits.get(failed.retries as usize).or(waits.last()).and_then(Value::as_f64).unwrap_or(0.0);
            Duration::try_from_secs_f64(wait / 1000.0).ok()
        })
    }
}

fn attempt(failed: &FailedAttempt<'_>) -> Map<String, Value> {
    let mut attempt = Map::new();
    attempt.insert("code".to_owned(), failed.code.into());
    if let Some(status) = failed.status {
        attempt.insert("statusCode".to_owned(), status.as_u16().into());
    }
    attempt.insert("retryable".to_owned(), true.into());
    attempt
}

impl Interceptor for Observer {
    fn on_response(&self, _: &Call<'_>, response: &Response) {
        self.seen().request_id = response.request_id().map(str::to_owned);
    }

    fn on_retry(&self, _: &Call<'_>, failed: &FailedAttempt<'_>, wait: Duration) {
        let mut attempt = attempt(failed);
        attempt.insert("retryDelay".to_owned(), milliseconds(wait));
        self.seen().attempts.push(attempt.into());
    }

    fn on_redirect(&self, _: &Call<'_>, failed: &FailedAttempt<'_>, _: &str) {
        let mut attempt = attempt(failed);
        attempt.insert("redirect".to_owned(), true.into());
        attempt.insert("retryDelay".to_owned(), 0.into());
        self.seen().attempts.push(attempt.into());
    }

    fn on_complete(&self, _: &Call<'_>, outcome: &Outcome<'_>) {
        self.seen().counts = Some((outcome.retries, outcome.redirects));
    }
}

fn milliseconds(wait: Duration) -> Value {
    let exact = wait.as_secs_f64() * 1000.0;
    if exact.fract() == 0.0 { (exact as u64).into() } else { exact.into() }
}

#[derive(Debug)]
struct Lines {
    observer: Observer,
    method: Logger,
}

impl RequestLogger for Lines {
    fn log(&self, line: &str) {
        let end = match self.method {
            Logger::Log => "",
            Logger::Write => "\n",
        };
        self.observer.seen().log.push(format!("{line}{end}"));
    }
}
