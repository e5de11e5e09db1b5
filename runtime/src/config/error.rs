//! What is wrong with a configuration.

use std::fmt;

use crate::endpoint::EndpointError;
use crate::phrase::Escaped;

/// A setting that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConfigError {
    /// No region was given.
    MissingRegion,
    /// The region cannot stand in a host name.
    InvalidRegion {
        /// The region that was given.
        region: String,
    },
    /// The endpoint is not a base URL.
    InvalidEndpoint {
        /// The endpoint that was given, without user info.
        endpoint: String,
        /// What is wrong with it and what to do.
        reason: String,
    },
    /// The proxy is not the URL of one.
    InvalidProxy {
        /// What is wrong with it.
        reason: String,
    },
    /// The service has no endpoint for this combination of region, FIPS, dual-stack and custom endpoint.
    Endpoint(EndpointError),
    /// Endpoint discovery cannot be combined with a custom endpoint.
    EndpointDiscovery,
    /// The addition to the user agent holds characters that a header cannot.
    InvalidUserAgent,
    /// Requests cannot be signed that way.
    SignatureVersion {
        /// The version that was given.
        version: String,
    },
    /// The service has no version of its API that is old enough.
    ApiVersion {
        /// The service's identifier, such as `kinesisvideowebrtcstorage`, when it is known.
        service: Option<&'static str>,
        /// The version that was given: the latest one to use.
        constraint: String,
        /// The versions there are.
        known: &'static [&'static str],
    },
    /// The parameters to bind are not a structure.
    InvalidParams {
        /// What is wrong with them.
        reason: String,
    },
    /// There is no option of that name.
    UnknownOption {
        /// The path of the option, such as `httpOptions.timout`.
        option: String,
        /// The path of the option that was probably meant.
        nearest: Option<String>,
    },
    /// The value of an option is not of its type.
    OptionType {
        /// The path of the option, such as `httpOptions.timeout`.
        option: String,
        /// What the value must be.
        expected: &'static str,
        /// What kind of value was found; never the value itself, which may be secret.
        found: &'static str,
    },
    /// The value of an option has its type and cannot be used all the same.
    OptionValue {
        /// The path of the option, such as `accessKeyId`.
        option: String,
        /// What is wrong with it and what to do.
        reason: String,
    },
    /// An environment variable cannot be used.
    Environment {
        /// The variable's name.
        variable: String,
        /// What is wrong with it, following its name in a sentence.
        reason: String,
    },
    /// A shared configuration file cannot be used.
    SharedFile {
        /// The file, as it was named.
        file: String,
        /// The line, from 1, when it is a line's fault.
        line: Option<usize>,
        /// What is wrong.
        reason: String,
    },
    /// The profile that was asked for is in no shared file.
    UnknownProfile {
        /// The profile.
        profile: String,
        /// What asked for it: the environment variable, or the setting.
        asked_by: &'static str,
        /// The files that were read.
        files: String,
        /// The profiles there are.
        known: Vec<String>,
    },
    /// A blocking client cannot do its work.
    Blocking {
        /// Why, following its name in a sentence.
        reason: String,
    },
    /// The HTTP client could not be made; the text says why.
    HttpClient(String),
}

impl ConfigError {
    /// The code AWS SDK for JavaScript v2 uses for the condition.
    pub fn code(&self) -> &'static str {
        match self {
            Self::EndpointDiscovery => "ConfigurationException",
            _ => "ConfigError",
        }
    }

    /// What is wrong, in the words of AWS SDK for JavaScript v2 where it has the same error. `Display` says more: what was found,
    /// and what to do.
    pub fn message(&self) -> String {
        match self {
            Self::MissingRegion => "Missing region in config".to_owned(),
            Self::InvalidRegion { .. } => "Invalid region in config".to_owned(),
            Self::SignatureVersion { version } => format!("Unknown signing version {version}"),
            Self::ApiVersion { service, constraint, .. } => {
                let service = service.map(|service| format!("{service} ")).unwrap_or_default();
                format!("Could not find {service}API to satisfy version constraint `{constraint}'")
            }
            other => other.to_string(),
        }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingRegion => f.write_str(
                "Missing region in config: set `region(\"us-west-2\")`, or AWS_REGION or a profile's `region` with \
                 `Config::from_env`",
            ),
            Self::InvalidRegion { region } => write!(
                f,
                "Invalid region in config: `{}` is not 1 to 63 letters, digits and inner hyphens",
                Escaped(region)
            ),
            Self::InvalidEndpoint { endpoint, reason } => {
                write!(f, "Invalid endpoint in config: `{}`: {reason}", Escaped(endpoint))
            }
            Self::InvalidProxy { reason } => write!(f, "Invalid proxy in config: {reason}"),
            Self::Endpoint(error) => error.fmt(f),
            Self::EndpointDiscovery => {
                f.write_str("Custom endpoint is supplied; endpointDiscoveryEnabled must not be true.")
            }
            Self::InvalidUserAgent => {
                f.write_str("Invalid user agent suffix in config: it may hold printable ASCII characters only")
            }
            Self::SignatureVersion { version } => write!(
                f,
                "Unknown signing version {}: requests are signed with Signature Version 4, `v4`",
                Escaped(version)
            ),
            Self::ApiVersion { service, constraint, known } => write!(
                f,
                "Could not find {}API to satisfy version constraint `{}`: known are {}; use one of them, a later date \
                 or `latest`",
                service.map(|service| format!("{service} ")).unwrap_or_default(),
                Escaped(constraint),
                known.join(", ")
            ),
            Self::InvalidParams { reason } => write!(f, "Invalid params in config: {reason}"),
            Self::UnknownOption { option, nearest } => {
                write!(f, "unknown option `{}`", Escaped(option))?;
                match nearest {
                    Some(nearest) => write!(f, ": did you mean `{nearest}`?"),
                    None => f.write_str(": no option has a similar name"),
                }
            }
            Self::OptionType { option, expected, found } => {
                write!(f, "option `{}`: expected {expected}, found {found}", Escaped(option))
            }
            Self::OptionValue { option, reason } => write!(f, "option `{}`: {reason}", Escaped(option)),
            Self::Environment { variable, reason } => write!(f, "environment variable {variable} {reason}"),
            Self::SharedFile { file, line, reason } => {
                write!(f, "shared configuration file {}", Escaped(file))?;
                match line {
                    Some(line) => write!(f, ", line {line}: {reason}"),
                    None => write!(f, ": {reason}"),
                }
            }
            Self::UnknownProfile { profile, asked_by, files, known } => {
                write!(f, "unknown profile `{}` (asked for by {asked_by}): ", Escaped(profile))?;
                match known.is_empty() {
                    true => f.write_str(
                        "there are no profiles in ~/.aws/config and ~/.aws/credentials, or where AWS_CONFIG_FILE and \
                         AWS_SHARED_CREDENTIALS_FILE say",
                    ),
                    false => write!(f, "the profiles in {} are {}", Escaped(files), known.join(", ")),
                }
            }
            Self::Blocking { reason } => write!(f, "the blocking client cannot be used here: {reason}"),
            Self::HttpClient(reason) => write!(f, "the HTTP client could not be made: {reason}"),
        }
    }
}

impl std::error::Error for ConfigError {}
