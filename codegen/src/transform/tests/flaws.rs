//! Models that read well and make no sense, each with its message.

use serde_json::json;

use super::*;

#[test]
fn a_service_that_cannot_be_generated_is_refused() {
    let with = |traits: Value, shapes: Value| {
        let mut all = json!({"a#S": {"type": "service", "version": "1", "traits": traits, "operations": [{"target": "a#Op"}]}, "a#Op": operation("op", json!({}))});
        merge(&mut all, shapes);
        let text = json!({"smithy": "2.0", "shapes": all}).to_string();
        error_of(smithy::parse(Source { file: "m.json", text: &text }).unwrap())
    };
    assert_eq!(
        with(json!({"aws.protocols#awsJson1_1": {}, "smithy.protocols#rpcv2Cbor": {}}), json!({})),
        "m.json: a#S: speaks aws.protocols#awsJson1_1, smithy.protocols#rpcv2Cbor \
         (help: the generator can do aws.protocols#restJson1 only)"
    );
    assert_eq!(
        with(json!({}), json!({})),
        "m.json: a#S: names no protocol that is known (help: the generator can do aws.protocols#restJson1 only)"
    );
    assert_eq!(
        with(json!({"aws.protocols#restJson1": {}, "smithy.api#httpBasicAuth": {}}), json!({})),
        "m.json: a#S: has no operation that can be generated; Op, for one, authenticates with smithy.api#httpBasicAuth only"
    );
    assert_eq!(
        with(json!({"aws.protocols#restJson1": {}}), json!({"a#S": {"operations": []}})),
        "m.json: a#S: has no operations"
    );
    let not_an_operation =
        model_with(json!({"operations": [{"target": "a#Text"}]}), json!({"a#Text": {"type": "string"}}));
    assert_eq!(error_of(not_an_operation), "m.json: a#S: has the operation a#Text, which is none");
    assert_eq!(error_of(Model { file: "m.json".to_owned(), ..Model::default() }), "m.json: has no service shape");
}

#[test]
fn members_that_make_no_sense_are_refused() {
    let text = "smithy.api#String";
    let cases = [
        (
            json!({"x": {"target": "a#Op"}}),
            json!({}),
            "m.json: a#In$x: targets a#Op, which holds no value: it is of the kind operation",
        ),
        (
            json!({"x": {"target": text, "traits": {"smithy.api#range": {"min": 1}}}}),
            json!({}),
            "m.json: a#In$x: has the trait `smithy.api#range`, which means nothing for the kind string",
        ),
        (
            json!({"x": {"target": "a#N"}}),
            json!({"a#N": {"type": "integer", "traits": {"smithy.api#pattern": "x"}}}),
            "m.json: a#N: has the trait `smithy.api#pattern`, which means nothing for the kind integer",
        ),
        (
            json!({"x": {"target": "smithy.api#Integer", "traits": {"smithy.api#default": "1"}}}),
            json!({}),
            "m.json: a#In$x: has the default \"1\", which is no value of the kind integer",
        ),
        (
            json!({"x": {"target": text}, "y": {"target": text, "traits": {"smithy.api#jsonName": "x"}}}),
            json!({}),
            "m.json: a#In: has two members that are `x` in JSON",
        ),
        (
            json!({"x": {"target": "a#M"}}),
            json!({"a#M": {"type": "map", "key": {"target": "smithy.api#Integer"}, "value": {"target": text}}}),
            "m.json: a#M: is a map with keys of the kind integer; only strings can be keys",
        ),
        (json!({"x": {"target": "a#U"}}), json!({"a#U": {"type": "union"}}), "m.json: a#U: is a union without members"),
        (json!({"x": {"target": "a#E"}}), json!({"a#E": {"type": "enum"}}), "m.json: a#E: is an enum without values"),
        (
            json!({"x": {"target": "a#E"}}),
            json!({"a#E": {"type": "string", "traits": {"smithy.api#enum": [{"value": "v"}, {"value": "v"}]}}}),
            "m.json: a#E: has the value `v` twice",
        ),
        (
            json!({"x": {"target": "a#N"}}),
            json!({"a#N": {"type": "structure", "members": {"n": {"target": "a#N", "traits": {"smithy.api#required": {}}}}}}),
            "m.json: a#N: can never be built: its required members lead in a circle",
        ),
    ];
    for (members, rest, expected) in cases {
        assert_eq!(error_of(model_of_input(members, rest)), expected);
    }
}

#[test]
fn bindings_that_make_no_sense_are_refused() {
    let uri = |uri: &str| json!({"a#Op": {"traits": {"smithy.api#http": {"uri": uri}}}});
    let text = |traits: Value| json!({"target": "smithy.api#String", "traits": traits});
    let label = || text(json!({"smithy.api#httpLabel": {}, "smithy.api#required": {}}));
    let cases = [
        (
            json!({}),
            uri("/{x}"),
            "m.json: a#Op: has the label `x` in its URI, but a#In has no such member bound to a label",
        ),
        (
            json!({"x": label()}),
            json!({}),
            "m.json: a#In$x: is bound to a label, but the URI of a#Op has none of that name",
        ),
        (
            json!({"x": text(json!({"smithy.api#httpLabel": {}}))}),
            uri("/{x}"),
            "m.json: a#In$x: is bound to a label and must be required",
        ),
        (json!({}), uri("op"), "m.json: a#Op: the URI `op` must start with a slash"),
        (
            json!({}),
            json!({"a#Op": {"traits": {"smithy.api#http": {"method": "get"}}}}),
            "m.json: a#Op: has the HTTP method `get`, which is none",
        ),
        (
            json!({"x": text(json!({"smithy.api#httpQuery": "x", "smithy.api#httpHeader": "x"}))}),
            json!({}),
            "m.json: a#In$x: is bound to two places, `smithy.api#httpQuery` and `smithy.api#httpHeader`",
        ),
        (
            json!({"x": text(json!({"smithy.api#httpHeader": "X-A"})), "y": text(json!({"smithy.api#httpHeader": "x-a"}))}),
            json!({}),
            "m.json: a#In$y: is bound to the same place as `x`, by `smithy.api#httpHeader`",
        ),
        (
            json!({"x": text(json!({"smithy.api#httpPayload": {}})), "y": text(json!({}))}),
            json!({}),
            "m.json: a#In$y: has no place in the message, whose body is `x`",
        ),
        (
            json!({"x": {"target": "a#In", "traits": {"smithy.api#httpQuery": "x"}}}),
            json!({}),
            "m.json: a#In$x: is of the kind structure and does not fit the place that `smithy.api#httpQuery` gives it",
        ),
        (
            json!({"x": {"target": "smithy.api#Integer", "traits": {"smithy.api#httpPayload": {}}}}),
            json!({}),
            "m.json: a#In$x: is of the kind integer and does not fit the place that `smithy.api#httpPayload` gives it",
        ),
        (
            json!({"x": text(json!({"smithy.api#httpPrefixHeaders": "x-"}))}),
            json!({}),
            "m.json: a#In$x: is of the kind string and does not fit the place that `smithy.api#httpPrefixHeaders` gives it",
        ),
        (
            json!({"x": text(json!({}))}),
            json!({"a#Op": {"traits": {"smithy.api#endpoint": {"hostPrefix": "{x}.data."}}}}),
            "m.json: a#Op: has the label `x` in its host prefix, but a#In has no such required member with the trait `smithy.api#hostLabel`",
        ),
        (
            json!({}),
            json!({"a#Op": {"output": {"target": "a#Out"}}, "a#Out": {"type": "structure", "members": {"c": text(json!({"smithy.api#httpResponseCode": {}}))}}}),
            "m.json: a#Out$c: is of the kind string and does not fit the place that `smithy.api#httpResponseCode` gives it",
        ),
    ];
    for (members, rest, expected) in cases {
        assert_eq!(error_of(model_of_input(members, rest)), expected);
    }
}

#[test]
fn operations_that_make_no_sense_are_refused() {
    let op = |rest: Value| json!({"a#Op": rest, "a#Text": {"type": "string"}, "a#Plain": {"type": "structure"}});
    let cases = [
        (
            op(json!({"output": {"target": "a#Text"}})),
            "m.json: a#Op: has the output a#Text, which is of the kind string and not a structure",
        ),
        (
            op(json!({"errors": [{"target": "a#Plain"}]})),
            "m.json: a#Op: has the error a#Plain, which lacks the trait `smithy.api#error`",
        ),
        (
            op(json!({"traits": {"smithy.api#paginated": {"inputToken": "gone"}}})),
            "m.json: a#Op: is paginated with the inputToken `gone`, which a#In does not have\n\
             m.json: a#Op: is paginated without `outputToken`",
        ),
    ];
    for (rest, expected) in cases {
        assert_eq!(error_of(model_of_input(json!({}), rest)), expected);
    }
    let without_http = model_with(json!({"operations": [{"target": "a#Op"}]}), json!({"a#Op": {"type": "operation"}}));
    assert_eq!(
        error_of(without_http),
        "m.json: a#Op: lacks the trait `smithy.api#http` (help: restJson1 needs a method and a URI for every operation)"
    );
}
