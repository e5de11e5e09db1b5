//! Running the tests of a generated crate.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::bench;

/// Which tests of a crate to run.
#[derive(Clone, Copy)]
pub(super) enum Target {
    /// Those within the library.
    Library,
    /// Those in `tests/`.
    Tests,
}

/// One test that ran.
pub(super) struct TestRun {
    /// Its path within its program.
    pub(super) name: String,
    pub(super) passed: bool,
    /// What it said before it failed.
    pub(super) output: String,
}

/// Runs tests; an error is one of compiling them.
pub(super) fn test(repository: &Path, folder: &Path, target: Target) -> Result<Vec<TestRun>, String> {
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["test", "--quiet", "--no-default-features", "--features", "request-compression"])
        .args(match target {
            Target::Library => ["--lib"].as_slice(),
            Target::Tests => ["--test", "protocol"].as_slice(),
        })
        .arg("--manifest-path")
        .arg(folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(bench::target(repository).join("conformance/target"))
        // Thousands of tests of which nobody needs the backtrace.
        .env("CARGO_PROFILE_TEST_DEBUG", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("RUST_BACKTRACE", "0")
        .args(["--", "--format", "pretty"])
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("cargo did not start: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let runs = parse(&text);
    if runs.is_empty() && !output.status.success() {
        return Err(format!("{}: its tests do not compile", folder.display()));
    }
    Ok(runs)
}

/// Reads what the test programs print.
fn parse(text: &str) -> Vec<TestRun> {
    let result = |line: &str| {
        let (name, result) = line.strip_prefix("test ")?.rsplit_once(" ... ")?;
        let passed = match result {
            "ok" => true,
            "FAILED" => false,
            _ => return None,
        };
        Some(TestRun { name: name.to_owned(), passed, output: output_of(text, name).to_owned() })
    };
    text.lines().filter_map(result).collect()
}

/// What a test printed.
fn output_of<'a>(text: &'a str, name: &str) -> &'a str {
    let Some((_, behind)) = text.split_once(&format!("---- {name} stdout ----\n")) else { return "" };
    let end = behind.find("\n\n").unwrap_or(behind.len());
    behind.get(..end).unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_read_from_what_test_programs_print() {
        let text = "running 3 tests\ntest a::one ... ok\ntest b ... ignored\ntest a::two ... FAILED\n\nfailures:\n\n\
            ---- a::two stdout ----\nthread 'a::two' panicked\nwrong\n\n\nfailures:\n    a::two\n";
        let runs = parse(text);
        let found: Vec<_> = runs.iter().map(|run| (run.name.as_str(), run.passed, run.output.as_str())).collect();
        assert_eq!(found, [("a::one", true, ""), ("a::two", false, "thread 'a::two' panicked\nwrong")]);
    }
}
