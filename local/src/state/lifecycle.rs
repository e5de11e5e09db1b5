//! What channels and streams have in common, and how they come and go.

use std::time::{Duration, SystemTime};

use super::Tags;
use crate::answer::ApiError;

/// What channels and streams have in common.
#[derive(Clone, Debug)]
pub(crate) struct Resource {
    pub(crate) name: String,
    pub(crate) arn: String,
    /// Seconds since 1970, in whole milliseconds, as its ARN has them.
    pub(crate) created_seconds: f64,
    pub(crate) version: String,
    pub(crate) lifecycle: Lifecycle,
    pub(crate) tags: Tags,
}

impl Resource {
    /// # Errors
    /// `VersionMismatchException` when the caller knows another version than the current one.
    pub(crate) fn check_version(&self, current: &str) -> Result<(), ApiError> {
        if self.version == current {
            return Ok(());
        }
        Err(ApiError::bad_request(
            "VersionMismatchException",
            format!("The version of {} is {}, not {current}", self.arn, self.version),
        ))
    }

    /// # Errors
    /// `ResourceInUseException` while it is being created, changed or deleted.
    pub(crate) fn check_active(&self, now: SystemTime) -> Result<(), ApiError> {
        match self.lifecycle.status(now) {
            "ACTIVE" => Ok(()),
            status => Err(ApiError::in_use(format!("{} is not ACTIVE but {status}", self.arn))),
        }
    }
}

/// A status that passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lifecycle {
    passing: Passing,
    since: SystemTime,
    takes: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Passing {
    Creating,
    Updating,
    Deleting,
}

impl Lifecycle {
    pub(crate) fn created(now: SystemTime, takes: Duration) -> Self {
        Self { passing: Passing::Creating, since: now, takes }
    }

    pub(crate) fn updating(now: SystemTime, takes: Duration) -> Self {
        Self { passing: Passing::Updating, since: now, takes }
    }

    pub(crate) fn deleting(now: SystemTime, takes: Duration) -> Self {
        Self { passing: Passing::Deleting, since: now, takes }
    }

    /// The API's name of the status.
    pub(crate) fn status(&self, now: SystemTime) -> &'static str {
        match self.passing {
            Passing::Creating if !self.has_passed(now) => "CREATING",
            Passing::Updating if !self.has_passed(now) => "UPDATING",
            Passing::Deleting => "DELETING",
            Passing::Creating | Passing::Updating => "ACTIVE",
        }
    }

    fn has_passed(&self, now: SystemTime) -> bool {
        now.duration_since(self.since).unwrap_or_default() >= self.takes
    }

    /// Whether nothing is left of it.
    pub(crate) fn is_gone(&self, now: SystemTime) -> bool {
        self.passing == Passing::Deleting && self.has_passed(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_passes() {
        let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        let created = Lifecycle::created(at(10), Duration::from_secs(5));
        assert_eq!((created.status(at(14)), created.status(at(15))), ("CREATING", "ACTIVE"));
        let deleted = Lifecycle::deleting(at(10), Duration::from_secs(5));
        assert_eq!(
            (deleted.status(at(14)), deleted.is_gone(at(14)), deleted.is_gone(at(15))),
            ("DELETING", false, true)
        );
        assert_eq!(Lifecycle::updating(at(10), Duration::ZERO).status(at(10)), "ACTIVE");
    }
}
