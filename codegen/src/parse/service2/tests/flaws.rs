//! Models that do not read, each with its message.

use serde_json::json;

use super::*;

fn error_of(operations: Value, shapes: Value) -> String {
    match read(operations, shapes) {
        Ok(parsed) => format!("accepted: {:?}", parsed.model.shapes.keys().collect::<Vec<_>>()),
        Err(error) => error,
    }
}

#[test]
fn a_flaw_names_its_path() {
    let cases = [
        (json!({}), json!({"S": []}), "shapes.S: a shape must be an object, found an array"),
        (json!({}), json!({"S": {}}), "shapes.S: has no `type`"),
        (json!({}), json!({"S": {"type": "thing"}}), "shapes.S: has the unknown type `thing`"),
        (json!({}), json!({"a-b": {"type": "string"}}), "shapes.a-b: `a-b` is not a name for a shape"),
        (json!({}), json!({"L": {"type": "list"}}), "shapes.L: has no `member`"),
        (json!({}), json!({"L": {"type": "list", "member": {}}}), "shapes.L.member: has no `shape`"),
        (
            json!({}),
            json!({"S": {"type": "structure", "members": {"a": {"shape": "S", "location": "moon"}}}}),
            "shapes.S.members.a: has the unknown location `moon`",
        ),
        (
            json!({}),
            json!({"S": {"type": "structure", "members": {}, "required": ["a"]}}),
            "shapes.S: names the member `a`, which it does not have",
        ),
        (
            json!({}),
            json!({"S": {"type": "timestamp", "timestampFormat": "stardate"}}),
            "shapes.S: `timestampFormat` must be iso8601, rfc822 or unixTimestamp, found `stardate`",
        ),
        (
            json!({}),
            json!({"S": {"type": "string", "min": 3, "max": 2}}),
            "shapes.S: the trait `smithy.api#length` has `min` 3 above `max` 2",
        ),
        (json!({"Get": {}}), json!({}), "operations.Get: has no `http.method`"),
        (
            json!({"Get": {"http": {"method": "GET", "requestUri": "/", "verb": 1}}}),
            json!({}),
            "operations.Get: `http` has the unknown key `verb`",
        ),
        (operation(json!({"input": {}})), json!({}), "operations.Get: has no `shape`"),
        (
            operation(json!({"authtype": "handshake"})),
            json!({}),
            "operations.Get: has the unknown `authtype` `handshake`",
        ),
    ];
    for (operations, shapes, expected) in cases {
        assert_eq!(error_of(operations, shapes), format!("service-2.json: {expected}"));
    }
}

#[test]
fn a_missing_shape_is_reported_with_both_ends() {
    assert_eq!(
        error_of(
            operation(json!({"input": {"shape": "Gone"}})),
            json!({"L": {"type": "list", "member": {"shape": "Lost"}}})
        ),
        "service-2.json: com.amazonaws.bluesky#Get: has the input com.amazonaws.bluesky#Gone, which is not in the model\n\
         service-2.json: com.amazonaws.bluesky#L$member: targets com.amazonaws.bluesky#Lost, which is not in the model"
    );
}

#[test]
fn metadata_must_say_what_the_service_is() {
    let with = |metadata: Value, namespace: Option<&str>| {
        let options = Options { namespace, ..Options::default() };
        read_with(&json!({"metadata": metadata, "operations": {}, "shapes": {}}), &options).map(|_| ())
    };
    assert_eq!(
        with(json!({}), None),
        Err(
            "service-2.json: has no `metadata` (help: an AWS service-2.json has `metadata`, `operations` and `shapes`)"
                .to_owned()
        )
    );
    assert_eq!(
        with(json!({"protocol": "rest-json"}), None),
        Err(
            "service-2.json: metadata: has neither `serviceId` nor `endpointPrefix` (help: give the model a namespace)"
                .to_owned()
        )
    );
    assert_eq!(with(json!({"protocol": "rest-json"}), Some("a.b")), Ok(()));
    assert_eq!(
        with(json!({"protocol": "rest-json"}), Some("a-b")),
        Err("service-2.json: metadata: `a-b` is not a namespace".to_owned())
    );
    assert_eq!(
        with(json!({"protocol": "carrier-pigeon"}), Some("a.b")),
        Err("service-2.json: metadata: names the unknown protocol `carrier-pigeon`".to_owned())
    );
}

#[test]
fn keys_nobody_knows_are_reported_once_for_each_kind() {
    let member = json!({"shape": "T", "color": "blue"});
    let parsed = read(
        operation(json!({"haste": true})),
        json!({
            "S": {"type": "structure", "members": {"a": member, "b": member}, "box": true},
            "T": {"type": "string", "glow": 1},
        }),
    )
    .unwrap();
    let expected = [
        "shapes.S.members.a: the key `color` of the member",
        "operations.Get: the key `haste` of the operation",
        "shapes.T: the key `glow` of the shape",
    ];
    let expected: Vec<String> = expected
        .iter()
        .map(|start| format!("service-2.json: {start} is not known and was ignored, here and wherever else it is"))
        .collect();
    assert_eq!(parsed.warnings.to_string(), expected.join("\n"));
}

#[test]
fn the_form_of_a_model_is_told_by_its_content() {
    let parsed = |value: Value| {
        let text = value.to_string();
        crate::parse::parse(Source { file: "m.json", text: &text }, &Options::default())
            .map(|parsed| parsed.model.shapes.len())
            .map_err(|error| error.to_string())
    };
    assert_eq!(parsed(document(json!({}), json!({}))), Ok(1));
    assert_eq!(parsed(json!({"smithy": "2.0", "shapes": {"a#B": {"type": "string"}}})), Ok(1));
    assert_eq!(
        parsed(json!({"openapi": "3.1.0"})),
        Err("m.json: is not an API model (help: a Smithy JSON AST has the keys `smithy` and `shapes`; \
             an AWS service-2.json has `metadata`, `operations` and `shapes`)"
            .to_owned())
    );
}
