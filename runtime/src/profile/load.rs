//! Finds the shared files and the profile to use.

use std::io::ErrorKind;
use std::path::PathBuf;

use super::parse::{Flavour, parse};
use super::{Profiles, Section};
use crate::config::ConfigError;
use crate::env::Env;
use crate::files::Files;

/// Where profiles come from, and which of them was asked for in code.
#[derive(Clone, Debug, Default)]
pub(crate) struct ProfileSources {
    pub(crate) env: Env,
    pub(crate) files: Files,
    pub(crate) profile: Option<String>,
}

/// All profiles, and the name of the one in use.
#[derive(Clone, Debug)]
pub(crate) struct Selected {
    pub(crate) profiles: Profiles,
    pub(crate) name: String,
}

impl ProfileSources {
    /// Reads the two shared files. A file at its default place may be missing; one that a variable names may not.
    ///
    /// # Errors
    /// When a file cannot be read or is malformed, and when a profile was asked for that is in neither.
    pub(crate) fn load(&self) -> Result<Selected, ConfigError> {
        let mut profiles = Profiles::default();
        for (variable, default, flavour) in [
            ("AWS_CONFIG_FILE", "~/.aws/config", Flavour::Config),
            ("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials", Flavour::Credentials),
        ] {
            let Some((path, shown, text)) = self.read(variable, default)? else { continue };
            tracing::trace!(path = %path.display(), "reading shared configuration");
            parse(&text, flavour, &shown, &mut profiles)?;
        }
        let (name, asked_by) = match (&self.profile, self.env.get("AWS_PROFILE")) {
            (Some(name), _) => (name.clone(), Some("`profile`")),
            (None, Some(name)) => (name, Some("AWS_PROFILE")),
            (None, None) => ("default".to_owned(), None),
        };
        // The default profile need not exist, whoever asks for it.
        if let Some(asked_by) = asked_by
            && name != "default"
            && profiles.profile(&name).is_none()
        {
            return Err(unknown_profile(name, asked_by, &profiles));
        }
        Ok(Selected { profiles, name })
    }

    fn read(&self, variable: &str, default: &str) -> Result<Option<(PathBuf, String, String)>, ConfigError> {
        let named = self.env.get(variable);
        let is_named = named.is_some();
        let shown = named.unwrap_or_else(|| default.to_owned());
        let Some(path) = self.expand_home(&shown) else {
            return match is_named {
                true => Err(ConfigError::Environment {
                    variable: variable.to_owned(),
                    reason: "begins with `~`, and there is no home directory: set HOME, or give a full path".to_owned(),
                }),
                false => Ok(None),
            };
        };
        match self.files.read(&path) {
            Ok(text) => Ok(Some((path, shown, text))),
            // A home directory that is missing or closed to us is common in containers.
            Err(error) if !is_named && is_absent(error.kind()) => Ok(None),
            Err(error) => Err(ConfigError::SharedFile {
                file: if is_named { format!("{shown} (named by {variable})") } else { shown },
                line: None,
                reason: match error.kind() {
                    ErrorKind::NotFound => "there is no such file".to_owned(),
                    _ => error.to_string(),
                },
            }),
        }
    }

    fn expand_home(&self, path: &str) -> Option<PathBuf> {
        match path.strip_prefix('~') {
            Some(rest) if rest.is_empty() || rest.starts_with(['/', '\\']) => {
                Some(self.env.home_dir()?.join(rest.trim_start_matches(['/', '\\'])))
            }
            _ => Some(path.into()),
        }
    }
}

impl Selected {
    /// The settings of the profile in use, if it exists.
    pub(crate) fn section(&self) -> Option<&Section> {
        self.profiles.profile(&self.name)
    }
}

fn is_absent(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::NotFound | ErrorKind::PermissionDenied | ErrorKind::NotADirectory)
}

fn unknown_profile(profile: String, asked_by: &'static str, profiles: &Profiles) -> ConfigError {
    ConfigError::UnknownProfile {
        profile,
        asked_by,
        files: profiles.files(),
        known: profiles.names().map(str::to_owned).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(variables: &[(&str, &str)], files: &[(&str, &str)]) -> ProfileSources {
        ProfileSources {
            env: Env::from_map(variables.iter().copied()),
            files: Files::from_map(files.iter().copied()),
            profile: None,
        }
    }

    fn region(sources: &ProfileSources) -> Option<String> {
        Some(sources.load().unwrap().section()?.value("region")?.to_owned())
    }

    #[test]
    fn missing_default_files_are_fine() {
        assert_eq!(region(&sources(&[("HOME", "/h")], &[])), None);
        assert_eq!(region(&sources(&[], &[("/h/.aws/config", "[default]\nregion = x")])), None);
    }

    #[test]
    fn files_are_found_below_home_or_where_a_variable_says() {
        let files = [
            ("/h/.aws/config", "[default]\nregion = home\n"),
            ("/h/other", "[default]\nregion = below-home\n"),
            ("/etc/config", "[default]\nregion = elsewhere\n"),
            ("/etc/credentials", "[default]\nregion = from-credentials\n"),
        ];
        assert_eq!(region(&sources(&[("HOME", "/h")], &files)).as_deref(), Some("home"));
        let named = [("HOME", "/h"), ("AWS_CONFIG_FILE", "/etc/config")];
        assert_eq!(region(&sources(&named, &files)).as_deref(), Some("elsewhere"));
        let tilde = [("HOME", "/h"), ("AWS_CONFIG_FILE", "~/other")];
        assert_eq!(region(&sources(&tilde, &files)).as_deref(), Some("below-home"));
        let both = [("HOME", "/h"), ("AWS_SHARED_CREDENTIALS_FILE", "/etc/credentials")];
        assert_eq!(region(&sources(&both, &files)).as_deref(), Some("from-credentials"));
    }

    #[test]
    fn a_named_file_that_is_missing_is_an_error_that_names_the_variable() {
        let error = sources(&[("AWS_CONFIG_FILE", "/nope")], &[]).load().unwrap_err().to_string();
        assert_eq!(error, "shared configuration file /nope (named by AWS_CONFIG_FILE): there is no such file");
        let error = sources(&[("AWS_SHARED_CREDENTIALS_FILE", "~/nope")], &[]).load().unwrap_err().to_string();
        assert!(error.starts_with("environment variable AWS_SHARED_CREDENTIALS_FILE begins with `~`"), "{error}");
    }

    #[test]
    fn code_chooses_the_profile_before_the_variable() {
        let files = [("/h/.aws/config", "[default]\nregion = d\n[profile a]\nregion = a\n[profile b]\nregion = b\n")];
        let mut sources = sources(&[("HOME", "/h"), ("AWS_PROFILE", "a")], &files);
        assert_eq!(region(&sources).as_deref(), Some("a"));
        sources.profile = Some("b".to_owned());
        assert_eq!(region(&sources).as_deref(), Some("b"));
    }

    #[test]
    fn an_unknown_profile_is_an_error_that_lists_the_known_ones() {
        let files = [("/h/.aws/config", "[default]\nregion = d\n[profile dev]\nregion = a\n")];
        let error = sources(&[("HOME", "/h"), ("AWS_PROFILE", "prod")], &files).load().unwrap_err().to_string();
        assert_eq!(
            error,
            "unknown profile `prod` (asked for by AWS_PROFILE): the profiles in ~/.aws/config are default, dev"
        );
        let error = sources(&[("AWS_PROFILE", "prod")], &[]).load().unwrap_err().to_string();
        assert_eq!(
            error,
            "unknown profile `prod` (asked for by AWS_PROFILE): there are no profiles in ~/.aws/config and ~/.aws/credentials, or where AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE say"
        );
        assert!(sources(&[("AWS_PROFILE", "default")], &[]).load().is_ok());
    }
}
