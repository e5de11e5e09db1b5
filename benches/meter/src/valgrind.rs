//! Instructions, counted by valgrind: the one figure of speed that no other process disturbs.
//!
//! They are the program's own; what the kernel does for it is not seen.

use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::Outcome;

/// Whether there is a valgrind to count with.
pub fn available() -> bool {
    let version = Command::new("valgrind").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    version.is_ok_and(|status| status.success())
}

/// Instructions of a run of this very program with other arguments, and what it reads from standard input.
///
/// # Errors
/// When the run fails.
pub fn instructions(arguments: &[&str], stdin: &[u8]) -> Outcome<f64> {
    let mut child = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe()?)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()?;
    if let Some(mut pipe) = child.stdin.take() {
        // A program that does not read it may be gone already.
        let _ = pipe.write_all(stdin);
    }
    let output = child.wait_with_output()?;
    let report = String::from_utf8_lossy(&output.stderr);
    let collected = report.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
    match collected {
        Some(collected) if output.status.success() => Ok(collected),
        _ => Err(format!("valgrind failed:\n{report}").into()),
    }
}

/// Instructions of one repetition: of a run with `MANY` less one with `FEW`, so that start-up cancels out.
///
/// # Errors
/// When a run fails.
pub fn each(run: impl Fn(usize) -> Outcome<f64>) -> Outcome<f64> {
    let (few, many) = (run(FEW)?, run(MANY)?);
    if many <= few {
        return Err("valgrind counted nothing".into());
    }
    Ok(((many - few) / (MANY - FEW) as f64).round())
}

const FEW: usize = 20;
/// The most repetitions [`each`] asks for.
pub const MANY: usize = 220;
