//! Models in AWS's own form, made from Smithy's: what `service-2.json` and the files beside it would say.
//!
//! It says what the services of this repository need said. What the form has no words for is left out, as it is by AWS.

use serde_json::{Map, Value, json};

/// A `service-2.json` and what lies beside it.
pub(crate) struct AwsForm {
    pub(crate) service: Value,
    pub(crate) paginators: Value,
    pub(crate) endpoint_rule_set: Option<Value>,
}

/// The service of a Smithy model in AWS's own form.
pub(crate) fn from_smithy(model: &Value) -> AwsForm {
    let shapes = model["shapes"].as_object().unwrap();
    let (_, service) = shapes.iter().find(|(_, shape)| shape["type"] == "service").unwrap();
    let traits = &service["traits"];
    let of_type = |name: &'static str| shapes.iter().filter(move |(_, shape)| shape["type"] == name);
    let operations: Map<String, Value> =
        of_type("operation").map(|(id, shape)| (name(id).to_owned(), operation(name(id), shape))).collect();
    let mut converted: Map<String, Value> = shapes
        .iter()
        .filter(|(_, shape)| !["service", "operation", "resource"].contains(&shape["type"].as_str().unwrap()))
        .map(|(id, value)| (name(id).to_owned(), shape(value)))
        .collect();
    for (prelude, kind) in PRELUDE {
        converted.insert(format!("Smithy{prelude}"), json!({"type": kind}));
    }
    let api = &traits["aws.api#service"];
    let signing = &traits["aws.auth#sigv4"]["name"];
    let metadata = json!({
        "apiVersion": service["version"],
        "auth": ["aws.auth#sigv4"],
        "endpointPrefix": api.get("endpointPrefix").unwrap_or(&api["arnNamespace"]),
        "protocol": "rest-json",
        "protocols": ["rest-json"],
        "serviceFullName": traits["smithy.api#title"],
        "serviceId": api["sdkId"],
        "signatureVersion": "v4",
        "signingName": signing,
    });
    let paginators: Map<String, Value> = of_type("operation")
        .filter_map(|(id, shape)| Some((name(id).to_owned(), paginator(shape["traits"].get("smithy.api#paginated")?))))
        .collect();
    AwsForm {
        service: json!({"version": "2.0", "metadata": metadata, "operations": operations, "shapes": converted}),
        paginators: json!({"pagination": paginators}),
        endpoint_rule_set: traits.get("smithy.rules#endpointRuleSet").cloned(),
    }
}

/// Smithy's own shapes, which the form does not have.
const PRELUDE: [(&str, &str); 9] = [
    ("Blob", "blob"),
    ("Boolean", "boolean"),
    ("Double", "double"),
    ("Float", "float"),
    ("Integer", "integer"),
    ("Long", "long"),
    ("String", "string"),
    ("Timestamp", "timestamp"),
    ("PrimitiveLong", "long"),
];

fn name(id: &str) -> &str {
    id.rsplit('#').next().unwrap()
}

fn reference(target: &Value) -> String {
    let id = target.as_str().unwrap();
    match id.strip_prefix("smithy.api#") {
        Some(prelude) => format!("Smithy{prelude}"),
        None => name(id).to_owned(),
    }
}

fn operation(name: &str, shape: &Value) -> Value {
    let traits = &shape["traits"];
    let http = &traits["smithy.api#http"];
    let mut out = json!({
        "name": name,
        "http": {
            "method": http["method"],
            "requestUri": http["uri"],
            "responseCode": http.get("code").unwrap_or(&json!(200)),
        },
    });
    for key in ["input", "output"] {
        if let Some(target) = shape.get(key).filter(|target| target["target"] != "smithy.api#Unit") {
            out[key] = json!({"shape": reference(&target["target"])});
        }
    }
    let errors = shape.get("errors").and_then(Value::as_array);
    out["errors"] = errors.into_iter().flatten().map(|error| json!({"shape": reference(&error["target"])})).collect();
    for (id, key) in
        [("smithy.api#idempotent", "idempotent"), ("smithy.api#httpChecksumRequired", "httpChecksumRequired")]
    {
        if traits.get(id).is_some() {
            out[key] = json!(true);
        }
    }
    out
}

fn paginator(trait_value: &Value) -> Value {
    let keys = [
        ("inputToken", "input_token"),
        ("outputToken", "output_token"),
        ("pageSize", "limit_key"),
        ("items", "result_key"),
    ];
    keys.iter()
        .filter_map(|(from, to)| Some(((*to).to_owned(), trait_value.get(*from)?.clone())))
        .collect::<Map<_, _>>()
        .into()
}

fn shape(shape: &Value) -> Value {
    let traits = shape.get("traits").cloned().unwrap_or_default();
    let kind = shape["type"].as_str().unwrap();
    let mut out = json!({"type": kind});
    match kind {
        "enum" => {
            out["type"] = json!("string");
            let values = shape["members"].as_object().unwrap().iter();
            out["enum"] = values
                .map(|(name, value)| value["traits"].get("smithy.api#enumValue").cloned().unwrap_or(json!(name)))
                .collect();
        }
        "list" => out["member"] = member(&shape["member"]),
        "map" => {
            for key in ["key", "value"] {
                out[key] = member(&shape[key]);
            }
        }
        "structure" | "union" => {
            out["type"] = json!("structure");
            if kind == "union" {
                out["union"] = json!(true);
            }
            let members = shape.get("members").and_then(Value::as_object).cloned().unwrap_or_default();
            let having = |id: &str| {
                members
                    .iter()
                    .filter(|(_, value)| value["traits"].get(id).is_some())
                    .map(|(name, _)| json!(name))
                    .collect::<Vec<_>>()
            };
            let required = having("smithy.api#required");
            if !required.is_empty() {
                out["required"] = required.into();
            }
            if let Some(payload) = having("smithy.api#httpPayload").first() {
                out["payload"] = payload.clone();
            }
            out["members"] =
                members.iter().map(|(name, value)| (name.clone(), member(value))).collect::<Map<_, _>>().into();
        }
        _ => {}
    }
    if let Some(error) = traits.get("smithy.api#error") {
        out["exception"] = json!(true);
        out["error"] = json!({"senderFault": error == "client"});
        if let Some(status) = traits.get("smithy.api#httpError") {
            out["error"]["httpStatusCode"] = status.clone();
        }
    }
    for id in ["smithy.api#length", "smithy.api#range"] {
        for key in ["min", "max"] {
            if let Some(bound) = traits.get(id).and_then(|bounds| bounds.get(key)) {
                out[key] = bound.clone();
            }
        }
    }
    if let Some(pattern) = traits.get("smithy.api#pattern") {
        out["pattern"] = pattern.clone();
    }
    for key in ["sensitive", "streaming", "sparse"] {
        if traits.get(format!("smithy.api#{key}")).is_some() {
            out[key] = json!(true);
        }
    }
    out
}

fn member(member: &Value) -> Value {
    let mut out = json!({"shape": reference(&member["target"])});
    let traits = member.get("traits").cloned().unwrap_or_default();
    let places =
        [("smithy.api#httpLabel", "uri"), ("smithy.api#httpQuery", "querystring"), ("smithy.api#httpHeader", "header")];
    for (id, location) in places {
        if let Some(value) = traits.get(id) {
            out["location"] = json!(location);
            if let Value::String(name) = value {
                out["locationName"] = json!(name);
            }
        }
    }
    if let Some(name) = traits.get("smithy.api#jsonName") {
        out["locationName"] = name.clone();
    }
    if traits.get("smithy.api#idempotencyToken").is_some() {
        out["idempotencyToken"] = json!(true);
    }
    out
}
