//! Versions of an API.

use std::fmt;

use super::ConfigError;

/// A version of a service's API that the generated client knows, such as `2018-05-10`.
///
/// It chooses among the versions a client was generated for and never appears in a request.
///
/// ```
/// use kinesisvideo_runtime::ApiVersion;
///
/// const KNOWN: &[&str] = &["2018-05-10"];
/// assert_eq!(ApiVersion::resolve("latest", KNOWN)?.as_str(), "2018-05-10");
/// assert_eq!(ApiVersion::resolve("2021-01-01", KNOWN)?.as_str(), "2018-05-10");
/// assert!(ApiVersion::resolve("2018-05-09", KNOWN).is_err());
/// # Ok::<(), kinesisvideo_runtime::ConfigError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ApiVersion(&'static str);

impl ApiVersion {
    /// The greatest version of `known` that is not after `constraint`: a date in the form `2018-05-10`, or `latest`.
    ///
    /// The two are compared as text, as in AWS SDK for JavaScript v2: a date with a time after it counts as that date, and
    /// a text that sorts after every date, as `latest` does, means the greatest version there is.
    ///
    /// # Errors
    /// [`ConfigError::ApiVersion`], which lists the known versions, when all of them are after `constraint`.
    pub fn resolve(constraint: &str, known: &'static [&'static str]) -> Result<Self, ConfigError> {
        let fitting = known.iter().copied().filter(|version| *version <= constraint);
        fitting.max().map(Self).ok_or_else(|| ConfigError::ApiVersion {
            service: None,
            constraint: constraint.to_owned(),
            known,
        })
    }

    /// The version, such as `2018-05-10`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for ApiVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[&str] = &["2018-05-10", "2017-09-30"];

    fn resolve(constraint: &str) -> Option<&'static str> {
        ApiVersion::resolve(constraint, KNOWN).ok().map(ApiVersion::as_str)
    }

    #[test]
    fn the_greatest_version_that_is_not_later_is_chosen() {
        for (constraint, version) in [
            ("2018-05-10", Some("2018-05-10")),
            ("2018-05-10T00:00:00.000Z", Some("2018-05-10")),
            ("2030-01-01", Some("2018-05-10")),
            ("2018-05-09", Some("2017-09-30")),
            ("latest", Some("2018-05-10")),
            ("zzz", Some("2018-05-10")),
            ("2017-09-29", None),
            ("1", None),
        ] {
            assert_eq!(resolve(constraint), version, "{constraint}");
        }
    }

    #[test]
    fn an_error_names_the_known_versions() {
        assert_eq!(
            ApiVersion::resolve("2001-01-01", KNOWN).unwrap_err().to_string(),
            "Could not find API to satisfy version constraint `2001-01-01`: known are 2018-05-10, 2017-09-30; use one of \
             them, a later date or `latest`"
        );
    }
}
