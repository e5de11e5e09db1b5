//! `cargo xtask bench` and `cargo xtask budget`: run the programs of `benches/`, a workspace of its own.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Measures everything side by side with the rivals.
pub(crate) fn bench(repository: &Path, options: &[&str]) -> Result<(), String> {
    let mut arguments: Vec<OsString> = vec!["run".into()];
    let mut options = options.iter();
    while let Some(option) = options.next() {
        match *option {
            "--quick" => arguments.push("--quick".into()),
            "--json" => {
                let file = options.next().ok_or("`--json` needs the name of a file")?;
                // Relative to where the user is, which is not where the program will run.
                let file = std::path::absolute(file).map_err(|error| format!("{file}: {error}"))?;
                arguments.extend(["--json".into(), file.into()]);
            }
            other => return Err(format!("unknown option `{other}`: use --quick, --json FILE")),
        }
    }
    let target = target(repository);
    arguments.extend(["--target-dir".into(), target.join("benches").into()]);
    arguments.extend(["--out".into(), target.join("bench").into()]);
    run(repository, "harness", &arguments)
}

/// Checks the figures that do not depend on the machine against `benches/budgets.toml`; builds no rival.
///
/// The instruments are tested first: what measures wrongly, or nothing, must not pass for a figure.
pub(crate) fn budget(repository: &Path) -> Result<(), String> {
    cargo(repository, &["test", "--package", "meter", "--package", "footprint"], &[])?;
    run(repository, "footprint", &["--target-dir".into(), target(repository).join("benches").into()])
}

/// Where builds go: what Cargo was told, or `target`.
pub(crate) fn target(repository: &Path) -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => std::path::absolute(&folder).unwrap_or_else(|_| repository.join("target")),
        None => repository.join("target"),
    }
}

fn run(repository: &Path, package: &str, arguments: &[OsString]) -> Result<(), String> {
    cargo(repository, &["run", "--package", package], arguments)
}

fn cargo(repository: &Path, command: &[&str], arguments: &[OsString]) -> Result<(), String> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // What `cargo run` told this program about its own package. Build scripts such as ring's are run again, and all that depends on
    // them is compiled again, when these change.
    let of_a_package = |name: &str| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_str().is_some_and(of_a_package)) {
        cargo.env_remove(name);
    }
    let status = cargo
        .args(command)
        .args(["--quiet", "--release", "--locked"])
        .arg("--manifest-path")
        .arg(repository.join("benches/Cargo.toml"))
        .arg("--target-dir")
        .arg(target(repository).join("benches"))
        .arg("--")
        .args(arguments)
        .status()
        .map_err(|error| format!("cargo did not start: {error}"))?;
    match status.success() {
        true => Ok(()),
        false => Err(format!(
            "`cargo {}` failed in benches/. If it asks for an update of the lock file, dependencies have changed: run \
             `cargo update --workspace --manifest-path benches/Cargo.toml`, and the same for \
             benches/programs/ours-device-ascii/Cargo.toml, and commit both lock files",
            command.join(" ")
        )),
    }
}
