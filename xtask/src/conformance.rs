//! `cargo xtask conformance`: the protocol and endpoint tests of botocore's source distribution, through generated code.

mod cargo;
mod endpoints;
mod protocols;

use std::path::Path;

use kinesisvideo_codegen::package::{GeneratedModel, Package, Runtime, generate_package};
use kinesisvideo_codegen::parse::Source;

use crate::models::Text;
use crate::{bench, out};

/// How many tests there were, and what became of those that did not pass.
#[derive(Default)]
struct Outcome {
    passed: usize,
    failed: Vec<String>,
    /// With the reason.
    skipped: Vec<String>,
}

impl Outcome {
    fn line(&self) -> String {
        format!("{} passed, {} failed, {} skipped", self.passed, self.failed.len(), self.skipped.len())
    }

    fn print(&self, title: &str) {
        for test in &self.failed {
            println!("failed: {test}");
        }
        for test in &self.skipped {
            println!("skipped: {test}");
        }
        println!("{title}: {}", self.line());
    }

    fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed.extend(other.failed);
        self.skipped.extend(other.skipped);
    }
}

/// Runs all tests of an unpacked source distribution of botocore.
pub(crate) fn run(repository: &Path, botocore: &Path) -> Result<(), String> {
    if !botocore.join("tests/unit/protocols").is_dir() {
        return Err(format!(
            "{}: has no tests/unit/protocols: it must be an unpacked source distribution of botocore (`pip download --no-binary :all: botocore`)",
            botocore.display()
        ));
    }
    let crates = Crates { repository };
    let mut total = Outcome::default();
    for (title, outcome) in protocols::run(&crates, botocore)? {
        outcome.print(title);
        total.add(outcome);
    }
    let outcome = endpoints::run(&crates, botocore)?;
    outcome.print("endpoint rules");
    total.add(outcome);
    println!("{}", total.line());
    match total.failed.len() {
        0 => Ok(()),
        failed => Err(format!("{failed} conformance tests failed")),
    }
}

/// Where crates of tests are made.
struct Crates<'a> {
    repository: &'a Path,
}

impl Crates<'_> {
    /// Writes a crate of these models and runs its tests; gives the output of the test programs.
    fn test(
        &self,
        name: &str,
        source: &str,
        models: Vec<GeneratedModel>,
        partitions: &Path,
        target: cargo::Target,
    ) -> Result<Vec<cargo::TestRun>, String> {
        let partitions = Text::read(partitions)?;
        let runtime = self.repository.join("runtime");
        let package = Package {
            name,
            description: "Conformance tests",
            source,
            docs: "Made for its tests.",
            runtime: Runtime::Path(&runtime.display().to_string()),
            is_workspace: true,
        };
        let table = Source { file: &partitions.file, text: &partitions.text };
        let files = generate_package(&package, models, table).map_err(|diagnostics| diagnostics.to_string())?;
        let folder = bench::target(self.repository).join("conformance").join(name);
        out::write(&folder, &files)?;
        // The versions that everything else in the repository is tested with.
        std::fs::copy(self.repository.join("Cargo.lock"), folder.join("Cargo.lock"))
            .map_err(|error| format!("Cargo.lock: {error}"))?;
        cargo::test(self.repository, &folder, target)
    }
}
