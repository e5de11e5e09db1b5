//! Endpoints: their URL, headers and properties.

use super::super::issues::{Issues, list};
use super::super::parse;
use super::super::rules::{self, PropertyKind};
use super::super::template::Template;
use super::super::typed::{AuthScheme, Endpoint, Kind, Property, Setting, Type, Value, Variables};
use super::{Checker, Scope};

/// The property that the runtime has a type for.
const AUTH_SCHEMES: &str = "authSchemes";

/// Properties by name.
type Properties = Vec<(String, Property)>;

impl Checker<'_, '_> {
    pub(super) fn endpoint(&mut self, endpoint: &rules::Endpoint, scope: &Scope) -> Option<Endpoint> {
        let url = self.required(&endpoint.url, Type::String, "the URL", scope);
        let mut headers = Vec::new();
        for (name, values) in &endpoint.headers {
            let values =
                values.iter().filter_map(|value| self.required(value, Type::String, "a header's value", scope));
            headers.push((name.clone(), values.collect()));
        }
        let (auth_schemes, properties) = self.properties(&endpoint.properties, scope)?;
        Some(Endpoint { url: url?, headers, auth_schemes, properties })
    }

    fn properties(
        &mut self,
        properties: &[(String, rules::Property)],
        scope: &Scope,
    ) -> Option<(Vec<AuthScheme>, Properties)> {
        let (mut auth_schemes, mut others) = (Vec::new(), Vec::new());
        for (name, property) in properties {
            match (name.as_str(), &property.kind) {
                (AUTH_SCHEMES, PropertyKind::List(schemes)) => {
                    for scheme in schemes {
                        auth_schemes.push(self.auth_scheme(scheme, scope)?);
                    }
                }
                (AUTH_SCHEMES, _) => {
                    self.issues.report(&property.path, "must be an array");
                    return None;
                }
                _ => others.push((name.clone(), self.property(property, scope)?)),
            }
        }
        Some((auth_schemes, others))
    }

    fn property(&mut self, property: &rules::Property, scope: &Scope) -> Option<Property> {
        Some(match &property.kind {
            PropertyKind::Boolean(flag) => Property::Value(Value::boolean(Kind::Boolean(*flag))),
            PropertyKind::Integer(number) => Property::Value(Value::new(Kind::Integer(*number), Type::Integer, false)),
            PropertyKind::Text(text) => Property::Value(self.template(&property.path, text, scope)?),
            PropertyKind::List(items) => {
                let items = items.iter().map(|item| self.property(item, scope));
                Property::List(items.collect::<Option<_>>()?)
            }
            PropertyKind::Map(fields) => {
                let fields = fields.iter().map(|(key, field)| Some((key.clone(), self.property(field, scope)?)));
                Property::Map(fields.collect::<Option<_>>()?)
            }
        })
    }

    fn auth_scheme(&mut self, scheme: &rules::Property, scope: &Scope) -> Option<AuthScheme> {
        let PropertyKind::Map(fields) = &scheme.kind else {
            self.issues.report(&scheme.path, "must be an object");
            return None;
        };
        let (mut name, mut settings) = (None, Vec::new());
        for (key, field) in fields {
            match (key.as_str(), &field.kind) {
                ("name", PropertyKind::Text(text)) => {
                    name = Some(self.template(&field.path, text, scope)?);
                }
                ("signingName", PropertyKind::Text(text)) => {
                    settings.push(Setting { method: "signing_name", value: self.template(&field.path, text, scope)? })
                }
                ("signingRegion", PropertyKind::Text(text)) => {
                    settings.push(Setting { method: "signing_region", value: self.template(&field.path, text, scope)? })
                }
                ("signingRegionSet", PropertyKind::List(regions)) => {
                    for region in regions {
                        let PropertyKind::Text(text) = &region.kind else {
                            self.issues.report(&region.path, "must be a string");
                            return None;
                        };
                        settings.push(Setting {
                            method: "signing_region_in_set",
                            value: self.template(&region.path, text, scope)?,
                        });
                    }
                }
                // What is off without it need not be said.
                ("disableDoubleEncoding" | "disableNormalizePath", PropertyKind::Boolean(false)) => {}
                ("disableDoubleEncoding", PropertyKind::Boolean(true)) => settings
                    .push(Setting { method: "disable_double_encoding", value: Value::boolean(Kind::Boolean(true)) }),
                ("disableNormalizePath", PropertyKind::Boolean(true)) => settings
                    .push(Setting { method: "disable_normalize_path", value: Value::boolean(Kind::Boolean(true)) }),
                _ => {
                    self.issues.report_with_help(
                        &field.path,
                        "this setting of an authentication scheme is not known, or has the wrong type",
                        format!(
                            "known are the strings {}, the booleans {} and the array {}",
                            list(&["name", "signingName", "signingRegion"]),
                            list(&["disableDoubleEncoding", "disableNormalizePath"]),
                            list(&["signingRegionSet"]),
                        ),
                    );
                    return None;
                }
            }
        }
        if name.is_none() {
            self.issues.report(&scheme.path, "has no `name`");
        }
        Some(AuthScheme { name: name?, settings })
    }
}

/// The endpoint that a test expects, in which texts are as they are.
pub(in super::super) fn expected(path: &str, value: &serde_json::Value, issues: &mut Issues<'_>) -> Option<Endpoint> {
    let object = issues.object(path, value)?;
    object.only(&["headers", "properties", "url"], issues);
    let (url_path, url) = object.need("url", issues)?;
    let url = issues.text(&url_path, url)?.to_owned();
    let mut headers = Vec::new();
    if let Some(value) = object.get("headers") {
        for (name, path, values) in issues.object(&object.at("headers"), value)?.fields() {
            let values = issues.array(&path, values)?;
            let values = values.into_iter().map(|(path, value)| issues.text(&path, value).map(Value::text));
            headers.push((name.to_owned(), values.collect::<Option<_>>()?));
        }
    }
    let literal = |_: &str, text: &str, _: &mut Issues<'_>| Some(Template::literal(text));
    let properties = match object.get("properties") {
        Some(value) => parse::properties(&object.at("properties"), value, literal, issues)?,
        None => Vec::new(),
    };
    let mut checker = Checker { variables: Variables::default(), unchecked: Default::default(), issues };
    let nothing = Scope { names: Default::default(), idents: Default::default(), facts: Vec::new() };
    let (auth_schemes, properties) = checker.properties(&properties, &nothing)?;
    Some(Endpoint { url: Value::text(url), headers, auth_schemes, properties })
}
