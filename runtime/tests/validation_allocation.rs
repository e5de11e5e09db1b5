//! Checking a valid input allocates nothing.

mod webrtc_storage;

use std::collections::BTreeMap;

use allocation_counter::measure;
use kinesisvideo_runtime::pattern::{Class, Code, Inst, Look, Nfa, Pattern};
use kinesisvideo_runtime::schema::{Member, Shape, Structure};
use kinesisvideo_runtime::validate::{Checks, validate};
use serde::Serialize;

use webrtc_storage::{ARN, SESSION, VIEWER};

#[track_caller]
fn assert_free(value: &impl Serialize, input: &'static Structure) {
    let mut outcome = Ok(());
    let allocations = measure(|| outcome = validate(value, input, Checks::ALL));
    assert_eq!(outcome, Ok(()));
    assert_eq!(allocations.count_total, 0);
}

#[test]
fn the_counter_counts() {
    let mut outcome = Ok(());
    let allocations = measure(|| outcome = validate(&serde_json::json!({}), &VIEWER, Checks::ALL));
    assert!(outcome.is_err() && allocations.count_total > 0);
}

#[test]
fn typed_input() {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Viewer {
        channel_arn: Option<String>,
        client_id: Option<String>,
    }
    assert_free(&Viewer { channel_arn: Some(ARN.to_owned()), client_id: Some("c".repeat(256)) }, &VIEWER);
}

#[test]
fn json_input() {
    assert_free(&serde_json::json!({ "channelArn": ARN }), &SESSION);
    assert_free(&serde_json::json!({ "channelArn": ARN, "clientId": "viewer-1", "nope": null }), &VIEWER);
}

/// `^(?!aws:)[a-zß]{1,128}$`
static TAG: Pattern = Pattern::nfa(
    "^(?!aws:)[a-zß]{1,128}$",
    Nfa::new(
        Code::new(
            &[
                Inst::Start,
                Inst::Look(0, false),
                Inst::Enter { counter: 0, max: 128 },
                Inst::Run { class: 0, counter: 0 },
                Inst::End,
                Inst::Match,
            ],
            1,
        )
        .at_start(),
        &[Class::ascii("az").beyond(&[('ß', 'ß')])],
    )
    .looks(&[Look::ahead(Code::new(
        &[Inst::Char(':'), Inst::Char('s'), Inst::Char('w'), Inst::Char('a'), Inst::Match],
        0,
    ))]),
);
static TEXT: Shape = Shape::string().length(Some(1), Some(128)).pattern(&TAG);
static TEXTS: Shape = Shape::list(&TEXT).length(Some(1), None);
static TAGS: Shape = Shape::map(&TEXT, &TEXTS).length(None, Some(50));
static NESTED: Structure = Structure::new(
    "Nested",
    &[
        Member::new("data", &Shape::BLOB),
        Member::new("document", &Shape::DOCUMENT),
        Member::new("on", &Shape::BOOLEAN),
        Member::new("self", &SELF),
        Member::new("tags", &TAGS).required(),
        Member::new("when", &Shape::TIMESTAMP),
    ],
);
static SELF: Shape = Shape::structure(&NESTED);

#[test]
fn nested_input_with_every_kind_of_pattern() {
    #[derive(Serialize)]
    struct Nested {
        data: &'static str,
        document: serde_json::Value,
        on: Option<bool>,
        #[serde(rename = "self")]
        inner: Option<Box<Nested>>,
        tags: BTreeMap<&'static str, Vec<&'static str>>,
        when: f64,
    }
    let nested = |inner| Nested {
        data: "YWI=",
        document: serde_json::json!({ "any": ["thing", null] }),
        on: Some(true),
        inner,
        tags: BTreeMap::from([("maß", vec!["klein", "groß"]), ("farbe", vec!["rot"])]),
        when: 1.5,
    };
    assert_free(&nested(Some(Box::new(nested(None)))), &NESTED);
}
