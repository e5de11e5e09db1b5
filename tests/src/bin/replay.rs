//! Replays recorded cases: one line of JSON for each.
//!
//! ```sh
//! cargo run -q -p kinesisvideo-tests --bin replay -- tests/oracle/cases.json > actual.jsonl
//! ```

use std::io::{self, Write};
use std::process::ExitCode;

use kinesisvideo_tests::replay::{File, replay};

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Gives whether all cases could be read.
fn run() -> Result<bool, Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(path), None) = (arguments.next(), arguments.next()) else {
        return Err("usage: replay cases.json > actual.jsonl".into());
    };
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
    let file = File::read(&text).map_err(|error| format!("{path}: {error}"))?;
    let mut valid = true;
    for case in &file.cases {
        let line = replay(file.complete(case));
        if let Some(reason) = line.get("invalid") {
            valid = false;
            writeln!(io::stderr(), "{}: {reason}", line["id"])?;
        }
        let mut out = io::stdout().lock();
        writeln!(out, "{line}")?;
        out.flush()?;
    }
    Ok(valid)
}
