//! With validation off, JSON parameters are made to fit as far as the AWS SDK for JavaScript v2 makes them fit.

use kinesisvideo_runtime::schema::{Member, Shape, Structure};
use kinesisvideo_runtime::validate::coerce;
use serde_json::{Value, json};

static NUMBERS: Shape = Shape::list(&Shape::INTEGER);
static TEXTS: Shape = Shape::map(&Shape::STRING, &Shape::STRING);
static INPUT: Structure = Structure::new(
    "Input",
    &[
        Member::new("any", &Shape::DOCUMENT),
        Member::new("count", &Shape::INTEGER),
        Member::new("inner", &INNER),
        Member::new("name", &Shape::STRING).wire("Name"),
        Member::new("numbers", &NUMBERS),
        Member::new("on", &Shape::BOOLEAN),
        Member::new("ratio", &Shape::FLOAT),
        Member::new("texts", &TEXTS),
    ],
);
static INNER: Shape = Shape::structure(&INPUT);

#[track_caller]
fn fits(mut params: Value, expected: Value) {
    coerce(&mut params, &INPUT);
    assert_eq!(params, expected);
}

#[test]
fn unknown_and_null_members_go() {
    fits(json!({ "nope": 1, "count": null, "inner": { "nope": 1, "on": true } }), json!({ "inner": { "on": true } }));
}

#[test]
fn members_go_by_their_wire_names() {
    fits(json!({ "name": "a" }), json!({ "Name": "a" }));
    fits(json!({ "name": "a", "Name": "b" }), json!({ "Name": "b" }));
    fits(json!({ "name": "a", "Name": null }), json!({ "Name": "a" }));
}

#[test]
fn scalars_become_texts_where_texts_should_be() {
    fits(
        json!({ "name": 5, "texts": { "a": true, "b": 1.5, "c": "x", "d": null } }),
        json!({ "Name": "5", "texts": { "a": "true", "b": "1.5", "c": "x", "d": null } }),
    );
}

#[test]
fn texts_become_numbers_where_numbers_should_be() {
    fits(
        json!({ "count": "5", "ratio": "1.5", "numbers": ["7", 1.7, "-9223372036854775808", null] }),
        json!({ "count": 5, "ratio": 1.5, "numbers": [7, 1, i64::MIN, null] }),
    );
    fits(json!({ "count": "x", "ratio": "NaN" }), json!({ "count": "x", "ratio": "NaN" }));
}

#[test]
fn what_has_no_members_is_an_empty_structure() {
    for params in [json!(null), json!("x"), json!(["x"]), json!(5)] {
        fits(params, json!({}));
    }
    fits(json!({ "inner": ["x"] }), json!({ "inner": {} }));
}

#[test]
fn what_does_not_fit_is_left_alone() {
    let params = json!({ "any": { "nope": null }, "on": "x", "numbers": "x", "Name": { "a": 1 }, "texts": ["x"] });
    fits(params.clone(), params);
}
