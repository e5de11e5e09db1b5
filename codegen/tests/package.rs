//! Crates of their own, and the protocol tests of a model in them.
#![allow(clippy::unwrap_used, reason = "helpers of tests may fail")]

use kinesisvideo_codegen::Files;
use kinesisvideo_codegen::package::{ModelOptions, Package, Runtime, generate_model, generate_package};
use kinesisvideo_codegen::parse::{self, Source, service2};
use serde_json::{Value, json};

const PARTITIONS: Source<'_> = Source { file: "partitions.json", text: include_str!("../../model/partitions.json") };

/// A service with one operation that has these traits, an input with a blob, and an error.
fn model(traits: Value) -> Value {
    let mut operation_traits = json!({"smithy.api#http": {"method": "POST", "uri": "/put/{name}"}});
    operation_traits.as_object_mut().unwrap().extend(traits.as_object().unwrap().clone());
    json!({
        "smithy": "2.0",
        "shapes": {
            "a#Service": {
                "type": "service",
                "version": "2020-01-01",
                "operations": [{"target": "a#Put"}],
                "traits": {"aws.protocols#restJson1": {}, "aws.api#service": {"sdkId": "Small Store"}}
            },
            "a#Put": {
                "type": "operation",
                "input": {"target": "a#PutInput"},
                "output": {"target": "a#PutOutput"},
                "errors": [{"target": "a#Full"}],
                "traits": operation_traits
            },
            "a#PutInput": {
                "type": "structure",
                "members": {
                    "name": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}, "smithy.api#httpLabel": {}}},
                    "data": {"target": "smithy.api#Blob"}
                }
            },
            "a#PutOutput": {
                "type": "structure",
                "members": {
                    "tag": {"target": "smithy.api#String", "traits": {"smithy.api#jsonName": "eTag"}},
                    "at": {"target": "smithy.api#Timestamp", "traits": {"smithy.api#httpHeader": "x-at", "smithy.api#jsonName": "no"}}
                }
            },
            "a#Full": {
                "type": "structure",
                "members": {"message": {"target": "smithy.api#String"}},
                "traits": {
                    "smithy.api#error": "client",
                    "smithy.test#httpResponseTests": [{
                        "id": "Full", "protocol": "aws.protocols#restJson1", "code": 507, "params": {"message": "no room"},
                        "headers": {"x-amzn-errortype": "Full"}, "body": "{\"message\":\"no room\"}"
                    }]
                }
            }
        }
    })
}

fn request_test(id: &str, more: Value) -> Value {
    let mut test = json!({
        "id": id, "protocol": "aws.protocols#restJson1", "method": "POST", "uri": "/put/b",
        "params": {"name": "b", "data": "foo"}, "body": "{\"data\":\"Zm9v\"}", "bodyMediaType": "application/json"
    });
    test.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    test
}

fn generate(model: &Value) -> Result<Files, String> {
    let source = Source { file: "small.json", text: &model.to_string() };
    let parsed = parse::parse(source, &service2::Options::default()).map_err(|error| error.to_string())?;
    let generated = generate_model(parsed, &ModelOptions::default()).map_err(|error| error.to_string())?;
    let package = Package {
        name: "small-store-client",
        description: "A client",
        source: "small.json",
        docs: "A client.",
        runtime: Runtime::Version("0.1"),
        is_workspace: false,
    };
    generate_package(&package, vec![generated], PARTITIONS).map_err(|error| error.to_string())
}

#[test]
fn a_package_is_whole_and_holds_nothing_it_does_not_need() {
    let files = generate(&model(json!({}))).unwrap();
    let outside: Vec<&str> =
        files.keys().map(String::as_str).filter(|name| !name.starts_with("src/small_store/")).collect();
    // The error has a test, the operation has none; no rule looks at partitions.
    let tests = ["main", "responses", "server", "small_store_tests"].map(|name| format!("tests/protocol/{name}.rs"));
    let expected: Vec<&str> =
        ["Cargo.toml", "src/lib.rs"].into_iter().chain(tests.iter().map(String::as_str)).collect();
    assert_eq!(outside, expected);
    assert!(files["src/lib.rs"].contains("pub mod small_store;") && !files["src/lib.rs"].contains("partitions"));
    for (name, text) in &files {
        assert!(text.starts_with("// @generated") || text.starts_with("# @generated"), "{name}");
    }
}

#[test]
fn request_tests_for_clients_become_tests_of_their_ids() {
    let tests = json!([
        request_test(
            "PutWithData",
            json!({"queryParams": ["a=b"], "forbidHeaders": ["x"], "host": "example.org/base"})
        ),
        request_test("ForServers", json!({"appliesTo": "server"})),
        request_test("ForAnotherProtocol", json!({"protocol": "aws.protocols#restXml"})),
    ]);
    let files = generate(&model(json!({"smithy.test#httpRequestTests": tests}))).unwrap();
    let text = &files["tests/protocol/small_store_tests.rs"];
    let expected = r#"fn put_with_data() {
        let params = "{\"data\":\"Zm9v\",\"name\":\"b\"}";
        let expected = Expected {
            query: &["a=b"],
            forbidden_headers: &["x"],
            json: Some("{\"data\":\"Zm9v\"}"),
            ..Expected::new("POST", "/put/b")
        };
        expected.check(&send::<service::PutInput>("example.org/base", params));
    }"#;
    assert!(text.contains(expected), "{text}");
    assert!(!text.contains("for_servers") && !text.contains("for_another_protocol"), "{text}");
}

#[test]
fn response_tests_compare_with_what_outputs_and_errors_are_written_as() {
    let test = json!([{
        "id": "PutGivesTag", "protocol": "aws.protocols#restJson1", "code": 200,
        "params": {"tag": "t", "at": 0}, "headers": {"x-at": "Thu, 01 Jan 1970 00:00:00 GMT"}, "body": "{\"eTag\":\"t\"}"
    }]);
    let files = generate(&model(json!({"smithy.test#httpResponseTests": test}))).unwrap();
    let text = &files["tests/protocol/small_store_tests.rs"];
    // A member in the body by the name it has there, one in a header by the model's; labels are filled in.
    assert!(text.contains(r#"check(&output, "{\"at\":0,\"eTag\":\"t\"}");"#), "{text}");
    assert!(text.contains(r#"output::<service::PutInput>("{\"name\":\"a\"}", answer)"#), "{text}");
    assert!(text.contains("let service::ServiceError::Full(error) = error"), "{text}");
}

#[test]
fn a_test_that_does_not_fit_the_model_is_refused() {
    let cases = [
        (
            request_test("Odd", json!({"params": {"nmae": "b"}})),
            "small.json: a#Put: the protocol test `Odd` has `nmae`, which a#PutInput does not have",
        ),
        (
            request_test("Odd", json!({"params": ["b"]})),
            "small.json: a#Put: the protocol test `Odd` has [\"b\"] for a structure",
        ),
        (json!({"id": "Odd"}), "small.json: a#Put: `smithy.test#httpRequestTests`: "),
    ];
    for (test, expected) in cases {
        let error = generate(&model(json!({"smithy.test#httpRequestTests": [test]}))).unwrap_err();
        assert!(error.starts_with(expected), "{error}");
    }
}

#[test]
fn patterns_that_nothing_checks_are_noted_with_their_shape() {
    let mut model = model(json!({}));
    model["shapes"]["a#PutInput"]["members"]["note"] =
        json!({"target": "smithy.api#String", "traits": {"smithy.api#pattern": "a{2,1}"}});
    let source = Source { file: "small.json", text: &model.to_string() };
    let parsed = parse::parse(source, &service2::Options::default()).unwrap();
    let generated = generate_model(parsed, &ModelOptions::default()).unwrap();
    assert_eq!(
        generated.warnings.to_string(),
        "small.json: a#PutInput$note: has a pattern that is not checked before sending: it is not a regular expression, at \
         character 2: the numbers in braces are out of order"
    );
}

#[test]
fn a_name_that_is_none_for_a_module_is_refused() {
    for name in ["a b", "self", "", "1a", "Polly", "é"] {
        let text = model(json!({})).to_string();
        let parsed = parse::parse(Source { file: "small.json", text: &text }, &service2::Options::default()).unwrap();
        let options = ModelOptions { module: Some(name), ..ModelOptions::default() };
        let error = generate_model(parsed, &options).unwrap_err().to_string();
        assert!(
            error.starts_with(&format!("small.json: a#Service: cannot become the module `{name}` (help: ")),
            "{error}"
        );
    }
}
