//! Where the replay is meant to differ, and why.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::facts::Differences;

/// What stands for nothing in the file.
const ABSENT: &str = "$absent";

/// A point in which the original is not followed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Deviation {
    name: String,
    reason: String,
    /// By case, the facts that differ and what they are here.
    cases: BTreeMap<String, BTreeMap<String, Value>>,
}

/// All of them. Every fact that is listed has to differ, and to be what the list says.
pub(crate) struct Deviations(Vec<Deviation>);

impl Deviations {
    pub(crate) fn read(text: &str) -> Self {
        let deviations: Vec<Deviation> = serde_json::from_str(text).unwrap();
        for deviation in &deviations {
            assert!(deviation.reason.len() > 40, "{}: a reason is more than a word", deviation.name);
            assert!(!deviation.cases.is_empty(), "{}: no case shows it", deviation.name);
        }
        Self(deviations)
    }

    /// Takes the differences of a case off the list, and reports those that are not on it.
    pub(crate) fn explain(&mut self, id: &str, mut found: Differences, report: &mut String) {
        for deviation in &mut self.0 {
            let Some(facts) = deviation.cases.remove(id) else { continue };
            for (path, expected) in facts {
                let actual = found.remove(&path).map(shown);
                match actual {
                    Some(actual) if actual == expected => {}
                    Some(actual) => {
                        _ = writeln!(report, "{id}: `{path}` is {actual}, {} has {expected}", deviation.name);
                    }
                    None => _ = writeln!(report, "{id}: `{path}` is as recorded: take it off {}", deviation.name),
                }
            }
        }
        if !found.is_empty() {
            let facts: Map<String, Value> = found.into_iter().map(|(path, actual)| (path, shown(actual))).collect();
            _ = writeln!(report, "{id}: differs without a reason: \"{id}\": {}", Value::from(facts));
        }
    }

    /// Reports what is left on the list.
    pub(crate) fn finish(self, report: &mut String) {
        for deviation in self.0 {
            for id in deviation.cases.keys() {
                _ = writeln!(report, "{}: there is no case {id}", deviation.name);
            }
        }
    }
}

fn shown(actual: Option<Value>) -> Value {
    actual.unwrap_or_else(|| ABSENT.into())
}
