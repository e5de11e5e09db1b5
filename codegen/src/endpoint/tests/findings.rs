//! What is refused, and in which words.

use super::*;

/// The finding of a rule with one condition.
fn condition(condition: Value) -> String {
    finding(json!([endpoint(json!([condition]), "https://a")]))
}

#[test]
fn an_unknown_function_is_named_with_its_place() {
    let nested = json!({"fn": "not", "argv": [{"fn": "aws.isMonday", "argv": []}]});
    assert_eq!(
        finding(json!([tree(json!([]), json!([endpoint(json!([nested]), "https://a")]))])),
        "m.json: com.a#Service: `endpointRuleSet` at `rules[0].rules[0].conditions[0].argv[0]`: function `aws.isMonday` \
         is not known (help: known are `aws.isVirtualHostableS3Bucket`, `aws.parseArn`, `aws.partition`, \
         `booleanEquals`, `coalesce`, `getAttr`, `isSet`, `isValidHostLabel`, `ite`, `not`, `parseURL`, `split`, \
         `stringEquals`, `substring` and `uriEncode`)"
    );
}

#[test]
fn an_optional_value_must_be_checked_before_it_is_used() {
    let expected = "`Region` in a template may be unset here (help: check it with `isSet`, or `assign` it, in a \
                    condition before this)";
    // Once for a parameter, however often it is used.
    let twice = json!([endpoint(json!([]), "https://{Region}{Region}")]);
    assert!(finding(twice).ends_with(expected));
    // A check in a rule beside it does not count.
    let beside = json!([error(json!([is_set("Region")]), "x"), endpoint(json!([]), "https://{Region}")]);
    assert!(finding(beside).ends_with(expected));
    let negated = json!({"fn": "not", "argv": [is_set("Region")]});
    assert!(finding(json!([endpoint(json!([negated]), "https://{Region}")])).ends_with(expected));
}

#[test]
fn types_are_checked() {
    for (argument, finding) in [
        (
            json!({"fn": "stringEquals", "argv": ["a", true]}),
            "`rules[0].conditions[0].argv[1]`: an argument of `stringEquals` must be a string, found a boolean",
        ),
        (
            json!({"fn": "booleanEquals", "argv": [1, true]}),
            "`rules[0].conditions[0].argv[0]`: an argument of `booleanEquals` must be a boolean, found an integer",
        ),
        (
            json!({"fn": "not", "argv": ["{UseFIPS}"]}),
            "`rules[0].conditions[0].argv[0]`: `UseFIPS` in a template must be a string, found a boolean",
        ),
        (json!({"fn": "getAttr", "argv": ["a", "b"]}), "`rules[0].conditions[0].argv[1]`: a string has no `b`"),
        (
            json!({"fn": "getAttr", "argv": ["a", "[0]"]}),
            "`rules[0].conditions[0].argv[1]`: what has an index must be an array of strings, found a string",
        ),
        (
            json!({"fn": "substring", "argv": ["a", -1, 2, false]}),
            "`rules[0].conditions[0].argv[1]`: the start of `substring` must be an integer from 0",
        ),
        (
            json!({"fn": "split", "argv": ["a", "", 0]}),
            "`rules[0].conditions[0].argv[1]`: the delimiter of `split` must not be empty",
        ),
        (
            json!({"fn": "coalesce", "argv": [{"ref": "Region"}, true]}),
            "`rules[0].conditions[0]`: `coalesce` takes values of one type, found a string and a boolean",
        ),
        (json!({"fn": "coalesce", "argv": ["a"]}), "`rules[0].conditions[0]`: `coalesce` takes two arguments or more"),
        (
            json!({"fn": "ite", "argv": [true, {"fn": "parseURL", "argv": ["a"]}, {"fn": "parseURL", "argv": ["a"]}]}),
            "",
        ),
        (json!({"fn": "isSet", "argv": []}), "`rules[0].conditions[0]`: `isSet` takes 1 arguments, found 0"),
    ] {
        let findings = compile(rule_set(parameters(), json!([endpoint(json!([argument]), "https://a")])), None);
        let findings = findings.expect_err(finding).to_string();
        match finding {
            "" => assert_eq!(findings.matches("`ite` is not supported for a URL").count(), 2, "{findings}"),
            finding => assert_eq!(findings, format!("m.json: com.a#Service: `endpointRuleSet` at {finding}")),
        }
    }
}

#[test]
fn a_name_must_be_known_and_may_be_given_once() {
    assert!(condition(json!({"fn": "isSet", "argv": [{"ref": "Regoin"}]})).ends_with(
        "`rules[0].conditions[0].argv[0]`: `Regoin` is neither a parameter nor assigned before this (help: known here \
         are `Names`, `Region` and `UseFIPS`)"
    ));
    let assign = json!({"fn": "parseURL", "argv": ["https://a"], "assign": "url"});
    assert!(
        finding(json!([endpoint(json!([assign, assign]), "https://a")]))
            .contains("`rules[0].conditions[1]`: `url` is assigned, but is a parameter or has been assigned before")
    );
    // What is assigned in one rule is not known in the next.
    let rules = json!([endpoint(json!([assign]), "https://a"), endpoint(json!([]), "{url#scheme}://a")]);
    assert!(finding(rules).contains("`rules[1].endpoint.url`: `url` is neither a parameter nor assigned before this"));
    // One flaw, one finding: what depends on a value that is not known is not reported as well.
    let flawed = json!({"fn": "parseUrl", "argv": ["https://a"], "assign": "url"});
    assert!(
        finding(json!([endpoint(json!([flawed]), "{url#scheme}://a")])).contains("function `parseUrl` is not known")
    );
}

#[test]
fn a_name_must_be_an_identifier() {
    let flaw = "is not a name: letters, digits and `_`, no digit first";
    for name in ["1", "", "a-b", "é", " a"] {
        let assign = json!({"fn": "parseURL", "argv": ["https://a"], "assign": name});
        let expected = format!("`rules[0].conditions[0].assign`: `{name}` {flaw}");
        assert!(finding(json!([endpoint(json!([assign]), "https://a")])).ends_with(&expected));
        let rules = json!([error(json!([]), "e")]);
        assert!(finding_in(rule_set(json!({name: {"type": "string"}}), rules)).ends_with(flaw));
    }
}

#[test]
fn malformed_rules_are_refused_at_their_place() {
    for (rules, finding) in [
        (json!([]), "`rules`: has no rules"),
        (
            json!([{"type": "branch", "conditions": []}]),
            "`rules[0].type`: rules of type `branch` are not known (help: known are `endpoint`, `error` and `tree`)",
        ),
        (json!([{"conditions": []}]), "`rules[0]`: has no `type`"),
        (json!([{"type": "error", "error": "e"}]), "`rules[0]`: has no `conditions`"),
        (json!([{"type": "error", "conditions": []}]), "`rules[0]`: has no `error`"),
        (
            json!([{"type": "error", "conditions": [], "error": "{"}]),
            "`rules[0].error`: template `{` has a brace without its counterpart",
        ),
        (
            json!([{"type": "error", "conditions": [], "error": "e", "then": 1}]),
            "`rules[0].then`: `then` is not known here (help: known are `conditions`, `documentation`, `type` and `error`)",
        ),
        (json!([error(json!([{"fn": "isSet"}]), "e")]), "`rules[0].conditions[0]`: has no `argv`"),
        (
            json!([error(json!([{"fn": "isSet", "argv": [null]}]), "e")]),
            "`rules[0].conditions[0].argv[0]`: must be a string, a boolean, an integer, a reference or a function, found null",
        ),
        (
            json!([error(json!([{"fn": "isSet", "argv": [1.5]}]), "e")]),
            "`rules[0].conditions[0].argv[0]`: must be an integer, found 1.5",
        ),
        (json!([{"type": "endpoint", "conditions": [], "endpoint": {}}]), "`rules[0].endpoint`: has no `url`"),
        (
            json!([{"type": "endpoint", "conditions": [], "endpoint": {"url": "a", "properties": {"authSchemes": [{"name": "s", "signingRealm": "x"}]}}}]),
            "`rules[0].endpoint.properties.authSchemes[0].signingRealm`: this setting of an authentication scheme is not known, or has the wrong type (help: known are the strings `name`, `signingName` and `signingRegion`, the booleans `disableDoubleEncoding` and `disableNormalizePath` and the array `signingRegionSet`)",
        ),
        (
            json!([{"type": "endpoint", "conditions": [], "endpoint": {"url": "a", "properties": {"authSchemes": [{}]}}}]),
            "`rules[0].endpoint.properties.authSchemes[0]`: has no `name`",
        ),
    ] {
        assert_eq!(super::finding(rules), format!("m.json: com.a#Service: `endpointRuleSet` at {finding}"));
    }
}

#[test]
fn parameters_must_make_sense() {
    for (parameter, finding) in [
        (
            json!({"type": "number"}),
            "`parameters.P.type`: parameters of type `number` are not known (help: known are `string`, `boolean` and `stringArray`)",
        ),
        (json!({}), "`parameters.P`: has no `type`"),
        (
            json!({"type": "string", "required": true, "default": true}),
            "`parameters.P.default`: must be a string, found a boolean",
        ),
        (
            json!({"type": "string", "default": "a"}),
            "`parameters.P`: a parameter with a default must be required (help: add `\"required\": true`)",
        ),
        (
            json!({"type": "boolean", "builtIn": "AWS::Region"}),
            "`parameters.P.builtIn`: built-in `AWS::Region` is a string, the parameter is a boolean",
        ),
        (
            json!({"type": "string", "builtIn": "AWS::Other", "required": true}),
            "`parameters.P.builtIn`: built-in `AWS::Other` is not supported, and the parameter is required (help: give the parameter a default)",
        ),
    ] {
        let rules = json!([error(json!([]), "e")]);
        assert_eq!(
            finding_in(rule_set(json!({"P": parameter}), rules)),
            format!("m.json: com.a#Service: `endpointRuleSet` at {finding}")
        );
    }
    let same = json!({"useFips": {"type": "boolean"}, "UseFIPS": {"type": "boolean"}});
    assert!(
        finding_in(rule_set(same, json!([error(json!([]), "e")])))
            .ends_with("`useFips` and `UseFIPS` differ only in their spelling")
    );
}

#[test]
fn all_findings_come_at_once() {
    let rules = json!([error(json!([{"fn": "a", "argv": []}]), "{b}"), {"type": "c"}]);
    let findings = compile(json!({"version": "2.0", "parameters": {}, "rules": rules}), None).unwrap_err();
    assert_eq!(findings.len(), 4, "{findings}");
}

#[test]
fn a_decision_diagram_without_rules_is_refused_by_name() {
    let traits = Traits(BTreeMap::from([("smithy.rules#endpointBdd".to_owned(), json!({}))]));
    let finding = endpoint_module("m.json", &ShapeId::new("com.a#Service"), &traits).unwrap_err();
    assert_eq!(
        finding.to_string(),
        "m.json: com.a#Service: has its endpoint rules as `smithy.rules#endpointBdd`, which is not supported (help: use \
         a model with `smithy.rules#endpointRuleSet`)"
    );
}
