//! Repository tasks: `cargo xtask <task>`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool talks to its user")]

mod bench;
mod codegen;
mod conformance;
mod corpus;
mod models;
mod out;
mod sync;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask <task>

tasks:
  codegen           write generated/src from model/ (only files that change; stale ones are removed)
  codegen --check   write nothing; exit 1 with a diff when generated/src is not what model/ gives
  codegen --model FILE --out DIR
                    write a crate of its own for a model: a Smithy AST, or a service-2.json with what lies beside it,
                    compressed (.gz) or not; DIR must be empty, or made by this task
      --service-name NAME      which service, where the model has several
      --module NAME            the module of the crate; the service's name by default
      --runtime VERSION|PATH   where the crate finds kinesisvideo-runtime; this checkout's by default
  conformance DIR   run AWS's protocol tests of restJson1 and the endpoint tests of all services through generated code;
                    DIR is an unpacked source distribution of botocore
  corpus DIR        generate every model below DIR without writing anything: sizes, times, what is refused and why
                    (Smithy ASTs, and of each AWS service in botocore's layout the latest version); best with --release:
                    cargo run --release --package xtask -- corpus DIR
      --only TEXT              only models with this in their names
      --check N                compile N models picked at random as crates of their own, warnings denied
      --largest N              compile the N largest ones
      --seed S                 pick those that S picked before
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
        ["codegen", ref options @ ..] => out::run(&repository(), options),
        ["conformance", folder] => conformance::run(&repository(), Path::new(folder)),
        ["corpus", ref options @ ..] => corpus::run(&repository(), options),
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

/// How many threads the generator may have.
fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
