//! How a service is set up before it starts.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;

use kinesisvideo_runtime::credentials::Credentials;
use kinesisvideo_runtime::time::TimeSource;

use crate::arn::is_name;
use crate::auth::Verification;
use crate::limits::{Limits, Quotas};
use crate::record::RecordedRequest;
use crate::service::LocalService;
use crate::shared::{Settings, Shared};
use crate::state::State;

/// A signaling channel that is there when the service starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    pub(crate) name: String,
    pub(crate) stream: Option<String>,
}

impl Channel {
    /// A channel that stores its media in a stream of the same name, which is made as well, with a retention of 24 h.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        let name = name.into();
        Self {
            stream: Some(name.clone()),
            name,
        }
    }

    /// Stores in a stream of this name instead. A stream belongs to one channel.
    #[must_use]
    pub fn stream(mut self, stream: impl Into<String>) -> Self {
        self.stream = Some(stream.into());
        self
    }

    /// Leaves the channel without a stream: joining it is refused.
    #[must_use]
    pub fn without_storage(mut self) -> Self {
        self.stream = None;
        self
    }
}

impl From<&str> for Channel {
    fn from(name: &str) -> Self {
        Self::new(name)
    }
}

impl From<String> for Channel {
    fn from(name: String) -> Self {
        Self::new(name)
    }
}

/// Sets up a [`LocalService`]. What is not set has the default written at its method.
#[derive(Clone, Default)]
pub struct Builder {
    port: u16,
    clock_skew: i64,
    channels: Vec<Channel>,
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
        let listener =
            TcpListener::bind(address).map_err(|source| StartError::Bind { address, source })?;
        let address = listener
            .local_addr()
            .map_err(|source| StartError::Bind { address, source })?;
        let mut state = State::new(&self.settings.region, &self.settings.account);
        for channel in &self.channels {
            state.declare(channel)?;
        }
        let shared = Shared::new(self.settings, state);
        shared.set_clock_skew(self.clock_skew);
        LocalService::spawn(listener, address, Arc::new(shared))
    }

    fn check(&self) -> Result<(), StartError> {
        let label = |text: &str| {
            !text.is_empty()
                && text.len() <= 63
                && !text.starts_with('-')
                && text
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        if !label(&self.settings.region) {
            return Err(StartError::setting(
                "region",
                &self.settings.region,
                "a region's name such as us-west-2",
            ));
        }
        let account = &self.settings.account;
        if account.len() != 12 || !account.bytes().all(|b| b.is_ascii_digit()) {
            return Err(StartError::setting("account", account, "12 digits"));
        }
        for credentials in &self.settings.credentials {
            if credentials.access_key_id().is_empty() || credentials.secret_access_key().is_empty()
            {
                let id = credentials.access_key_id();
                return Err(StartError::setting(
                    "credentials",
                    id,
                    "an access key ID and a secret",
                ));
            }
        }
        for channel in &self.channels {
            for name in [Some(&channel.name), channel.stream.as_ref()]
                .into_iter()
                .flatten()
            {
                if !is_name(name) || name.len() > 256 {
                    return Err(StartError::setting(
                        "channel",
                        name,
                        "1 to 256 of a-z A-Z 0-9 _ . -",
                    ));
                }
            }
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

/// Why a service did not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The address cannot be listened on.
    Bind {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
    /// The service's thread did not start.
    Thread(io::Error),
    /// A setting cannot be used.
    Setting {
        /// Which setting.
        setting: &'static str,
        /// Its value.
        value: String,
        /// What it must be.
        expected: String,
    },
}

impl StartError {
    pub(crate) fn setting(setting: &'static str, value: &str, expected: impl Into<String>) -> Self {
        Self::Setting {
            setting,
            value: value.to_owned(),
            expected: expected.into(),
        }
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bind { address, source } => {
                write!(f, "cannot listen on {address}: {source}")?;
                if source.kind() == io::ErrorKind::AddrInUse {
                    f.write_str(" (choose another port, or 0 for any that is free)")?;
                }
                Ok(())
            }
            Self::Thread(source) => write!(f, "cannot start the service's thread: {source}"),
            Self::Setting {
                setting,
                value,
                expected,
            } => {
                write!(
                    f,
                    "{setting} {value:?} cannot be used: it must be {expected}"
                )
            }
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Bind { source, .. } | Self::Thread(source) => Some(source),
            Self::Setting { .. } => None,
        }
    }
}
