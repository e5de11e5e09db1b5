//! The tests that a crate gets from its model: a model with cases for every binding becomes a crate, and its tests run.
//!
//! Beside each kind of expectation stands a case in which it is wrong: its test must fail, or it proves nothing.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test fails with it")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

const REQUESTS: &str = "smithy.test#httpRequestTests";
const RESPONSES: &str = "smithy.test#httpResponseTests";

type Spoil = fn(&mut Value);

/// Cases of the model, and how each is made wrong.
const WRONG: &[(&str, &str, &str, Spoil)] = &[
    ("StoreBindsLabelsQueryAndHeaders", "Method", REQUESTS, |case| case["method"] = json!("POST")),
    ("StoreBindsLabelsQueryAndHeaders", "Path", REQUESTS, |case| case["uri"] = json!("/depots/a/b")),
    ("StoreBindsLabelsQueryAndHeaders", "Query", REQUESTS, |case| case["queryParams"][2] = json!("color=red")),
    ("StoreBindsLabelsQueryAndHeaders", "QueryOfTwo", REQUESTS, |case| drop(case["queryParams"].take_item(3))),
    ("StoreBindsLabelsQueryAndHeaders", "ForbiddenQuery", REQUESTS, |case| case["forbidQueryParams"] = json!(["flag"])),
    ("StoreBindsLabelsQueryAndHeaders", "RequiredQuery", REQUESTS, |case| case["requireQueryParams"] = json!(["no"])),
    ("StoreBindsLabelsQueryAndHeaders", "Header", REQUESTS, |case| case["headers"]["X-Owner"] = json!("Bob")),
    ("StoreBindsLabelsQueryAndHeaders", "ForbiddenHeader", REQUESTS, |case| case["forbidHeaders"] = json!(["x-owner"])),
    ("StoreBindsLabelsQueryAndHeaders", "RequiredHeader", REQUESTS, |case| case["requireHeaders"] = json!(["X-No"])),
    ("StoreBindsLabelsQueryAndHeaders", "Host", REQUESTS, |case| case["resolvedHost"] = json!("example.org")),
    ("StoreBindsLabelsQueryAndHeaders", "EmptyBody", REQUESTS, |case| case["body"] = json!("{}")),
    ("DescribeWritesTheBody", "Member", REQUESTS, |case| case["params"]["title"] = json!("b")),
    ("DescribeWritesTheBody", "MissingMember", REQUESTS, |case| drop(case["params"].take_member("labels"))),
    ("DescribeWritesTheBody", "ExtraMember", REQUESTS, |case| case["body"] = json!("{}")),
    ("NoteIsSentAsText", "Text", REQUESTS, |case| case["body"] = json!("note")),
    ("DescribeReadsHeadersAndBody", "Value", RESPONSES, |case| case["params"]["title"] = json!("b")),
    ("DescribeReadsHeadersAndBody", "Time", RESPONSES, |case| case["params"]["at"] = json!(0)),
    ("DescribeReadsHeadersAndBody", "Nested", RESPONSES, |case| case["params"]["box"]["inner"] = json!([])),
    ("DescribeReadsHeadersAndBody", "NotExpected", RESPONSES, |case| drop(case["params"].take_member("names"))),
    ("DescribeReadsHeadersAndBody", "NotRead", RESPONSES, |case| drop(case["headers"].take_member("X-Revision"))),
    ("DescribeReadsHeadersAndBody", "Status", RESPONSES, |case| case["code"] = json!(200)),
    ("DescribeReadsHeadersAndBody", "Failure", RESPONSES, |case| case["code"] = json!(400)),
    ("UploadReadsAStream", "Stream", RESPONSES, |case| case["body"] = json!("another")),
    ("MissingByHeader", "OtherError", RESPONSES, |case| case["headers"]["X-Amzn-Errortype"] = json!("Full")),
    ("MissingByHeader", "NoError", RESPONSES, |case| case["code"] = json!(200)),
    ("MissingByHeader", "ErrorMember", RESPONSES, |case| case["params"]["retryAfter"] = json!(4)),
];

/// Taking parts out of JSON.
trait Take {
    fn take_item(&mut self, index: usize) -> Value;
    fn take_member(&mut self, name: &str) -> Value;
}

impl Take for Value {
    fn take_item(&mut self, index: usize) -> Value {
        self.as_array_mut().unwrap().remove(index)
    }

    fn take_member(&mut self, name: &str) -> Value {
        self.as_object_mut().unwrap().remove(name).unwrap()
    }
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn model() -> Value {
    let text = fs::read_to_string(repository().join("xtask/tests/protocol/model.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The cases of a model's shapes, of one kind.
fn cases<'a>(model: &'a mut Value, kind: &'a str) -> impl Iterator<Item = &'a mut Vec<Value>> {
    let shapes = model["shapes"].as_object_mut().unwrap().values_mut();
    shapes.filter_map(move |shape| shape.get_mut("traits")?.get_mut(kind)?.as_array_mut())
}

/// Adds the wrong cases; gives their IDs.
fn add_wrong(model: &mut Value) -> Vec<String> {
    let mut ids = Vec::new();
    for (id, what, kind, spoil) in WRONG {
        let of_shape = cases(model, kind).find(|cases| cases.iter().any(|case| case["id"] == *id));
        let of_shape = of_shape.unwrap_or_else(|| panic!("the model has no case {id}"));
        let mut case = of_shape.iter().find(|case| case["id"] == *id).unwrap().clone();
        spoil(&mut case);
        let wrong = format!("Wrong{what}");
        case["id"] = json!(wrong);
        of_shape.push(case);
        ids.push(wrong);
    }
    ids
}

/// The IDs of the cases that are for clients of the protocol.
fn ids(model: &mut Value) -> Vec<String> {
    let mut ids = Vec::new();
    for kind in [REQUESTS, RESPONSES] {
        let ours = |case: &&mut Value| case["protocol"] == "aws.protocols#restJson1" && case["appliesTo"] != "server";
        ids.extend(cases(model, kind).flatten().filter(ours).map(|case| case["id"].as_str().unwrap().to_owned()));
    }
    ids
}

/// Generates the crate of a model as a user does, runs its tests, and gives which passed.
fn test(model: &Value) -> BTreeMap<String, bool> {
    let scratch = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let (file, folder) = (scratch.join("depot.json"), scratch.join("depot-client"));
    fs::write(&file, model.to_string()).unwrap();
    let generated = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["codegen", "--model", file.to_str().unwrap(), "--out", folder.to_str().unwrap()])
        .output()
        .unwrap();
    assert!(generated.status.success(), "{}", String::from_utf8_lossy(&generated.stderr));
    // The versions that everything else is tested with, which are downloaded by now.
    fs::copy(repository().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let tested = Command::new(env!("CARGO"))
        .args(["test", "--no-fail-fast", "--no-default-features", "--features", "request-compression"])
        .arg("--manifest-path")
        .arg(folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(scratch.join("../conformance/target"))
        .env("CARGO_PROFILE_TEST_DEBUG", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("RUST_BACKTRACE", "0")
        .output()
        .unwrap();
    let (out, err) = (String::from_utf8_lossy(&tested.stdout), String::from_utf8_lossy(&tested.stderr));
    assert!(!err.contains("warning: ") && !err.contains("error["), "{err}");
    let result = |line: &str| {
        let (path, result) = line.strip_prefix("test ")?.rsplit_once(" ... ")?;
        Some((key(path.rsplit("::").next()?), result == "ok"))
    };
    let results: BTreeMap<_, _> = out.lines().filter_map(result).collect();
    assert_eq!(tested.status.success(), results.values().all(|passed| *passed), "{err}");
    results
}

/// An ID and the name of its test alike: tests are named after their IDs, in lower case with underscores.
fn key(name: &str) -> String {
    name.replace('_', "").to_lowercase()
}

#[test]
fn the_cases_of_a_model_become_tests_that_hold_it_to_them() {
    let mut model = model();
    let right = ids(&mut model);
    let wrong = add_wrong(&mut model);
    let endpoints = &mut model["shapes"]["depot#Depot"]["traits"]["smithy.rules#endpointTests"]["testCases"];
    let mut case = endpoints[0].clone();
    case["documentation"] = json!("A wrong endpoint");
    case["expect"]["endpoint"]["url"] = json!("https://example.com");
    let endpoints = endpoints.as_array_mut().unwrap();
    let right_endpoints = endpoints.len();
    endpoints.push(case);

    let mut results = test(&model);
    let mut take = |id: &String| results.remove(&key(id)).unwrap_or_else(|| panic!("{id} is no test"));
    let failures: Vec<_> = right.iter().filter(|id| !take(id)).collect();
    assert!(failures.is_empty(), "these must pass: {failures:?}");
    let toothless: Vec<_> = wrong.iter().filter(|id| take(id)).collect();
    assert!(toothless.is_empty(), "these must fail: {toothless:?}");
    // What is left are the endpoints' tests: no case for servers, none for other protocols.
    let failed = results.values().filter(|passed| !**passed).count();
    assert_eq!((results.len(), failed), (right_endpoints + 1, 1), "{results:?}");
}
