//! Models that do not read, each with its message.

use serde_json::{Value, json};

use super::{model_of, read};

fn error_of(shapes: Value) -> String {
    match model_of(shapes) {
        Ok(model) => format!("accepted: {model:?}"),
        Err(error) => error,
    }
}

#[test]
fn a_document_that_is_no_model_is_refused() {
    const HELP: &str = "(help: a Smithy JSON AST is an object with the keys `smithy` and `shapes`)";
    let cases = [
        ("[]", format!("m.json: is not a Smithy model: the document must be an object, found an array {HELP}")),
        ("{}", format!("m.json: is not a Smithy model: there is no `smithy` {HELP}")),
        (
            r#"{"smithy": 2}"#,
            format!("m.json: is not a Smithy model: `smithy` must be a string, found a number {HELP}"),
        ),
        (r#"{"smithy": "2.0"}"#, format!("m.json: is not a Smithy model: there are no `shapes` {HELP}")),
        (
            r#"{"smithy": "2.0", "shapes": []}"#,
            format!("m.json: is not a Smithy model: `shapes` must be an object, found an array {HELP}"),
        ),
        (
            r#"{"smithy": "3.0", "shapes": {}}"#,
            "m.json: smithy: the version `3.0` is not known (help: versions 1.0 and 2.0 are)".to_owned(),
        ),
        (
            r#"{"smithy": "2.0", "shapes": {}, "shpaes": {}}"#,
            "m.json: the document has the unknown key `shpaes`".to_owned(),
        ),
        ("not JSON", "m.json:1:2: not JSON: expected ident".to_owned()),
        (
            r#"{"smithy": "2.0", "shapes": {"a#B"#,
            "m.json:1:33: the JSON is cut short: EOF while parsing a string".to_owned(),
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(read(text).map(|_| ()), Err(expected), "{text}");
    }
}

#[test]
fn a_flaw_in_a_shape_names_the_shape() {
    const NEWER: &str =
        "(help: the generator knows the shapes of Smithy 1.0 and 2.0; was the model made by a newer one?)";
    let cases = [
        (
            json!({"B": {"type": "string"}}),
            "m.json: shapes.B: `B` is not a shape ID of the form `namespace#Name`".to_owned(),
        ),
        (
            json!({"a#1": {"type": "string"}}),
            "m.json: shapes.a#1: `a#1` is not a shape ID of the form `namespace#Name`".to_owned(),
        ),
        (json!({"a#B": []}), "m.json: a#B: a shape must be an object, found an array".to_owned()),
        (json!({"a#B": {}}), format!("m.json: a#B: has no `type` {NEWER}")),
        (json!({"a#B": {"type": "struct"}}), format!("m.json: a#B: has the unknown type `struct` {NEWER}")),
        (
            json!({"a#B": {"type": "structure", "memebrs": {}}}),
            "m.json: a#B: the structure has the unknown key `memebrs`".to_owned(),
        ),
        (json!({"a#B": {"type": "list"}}), "m.json: a#B: has no `member`".to_owned()),
        (
            json!({"a#B": {"type": "map", "key": {"target": "smithy.api#String"}}}),
            "m.json: a#B: has no `value`".to_owned(),
        ),
        (
            json!({"a#B": {"type": "string", "traits": {"required": {}}}}),
            "m.json: a#B: `required` is not the absolute ID of a trait".to_owned(),
        ),
        (
            json!({"a#B": {"type": "string", "traits": {"smithy.api#length": {"min": "1"}}}}),
            "m.json: a#B: the trait `smithy.api#length` `min` must be a whole number, found \"1\"".to_owned(),
        ),
        (
            json!({"a#B": {"type": "structure", "members": {"c": {"traits": {}}}}}),
            "m.json: a#B$c: has no `target`".to_owned(),
        ),
        (
            json!({"a#B": {"type": "structure", "members": {"c-d": {"target": "a#B"}}}}),
            "m.json: a#B: `c-d` is not a member's name".to_owned(),
        ),
        (
            json!({"a#B": {"type": "structure", "members": {"c": {"target": "String"}}}}),
            "m.json: a#B$c: `String` is not a shape ID of the form `namespace#Name`".to_owned(),
        ),
        (
            json!({"a#B": {"type": "structure", "members": {"c": {"target": "a#Gone"}}}}),
            "m.json: a#B$c: targets a#Gone, which is not in the model".to_owned(),
        ),
        (
            json!({"a#B": {"type": "structure", "members": {"c": {"target": "smithy.api#Nonsense"}}}}),
            "m.json: a#B$c: targets smithy.api#Nonsense, which is not in the model".to_owned(),
        ),
        (
            json!({"a#Op": {"type": "operation", "input": {"target": "a#In"}, "errors": [{"target": "a#E"}]}}),
            "m.json: a#Op: has the input a#In, which is not in the model\n\
             m.json: a#Op: has the error a#E, which is not in the model"
                .to_owned(),
        ),
        (
            json!({"a#Op": {"type": "operation", "input": "a#In"}}),
            "m.json: a#Op: a reference in `input` must be an object, found a string".to_owned(),
        ),
        (
            json!({"a#E": {"type": "enum", "members": {"A": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": 1}}}}}),
            "m.json: a#E$A: has the value 1, which is not a string".to_owned(),
        ),
        (
            json!({"a#E": {"type": "intEnum", "members": {"A": {"target": "smithy.api#Unit"}}}}),
            "m.json: a#E$A: needs the trait `smithy.api#enumValue`".to_owned(),
        ),
        (
            json!({"a#E": {"type": "string", "traits": {"smithy.api#enum": [{"name": "A"}]}}}),
            "m.json: a#E: the trait `smithy.api#enum`: an entry has no `value`".to_owned(),
        ),
        (
            json!({"a#B$c": {"type": "apply", "traits": {"smithy.api#required": {}}}}),
            "m.json: a#B: is given traits, but is not in the model".to_owned(),
        ),
        (
            json!({"a#B": {"type": "structure"}, "a#B$c": {"type": "apply", "traits": {"smithy.api#required": {}}}}),
            "m.json: a#B$c: is given traits, but the shape has no such member".to_owned(),
        ),
        (json!({"a#B$c": {"type": "string"}}), "m.json: a#B$c: members are defined within their shape".to_owned()),
    ];
    for (shapes, expected) in cases {
        assert_eq!(error_of(shapes), expected);
    }
}

#[test]
fn every_flaw_is_reported_at_once() {
    let shapes = json!({"a#B": {"type": "struct"}, "a#C": {"type": "list", "member": {}}, "a#D": {"type": "string"}});
    assert_eq!(error_of(shapes).lines().count(), 2);
}

#[test]
fn mixins_used_wrongly_are_refused() {
    let mixin = json!({"type": "structure", "traits": {"smithy.api#mixin": {}}, "members": {"m": {"target": "smithy.api#String"}}});
    let cases = [
        (
            json!({"a#B": {"type": "structure", "mixins": [{"target": "a#M"}]}}),
            "m.json: a#B: uses the mixin a#M, which is not in the model",
        ),
        (
            json!({"a#B": {"type": "structure", "mixins": [{"target": "a#M"}]}, "a#M": {"type": "structure"}}),
            "m.json: a#B: uses a#M as a mixin, which lacks the trait `smithy.api#mixin`",
        ),
        (
            json!({"a#B": {"type": "union", "mixins": [{"target": "a#M"}]}, "a#M": mixin}),
            "m.json: a#B: is of the kind union and cannot use the mixin a#M of the kind structure",
        ),
        (
            json!({
                "a#M": {"type": "structure", "traits": {"smithy.api#mixin": {}}, "mixins": [{"target": "a#N"}]},
                "a#N": {"type": "structure", "traits": {"smithy.api#mixin": {}}, "mixins": [{"target": "a#M"}]},
            }),
            "m.json: a#N: uses the mixin a#M, which in turn uses it",
        ),
        (
            json!({"a#B": {"type": "structure", "mixins": [{"target": "a#M"}], "members": {"m": {"target": "smithy.api#Blob"}}}, "a#M": mixin}),
            "m.json: a#B$m: targets smithy.api#Blob, but is inherited with the target smithy.api#String",
        ),
        (
            json!({"a#B": {"type": "structure", "members": {"m": {"target": "a#M"}}}, "a#M": mixin}),
            "m.json: a#B$m: targets a#M, which is not in the model (help: a mixin can be mixed in, not targeted)",
        ),
    ];
    for (shapes, expected) in cases {
        assert_eq!(error_of(shapes), expected);
    }
}
