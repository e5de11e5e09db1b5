//! Compiling some of what was generated, each as a crate of its own.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Instant, SystemTime};

use kinesisvideo_codegen::package::{GeneratedModel, Package, Runtime, generate_package};
use kinesisvideo_codegen::parse::Source;

use super::{Options, Outcome, Row};
use crate::models::Text;
use crate::{bench, out};

/// Compiles the models that the options ask for; an error when one gives an error or a warning.
pub(super) fn run(repository: &Path, options: &Options<'_>, rows: Vec<Row>) -> Result<(), String> {
    let mut generated: Vec<Row> = rows.into_iter().filter(|row| row.model().is_some()).collect();
    // Largest first.
    generated.sort_by(|a, b| b.bytes.cmp(&a.bytes).then_with(|| a.name.cmp(&b.name)));
    let mut chosen: BTreeSet<usize> = (0..generated.len().min(options.largest)).collect();
    if options.check > 0 {
        let seed = options.seed.unwrap_or_else(seed_of_now);
        println!("\nseed {seed}");
        chosen.extend(pick(generated.len(), options.check, seed));
    }
    if chosen.is_empty() {
        return Ok(());
    }
    let checker = Checker::new(repository)?;
    let chosen: Vec<Row> =
        generated.into_iter().enumerate().filter(|(index, _)| chosen.contains(index)).map(|(_, row)| row).collect();
    println!("compiling {} crates in {}, warnings denied", chosen.len(), checker.folder.display());
    let (mut failed, total) = (Vec::new(), chosen.len());
    for Row { name, outcome, .. } in chosen {
        let Outcome::Generated { model, .. } = outcome else { continue };
        let began = Instant::now();
        match checker.check(&name, *model) {
            Ok(()) => println!("{name:<56} ok {:>6.1} s", began.elapsed().as_secs_f64()),
            Err(problem) => {
                println!("{name:<56} FAILED\n{problem}");
                failed.push(name);
            }
        }
    }
    println!("{} of {total} crates compile without a warning", total - failed.len());
    match failed.as_slice() {
        [] => Ok(()),
        failed => Err(format!("do not compile without a warning: {}", failed.join(", "))),
    }
}

/// A seed nobody has to think of. What it is exactly does not matter, only that it is printed.
fn seed_of_now() -> u64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::from(now.subsec_nanos())
}

/// `count` of the numbers below `all`; the same seed gives the same ones.
fn pick(all: usize, count: usize, mut seed: u64) -> BTreeSet<usize> {
    let mut left: Vec<usize> = (0..all).collect();
    let mut picked = BTreeSet::new();
    while picked.len() < count && !left.is_empty() {
        let index = usize::try_from(next(&mut seed) % left.len() as u64).unwrap_or_default();
        picked.insert(left.swap_remove(index));
    }
    picked
}

/// SplitMix64.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// Writes crates and has them compiled, all in one target folder so that what they depend on is built once.
struct Checker {
    folder: PathBuf,
    runtime: String,
    lock: PathBuf,
    partitions: Text,
}

impl Checker {
    fn new(repository: &Path) -> Result<Self, String> {
        Ok(Self {
            folder: bench::target(repository).join("corpus"),
            runtime: out::runtime_path(&repository.join("runtime"))?,
            lock: repository.join("Cargo.lock"),
            partitions: Text::read(&repository.join(out::PARTITIONS))?,
        })
    }

    fn check(&self, name: &str, model: GeneratedModel) -> Result<(), String> {
        let package = Package {
            name: &format!("{}-client", model.module.replace('_', "-").trim_end_matches('-')),
            description: "Made to be compiled",
            source: &format!("{name}.json"),
            docs: "Made to be compiled.",
            runtime: Runtime::Path(&self.runtime),
            is_workspace: true,
        };
        let partitions = Source { file: out::PARTITIONS, text: &self.partitions.text };
        let files =
            generate_package(&package, vec![model], partitions).map_err(|diagnostics| diagnostics.to_string())?;
        let folder = self.folder.join("crates").join(name.replace(['/', '\\'], "-"));
        out::write(&folder, &files)?;
        // The versions that everything else in the repository is tested with.
        std::fs::copy(&self.lock, folder.join("Cargo.lock"))
            .map_err(|error| format!("{}: {error}", self.lock.display()))?;
        // Tests are compiled where there are any; elsewhere that would only compile the library twice.
        let has_tests = files.keys().any(|path| path.ends_with("/tests.rs") || path.starts_with("tests/"));
        let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["check", "--quiet", "--color", "never"])
            .args(has_tests.then_some("--all-targets"))
            .arg("--manifest-path")
            .arg(folder.join("Cargo.toml"))
            .arg("--target-dir")
            .arg(self.folder.join("target"))
            .env("RUSTFLAGS", "-D warnings")
            .output()
            .map_err(|error| format!("cargo did not start: {error}"))?;
        match output.status.success() {
            true => Ok(()),
            false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_picks_the_same_and_another_one_others() {
        let picked = pick(261, 20, 7);
        assert_eq!(picked.len(), 20);
        assert!(picked.iter().all(|index| *index < 261));
        assert_eq!(pick(261, 20, 7), picked);
        assert_ne!(pick(261, 20, 8), picked);
        assert_eq!(pick(3, 20, 7), BTreeSet::from([0, 1, 2]), "never more than there are");
    }
}
