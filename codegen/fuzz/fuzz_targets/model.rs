//! Whatever a model says, it becomes Rust or a diagnostic.
//!
//! What begins with `{` is a model's text. Anything else says how a golden case of the generator is to be mutated.
#![no_main]

use kinesisvideo_codegen::package::{ModelOptions, generate_model};
use kinesisvideo_codegen::parse::{self, Source, service2};
use libfuzzer_sys::fuzz_target;

#[path = "../../tests/model_support/mod.rs"]
mod model_support;

use model_support::rng::Rng;
use model_support::{aws_form, mutate};

/// The golden cases with the most in them.
const MODELS: [&str; 6] = [
    include_str!("../../tests/golden/constraints/model.json"),
    include_str!("../../tests/golden/endpoints/model.json"),
    include_str!("../../tests/golden/pages/model.json"),
    include_str!("../../tests/golden/requests/model.json"),
    include_str!("../../tests/golden/routing/model.json"),
    include_str!("../../tests/golden/waiters/model.json"),
];

fuzz_target!(|data: &[u8]| {
    match data.first() {
        Some(b'{') => {
            if let Ok(text) = std::str::from_utf8(data) {
                generate(text);
            }
        }
        Some(first) => generate(&mutated(*first, data)),
        None => {}
    }
});

/// A mutated model; each eight bytes are another mutation. A few are enough: many make a model so large by copying its parts
/// that mutating it takes all the time.
fn mutated(first: u8, data: &[u8]) -> String {
    let mut model = serde_json::from_str(MODELS[usize::from(first) % MODELS.len()]).unwrap();
    if first & 0x80 != 0 {
        model = aws_form::from_smithy(&model).service;
    }
    for seed in data[1..].chunks(8).take(16) {
        let seed = seed.iter().fold(0, |seed, byte| seed << 8 | u64::from(*byte));
        mutate::mutate(&mut model, &mut Rng(seed));
    }
    model.to_string()
}

fn generate(text: &str) {
    let source = Source { file: "m.json", text };
    let generated = parse::parse(source, &service2::Options::default())
        .and_then(|parsed| generate_model(parsed, &ModelOptions::default()));
    if let Err(diagnostics) = generated {
        let report = diagnostics.to_string();
        assert!(!report.is_empty() && !report.contains("bug of the generator"), "{report}");
    }
}
