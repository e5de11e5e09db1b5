//! Checks the figures of our own crates that do not depend on the machine against the bounds of `budgets.toml`.
//!
//! `cargo xtask budget` runs it. It builds no rival and takes a minute or two.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use footprint::{Inputs, OurClient, OurSigner};
use meter::alloc::counted;
use meter::bench::{Bench, make};
use meter::build::{DEFAULT, DEVICE, DEVICE_ASCII, Profile, build, crates, program, stripped_size, workspace};
use meter::valgrind::{self, MANY};
use meter::{Outcome, signing};

#[global_allocator]
static ALLOCATOR: meter::alloc::CountingAllocator = meter::alloc::CountingAllocator;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--target-dir", target] => check(&PathBuf::from(target)),
        // What valgrind watches.
        ["calls", count, endpoint] => repeat(count, |count| make(&OurClient::new(endpoint)?, count)),
        ["signatures", count, _] => repeat(count, |count| signing::make(&OurSigner::default(), count, MANY)),
        ["validations", count, _] => repeat(count, |count| {
            let inputs = Inputs::default();
            if (0..count).all(|_| inputs.are_valid()) { Ok(()) } else { Err("valid inputs were refused".into()) }
        }),
        _ => Err("usage: footprint --target-dir DIR".into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn repeat(count: &str, run: impl FnOnce(usize) -> Outcome<()>) -> Outcome<()> {
    run(count.parse()?)
}

fn check(target: &Path) -> Outcome<()> {
    let file = workspace().join("budgets.toml");
    let bounds = std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let bounds = toml::from_str(&bounds).map_err(|error| format!("{}: {error}", file.display()))?;
    println!("{:44} {:>10} {:>10}", "", "figure", "bound");
    let mut budget = Budget { bounds, faults: Vec::new() };
    costs(&mut budget)?;
    instructions(&mut budget)?;
    builds(&mut budget, target)?;
    budget.close()
}

const ADVICE: &str = "\
Find out what added to it: `git log` since the bound was set, `cargo tree` for crates, `cargo xtask bench` for the figure beside
the rivals'. Undo it; or, if it is worth its price, set the bound in benches/budgets.toml to what was measured and say in the
commit what was bought with it.";

/// The bounds not yet asked for, and what was found so far.
struct Budget {
    bounds: BTreeMap<String, f64>,
    faults: Vec<String>,
}

impl Budget {
    /// Judges a figure; `None` is one that cannot be measured here.
    fn judge(&mut self, name: &str, figure: Option<f64>) {
        let Some(bound) = self.bounds.remove(name) else {
            self.faults.push(format!("`{name}` has no bound in budgets.toml"));
            return;
        };
        let Some(figure) = figure else {
            println!("{name:44} {:>10} {bound:>10}  skipped: no valgrind to count with", "");
            return;
        };
        let over = figure > bound;
        println!("{name:44} {figure:>10} {bound:>10}{}", if over { "  OVER" } else { "" });
        if over {
            self.faults.push(format!("`{name}`: measured {figure}, allowed {bound}"));
        }
    }

    fn close(mut self) -> Outcome<()> {
        self.faults.extend(self.bounds.into_keys().map(|name| format!("`{name}` of budgets.toml is not measured")));
        if self.faults.is_empty() {
            return Ok(());
        }
        Err(format!("over budget\n  {}\n{ADVICE}", self.faults.join("\n  ")).into())
    }
}

/// Allocations per operation.
fn costs(budget: &mut Budget) -> Outcome<()> {
    const CALLS: usize = 500;
    let bench = Bench::new()?;
    let client = OurClient::new(&bench.server.url())?;
    bench.request(&client)?;
    bench.sequential(&client, CALLS)?;
    let call = bench.sequential(&client, CALLS)?;
    let signer = OurSigner::default();
    signing::measure(&signer, CALLS)?;
    let signature = signing::measure(&signer, CALLS)?;
    let inputs = Inputs::default();
    inputs.confirm()?;
    let (valid, validation) = counted(|| (0..CALLS).all(|_| inputs.are_valid()));
    if !valid || call.allocations < 1.0 {
        return Err("nothing was measured".into());
    }
    // Rounded: something that allocates once in a while is no figure of a call.
    budget.judge("allocations per call", Some(call.allocations.round()));
    budget.judge("bytes allocated per call", Some(call.bytes.round()));
    budget.judge("allocations per signature", Some(signature.allocations.round()));
    budget.judge("allocations of validating both inputs", Some(validation.count as f64));
    Ok(())
}

/// Instructions per operation, where there is a valgrind.
fn instructions(budget: &mut Budget) -> Outcome<()> {
    let bench = Bench::new()?;
    let endpoint = bench.server.url();
    for (command, name) in [
        ("calls", "instructions per call"),
        ("signatures", "instructions per signature"),
        ("validations", "instructions of validating both inputs"),
    ] {
        let count = |times: usize| {
            let served = bench.server.served();
            let count = valgrind::instructions(&[command, &times.to_string(), &endpoint], b"")?;
            let served = bench.server.served() - served;
            match command == "calls" && served != times as u64 {
                true => Err(format!("{times} calls made {served} requests").into()),
                false => Ok(count),
            }
        };
        let count = match valgrind::available() {
            true => Some(valgrind::each(count)?),
            false => None,
        };
        budget.judge(name, count);
    }
    Ok(())
}

/// Crates and sizes of our programs.
fn builds(budget: &mut Budget, target: &Path) -> Outcome<()> {
    for package in [DEFAULT, DEVICE, DEVICE_ASCII] {
        budget.judge(&format!("crates of {package}"), Some(crates(package, "normal")? as f64));
    }
    for (package, profile) in [(DEFAULT, Profile::Release), (DEVICE, Profile::Release), (DEVICE, Profile::Small)] {
        build(package, profile, target)?;
        let kilobytes = stripped_size(&program(package, profile, target))? / 1000;
        budget.judge(&format!("kB of {package}, profile {}", profile.name()), Some(kilobytes as f64));
    }
    Ok(())
}
