//! What became of a corpus.

use std::time::Duration;

use super::{Outcome, Row};

/// Prints what became of each model, the totals, and how time grows with size.
pub(super) fn print(rows: &[Row], elapsed: Duration) -> Result<(), String> {
    println!("{:<56} {:>5} {:>6} {:>8} {:>9} {:>7}", "model", "ops", "shapes", "lines", "bytes", "ms");
    let mut totals = Totals::default();
    for Row { name, bytes, time, outcome } in rows {
        match outcome {
            Outcome::Generated { model, lines, bytes: written } => {
                println!(
                    "{name:<56} {:>5} {:>6} {lines:>8} {written:>9} {:>7.0}",
                    model.operations,
                    model.shapes,
                    time.as_secs_f64() * 1000.0
                );
                for refused in &model.refused {
                    println!("    without {}: {}", refused.operation.name(), refused.reason);
                }
                for warning in model.warnings.iter() {
                    println!("    note: {}: {}", warning.place(), warning.message);
                }
                totals.generated += 1;
                totals.operations += model.operations;
                totals.shapes += model.shapes;
                totals.left_out += model.refused.len();
                totals.lines += lines;
                totals.written += written;
                totals.read += bytes;
                totals.time += *time;
            }
            Outcome::Refused(reason) => {
                totals.refused += 1;
                println!("{name:<56} refused: {reason}");
            }
            Outcome::Failed(reason) => {
                totals.failed += 1;
                println!("{name:<56} FAILED: {reason}");
            }
        }
    }
    totals.print(elapsed);
    print_growth(rows);
    match totals.failed {
        0 => Ok(()),
        failed => Err(format!("{failed} models of a protocol that the generator knows did not generate")),
    }
}

#[derive(Default)]
struct Totals {
    generated: usize,
    refused: usize,
    failed: usize,
    operations: usize,
    shapes: usize,
    left_out: usize,
    lines: usize,
    read: usize,
    written: usize,
    time: Duration,
}

impl Totals {
    fn print(&self, elapsed: Duration) {
        let megabytes = |bytes: usize| bytes as f64 / 1e6;
        println!(
            "\n{} generated, {} refused, {} failed\n{} operations ({} left out), {} shapes, {} lines, {:.1} MB from {:.1} MB of models",
            self.generated,
            self.refused,
            self.failed,
            self.operations,
            self.left_out,
            self.shapes,
            self.lines,
            megabytes(self.written),
            megabytes(self.read)
        );
        println!(
            "{:.1} s ({:.1} s of work, {:.1} MB/s of models a core)",
            elapsed.as_secs_f64(),
            self.time.as_secs_f64(),
            megabytes(self.read) / self.time.as_secs_f64().max(f64::EPSILON)
        );
    }
}

/// Models up to these sizes are compared with each other, in kB.
const CLASSES: [usize; 6] = [32, 128, 512, 2_048, 8_192, usize::MAX / 1_000];

/// Prints how long models of different sizes take: a generator whose time grows with size has the same MB/s in all lines.
fn print_growth(rows: &[Row]) {
    println!("\n{:<16} {:>6} {:>9} {:>9} {:>7}", "size of model", "models", "MB", "ms", "MB/s");
    let mut least = 0;
    for most in CLASSES {
        let class: Vec<&Row> =
            rows.iter().filter(|row| row.model().is_some() && (least..most * 1_000).contains(&row.bytes)).collect();
        let megabytes = class.iter().map(|row| row.bytes).sum::<usize>() as f64 / 1e6;
        let seconds = class.iter().map(|row| row.time.as_secs_f64()).sum::<f64>();
        let name = match least {
            0 => format!("below {most} kB"),
            _ => format!("from {} kB", least / 1_000),
        };
        if !class.is_empty() {
            println!(
                "{name:<16} {:>6} {megabytes:>9.2} {:>9.0} {:>7.1}",
                class.len(),
                seconds * 1_000.0,
                megabytes / seconds.max(f64::EPSILON)
            );
        }
        least = most * 1_000;
    }
}
