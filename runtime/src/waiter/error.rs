//! What waiting can end with, but for the state that was waited for.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use super::{FinalOutput, Waiter};
use crate::config::ConfigError;
use crate::error::Error;
use crate::operation::ServiceError;
use crate::phrase::Escaped;

/// Why a wait ended without the state that was waited for; `T` is the operation's output and `E` the service's errors.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum WaiterError<T, E> {
    /// The service has no waiter of that name. Nothing was sent.
    StateNotFound(StateNotFound),
    /// An answer says that the state will not be reached.
    Failed {
        /// The waiter's name in the model.
        waiter: &'static str,
        /// That answer.
        last: Box<FinalOutput<T, E>>,
    },
    /// The time was over before the state was reached.
    TimedOut {
        /// The waiter's name in the model.
        waiter: &'static str,
        /// How long the wait was to last at most.
        max_wait: Duration,
        /// How many calls were answered.
        calls: u32,
    },
    /// A call failed with an error of which the waiter knows nothing.
    Call(Error<E>),
}

impl<T, E> WaiterError<T, E> {
    pub(super) fn timed_out(waiter: &Waiter, max_wait: Duration, calls: u32) -> Self {
        Self::TimedOut { waiter: waiter.name, max_wait, calls }
    }

    /// The same error with the output in another form.
    pub(super) fn map_output<U>(self, map: impl FnOnce(T) -> U) -> WaiterError<U, E> {
        match self {
            Self::StateNotFound(error) => WaiterError::StateNotFound(error),
            Self::Failed { waiter, last } => {
                let FinalOutput { result, calls } = *last;
                WaiterError::Failed { waiter, last: Box::new(FinalOutput { result: result.map(map), calls }) }
            }
            Self::TimedOut { waiter, max_wait, calls } => WaiterError::TimedOut { waiter, max_wait, calls },
            Self::Call(error) => WaiterError::Call(error),
        }
    }
}

impl<T, E: ServiceError> WaiterError<T, E> {
    /// The code AWS SDK for JavaScript v2 gives: `StateNotFoundError`, `ResourceNotReady`, or that of the call's error.
    pub fn code(&self) -> &str {
        match self {
            Self::StateNotFound(error) => error.code(),
            Self::Failed { .. } | Self::TimedOut { .. } => "ResourceNotReady",
            Self::Call(error) => error.code(),
        }
    }

    /// What is wrong, as [`Error::message`](crate::Error::message) has it; `None` when the service refused a call without one.
    pub fn message(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::StateNotFound(error) => Some(error.message().into()),
            Self::Failed { .. } | Self::TimedOut { .. } => Some(self.to_string().into()),
            Self::Call(error) => error.message(),
        }
    }
}

impl<T, E: fmt::Display> fmt::Display for WaiterError<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::StateNotFound(error) => error.fmt(f),
            Self::Failed { waiter, last } => {
                write!(f, "{waiter} will not be reached, by the answer to call {}", last.calls)?;
                match &last.result {
                    Ok(_) => Ok(()),
                    Err(error) => write!(f, ": {error}"),
                }
            }
            Self::TimedOut { waiter, max_wait, calls } => {
                write!(
                    f,
                    "{waiter} was not reached within {max_wait:?} ({calls} calls): wait longer, or look at the resource"
                )
            }
            Self::Call(error) => error.fmt(f),
        }
    }
}

impl<T: fmt::Debug, E: StdError + 'static> StdError for WaiterError<T, E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Failed { last, .. } => last.result.as_ref().err().map(|error| error as _),
            Self::Call(error) => error.source(),
            Self::StateNotFound(_) | Self::TimedOut { .. } => None,
        }
    }
}

impl<T, E> From<StateNotFound> for WaiterError<T, E> {
    fn from(error: StateNotFound) -> Self {
        Self::StateNotFound(error)
    }
}

impl<T, E> From<ConfigError> for WaiterError<T, E> {
    fn from(error: ConfigError) -> Self {
        Self::Call(error.into())
    }
}

/// The name of a waiter that the service does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateNotFound {
    state: String,
    known: &'static [&'static str],
}

impl StateNotFound {
    /// Records the name and the names that would have been known.
    pub fn new(state: impl Into<String>, known: &'static [&'static str]) -> Self {
        Self { state: state.into(), known }
    }

    /// The name that was asked for.
    pub fn state(&self) -> &str {
        &self.state
    }

    /// The names that would have been known.
    pub fn known(&self) -> &'static [&'static str] {
        self.known
    }

    /// The code AWS SDK for JavaScript v2 gives.
    pub fn code(&self) -> &'static str {
        "StateNotFoundError"
    }

    /// The message AWS SDK for JavaScript v2 gives. `Display` says more.
    pub fn message(&self) -> String {
        format!("State {} not found.", self.state)
    }
}

impl fmt::Display for StateNotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "State {} not found: ", Escaped(&self.state))?;
        match self.known {
            [] => f.write_str("the service has no waiters"),
            known => write!(f, "known are {}", known.join(", ")),
        }
    }
}

impl StdError for StateNotFound {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_state_is_told_with_those_that_there_are() {
        assert_eq!(
            StateNotFound::new("Gone\n", &["ClusterActive", "ClusterDeleted"]).to_string(),
            "State Gone\\n not found: known are ClusterActive, ClusterDeleted"
        );
        assert_eq!(StateNotFound::new("x", &[]).to_string(), "State x not found: the service has no waiters");
    }
}
