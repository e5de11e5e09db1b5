//! The generator's throughput, and how its time grows with the model.

use std::path::Path;
use std::time::Instant;

use kinesisvideo_codegen::generate_collection;
use kinesisvideo_codegen::parse::Source;
use meter::bench::micros;
use meter::build::workspace;
use meter::{Outcome, stats};
use serde_json::Value;

use crate::Effort;
use crate::table::{Row, Target};

/// The model that is multiplied: of the family, the one nearest to 50 kB.
const MODEL: &str = "kinesis-video-archived-media.json";
const SMALL: usize = 50_000;
const LARGE: usize = 5_000_000;

pub(crate) fn rows(effort: Effort) -> Outcome<Vec<Row>> {
    let folder = workspace().join("../model");
    let runs = effort.choose(5, 15);
    let family = family(&folder, runs)?;
    let (small, large) = (Synthetic::new(&folder, SMALL)?, Synthetic::new(&folder, LARGE)?);
    // The small one as often as makes it as much work as the large one.
    let (mut small_times, mut large_times) = (Vec::new(), Vec::new());
    small.time()?;
    for _ in 0..runs.div_ceil(3) {
        for _ in 0..LARGE / SMALL {
            small_times.push(small.time()? / small.megabytes());
        }
        large_times.push(large.time()? / large.megabytes());
    }
    let median = |times: &[f64]| stats::median(times).ok_or("the generator measured nothing");
    let (small_time, large_time) = (median(&small_times)?, median(&large_times)?);
    Ok(vec![
        Row::ours("generator: the models of model/services.toml", "s", family.seconds).target(Target::AtMost(0.5)),
        Row::ours("generator: throughput with those models", "MB/s", family.megabytes / family.seconds)
            .target(Target::AtLeast(5.0)),
        Row::ours("generator: throughput with a model of 5 MB", "MB/s", 1.0 / large_time).target(Target::AtLeast(5.0)),
        // Linear growth: a megabyte takes as long in the large model as in the small one, give or take what a tree's
        // depth and a processor's caches cost.
        Row::new("generator: time per MB, model of 5 MB against one of 50 kB", "s", large_time, small_time)
            .target(Target::RatioAtMost(1.5)),
    ])
}

struct Family {
    megabytes: f64,
    seconds: f64,
}

/// What `cargo xtask codegen` generates, without reading or writing files.
fn family(folder: &Path, runs: usize) -> Outcome<Family> {
    let list = std::fs::read_to_string(folder.join("services.toml"))?;
    let mut texts = std::collections::BTreeMap::new();
    for line in list.lines().filter(|line| !line.trim_start().starts_with('#')) {
        for name in line.split('"').skip(1).step_by(2).filter(|name| name.ends_with(".json") || name.ends_with(".toml"))
        {
            texts.insert(name.to_owned(), std::fs::read_to_string(folder.join(name))?);
        }
    }
    let partitions = std::fs::read_to_string(folder.join("partitions.json"))?;
    let bytes: usize = texts.iter().filter(|(name, _)| name.ends_with(".json")).map(|(_, text)| text.len()).sum();
    texts.insert("partitions.json".to_owned(), partitions);
    let mut times = Vec::new();
    for _ in 0..runs {
        times.push(generate(&list, &|name| texts.get(name).cloned().ok_or("is not listed"))?.seconds);
    }
    let seconds = stats::median(&times).ok_or("the generator measured nothing")?;
    Ok(Family { megabytes: bytes as f64 / 1e6, seconds })
}

struct Run {
    seconds: f64,
    files: usize,
}

fn generate(list: &str, read: &dyn Fn(&str) -> Result<String, &'static str>) -> Outcome<Run> {
    let start = Instant::now();
    let generated =
        generate_collection(Source { file: "services.toml", text: list }, "Generated to be measured.", read);
    let seconds = micros(start.elapsed()) / 1e6;
    let generated = generated.map_err(|diagnostics| diagnostics.to_string())?;
    if generated.files.values().any(|text| text.is_empty()) {
        return Err("the generator made empty files".into());
    }
    Ok(Run { seconds, files: generated.files.len() })
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
        let once = serde_json::to_string_pretty(&original)?.len();
        let (model, operations) = multiply(&original, size.div_ceil(once).max(1))?;
        let text = serde_json::to_string_pretty(&model)?;
        if !(0.7..1.5).contains(&(text.len() as f64 / size as f64)) {
            return Err(format!("a model of {} bytes instead of {size}", text.len()).into());
        }
        let partitions = std::fs::read_to_string(folder.join("partitions.json"))?;
        Ok(Self { text, partitions, operations })
    }

    fn megabytes(&self) -> f64 {
        self.text.len() as f64 / 1e6
    }

    /// Seconds of generating it.
    fn time(&self) -> Outcome<f64> {
        let list = "[[service]]\nmodule = \"synthetic\"\nfeature = \"synthetic\"\nmodel = \"model.json\"\n";
        let run = generate(list, &|name| match name {
            "model.json" => Ok(self.text.clone()),
            "partitions.json" => Ok(self.partitions.clone()),
            _ => Err("is not listed"),
        })?;
        // A file an operation, and then some.
        if run.files <= self.operations {
            return Err(format!("{} files for {} operations", run.files, self.operations).into());
        }
        Ok(run.seconds)
    }
}

/// The model with its shapes so many times, all operations in the one service; and their number.
fn multiply(original: &Value, times: usize) -> Outcome<(Value, usize)> {
    let shapes = original["shapes"].as_object().ok_or("the model has no shapes")?;
    let (service_id, service) =
        shapes.iter().find(|(_, shape)| shape["type"] == "service").ok_or("the model has no service")?;
    let namespace = service_id.split_once('#').ok_or("an ID without namespace")?.0.to_owned() + "#";
    let mut service = service.clone();
    let operations = service["operations"].as_array().cloned().ok_or("the service has no operations")?;
    let mut all = serde_json::Map::new();
    let mut every_operation = Vec::new();
    for copy in 0..times {
        let suffix = if copy == 0 { String::new() } else { format!("Copy{copy}") };
        for (id, shape) in shapes.iter().filter(|(id, _)| *id != service_id) {
            let mut shape = shape.clone();
            rename(&mut shape, &namespace, &suffix);
            if let Some(uri) = shape.pointer_mut("/traits/smithy.api#http/uri").filter(|_| copy > 0) {
                *uri = Value::String(format!("/copy{copy}{}", uri.as_str().unwrap_or_default()));
            }
            all.insert(format!("{id}{suffix}"), shape);
        }
        for operation in &operations {
            let mut operation = operation.clone();
            rename(&mut operation, &namespace, &suffix);
            every_operation.push(operation);
        }
    }
    let count = every_operation.len();
    service["operations"] = Value::Array(every_operation);
    all.insert(service_id.clone(), service);
    let mut model = original.clone();
    model["shapes"] = Value::Object(all);
    Ok((model, count))
}

/// Gives the suffix to every ID of the namespace.
fn rename(value: &mut Value, namespace: &str, suffix: &str) {
    match value {
        Value::String(text) if text.starts_with(namespace) => text.push_str(suffix),
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, namespace, suffix)),
        Value::Object(members) => members.values_mut().for_each(|member| rename(member, namespace, suffix)),
        _ => {}
    }
}
