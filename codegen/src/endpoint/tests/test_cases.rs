//! What a model's endpoint tests become.

use quote::quote;

use super::*;

fn tests_of(cases: Value) -> Result<EndpointModule, Diagnostics> {
    let rules = json!([endpoint(json!([is_set("Region")]), "https://{Region}"), error(json!([]), "no region")]);
    compile(rule_set(parameters(), rules), Some(json!({"version": "1.0", "testCases": cases})))
}

#[test]
fn a_case_is_a_function_that_compares_results() {
    let module = tests_of(json!([
        {
            "documentation": "us-east-1, FIPS",
            "params": {"Region": "us-east-1", "UseFIPS": true, "Names": ["a", "b"]},
            "expect": {"endpoint": {
                "url": "https://{literal}",
                "headers": {"x-a": ["1"]},
                "properties": {"authSchemes": [{"name": "sigv4", "signingName": "n"}], "backend": "b"}
            }}
        },
        {"expect": {"error": "no region"}, "operationInputs": []}
    ]));
    assert_item(
        module.unwrap().tests.unwrap(),
        quote! {
            use kinesisvideo_runtime::endpoint::{AuthScheme, EndpointError, ResolvedEndpoint};
            use super::{EndpointParams, resolve};

            #[test]
            fn us_east_1_fips() {
                let params = EndpointParams {
                    names: Some(vec!["a".to_owned(), "b".to_owned()]),
                    region: Some("us-east-1".to_owned()),
                    use_fips: true,
                };
                let resolved = resolve(&params);
                let expected = Ok(
                    ResolvedEndpoint::new("https://{literal}")
                        .header("x-a", "1")
                        .auth_scheme(AuthScheme::new("sigv4").signing_name("n"))
                        .property("backend", "b"),
                );
                assert_eq!(resolved, expected);
            }

            #[test]
            fn case_2() {
                let params = EndpointParams::default();
                let resolved = resolve(&params);
                let expected = Err(EndpointError::new("no region"));
                assert_eq!(resolved, expected);
            }
        },
    );
}

#[test]
fn names_of_cases_are_unique_identifiers() {
    let long = format!("{} end", "word ".repeat(30));
    let documentations = ["a b", "a, b!", "A_B", "resolve", "1 thing", "match", "é", "", long.as_str()];
    let cases: Vec<_> =
        documentations.iter().map(|text| json!({"documentation": text, "expect": {"error": "no region"}})).collect();
    let module = print(tests_of(json!(cases)).unwrap().tests.unwrap());
    let names: Vec<_> = module.lines().filter_map(|line| line.strip_prefix("fn ")?.strip_suffix("() {")).collect();
    let shortened = ["word"; 16].join("_");
    assert_eq!(names, ["a_b", "a_b_2", "a_b_3", "resolve_2", "case_1_thing", "match_", "case_7", "case_8", &shortened]);
}

#[test]
fn the_module_declares_its_tests_only_where_there_are_any() {
    let with = tests_of(json!([{"expect": {"error": "no region"}}])).unwrap();
    assert_item(
        with.source,
        quote!(
            #[cfg(test)]
            mod tests;
        ),
    );
    let without = tests_of(json!([])).unwrap();
    assert!(without.tests.is_none());
    assert!(!print(without.source).contains("mod tests"));
}

#[test]
fn a_case_that_does_not_fit_the_rules_is_refused() {
    for (case, finding) in [
        (
            json!({"params": {"Regoin": "x"}, "expect": {"error": "e"}}),
            "`testCases[0].params.Regoin`: the rule set has no parameter `Regoin`",
        ),
        (
            json!({"params": {"UseFIPS": "yes"}, "expect": {"error": "e"}}),
            "`testCases[0].params.UseFIPS`: must be a boolean, found a string",
        ),
        (json!({"params": {}}), "`testCases[0]`: has no `expect`"),
        (json!({"expect": {}}), "`testCases[0].expect`: has no `endpoint`"),
        (
            json!({"expect": {"endpoint": {"url": 1}}}),
            "`testCases[0].expect.endpoint.url`: must be a string, found a number",
        ),
    ] {
        let findings = tests_of(json!([case])).expect_err(finding).to_string();
        assert_eq!(findings, format!("m.json: com.a#Service: `endpointTests` at {finding}"));
    }
}
