//! The protocol tests: each suite becomes a model with Smithy's own test traits, and a module of one crate.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use kinesisvideo_codegen::model::{HasTraits as _, ShapeKind};
use kinesisvideo_codegen::package::{GeneratedModel, ModelOptions, generate_model};
use kinesisvideo_codegen::parse::{Parsed, service2};
use kinesisvideo_codegen::traits;
use serde_json::{Map, Value, json};

use super::{Crates, Outcome, cargo};

/// Cases that do not fit, with the reason.
const SKIPPED: &[(&str, &str)] = &[];

/// The two files of suites.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Input,
    Output,
}

impl Side {
    const ALL: [Self; 2] = [Self::Input, Self::Output];

    fn name(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Output => "output",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Input => "protocol tests, input",
            Self::Output => "protocol tests, output",
        }
    }

    fn file(self) -> String {
        format!("tests/unit/protocols/{}/rest-json.json", self.name())
    }

    fn trait_id(self) -> &'static str {
        match self {
            Self::Input => "smithy.test#httpRequestTests",
            Self::Output => "smithy.test#httpResponseTests",
        }
    }
}

/// Generates and runs both files.
pub(super) fn run(crates: &Crates<'_>, botocore: &Path) -> Result<Vec<(&'static str, Outcome)>, String> {
    let mut models = Vec::new();
    let mut sides = Vec::new();
    for side in Side::ALL {
        let mut outcome = Outcome::default();
        // The path of each test in the crate, and its ID.
        let mut tests = BTreeMap::new();
        for suite in suites(botocore, side, &mut outcome)? {
            let ids: Vec<&String> = suite.cases.iter().map(|(id, _)| id).collect();
            match generate(side, &suite) {
                Ok(model) => {
                    let named = model.protocol_tests.iter().flat_map(|tests| tests.names(&model.module));
                    tests.extend(named);
                    models.push(model);
                }
                Err(error) => outcome.failed.extend(ids.iter().map(|id| format!("{id}: {error}"))),
            }
        }
        sides.push((side, outcome, tests));
    }
    let partitions = botocore.join("botocore/data/partitions.json");
    let runs = crates.test("protocol-tests", "botocore's protocol tests", models, &partitions, cargo::Target::Tests)?;
    let mut results: BTreeMap<String, cargo::TestRun> = runs.into_iter().map(|run| (run.name.clone(), run)).collect();
    let mut outcomes = Vec::new();
    for (side, mut outcome, tests) in sides {
        for (name, id) in tests {
            match results.remove(&name) {
                Some(run) if run.passed => outcome.passed += 1,
                Some(run) => outcome.failed.push(format!("{id}: {}", run.output)),
                None => outcome.failed.push(format!("{id}: did not run as {name}")),
            }
        }
        outcomes.push((side.title(), outcome));
    }
    Ok(outcomes)
}

/// Tests of one operation, in one shape of it.
struct Suite {
    module: String,
    /// The operation.
    given: Value,
    shapes: Value,
    metadata: Map<String, Value>,
    endpoint: Option<String>,
    cases: Vec<(String, Value)>,
}

/// The suites of a file. One whose cases give their operation differently becomes several.
fn suites(botocore: &Path, side: Side, outcome: &mut Outcome) -> Result<Vec<Suite>, String> {
    let file = side.file();
    let text = fs::read_to_string(botocore.join(&file)).map_err(|error| format!("{file}: {error}"))?;
    let value: Value = serde_json::from_str(&text).map_err(|error| format!("{file}: {error}"))?;
    let mut suites: Vec<Suite> = Vec::new();
    for (number, suite) in value.as_array().into_iter().flatten().enumerate() {
        let first = suites.len();
        for case in suite["cases"].as_array().into_iter().flatten() {
            let id = case["id"].as_str().unwrap_or_default().to_owned();
            if let Some((_, reason)) = SKIPPED.iter().find(|(skipped, _)| *skipped == id) {
                outcome.skipped.push(format!("{id}: {reason}"));
                continue;
            }
            let mut given = case["given"].clone();
            given.as_object_mut().map(|given| given.remove("documentation"));
            let known = suites.iter().skip(first).position(|suite| suite.given == given);
            let index = match known {
                Some(index) => first + index,
                None => {
                    let version = suites.len() - first;
                    suites.push(Suite {
                        module: format!("{}_{number:02}_{version}", side.name()),
                        given,
                        shapes: suite["shapes"].clone(),
                        metadata: suite["metadata"].as_object().cloned().unwrap_or_default(),
                        endpoint: suite["clientEndpoint"].as_str().map(str::to_owned),
                        cases: Vec::new(),
                    });
                    suites.len() - 1
                }
            };
            if let Some(suite) = suites.get_mut(index) {
                suite.cases.push((id, case.clone()));
            }
        }
    }
    Ok(suites)
}

/// Generates the module of a suite, with its tests.
fn generate(side: Side, suite: &Suite) -> Result<GeneratedModel, String> {
    let parsed = service2::from_value(&side.file(), service(suite), &service2::Options::default());
    let mut parsed = parsed.map_err(|diagnostics| diagnostics.to_string())?;
    add_tests(side, suite, &mut parsed)?;
    let options = ModelOptions { module: Some(&suite.module), ..ModelOptions::default() };
    let model = generate_model(parsed, &options).map_err(|diagnostics| diagnostics.to_string())?;
    match model.refused.first() {
        Some(refused) => Err(format!("{} {}", refused.operation.name(), refused.reason)),
        None => Ok(model),
    }
}

/// The suite as a `service-2.json`.
fn service(suite: &Suite) -> Value {
    let mut metadata = suite.metadata.clone();
    for (key, value) in
        [("serviceId", suite.module.as_str()), ("endpointPrefix", "example"), ("signatureVersion", "v4")]
    {
        metadata.entry(key).or_insert_with(|| json!(value));
    }
    let name = suite.given["name"].as_str().unwrap_or("OperationName");
    json!({
        "version": "2.0",
        "metadata": metadata,
        "operations": {name: suite.given},
        "shapes": suite.shapes,
    })
}

/// Puts the cases where Smithy has them: on the operation, and on errors.
fn add_tests(side: Side, suite: &Suite, parsed: &mut Parsed) -> Result<(), String> {
    let mut by_shape: BTreeMap<_, Vec<Value>> = BTreeMap::new();
    for (id, case) in &suite.cases {
        let error = case["errorCode"].as_str();
        let shape = parsed.model.shapes.values().find(|shape| match error {
            Some(code) => shape.id.name() == code && shape.fault().is_some(),
            None => matches!(shape.kind, ShapeKind::Operation(_)),
        });
        let shape = shape.ok_or_else(|| format!("{id}: the model has no shape to put the test on"))?;
        let test = match side {
            Side::Input => request_test(id, case, suite),
            Side::Output => response_test(id, case),
        };
        by_shape.entry(shape.id.clone()).or_default().push(test);
    }
    for (id, tests) in by_shape {
        if let Some(shape) = parsed.model.shapes.get_mut(&id) {
            shape.traits.set(side.trait_id(), Value::Array(tests));
        }
    }
    Ok(())
}

fn request_test(id: &str, case: &Value, suite: &Suite) -> Value {
    let expected = &case["serialized"];
    let uri = expected["uri"].as_str().unwrap_or_default();
    let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
    let query: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty()).collect();
    let endpoint = suite.endpoint.as_deref().map(|url| url.split_once("://").map_or(url, |(_, host)| host));
    // Smithy means the `Host` header, botocore what it compares with a URL.
    let resolved = expected["host"].as_str().map(|host| host.split('/').next().unwrap_or_default());
    let mut test = json!({
        "id": id,
        "protocol": traits::REST_JSON_1,
        "documentation": case["description"],
        "params": case["params"],
        "method": expected["method"],
        "uri": path,
        "queryParams": query,
        // The URI is the whole of it.
        "forbidQueryParams": other_parameters(suite, &query),
        "headers": expected.get("headers").cloned().unwrap_or_else(|| json!({})),
        "forbidHeaders": expected.get("forbidHeaders").cloned().unwrap_or_else(|| json!([])),
        "requireHeaders": expected.get("requireHeaders").cloned().unwrap_or_else(|| json!([])),
        "host": endpoint,
        "resolvedHost": resolved,
    });
    if let Some(body) = expected.get("body") {
        test["body"] = body.clone();
        test["bodyMediaType"] = json!(if is_raw(suite) { "application/octet-stream" } else { "application/json" });
    }
    test
}

fn input_members(suite: &Suite) -> impl Iterator<Item = (&String, &Value)> {
    let input = suite.given["input"]["shape"].as_str().unwrap_or_default();
    suite.shapes[input]["members"].as_object().into_iter().flatten()
}

/// The parameters that members have and that are not in the query.
fn other_parameters<'a>(suite: &'a Suite, query: &[&str]) -> Vec<&'a str> {
    let names = input_members(suite).filter(|(_, member)| member["location"] == "querystring");
    let names = names.map(|(name, member)| member["locationName"].as_str().unwrap_or(name));
    names.filter(|name| !query.iter().any(|pair| pair.split('=').next() == Some(name))).collect()
}

/// Whether the body is a member that is not JSON.
fn is_raw(suite: &Suite) -> bool {
    let input = suite.given["input"]["shape"].as_str().unwrap_or_default();
    let Some(payload) = suite.shapes[input]["payload"].as_str() else { return false };
    let target = suite.shapes[input]["members"][payload]["shape"].as_str().unwrap_or_default();
    matches!(suite.shapes[target]["type"].as_str(), Some("string" | "blob"))
}

fn response_test(id: &str, case: &Value) -> Value {
    let response = &case["response"];
    let params = case.get("error").or_else(|| case.get("result")).cloned().unwrap_or_else(|| json!({}));
    let mut test = json!({
        "id": id,
        "protocol": traits::REST_JSON_1,
        "documentation": case["description"],
        "params": params,
        "code": response["status_code"],
        "headers": response.get("headers").cloned().unwrap_or_else(|| json!({})),
    });
    if let Some(body) = response.get("body") {
        test["body"] = body.clone();
    }
    test
}
