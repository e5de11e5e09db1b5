//! The parameters of a rule set.

use serde_json::Value;

use super::issues::{Issues, Object, kind};
use super::template::is_name;
use crate::naming;

/// A parameter of a rule set, and its field in the emitted `EndpointParams`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name in the rule set: `UseDualStack`.
    pub name: String,
    /// The name of its field: `use_dual_stack`.
    pub field: String,
    /// The type of its values.
    pub kind: ParameterType,
    /// Whether rules need a value. Without a [default](Self::default), resolving fails where there is none.
    pub required: bool,
    /// The built-in that gives its value unless something more specific does: `AWS::Region`.
    pub built_in: Option<String>,
    /// Its value where nothing gives one.
    pub default: Option<ParameterValue>,
    /// Whether any rule looks at it.
    pub is_read: bool,
}

/// The type of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterType {
    /// A `String`.
    String,
    /// A `bool`.
    Boolean,
    /// A `Vec<String>`.
    StringArray,
}

/// A value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterValue {
    /// A value of [`ParameterType::String`].
    String(String),
    /// A value of [`ParameterType::Boolean`].
    Boolean(bool),
    /// A value of [`ParameterType::StringArray`].
    StringArray(Vec<String>),
}

impl Parameter {
    /// Whether its field is an `Option`: all are but those with a default.
    pub fn is_optional(&self) -> bool {
        self.default.is_none()
    }
}

impl ParameterType {
    /// What it is, in words.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::String => "a string",
            Self::Boolean => "a boolean",
            Self::StringArray => "an array of strings",
        }
    }

    /// The JSON value as a value of this type.
    pub(super) fn value(self, path: &str, value: &Value, issues: &mut Issues<'_>) -> Option<ParameterValue> {
        let parsed = match (self, value) {
            (Self::String, Value::String(text)) => Some(ParameterValue::String(text.clone())),
            (Self::Boolean, Value::Bool(flag)) => Some(ParameterValue::Boolean(*flag)),
            (Self::StringArray, Value::Array(items)) => items
                .iter()
                .map(|item| item.as_str().map(str::to_owned))
                .collect::<Option<_>>()
                .map(ParameterValue::StringArray),
            _ => None,
        };
        if parsed.is_none() {
            issues.report(path, format!("must be {}, found {}", self.name(), kind(value)));
        }
        parsed
    }
}

/// The field of the runtime's `BuiltIns` for a built-in, and its type.
pub(super) fn built_in_field(built_in: &str) -> Option<(&'static str, ParameterType)> {
    Some(match built_in {
        "AWS::Region" => ("region", ParameterType::String),
        "AWS::UseFIPS" => ("use_fips", ParameterType::Boolean),
        "AWS::UseDualStack" => ("use_dual_stack", ParameterType::Boolean),
        "SDK::Endpoint" => ("endpoint", ParameterType::String),
        "AWS::Auth::AccountId" => ("account_id", ParameterType::String),
        "AWS::Auth::AccountIdEndpointMode" => ("account_id_endpoint_mode", ParameterType::String),
        "AWS::Auth::CredentialScope" => ("credential_scope", ParameterType::String),
        _ => return None,
    })
}

/// The parameters of the object at `path`, sorted by name.
pub(super) fn parse(path: &str, value: &Value, issues: &mut Issues<'_>) -> Vec<Parameter> {
    let Some(object) = issues.object(path, value) else {
        return Vec::new();
    };
    let mut parameters: Vec<Parameter> = Vec::new();
    for (name, path, value) in object.fields() {
        let Some(object) = issues.object(&path, value) else {
            continue;
        };
        let Some(parameter) = parameter(name, &object, issues) else {
            continue;
        };
        if let Some(other) = parameters.iter().find(|other| other.field == parameter.field) {
            issues.report(&path, format!("`{name}` and `{}` differ only in their spelling", other.name));
        }
        parameters.push(parameter);
    }
    parameters
}

fn parameter(name: &str, object: &Object<'_>, issues: &mut Issues<'_>) -> Option<Parameter> {
    object.only(&["builtIn", "default", "deprecated", "documentation", "required", "type"], issues);
    if !is_name(name) {
        issues.report(&object.path, format!("`{name}` is not a name: letters, digits and `_`, no digit first"));
    }
    let (path, type_name) = object.need("type", issues)?;
    let kind = match issues.text(&path, type_name)? {
        // The models of some services write the names of Smithy's shapes.
        "string" | "String" => ParameterType::String,
        "boolean" | "Boolean" => ParameterType::Boolean,
        "stringArray" | "StringArray" => ParameterType::StringArray,
        other => {
            issues.report_with_help(
                &path,
                format!("parameters of type `{other}` are not known"),
                "known are `string`, `boolean` and `stringArray`",
            );
            return None;
        }
    };
    let required = match object.get("required") {
        Some(value) => issues.flag(&object.at("required"), value)?,
        None => false,
    };
    let default = match object.get("default") {
        Some(value) => Some(kind.value(&object.at("default"), value, issues)?),
        None => None,
    };
    if default.is_some() && !required {
        issues.report_with_help(
            &object.path,
            "a parameter with a default must be required",
            "add `\"required\": true`",
        );
    }
    let built_in = match object.get("builtIn") {
        Some(value) => Some(issues.text(&object.at("builtIn"), value)?.to_owned()),
        None => None,
    };
    if let Some(built_in) = &built_in {
        check_built_in(built_in, kind, required && default.is_none(), object, issues);
    }
    Some(Parameter {
        name: name.to_owned(),
        field: naming::local(name),
        kind,
        required,
        built_in,
        default,
        is_read: false,
    })
}

fn check_built_in(
    built_in: &str,
    kind: ParameterType,
    cannot_do_without: bool,
    object: &Object<'_>,
    issues: &mut Issues<'_>,
) {
    let path = object.at("builtIn");
    match built_in_field(built_in) {
        Some((_, expected)) if expected != kind => issues
            .report(&path, format!("built-in `{built_in}` is {}, the parameter is {}", expected.name(), kind.name())),
        None if cannot_do_without => issues.report_with_help(
            &path,
            format!("built-in `{built_in}` is not supported, and the parameter is required"),
            "give the parameter a default",
        ),
        // A built-in that no setting fills is the same as one that the user leaves unset.
        _ => {}
    }
}
