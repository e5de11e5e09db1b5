//! How a service is set up before it starts.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use kinesisvideo_runtime::credentials::Credentials;
use kinesisvideo_runtime::time::TimeSource;

use crate::arn::is_name;
use crate::auth::Verification;
use crate::declared::{Channel, Stream};
use crate::limits::{Limits, Quotas};
use crate::record::RecordedRequest;
use crate::service::LocalService;
use crate::shared::{Settings, Shared};
use crate::start_error::StartError;
use crate::state::{MAX_RETENTION_HOURS, State};

/// Sets up a [`LocalService`]. What is not set has the default written at its method.
#[derive(Clone, Default)]
pub struct Builder {
    port: u16,
    clock_skew: i64,
    settling: Duration,
    channels: Vec<Channel>,
    streams: Vec<Stream>,
    settings: Settings,
}

impl Builder {
    /// The port on `127.0.0.1`. Default 0: any that is free.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// The region that signatures must name and that ARNs carry. Default `us-west-2`.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.settings.region = region.into();
        self
    }

    /// The account that ARNs carry, 12 digits. Default `123456789012`.
    #[must_use]
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.settings.account = account.into();
        self
    }

    /// Adds a key the service knows. With a session token, requests must carry exactly that one; without, none.
    /// Default: [`Builder::TEST_ACCESS_KEY_ID`] with [`Builder::TEST_SECRET_ACCESS_KEY`] alone, which is left out once
    /// a key is added.
    #[must_use]
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.settings.credentials.push(credentials);
        self
    }

    /// Adds a channel; a name alone is [`Channel::new`]. Default: none ([`LocalService::start`] adds `demo`).
    #[must_use]
    pub fn channel(mut self, channel: impl Into<Channel>) -> Self {
        self.channels.push(channel.into());
        self
    }

    /// Adds a stream; a name alone is [`Stream::new`]. The streams of channels need not be added. Default: none.
    #[must_use]
    pub fn stream(mut self, stream: impl Into<Stream>) -> Self {
        self.streams.push(stream.into());
        self
    }

    /// How much of a signature is checked. Default [`Verification::Strict`].
    #[must_use]
    pub fn verification(mut self, verification: Verification) -> Self {
        self.settings.verification = verification;
        self
    }

    /// The time the service believes it is: what it holds signatures' dates against, sends as `Date` and counts
    /// quotas by. Default: the machine's clock.
    #[must_use]
    pub fn clock(mut self, clock: impl TimeSource + 'static) -> Self {
        self.settings.clock = Arc::new(clock);
        self
    }

    /// Seconds by which the service's clock is ahead of [`Builder::clock`]; negative for behind. Signatures made by the
    /// right time are refused beyond ±300. Default 0.
    #[must_use]
    pub fn clock_skew(mut self, seconds: i64) -> Self {
        self.clock_skew = seconds;
        self
    }

    /// The API's quotas. Default: those AWS documents, [`Quotas::default`].
    #[must_use]
    pub fn quotas(mut self, quotas: Quotas) -> Self {
        self.settings.quotas = quotas;
        self
    }

    /// The server's own limits. Default [`Limits::default`].
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.settings.limits = limits;
        self
    }

    /// How long a channel or a stream is `CREATING`, `UPDATING` or `DELETING` before it is `ACTIVE` or gone, by the
    /// service's clock. Default 0: at once.
    #[must_use]
    pub fn settling(mut self, settling: Duration) -> Self {
        self.settling = settling;
        self
    }

    /// Whether joins are refused at the service's own URL, as the real control plane refuses them with
    /// `UnknownOperationException`: a client must then ask for the channel's WEBRTC endpoint first, see
    /// [`LocalService::webrtc_endpoint`]. Default `false`.
    #[must_use]
    pub fn strict_endpoints(mut self, strict: bool) -> Self {
        self.settings.strict_endpoints = strict;
        self
    }

    /// Calls `hook` with every request once its answer is known, on the service's thread: for a log.
    #[must_use]
    pub fn on_request(mut self, hook: impl Fn(&RecordedRequest) + Send + Sync + 'static) -> Self {
        self.settings.hook = Some(Arc::new(hook));
        self
    }

    /// The access key ID a service knows unless told otherwise: the one AWS prints in its documentation.
    pub const TEST_ACCESS_KEY_ID: &'static str = "AKIAIOSFODNN7EXAMPLE";
    /// The secret of [`Builder::TEST_ACCESS_KEY_ID`]: nobody's secret.
    pub const TEST_SECRET_ACCESS_KEY: &'static str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    /// Starts the service; it accepts connections when this returns.
    ///
    /// # Errors
    /// When the port is taken, or a setting cannot be used: the error says which.
    pub async fn start(self) -> Result<LocalService, StartError> {
        // Binding to loopback does not wait, and the service has a thread of its own.
        self.start_blocking()
    }

    /// [`Builder::start`] for code that is not async.
    ///
    /// # Errors
    /// As [`Builder::start`].
    pub fn start_blocking(mut self) -> Result<LocalService, StartError> {
        self.check()?;
        if self.settings.credentials.is_empty() {
            let test = Credentials::new(Self::TEST_ACCESS_KEY_ID, Self::TEST_SECRET_ACCESS_KEY);
            self.settings.credentials.push(test);
        }
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let listener = TcpListener::bind(address).map_err(|source| StartError::Bind { address, source })?;
        let address = listener.local_addr().map_err(|source| StartError::Bind { address, source })?;
        let settings = self.settings;
        let mut state = State::new(&settings.region, &settings.account, self.settling, settings.quotas);
        for stream in &self.streams {
            state.declare_stream(stream)?;
        }
        for channel in &self.channels {
            state.declare_channel(channel)?;
        }
        let shared = Shared::new(settings, address.to_string(), state);
        shared.set_clock_skew(self.clock_skew);
        LocalService::spawn(listener, Arc::new(shared))
    }

    fn check(&self) -> Result<(), StartError> {
        let label = |text: &str| {
            !text.is_empty()
                && text.len() <= 63
                && !text.starts_with('-')
                && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        if !label(&self.settings.region) {
            return Err(StartError::setting("region", &self.settings.region, "a region's name such as us-west-2"));
        }
        let account = &self.settings.account;
        if account.len() != 12 || !account.bytes().all(|b| b.is_ascii_digit()) {
            return Err(StartError::setting("account", account, "12 digits"));
        }
        for credentials in &self.settings.credentials {
            if credentials.access_key_id().is_empty() || credentials.secret_access_key().is_empty() {
                let id = credentials.access_key_id();
                return Err(StartError::setting("credentials", id, "an access key ID and a secret"));
            }
        }
        let names = self.channels.iter().flat_map(|c| [Some(&c.name), c.stream.as_ref()]).flatten();
        for name in names.chain(self.streams.iter().map(|stream| &stream.name)) {
            if !is_name(name) || name.len() > 256 {
                return Err(StartError::setting("name", name, "1 to 256 of a-z A-Z 0-9 _ . -"));
            }
        }
        if let Some(stream) = self.streams.iter().find(|stream| stream.retention_hours > MAX_RETENTION_HOURS) {
            let expected = format!("a stream that keeps its media for at most {MAX_RETENTION_HOURS} hours");
            return Err(StartError::setting("stream", &stream.name, expected));
        }
        Ok(())
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("port", &self.port)
            .field("region", &self.settings.region)
            .field("account", &self.settings.account)
            .field("credentials", &self.settings.credentials)
            .field("channels", &self.channels)
            .field("verification", &self.settings.verification)
            .finish_non_exhaustive()
    }
}
