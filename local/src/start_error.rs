//! Why a service does not start.

use std::fmt;
use std::io;
use std::net::SocketAddr;

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
    /// A seed cannot be read.
    Seed(serde_json::Error),
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
        Self::Setting { setting, value: value.to_owned(), expected: expected.into() }
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
            Self::Seed(source) => write!(f, "the seed cannot be read: {source}"),
            Self::Thread(source) => write!(f, "cannot start the service's thread: {source}"),
            Self::Setting { setting, value, expected } => {
                write!(f, "{setting} {value:?} cannot be used: it must be {expected}")
            }
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Bind { source, .. } | Self::Thread(source) => Some(source),
            Self::Seed(source) => Some(source),
            Self::Setting { .. } => None,
        }
    }
}
