//! Regions.

use std::fmt;
use std::str::FromStr;

use crate::config::ConfigError;

/// A region such as `us-west-2`: part of the host name and of every signature's scope.
///
/// ```
/// # use kinesisvideo_runtime::Region;
/// let region: Region = "us-west-2".parse()?;
/// assert_eq!(region.as_str(), "us-west-2");
/// assert!("us_west_2".parse::<Region>().is_err());
/// # Ok::<(), kinesisvideo_runtime::ConfigError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Region(String);

impl Region {
    /// Checks that the text can stand in a host name: 1 to 63 letters, digits and hyphens, no hyphen at either end.
    ///
    /// # Errors
    /// [`ConfigError::MissingRegion`] for an empty text, [`ConfigError::InvalidRegion`] for any other that does not fit.
    pub fn new(region: impl Into<String>) -> Result<Self, ConfigError> {
        let region = region.into();
        if region.is_empty() {
            return Err(ConfigError::MissingRegion);
        }
        if is_host_label(&region) { Ok(Self(region)) } else { Err(ConfigError::InvalidRegion { region }) }
    }

    /// The region's name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_host_label(text: &str) -> bool {
    text.len() <= 63
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

impl FromStr for Region {
    type Err = ConfigError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::new(text)
    }
}

impl AsRef<str> for Region {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_a_host_label() {
        for good in ["us-west-2", "a", "cn-north-1", &"a".repeat(63)] {
            assert_eq!(Region::new(good).unwrap().as_str(), good);
        }
        for bad in ["-us", "us-", "us west", "us.west", "é", "us/..", "a\n", &"a".repeat(64)] {
            assert!(matches!(Region::new(bad), Err(ConfigError::InvalidRegion { .. })), "{bad:?}");
        }
        assert!(matches!(Region::new(""), Err(ConfigError::MissingRegion)));
    }
}
