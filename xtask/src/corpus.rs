//! `cargo xtask corpus`: every model below a folder, generated or refused.

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use kinesisvideo_codegen::model::HasTraits as _;
use kinesisvideo_codegen::package::{GeneratedModel, ModelOptions, generate_model};
use kinesisvideo_codegen::traits;

use crate::models::{ModelFiles, is_service2};

/// What became of one model.
struct Row {
    name: String,
    bytes: usize,
    time: Duration,
    outcome: Outcome,
}

enum Outcome {
    Generated {
        model: Box<GeneratedModel>,
        lines: usize,
        bytes: usize,
    },
    /// It does not speak restJson1.
    Refused(String),
    Failed(String),
}

/// Generates every model below the folder, without writing anything.
pub(crate) fn run(folder: &Path) -> Result<(), String> {
    let paths = find(folder)?;
    if paths.is_empty() {
        return Err(format!("{}: there is no model below it", folder.display()));
    }
    let began = Instant::now();
    let rows = in_parallel(&paths, |path| row(folder, path));
    let elapsed = began.elapsed();
    print(&rows, elapsed)
}

/// The models below a folder: every Smithy AST, and of each AWS service the latest version.
fn find(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    walk(folder, &mut files).map_err(|error| format!("{}: {error}", folder.display()))?;
    files.sort();
    let mut latest: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
    let mut models = Vec::new();
    for path in files {
        if is_service2(&path) {
            // `service/version/service-2.json`: the versions are dates.
            let service = path.ancestors().nth(2).unwrap_or(folder).to_path_buf();
            latest.insert(service, path);
        } else if is_smithy(&path) {
            models.push(path);
        }
    }
    models.extend(latest.into_values());
    models.sort();
    Ok(models)
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), files)?;
        } else {
            files.push(entry.path());
        }
    }
    Ok(())
}

/// Whether a file is a Smithy JSON AST, by its beginning and end, where the key `smithy` stands.
fn is_smithy(path: &Path) -> bool {
    let json = path.extension().is_some_and(|extension| extension == "json");
    json && fs::read(path).is_ok_and(|bytes| {
        let edge = bytes.len().min(200);
        let has = |part: &[u8]| part.windows(8).any(|window| window == b"\"smithy\"");
        has(&bytes[..edge]) || has(&bytes[bytes.len() - edge..])
    })
}

/// Calls `work` with every item, on as many threads as there are cores; the results are in the order of the items.
fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(items.len()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some((index, item)) = {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    items.get(index).map(|item| (index, item))
                } {
                    let result = work(item);
                    if let Ok(mut done) = done.lock() {
                        done.push((index, result));
                    }
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

fn row(folder: &Path, path: &Path) -> Row {
    let name = path.strip_prefix(folder).unwrap_or(path).display().to_string();
    let name = name.trim_end_matches(".gz").trim_end_matches("/service-2.json").trim_end_matches(".json").to_owned();
    let files = match ModelFiles::read(path) {
        Ok(files) => files,
        Err(error) => return Row { name, bytes: 0, time: Duration::ZERO, outcome: Outcome::Failed(error) },
    };
    let began = Instant::now();
    // A panic is a bug of the generator, and no reason to leave the other models out.
    let outcome = catch_unwind(AssertUnwindSafe(|| generate(&files)))
        .unwrap_or_else(|_| Outcome::Failed("the generator panicked".to_owned()));
    Row { name, bytes: files.bytes(), time: began.elapsed(), outcome }
}

fn generate(files: &ModelFiles) -> Outcome {
    let parsed = match files.parse() {
        Ok(parsed) => parsed,
        Err(diagnostics) => return Outcome::Failed(diagnostics.to_string()),
    };
    let speaks_another = !parsed.model.services().any(|(service, _)| service.has(traits::REST_JSON_1));
    match generate_model(parsed, &ModelOptions::default()) {
        Ok(model) => Outcome::Generated {
            lines: model.files.values().map(|text| text.lines().count()).sum(),
            bytes: model.files.values().map(String::len).sum(),
            model: Box::new(model),
        },
        Err(diagnostics) if speaks_another => Outcome::Refused(diagnostics.to_string()),
        Err(diagnostics) => Outcome::Failed(diagnostics.to_string()),
    }
}

fn print(rows: &[Row], elapsed: Duration) -> Result<(), String> {
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
