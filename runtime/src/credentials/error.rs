//! Why there are no credentials.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// Why there are no credentials.
///
/// A clone is cheap: callers that waited for the same refresh all get the same error.
#[derive(Clone, Debug)]
pub struct CredentialsError(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    kind: CredentialsErrorKind,
    provider: Cow<'static, str>,
    reason: String,
    help: Cow<'static, str>,
    failures: Vec<CredentialsError>,
    source: Option<Box<dyn Error + Send + Sync>>,
}

/// The kinds of [`CredentialsError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CredentialsErrorKind {
    /// The provider has nothing to offer: nothing is configured for it.
    ///
    /// User action: configure this provider, or another one.
    NotFound,
    /// Something is configured but cannot be used, for example one half of a pair.
    ///
    /// User action: correct what the message names.
    Invalid,
    /// The provider was asked and failed, for example because a token service did not answer.
    ///
    /// User action: see the reason; trying again may help.
    ProviderFailed,
}

impl CredentialsError {
    /// Nothing is configured for this provider. `help` says what to do, as in `set X and Y`.
    #[must_use]
    pub fn not_found(
        provider: impl Into<Cow<'static, str>>,
        reason: impl Into<String>,
        help: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::new(CredentialsErrorKind::NotFound, provider, reason, help)
    }

    /// What is configured cannot be used. `help` says what to do, as in `set X too`.
    #[must_use]
    pub fn invalid(
        provider: impl Into<Cow<'static, str>>,
        reason: impl Into<String>,
        help: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::new(CredentialsErrorKind::Invalid, provider, reason, help)
    }

    /// The provider was asked and failed. `source` must not carry a secret: messages show it.
    #[must_use]
    pub fn provider_failed(
        provider: impl Into<Cow<'static, str>>,
        source: impl Into<Box<dyn Error + Send + Sync>>,
    ) -> Self {
        let source = source.into();
        Self(Arc::new(Parts {
            kind: CredentialsErrorKind::ProviderFailed,
            provider: provider.into(),
            reason: source.to_string(),
            help: Cow::Borrowed(""),
            failures: Vec::new(),
            source: Some(source),
        }))
    }

    fn new(
        kind: CredentialsErrorKind,
        provider: impl Into<Cow<'static, str>>,
        reason: impl Into<String>,
        help: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self(Arc::new(Parts {
            kind,
            provider: provider.into(),
            reason: reason.into(),
            help: help.into(),
            failures: Vec::new(),
            source: None,
        }))
    }

    /// Every provider of a chain failed.
    pub(super) fn chain(failures: Vec<CredentialsError>) -> Self {
        // "Nothing found anywhere" only when that is true of every provider: a broken one deserves more attention.
        let kind = failures
            .iter()
            .map(Self::kind)
            .find(|kind| *kind != CredentialsErrorKind::NotFound)
            .unwrap_or(CredentialsErrorKind::NotFound);
        let reason = if failures.is_empty() { "the chain has no provider" } else { "no provider gave credentials" };
        Self(Arc::new(Parts {
            kind,
            provider: Cow::Borrowed("chain"),
            reason: reason.to_owned(),
            help: Cow::Borrowed(if failures.is_empty() { "add a provider to the chain" } else { "" }),
            failures,
            source: None,
        }))
    }

    /// The message that AWS SDK for JavaScript v2 has whenever there are no credentials. `Display` says why there are none.
    #[must_use]
    pub fn message(&self) -> &'static str {
        "Missing credentials in config, if using AWS_CONFIG_FILE, set AWS_SDK_LOAD_CONFIG=1"
    }

    /// What kind of error this is.
    #[must_use]
    pub fn kind(&self) -> CredentialsErrorKind {
        self.0.kind
    }

    /// The provider that failed; `chain` when several did.
    #[must_use]
    pub fn provider(&self) -> &str {
        &self.0.provider
    }

    /// What is wrong, without the provider's name and the help.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.0.reason
    }

    /// For a chain, the error of each provider in the order they were asked; else empty.
    #[must_use]
    pub fn failures(&self) -> &[CredentialsError] {
        &self.0.failures
    }
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Parts { provider, reason, help, failures, .. } = &*self.0;
        if failures.is_empty() {
            write!(f, "{provider}: {reason}")?;
        } else {
            f.write_str(reason)?;
            for (index, failure) in failures.iter().enumerate() {
                write!(f, "{}{failure}", if index == 0 { ": " } else { "; " })?;
            }
        }
        if help.is_empty() { Ok(()) } else { write!(f, " ({help})") }
    }
}

impl Error for CredentialsError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source.as_ref().map(|source| {
            let source: &(dyn Error + 'static) = &**source;
            source
        })
    }
}
