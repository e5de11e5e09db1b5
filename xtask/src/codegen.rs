//! `cargo xtask codegen`: the files of `generated/src` from the facts in `model/`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use kinesisvideo_codegen::generate_collection;
use kinesisvideo_codegen::parse::Source;

use crate::sync;

/// The list of services, relative to the repository.
const LIST: &str = "model/services.toml";

/// What the generated crate documents: its README, so that the README's code is compiled.
const DOCS: &str = include_str!("../../generated/README.md");

/// Where emitted files go, relative to the repository.
const OUTPUT: &str = "generated/src";

/// Writes what changed and removes what is stale.
pub(crate) fn write(repository: &Path) -> Result<(), String> {
    let files = generate(repository, crate::threads())?;
    let folder = repository.join(OUTPUT);
    let differences = sync::compare(&folder, &files).map_err(|error| format!("{OUTPUT}: {error}"))?;
    sync::apply(&folder, &files, &differences).map_err(|error| format!("{OUTPUT}: {error}"))?;
    for name in differences.changed.keys() {
        println!("wrote {OUTPUT}/{name}");
    }
    for name in &differences.stale {
        println!("removed {OUTPUT}/{name}");
    }
    if differences.is_empty() {
        println!("{OUTPUT} is up to date ({} files)", files.len());
    }
    Ok(())
}

/// Fails with a diff when [`write()`] would change anything.
pub(crate) fn check(repository: &Path) -> Result<(), String> {
    let files = generate(repository, crate::threads())?;
    let differences = sync::compare(&repository.join(OUTPUT), &files).map_err(|error| format!("{OUTPUT}: {error}"))?;
    if differences.is_empty() {
        println!("{OUTPUT} is up to date ({} files)", files.len());
        return Ok(());
    }
    let mut report = String::new();
    for (name, now) in &differences.changed {
        match now {
            None => _ = writeln!(report, "{OUTPUT}/{name} is missing"),
            Some(now) => _ = writeln!(report, "{}", diff(&format!("{OUTPUT}/{name}"), now, &files[name])),
        }
    }
    for name in &differences.stale {
        _ = writeln!(report, "{OUTPUT}/{name} should not be there");
    }
    report.push_str(
        "\ngenerated/src is not what model/ gives. It is never edited by hand: run `cargo xtask codegen` and commit.",
    );
    Err(report)
}

fn diff(name: &str, now: &str, expected: &str) -> String {
    similar::TextDiff::from_lines(now, expected)
        .unified_diff()
        .header(&format!("{name} (in the repository)"), &format!("{name} (generated)"))
        .to_string()
}

/// What `model/` gives, by path relative to [`OUTPUT`].
fn generate(repository: &Path, threads: usize) -> Result<BTreeMap<String, String>, String> {
    let read = |name: &str| fs::read_to_string(repository.join("model").join(name));
    let text = read("services.toml").map_err(|error| format!("{LIST}: {error}"))?;
    let list = Source { file: LIST, text: &text };
    let generated = generate_collection(list, DOCS, &read, threads).map_err(|diagnostics| diagnostics.to_string())?;
    for warning in generated.warnings.iter() {
        eprintln!("warning: {warning}");
    }
    for refused in &generated.refused {
        eprintln!("left out: {}: {}", refused.operation, refused.reason);
    }
    Ok(generated.files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_src_is_what_model_gives() {
        check(&crate::repository()).unwrap();
    }

    #[test]
    fn however_many_threads_generate_the_same() {
        let generate = |threads| generate(&crate::repository(), threads).unwrap();
        assert_eq!(generate(0), generate(3));
    }

    /// Documentation that the generator writes where `model/docs` says nothing.
    fn undescribed(text: &str) -> Vec<&str> {
        let lines = text.lines().map(str::trim_start);
        let starts = ["/// The member `", "/// Calls `", "/// The structure `", "/// The union `", "/// The enum `"];
        let no_more = |line: &&str| line.starts_with("/// The input of `") && line.ends_with("`.");
        lines.filter(|line| starts.iter().any(|start| line.starts_with(start)) || no_more(line)).collect()
    }

    #[test]
    fn everything_in_the_family_is_described_in_words_of_ours() {
        for (name, text) in generate(&crate::repository(), crate::threads()).unwrap() {
            assert_eq!(undescribed(&text), [""; 0], "{name}: write it into model/docs");
        }
    }

    #[test]
    fn what_is_not_described_is_found() {
        let text = include_str!("../../codegen/tests/golden/operations/expected.rs");
        assert!(undescribed(text).len() > 5, "{:?}", undescribed(text));
    }
}
