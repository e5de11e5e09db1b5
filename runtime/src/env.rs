//! The process's environment, or a stand-in for it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// Where environment variables are read: the process's own, or a map given by a test.
///
/// `Debug` shows names only: values may be secret.
#[derive(Clone, Default)]
pub struct Env(Option<Arc<BTreeMap<String, String>>>);

impl Env {
    /// The process's environment, read anew at every call.
    #[must_use]
    pub fn process() -> Self {
        Self(None)
    }

    /// Exactly these variables.
    #[must_use]
    pub fn from_map<K: Into<String>, V: Into<String>>(
        variables: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        Self(Some(Arc::new(
            variables
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )))
    }

    /// The value of a variable; `None` when it is unset, empty, or not Unicode.
    ///
    /// An empty value counts as unset because shells and container definitions offer no other way to unset one.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<String> {
        match &self.0 {
            None => std::env::var(name).ok(),
            Some(variables) => variables.get(name).cloned(),
        }
        .filter(|value| !value.is_empty())
    }
}

impl fmt::Debug for Env {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            None => f.write_str("Env::process()"),
            Some(variables) => f.debug_set().entries(variables.keys()).finish(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_counts_as_unset() {
        let env = Env::from_map([("EMPTY", ""), ("SET", "1")]);
        assert_eq!(env.get("EMPTY"), None);
        assert_eq!(env.get("ABSENT"), None);
        assert_eq!(env.get("SET").as_deref(), Some("1"));
    }

    #[test]
    fn debug_shows_no_value() {
        let env = Env::from_map([("AWS_SECRET_ACCESS_KEY", "hunter2")]);
        assert_eq!(format!("{env:?}"), r#"{"AWS_SECRET_ACCESS_KEY"}"#);
    }
}
