//! Reading a rule set from JSON.

use serde_json::Value;

use super::issues::{Issues, Object, kind};
use super::rules::{Argument, ArgumentKind, Call, Condition, Endpoint, Outcome, Property, PropertyKind, Rule};
use super::template::{Template, is_name};

/// The rules of the array at `path`, without those that cannot be read.
pub(super) fn rules(path: &str, value: &Value, issues: &mut Issues<'_>) -> Vec<Rule> {
    let items = issues.array(path, value).unwrap_or_default();
    if items.is_empty() {
        issues.report(path, "has no rules");
    }
    items.into_iter().filter_map(|(path, value)| rule(&path, value, issues)).collect()
}

fn rule(path: &str, value: &Value, issues: &mut Issues<'_>) -> Option<Rule> {
    let object = issues.object(path, value)?;
    let (type_path, kind) = object.need("type", issues)?;
    let kind = issues.text(&type_path, kind)?;
    let key = match kind {
        "endpoint" | "error" => kind,
        "tree" => "rules",
        other => {
            issues.report_with_help(
                &type_path,
                format!("rules of type `{other}` are not known"),
                "known are `endpoint`, `error` and `tree`",
            );
            return None;
        }
    };
    object.only(&["conditions", "documentation", "type", key], issues);
    let conditions = match object.need("conditions", issues) {
        Some((path, value)) => conditions(&path, value, issues),
        None => Vec::new(),
    };
    let (path, value) = object.need(key, issues)?;
    let outcome = match key {
        "endpoint" => Outcome::Endpoint(endpoint(&path, value, issues)?),
        "error" => Outcome::Error(argument(&path, value, issues)?),
        _ => Outcome::Tree(rules(&path, value, issues)),
    };
    Some(Rule { conditions, outcome })
}

fn conditions(path: &str, value: &Value, issues: &mut Issues<'_>) -> Vec<Condition> {
    let items = issues.array(path, value).unwrap_or_default();
    items
        .into_iter()
        .filter_map(|(path, value)| {
            let object = issues.object(&path, value)?;
            object.only(&["assign", "argv", "documentation", "fn"], issues);
            let assign = match object.get("assign") {
                Some(name) => {
                    let path = object.at("assign");
                    let name = issues.text(&path, name)?;
                    if !is_name(name) {
                        issues
                            .report(&path, format!("`{name}` is not a name: letters, digits and `_`, no digit first"));
                    }
                    Some(name.to_owned())
                }
                None => None,
            };
            let call = call(&object, issues)?;
            Some(Condition { call, assign })
        })
        .collect()
}

fn call(object: &Object<'_>, issues: &mut Issues<'_>) -> Option<Call> {
    let (path, function) = object.need("fn", issues)?;
    let function = issues.text(&path, function)?.to_owned();
    let (path, arguments) = object.need("argv", issues)?;
    let items = issues.array(&path, arguments)?;
    let count = items.len();
    let arguments: Vec<_> = items.into_iter().filter_map(|(path, value)| argument(&path, value, issues)).collect();
    // A call without one of its arguments would only give a second, misleading finding.
    (arguments.len() == count).then(|| Call { path: object.path.clone(), function, arguments })
}

fn argument(path: &str, value: &Value, issues: &mut Issues<'_>) -> Option<Argument> {
    let kind = match value {
        Value::Bool(flag) => ArgumentKind::Boolean(*flag),
        Value::String(text) => ArgumentKind::Text(template(path, text, issues)?),
        Value::Number(number) => ArgumentKind::Integer(integer(path, number, issues)?),
        Value::Object(map) => {
            let object = issues.object(path, value)?;
            if map.contains_key("ref") {
                object.only(&["ref"], issues);
                let (path, name) = object.need("ref", issues)?;
                ArgumentKind::Reference(issues.text(&path, name)?.to_owned())
            } else {
                object.only(&["argv", "fn"], issues);
                ArgumentKind::Call(call(&object, issues)?)
            }
        }
        Value::Null | Value::Array(_) => {
            issues.report(
                path,
                format!("must be a string, a boolean, an integer, a reference or a function, found {}", kind(value)),
            );
            return None;
        }
    };
    Some(Argument { path: path.to_owned(), kind })
}

fn template(path: &str, text: &str, issues: &mut Issues<'_>) -> Option<Template> {
    Template::parse(text).map_err(|flaw| issues.report(path, flaw)).ok()
}

fn integer(path: &str, number: &serde_json::Number, issues: &mut Issues<'_>) -> Option<i64> {
    let integer = number.as_i64();
    if integer.is_none() {
        issues.report(path, format!("must be an integer, found {number}"));
    }
    integer
}

fn endpoint(path: &str, value: &Value, issues: &mut Issues<'_>) -> Option<Endpoint> {
    let object = issues.object(path, value)?;
    object.only(&["headers", "properties", "url"], issues);
    let mut headers = Vec::new();
    if let Some(value) = object.get("headers") {
        let fields = issues.object(&object.at("headers"), value)?;
        for (name, path, values) in fields.fields() {
            let items = issues.array(&path, values).unwrap_or_default();
            let values = items.into_iter().filter_map(|(path, value)| argument(&path, value, issues)).collect();
            headers.push((name.to_owned(), values));
        }
    }
    let properties = match object.get("properties") {
        Some(value) => properties(&object.at("properties"), value, template, issues)?,
        None => Vec::new(),
    };
    let (path, url) = object.need("url", issues)?;
    let url = argument(&path, url, issues)?;
    Some(Endpoint { url, headers, properties })
}

/// The properties of an endpoint, their texts read by `text`: as templates in rules, as they are in tests.
pub(super) fn properties(
    path: &str,
    value: &Value,
    text: fn(&str, &str, &mut Issues<'_>) -> Option<Template>,
    issues: &mut Issues<'_>,
) -> Option<Vec<(String, Property)>> {
    let object = issues.object(path, value)?;
    object
        .fields()
        .into_iter()
        .map(|(key, path, value)| Some((key.to_owned(), property(&path, value, text, issues)?)))
        .collect()
}

fn property(
    path: &str,
    value: &Value,
    text: fn(&str, &str, &mut Issues<'_>) -> Option<Template>,
    issues: &mut Issues<'_>,
) -> Option<Property> {
    let kind = match value {
        Value::Bool(flag) => PropertyKind::Boolean(*flag),
        Value::Number(number) => PropertyKind::Integer(integer(path, number, issues)?),
        Value::String(string) => PropertyKind::Text(text(path, string, issues)?),
        Value::Array(_) => {
            let items = issues.array(path, value)?;
            let items = items.into_iter().map(|(path, value)| property(&path, value, text, issues));
            PropertyKind::List(items.collect::<Option<_>>()?)
        }
        Value::Object(_) => PropertyKind::Map(properties(path, value, text, issues)?),
        Value::Null => {
            issues.report(path, "must not be null");
            return None;
        }
    };
    Some(Property { path: path.to_owned(), kind })
}
