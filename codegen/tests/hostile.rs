//! Whatever a model says, it becomes Rust or a diagnostic: never a panic, never without end.
//!
//! `HOSTILE_CASES=100000 HOSTILE_SEED=7 cargo test --release -p kinesisvideo-codegen --test hostile` runs more of it. With
//! `HOSTILE_MODELS=DIR` the models that become Rust are written below DIR, for `cargo xtask corpus DIR --check N` to compile.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test may fail the test")]

mod model_support;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use kinesisvideo_codegen::package::{ModelOptions, generate_model};
use kinesisvideo_codegen::parse::{self, Source, service2};
use model_support::rng::Rng;
use model_support::{aws_form, mutate};
use serde_json::Value;

/// What the longest case may take, on a slow and busy machine: a generator that hangs takes for ever.
const LONGEST: Duration = Duration::from_secs(60);

/// Models to mutate, by name: our own, and the generator's golden cases.
fn models() -> Vec<(String, Value)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let golden = fs::read_dir(root.join("tests/golden")).unwrap().map(|entry| entry.unwrap().path().join("model.json"));
    let mut paths: Vec<PathBuf> = golden.chain([root.join("../model/kinesis-video-signaling.json")]).collect();
    paths.sort();
    let read = |path: &PathBuf| serde_json::from_str::<Value>(&fs::read_to_string(path).unwrap()).unwrap();
    let name = |path: &Path| path.parent().unwrap().file_name().unwrap().to_str().unwrap().to_owned();
    paths.iter().map(|path| (name(path), read(path))).collect()
}

/// The outcome for a text, with what went wrong if something did.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Rust,
    Diagnostic,
}

fn generate(text: &str, rules: Option<&str>) -> Outcome {
    let source = Source { file: "m.json", text };
    let options = service2::Options {
        endpoint_rule_set: rules.map(|text| Source { file: "rules.json", text }),
        ..service2::Options::default()
    };
    let generated = parse::parse(source, &options).and_then(|parsed| generate_model(parsed, &ModelOptions::default()));
    match generated {
        Ok(generated) => {
            for (name, text) in &generated.files {
                assert!(syn::parse_file(text).is_ok(), "{name} is not Rust");
            }
            Outcome::Rust
        }
        Err(diagnostics) => {
            let report = diagnostics.to_string();
            assert!(!report.is_empty());
            assert!(!report.contains("bug of the generator"), "{report}");
            Outcome::Diagnostic
        }
    }
}

/// Generates from a text on a stack as small as threads have, and within bounds.
fn survive(case: &str, text: &str, rules: Option<&str>) -> Outcome {
    let began = Instant::now();
    let outcome = std::thread::scope(|scope| {
        let thread =
            std::thread::Builder::new().stack_size(2 << 20).spawn_scoped(scope, || generate(text, rules)).unwrap();
        thread.join()
    });
    let outcome = outcome.unwrap_or_else(|_| {
        let path = std::env::temp_dir().join("hostile-model.json");
        fs::write(&path, text).unwrap();
        panic!("{case} made the generator panic; the model is in {}", path.display())
    });
    assert!(began.elapsed() < LONGEST, "{case} took {:?}", began.elapsed());
    outcome
}

fn number(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).map_or(otherwise, |text| text.parse().unwrap())
}

#[test]
fn mutated_models_become_rust_or_a_diagnostic() {
    let models = models();
    let (cases, first) = (number("HOSTILE_CASES", 240), number("HOSTILE_SEED", 1));
    let keep = std::env::var_os("HOSTILE_MODELS").map(PathBuf::from);
    let (mut rust, mut diagnostics) = (0, 0);
    for seed in first..first + cases {
        let mut rng = Rng(seed);
        let (name, model) = rng.pick(&models);
        let mut model = model.clone();
        let in_aws_form = rng.below(3) == 0;
        let mut rules = None;
        if in_aws_form {
            let form = aws_form::from_smithy(&model);
            (model, rules) = (form.service, form.endpoint_rule_set);
        }
        mutate::mutate(&mut model, &mut rng);
        let mut text = model.to_string();
        if rng.below(8) == 0 {
            text = mutate::break_text(&text, &mut rng);
        }
        let rules = rules.map(|rules| rules.to_string());
        match survive(&format!("seed {seed} ({name})"), &text, rules.as_deref()) {
            Outcome::Rust => {
                rust += 1;
                if let Some(folder) = keep.as_ref().filter(|_| !in_aws_form) {
                    fs::create_dir_all(folder).unwrap();
                    fs::write(folder.join(format!("{name}-{seed}.json")), &text).unwrap();
                }
            }
            Outcome::Diagnostic => diagnostics += 1,
        }
    }
    println!("{rust} became Rust, {diagnostics} a diagnostic");
    assert!(rust > 0 && diagnostics > 0, "mutations are not what they should be: {rust} to {diagnostics}");
}

/// A restJson1 service whose one input has a member of each of these shapes.
fn service_with(shapes: &str, members: &str) -> String {
    format!(
        r##"{{"smithy":"2.0","shapes":{{
        "a#S":{{"type":"service","version":"1","operations":[{{"target":"a#O"}}],"traits":{{"aws.protocols#restJson1":{{}}}}}},
        "a#O":{{"type":"operation","input":{{"target":"a#I"}},"output":{{"target":"smithy.api#Unit"}},
            "traits":{{"smithy.api#http":{{"method":"POST","uri":"/o"}}}}}},
        "a#I":{{"type":"structure","members":{{{members}}}}}{shapes}}}}}"##
    )
}

#[test]
fn nesting_without_end_is_a_diagnostic() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"traits\":", "}]")] {
        let depth = 10_000_000 / open.len();
        for text in [open.repeat(depth), format!("{}1{}", open.repeat(depth / 2), close.repeat(depth / 2))] {
            let text = format!(r#"{{"smithy":"2.0","shapes":{{}},"metadata":{text}}}"#);
            assert_eq!(survive("nested JSON", &text, None), Outcome::Diagnostic);
        }
    }
}

#[test]
fn shapes_may_hold_each_other_as_deep_as_they_like() {
    let chain = |kind: &dyn Fn(usize) -> String| {
        (0..2_000).map(|number| format!(",\"a#N{number}\":{}", kind(number))).collect::<String>()
    };
    let structures = chain(&|number| {
        format!(
            r#"{{"type":"structure","members":{{"m":{{"target":"a#N{}","traits":{{"smithy.api#required":{{}}}}}}}}}}"#,
            (number + 1) % 2_000
        )
    });
    // Required members in a circle: no value is small enough.
    assert_eq!(survive("a circle", &service_with(&structures, r#""m":{"target":"a#N0"}"#), None), Outcome::Diagnostic);
    let lists = chain(&|number| match number {
        1_999 => r#"{"type":"string"}"#.to_owned(),
        _ => format!(r#"{{"type":"list","member":{{"target":"a#N{}"}}}}"#, number + 1),
    });
    assert_eq!(survive("lists of lists", &service_with(&lists, r#""m":{"target":"a#N0"}"#), None), Outcome::Diagnostic);
    let optional = chain(&|number| {
        format!(r#"{{"type":"structure","members":{{"m":{{"target":"a#N{}"}}}}}}"#, (number + 1) % 2_000)
    });
    assert_eq!(survive("optional members", &service_with(&optional, r#""m":{"target":"a#N0"}"#), None), Outcome::Rust);
}

#[test]
fn many_members_take_no_longer_than_there_are_of_them() {
    let members = |count: usize| {
        let members = (0..count).map(|number| {
            format!(r#""m{number}":{{"target":"smithy.api#String","traits":{{"smithy.api#jsonName":"w{number}"}}}}"#)
        });
        service_with("", &members.collect::<Vec<_>>().join(","))
    };
    let time = |count: usize| {
        let began = Instant::now();
        assert_eq!(survive("members", &members(count), None), Outcome::Rust);
        began.elapsed()
    };
    let (few, many) = (time(250), time(2_000));
    // Eight times as many, with room for a machine that is busy; a quadratic step would make it sixty-four.
    assert!(many < few * 40 + Duration::from_secs(2), "{few:?} for 250, {many:?} for 2000");
}
