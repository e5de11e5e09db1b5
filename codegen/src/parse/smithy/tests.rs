//! Models that read, and what they read as.

mod flaws;

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::*;
use crate::model::{HasTraits, ShapeKind};
use crate::parse::shuffle::shuffled;

fn read(text: &str) -> Result<Model, String> {
    parse(Source { file: "m.json", text }).map_err(|error| error.to_string())
}

fn model_of(shapes: Value) -> Result<Model, String> {
    read(&json!({"smithy": "2.0", "shapes": shapes}).to_string())
}

fn member<'a>(model: &'a Model, shape: &str, name: &str) -> &'a crate::model::Member {
    model.shapes[&ShapeId::new(shape)].member(name).unwrap()
}

#[test]
fn what_may_be_absent_is_empty() {
    let model = model_of(json!({
        "a#S": {"type": "service"},
        "a#Op": {"type": "operation"},
        "a#R": {"type": "resource"},
        "a#B": {"type": "structure"},
        "a#U": {"type": "union"},
    }))
    .unwrap();
    let ShapeKind::Operation(operation) = &model.shapes[&ShapeId::new("a#Op")].kind else { panic!("not an operation") };
    assert!(operation.input.is_unit() && operation.output.is_unit() && operation.errors.is_empty());
    assert!(model.shapes.contains_key(&ShapeId::new("smithy.api#Unit")));
    assert!(model.shapes[&ShapeId::new("a#B")].members().next().is_none());
}

#[test]
fn operations_of_a_resource_are_gathered_from_its_lifecycle() {
    let model = model_of(json!({
        "a#R": {
            "type": "resource",
            "identifiers": {"id": {"target": "smithy.api#String"}},
            "read": {"target": "a#Get"},
            "list": {"target": "a#List"},
            "operations": [{"target": "a#Act"}],
            "collectionOperations": [{"target": "a#List"}],
        },
        "a#Get": {"type": "operation"},
        "a#List": {"type": "operation"},
        "a#Act": {"type": "operation"},
    }))
    .unwrap();
    let ShapeKind::Resource(resource) = &model.shapes[&ShapeId::new("a#R")].kind else { panic!("not a resource") };
    let names: Vec<&str> = resource.operations.iter().map(ShapeId::name).collect();
    assert_eq!(names, ["Act", "Get", "List"]);
}

#[test]
fn both_kinds_of_enumeration_give_the_same_values() {
    let model = model_of(json!({
        "a#Old": {"type": "string", "traits": {"smithy.api#enum": [
            {"value": "b", "name": "B", "documentation": "Bee"},
            {"value": "a", "name": "A", "deprecated": true, "tags": ["x"]},
        ]}},
        "a#New": {"type": "enum", "members": {
            "A": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "a", "smithy.api#deprecated": {}}},
            "B": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "b", "smithy.api#documentation": "Bee"}},
        }},
    }))
    .unwrap();
    let values = |name: &str| format!("{:?}", model.shapes[&ShapeId::new(name)].kind);
    assert_eq!(values("a#Old"), values("a#New"));
}

#[test]
fn mixins_are_copied_and_gone() {
    let model = model_of(json!({
        "a#Base": {
            "type": "structure",
            "traits": {
                "smithy.api#mixin": {"localTraits": ["smithy.api#private"]},
                "smithy.api#private": {},
                "smithy.api#documentation": "base",
                "smithy.api#sensitive": {},
            },
            "members": {"id": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}}}},
        },
        "a#Middle": {
            "type": "structure",
            "traits": {"smithy.api#mixin": {}},
            "mixins": [{"target": "a#Base"}],
            "members": {"more": {"target": "smithy.api#Integer"}},
        },
        "a#Middle$id": {"type": "apply", "traits": {"smithy.api#documentation": "of Middle"}},
        "a#User": {
            "type": "structure",
            "traits": {"smithy.api#documentation": "own"},
            "mixins": [{"target": "a#Middle"}],
            "members": {"own": {"target": "smithy.api#Boolean"}},
        },
        "a#User$id": {"type": "apply", "traits": {"smithy.api#jsonName": "ID"}},
    }))
    .unwrap();
    let user = &model.shapes[&ShapeId::new("a#User")];
    let names: Vec<&str> = user.members().map(|member| member.name.as_str()).collect();
    assert_eq!(names, ["id", "more", "own"]);
    assert_eq!(user.documentation(), Some("own"));
    assert!(user.sensitive() && !user.has("smithy.api#private") && !user.has(crate::traits::MIXIN));
    let id = member(&model, "a#User", "id");
    assert!(id.required());
    assert_eq!((id.documentation(), id.json_name()), (Some("of Middle"), Some("ID")));
    assert!(
        !model.shapes.contains_key(&ShapeId::new("a#Base")) && !model.shapes.contains_key(&ShapeId::new("a#Middle"))
    );
}

#[test]
fn mixins_of_operations_add_errors_and_inputs() {
    let model = model_of(json!({
        "a#Common": {
            "type": "operation",
            "traits": {"smithy.api#mixin": {}},
            "input": {"target": "a#In"},
            "errors": [{"target": "a#Denied"}],
        },
        "a#Op": {"type": "operation", "mixins": [{"target": "a#Common"}], "errors": [{"target": "a#Busy"}]},
        "a#In": {"type": "structure"},
        "a#Busy": {"type": "structure"},
        "a#Denied": {"type": "structure"},
    }))
    .unwrap();
    let (_, operation) = model.operations().next().unwrap();
    assert_eq!(operation.input.name(), "In");
    assert_eq!(operation.errors.iter().map(ShapeId::name).collect::<Vec<_>>(), ["Busy", "Denied"]);
}

#[test]
fn numbers_of_smithy_1_are_zero_when_absent_unless_boxed() {
    let model = read(
        &json!({"smithy": "1.0", "shapes": {
            "a#Count": {"type": "integer"},
            "a#Boxed": {"type": "integer", "traits": {"smithy.api#box": {}}},
            "a#FromOne": {"type": "long", "traits": {"smithy.api#range": {"min": 1}}},
            "a#Tags": {"type": "set", "member": {"target": "smithy.api#String"}},
            "a#B": {"type": "structure", "members": {
                "count": {"target": "a#Count"},
                "boxed": {"target": "a#Boxed"},
                "boxedHere": {"target": "a#Count", "traits": {"smithy.api#box": {}}},
                "flag": {"target": "smithy.api#PrimitiveBoolean"},
                "fromOne": {"target": "a#FromOne"},
                "plain": {"target": "smithy.api#Integer"},
            }},
        }})
        .to_string(),
    )
    .unwrap();
    let default = |name: &str| member(&model, "a#B", name).default_value().cloned();
    assert_eq!(default("count"), Some(json!(0)));
    assert_eq!(default("flag"), Some(json!(false)));
    for name in ["boxed", "boxedHere", "fromOne", "plain"] {
        assert_eq!(default(name), None, "{name}");
    }
    let tags = &model.shapes[&ShapeId::new("a#Tags")];
    assert!(matches!(tags.kind, ShapeKind::List(_)) && tags.has(crate::traits::UNIQUE_ITEMS));
}

#[test]
fn long_chains_of_mixins_and_targets_need_no_stack() {
    let mut shapes = Map::new();
    for index in 0..20_000 {
        shapes.insert(
            format!("a#M{index}"),
            json!({"type": "structure", "traits": {"smithy.api#mixin": {}}, "mixins": [{"target": format!("a#M{}", index + 1)}]}),
        );
    }
    shapes.insert("a#M20000".to_owned(), json!({"type": "structure", "traits": {"smithy.api#mixin": {}}}));
    shapes.insert("a#B".to_owned(), json!({"type": "structure", "mixins": [{"target": "a#M0"}]}));
    assert_eq!(model_of(Value::Object(shapes)).unwrap().shapes.len(), 1);
}

const SAMPLE: &str = r#"{"smithy": "2.0", "metadata": {"x": [1]}, "shapes": {
    "a#S": {"type": "service", "version": "1", "operations": [{"target": "a#Op"}],
        "traits": {"aws.protocols#restJson1": {}, "smithy.rules#endpointRuleSet": {"version": "1.0", "rules": [], "parameters": {"b": {}, "a": {}}}}},
    "a#Op": {"type": "operation", "input": {"target": "a#In"}, "traits": {"smithy.api#http": {"method": "POST", "uri": "/x", "code": 200}}},
    "a#In": {"type": "structure", "members": {"one": {"target": "a#E", "traits": {"smithy.api#required": {}, "smithy.api#jsonName": "1"}}, "two": {"target": "a#L"}}},
    "a#L": {"type": "list", "member": {"target": "smithy.api#Long"}},
    "a#E": {"type": "enum", "members": {"Z": {"target": "smithy.api#Unit"}, "A": {"target": "smithy.api#Unit"}}}}}"#;

proptest! {
    #[test]
    fn the_order_of_keys_does_not_matter(seed: u64) {
        let expected = format!("{:?}", read(SAMPLE).unwrap());
        let value: Value = serde_json::from_str(SAMPLE).unwrap();
        prop_assert_eq!(format!("{:?}", read(&shuffled(&value, seed)).unwrap()), expected);
    }

    #[test]
    fn a_model_cut_short_is_an_error(end in 0..SAMPLE.len()) {
        prop_assert!(read(&SAMPLE[..end]).is_err());
    }

    #[test]
    fn a_model_with_a_damaged_byte_never_panics(at in 0..SAMPLE.len(), byte in 32_u8..127) {
        let mut bytes = SAMPLE.as_bytes().to_vec();
        bytes[at] = byte;
        drop(read(std::str::from_utf8(&bytes).unwrap()));
    }
}
