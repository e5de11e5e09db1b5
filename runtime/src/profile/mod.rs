//! Profiles: named sets of settings in the files that the AWS command line tools and SDKs share.

mod load;
mod parse;

use std::fmt;
use std::sync::Arc;

use crate::config::ConfigError;
use crate::named::Named;

pub(crate) use load::{ProfileSources, Selected};

/// What the shared files say, the two of them merged.
///
/// `Debug` shows names only: values may be secret.
#[derive(Clone, Default)]
pub(crate) struct Profiles {
    /// The sections of each [`SectionKind`].
    sections: [Named<Section>; 3],
    /// The files that were read, as messages name them.
    files: Vec<Arc<str>>,
}

/// What a section is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SectionKind {
    /// `[default]` and `[profile NAME]`; in the credentials file `[NAME]`.
    Profile,
    /// `[sso-session NAME]`.
    SsoSession,
    /// `[services NAME]`: settings per service.
    Services,
}

/// The settings of one section, by their names in lower case.
#[derive(Clone, Default)]
pub(crate) struct Section {
    properties: Named<Property>,
}

/// A setting.
#[derive(Clone)]
pub(crate) struct Property {
    pub(crate) value: String,
    /// The indented settings below it.
    nested: Named<Property>,
    file: Arc<str>,
    line: usize,
}

impl Profiles {
    /// The settings of a profile.
    pub(crate) fn profile(&self, name: &str) -> Option<&Section> {
        self.section(SectionKind::Profile, name)
    }

    pub(crate) fn section(&self, kind: SectionKind, name: &str) -> Option<&Section> {
        self.sections[kind as usize].get(name)
    }

    /// The names of all profiles, ordered.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.sections[SectionKind::Profile as usize].names()
    }

    /// The files that were read, for messages.
    pub(crate) fn files(&self) -> String {
        self.files.join(" and ")
    }

    /// Adds a section to what there is of its kind and name; where both say something, the new one wins.
    fn add(&mut self, kind: SectionKind, name: String, section: Section) {
        let sections = &mut self.sections[kind as usize];
        match sections.get_mut(&name) {
            Some(old) => old.properties.extend(section.properties),
            None => sections.insert(name, section),
        }
    }
}

impl Section {
    /// A setting that has a value; an empty one counts as unset.
    pub(crate) fn get(&self, key: &str) -> Option<&Property> {
        self.properties.get(key).filter(|property| !property.value.is_empty())
    }

    /// The value of a setting.
    #[cfg(any(feature = "standard-chain", test))]
    pub(crate) fn value(&self, key: &str) -> Option<&str> {
        self.get(key).map(|property| property.value.as_str())
    }

    /// The settings that have indented settings below them, and those that have the name `key`.
    pub(crate) fn nested<'a>(&'a self, key: &'a str) -> impl Iterator<Item = (&'a str, &'a Property)> {
        self.properties.iter().filter_map(move |(name, property)| {
            let nested = property.nested.get(key).filter(|nested| !nested.value.is_empty())?;
            Some((name.as_str(), nested))
        })
    }
}

impl Property {
    /// The error that this setting cannot be used.
    pub(crate) fn refuse(&self, key: &str, reason: &str) -> ConfigError {
        ConfigError::SharedFile {
            file: self.file.to_string(),
            line: Some(self.line),
            reason: format!("`{key}` {reason}"),
        }
    }

    /// Where the setting stands, for messages.
    pub(crate) fn origin(&self, key: &str) -> String {
        format!("`{key}` in {}, line {}", self.file, self.line)
    }
}

impl fmt::Debug for Profiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(self.sections.iter().flat_map(Named::iter).map(|(name, section)| (name, section)))
            .finish()
    }
}

impl fmt::Debug for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.properties.names()).finish()
    }
}
