//! Whatever the JSON, there is Rust or a finding.

use proptest::prelude::*;

use super::*;

/// Values that rule sets are made of, put together at random.
fn value(depth: u32) -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-3_i64..70).prop_map(Value::from),
        prop_oneof![
            Just("Region"),
            Just("{Region}"),
            Just("x-{Region}"),
            Just("{a#name}"),
            Just("{a}"),
            Just("{"),
            Just(""),
            Just("name"),
            Just("normalizedPath"),
            Just("resourceId[0]"),
            Just("[0]"),
            Just("type"),
            Just("_"),
        ]
        .prop_map(Value::from),
        prop_oneof![Just("Region"), Just("UseFIPS"), Just("Names"), Just("a"), Just("b"), Just("Nobody")]
            .prop_map(|name| json!({"ref": name})),
    ];
    leaf.prop_recursive(depth, 48, 4, |inner| {
        prop_oneof![
            4 => (function(), proptest::collection::vec(inner.clone(), 0..5))
                .prop_map(|(name, arguments)| json!({"fn": name, "argv": arguments})),
            1 => proptest::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            1 => proptest::collection::btree_map("[a-z]{1,3}", inner, 0..3)
                .prop_map(|map| json!(map)),
        ]
    })
    .boxed()
}

fn function() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        Just("isSet"),
        Just("not"),
        Just("booleanEquals"),
        Just("stringEquals"),
        Just("getAttr"),
        Just("coalesce"),
        Just("ite"),
        Just("substring"),
        Just("split"),
        Just("isValidHostLabel"),
        Just("uriEncode"),
        Just("parseURL"),
        Just("aws.parseArn"),
        Just("aws.partition"),
        Just("aws.isVirtualHostableS3Bucket"),
        Just("other"),
    ]
}

fn condition() -> impl Strategy<Value = Value> {
    let name = prop_oneof![Just("a"), Just("b"), Just("c"), Just("Region"), Just("1")];
    (value(3), proptest::option::of(name)).prop_map(|(mut value, name)| {
        if let (Some(object), Some(name)) = (value.as_object_mut(), name) {
            object.insert("assign".to_owned(), json!(name));
        }
        value
    })
}

fn rules() -> impl Strategy<Value = Value> {
    let conditions = proptest::collection::vec(condition(), 0..4);
    let leaf = (conditions, value(2), any::<bool>()).prop_map(|(conditions, value, fails)| match fails {
        true => json!({"type": "error", "conditions": conditions, "error": value}),
        false => {
            json!({"type": "endpoint", "conditions": conditions, "endpoint": {"url": "https://a", "properties": value}})
        }
    });
    let tree = leaf.prop_recursive(3, 12, 3, |inner| {
        (proptest::collection::vec(condition(), 0..3), proptest::collection::vec(inner, 0..3))
            .prop_map(|(conditions, rules)| tree(json!(conditions), json!(rules)))
    });
    proptest::collection::vec(tree, 0..3).prop_map(Value::from)
}

proptest! {
    #[test]
    fn rules_are_compiled_or_refused(rules in rules()) {
        match compile(rule_set(parameters(), rules), None) {
            Ok(module) => { print(module.source); }
            Err(findings) => prop_assert!(!findings.is_empty()),
        }
    }

    #[test]
    fn any_value_is_a_rule_set_or_refused(rule_set in value(4), tests in value(4)) {
        match compile(rule_set, Some(tests)) {
            Ok(module) => { print(module.source); }
            Err(findings) => prop_assert!(!findings.is_empty()),
        }
    }
}
