//! A typed input and its JSON are judged alike.

use std::collections::BTreeMap;

use kinesisvideo_runtime::pattern::{Class, Pattern, Step};
use kinesisvideo_runtime::schema::{Member, Shape, Structure};
use kinesisvideo_runtime::validate::{Checks, coerce, validate};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

static LOWER: Pattern = Pattern::whole("^[a-z]+$", &[Step::run(Class::ascii("az"), 1, u32::MAX)]);
static NAME: Shape = Shape::string().length(Some(1), Some(3)).pattern(&LOWER);
static COUNT: Shape = Shape::integer(32).range(Some(-5), Some(5));
static RATIO: Shape = Shape::float().float_range(Some(-0.5), Some(0.5));
static SIZE: Shape = Shape::string().values(&["S", "M"]);
static NAMES: Shape = Shape::list(&NAME).length(Some(1), Some(2));
static COUNTS: Shape = Shape::map(&NAME, &COUNT).length(None, Some(2));
static NODE: Structure = Structure::new(
    "Node",
    &[
        Member::new("child", &NODE_SHAPE),
        Member::new("count", &COUNT).required(),
        Member::new("counts", &COUNTS),
        Member::new("name", &NAME).required(),
        Member::new("names", &NAMES).wire("other-names"),
        Member::new("ratio", &RATIO),
        Member::new("size", &SIZE),
    ],
);
static NODE_SHAPE: Shape = Shape::structure(&NODE);

/// Members in the order of JSON's keys.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Node {
    child: Option<Box<Node>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<i32>,
    counts: BTreeMap<String, i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(rename = "other-names", skip_serializing_if = "Option::is_none")]
    names: Option<Vec<Option<String>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ratio: Option<f64>,
    size: Option<String>,
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![Just("S".to_owned()), "[a-z]{0,4}", "\\PC{0,4}"]
}

fn leaf() -> impl Strategy<Value = Node> {
    let parts = (
        prop::option::of(-7..7i32),
        prop::collection::btree_map(text(), -7..7i32, 0..4),
        prop::option::of(text()),
        prop::option::of(prop::collection::vec(prop::option::of(text()), 0..4)),
        prop::option::of(-1.0..1.0),
        prop::option::of(text()),
    );
    parts.prop_map(|(count, counts, name, names, ratio, size)| Node {
        child: None,
        count,
        counts,
        name,
        names,
        ratio,
        size,
    })
}

fn node() -> impl Strategy<Value = Node> {
    leaf().prop_recursive(3, 8, 1, |child| {
        (child, leaf()).prop_map(|(child, node)| Node { child: Some(Box::new(child)), ..node })
    })
}

fn checks() -> impl Strategy<Value = Checks> {
    let one = |min, max, pattern, enumeration| Checks { min, max, pattern, enumeration };
    any::<(bool, bool, bool, bool)>()
        .prop_map(move |(min, max, pattern, enumeration)| one(min, max, pattern, enumeration))
}

proptest! {
    #[test]
    fn typed_and_json_are_judged_alike(node in node(), checks in checks()) {
        let json = serde_json::to_value(&node).expect("JSON");
        prop_assert_eq!(validate(&node, &NODE, checks), validate(&json, &NODE, checks));
    }

    /// What passes means the same after it was made to fit.
    #[test]
    fn fitting_changes_nothing_of_what_passes(node in node().prop_map(complete)) {
        let mut json = serde_json::to_value(&node).expect("JSON");
        prop_assert_eq!(validate(&json, &NODE, Checks::NONE), Ok(()));
        coerce(&mut json, &NODE);
        prop_assert_eq!(serde_json::from_value::<Node>(json).expect("a node"), node);
    }
}

/// The same, with the required members.
fn complete(node: Node) -> Node {
    Node {
        child: node.child.map(|child| Box::new(complete(*child))),
        count: node.count.or(Some(0)),
        name: node.name.or(Some("a".to_owned())),
        ..node
    }
}
