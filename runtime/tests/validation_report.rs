//! What a violation shows and what it hides, and values out of the ordinary.

use kinesisvideo_runtime::ValidationErrors;
use kinesisvideo_runtime::pattern::{Class, Pattern, Step};
use kinesisvideo_runtime::schema::{Member, Shape, Structure};
use kinesisvideo_runtime::validate::{Checks, ViolationKind, validate};
use serde::Serialize;
use serde_json::{Value, json};

static LOWER: Pattern = Pattern::whole("^[a-z]+$", &[Step::run(Class::ascii("az"), 1, u32::MAX)]);
static NAME: Shape = Shape::string().length(Some(2), Some(4)).pattern(&LOWER);
static SIZE: Shape = Shape::string().values(&["S", "M"]);
static SIZES: Shape = Shape::list(&SIZE);
static COUNT: Shape = Shape::integer(32).range(Some(1), Some(10));
static RATIO: Shape = Shape::float().float_range(Some(0.5), Some(1.5));
static TAGS: Shape = Shape::list(&Shape::STRING);
static SECRET: Shape = Shape::string().pattern(&LOWER).values(&["abc"]).sensitive();
static SECRET_KEYS: Shape = Shape::map(&SECRET, &Shape::INTEGER);
static INPUT: Structure = Structure::new(
    "Input",
    &[
        Member::new("big", &Shape::BIG_NUMBER),
        Member::new("count", &COUNT),
        Member::new("name", &NAME),
        Member::new("ratio", &RATIO),
        Member::new("secret", &SECRET),
        Member::new("secretCount", &COUNT).sensitive(),
        Member::new("secretKeys", &SECRET_KEYS),
        Member::new("secretSizes", &SIZES).sensitive(),
        Member::new("size", &SIZE),
        Member::new("tags", &TAGS),
        Member::new("when", &Shape::TIMESTAMP),
    ],
);

fn check<T: Serialize + ?Sized>(value: &T) -> Result<(), ValidationErrors> {
    validate(value, &INPUT, Checks::ALL)
}

#[test]
fn sensitive_values_are_not_shown() {
    let errors = check(&json!({
        "secret": "Hunter2",
        "secretCount": 4711,
        "secretKeys": { "Hunter2": "x" },
        "secretSizes": ["Hunter2"],
    }))
    .expect_err("nothing of it is right");
    let kinds: Vec<_> = errors.iter().map(|violation| violation.kind()).collect();
    use ViolationKind::{Enumeration, Max, Pattern, Type};
    assert_eq!(kinds, [Enumeration, Pattern, Max, Enumeration, Pattern, Type, Enumeration]);
    let shown = format!("{errors} {errors:?}");
    assert!(!shown.contains("Hunter2") && !shown.contains("4711"), "{shown}");
    assert!(shown.contains(
        "Provided value \"*** redacted ***\" does not match regex pattern /^[a-z]+$/ for params.secretKeys['*** redacted ***']"
    ));
}

#[test]
fn long_values_are_cut_in_messages() {
    let message = |length: usize| check(&json!({ "size": "é".repeat(length) })).expect_err("unknown size").message();
    assert!(message(512).contains(&"é".repeat(512)));
    assert_eq!(
        message(513),
        format!("Found string value of {}… (1026 bytes), but expected S|M for params.size", "é".repeat(512))
    );
}

#[test]
fn a_violation_says_where_what_and_how_much() {
    let errors = check(&json!({ "name": "a", "tags": [5] })).expect_err("two violations");
    let [min, kind] = &errors.iter().collect::<Vec<_>>()[..] else { panic!("{errors}") };
    assert_eq!((min.path(), min.limit(), min.found()), ("params.name", Some("2"), Some("1")));
    assert_eq!((kind.path(), kind.limit(), kind.found()), ("params.tags[0]", None, None));
    static ITEM: Structure = Structure::new("Item", &[Member::new("x", &Shape::INTEGER).required()]);
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
    assert_eq!(text(json!({ "nope": 1 })), "Unexpected key 'nope' found in params");
}

#[test]
fn nesting_has_an_end() {
    static LOOP: Structure = Structure::new("Loop", &[Member::new("next", &LOOP_SHAPE)]);
    static LOOP_SHAPE: Shape = Shape::structure(&LOOP);
    let nested = |depth| (0..depth).fold(json!({}), |inner, _| Value::from_iter([("next", inner)]));
    assert_eq!(validate(&nested(256), &LOOP, Checks::ALL), Ok(()));
    let errors = validate(&nested(1000), &LOOP, Checks::ALL).expect_err("too deep");
    assert!(errors.message().ends_with(".next to be nested at most 256 deep"));
}

#[test]
fn structures_may_have_very_many_members() {
    let names: Vec<&'static str> = (0..300).map(|place| &*format!("m{place}").leak()).collect();
    let members: Vec<_> = names.iter().map(|name| Member::new(name, &Shape::INTEGER).required()).collect();
    let structure: &'static Structure = Box::leak(Box::new(Structure::new("Many", members.leak())));
    let mut value: serde_json::Map<_, _> = names.iter().map(|name| ((*name).to_owned(), json!(1))).collect();
    assert_eq!(validate(&value, structure, Checks::ALL), Ok(()));
    for missing in ["m0", "m255", "m256", "m299"] {
        value.remove(missing);
        let errors = validate(&value, structure, Checks::ALL).map_err(|errors| errors.message());
        assert_eq!(errors, Err(format!("Missing required key '{missing}' in params")));
        value.insert(missing.to_owned(), json!(1));
    }
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
    let errors = check(&Input { when: Refusing, size: "L" }).expect_err("two violations");
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
    let input = Input { count: Digits("11"), ratio: Digits("0.25"), big: Digits("1e999"), name: Digits("5") };
    let found: Vec<_> = check(&input).expect_err("three violations").iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "Expected numeric value <= 10, but found 11 for params.count",
            "Expected numeric value >= 0.5, but found 0.25 for params.ratio",
            "Expected params.name to be a string",
        ]
    );
}
