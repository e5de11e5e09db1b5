//! The tests of endpoint rules. Rules have nothing to do with protocols, so they are those of all services.

use std::fs;
use std::path::{Path, PathBuf};

use kinesisvideo_codegen::package::{GeneratedModel, generate_endpoints};
use kinesisvideo_codegen::parse::Source;
use serde_json::Value;

use super::{Crates, Outcome, cargo};
use crate::models::Text;

const DATA: &str = "botocore/data";
const TESTS: &str = "tests/functional/endpoint-rules";

/// Generates and runs the tests of all services.
pub(super) fn run(crates: &Crates<'_>, botocore: &Path) -> Result<Outcome, String> {
    let mut outcome = Outcome::default();
    let mut models = Vec::new();
    let mut expected = 0;
    for (service, version) in services(&botocore.join(DATA))? {
        match generate(botocore, &service, &version) {
            Ok(model) => {
                models.push(model);
                expected += cases(botocore, &service)?;
            }
            Err(error) => outcome.failed.push(format!("{service}: {error}")),
        }
    }
    let partitions = botocore.join(DATA).join("partitions.json");
    let runs =
        crates.test("endpoint-tests", "botocore's endpoint tests", models, &partitions, cargo::Target::Library)?;
    let ran = runs.len();
    for run in runs {
        if run.passed {
            outcome.passed += 1;
        } else {
            outcome.failed.push(format!("{}: {}", run.name, run.output));
        }
    }
    if ran < expected {
        outcome.failed.push(format!("{} of {expected} tests did not run", expected - ran));
    }
    Ok(outcome)
}

/// The services, each with the folder of its latest version.
fn services(data: &Path) -> Result<Vec<(String, PathBuf)>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", data.display());
    let mut services = Vec::new();
    for entry in fs::read_dir(data).map_err(failed)? {
        let folder = entry.map_err(failed)?.path();
        let Some(name) = folder.file_name().and_then(|name| name.to_str()).filter(|_| folder.is_dir()) else {
            continue;
        };
        let mut versions: Vec<PathBuf> =
            fs::read_dir(&folder).map_err(failed)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
        versions.sort();
        let latest = versions.pop().filter(|version| version.is_dir());
        services.extend(latest.map(|version| (name.to_owned(), version)));
    }
    services.sort();
    Ok(services)
}

fn generate(botocore: &Path, service: &str, version: &Path) -> Result<GeneratedModel, String> {
    let missing = |name: &str| format!("has no {name}");
    let rules = Text::find(version, "endpoint-rule-set-1.json")?.ok_or_else(|| missing("endpoint-rule-set-1.json"))?;
    let tests = tests(botocore, service)?;
    // Paths of this machine have no place in headers.
    let file = format!("{DATA}/{service}/endpoint-rule-set-1.json");
    let rules = Source { file: &file, text: &rules.text };
    let tests = Source { file: &tests.file, text: &tests.text };
    generate_endpoints(service, rules, tests).map_err(|diagnostics| diagnostics.to_string())
}

fn tests(botocore: &Path, service: &str) -> Result<Text, String> {
    let folder = botocore.join(TESTS).join(service);
    Text::find(&folder, "endpoint-tests-1.json")?.ok_or_else(|| format!("{}: has no tests", folder.display()))
}

/// How many tests a service has.
fn cases(botocore: &Path, service: &str) -> Result<usize, String> {
    let tests = tests(botocore, service)?;
    let value: Value = serde_json::from_str(&tests.text).map_err(|error| format!("{}: {error}", tests.file))?;
    Ok(value["testCases"].as_array().map_or(0, Vec::len))
}
