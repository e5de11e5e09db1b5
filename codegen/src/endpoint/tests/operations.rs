//! Operations with endpoint parameters of their own.

use super::*;
use crate::model::{Member, Model, Operation, Shape, ShapeKind};

/// A model with one operation, whose input has one member.
fn model(operation_traits: Value, member_traits: Value) -> Model {
    let traits = |value: Value| match value {
        Value::Object(map) => Traits(map.into_iter().collect()),
        _ => Traits::default(),
    };
    let (operation, input) = (ShapeId::new("com.a#Get"), ShapeId::new("com.a#GetInput"));
    let member =
        Member { name: "id".to_owned(), target: ShapeId::new("smithy.api#String"), traits: traits(member_traits) };
    let kind = ShapeKind::Operation(Operation {
        input: input.clone(),
        output: ShapeId::new("smithy.api#Unit"),
        errors: Vec::new(),
    });
    let shapes = [
        Shape { id: operation, kind, traits: traits(operation_traits) },
        Shape { id: input, kind: ShapeKind::Structure(vec![member]), traits: Traits::default() },
    ];
    Model { file: "m.json".to_owned(), shapes: shapes.into_iter().map(|shape| (shape.id.clone(), shape)).collect() }
}

fn check(model: &Model) -> String {
    let rules = json!([endpoint(json!([is_set("Region")]), "https://{Region}"), error(json!([]), "no region")]);
    let module = compile(rule_set(parameters(), rules), None).unwrap();
    module.check_operations(model).err().map(|findings| findings.to_string()).unwrap_or_default()
}

#[test]
fn a_value_for_one_operation_is_refused_however_it_is_given() {
    let bound = |id: &str| check(&model(json!({id: {"Region": {}}}), Value::Null));
    for id in [traits::STATIC_CONTEXT_PARAMS, traits::OPERATION_CONTEXT_PARAMS] {
        assert_eq!(
            bound(id),
            "m.json: com.a#Get: gives the endpoint parameter `Region` a value for one operation, but a client resolves \
             its endpoint once (help: remove the trait with a fixup, and let users set the endpoint that the operation \
             needs)"
        );
    }
    let member = json!({traits::CONTEXT_PARAM: {"name": "Region"}});
    assert!(
        check(&model(Value::Null, member))
            .starts_with("m.json: com.a#GetInput$id: gives the endpoint parameter `Region`")
    );
}

#[test]
fn a_parameter_that_no_rule_looks_at_may_have_any_value() {
    let member = json!({traits::CONTEXT_PARAM: {"name": "Names"}});
    assert_eq!(check(&model(json!({traits::STATIC_CONTEXT_PARAMS: {"UseFIPS": {"value": true}}}), member)), "");
}

#[test]
fn a_parameter_must_be_one_of_the_rules() {
    let finding = check(&model(Value::Null, json!({traits::CONTEXT_PARAM: {"name": "Regoin"}})));
    assert!(finding.contains("gives a value to `Regoin`, which is not a parameter of the endpoint rules"), "{finding}");
}
