//! The process's environment, or a stand-in for it.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use crate::named::Named;

/// Where environment variables are read: the process's own, or a map given by a test.
///
/// `Debug` shows names only: values may be secret.
#[derive(Clone, Default)]
pub struct Env(Option<Arc<Named<String>>>);

impl Env {
    /// The process's environment, read anew at every call.
    #[must_use]
    pub fn process() -> Self {
        Self(None)
    }

    /// Exactly these variables.
    #[must_use]
    pub fn from_map<K: Into<String>, V: Into<String>>(variables: impl IntoIterator<Item = (K, V)>) -> Self {
        let mut named = Named::default();
        named.extend(variables.into_iter().map(|(name, value)| (name.into(), value.into())));
        Self(Some(Arc::new(named)))
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

    /// The variables whose names begin with `prefix`: what follows the prefix, and the value. Ordered by name, and without
    /// those that [`get`](Self::get) calls unset.
    #[must_use]
    pub fn with_prefix(&self, prefix: &str) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        self.each_with_prefix(prefix, &mut |name, value| _ = found.insert(name, value));
        found
    }

    /// Hands over what [`with_prefix`](Self::with_prefix) gives, in any order.
    pub(crate) fn each_with_prefix(&self, prefix: &str, found: &mut dyn FnMut(String, String)) {
        let mut keep = |name: &str, value: &str| {
            let rest = name.strip_prefix(prefix)?;
            (!rest.is_empty() && !value.is_empty()).then(|| found(rest.to_owned(), value.to_owned()))
        };
        match &self.0 {
            // Not `vars`, which panics when any variable of the process is not Unicode.
            None => std::env::vars_os().for_each(|(name, value)| {
                _ = name.to_str().zip(value.to_str()).and_then(|(name, value)| keep(name, value));
            }),
            Some(variables) => variables.iter().for_each(|(name, value)| _ = keep(name, value)),
        }
    }

    /// The user's home directory: `HOME`, else `USERPROFILE`, else for the process's own environment what the system says.
    #[must_use]
    pub fn home_dir(&self) -> Option<PathBuf> {
        let named = self.get("HOME").or_else(|| self.get("USERPROFILE"));
        match (named, &self.0) {
            (Some(path), _) => Some(path.into()),
            (None, None) => std::env::home_dir().filter(|path| !path.as_os_str().is_empty()),
            (None, Some(_)) => None,
        }
    }
}

impl fmt::Debug for Env {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            None => f.write_str("Env::process()"),
            Some(variables) => f.debug_set().entries(variables.names()).finish(),
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
    fn a_prefix_finds_what_is_set_under_it() {
        let env = Env::from_map([("P_A", "1"), ("P_B", ""), ("P_", "2"), ("Q_A", "3")]);
        let found = env.with_prefix("P_");
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [("A".to_owned(), "1".to_owned())]);
        assert!(Env::process().with_prefix("CARGO_MANIFEST_").contains_key("DIR"));
    }

    #[test]
    fn home_is_a_variable_and_a_map_has_no_other() {
        let home = |variables: &[(&str, &str)]| Env::from_map(variables.iter().copied()).home_dir();
        assert_eq!(home(&[("HOME", "/h"), ("USERPROFILE", "/u")]), Some("/h".into()));
        assert_eq!(home(&[("USERPROFILE", "/u")]), Some("/u".into()));
        assert_eq!(home(&[]), None);
    }

    #[test]
    fn debug_shows_no_value() {
        let env = Env::from_map([("AWS_SECRET_ACCESS_KEY", "hunter2")]);
        assert_eq!(format!("{env:?}"), r#"{"AWS_SECRET_ACCESS_KEY"}"#);
    }
}
