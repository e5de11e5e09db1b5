//! Validation gives the codes and texts of the AWS SDK for JavaScript v2, observed with version 2.1693.0 on the two
//! operations of Kinesis Video WebRTC Storage.

mod webrtc_storage;

use kinesisvideo_runtime::validate::{Checks, validate};
use serde::Serialize;
use serde_json::{Value, json};

use webrtc_storage::{ARN, SESSION, VIEWER};

/// What the original says: the code of the whole, and each violation's code and message.
#[track_caller]
fn expect(outcome: Result<(), kinesisvideo_runtime::ValidationErrors>, code: &str, violations: &[(&str, &str)]) {
    let message = match violations {
        [(_, message)] => (*message).to_owned(),
        several => {
            let lines: Vec<_> = several.iter().map(|(code, message)| format!("\n* {code}: {message}")).collect();
            format!("There were {} validation errors:{}", several.len(), lines.concat())
        }
    };
    let violations = violations.iter().map(|&(code, message)| (code, message.to_owned())).collect();
    let found = outcome.map_err(|errors| {
        let found: Vec<_> = errors.iter().map(|found| (found.code(), found.message().to_owned())).collect();
        (errors.code(), found, errors.message())
    });
    assert_eq!(found, Err((code, violations, message)));
}

/// An object whose keys keep their order.
struct Ordered<'a>(&'a [(&'a str, Value)]);

impl Serialize for Ordered<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

const MISSING: (&str, &str) = ("MissingRequiredParameter", "Missing required key 'channelArn' in params");
const NOT_A_STRING: (&str, &str) = ("InvalidParameterType", "Expected params.channelArn to be a string");
const NOT_A_STRUCTURE: (&str, &str) = ("InvalidParameterType", "Expected params to be a structure");
const SEVERAL: &str = "MultipleValidationErrors";

#[test]
fn a_required_member_is_missing_when_absent_or_null() {
    for params in [json!({}), json!(null), json!({ "channelArn": null }), json!([])] {
        expect(validate(&params, &SESSION, Checks::default()), MISSING.0, &[MISSING]);
    }
}

#[test]
fn falsy_parameters_are_no_parameters() {
    for params in [json!(0), json!(false), json!("")] {
        expect(validate(&params, &SESSION, Checks::default()), MISSING.0, &[MISSING]);
    }
}

#[test]
fn parameters_must_be_a_structure() {
    for params in [json!(5), json!(true)] {
        expect(validate(&params, &SESSION, Checks::default()), SEVERAL, &[NOT_A_STRUCTURE, MISSING]);
    }
    let unexpected = |key| ("UnexpectedParameter", key);
    let (zero, one) =
        (unexpected("Unexpected key '0' found in params"), unexpected("Unexpected key '1' found in params"));
    expect(validate(&json!(["x"]), &SESSION, Checks::default()), SEVERAL, &[MISSING, zero]);
    expect(validate("st", &SESSION, Checks::default()), SEVERAL, &[NOT_A_STRUCTURE, MISSING, zero, one]);
}

#[test]
fn an_empty_text_satisfies_required() {
    assert_eq!(validate(&json!({ "channelArn": "" }), &SESSION, Checks::default()), Ok(()));
}

#[test]
fn a_text_must_be_a_text() {
    for value in [json!(true), json!(5), json!({ "a": 1 }), json!(["a"])] {
        let outcome = validate(&json!({ "channelArn": value }), &SESSION, Checks::default());
        expect(outcome, NOT_A_STRING.0, &[NOT_A_STRING]);
    }
}

#[test]
fn an_unknown_name_with_null_is_ignored() {
    assert_eq!(validate(&json!({ "channelArn": ARN, "nope": null }), &SESSION, Checks::default()), Ok(()));
}

#[test]
fn missing_members_come_first_then_the_given_ones_in_their_order() {
    expect(
        validate(&Ordered(&[("zeta", json!(1)), ("alpha", json!(2))]), &SESSION, Checks::default()),
        SEVERAL,
        &[
            MISSING,
            ("UnexpectedParameter", "Unexpected key 'zeta' found in params"),
            ("UnexpectedParameter", "Unexpected key 'alpha' found in params"),
        ],
    );
    expect(
        validate(&Ordered(&[("clientId", json!(1)), ("x", json!(2))]), &VIEWER, Checks::default()),
        SEVERAL,
        &[
            MISSING,
            ("InvalidParameterType", "Expected params.clientId to be a string"),
            ("UnexpectedParameter", "Unexpected key 'x' found in params"),
        ],
    );
}

#[test]
fn names_are_checked_even_when_nothing_else_is() {
    expect(
        validate(&json!({ "nope": 1 }), &SESSION, Checks::NONE),
        SEVERAL,
        &[MISSING, ("UnexpectedParameter", "Unexpected key 'nope' found in params")],
    );
}

#[test]
fn patterns_and_maxima_are_unchecked_by_default() {
    let params = json!({ "channelArn": "not an arn", "clientId": "!".repeat(257) });
    assert_eq!(validate(&params, &VIEWER, Checks::default()), Ok(()));
}

#[test]
fn an_empty_client_id_is_too_short_and_no_match() {
    let params = json!({ "channelArn": ARN, "clientId": "" });
    let too_short = ("MinRangeError", "Expected string length >= 1, but found 0 for params.clientId");
    let no_match = (
        "PatternMatchError",
        "Provided value \"\" does not match regex pattern /^[a-zA-Z0-9_.-]+$/ for params.clientId",
    );
    expect(validate(&params, &VIEWER, Checks::default()), too_short.0, &[too_short]);
    expect(validate(&params, &VIEWER, Checks::ALL), SEVERAL, &[too_short, no_match]);
}

#[test]
fn client_ids_have_up_to_256_characters() {
    let params = |id: &str| json!({ "channelArn": ARN, "clientId": id });
    for id in ["ok", &"c".repeat(256)] {
        assert_eq!(validate(&params(id), &VIEWER, Checks::ALL), Ok(()));
    }
    let max = Checks { max: true, ..Checks::NONE };
    // The original counts UTF-16 units, Smithy counts characters: 256 of them are enough for the one, not the other.
    assert_eq!(validate(&params(&"😀".repeat(256)), &VIEWER, max), Ok(()));
    let too_long = ("MaxRangeError", "Expected string length <= 256, but found 257 for params.clientId");
    expect(validate(&params(&"é".repeat(257)), &VIEWER, max), too_long.0, &[too_long]);
}

#[test]
fn a_line_break_at_the_end_is_part_of_the_text() {
    let params = json!({ "channelArn": ARN, "clientId": "ab\n" });
    let no_match = (
        "PatternMatchError",
        "Provided value \"ab\n\" does not match regex pattern /^[a-zA-Z0-9_.-]+$/ for params.clientId",
    );
    let pattern = Checks { pattern: true, ..Checks::NONE };
    expect(validate(&params, &VIEWER, pattern), no_match.0, &[no_match]);
}

#[test]
fn all_violations_are_reported_at_once() {
    let id = "!".repeat(257);
    let not_the_id =
        format!("Provided value \"{id}\" does not match regex pattern /^[a-zA-Z0-9_.-]+$/ for params.clientId");
    expect(
        validate(&json!({ "channelArn": "arn:aws:s3:::b", "clientId": id }), &VIEWER, Checks::ALL),
        SEVERAL,
        &[
            (
                "PatternMatchError",
                "Provided value \"arn:aws:s3:::b\" does not match regex pattern \
                 /^arn:(aws[a-zA-Z-]*):kinesisvideo:[a-z0-9-]+:[0-9]+:[a-z]+/[a-zA-Z0-9_.-]+/[0-9]+$/ for params.channelArn",
            ),
            ("MaxRangeError", "Expected string length <= 256, but found 257 for params.clientId"),
            ("PatternMatchError", &not_the_id),
        ],
    );
}

#[test]
fn channel_arns() {
    let outcome = |arn: &str| validate(&json!({ "channelArn": arn }), &SESSION, Checks::ALL);
    for arn in [ARN, "arn:aws-us-gov:kinesisvideo:us-gov-west-1:1:stream/a.b_c-d/1"] {
        assert_eq!(outcome(arn), Ok(()), "{arn}");
    }
    for arn in [
        "arn:aws:kinesisvideo:us-west-2::channel/a/1",
        "arn:aws:kinesisvideo:US-WEST-2:1:channel/a/1",
        &format!(" {ARN}"),
        &format!("{ARN} "),
        "arn:aws:kinesisvideo:us-west-2:1:channel/a/b/1",
        "arn:aws:kinesisvideo:us-west-2:1:channel/a/",
        "arn:az:kinesisvideo:us-west-2:1:channel/a/1",
        "",
    ] {
        assert_eq!(outcome(arn).expect_err(arn).code(), "PatternMatchError", "{arn}");
    }
}
