//! The files that lie beside a model.

use serde_json::json;

use super::*;

fn model() -> Value {
    let errors = json!([{"shape": "Gone"}, {"shape": "Busy"}, {"shape": "Down"}]);
    document(
        operation(json!({"errors": errors})),
        json!({
            "Gone": {"type": "structure", "members": {}, "exception": true, "error": {"httpStatusCode": 404}},
            "Busy": {"type": "structure", "members": {}, "exception": true, "error": {"httpStatusCode": 503}},
            "Down": {"type": "structure", "members": {}, "exception": true, "error": {"httpStatusCode": 503}},
        }),
    )
}

fn source<'a>(file: &'a str, text: &'a str) -> Option<Source<'a>> {
    Some(Source { file, text })
}

fn paginated(paginator: &Value) -> Result<(Option<Value>, String), String> {
    let text = json!({"pagination": {"Get": paginator}}).to_string();
    let options = Options { paginators: source("p.json", &text), ..Options::default() };
    read_with(&model(), &options).map(|parsed| {
        let value = shape(&parsed, "Get").get(traits::PAGINATED).cloned();
        (value, parsed.warnings.to_string())
    })
}

fn waitable(waiter: &Value) -> Result<(Option<Value>, String), String> {
    let text = json!({"version": 2, "waiters": {"Ready": waiter}}).to_string();
    let options = Options { waiters: source("w.json", &text), ..Options::default() };
    read_with(&model(), &options).map(|parsed| {
        let value = shape(&parsed, "Get").get(traits::WAITABLE).cloned();
        (value, parsed.warnings.to_string())
    })
}

#[test]
fn the_endpoint_rules_and_their_tests_are_kept_as_they_are() {
    let rules = json!({"version": "1.0", "parameters": {}, "rules": []});
    let (rules_text, tests_text) = (rules.to_string(), json!({"testCases": []}).to_string());
    let options = Options {
        namespace: Some("org.example.sky"),
        endpoint_rule_set: source("r.json", &rules_text),
        endpoint_tests: source("t.json", &tests_text),
        ..Options::default()
    };
    let parsed = read_with(&model(), &options).unwrap();
    let service = &parsed.model.shapes[&ShapeId::new("org.example.sky#BlueSky")];
    assert_eq!(service.get(traits::ENDPOINT_RULE_SET), Some(&rules));
    assert_eq!(service.get(traits::ENDPOINT_TESTS), Some(&json!({"testCases": []})));
}

#[test]
fn paginators_name_members() {
    let full = json!({"input_token": "Next", "output_token": "page.Next", "limit_key": "Max", "result_key": ["page.Items"], "non_aggregate_keys": ["x"]});
    assert_eq!(
        paginated(&full),
        Ok((
            Some(json!({"inputToken": "Next", "outputToken": "page.Next", "pageSize": "Max", "items": "page.Items"})),
            String::new()
        ))
    );
    let several = json!({"input_token": "Next", "output_token": "Next", "result_key": ["A", "B"]});
    assert_eq!(paginated(&several), Ok((Some(json!({"inputToken": "Next", "outputToken": "Next"})), String::new())));
}

#[test]
fn paginators_that_smithy_cannot_describe_are_left_out() {
    let cases = [
        (
            json!({"input_token": ["A", "B"], "output_token": ["A", "B"]}),
            "p.json: pagination.Get: is left out: `input_token` names several members",
        ),
        (
            json!({"input_token": "A", "output_token": "A || B[-1]"}),
            "p.json: pagination.Get: is left out: `output_token` is an expression, `A || B[-1]`, and not a member",
        ),
        (
            json!({"input_token": "A", "output_token": "A", "more_results": "More"}),
            "p.json: pagination.Get: is left out: whether there are more pages shows in another member than the token",
        ),
    ];
    for (paginator, warning) in cases {
        assert_eq!(paginated(&paginator), Ok((None, warning.to_owned())));
    }
}

#[test]
fn waiters_are_put_in_smithys_words() {
    let acceptors = json!([
        {"state": "success", "matcher": "path", "argument": "a.b", "expected": "UP"},
        {"state": "success", "matcher": "path", "argument": "a == `1`", "expected": true},
        {"state": "failure", "matcher": "pathAny", "argument": "a[].b", "expected": "DOWN"},
        {"state": "success", "matcher": "pathAll", "argument": "a[].b", "expected": "UP"},
        {"state": "retry", "matcher": "error", "expected": "Busy"},
        {"state": "retry", "matcher": "error", "expected": true},
        {"state": "success", "matcher": "status", "expected": 200},
        {"state": "failure", "matcher": "status", "expected": 404},
    ]);
    let waiter =
        json!({"operation": "Get", "delay": 5, "maxAttempts": 40, "description": "Until up.", "acceptors": acceptors});
    let output = |path: &str, expected: &str, comparator: &str| json!({"output": {"path": path, "expected": expected, "comparator": comparator}});
    let expected = json!([
        {"state": "success", "matcher": output("a.b", "UP", "stringEquals")},
        {"state": "success", "matcher": output("a == `1`", "true", "booleanEquals")},
        {"state": "failure", "matcher": output("a[].b", "DOWN", "anyStringEquals")},
        {"state": "success", "matcher": output("a[].b", "UP", "allStringEquals")},
        {"state": "retry", "matcher": {"errorType": "Busy"}},
        {"state": "retry", "matcher": {"success": false}},
        {"state": "success", "matcher": {"success": true}},
        {"state": "failure", "matcher": {"errorType": "Gone"}},
    ]);
    assert_eq!(
        waitable(&waiter),
        Ok((
            Some(json!({"Ready": {"documentation": "Until up.", "minDelay": 5, "acceptors": expected}})),
            String::new()
        ))
    );
}

#[test]
fn waiters_that_smithy_cannot_describe_are_left_out() {
    let with = |acceptor: Value| waitable(&json!({"operation": "Get", "acceptors": [acceptor]}));
    assert_eq!(
        with(json!({"state": "retry", "matcher": "status", "expected": 503})),
        Ok((
            None,
            "w.json: waiters.Ready: is left out: it waits for the status 503, which is not that of exactly one error"
                .to_owned()
        ))
    );
    assert_eq!(
        with(json!({"state": "retry", "matcher": "path", "argument": "n", "expected": 0})),
        Ok((None, "w.json: waiters.Ready: is left out: it compares `n` with 0".to_owned()))
    );
}

#[test]
fn flaws_name_the_file_beside_the_model() {
    assert_eq!(
        paginated(&json!({"input_token": 1})),
        Err("p.json: pagination.Get: `input_token` must be a string, found a number".to_owned())
    );
    assert_eq!(
        paginated(&json!({"inptu_token": "x"})),
        Err("p.json: pagination.Get: the paginator has the unknown key `inptu_token`".to_owned())
    );
    assert_eq!(
        waitable(&json!({"operation": "Put", "acceptors": []})),
        Err("w.json: waiters.Ready: names the operation `Put`, which is not in the model".to_owned())
    );
    assert_eq!(
        waitable(&json!({"operation": "Get", "acceptors": [{"state": "done", "matcher": "error", "expected": "X"}]})),
        Err("w.json: waiters.Ready: the trait `smithy.waiters#waitable` entry `waiter` `state` must be one of `success`, `failure`, `retry`, found `done`".to_owned())
    );
    let options = Options { endpoint_rule_set: source("r.json", "[]"), ..Options::default() };
    assert_eq!(read_with(&model(), &options).map(|_| ()), Err("r.json: must be an object, found an array".to_owned()));
}
