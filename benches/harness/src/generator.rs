//! The generator's throughput, and how its time grows with the model.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

use kinesisvideo_codegen::generate_collection;
use kinesisvideo_codegen::parse::Source;
use meter::Outcome;
use meter::build::workspace;
use meter::clock::process_cpu;
use meter::stats::{self, Pairs};
use serde_json::Value;

use crate::Effort;
use crate::table::{Row, Target};

/// The model that is multiplied.
const MODEL: &str = "kinesis-video-signaling.json";
/// Sizes of the synthetic models in bytes, each ten times the one before.
const SIZES: [usize; 3] = [50_000, 500_000, 5_000_000];

pub(crate) fn rows(effort: Effort) -> Outcome<Vec<Row>> {
    let folder = workspace().join("../model");
    let runs = effort.choose(3, 9);
    let threads = std::thread::available_parallelism()?.get();
    let family = Family::read(&folder)?;
    let (mut family_times, mut family_cpu) = (Vec::new(), Vec::new());
    for _ in 0..5 * runs {
        family_times.push(family.generate(threads)?.seconds);
        family_cpu.push(family.generate(1)?.cpu);
    }
    let models = SIZES.iter().map(|size| Synthetic::new(&folder, *size)).collect::<Outcome<Vec<_>>>()?;
    let (mut growths, mut times, mut cpu) = (Pairs::default(), Vec::new(), Vec::new());
    for _ in 0..runs {
        times.push(models[2].generate(threads)?.seconds);
        // Each size as often as makes it as much work as the largest.
        let mut medians = Vec::new();
        for model in &models {
            let repeat = SIZES[2] / model.text.len();
            let each = (0..repeat.max(1)).map(|_| Ok(model.generate(1)?.cpu)).collect::<Outcome<Vec<_>>>()?;
            medians.push(median(&each)?);
        }
        let megabyte = |from: usize, to: usize| {
            (medians[to] - medians[from]) / (models[to].megabytes() - models[from].megabytes())
        };
        growths.push(megabyte(1, 2), megabyte(0, 1));
        cpu.push(medians[2]);
    }
    let (family_seconds, family_cpu) = (median(&family_times)?, median(&family_cpu)?);
    let (seconds, cpu) = (median(&times)?, median(&cpu)?);
    let name = |what: &str| format!("generator: {what}");
    let on_threads = |what: &str| format!("generator: {what}, {threads} threads");
    Ok(vec![
        Row::ours(on_threads("the models of model/services.toml"), "s", family_seconds).target(Target::AtMost(0.5)),
        Row::ours(on_threads("throughput with those models"), "MB/s", family.megabytes / family_seconds)
            .target(Target::AtLeast(5.0)),
        Row::ours(name("the same by one thread's CPU time"), "MB/s", family.megabytes / family_cpu),
        Row::ours(on_threads("throughput with a model of 5 MB"), "MB/s", models[2].megabytes() / seconds)
            .target(Target::AtLeast(5.0)),
        Row::ours(name("that by one thread's CPU time"), "MB/s", models[2].megabytes() / cpu),
        // Linear growth: another megabyte costs the same, give or take what a tree's depth and a processor's caches do.
        Row::of_pairs(name("CPU time of a further MB, of 0.5 to 5 MB against 0.05 to 0.5 MB"), "s", &growths)?
            .target(Target::RatioAtMost(1.5)),
    ])
}

fn median(figures: &[f64]) -> Outcome<f64> {
    stats::median(figures).ok_or_else(|| "the generator measured nothing".into())
}

/// What `cargo xtask codegen` generates, without reading or writing files.
struct Family {
    list: String,
    texts: BTreeMap<String, String>,
    megabytes: f64,
}

impl Family {
    fn read(folder: &Path) -> Outcome<Self> {
        let list = std::fs::read_to_string(folder.join("services.toml"))?;
        let mut texts = BTreeMap::new();
        for line in list.lines().filter(|line| !line.trim_start().starts_with('#')) {
            let names = line.split('"').skip(1).step_by(2);
            for name in names.filter(|name| name.ends_with(".json") || name.ends_with(".toml")) {
                texts.insert(name.to_owned(), std::fs::read_to_string(folder.join(name))?);
            }
        }
        let bytes: usize = texts.iter().filter(|(name, _)| name.ends_with(".json")).map(|(_, text)| text.len()).sum();
        texts.insert("partitions.json".to_owned(), std::fs::read_to_string(folder.join("partitions.json"))?);
        Ok(Self { list, texts, megabytes: bytes as f64 / 1e6 })
    }

    fn generate(&self, threads: usize) -> Outcome<Run> {
        generate(&self.list, &|name| self.texts.get(name).cloned().ok_or("is not listed"), threads)
    }
}

/// What generating took.
struct Run {
    /// Time that passed.
    seconds: f64,
    /// CPU time of the process, which does nothing else.
    cpu: f64,
    files: usize,
}

fn generate(list: &str, read: &(dyn Fn(&str) -> Result<String, &'static str> + Sync), threads: usize) -> Outcome<Run> {
    let (start, cpu) = (Instant::now(), process_cpu());
    let list = Source { file: "services.toml", text: list };
    let generated = generate_collection(list, "Generated to be measured.", read, threads);
    let (seconds, cpu) = (start.elapsed().as_secs_f64(), (process_cpu() - cpu).as_secs_f64());
    let generated = generated.map_err(|diagnostics| diagnostics.to_string())?;
    if generated.files.values().any(|text| text.is_empty()) {
        return Err("the generator made empty files".into());
    }
    Ok(Run { seconds, cpu, files: generated.files.len() })
}

/// A model of a wanted size: the shapes of another one, over and over under new names.
struct Synthetic {
    text: String,
    partitions: String,
    operations: usize,
}

impl Synthetic {
    fn new(folder: &Path, size: usize) -> Outcome<Self> {
        let original: Value = serde_json::from_str(&std::fs::read_to_string(folder.join(MODEL))?)?;
        // The first copy brings the service with its endpoint rules; what each further one adds shows in the second.
        let length = |times| {
            Ok::<_, Box<dyn std::error::Error>>(serde_json::to_string_pretty(&multiply(&original, times)?.0)?.len())
        };
        let (one, two) = (length(1)?, length(2)?);
        let (model, operations) =
            multiply(&original, 1 + (size.saturating_sub(one) as f64 / (two - one) as f64).round() as usize)?;
        let text = serde_json::to_string_pretty(&model)?;
        if !(0.9..1.1).contains(&(text.len() as f64 / size as f64)) {
            return Err(format!("a model of {} bytes instead of {size}", text.len()).into());
        }
        let partitions = std::fs::read_to_string(folder.join("partitions.json"))?;
        Ok(Self { text, partitions, operations })
    }

    fn megabytes(&self) -> f64 {
        self.text.len() as f64 / 1e6
    }

    fn generate(&self, threads: usize) -> Outcome<Run> {
        let list = "[[service]]\nmodule = \"synthetic\"\nfeature = \"synthetic\"\nmodel = \"model.json\"\n";
        let read = |name: &str| match name {
            "model.json" => Ok(self.text.clone()),
            "partitions.json" => Ok(self.partitions.clone()),
            _ => Err("is not listed"),
        };
        let run = generate(list, &read, threads)?;
        // A file an operation, and then some.
        if run.files <= self.operations {
            return Err(format!("{} files for {} operations", run.files, self.operations).into());
        }
        Ok(run)
    }
}

/// The model with its shapes so many times, all operations in the one service; and their number. Errors stay what they
/// are, as operations of large services share theirs too.
fn multiply(original: &Value, times: usize) -> Outcome<(Value, usize)> {
    let shapes = original["shapes"].as_object().ok_or("the model has no shapes")?;
    let (service_id, service) =
        shapes.iter().find(|(_, shape)| shape["type"] == "service").ok_or("the model has no service")?;
    let mut service = service.clone();
    let operations = service["operations"].as_array().cloned().ok_or("the service has no operations")?;
    let (shared, repeated): (Vec<_>, Vec<_>) =
        shapes.iter().partition(|(id, shape)| *id == service_id || !shape["traits"]["smithy.api#error"].is_null());
    let renamed: BTreeSet<&str> = repeated.iter().map(|(id, _)| id.as_str()).collect();
    let mut all: serde_json::Map<_, _> = shared.into_iter().map(|(id, shape)| (id.clone(), shape.clone())).collect();
    let mut every_operation = Vec::new();
    for copy in 0..times {
        let suffix = if copy == 0 { String::new() } else { format!("Copy{copy}") };
        for (id, shape) in &repeated {
            let mut shape = (*shape).clone();
            rename(&mut shape, &renamed, &suffix);
            if let Some(uri) = shape.pointer_mut("/traits/smithy.api#http/uri").filter(|_| copy > 0) {
                *uri = Value::String(format!("/copy{copy}{}", uri.as_str().unwrap_or_default()));
            }
            all.insert(format!("{id}{suffix}"), shape);
        }
        let mut operations = Value::Array(operations.clone());
        rename(&mut operations, &renamed, &suffix);
        every_operation.extend(operations.as_array().into_iter().flatten().cloned());
    }
    let count = every_operation.len();
    service["operations"] = Value::Array(every_operation);
    all.insert(service_id.clone(), service);
    let mut model = original.clone();
    model["shapes"] = Value::Object(all);
    Ok((model, count))
}

/// Gives the suffix to every mention of these shapes.
fn rename(value: &mut Value, shapes: &BTreeSet<&str>, suffix: &str) {
    match value {
        Value::String(text) if shapes.contains(text.as_str()) => text.push_str(suffix),
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, shapes, suffix)),
        Value::Object(members) => members.values_mut().for_each(|member| rename(member, shapes, suffix)),
        _ => {}
    }
}
