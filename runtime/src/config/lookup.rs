//! Settings of the environment and of a profile.

use crate::env::Env;
use crate::phrase::Escaped;
use crate::profile::{Property, Section};
use crate::region::Region;

use super::ConfigError;
use super::pseudo_region::real_region;

/// Where settings are looked up that code has not given: environment variables first, then the profile.
pub(super) struct Lookup<'a> {
    pub(super) env: Option<&'a Env>,
    pub(super) profile: Option<&'a Section>,
}

/// Where a setting was found, for messages.
enum Origin<'a> {
    Variable(&'static str),
    Profile(&'a Property, &'static str),
}

impl Lookup<'_> {
    /// The variable, else the profile's setting.
    pub(super) fn text(&self, variable: &'static str, key: &'static str) -> Option<String> {
        self.find(&[variable], key).map(|(text, _)| text)
    }

    /// A setting that is `true` or `false`, in letters of any case.
    pub(super) fn flag(&self, variable: &'static str, key: &'static str) -> Result<Option<bool>, ConfigError> {
        self.parsed(&[variable], key, "must be `true` or `false`", |text| {
            let is = |word: &str| text.eq_ignore_ascii_case(word);
            if is("true") { Some(true) } else { is("false").then_some(false) }
        })
    }

    /// A setting that counts from 1.
    pub(super) fn count(&self, variable: &'static str, key: &'static str) -> Result<Option<u32>, ConfigError> {
        self.parsed(&[variable], key, "must be a whole number of 1 or more", |text| {
            text.trim().parse().ok().filter(|count| *count >= 1)
        })
    }

    /// A setting that is the number of a port.
    pub(super) fn port(&self, variable: &'static str, key: &'static str) -> Result<Option<u16>, ConfigError> {
        self.parsed(&[variable], key, "must be a port, 1 to 65535", |text| {
            text.trim().parse().ok().filter(|port| *port >= 1)
        })
    }

    /// The region, and whether its name asks for the FIPS endpoint.
    pub(super) fn region(&self) -> Result<Option<(Region, bool)>, ConfigError> {
        let variables = ["AWS_REGION", "AMAZON_REGION", "AWS_DEFAULT_REGION"];
        self.parsed(&variables, "region", "must be a region: 1 to 63 letters, digits and inner hyphens", |text| {
            let (name, is_fips) = real_region(text);
            Some((Region::new(name).ok()?, is_fips))
        })
    }

    fn parsed<T>(
        &self,
        variables: &[&'static str],
        key: &'static str,
        rule: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, ConfigError> {
        let Some((text, origin)) = self.find(variables, key) else { return Ok(None) };
        match parse(&text) {
            Some(value) => Ok(Some(value)),
            None => Err(origin.refuse(&format!("is `{}`: it {rule}", Escaped(&text)))),
        }
    }

    fn find(&self, variables: &[&'static str], key: &'static str) -> Option<(String, Origin<'_>)> {
        let variable = self.env.and_then(|env| variables.iter().find_map(|name| Some((env.get(name)?, *name))));
        if let Some((text, name)) = variable {
            return Some((text, Origin::Variable(name)));
        }
        let property = self.profile?.get(key)?;
        Some((property.value.clone(), Origin::Profile(property, key)))
    }
}

impl Origin<'_> {
    fn refuse(&self, reason: &str) -> ConfigError {
        match self {
            Self::Variable(name) => {
                ConfigError::Environment { variable: (*name).to_owned(), reason: reason.to_owned() }
            }
            Self::Profile(property, key) => property.refuse(key, reason),
        }
    }
}
