//! 9, 10, 21: how often and when a request is sent again.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use kinesisvideo::runtime::interceptor::Call;
use kinesisvideo::webrtc_storage::JoinStorageSessionInput;
use kinesisvideo::{FailedAttempt, Interceptor, RetryDelay};
use kinesisvideo_tests::scripted::Answer;
use kinesisvideo_tests::{CHANNEL_ARN, config};

use super::{accepting, answering, client, join};

/// Notes the waits before retries.
#[derive(Clone, Debug, Default)]
struct Waits(Arc<Mutex<Vec<Duration>>>);

impl Interceptor for Waits {
    fn on_retry(&self, _: &Call<'_>, _: &FailedAttempt<'_>, wait: Duration) {
        self.0.lock().unwrap().push(wait);
    }
}

impl Waits {
    fn milliseconds(&self) -> Vec<u128> {
        self.0.lock().unwrap().iter().map(Duration::as_millis).collect()
    }
}

#[tokio::test]
async fn option_09_max_retries_counts_the_requests_after_the_first() {
    for (config, requests) in
        [(config(), 4), (config().max_retries(0), 1), (config().max_retries(1), 2), (config().max_retries(5), 6)]
    {
        let server = answering([Answer::reply(500, "")]);
        let error = join(&client(&server, config)).await.unwrap_err();
        assert_eq!(server.received().len(), requests);
        assert_eq!((error.attempts() as usize, error.retries() as usize), (requests, requests - 1));
    }
}

#[tokio::test]
async fn option_10_max_redirects_counts_apart_from_retries() {
    for (config, requests) in [(config(), 11), (config().max_redirects(0), 1), (config().max_redirects(2), 3)] {
        let server = answering([Answer::reply(307, "").header("location", "/again")]);
        let error = join(&client(&server, config)).await.unwrap_err();
        assert_eq!(server.received().len(), requests);
        assert_eq!((error.redirects() as usize, error.retries()), (requests - 1, 0));
        assert_eq!(error.status().unwrap().as_u16(), 307);
    }
}

#[tokio::test]
async fn option_10_max_redirects_keeps_method_and_body_and_signs_for_the_new_host() {
    let there = accepting();
    for status in [301, 302, 303, 307, 308] {
        let location = format!("{}/there", there.url());
        let here = answering([Answer::reply(status, "").header("location", &location)]);
        let reply = client(&here, config()).send(JoinStorageSessionInput::new(CHANNEL_ARN)).await.unwrap();
        assert_eq!((reply.redirects, reply.retries), (1, 0));
        let (first, second) = (here.received().remove(0), there.received().pop().unwrap());
        assert_eq!((&*second.method, &*second.target, &second.body), ("POST", "/there", &first.body));
        assert_ne!(first.header("authorization"), second.header("authorization"));
    }
}

#[tokio::test]
async fn option_21a_retry_delay_options_base_doubles_and_is_jittered() {
    for (delay, random, expected) in [
        (RetryDelay::default(), 0.5, [50, 100, 200]),
        (RetryDelay::Exponential { base: Duration::from_millis(20) }, 0.5, [10, 20, 40]),
        (RetryDelay::Exponential { base: Duration::from_millis(20) }, 0.0, [0, 0, 0]),
    ] {
        let (server, waits) = (answering([Answer::reply(500, "")]), Waits::default());
        let config = config().retry_delay(delay).jitter(move || random).interceptor(waits.clone());
        join(&client(&server, config)).await.unwrap_err();
        assert_eq!(waits.milliseconds(), expected);
    }
}

#[tokio::test]
async fn option_21b_retry_delay_options_custom_backoff_decides_on_retryable_errors_alone() {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&asked);
    let custom = RetryDelay::Custom(Arc::new(move |failed| {
        seen.lock().unwrap().push((
            failed.retries,
            failed.code.to_owned(),
            failed.status.map(|status| status.as_u16()),
        ));
        (failed.retries < 1).then(|| Duration::from_millis(7))
    }));
    let waits = Waits::default();
    let config = config().retry_delay(custom).interceptor(waits.clone());
    let server = answering([Answer::reply(503, r#"{"__type":"Busy"}"#), Answer::Close]);
    let client = client(&server, config);
    assert_eq!(join(&client).await.unwrap_err().retries(), 1);
    assert_eq!(*asked.lock().unwrap(), [(0, "Busy".to_owned(), Some(503)), (1, "TimeoutError".to_owned(), None)]);
    assert_eq!(waits.milliseconds(), [7]);

    asked.lock().unwrap().clear();
    let server = answering([Answer::reply(400, "{}")]);
    join(&client.with_endpoint(server.url()).unwrap()).await.unwrap_err();
    assert!(asked.lock().unwrap().is_empty());
}
