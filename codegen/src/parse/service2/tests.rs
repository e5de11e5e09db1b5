//! A service in AWS's form, and what is wrong with some.

mod beside;
mod flaws;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::model::{HasTraits, ShapeKind};
use crate::parse::shuffle::shuffled;
use crate::parse::smithy;

/// A model with these operations and shapes.
fn document(operations: Value, shapes: Value) -> Value {
    json!({
        "version": "2.0",
        "metadata": {
            "apiVersion": "2020-01-01",
            "endpointPrefix": "sky",
            "protocol": "rest-json",
            "protocols": ["rest-json"],
            "serviceFullName": "Amazon Sky",
            "serviceId": "Blue Sky",
            "signatureVersion": "v4",
            "signingName": "sky",
            "auth": ["aws.auth#sigv4"],
        },
        "operations": operations,
        "shapes": shapes,
    })
}

fn read_with(document: &Value, options: &Options<'_>) -> Result<Parsed, String> {
    let text = document.to_string();
    let source = Source { file: "service-2.json", text: &text };
    parse(source, options).map_err(|error| error.to_string())
}

fn read(operations: Value, shapes: Value) -> Result<Parsed, String> {
    read_with(&document(operations, shapes), &Options::default())
}

fn shape<'a>(parsed: &'a Parsed, name: &str) -> &'a Shape {
    &parsed.model.shapes[&ShapeId::new(format!("com.amazonaws.bluesky#{name}"))]
}

/// The operation `Get` with this input, output and more.
fn operation(rest: Value) -> Value {
    let mut get = json!({"name": "Get", "http": {"method": "GET", "requestUri": "/get"}});
    if let (Some(get), Value::Object(rest)) = (get.as_object_mut(), rest) {
        get.extend(rest);
    }
    json!({"Get": get})
}

/// What `Debug` shows, whatever the order: it is that of the keys of traits, which models may write in any.
fn lines(value: &impl std::fmt::Debug) -> Vec<String> {
    let mut lines: Vec<String> = format!("{value:#?}").lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

#[test]
fn both_forms_of_a_service_give_the_same_model() {
    let ours = read(
        json!({"PutCloud": {
            "name": "PutCloud",
            "http": {"method": "PUT", "requestUri": "/sky/{skyName}/{path+}?kind=cloud", "responseCode": 201},
            "input": {"shape": "PutCloudRequest"},
            "output": {"shape": "PutCloudResponse"},
            "errors": [{"shape": "RainException"}, {"shape": "BusyException"}],
            "documentation": "<p>Puts.</p>",
            "endpoint": {"hostPrefix": "{name}."},
            "idempotent": true,
            "deprecated": true,
            "deprecatedMessage": "no clouds",
        }}),
        json!({
            "PutCloudRequest": {"type": "structure", "required": ["name"], "members": {
                "name": {"shape": "Name", "location": "uri", "locationName": "skyName", "hostLabel": true},
                "path": {"shape": "Name", "location": "uri", "locationName": "path"},
                "size": {"shape": "Size", "locationName": "Size", "documentation": "How big."},
                "token": {"shape": "Token", "idempotencyToken": true},
                "kinds": {"shape": "Kinds", "location": "querystring", "locationName": "kinds"},
                "filters": {"shape": "Filters", "location": "querystring", "locationName": "filters"},
                "trace": {"shape": "Token", "location": "header", "locationName": "X-Trace", "jsonvalue": true},
                "tags": {"shape": "Filters", "location": "headers", "locationName": "x-tag-"},
                "until": {"shape": "When", "timestampFormat": "iso8601", "contextParam": {"name": "Until"}},
            }},
            "PutCloudResponse": {"type": "structure", "payload": "body", "members": {
                "body": {"shape": "Body"},
                "status": {"shape": "Status", "location": "statusCode"},
            }},
            "RainException": {"type": "structure", "members": {"message": {"shape": "Token"}}, "error": {"httpStatusCode": 409, "senderFault": true}, "exception": true},
            "BusyException": {"type": "structure", "members": {}, "error": {"httpStatusCode": 503}, "exception": true, "fault": true, "retryable": {"throttling": true}},
            "Name": {"type": "string", "min": 1, "max": 8, "pattern": "[a-z]+"},
            "Size": {"type": "integer", "min": -5},
            "Token": {"type": "string", "sensitive": true},
            "Kind": {"type": "string", "enum": ["z", "a"], "max": 9},
            "Kinds": {"type": "list", "member": {"shape": "Kind"}, "max": 3},
            "Filters": {"type": "map", "key": {"shape": "Name"}, "value": {"shape": "Token"}},
            "When": {"type": "timestamp"},
            "Body": {"type": "blob", "streaming": true},
            "Status": {"type": "integer", "box": true},
            "Anything": {"type": "structure", "members": {}, "document": true},
            "Choice": {"type": "structure", "union": true, "members": {"one": {"shape": "Name"}, "other": {"shape": "Anything", "locationName": "Other"}}},
        }),
    )
    .unwrap();
    assert!(ours.warnings.is_empty(), "{}", ours.warnings);
    let theirs = json!({"smithy": "2.0", "shapes": {
        "b#BlueSky": {"type": "service", "version": "2020-01-01", "operations": [{"target": "b#PutCloud"}], "traits": {
            "aws.api#service": {"sdkId": "Blue Sky", "endpointPrefix": "sky"},
            "aws.auth#sigv4": {"name": "sky"},
            "aws.protocols#restJson1": {},
            "smithy.api#title": "Amazon Sky",
        }},
        "b#PutCloud": {
            "type": "operation",
            "input": {"target": "b#PutCloudRequest"},
            "output": {"target": "b#PutCloudResponse"},
            "errors": [{"target": "b#RainException"}, {"target": "b#BusyException"}],
            "traits": {
                "smithy.api#http": {"method": "PUT", "uri": "/sky/{name}/{path+}?kind=cloud", "code": 201},
                "smithy.api#documentation": "<p>Puts.</p>",
                "smithy.api#endpoint": {"hostPrefix": "{name}."},
                "smithy.api#idempotent": {},
                "smithy.api#deprecated": {"message": "no clouds"},
            },
        },
        "b#PutCloudRequest": {"type": "structure", "traits": {"smithy.api#input": {}}, "members": {
            "name": {"target": "b#Name", "traits": {"smithy.api#httpLabel": {}, "smithy.api#required": {}, "smithy.api#hostLabel": {}}},
            "path": {"target": "b#Name", "traits": {"smithy.api#httpLabel": {}, "smithy.api#required": {}}},
            "size": {"target": "b#Size", "traits": {"smithy.api#jsonName": "Size", "smithy.api#documentation": "How big."}},
            "token": {"target": "b#Token", "traits": {"smithy.api#idempotencyToken": {}}},
            "kinds": {"target": "b#Kinds", "traits": {"smithy.api#httpQuery": "kinds"}},
            "filters": {"target": "b#Filters", "traits": {"smithy.api#httpQueryParams": {}}},
            "trace": {"target": "b#SyntheticJsonToken", "traits": {"smithy.api#httpHeader": "X-Trace"}},
            "tags": {"target": "b#Filters", "traits": {"smithy.api#httpPrefixHeaders": "x-tag-"}},
            "until": {"target": "b#When", "traits": {"smithy.api#timestampFormat": "date-time", "smithy.rules#contextParam": {"name": "Until"}}},
        }},
        "b#PutCloudResponse": {"type": "structure", "traits": {"smithy.api#output": {}}, "members": {
            "body": {"target": "b#Body", "traits": {"smithy.api#httpPayload": {}, "smithy.api#default": ""}},
            "status": {"target": "b#Status", "traits": {"smithy.api#httpResponseCode": {}}},
        }},
        "b#RainException": {"type": "structure", "members": {"message": {"target": "b#Token"}}, "traits": {"smithy.api#error": "client", "smithy.api#httpError": 409}},
        "b#BusyException": {"type": "structure", "traits": {"smithy.api#error": "server", "smithy.api#httpError": 503, "smithy.api#retryable": {"throttling": true}}},
        "b#Name": {"type": "string", "traits": {"smithy.api#length": {"min": 1, "max": 8}, "smithy.api#pattern": "^[a-z]+$"}},
        "b#Size": {"type": "integer", "traits": {"smithy.api#range": {"min": -5}}},
        "b#Token": {"type": "string", "traits": {"smithy.api#sensitive": {}}},
        "b#SyntheticJsonToken": {"type": "string", "traits": {"smithy.api#mediaType": "application/json"}},
        "b#Kind": {"type": "string", "traits": {"smithy.api#enum": [{"value": "a"}, {"value": "z"}]}},
        "b#Kinds": {"type": "list", "member": {"target": "b#Kind"}, "traits": {"smithy.api#length": {"max": 3}}},
        "b#Filters": {"type": "map", "key": {"target": "b#Name"}, "value": {"target": "b#Token"}},
        "b#When": {"type": "timestamp"},
        "b#Body": {"type": "blob", "traits": {"smithy.api#streaming": {}}},
        "b#Status": {"type": "integer"},
        "b#Anything": {"type": "document"},
        "b#Choice": {"type": "union", "members": {"one": {"target": "b#Name"}, "other": {"target": "b#Anything", "traits": {"smithy.api#jsonName": "Other"}}}},
    }});
    let text = theirs.to_string().replace("\"b#", "\"com.amazonaws.bluesky#");
    let theirs = smithy::parse(Source { file: "m.json", text: &text }).unwrap();
    for (id, theirs) in &theirs.shapes {
        let ours = ours.model.shapes.get(id);
        assert_eq!(lines(&ours), lines(&Some(theirs)), "{id}");
    }
    assert_eq!(ours.model.shapes.len(), theirs.shapes.len());
}

#[test]
fn an_operation_without_input_and_output_has_none() {
    let parsed = read(operation(json!({})), json!({})).unwrap();
    let ShapeKind::Operation(get) = &shape(&parsed, "Get").kind else { panic!("not an operation") };
    assert!(get.input.is_unit() && get.output.is_unit() && get.errors.is_empty());
}

#[test]
fn shapes_make_room_for_operations_and_the_service() {
    let parsed = read(
        operation(json!({"input": {"shape": "Get"}})),
        json!({"Get": {"type": "structure", "members": {"x": {"shape": "BlueSky"}}}, "BlueSky": {"type": "string"}}),
    )
    .unwrap();
    let ShapeKind::Operation(get) = &shape(&parsed, "Get").kind else { panic!("not an operation") };
    assert_eq!(get.input.name(), "GetShape");
    assert!(matches!(shape(&parsed, "BlueSky").kind, ShapeKind::String));
    assert!(matches!(shape(&parsed, "BlueSkyService").kind, ShapeKind::Service(_)));
}

#[test]
fn ways_to_sign_are_told_apart() {
    let auth = |rest: Value| {
        let parsed = read(operation(rest), json!({})).unwrap();
        let get = shape(&parsed, "Get");
        (get.get(traits::AUTH).cloned(), get.has(traits::UNSIGNED_PAYLOAD))
    };
    assert_eq!(auth(json!({})), (None, false));
    assert_eq!(auth(json!({"authtype": "none"})), (Some(json!([])), false));
    assert_eq!(auth(json!({"authtype": "none", "auth": ["smithy.api#noAuth"]})), (Some(json!([])), false));
    assert_eq!(auth(json!({"authtype": "v4-unsigned-body"})), (None, true));
    assert_eq!(
        auth(json!({"auth": ["aws.auth#sigv4"], "unsignedPayload": true})),
        (Some(json!(["aws.auth#sigv4"])), true)
    );
}

#[test]
fn errors_may_be_described_where_they_are_listed() {
    let listed =
        json!({"errors": [{"shape": "Down", "error": {"httpStatusCode": 500}, "exception": true}, {"shape": "Odd"}]});
    let parsed = read(
        operation(listed),
        json!({"Down": {"type": "structure", "members": {}}, "Odd": {"type": "structure", "members": {}}}),
    )
    .unwrap();
    let down = shape(&parsed, "Down");
    assert_eq!((down.fault(), down.http_error()), (Some(crate::model::Fault::Server), Some(500)));
    let odd = shape(&parsed, "Odd");
    assert_eq!((odd.fault(), odd.http_error()), (Some(crate::model::Fault::Client), None));
}

#[test]
fn event_streams_become_streaming_unions() {
    let parsed = read(
        json!({}),
        json!({
            "Events": {"type": "structure", "eventstream": true, "members": {"audio": {"shape": "Audio"}}},
            "Audio": {"type": "structure", "event": true, "members": {"chunk": {"shape": "Chunk", "eventpayload": true}}},
            "Chunk": {"type": "blob"},
        }),
    )
    .unwrap();
    let events = shape(&parsed, "Events");
    assert!(matches!(events.kind, ShapeKind::Union(_)) && events.streaming());
    assert!(shape(&parsed, "Audio").member("chunk").unwrap().has("smithy.api#eventPayload"));
}

#[test]
fn patterns_mean_the_whole_text() {
    let pattern = |pattern: &str| {
        let parsed = read(json!({}), json!({"S": {"type": "string", "pattern": pattern}})).unwrap();
        shape(&parsed, "S").pattern().map(str::to_owned)
    };
    for (written, expected) in [("a+", "^a+$"), ("^a+", "^a+$"), ("a$", "^a$"), ("^a$", "^a$"), (".*", ".*")] {
        assert_eq!(pattern(written), Some(expected.to_owned()));
    }
}

#[test]
fn bounds_of_lengths_are_whole_numbers() {
    let length = |bounds: Value| {
        let mut list = json!({"type": "list", "member": {"shape": "S"}});
        if let (Some(list), Value::Object(bounds)) = (list.as_object_mut(), bounds) {
            list.extend(bounds);
        }
        let parsed = read(json!({}), json!({"L": list, "S": {"type": "string"}})).unwrap();
        shape(&parsed, "L").get(traits::LENGTH).cloned()
    };
    assert_eq!(length(json!({"min": 1.0, "max": 3})), Some(json!({"min": 1, "max": 3})));
    assert_eq!(length(json!({"min": -1, "max": 3})), Some(json!({"max": 3})));
    assert_eq!(length(json!({"min": -1})), None);
}

fn sample() -> Value {
    document(
        operation(json!({"input": {"shape": "GetRequest"}, "errors": [{"shape": "Oops"}], "authtype": "none"})),
        json!({
            "GetRequest": {"type": "structure", "required": ["b"], "members": {"b": {"shape": "Text", "jsonvalue": true}, "a": {"shape": "Kind"}}},
            "Oops": {"type": "structure", "exception": true, "error": {"httpStatusCode": 400}, "members": {}},
            "Text": {"type": "string", "max": 3, "min": 1, "pattern": "a"},
            "Kind": {"type": "string", "enum": ["b", "a"]},
        }),
    )
}

fn read_text(text: &str) -> Result<String, Diagnostics> {
    let source = Source { file: "service-2.json", text };
    parse(source, &Options::default()).map(|parsed| format!("{parsed:?}"))
}

proptest! {
    #[test]
    fn the_order_of_keys_does_not_matter(seed: u64) {
        let value = sample();
        prop_assert_eq!(read_text(&shuffled(&value, seed)), read_text(&value.to_string()));
    }

    #[test]
    fn a_model_cut_short_or_damaged_never_panics(at in any::<prop::sample::Index>(), byte in 32_u8..127) {
        let text = sample().to_string();
        let at = at.index(text.len());
        prop_assert!(read_text(&text[..at]).is_err());
        let mut bytes = text.into_bytes();
        bytes[at] = byte;
        drop(read_text(std::str::from_utf8(&bytes).unwrap()));
    }
}
