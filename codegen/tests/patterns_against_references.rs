//! Compiled patterns agree with two references on random patterns and texts: with the `regex` crate, which knows no
//! look-around, and with a matcher too simple to be wrong, which does.

mod pattern_support;

use std::collections::BTreeSet;

use pattern_support::build;
use proptest::prelude::*;

/// A pattern as a tree, to be written in either dialect.
#[derive(Clone, Debug)]
enum Node {
    Empty,
    /// One of these characters, or any but these.
    Set(Vec<(char, char)>, bool),
    Concat(Vec<Node>),
    Alternate(Vec<Node>),
    Repeat(Box<Node>, u32, Option<u32>),
    Start,
    End,
    WordBoundary,
    Look {
        ahead: bool,
        wanted: bool,
        node: Box<Node>,
    },
}

const ALPHABET: [char; 9] = ['a', 'b', 'c', '0', '-', ' ', '\n', 'é', '😀'];

impl Node {
    fn write(&self, ecma: bool, out: &mut String) {
        match self {
            Self::Empty => out.push_str("(?:)"),
            Self::Set(ranges, negated) => {
                out.push_str(if *negated { "[^" } else { "[" });
                for &(first, last) in ranges {
                    for (c, before) in [(first, ""), (last, "-")] {
                        out.push_str(before);
                        match c {
                            '\n' => out.push_str("\\n"),
                            '-' => out.push_str("\\-"),
                            '😀' if ecma => out.push_str("\\uD83D\\uDE00"),
                            c => out.push(c),
                        }
                    }
                }
                out.push(']');
            }
            Self::Concat(nodes) => nodes.iter().for_each(|node| node.write(ecma, out)),
            Self::Alternate(nodes) => {
                for (place, node) in nodes.iter().enumerate() {
                    out.push_str(if place == 0 { "(" } else { "|" });
                    node.write(ecma, out);
                }
                out.push(')');
            }
            Self::Repeat(node, min, max) => {
                out.push_str("(?:");
                node.write(ecma, out);
                out.push(')');
                match (min, max) {
                    (0, None) => out.push('*'),
                    (1, None) => out.push('+'),
                    (0, Some(1)) => out.push('?'),
                    (min, None) => out.push_str(&format!("{{{min},}}")),
                    (min, Some(max)) => out.push_str(&format!("{{{min},{max}}}")),
                }
            }
            Self::Start => out.push('^'),
            Self::End => out.push('$'),
            Self::WordBoundary => out.push_str(if ecma { "\\b" } else { "(?-u:\\b)" }),
            Self::Look { ahead, wanted, node } => {
                out.push_str("(?");
                out.push_str(if *ahead { "" } else { "<" });
                out.push_str(if *wanted { "=" } else { "!" });
                node.write(ecma, out);
                out.push(')');
            }
        }
    }

    fn text(&self, ecma: bool) -> String {
        let mut out = String::new();
        self.write(ecma, &mut out);
        out
    }

    /// Where a match that starts at the position may end.
    fn ends(&self, text: &[char], at: usize) -> BTreeSet<usize> {
        let here = |holds: bool| if holds { BTreeSet::from([at]) } else { BTreeSet::new() };
        let word = |place: Option<usize>| {
            place.and_then(|place| text.get(place)).is_some_and(|c| c.is_ascii_alphanumeric() || *c == '_')
        };
        match self {
            Self::Empty => here(true),
            Self::Set(ranges, negated) => match text.get(at) {
                Some(c) if ranges.iter().any(|(first, last)| (first..=last).contains(&c)) != *negated => {
                    BTreeSet::from([at + 1])
                }
                _ => BTreeSet::new(),
            },
            Self::Concat(nodes) => nodes
                .iter()
                .fold(here(true), |starts, node| starts.into_iter().flat_map(|start| node.ends(text, start)).collect()),
            Self::Alternate(nodes) => nodes.iter().flat_map(|node| node.ends(text, at)).collect(),
            Self::Repeat(node, min, max) => {
                let again = |starts: &BTreeSet<usize>| -> BTreeSet<usize> {
                    starts.iter().flat_map(|&start| node.ends(text, start)).collect()
                };
                let mut ends = (0..*min).fold(here(true), |starts, _| again(&starts));
                // After as many rounds as there are positions nothing new turns up.
                let rounds = max.map_or(text.len() + 1, |max| (max - min) as usize);
                for _ in 0..rounds {
                    ends = ends.union(&again(&ends)).copied().collect();
                }
                ends
            }
            Self::Start => here(at == 0),
            Self::End => here(at == text.len()),
            Self::WordBoundary => here(word(at.checked_sub(1)) != word(Some(at))),
            Self::Look { ahead: true, wanted, node } => here(node.ends(text, at).is_empty() != *wanted),
            Self::Look { ahead: false, wanted, node } => {
                here((0..=at).any(|start| node.ends(text, start).contains(&at)) == *wanted)
            }
        }
    }

    fn is_match(&self, text: &str) -> bool {
        let text: Vec<_> = text.chars().collect();
        (0..=text.len()).any(|start| !self.ends(&text, start).is_empty())
    }
}

fn set() -> impl Strategy<Value = Node> {
    let range = (prop::sample::select(&ALPHABET[..]), prop::sample::select(&ALPHABET[..]), any::<bool>())
        .prop_map(|(first, last, single)| if single { (first, first) } else { (first.min(last), first.max(last)) });
    (prop::collection::vec(range, 1..3), prop::bool::weighted(0.2))
        .prop_map(|(ranges, negated)| Node::Set(ranges, negated))
}

fn node(looks: bool) -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![
        8 => set(),
        1 => Just(Node::Empty),
        1 => Just(Node::Start),
        1 => Just(Node::End),
        1 => Just(Node::WordBoundary),
    ];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        let repeat = (inner.clone(), 0u32..4, prop::option::of(0u32..5))
            .prop_map(|(node, min, more)| Node::Repeat(Box::new(node), min, more.map(|more| (min + more).max(1))));
        let look = (inner.clone(), any::<bool>(), any::<bool>()).prop_map(|(node, ahead, wanted)| Node::Look {
            ahead,
            wanted,
            node: Box::new(node),
        });
        prop_oneof![
            4 => prop::collection::vec(inner.clone(), 1..5).prop_map(Node::Concat),
            2 => prop::collection::vec(inner, 1..4).prop_map(Node::Alternate),
            3 => repeat,
            u32::from(looks) * 3 => look,
        ]
    })
}

/// Anchored sequences of runs: what becomes steps where it leaves no choice.
fn runs() -> impl Strategy<Value = Node> {
    let run = (set(), 0u32..3, prop::option::of(0u32..3))
        .prop_map(|(set, min, more)| Node::Repeat(Box::new(set), min, more.map(|more| (min + more).max(1))));
    (prop::collection::vec(run, 0..5), any::<bool>()).prop_map(|(runs, to_end)| {
        let end = if to_end { Node::End } else { Node::Empty };
        Node::Concat([vec![Node::Start], runs, vec![end]].concat())
    })
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    let text =
        prop::collection::vec(prop::sample::select(&ALPHABET[..]), 0..10).prop_map(|text| text.into_iter().collect());
    prop::collection::vec(text, 1..12)
}

/// Checks the pattern on all the texts.
fn compare(node: &Node, texts: &[String]) -> Result<(), TestCaseError> {
    let ecma = node.text(true);
    let pattern = build(&ecma).map_err(TestCaseError::fail)?;
    for text in texts {
        prop_assert_eq!(pattern.is_match(text), node.is_match(text), "/{}/ on {:?}", ecma, text);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn the_regex_crate(node in node(false), texts in texts()) {
        let (pattern, regex) = (build(&node.text(true)), regex::Regex::new(&node.text(false)));
        let (Ok(pattern), Ok(regex)) = (pattern, regex) else {
            return Err(TestCaseError::fail(format!("does not compile: {}", node.text(true))));
        };
        for text in texts {
            prop_assert_eq!(pattern.is_match(&text), regex.is_match(&text), "/{}/ on {:?}", node.text(true), text);
        }
    }

    #[test]
    fn the_simple_matcher(node in node(true), texts in texts()) {
        compare(&node, &texts)?;
    }

    #[test]
    fn the_simple_matcher_on_runs(node in runs(), texts in texts()) {
        compare(&node, &texts)?;
    }

    /// Whatever the text: no panic, and no program that the runtime would not run.
    #[test]
    fn any_text_compiles_or_says_why_not(text in r"[\[\](){}*+?|^$\\.\-,0-9a-dpuxkbBsS:=!<>é]{0,24}", value in "\\PC{0,8}") {
        if let Ok(pattern) = build(&text) {
            pattern.is_match(&value);
        }
    }
}
