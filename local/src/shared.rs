//! What the service's thread and its owner both hold.

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use kinesisvideo_runtime::credentials::Credentials;
use kinesisvideo_runtime::time::{SystemTimeSource, TimeSource};

use crate::auth::Verification;
use crate::fault::Faults;
use crate::limits::{Limits, Quotas};
use crate::record::{RecordedRequest, Records};
use crate::state::State;

/// Called with every request once its answer is known.
pub(crate) type RequestHook = Arc<dyn Fn(&RecordedRequest) + Send + Sync>;

/// What a service is set up with and does not change while it runs.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) region: String,
    pub(crate) account: String,
    pub(crate) credentials: Vec<Credentials>,
    pub(crate) verification: Verification,
    pub(crate) quotas: Quotas,
    pub(crate) limits: Limits,
    /// Whether the service's own URL refuses the operations of discovered endpoints.
    pub(crate) strict_endpoints: bool,
    pub(crate) clock: Arc<dyn TimeSource>,
    pub(crate) hook: Option<RequestHook>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            region: "us-west-2".into(),
            account: "123456789012".into(),
            credentials: Vec::new(),
            verification: Verification::default(),
            quotas: Quotas::default(),
            limits: Limits::default(),
            strict_endpoints: false,
            clock: Arc::new(SystemTimeSource),
            hook: None,
        }
    }
}

/// Settings, state and records of a running service.
pub(crate) struct Shared {
    pub(crate) settings: Settings,
    /// The `host:port` it listens on.
    pub(crate) address: String,
    clock_skew: AtomicI64,
    state: Mutex<State>,
    faults: Mutex<Faults>,
    records: Mutex<Records>,
    request_ids: RequestIds,
}

impl Shared {
    pub(crate) fn new(settings: Settings, address: String, state: State) -> Self {
        Self {
            settings,
            address,
            clock_skew: AtomicI64::new(0),
            state: Mutex::new(state),
            faults: Mutex::default(),
            records: Mutex::default(),
            request_ids: RequestIds::default(),
        }
    }

    /// The time the service believes it is.
    pub(crate) fn now(&self) -> SystemTime {
        let now = self.settings.clock.now();
        let skew = self.clock_skew.load(Ordering::Relaxed);
        let amount = Duration::from_secs(skew.unsigned_abs());
        let skewed = if skew < 0 { now.checked_sub(amount) } else { now.checked_add(amount) };
        skewed.unwrap_or(now)
    }

    pub(crate) fn set_clock_skew(&self, seconds: i64) {
        self.clock_skew.store(seconds, Ordering::Relaxed);
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults> {
        lock(&self.faults)
    }

    pub(crate) fn records(&self) -> MutexGuard<'_, Records> {
        lock(&self.records)
    }

    /// Remembers a request and shows it to the hook.
    pub(crate) fn record(&self, request: RecordedRequest) {
        if let Some(hook) = &self.settings.hook {
            hook(&request);
        }
        self.records().push(request, self.settings.limits.recorded_requests);
    }

    pub(crate) fn next_request_id(&self) -> String {
        self.request_ids.next()
    }
}

/// A handler that panicked must not take the service's later requests with it: what it guarded is plain data.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Request IDs in the form of a random UUID, as the service's are; unique within a service.
#[derive(Default)]
struct RequestIds {
    key: RandomState,
    count: AtomicU64,
}

impl RequestIds {
    fn next(&self) -> String {
        let count = self.count.fetch_add(1, Ordering::Relaxed);
        let (high, low) = (self.key.hash_one((0, count)), self.key.hash_one((1, count)));
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            high >> 32,
            high >> 16 & 0xffff,
            high & 0xfff,
            low >> 48 & 0x3fff | 0x8000,
            low & 0xffff_ffff_ffff
        )
    }
}
