//! Figures of a build: crates, size, CPU time.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::child;

/// The workspace of the benchmarks: `benches/` of the repository this program was built from.
pub fn workspace() -> PathBuf {
    let meter = Path::new(env!("CARGO_MANIFEST_DIR"));
    meter.parent().unwrap_or(meter).to_owned()
}

/// The official client with aws-config, as its README shows.
pub const OFFICIAL: &str = "official-aws-config";
/// The official client with as little as it can be built with.
pub const LEAN: &str = "official-lean";
/// Our client with default features.
pub const DEFAULT: &str = "ours-default";
/// Our client as a device is built.
pub const DEVICE: &str = "ours-device";
/// Our client as a device is built whose host names are ASCII.
pub const DEVICE_ASCII: &str = "ours-device-ascii";
/// No client: reqwest, rustls and ring, set up as ours sets them up.
pub const BARE: &str = "bare";
/// The programs; each is a package in the folder of its name.
pub const PROGRAMS: [&str; 6] = [OFFICIAL, LEAN, BARE, DEFAULT, DEVICE, DEVICE_ASCII];

/// A build profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Cargo's defaults for release builds.
    Release,
    /// `opt-level = "z"`, LTO, one codegen unit, abort on panic.
    Small,
}

impl Profile {
    /// Its name, which is also its folder's.
    pub fn name(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Small => "small",
        }
    }
}

/// The different packages that are compiled into the program, itself included: what `cargo tree` shows of the given kinds
/// of edges (`normal`, or `normal,build` with the packages of build scripts).
///
/// # Errors
/// When `cargo tree` fails.
pub fn crates(package: &str, edges: &str) -> io::Result<usize> {
    let output = cargo("tree", package)
        .args(["--edges", edges, "--prefix", "none", "--format", "{p}"])
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()?;
    let packages = String::from_utf8_lossy(&output.stdout)
        .lines()
        // `name vX.Y.Z (path or proc-macro)`
        .map(|line| line.split_whitespace().take(2).collect::<Vec<_>>().join(" "))
        .filter(|package| !package.is_empty())
        .collect::<BTreeSet<_>>();
    if !output.status.success() || packages.is_empty() {
        return Err(io::Error::other(format!("`cargo tree` of {package} failed")));
    }
    Ok(packages.len())
}

/// Builds a program, and gives the CPU time that took.
///
/// # Errors
/// When the build fails or takes longer than half an hour.
pub fn build(package: &str, profile: Profile, target: &Path) -> io::Result<Duration> {
    let mut child = cargo("build", package)
        .args(["--quiet", "--profile", profile.name(), "--target-dir"])
        .arg(target)
        // Either would let one program's build profit from another's.
        .env("CARGO_INCREMENTAL", "0")
        .env_remove("RUSTC_WRAPPER")
        .stdin(Stdio::null())
        .spawn()?;
    let exit = child::wait(&mut child, Duration::from_secs(1800))?;
    if exit.success { Ok(exit.cpu) } else { Err(io::Error::other(format!("`cargo build` of {package} failed"))) }
}

/// Downloads what the programs are built from, so that no build's time includes it.
///
/// # Errors
/// When that fails.
pub fn fetch() -> io::Result<()> {
    // One of each workspace.
    for package in [DEVICE, DEVICE_ASCII] {
        if !cargo("fetch", package).arg("--quiet").stdin(Stdio::null()).status()?.success() {
            return Err(io::Error::other(format!("`cargo fetch` of {package} failed")));
        }
    }
    Ok(())
}

/// Where a build puts a program.
pub fn program(package: &str, profile: Profile, target: &Path) -> PathBuf {
    target.join(profile.name()).join(package)
}

/// The size of a program without symbols, in bytes.
///
/// # Errors
/// When there is no such program, or no `strip` to copy it with.
pub fn stripped_size(program: &Path) -> io::Result<u64> {
    let stripped = program.with_extension("stripped");
    let status = Command::new("strip").arg("-o").arg(&stripped).arg(program).status()?;
    if !status.success() {
        return Err(io::Error::other(format!("`strip` failed on {}", program.display())));
    }
    let size = std::fs::metadata(&stripped)?.len();
    std::fs::remove_file(&stripped)?;
    Ok(size)
}

/// A command of Cargo in the folder of a program.
fn cargo(command: &str, package: &str) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let manifest = workspace().join("programs").join(package).join("Cargo.toml");
    cargo.args([command, "--locked", "--manifest-path"]).arg(manifest);
    // What `cargo run` tells this program about its own package. Build scripts such as ring's are run again, and all that depends on
    // them is compiled again, when these change.
    let of_a_package = |name: &str| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_str().is_some_and(of_a_package)) {
        cargo.env_remove(name);
    }
    cargo
}
