use super::*;
use crate::credentials::{CredentialsErrorKind, CredentialsFuture};
use crate::time::ManualTime;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::UNIX_EPOCH;
use tokio::sync::Semaphore;

const LIFE: Duration = Duration::from_secs(3600);

/// Gives numbered credentials that live an hour; each call first takes a permit from `gate`.
#[derive(Debug)]
struct Numbered {
    time: ManualTime,
    calls: AtomicU32,
    fail_from: AtomicU32,
    gate: Semaphore,
}

impl Numbered {
    fn calls(&self) -> u32 {
        self.calls.load(Ordering::SeqCst)
    }
}

impl ProvideCredentials for Numbered {
    fn name(&self) -> &str {
        "numbered"
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(async {
            let call = self.calls.fetch_add(1, Ordering::SeqCst) + 1;
            self.gate.acquire().await.unwrap().forget();
            if call >= self.fail_from.load(Ordering::SeqCst) {
                return Err(CredentialsError::provider_failed("numbered", format!("call {call} fails")));
            }
            Ok(Credentials::new(format!("AKID{call}"), "secret").with_expiry(self.time.now() + LIFE))
        })
    }
}

fn cache_with_permits(permits: usize) -> (Arc<CredentialsCache>, Arc<Numbered>, ManualTime) {
    let time = ManualTime::new(UNIX_EPOCH + Duration::from_secs(1_715_344_496));
    let provider = Arc::new(Numbered {
        time: time.clone(),
        calls: AtomicU32::new(0),
        fail_from: AtomicU32::new(u32::MAX),
        gate: Semaphore::new(permits),
    });
    let cache = Arc::new(CredentialsCache::new(provider.clone(), Arc::new(time.clone())));
    (cache, provider, time)
}

fn cache() -> (Arc<CredentialsCache>, Arc<Numbered>, ManualTime) {
    cache_with_permits(1000)
}

async fn id(cache: &CredentialsCache) -> String {
    cache.get().await.unwrap().access_key_id().to_owned()
}

/// Lets other tasks of a single-threaded test run until they wait for something.
async fn settle() {
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn refreshes_fifteen_seconds_before_expiry() {
    let (cache, provider, time) = cache();
    assert_eq!(id(&cache).await, "AKID1");
    time.advance(LIFE - Duration::from_secs(16));
    assert_eq!(id(&cache).await, "AKID1");
    assert_eq!(provider.calls(), 1);
    time.advance(Duration::from_secs(1));
    assert_eq!(id(&cache).await, "AKID2");
    assert_eq!(id(&cache).await, "AKID2");
    assert_eq!(provider.calls(), 2);
}

#[tokio::test]
async fn callers_that_wait_for_the_same_refresh_share_it() {
    let (cache, provider, _) = cache_with_permits(0);
    let callers: Vec<_> = (0..64)
        .map(|_| {
            let cache = cache.clone();
            tokio::spawn(async move { id(&cache).await })
        })
        .collect();
    settle().await;
    provider.gate.add_permits(64);
    for caller in callers {
        assert_eq!(caller.await.unwrap(), "AKID1");
    }
    assert_eq!(provider.calls(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn callers_on_many_threads_cause_one_refresh() {
    let (cache, provider, _) = cache();
    let callers: Vec<_> = (0..64)
        .map(|_| {
            let cache = cache.clone();
            tokio::spawn(async move { id(&cache).await })
        })
        .collect();
    for caller in callers {
        assert_eq!(caller.await.unwrap(), "AKID1");
    }
    assert_eq!(provider.calls(), 1);
}

#[tokio::test]
async fn callers_that_wait_share_a_failure_and_the_next_call_tries_again() {
    let (cache, provider, _) = cache_with_permits(0);
    provider.fail_from.store(1, Ordering::SeqCst);
    let callers: Vec<_> = (0..8)
        .map(|_| {
            let cache = cache.clone();
            tokio::spawn(async move { cache.get().await })
        })
        .collect();
    settle().await;
    provider.gate.add_permits(100);
    for caller in callers {
        let error = caller.await.unwrap().unwrap_err();
        assert_eq!(error.kind(), CredentialsErrorKind::ProviderFailed);
        assert_eq!(error.reason(), "call 1 fails");
    }
    provider.fail_from.store(u32::MAX, Ordering::SeqCst);
    assert_eq!(id(&cache).await, "AKID2");
}

#[tokio::test]
async fn nobody_waits_for_a_refresh_while_the_old_are_valid() {
    let (cache, provider, time) = cache_with_permits(1);
    assert_eq!(id(&cache).await, "AKID1");
    time.advance(LIFE - Duration::from_secs(10));
    let refresher = tokio::spawn({
        let cache = cache.clone();
        async move { id(&cache).await }
    });
    settle().await;
    assert_eq!(provider.calls(), 2, "the refresh is under way");
    assert_eq!(id(&cache).await, "AKID1");
    provider.gate.add_permits(1);
    assert_eq!(refresher.await.unwrap(), "AKID2");
    assert_eq!(id(&cache).await, "AKID2");
}

#[tokio::test]
async fn a_failing_refresh_keeps_the_old_while_they_are_valid() {
    let (cache, provider, time) = cache();
    assert_eq!(id(&cache).await, "AKID1");
    provider.fail_from.store(2, Ordering::SeqCst);
    time.advance(LIFE - Duration::from_secs(1));
    assert_eq!(id(&cache).await, "AKID1");
    time.advance(Duration::from_secs(1));
    assert_eq!(cache.get().await.unwrap_err().reason(), "call 3 fails");
}

#[tokio::test]
async fn invalidated_credentials_are_not_given_again() {
    let (cache, provider, _) = cache();
    let refused = cache.get().await.unwrap();
    cache.invalidate(&refused);
    assert_eq!(id(&cache).await, "AKID2");
    cache.invalidate(&refused);
    assert_eq!(id(&cache).await, "AKID2", "the new ones were not refused");
    assert_eq!(provider.calls(), 2);
}

#[tokio::test]
async fn a_caller_that_gives_up_does_not_block_the_others() {
    let (cache, provider, _) = cache_with_permits(0);
    let first = tokio::spawn({
        let cache = cache.clone();
        async move { id(&cache).await }
    });
    let second = tokio::spawn({
        let cache = cache.clone();
        async move { id(&cache).await }
    });
    settle().await;
    first.abort();
    settle().await;
    provider.gate.add_permits(1);
    assert_eq!(second.await.unwrap(), "AKID2");
}

#[tokio::test]
async fn credentials_nothing_can_be_signed_with_are_refused() {
    #[derive(Debug)]
    struct Empty;
    impl ProvideCredentials for Empty {
        fn name(&self) -> &str {
            "empty"
        }
        fn provide(&self) -> CredentialsFuture<'_> {
            Box::pin(async { Ok(Credentials::new("AKID", "").with_provider_name("empty")) })
        }
    }
    let cache = CredentialsCache::new(Arc::new(Empty), Arc::new(ManualTime::new(UNIX_EPOCH)));
    let error = cache.get().await.unwrap_err();
    assert_eq!((error.kind(), error.provider()), (CredentialsErrorKind::Invalid, "empty"));
}
