//! Repository tasks: `cargo xtask <task>`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool talks to its user")]

mod bench;
mod codegen;
mod sync;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask <task>

tasks:
  codegen           write generated/src from model/ (only files that change; stale ones are removed)
  codegen --check   write nothing; exit 1 with a diff when generated/src is not what model/ gives
  bench             measure everything side by side with the official SDK (benches/README.md)
  bench --quick     leave out what takes minutes; with --json FILE the result is written there too
  budget            check allocations, crates and sizes of our own crates against benches/budgets.toml
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["codegen"] => codegen::write(&repository()),
        ["codegen", "--check"] => codegen::check(&repository()),
        ["bench", ref options @ ..] => bench::bench(&repository(), options),
        ["budget"] => bench::budget(&repository()),
        ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// The repository's root: the parent of this package.
fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}
