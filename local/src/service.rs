//! A running service.

use std::fmt;
use std::net::TcpListener;
use std::sync::{Arc, MutexGuard};
use std::thread::{self, JoinHandle};

use kinesisvideo_runtime::credentials::Credentials;
use tokio::sync::{oneshot, watch};

use crate::builder::Builder;
use crate::endpoints::Purpose;
use crate::fault::Fault;
use crate::record::RecordedRequest;
use crate::server::{self, Phase};
use crate::shared::Shared;
use crate::start_error::StartError;
use crate::state::{State, StorageSession};

/// The service on loopback. Dropping it stops it.
pub struct LocalService {
    url: String,
    shared: Arc<Shared>,
    phase: watch::Sender<Phase>,
    ended: Option<oneshot::Receiver<()>>,
    thread: Option<JoinHandle<()>>,
}

impl LocalService {
    /// Starts a service on a free port of `127.0.0.1` with the defaults of [`Builder`] and one channel, `demo`, that
    /// stores in a stream of the same name.
    ///
    /// # Errors
    /// When the system gives no port or no thread.
    pub async fn start() -> Result<Self, StartError> {
        Self::start_blocking()
    }

    /// [`LocalService::start`] for code that is not async.
    ///
    /// # Errors
    /// As [`LocalService::start`].
    pub fn start_blocking() -> Result<Self, StartError> {
        Self::builder().channel("demo").start_blocking()
    }

    /// Sets up a service; it has no channel unless one is added.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }

    pub(crate) fn spawn(listener: TcpListener, shared: Arc<Shared>) -> Result<Self, StartError> {
        listener.set_nonblocking(true).map_err(StartError::Thread)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(StartError::Thread)?;
        let (phase, phase_seen) = watch::channel(Phase::Run);
        let (end, ended) = oneshot::channel();
        let serving = Arc::clone(&shared);
        let thread = thread::Builder::new()
            .name("kinesisvideo-local".into())
            .spawn(move || {
                runtime.block_on(server::serve(listener, serving, phase_seen));
                drop(runtime);
                let _ = end.send(());
            })
            .map_err(StartError::Thread)?;
        Ok(Self { url: format!("http://{}", shared.address), shared, phase, ended: Some(ended), thread: Some(thread) })
    }

    /// Where the service is: `http://127.0.0.1:PORT`, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The endpoint to give a client of Kinesis Video, or of Kinesis Video WebRTC Storage without discovery: it serves
    /// all channels.
    #[must_use]
    pub fn endpoint(&self) -> &str {
        &self.url
    }

    /// The region that signatures must name.
    #[must_use]
    pub fn region(&self) -> &str {
        &self.shared.settings.region
    }

    /// The first key the service knows: the test pair, unless others were given.
    #[must_use]
    pub fn credentials(&self) -> Credentials {
        match self.shared.settings.credentials.first() {
            Some(credentials) => credentials.clone(),
            None => Credentials::new(Builder::TEST_ACCESS_KEY_ID, Builder::TEST_SECRET_ACCESS_KEY),
        }
    }

    /// The ARN of the channel of this name; `None` when there is none.
    #[must_use]
    pub fn channel_arn(&self, name: &str) -> Option<String> {
        self.state().channels.by_name(name).map(|channel| channel.resource.arn.clone())
    }

    /// The ARNs of all channels, in the order of their names.
    #[must_use]
    pub fn channel_arns(&self) -> Vec<String> {
        self.state().channels.iter().map(|channel| channel.resource.arn.clone()).collect()
    }

    /// The ARN of the stream of this name; `None` when there is none.
    #[must_use]
    pub fn stream_arn(&self, name: &str) -> Option<String> {
        self.state().streams.by_name(name).map(|stream| stream.resource.arn.clone())
    }

    /// The WEBRTC endpoint of the channel of this name, as `GetSignalingChannelEndpoint` gives it: it serves joins of
    /// this channel only. `None` when there is no such channel or media storage is not enabled for it.
    #[must_use]
    pub fn webrtc_endpoint(&self, channel: &str) -> Option<String> {
        let state = self.state();
        let channel = state.channels.by_name(channel).filter(|channel| channel.stored_in.is_some())?;
        Some(format!("{}/{}", self.url, Purpose::Storage.label(&channel.resource.arn)))
    }

    /// The storage sessions that are open, in the order of their channels' ARNs.
    #[must_use]
    pub fn sessions(&self) -> Vec<StorageSession> {
        self.state().sessions.open(self.shared.now())
    }

    /// Ends the storage session of the channel of this name; whether it had one.
    pub fn end_session(&self, channel: &str) -> bool {
        let arn = self.channel_arn(channel);
        arn.is_some_and(|arn| self.state().sessions.end(&arn))
    }

    /// The requests received since the start or the last [`LocalService::clear_requests`], oldest first. A request is
    /// here once its answer is known, which is before the answer is sent. What was not HTTP is not here.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.shared.records().to_vec()
    }

    /// Forgets the requests received so far.
    pub fn clear_requests(&self) {
        self.shared.records().clear();
    }

    /// Adds a fault behind those that wait already.
    pub fn inject(&self, fault: Fault) {
        self.shared.faults().add(fault);
    }

    /// Adds a script of faults.
    pub fn inject_all(&self, faults: impl IntoIterator<Item = Fault>) {
        let mut waiting = self.shared.faults();
        faults.into_iter().for_each(|fault| waiting.add(fault));
    }

    /// How many faults wait for a request; a test that has met all of its faults sees 0.
    #[must_use]
    pub fn pending_faults(&self) -> usize {
        self.shared.faults().len()
    }

    /// Takes back the faults that wait.
    pub fn clear_faults(&self) {
        self.shared.faults().clear();
    }

    /// Sets by how many seconds the service's clock is ahead of [`Builder::clock`]; negative for behind.
    pub fn set_clock_skew(&self, seconds: i64) {
        self.shared.set_clock_skew(seconds);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        let mut state = self.shared.state();
        state.settle(self.shared.now());
        state
    }

    /// Stops in order: takes no more connections, answers what was asked, and returns when the port is free. Requests
    /// that have no answer after 5 s are dropped.
    pub async fn shutdown(mut self) {
        let _ = self.phase.send(Phase::Finish);
        if let Some(ended) = self.ended.take() {
            let _ = ended.await;
        }
    }

    /// [`LocalService::shutdown`] for code that is not async.
    pub fn shutdown_blocking(mut self) {
        let _ = self.phase.send(Phase::Finish);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Stops the service at once: connections are closed, answered or not, and the port is free.
impl Drop for LocalService {
    fn drop(&mut self) {
        let _ = self.phase.send(Phase::Stop);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for LocalService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalService").field("url", &self.url).finish_non_exhaustive()
    }
}
