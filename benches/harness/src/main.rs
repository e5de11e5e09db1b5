//! Measures our client side by side with its rivals. `cargo xtask bench` runs it; `benches/README.md` explains it.

mod calls;
mod generator;
mod instructions;
mod node;
mod process;
mod programs;
mod rivals;
mod signing;
mod table;
mod validation;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use meter::Outcome;
use table::Row;

#[global_allocator]
static ALLOCATOR: meter::alloc::CountingAllocator = meter::alloc::CountingAllocator;

/// How long to take over it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effort {
    Quick,
    Full,
}

impl Effort {
    fn choose<T>(self, quick: T, full: T) -> T {
        match self {
            Self::Quick => quick,
            Self::Full => full,
        }
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["run", ref options @ ..] => Options::read(options).and_then(|options| run(&options)),
        // What follows runs in processes of their own, started by the above.
        [instructions::CALLS, rival, count, endpoint] => instructions::calls(rival, count, endpoint),
        [instructions::SIGNATURES, signer, count, _endpoint] => instructions::signatures(signer, count),
        [validation::FIRST] => validation::first(),
        _ => Err("usage: harness run --target-dir DIR --out DIR [--quick] [--json FILE] [--only PART]".into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

struct Options {
    effort: Effort,
    /// Where the programs are built.
    target: PathBuf,
    /// Where the result is written.
    out: PathBuf,
    json: Option<PathBuf>,
    /// The one part to measure, for somebody at work on it.
    only: Option<PathBuf>,
}

impl Options {
    fn read(arguments: &[&str]) -> Outcome<Self> {
        let (mut effort, mut target, mut out, mut json, mut only) = (Effort::Full, None, None, None, None);
        let mut arguments = arguments.iter();
        while let Some(name) = arguments.next() {
            let slot = match *name {
                "--quick" => {
                    effort = Effort::Quick;
                    continue;
                }
                "--target-dir" => &mut target,
                "--out" => &mut out,
                "--json" => &mut json,
                "--only" => &mut only,
                _ => return Err(format!("unknown option `{name}`").into()),
            };
            *slot = Some(PathBuf::from(arguments.next().ok_or_else(|| format!("`{name}` needs a value"))?));
        }
        let target = target.ok_or("`--target-dir` is needed")?;
        let out = out.ok_or("`--out` is needed")?;
        Ok(Self { effort, target, out, json, only })
    }
}

fn run(options: &Options) -> Outcome<()> {
    let effort = options.effort;
    let mut rows: Vec<Row> = Vec::new();
    let mut part = |name: &str, measure: &mut dyn FnMut() -> Outcome<Vec<Row>>| {
        if options.only.as_ref().is_some_and(|only| only.as_os_str() != name) {
            return Ok(());
        }
        eprintln!("measuring {name} …");
        let start = Instant::now();
        rows.extend(measure().map_err(|error| format!("{name}: {error}"))?);
        eprintln!("  {name}: {:.0} s", start.elapsed().as_secs_f64());
        Ok::<_, Box<dyn Error>>(())
    };
    // First what needs a quiet machine, then what makes it busy.
    part("calls", &mut || calls::rows(effort))?;
    part("node", &mut || node::rows(effort))?;
    part("signing", &mut || signing::rows(effort))?;
    part("validation", &mut || validation::rows(effort))?;
    part("instructions", &mut instructions::rows)?;
    part("generator", &mut || generator::rows(effort))?;
    part("builds", &mut || programs::rows(effort, &options.target))?;
    part("processes", &mut || process::rows(effort, &options.target))?;

    let table = table::markdown(&rows);
    let json = serde_json::to_string_pretty(&table::json(&rows))? + "\n";
    println!("{table}");
    let judged: Vec<bool> = rows.iter().filter_map(Row::ok).collect();
    println!("{} of {} targets met", judged.iter().filter(|ok| **ok).count(), judged.len());
    std::fs::create_dir_all(&options.out)?;
    let json_file = options.json.clone().unwrap_or_else(|| options.out.join("bench.json"));
    std::fs::write(options.out.join("bench.md"), &table)?;
    std::fs::write(&json_file, &json)?;
    println!("written to {} and {}", options.out.join("bench.md").display(), json_file.display());
    Ok(())
}
