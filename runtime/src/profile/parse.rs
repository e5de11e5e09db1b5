//! Reads one shared file.
//!
//! The format is that of the AWS command line tools: `[sections]`, `key = value`, comments after `#` or `;`, and indented
//! lines that continue a value or, below a key without one, are settings of their own. Messages name file and line and
//! never quote a value: the line may hold a secret.

use std::sync::Arc;

use super::{Profiles, Property, Section, SectionKind};
use crate::config::ConfigError;
use crate::named::Named;

/// The two shared files: they name their sections differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flavour {
    /// `~/.aws/config`: `[default]`, `[profile NAME]`, `[sso-session NAME]`, `[services NAME]`.
    Config,
    /// `~/.aws/credentials`: `[NAME]`.
    Credentials,
}

/// Adds what the file says to `profiles`; where both say something, the file wins.
pub(super) fn parse(text: &str, flavour: Flavour, file: &str, profiles: &mut Profiles) -> Result<(), ConfigError> {
    let mut parser =
        Parser { flavour, file: file.into(), found: Profiles::default(), exact_default: None, place: Place::Top };
    for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        parser.line(line.trim_end(), index + 1).map_err(|reason| ConfigError::SharedFile {
            file: file.to_owned(),
            line: Some(index + 1),
            reason,
        })?;
    }
    parser.leave(Place::Top);
    let Parser { file, mut found, exact_default, .. } = parser;
    if let Some(exact) = exact_default {
        found.sections[SectionKind::Profile as usize].insert(DEFAULT.to_owned(), exact);
    }
    for (kind, sections) in
        [SectionKind::Profile, SectionKind::SsoSession, SectionKind::Services].into_iter().zip(found.sections)
    {
        for (name, section) in sections {
            profiles.add(kind, name, section);
        }
    }
    profiles.files.push(file);
    Ok(())
}

/// The profile that counts unless another is asked for.
const DEFAULT: &str = "default";

struct Parser {
    flavour: Flavour,
    file: Arc<str>,
    found: Profiles,
    /// `[profile default]`: the exact name of the default profile, which hides `[default]`.
    exact_default: Option<Section>,
    place: Place,
}

/// What the lines before have led to.
enum Place {
    /// Before the first section.
    Top,
    /// In a section that means nothing to us, such as `[plugins]`.
    Elsewhere,
    /// In a section.
    In {
        kind: SectionKind,
        name: String,
        /// Whether it is the default profile under its long name.
        exact: bool,
        section: Section,
        /// The setting that the lines before have led to.
        below: Option<String>,
    },
}

impl Parser {
    fn line(&mut self, line: &str, number: usize) -> Result<(), String> {
        let content = line.trim_start();
        if content.is_empty() || content.starts_with(['#', ';']) {
            Ok(())
        } else if content.len() < line.len() {
            self.indented(content, number)
        } else if let Some(header) = content.strip_prefix('[') {
            let place = self.section(header)?;
            self.leave(place);
            Ok(())
        } else {
            self.property(content, number)
        }
    }

    /// Keeps the section that ends here.
    fn leave(&mut self, next: Place) {
        let Place::In { kind, name, exact, section, .. } = std::mem::replace(&mut self.place, next) else { return };
        match (exact, &mut self.exact_default) {
            (false, _) => self.found.add(kind, name, section),
            (true, Some(exact)) => exact.properties.extend(section.properties),
            (true, none) => *none = Some(section),
        }
    }

    fn section(&self, header: &str) -> Result<Place, String> {
        let (name, rest) = header.split_once(']').ok_or("the section's name has no closing `]`")?;
        if !rest.trim_start().is_empty() && !rest.trim_start().starts_with(['#', ';']) {
            return Err("something stands after the section's `]`".to_owned());
        }
        let name = name.trim();
        if name.is_empty() {
            return Err("the section has no name".to_owned());
        }
        let (kind, own) = match (self.flavour, name.split_once(char::is_whitespace)) {
            (Flavour::Credentials, None) => (SectionKind::Profile, name),
            (Flavour::Config, None) if name == DEFAULT => (SectionKind::Profile, name),
            (Flavour::Config, Some(("profile", name))) => (SectionKind::Profile, name),
            (Flavour::Config, Some(("sso-session", name))) => (SectionKind::SsoSession, name),
            (Flavour::Config, Some(("services", name))) => (SectionKind::Services, name),
            _ => {
                tracing::debug!(file = &*self.file, section = name, "section without a meaning here");
                return Ok(Place::Elsewhere);
            }
        };
        let own = unquote(own.trim());
        let exact = self.flavour == Flavour::Config && own == DEFAULT && name != own && kind == SectionKind::Profile;
        Ok(Place::In { kind, name: own.to_owned(), exact, section: Section::default(), below: None })
    }

    fn property(&mut self, content: &str, number: usize) -> Result<(), String> {
        let (key, property) = assignment(content, &self.file, number)?;
        match &mut self.place {
            Place::Top => Err("a setting stands before the first `[section]`".to_owned()),
            Place::Elsewhere => Ok(()),
            Place::In { section, below, .. } => {
                *below = Some(key.clone());
                section.properties.insert(key, property);
                Ok(())
            }
        }
    }

    /// A line that continues the setting above it.
    fn indented(&mut self, content: &str, number: usize) -> Result<(), String> {
        let parent = match &mut self.place {
            Place::Elsewhere => return Ok(()),
            Place::In { section, below: Some(key), .. } => section.properties.get_mut(key),
            Place::In { .. } | Place::Top => None,
        };
        let parent = parent.ok_or("an indented line stands below no setting")?;
        if parent.value.is_empty() {
            let (key, property) = assignment(content, &self.file, number)?;
            parent.nested.insert(key, property);
        } else {
            parent.value.push('\n');
            parent.value.push_str(without_comment(content));
        }
        Ok(())
    }
}

fn assignment(content: &str, file: &Arc<str>, line: usize) -> Result<(String, Property), String> {
    let (key, value) = content.split_once('=').ok_or("expected `key = value`, found no `=`")?;
    let key = key.trim().to_ascii_lowercase();
    if key.is_empty() {
        return Err("expected `key = value`, found no key before the `=`".to_owned());
    }
    let value = without_comment(value.trim()).to_owned();
    Ok((key, Property { value, nested: Named::default(), file: Arc::clone(file), line }))
}

/// A comment after a value begins with white space: `#` and `;` may be part of a value.
fn without_comment(value: &str) -> &str {
    let comment = value.char_indices().find(|(index, c)| {
        let before = value[..*index].chars().next_back();
        matches!(c, '#' | ';') && before.is_none_or(char::is_whitespace)
    });
    comment.map_or(value, |(index, _)| value[..index].trim_end())
}

fn unquote(name: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(inner) = name.strip_prefix(quote).and_then(|name| name.strip_suffix(quote)) {
            return inner;
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(text: &str) -> Profiles {
        let mut profiles = Profiles::default();
        parse(text, Flavour::Config, "config", &mut profiles).unwrap();
        profiles
    }

    fn value(profiles: &Profiles, profile: &str, key: &str) -> Option<String> {
        profiles.profile(profile)?.value(key).map(str::to_owned)
    }

    fn refusal(text: &str) -> String {
        parse(text, Flavour::Config, "~/.aws/config", &mut Profiles::default()).unwrap_err().to_string()
    }

    #[test]
    fn profiles_and_settings_are_read() {
        let text = "\u{feff}# a comment\n\n[default]\nregion = us-west-2\r\nREGION_B=  x  \n[profile dev] ; another\n  # indented comment\nregion=eu-west-1 # the office\npath = a#b;c\n[ profile  \"my team\" ]\nregion = ap-south-1\n";
        let profiles = config(text);
        assert_eq!(value(&profiles, "default", "region").as_deref(), Some("us-west-2"));
        assert_eq!(value(&profiles, "default", "region_b").as_deref(), Some("x"));
        assert_eq!(value(&profiles, "dev", "region").as_deref(), Some("eu-west-1"));
        assert_eq!(value(&profiles, "dev", "path").as_deref(), Some("a#b;c"));
        assert_eq!(value(&profiles, "my team", "region").as_deref(), Some("ap-south-1"));
        assert_eq!(profiles.names().collect::<Vec<_>>(), ["default", "dev", "my team"]);
    }

    #[test]
    fn indented_lines_continue_a_value_or_are_settings_below_a_key() {
        let text = "[services local]\nkinesis_video =\n  endpoint_url = http://a # here\n  Other = 1\ns3 =\n  endpoint_url =\n[default]\nlong = a\n  b\n  c\n";
        let profiles = config(text);
        let services = profiles.section(SectionKind::Services, "local").unwrap();
        let nested: Vec<_> =
            services.nested("endpoint_url").map(|(name, property)| (name, property.value.as_str())).collect();
        assert_eq!(nested, [("kinesis_video", "http://a")]);
        assert_eq!(value(&profiles, "default", "long").as_deref(), Some("a\nb\nc"));
    }

    #[test]
    fn the_credentials_file_has_bare_names_and_wins() {
        let mut profiles = config("[default]\nregion = us-west-2\naws_access_key_id = OLD\n[dev]\nregion = ignored\n");
        let text = "[default]\naws_access_key_id = NEW\n[dev]\naws_access_key_id = DEV\n[profile odd]\na = b\n";
        parse(text, Flavour::Credentials, "credentials", &mut profiles).unwrap();
        assert_eq!(value(&profiles, "default", "aws_access_key_id").as_deref(), Some("NEW"));
        assert_eq!(value(&profiles, "default", "region").as_deref(), Some("us-west-2"));
        assert_eq!(value(&profiles, "dev", "region"), None);
        assert_eq!(profiles.names().collect::<Vec<_>>(), ["default", "dev"]);
        assert_eq!(profiles.files(), "config and credentials");
    }

    #[test]
    fn sections_of_one_name_are_one_and_the_long_name_of_the_default_profile_hides_the_short() {
        let profiles = config("[profile a]\nx = 1\ny = 1\n[profile a]\nx = 2\n");
        assert_eq!(value(&profiles, "a", "x").as_deref(), Some("2"));
        assert_eq!(value(&profiles, "a", "y").as_deref(), Some("1"));
        for text in [
            "[profile default]\nx = 1\n[default]\nx = 2\ny = 2\n",
            "[default]\nx = 2\ny = 2\n[profile default]\nx = 1\n",
        ] {
            let profiles = config(text);
            assert_eq!(value(&profiles, "default", "x").as_deref(), Some("1"));
            assert_eq!(value(&profiles, "default", "y"), None);
        }
    }

    #[test]
    fn an_empty_value_counts_as_unset() {
        assert_eq!(value(&config("[default]\nregion =\n"), "default", "region"), None);
        assert_eq!(value(&config("[default]\nregion = # none\n"), "default", "region"), None);
    }

    #[test]
    fn a_malformed_line_is_named_and_not_quoted() {
        for (text, line, reason) in [
            ("[default\nregion = x", 1, "no closing `]`"),
            ("[]\n", 1, "the section has no name"),
            ("[default] x\n", 1, "after the section's `]`"),
            ("\nregion = x\n", 2, "before the first `[section]`"),
            ("  region = x\n", 1, "below no setting"),
            ("[default]\n  region = x\n", 2, "below no setting"),
            ("[default]\naws_secret_access_key hunter2\n", 2, "found no `=`"),
            ("[default]\n= hunter2\n", 2, "no key before the `=`"),
            ("[default]\ns3 =\n  hunter2\n", 3, "found no `=`"),
        ] {
            let message = refusal(text);
            assert!(message.contains(&format!("~/.aws/config, line {line}: ")), "{message}");
            assert!(message.contains(reason), "{message}");
            assert!(!message.contains("hunter2"), "{message}");
        }
    }

    #[test]
    fn debug_shows_no_value() {
        let shown = format!("{:?}", config("[default]\naws_secret_access_key = hunter2\n"));
        assert!(shown.contains("aws_secret_access_key") && !shown.contains("hunter2"), "{shown}");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused_and_never_quoted(text in r"([ \t]?[\[\]=#;a-z \u{e9}-]{0,12}\n){0,12}") {
            for flavour in [Flavour::Config, Flavour::Credentials] {
                let marked = text.replace('e', "hunter2");
                if let Err(error) = parse(&marked, flavour, "file", &mut Profiles::default()) {
                    proptest::prop_assert!(!error.to_string().contains("hunter2"));
                }
            }
        }
    }
}
