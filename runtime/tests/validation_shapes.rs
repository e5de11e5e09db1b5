//! What validation says of each kind of shape. Where the AWS SDK for JavaScript v2 checks the same thing, code and text
//! are what its version 2.1693.0 gave for the same shape and value.

use kinesisvideo_runtime::ValidationErrors;
use kinesisvideo_runtime::pattern::{Class, Pattern, Step};
use kinesisvideo_runtime::schema::{Member, Shape, Structure};
use kinesisvideo_runtime::validate::{Checks, ViolationKind, validate};
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
static CHOICE: Structure = Structure::union(
    "Choice",
    &[
        Member::new("left", &NAME),
        Member::new("right", &Shape::INTEGER),
    ],
);
static CHOICE_SHAPE: Shape = Shape::structure(&CHOICE);
static SECRET: Shape = Shape::string().pattern(&LOWER).values(&["abc"]).sensitive();
static SECRET_COUNT: Shape = Shape::integer(32).range(None, Some(10));
static SECRET_KEYS: Shape = Shape::map(&SECRET, &Shape::INTEGER);
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
        Member::new("secret", &SECRET),
        Member::new("secretCount", &SECRET_COUNT).sensitive(),
        Member::new("secretKeys", &SECRET_KEYS),
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
        .flat_map(|errors| {
            errors
                .iter()
                .map(|found| format!("{} {found}", found.code()))
                .collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(found, lines, "{value}");
}

#[test]
fn texts() {
    passes(json!({ "name": "ab" }));
    fails(
        json!({ "name": "a" }),
        &["MinRangeError Expected string length >= 2, but found 1 for params.name"],
    );
    fails(
        json!({ "name": "abcde" }),
        &["MaxRangeError Expected string length <= 4, but found 5 for params.name"],
    );
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
    fails(
        json!({ "the-name": 5 }),
        &["InvalidParameterType Expected params.name to be a string"],
    );
}

#[test]
fn enumerations() {
    passes(json!({ "size": "S", "level": 2 }));
    fails(
        json!({ "size": "L" }),
        &["EnumError Found string value of L, but expected S|M for params.size"],
    );
    fails(
        json!({ "level": 3 }),
        &["EnumError Found numeric value of 3, but expected 1|2 for params.level"],
    );
}

#[test]
fn booleans() {
    passes(json!({ "on": false }));
    for value in [json!("true"), json!(1), json!({}), json!([])] {
        fails(
            json!({ "on": value }),
            &["InvalidParameterType Expected params.on to be a boolean"],
        );
    }
}

#[test]
fn whole_numbers() {
    for value in [json!(1), json!(10), json!("5"), json!(5.0)] {
        passes(json!({ "count": value }));
    }
    fails(
        json!({ "count": 0 }),
        &["MinRangeError Expected numeric value >= 1, but found 0 for params.count"],
    );
    for value in [json!(11), json!("11")] {
        fails(
            json!({ "count": value }),
            &["MaxRangeError Expected numeric value <= 10, but found 11 for params.count"],
        );
    }
    for value in [
        json!("x"),
        json!("1e0"),
        json!("05"),
        json!(true),
        json!({}),
        json!([]),
    ] {
        fails(
            json!({ "count": value }),
            &["InvalidParameterType Expected params.count to be a number"],
        );
    }
}

/// The original lets these pass, and sends something else than was meant.
#[test]
fn whole_numbers_are_whole_and_fit_their_type() {
    for value in [json!(1.5), json!("1.5"), json!("NaN")] {
        fails(
            json!({ "count": value }),
            &["InvalidParameterType Expected params.count to be an integer"],
        );
    }
    passes(json!({ "byte": -128, "long": i64::MIN }));
    fails(
        json!({ "byte": 128 }),
        &["InvalidParameterType Expected params.byte to be a 8-bit integer"],
    );
    fails(
        json!({ "long": u64::MAX }),
        &["InvalidParameterType Expected params.long to be a 64-bit integer"],
    );
    fails(
        json!({ "long": 1e300 }),
        &["InvalidParameterType Expected params.long to be an integer"],
    );
}

#[test]
fn floating_point_numbers() {
    for value in [json!(0.5), json!(1), json!("NaN"), json!("0.75")] {
        passes(json!({ "ratio": value }));
    }
    fails(
        json!({ "ratio": 0.25 }),
        &["MinRangeError Expected numeric value >= 0.5, but found 0.25 for params.ratio"],
    );
    fails(
        json!({ "ratio": 2 }),
        &["MaxRangeError Expected numeric value <= 1.5, but found 2 for params.ratio"],
    );
    fails(
        json!({ "ratio": "Infinity" }),
        &["MaxRangeError Expected numeric value <= 1.5, but found Infinity for params.ratio"],
    );
    for value in [json!("1e3"), json!("inf"), json!("")] {
        fails(
            json!({ "ratio": value }),
            &["InvalidParameterType Expected params.ratio to be a number"],
        );
    }
}

#[test]
fn numbers_of_any_size() {
    for value in [
        json!(1),
        json!(1.5),
        json!("123456789012345678901234567890.5"),
        json!(u64::MAX),
    ] {
        passes(json!({ "big": value }));
    }
    for value in [json!("x"), json!("inf"), json!(true)] {
        fails(
            json!({ "big": value }),
            &["InvalidParameterType Expected params.big to be a number"],
        );
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
        let message = "InvalidParameterType Expected params.when to be a Date object, ISO-8601 string, or a UNIX timestamp";
        fails(json!({ "when": value }), &[message]);
    }
}

/// The length of a blob is that of its bytes; the original does not check it.
#[test]
fn blobs() {
    for value in ["YWI=", "YWJj", "YWI"] {
        passes(json!({ "data": value }));
    }
    fails(
        json!({ "data": "YQ==" }),
        &["MinRangeError Expected blob length >= 2, but found 1 for params.data"],
    );
    fails(
        json!({ "data": "YWJjZA==" }),
        &["MaxRangeError Expected blob length <= 3, but found 4 for params.data"],
    );
    let message = "InvalidParameterType Expected params.data to be a string, Buffer, Stream, Blob, or typed array object";
    for value in [json!(5), json!({}), json!(true)] {
        fails(json!({ "data": value }), &[message]);
    }
}

#[test]
fn lists() {
    passes(json!({ "tags": ["a", null] }));
    fails(
        json!({ "tags": [] }),
        &["MinRangeError Expected list member count >= 1, but found 0 for params.tags"],
    );
    fails(
        json!({ "tags": ["", 1, null] }),
        &[
            "MaxRangeError Expected list member count <= 2, but found 3 for params.tags",
            "MinRangeError Expected string length >= 1, but found 0 for params.tags[0]",
            "InvalidParameterType Expected params.tags[1] to be a string",
        ],
    );
    for value in [json!("x"), json!({}), json!(5)] {
        fails(
            json!({ "tags": value }),
            &["InvalidParameterType Expected params.tags to be an Array"],
        );
    }
}

#[test]
fn maps() {
    passes(json!({ "attrs": { "aa": "123", "bb": null } }));
    fails(
        json!({ "attrs": {} }),
        &["MinRangeError Expected map member count >= 1, but found 0 for params.attrs"],
    );
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
        fails(
            json!({ "attrs": value }),
            &["InvalidParameterType Expected params.attrs to be a map"],
        );
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
        &[
            missing[0],
            missing[1],
            "UnexpectedParameter Unexpected key '0' found in params.inner",
        ],
    );
    let type_error = "InvalidParameterType Expected params.inner to be a structure";
    fails(json!({ "inner": 5 }), &[type_error, missing[0], missing[1]]);
    fails(
        json!({ "inner": "x" }),
        &[
            type_error,
            missing[0],
            missing[1],
            "UnexpectedParameter Unexpected key '0' found in params.inner",
        ],
    );
    fails(
        json!({ "inner": { "id": "1", "kind": "k", "list": [{ "x": 1 }, {}, { "x": "q" }, null] } }),
        &[
            "MissingRequiredParameter Missing required key 'x' in params.inner.list[1]",
            "InvalidParameterType Expected params.inner.list[2].x to be a number",
        ],
    );
    fails(
        json!({ "byName": { "it's": { "x": "q", "w": 2 } } }),
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
        &[
            "UriParameterError Expected uri parameter to have length >= 1, but found \"\" for params.uri",
        ],
    );
}

#[test]
fn unions_have_exactly_one_member_set() {
    passes(json!({ "choice": { "left": "ab", "right": null } }));
    let wrong = |found| {
        format!(
            "InvalidParameterType Expected params.choice to have exactly one member set, but found {found}"
        )
    };
    fails(json!({ "choice": {} }), &[&wrong(0)]);
    fails(
        json!({ "choice": { "left": "ab", "right": 1 } }),
        &[&wrong(2)],
    );
    fails(
        json!({ "choice": { "middle": 1 } }),
        &[
            &wrong(0),
            "UnexpectedParameter Unexpected key 'middle' found in params.choice",
        ],
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
    assert_eq!(
        check(&Input {
            choice: Choice::Left("ab")
        }),
        Ok(())
    );
    let errors = check(&Input {
        choice: Choice::Left("a"),
    })
    .expect_err("too short");
    assert_eq!(
        errors.message(),
        "Expected string length >= 2, but found 1 for params.choice.left"
    );
}

#[test]
fn documents_hold_anything() {
    for value in [
        json!(null),
        json!(1),
        json!("x"),
        json!([1, { "a": [null] }]),
        json!({ "nope": {} }),
    ] {
        passes(json!({ "any": value }));
    }
}

#[test]
fn sensitive_values_are_not_shown() {
    let errors = check(&json!({
        "secret": "Hunter2",
        "secretCount": 4711,
        "secretKeys": { "Hunter2": "x" },
    }))
    .expect_err("nothing of it is right");
    let kinds: Vec<_> = errors.iter().map(|violation| violation.kind()).collect();
    use ViolationKind::{Enumeration, Max, Pattern, Type};
    assert_eq!(
        kinds,
        [Enumeration, Pattern, Max, Enumeration, Pattern, Type]
    );
    let shown = format!("{errors} {errors:?}");
    assert!(
        !shown.contains("Hunter2") && !shown.contains("4711"),
        "{shown}"
    );
    assert!(shown.contains(
        "Provided value \"*** redacted ***\" does not match regex pattern /^[a-z]+$/ for params.secretKeys['*** redacted ***']"
    ));
}

#[test]
fn long_values_are_cut_in_messages() {
    let message = |length: usize| {
        check(&json!({ "size": "é".repeat(length) }))
            .expect_err("unknown size")
            .message()
    };
    assert!(message(512).contains(&"é".repeat(512)));
    assert_eq!(
        message(513),
        format!(
            "Found string value of {}… (1026 bytes), but expected S|M for params.size",
            "é".repeat(512)
        )
    );
}

#[test]
fn a_violation_says_where_what_and_how_much() {
    let errors = check(&json!({ "name": "a", "tags": [5] })).expect_err("two violations");
    let [min, kind] = &errors.iter().collect::<Vec<_>>()[..] else {
        panic!("{errors}")
    };
    assert_eq!(
        (min.path(), min.limit(), min.found()),
        ("params.name", Some("2"), Some("1"))
    );
    assert_eq!(
        (kind.path(), kind.limit(), kind.found()),
        ("params.tags[0]", None, None)
    );
    let errors = validate(&json!({ "nope": 1 }), &ITEM, Checks::NONE).expect_err("two violations");
    let paths: Vec<_> = errors.iter().map(|violation| violation.path()).collect();
    assert_eq!(paths, ["params.x", "params.nope"]);
}

#[test]
fn the_text_ends_with_how_to_turn_the_check_off_where_that_is_possible() {
    let text = |value: Value| check(&value).expect_err("it is refused").to_string();
    assert_eq!(
        text(json!({ "name": "ABCDE" })),
        "There were 2 validation errors:\n\
         * MaxRangeError: Expected string length <= 4, but found 5 for params.name\n\
         * PatternMatchError: Provided value \"ABCDE\" does not match regex pattern /^[a-z]+$/ for params.name\n\
         help: if the service accepts it, turn off `max`, `pattern` in `param_validation`"
    );
    assert_eq!(
        text(json!({ "nope": 1 })),
        "Unexpected key 'nope' found in params"
    );
}

#[test]
fn nesting_has_an_end() {
    static LOOP: Structure = Structure::new("Loop", &[Member::new("next", &LOOP_SHAPE)]);
    static LOOP_SHAPE: Shape = Shape::structure(&LOOP);
    let nested = |depth| (0..depth).fold(json!({}), |inner, _| json!({ "next": inner }));
    assert_eq!(validate(&nested(256), &LOOP, Checks::ALL), Ok(()));
    let errors = validate(&nested(1000), &LOOP, Checks::ALL).expect_err("too deep");
    assert!(
        errors
            .message()
            .ends_with(".next to be nested at most 256 deep")
    );
}

#[test]
fn a_value_that_refuses_to_be_serialised_is_a_violation() {
    struct Refusing;
    impl Serialize for Refusing {
        fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("the clock has stopped"))
        }
    }
    #[derive(Serialize)]
    struct Input {
        when: Refusing,
        size: &'static str,
    }
    let errors = check(&Input {
        when: Refusing,
        size: "L",
    })
    .expect_err("two violations");
    let found: Vec<_> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "Expected params.when to be something that can be sent: the clock has stopped",
            "Found string value of L, but expected S|M for params.size",
        ]
    );
}

/// `serde_json` hands over numbers in this guise when any crate of the build asks for arbitrary precision.
#[test]
fn numbers_of_arbitrary_precision_are_numbers() {
    struct Digits(&'static str);
    impl Serialize for Digits {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            use serde::ser::SerializeStruct;
            let mut number = serializer.serialize_struct("$serde_json::private::Number", 1)?;
            number.serialize_field("$serde_json::private::Number", self.0)?;
            number.end()
        }
    }
    #[derive(Serialize)]
    struct Input {
        count: Digits,
        ratio: Digits,
        big: Digits,
        name: Digits,
    }
    let input = Input {
        count: Digits("11"),
        ratio: Digits("0.25"),
        big: Digits("1e999"),
        name: Digits("5"),
    };
    let found: Vec<_> = check(&input)
        .expect_err("three violations")
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        found,
        [
            "Expected numeric value <= 10, but found 11 for params.count",
            "Expected numeric value >= 0.5, but found 0.25 for params.ratio",
            "Expected params.name to be a string",
        ]
    );
}
