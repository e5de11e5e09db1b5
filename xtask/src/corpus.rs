//! `cargo xtask corpus`: every model below a folder, generated or refused; some of them compiled.

mod check;
mod report;

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use kinesisvideo_codegen::in_parallel;
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

impl Row {
    /// What was generated, if anything was.
    fn model(&self) -> Option<&GeneratedModel> {
        match &self.outcome {
            Outcome::Generated { model, .. } => Some(model),
            Outcome::Refused(_) | Outcome::Failed(_) => None,
        }
    }
}

/// What the command line says.
#[derive(Debug, Default, PartialEq, Eq)]
struct Options<'a> {
    folder: &'a str,
    /// How many models picked at random are compiled.
    check: usize,
    /// How many of the largest models are.
    largest: usize,
    /// What the random numbers begin with.
    seed: Option<u64>,
    /// What the name of a model must contain.
    only: Option<&'a str>,
}

impl<'a> Options<'a> {
    fn parse(arguments: &[&'a str]) -> Result<Self, String> {
        let Some((folder, arguments)) = arguments.split_first().filter(|(folder, _)| !folder.starts_with("--")) else {
            return Err("`corpus` needs the folder that the models are below".to_owned());
        };
        let mut options = Self { folder, ..Self::default() };
        let mut arguments = arguments.iter();
        while let Some(option) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("`{option}` needs a value"));
            match *option {
                "--check" => options.check = number(option, value()?)?,
                "--largest" => options.largest = number(option, value()?)?,
                "--seed" => options.seed = Some(number(option, value()?)?),
                "--only" => options.only = Some(value()?),
                other => {
                    return Err(format!("unknown option `{other}`: use --check N, --largest N, --seed S, --only TEXT"));
                }
            }
        }
        Ok(options)
    }
}

fn number<T: std::str::FromStr>(option: &str, text: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("`{option}` needs a number, not `{text}`"))
}

/// Generates every model below the folder, without writing anything but the crates that are to be compiled.
pub(crate) fn run(repository: &Path, arguments: &[&str]) -> Result<(), String> {
    let options = Options::parse(arguments)?;
    let folder = Path::new(options.folder);
    let mut paths = find(folder)?;
    paths.retain(|path| options.only.is_none_or(|part| name(folder, path).contains(part)));
    if paths.is_empty() {
        return Err(match options.only {
            None => format!("{}: there is no model below it", folder.display()),
            Some(part) => format!("{}: there is no model below it with `{part}` in its name", folder.display()),
        });
    }
    let began = Instant::now();
    let rows = in_parallel(crate::threads(), &paths, |path| row(folder, path));
    let generated = report::print(&rows, began.elapsed());
    // What did not generate is no reason not to look at the rest.
    let compiled = check::run(repository, &options, rows);
    generated.and(compiled)
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

/// What a model is called: its path below the folder, without what all of them have.
fn name(folder: &Path, path: &Path) -> String {
    let name = path.strip_prefix(folder).unwrap_or(path).display().to_string();
    name.trim_end_matches(".gz").trim_end_matches("/service-2.json").trim_end_matches(".json").to_owned()
}

fn row(folder: &Path, path: &Path) -> Row {
    let name = name(folder, path);
    let files = match ModelFiles::read(path) {
        Ok(files) => files,
        Err(error) => return Row { name, bytes: 0, time: Duration::ZERO, outcome: Outcome::Failed(error) },
    };
    let watch = Watch::start();
    // A panic is a bug of the generator, and no reason to leave the other models out.
    let outcome = catch_unwind(AssertUnwindSafe(|| generate(&files)))
        .unwrap_or_else(|_| Outcome::Failed("the generator panicked".to_owned()));
    Row { name, bytes: files.bytes(), time: watch.elapsed(), outcome }
}

/// Measures the work of a thread: its time on a processor where the system tells it, so that what else the machine does
/// does not count, and else the time that passes.
struct Watch {
    began: Instant,
    on_processor: Option<Duration>,
}

impl Watch {
    fn start() -> Self {
        Self { began: Instant::now(), on_processor: Self::on_processor() }
    }

    fn elapsed(&self) -> Duration {
        match (self.on_processor, Self::on_processor()) {
            (Some(before), Some(now)) => now.saturating_sub(before),
            _ => self.began.elapsed(),
        }
    }

    /// What this thread has had of a processor, which Linux knows.
    fn on_processor() -> Option<Duration> {
        let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_checked_before_anything_is_read() {
        let expected = Options { folder: "models", check: 20, seed: Some(7), ..Options::default() };
        assert_eq!(Options::parse(&["models", "--check", "20", "--seed", "7"]), Ok(expected));
        let cases: [(&[&str], &str); 5] = [
            (&[], "`corpus` needs the folder that the models are below"),
            (&["--check", "20"], "`corpus` needs the folder that the models are below"),
            (&["models", "--check"], "`--check` needs a value"),
            (&["models", "--check", "all"], "`--check` needs a number, not `all`"),
            (&["models", "--chek", "1"], "unknown option `--chek`: use --check N, --largest N, --seed S, --only TEXT"),
        ];
        for (arguments, expected) in cases {
            assert_eq!(Options::parse(arguments), Err(expected.to_owned()));
        }
    }
}
