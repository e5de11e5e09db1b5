//! Checking both inputs against the model, without sending them.

use std::process::{Command, Stdio};

use footprint::Inputs;
use meter::Outcome;
use meter::alloc::counted;
use meter::bench::micros;
use meter::clock::thread_cpu;
use meter::stats;

use crate::Effort;
use crate::table::{Row, Target};

/// The subcommand that validates once, and prints how many us that took.
pub(crate) const FIRST: &str = "first-validation";

pub(crate) fn rows(effort: Effort) -> Outcome<Vec<Row>> {
    let inputs = Inputs::default();
    inputs.confirm()?;
    let (runs, count) = effort.choose((25, 10_000), (101, 20_000));
    let mut times = Vec::new();
    let mut most = 0;
    for _ in 0..runs {
        let start = thread_cpu();
        let (all_valid, allocations) = counted(|| (0..count).all(|_| inputs.are_valid()));
        times.push(micros(thread_cpu() - start) / f64::from(count));
        most = most.max(allocations.count);
        if !all_valid {
            return Err("valid inputs were refused".into());
        }
    }
    let first = (0..effort.choose(11, 31)).map(|_| first_time()).collect::<Outcome<Vec<_>>>()?;
    let median = |values: &[f64]| stats::median(values).ok_or("validation measured nothing");
    Ok(vec![
        Row::ours("validating both inputs, all checks", "us", median(&times)?).target(Target::AtMost(1.0)),
        Row::ours("allocations of validating both inputs", "", most as f64 / f64::from(count))
            .target(Target::AtMost(0.0)),
        Row::ours("validating both inputs for the first time", "us", median(&first)?).target(Target::AtMost(50.0)),
    ])
}

/// The subcommand [`FIRST`].
pub(crate) fn first() -> Outcome<()> {
    let inputs = Inputs::default();
    let start = thread_cpu();
    let valid = inputs.are_valid();
    let elapsed = thread_cpu() - start;
    if !valid {
        return Err("valid inputs were refused".into());
    }
    println!("{}", micros(elapsed));
    Ok(())
}

fn first_time() -> Outcome<f64> {
    let output = Command::new(std::env::current_exe()?).arg(FIRST).stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err("the first validation failed".into());
    }
    Ok(str::from_utf8(&output.stdout)?.trim().parse()?)
}
