//! What validation says of each kind of shape. Where the AWS SDK for JavaScript v2 checks the same thing, code and text
//! are what its version 2.1693.0 gave for the same shape and value.

use kinesisvideo_runtime::ValidationErrors;
use kinesisvideo_runtime::pattern::{Class, Pattern, Step};
use kinesisvideo_runtime::schema::{Member, Shape, Structure};
use kinesisvideo_runtime::validate::{Checks, validate};
use serde::Serialize;
use serde_json::{Value, json};

static LOWER: Pattern = Pattern::whole("^[a-z]+$", &[Step::run(Class::ascii("az"), 1, u32::MAX)]);
static NAME: Shape = Shape::string().length(Some(2), Some(4)).pattern(&LOWER);
static SIZE: Shape = Shape::string().values(&["S", "M"]);
static LEVEL: Shape = Shape::integer(32).numbers(&[1, 2]);
static COUNT: Shape = Shape::integer(32).range(Some(1), Some(10));
static RATIO: Shape = Shape::float().float_range(Some(0.5), Some(1.5));
static DATA: Shape = Shape::blob().length(Some(2), Some(3));
static TAG: Shape = Shape::string().length(Some(1), None);
static TAGS: Shape = Shape::list(&TAG).length(Some(1), Some(2));
static ATTR_KEY: Shape = Shape::string().length(Some(2), None);
static ATTR_VALUE: Shape = Shape::string().length(None, Some(3));
static ATTRS: Shape = Shape::map(&ATTR_KEY, &ATTR_VALUE).length(Some(1), Some(2));
static ITEM: Structure = Structure::new("Item", &[Member::new("x", &Shape::INTEGER).required()]);
static ITEM_SHAPE: Shape = Shape::structure(&ITEM);
static ITEMS: Shape = Shape::list(&ITEM_SHAPE);
static BY_NAME: Shape = Shape::map(&Shape::STRING, &ITEM_SHAPE);
static INNER: Structure = Structure::new(
    "Inner",
    &[
        Member::new("id", &Shape::STRING).required(),
        Member::new("kind", &Shape::STRING).required(),
        Member::new("list", &ITEMS),
    ],
);
static INNER_SHAPE: Shape = Shape::structure(&INNER);
static CHOICE: Structure =
    Structure::union("Choice", &[Member::new("left", &NAME), Member::new("right", &Shape::INTEGER)]);
static CHOICE_SHAPE: Shape = Shape::structure(&CHOICE);
static INPUT: Structure = Structure::new(
    "Input",
    &[
        Member::new("any", &Shape::DOCUMENT),
        Member::new("attrs", &ATTRS),
        Member::new("big", &Shape::BIG_NUMBER),
        Member::new("byName", &BY_NAME),
        Member::new("byte", &Shape::BYTE),
        Member::new("choice", &CHOICE_SHAPE),
        Member::new("count", &COUNT),
        Member::new("data", &DATA),
        Member::new("inner", &INNER_SHAPE),
        Member::new("level", &LEVEL),
        Member::new("long", &Shape::LONG),
        Member::new("name", &NAME).wire("the-name"),
        Member::new("on", &Shape::BOOLEAN),
        Member::new("ratio", &RATIO),
        Member::new("size", &SIZE),
        Member::new("tags", &TAGS),
        Member::new("uri", &Shape::STRING).label(),
        Member::new("when", &Shape::TIMESTAMP),
    ],
);

fn check<T: Serialize + ?Sized>(value: &T) -> Result<(), ValidationErrors> {
    validate(value, &INPUT, Checks::ALL)
}

#[track_caller]
fn passes(value: Value) {
    assert_eq!(check(&value), Ok(()), "{value}");
}

/// Each line is a violation: `code message`.
#[track_caller]
fn fails(value: Value, lines: &[&str]) {
    let violations = check(&value).err().into_iter();
    let found: Vec<_> = violations
        .flat_map(|errors| errors.iter().map(|found| format!("{} {found}", found.code())).collect::<Vec<_>>())
        .collect();
    assert_eq!(found, lines, "{value}");
}

#[test]
fn texts() {
    passes(json!({ "name": "ab" }));
    fails(json!({ "name": "a" }), &["MinRangeError Expected string length >= 2, but found 1 for params.name"]);
    fails(json!({ "name": "abcde" }), &["MaxRangeError Expected string length <= 4, but found 5 for params.name"]);
    fails(
        json!({ "name": "ABCDE" }),
        &[
            "MaxRangeError Expected string length <= 4, but found 5 for params.name",
            "PatternMatchError Provided value \"ABCDE\" does not match regex pattern /^[a-z]+$/ for params.name",
        ],
    );
}

#[test]
fn members_may_go_by_their_wire_names_and_paths_show_their_own() {
    passes(json!({ "the-name": "ab" }));
    fails(json!({ "the-name": 5 }), &["InvalidParameterType Expected params.name to be a string"]);
}

#[test]
fn enumerations() {
    passes(json!({ "size": "S", "level": 2 }));
    fails(json!({ "size": "L" }), &["EnumError Found string value of L, but expected S|M for params.size"]);
    fails(json!({ "level": 3 }), &["EnumError Found numeric value of 3, but expected 1|2 for params.level"]);
}

#[test]
fn booleans() {
    passes(json!({ "on": false }));
    for value in [json!("true"), json!(1), json!({}), json!([])] {
        fails(json!({ "on": value }), &["InvalidParameterType Expected params.on to be a boolean"]);
    }
}

#[test]
fn whole_numbers() {
    for value in [json!(1), json!(10), json!("5"), json!(5.0)] {
        passes(json!({ "count": value }));
    }
    fails(json!({ "count": 0 }), &["MinRangeError Expected numeric value >= 1, but found 0 for params.count"]);
    for value in [json!(11), json!("11")] {
        fails(
            json!({ "count": value }),
            &["MaxRangeError Expected numeric value <= 10, but found 11 for params.count"],
        );
    }
    for value in [json!("x"), json!("1e0"), json!("05"), json!(true), json!({}), json!([])] {
        fails(json!({ "count": value }), &["InvalidParameterType Expected params.count to be a number"]);
    }
}

/// The original lets these pass, and sends something else than was meant.
#[test]
fn whole_numbers_are_whole_and_fit_their_type() {
    for value in [json!(1.5), json!("1.5"), json!("NaN")] {
        fails(json!({ "count": value }), &["InvalidParameterType Expected params.count to be an integer"]);
    }
    passes(json!({ "byte": -128, "long": i64::MIN }));
    fails(json!({ "byte": 128 }), &["InvalidParameterType Expected params.byte to be an 8-bit integer"]);
    fails(json!({ "long": u64::MAX }), &["InvalidParameterType Expected params.long to be a 64-bit integer"]);
    fails(json!({ "long": 1e300 }), &["InvalidParameterType Expected params.long to be an integer"]);
}

#[test]
fn floating_point_numbers() {
    for value in [json!(0.5), json!(1), json!("NaN"), json!("0.75")] {
        passes(json!({ "ratio": value }));
    }
    fails(json!({ "ratio": 0.25 }), &["MinRangeError Expected numeric value >= 0.5, but found 0.25 for params.ratio"]);
    fails(json!({ "ratio": 2 }), &["MaxRangeError Expected numeric value <= 1.5, but found 2 for params.ratio"]);
    fails(
        json!({ "ratio": "Infinity" }),
        &["MaxRangeError Expected numeric value <= 1.5, but found Infinity for params.ratio"],
    );
    for value in [json!("1e3"), json!("inf"), json!("")] {
        fails(json!({ "ratio": value }), &["InvalidParameterType Expected params.ratio to be a number"]);
    }
}

#[test]
fn numbers_of_any_size() {
    for value in [json!(1), json!(1.5), json!("123456789012345678901234567890.5"), json!(u64::MAX)] {
        passes(json!({ "big": value }));
    }
    for value in [json!("x"), json!("inf"), json!(true)] {
        fails(json!({ "big": value }), &["InvalidParameterType Expected params.big to be a number"]);
    }
}

#[test]
fn timestamps() {
    for value in [
        json!(5),
        json!(1.5),
        json!("2020-01-01T00:00:00Z"),
        json!("2020-01-01T00:00:00.123Z"),
        json!("2020-01-01T00:00:00+01:00"),
        json!("Wed, 01 Jan 2020 00:00:00 GMT"),
    ] {
        passes(json!({ "when": value }));
    }
    for value in [
        json!("x"),
        json!(true),
        json!("2020-01-01"),
        json!({}),
        json!("2020-01-01T00:00:00"),
        json!("2020-01-01T00:00:00.Z"),
    ] {
        let message =
            "InvalidParameterType Expected params.when to be a Date object, ISO-8601 string, or a UNIX timestamp";
        fails(json!({ "when": value }), &[message]);
    }
}

/// The length of a blob is that of its bytes; the original does not check it.
#[test]
fn blobs() {
    for value in ["YWI=", "YWJj", "YWI"] {
        passes(json!({ "data": value }));
    }
    fails(json!({ "data": "YQ==" }), &["MinRangeError Expected blob length >= 2, but found 1 for params.data"]);
    fails(json!({ "data": "YWJjZA==" }), &["MaxRangeError Expected blob length <= 3, but found 4 for params.data"]);
    let message =
        "InvalidParameterType Expected params.data to be a string, Buffer, Stream, Blob, or typed array object";
    for value in [json!(5), json!({}), json!(true)] {
        fails(json!({ "data": value }), &[message]);
    }
}

#[test]
fn lists() {
    passes(json!({ "tags": ["a", null] }));
    fails(json!({ "tags": [] }), &["MinRangeError Expected list member count >= 1, but found 0 for params.tags"]);
    fails(
        json!({ "tags": ["", 1, null] }),
        &[
            "MaxRangeError Expected list member count <= 2, but found 3 for params.tags",
            "MinRangeError Expected string length >= 1, but found 0 for params.tags[0]",
            "InvalidParameterType Expected params.tags[1] to be a string",
        ],
    );
    for value in [json!("x"), json!({}), json!(5)] {
        fails(json!({ "tags": value }), &["InvalidParameterType Expected params.tags to be an Array"]);
    }
}

#[test]
fn maps() {
    passes(json!({ "attrs": { "aa": "123", "bb": null } }));
    fails(json!({ "attrs": {} }), &["MinRangeError Expected map member count >= 1, but found 0 for params.attrs"]);
    fails(
        json!({ "attrs": { "a": "1234", "bb": 1, "cc": null } }),
        &[
            "MinRangeError Expected string length >= 2, but found 1 for params.attrs[key='a']",
            "MaxRangeError Expected string length <= 3, but found 4 for params.attrs['a']",
            "InvalidParameterType Expected params.attrs['bb'] to be a string",
            "MaxRangeError Expected map member count <= 2, but found 3 for params.attrs",
        ],
    );
    for value in [json!("x"), json!(["x"])] {
        fails(json!({ "attrs": value }), &["InvalidParameterType Expected params.attrs to be a map"]);
    }
}

#[test]
fn structures() {
    passes(json!({ "inner": null }));
    let missing = [
        "MissingRequiredParameter Missing required key 'id' in params.inner",
        "MissingRequiredParameter Missing required key 'kind' in params.inner",
    ];
    fails(json!({ "inner": {} }), &missing);
    fails(
        json!({ "inner": ["q"] }),
        &[missing[0], missing[1], "UnexpectedParameter Unexpected key '0' found in params.inner"],
    );
    let type_error = "InvalidParameterType Expected params.inner to be a structure";
    for value in [json!(5), json!(0), json!(false), json!(1.5), json!("")] {
        fails(json!({ "inner": value }), &[type_error, missing[0], missing[1]]);
    }
    fails(
        json!({ "inner": "x" }),
        &[type_error, missing[0], missing[1], "UnexpectedParameter Unexpected key '0' found in params.inner"],
    );
    fails(
        json!({ "inner": { "id": "1", "kind": "k", "list": [{ "x": 1 }, {}, { "x": "q" }, null] } }),
        &[
            "MissingRequiredParameter Missing required key 'x' in params.inner.list[1]",
            "InvalidParameterType Expected params.inner.list[2].x to be a number",
        ],
    );
    fails(
        json!({ "byName": { "it's": { "w": 2, "x": "q" } } }),
        &[
            "UnexpectedParameter Unexpected key 'w' found in params.byName['it's']",
            "InvalidParameterType Expected params.byName['it's'].x to be a number",
        ],
    );
}

#[test]
fn labels_must_not_be_empty() {
    passes(json!({ "uri": "x" }));
    fails(
        json!({ "uri": "" }),
        &["UriParameterError Expected uri parameter to have length >= 1, but found \"\" for params.uri"],
    );
}

#[test]
fn unions_have_exactly_one_member_set() {
    passes(json!({ "choice": { "left": "ab", "right": null } }));
    let wrong = |found| {
        format!("InvalidParameterType Expected params.choice to have exactly one member set, but found {found}")
    };
    fails(json!({ "choice": {} }), &[&wrong(0)]);
    fails(json!({ "choice": { "left": "ab", "right": 1 } }), &[&wrong(2)]);
    fails(
        json!({ "choice": { "middle": 1 } }),
        &[&wrong(0), "UnexpectedParameter Unexpected key 'middle' found in params.choice"],
    );

    #[derive(Serialize)]
    enum Choice {
        #[serde(rename = "left")]
        Left(&'static str),
    }
    #[derive(Serialize)]
    struct Input {
        choice: Choice,
    }
    assert_eq!(check(&Input { choice: Choice::Left("ab") }), Ok(()));
    let errors = check(&Input { choice: Choice::Left("a") }).expect_err("too short");
    assert_eq!(errors.message(), "Expected string length >= 2, but found 1 for params.choice.left");
}

#[test]
fn documents_hold_anything() {
    for value in [json!(null), json!(1), json!("x"), json!([1, { "a": [null] }]), json!({ "nope": {} })] {
        passes(json!({ "any": value }));
    }
}
