//! Custom endpoints: of code, of the environment, of a profile.

use crate::env::Env;
use crate::named::Named;
use crate::profile::{Property, SectionKind, Selected};
use crate::url::Endpoint;

use super::{ConfigError, Lookup};

/// The endpoints that the environment and the profile name, for all services and for single ones.
///
/// Which one counts is known only once a client says which service it is of.
#[derive(Clone, Debug, Default)]
pub(super) struct ConfiguredEndpoints {
    environment: Level,
    profile: Level,
}

#[derive(Clone, Debug, Default)]
struct Level {
    /// For every service that has no entry of its own.
    all: Option<Configured>,
    /// By the service's SDK ID in capitals, spaces replaced by underscores.
    services: Named<Configured>,
}

#[derive(Clone, Debug)]
struct Configured {
    url: String,
    /// Where it was found, for messages.
    origin: String,
}

const ALL: &str = "AWS_ENDPOINT_URL";
const ONE: &str = "AWS_ENDPOINT_URL_";

impl ConfiguredEndpoints {
    /// Notes what the environment and the profile say, unless either says that it is to be ignored.
    pub(super) fn find(env: Option<&Env>, selected: Option<&Selected>) -> Result<Self, ConfigError> {
        let section = selected.and_then(Selected::section);
        let lookup = Lookup { env, profile: section };
        if lookup.flag("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls")? == Some(true) {
            return Ok(Self::default());
        }
        let environment = env.map(Level::of_environment).unwrap_or_default();
        let mut profile = Level::default();
        if let (Some(section), Some(selected)) = (section, selected) {
            profile.all = section.get("endpoint_url").map(|property| Configured::of_profile(property, "endpoint_url"));
            if let Some(name) = section.get("services") {
                let services = selected
                    .profiles
                    .section(SectionKind::Services, &name.value)
                    .ok_or_else(|| name.refuse("services", "names a `[services …]` section that does not exist"))?;
                let found = services.nested("endpoint_url");
                let found = found.map(|(name, property)| {
                    (name.to_ascii_uppercase(), Configured::of_profile(property, "endpoint_url"))
                });
                profile.services.extend(found);
            }
        }
        Ok(Self { environment, profile })
    }

    /// The endpoint of the service with this SDK ID.
    fn of_service(&self, sdk_id: &str) -> Option<&Configured> {
        let id = sdk_id.to_ascii_uppercase().replace(' ', "_");
        self.environment.of_service(&id).or_else(|| self.profile.of_service(&id))
    }

    /// The endpoint of the service with this SDK ID, its placeholders replaced.
    pub(super) fn resolve(&self, sdk_id: &str, names: &Names<'_>) -> Result<Option<Endpoint>, ConfigError> {
        let Some(configured) = self.of_service(sdk_id) else { return Ok(None) };
        names.endpoint(&configured.url).map(Some).map_err(|error| match error {
            ConfigError::InvalidEndpoint { endpoint, reason } => {
                ConfigError::InvalidEndpoint { endpoint, reason: format!("{reason} (it is {})", configured.origin) }
            }
            error => error,
        })
    }
}

impl Level {
    fn of_service(&self, id: &str) -> Option<&Configured> {
        self.services.get(id).or(self.all.as_ref())
    }

    fn of_environment(env: &Env) -> Self {
        let configured = |url, variable: &str| Configured { url, origin: format!("environment variable {variable}") };
        let mut services = Named::default();
        env.each_with_prefix(ONE, &mut |id, url| {
            let endpoint = configured(url, &format!("{ONE}{id}"));
            services.insert(id, endpoint);
        });
        Self { all: env.get(ALL).map(|url| configured(url, ALL)), services }
    }
}

impl Configured {
    fn of_profile(property: &Property, key: &str) -> Self {
        Self { url: property.value.clone(), origin: property.origin(key) }
    }
}

/// What the placeholders of an endpoint stand for.
pub(super) struct Names<'a> {
    pub(super) service: &'a str,
    pub(super) region: &'a str,
    pub(super) scheme: &'a str,
}

impl Names<'_> {
    /// Replaces the placeholders and reads the URL.
    pub(super) fn endpoint(&self, template: &str) -> Result<Endpoint, ConfigError> {
        let text = template
            .replace("{service}", self.service)
            .replace("{region}", self.region)
            .replace("{scheme}", self.scheme);
        if let Some(start) = text.find('{') {
            let end = text[start..].find('}').map_or(text.len(), |length| start + length + 1);
            return Err(ConfigError::InvalidEndpoint {
                endpoint: template.to_owned(),
                reason: format!(
                    "placeholder `{}` is unknown: use {{service}}, {{region}} or {{scheme}}",
                    &text[start..end]
                ),
            });
        }
        Endpoint::parse_with_scheme(&text, self.scheme)
    }
}
