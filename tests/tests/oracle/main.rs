//! The replay of recorded cases, held against what AWS SDK for JavaScript v2 was recorded to do: all of it is equal, or differs as
//! `tests/oracle/deviations.json` says and for the reason it gives.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of a test fails with it")]

mod deviations;
mod facts;
mod secrets;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use kinesisvideo_tests::replay::{File, Signed, replay};
use serde_json::Value;

use deviations::Deviations;
use facts::{differences, requests};
use secrets::secret_of;

fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("oracle").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The cases, whole, and what was recorded of each.
fn cases() -> Vec<(Value, Value)> {
    let file = File::read(&read("cases.json")).unwrap();
    let mut recorded: BTreeMap<String, Value> = BTreeMap::new();
    for line in read("recorded.jsonl").lines() {
        let mut line: Value = serde_json::from_str(line).unwrap();
        for request in line["requests"].as_array_mut().unwrap() {
            // Sent by an earlier case already: the recording points there.
            if let Some(first) = request.get("asIn") {
                let (id, number) = (first[0].as_str().unwrap(), first[1].as_u64().unwrap() as usize);
                *request = recorded[id]["requests"][number].clone();
            }
        }
        recorded.insert(line["id"].as_str().unwrap().to_owned(), line);
    }
    let cases = file.cases.iter().map(|case| {
        let case = file.complete(case);
        let id = case["id"].as_str().unwrap();
        let line = recorded.remove(id).unwrap_or_else(|| panic!("{id} is not recorded, or stands twice"));
        (case, line)
    });
    let cases = cases.collect();
    assert!(recorded.is_empty(), "recorded, but no case: {:?}", recorded.keys());
    cases
}

/// What is wrong with the signatures of a line's requests, if anything.
fn wrong_signatures(case: &Value, line: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for (number, request) in requests(line).iter().enumerate() {
        let Some(signed) = Signed::of(request) else { continue };
        match secret_of(case, signed.access_key_id) {
            None => wrong
                .push(format!("request {number}: signed with {}, which the case does not have", signed.access_key_id)),
            Some(secret) if signed.signature_with(&secret) != signed.signature => {
                wrong.push(format!("request {number}: the signature is wrong for\n{}", signed.canonical_request()));
            }
            Some(_) => {}
        }
    }
    wrong
}

#[test]
fn recorded_signatures_are_right() {
    let mut checked = 0;
    for (case, recorded) in cases() {
        assert_eq!(wrong_signatures(&case, &recorded), Vec::<String>::new(), "{}", case["id"]);
        checked += requests(&recorded).iter().filter_map(Signed::of).count();
    }
    assert!(checked > 100, "only {checked}");
}

/// One test, because all cases share the recorded ports.
#[test]
fn every_case_is_equal_or_a_named_deviation() {
    let mut deviations = Deviations::read(&read("deviations.json"));
    let (mut report, mut equal, mut deviating) = (String::new(), 0, 0);
    for (case, recorded) in cases() {
        let id = case["id"].as_str().unwrap().to_owned();
        let actual = replay(case.clone());
        for wrong in wrong_signatures(&case, &actual) {
            _ = writeln!(report, "{id}: {wrong}");
        }
        let found = differences(&recorded, &actual);
        match found.is_empty() {
            true => equal += 1,
            false => deviating += 1,
        }
        deviations.explain(&id, found, &mut report);
    }
    deviations.finish(&mut report);
    assert!(report.is_empty(), "{equal} cases are equal, {deviating} deviate; not as recorded or listed:\n{report}");
}
