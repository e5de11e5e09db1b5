//! A service is the same whichever form its model is read from.
//!
//! Upstream's files are not part of this repository. With `SMITHY_MODELS=DIR AWS_MODELS=DIR cargo test -p kinesisvideo-codegen
//! --test front_ends -- --nocapture` the published pairs are compared as well: DIRs are folders of Smithy ASTs and of
//! botocore's `data`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test may fail the test")]

mod model_support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use kinesisvideo_codegen::diag::Diagnostics;
use kinesisvideo_codegen::endpoint::endpoint_module;
use kinesisvideo_codegen::ir;
use kinesisvideo_codegen::lower::lower;
use kinesisvideo_codegen::parse::{Parsed, Source, service2, smithy};
use kinesisvideo_codegen::traits::ENDPOINT_TESTS;
use kinesisvideo_codegen::transform::{Options, transform};
use model_support::aws_form;
use serde_json::Value;

/// A part of a service that differs because the sources do, and how.
struct Difference {
    service: &'static str,
    part: &'static str,
    reason: &'static str,
}

const fn difference(service: &'static str, part: &'static str, reason: &'static str) -> Difference {
    Difference { service, part, reason }
}

const NO_DEFAULTS: &str = "AWS's form does not say that an absent number means zero";
const NEWER: &str = "the published AWS form is newer, and has storage tiers";
const WORDING: &str = "the published AWS form is newer, and its documentation is worded anew";

/// What is lost on the way from our models to AWS's form.
const OWN: [Difference; 2] = [
    difference("Kinesis Video Archived Media", "type Fragment", NO_DEFAULTS),
    difference("Kinesis Video Archived Media", "docs of type Fragment", NO_DEFAULTS),
];

/// How the files of botocore 1.44.5 differ from the Smithy ASTs that `model/` was made from.
const PUBLISHED: [Difference; 21] = [
    difference("Kinesis Video", "docs of operation CreateSignalingChannel", WORDING),
    difference("Kinesis Video", "docs of operation CreateStream", WORDING),
    difference("Kinesis Video", "docs of operation GetSignalingChannelEndpoint", WORDING),
    difference("Kinesis Video", "docs of operation UpdateSignalingChannel", WORDING),
    difference("Kinesis Video", "docs of type NotificationConfiguration", WORDING),
    difference("Kinesis Video", "docs of type RecorderConfig", WORDING),
    difference("Kinesis Video", "docs of type ScheduleConfig", WORDING),
    difference("Kinesis Video", "docs of type SingleMasterConfiguration", WORDING),
    difference("Kinesis Video", "operation CreateStream", NEWER),
    difference("Kinesis Video", "operation DescribeStreamStorageConfiguration", NEWER),
    difference("Kinesis Video", "operation UpdateStreamStorageConfiguration", NEWER),
    difference("Kinesis Video", "schema CREATE_STREAM_INPUT", NEWER),
    difference("Kinesis Video", "schema DEFAULT_STORAGE_TIER", NEWER),
    difference("Kinesis Video", "schema DESCRIBE_STREAM_STORAGE_CONFIGURATION_INPUT", NEWER),
    difference("Kinesis Video", "schema STREAM_STORAGE_CONFIGURATION", NEWER),
    difference("Kinesis Video", "schema UPDATE_STREAM_STORAGE_CONFIGURATION_INPUT", NEWER),
    difference("Kinesis Video", "type DefaultStorageTier", NEWER),
    difference("Kinesis Video", "type StreamStorageConfiguration", NEWER),
    difference("Kinesis Video Archived Media", "docs of operation GetClip", WORDING),
    difference("Kinesis Video Archived Media", "docs of type Fragment", NO_DEFAULTS),
    difference("Kinesis Video Archived Media", "type Fragment", NO_DEFAULTS),
];

/// The services of this repository, by their names in AWS SDKs.
const FAMILY: [&str; 5] = [
    "Kinesis Video",
    "Kinesis Video Archived Media",
    "Kinesis Video Media",
    "Kinesis Video Signaling",
    "Kinesis Video WebRTC Storage",
];

#[test]
fn the_services_of_this_repository_are_the_same_in_both_forms() {
    let mut seen = Vec::new();
    for path in json_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../model")) {
        let text = fs::read_to_string(path).unwrap();
        let Some(name) = sdk_id(&text) else { continue };
        let form = aws_form::from_smithy(&serde_json::from_str(&text).unwrap());
        let [service, paginators, rules] = [Some(form.service), Some(form.paginators), form.endpoint_rule_set]
            .map(|value| value.map(|value| value.to_string()));
        let aws = AwsFiles { service: service.unwrap(), paginators, waiters: None, rules };
        assert_differences(&name, &differing(&of_smithy(&text).unwrap(), &aws.read().unwrap()), &OWN);
        seen.push(name);
    }
    seen.sort();
    assert_eq!(seen, FAMILY);
}

#[test]
fn published_pairs_differ_where_their_sources_do() {
    let folder = |variable: &str| std::env::var_os(variable).map(PathBuf::from);
    let (Some(smithy), Some(aws)) = (folder("SMITHY_MODELS"), folder("AWS_MODELS")) else {
        println!("skipped: SMITHY_MODELS and AWS_MODELS do not both name a folder of upstream's models");
        return;
    };
    let published = AwsFiles::below(&aws);
    let mut seen = Vec::new();
    for path in json_files(&smithy) {
        let text = fs::read_to_string(path).unwrap();
        let Some(name) = sdk_id(&text) else { continue };
        let Some(files) = published.get(&name) else {
            println!("{name}: not published in AWS's form");
            continue;
        };
        let parts = match (of_smithy(&text), files.read()) {
            (Ok(smithy), Ok(aws)) => differing(&smithy, &aws),
            (smithy, aws) => {
                assert_eq!(smithy.is_ok(), aws.is_ok(), "{name} generates from one form alone");
                continue;
            }
        };
        println!("{name}: {} parts differ", parts.len());
        if FAMILY.contains(&name.as_str()) {
            for part in &parts {
                println!("    {part}");
            }
            assert_differences(&name, &parts, &PUBLISHED);
            seen.push(name);
        }
    }
    seen.sort();
    assert_eq!(seen, FAMILY, "not all services of this repository are in both folders");
}

#[track_caller]
fn assert_differences(service: &str, found: &BTreeSet<String>, known: &[Difference]) {
    let known: BTreeMap<&str, &str> = known
        .iter()
        .filter(|difference| difference.service == service)
        .map(|difference| (difference.part, difference.reason))
        .collect();
    let found: BTreeSet<&str> = found.iter().map(String::as_str).collect();
    let unknown: Vec<_> = found.iter().filter(|part| !known.contains_key(*part)).collect();
    assert!(unknown.is_empty(), "{service}: differs, and nobody knows why: {unknown:?}");
    let gone: Vec<_> = known.iter().filter(|(part, _)| !found.contains(*part)).collect();
    assert!(gone.is_empty(), "{service}: should differ, and does not: {gone:?}");
}

/// The JSON files of a folder, sorted.
fn json_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    files
}

/// The name of a restJson1 service in AWS SDKs.
fn sdk_id(text: &str) -> Option<String> {
    let model: Value = serde_json::from_str(text).unwrap();
    let services = model.get("shapes")?.as_object()?.values();
    let mut traits =
        services.filter_map(|shape| shape.get("traits")?.get("aws.protocols#restJson1").and(shape.get("traits")));
    traits.find_map(|traits| Some(traits.get("aws.api#service")?.get("sdkId")?.as_str()?.to_owned()))
}

/// A service in AWS's form.
struct AwsFiles {
    service: String,
    paginators: Option<String>,
    waiters: Option<String>,
    rules: Option<String>,
}

impl AwsFiles {
    /// The latest versions of the services below a folder such as botocore's `data`, by the services' names.
    fn below(folder: &Path) -> BTreeMap<String, Self> {
        let read = |path: PathBuf| fs::read_to_string(path).ok();
        let services = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let latest = |path: PathBuf| fs::read_dir(path).ok()?.map(|entry| entry.unwrap().path()).max();
        services
            .filter_map(|entry| {
                let version = latest(entry.unwrap().path())?;
                let service = read(version.join("service-2.json"))?;
                let metadata = serde_json::from_str::<Value>(&service).ok()?;
                let name = metadata.get("metadata")?.get("serviceId")?.as_str()?.to_owned();
                let beside = |name: &str| read(version.join(name));
                let [paginators, waiters, rules] =
                    ["paginators-1.json", "waiters-2.json", "endpoint-rule-set-1.json"].map(beside);
                Some((name, Self { service, paginators, waiters, rules }))
            })
            .collect()
    }

    fn read(&self) -> Result<Read, Diagnostics> {
        let options = service2::Options {
            paginators: self.paginators.as_deref().map(named),
            waiters: self.waiters.as_deref().map(named),
            endpoint_rule_set: self.rules.as_deref().map(named),
            ..service2::Options::default()
        };
        lowered(service2::parse(named(&self.service), &options)?)
    }
}

/// A text under the name that all have here, so that names do not differ.
fn named(text: &str) -> Source<'_> {
    Source { file: "model.json", text }
}

/// What a model becomes, short of being emitted.
struct Read {
    service: ir::Service,
    /// The endpoint rules, compiled.
    rules: String,
}

fn of_smithy(text: &str) -> Result<Read, Diagnostics> {
    lowered(Parsed { model: smithy::parse(named(text))?, warnings: Diagnostics::new() })
}

fn lowered(parsed: Parsed) -> Result<Read, Diagnostics> {
    let done = transform(parsed.model, &Options::default())?;
    let mut traits = done.model.shape(&done.service).unwrap().traits.clone();
    // Whether there are tests beside the rules is no difference of the rules.
    traits.0.remove(ENDPOINT_TESTS);
    let endpoint = endpoint_module("model.json", &done.service, &traits)?;
    let service = lower(&done.model, &done.service, "service", Some(&endpoint.parameters))?.service;
    Ok(Read { service, rules: endpoint.source.to_string() })
}

/// The parts in which two services differ.
fn differing(a: &Read, b: &Read) -> BTreeSet<String> {
    let (a, b) = (parts(a), parts(b));
    let names: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    let mut differing = BTreeSet::new();
    for name in names {
        match (a.get(name), b.get(name)) {
            (Some(a), Some(b)) => {
                if a.facts != b.facts {
                    differing.insert(name.clone());
                }
                if a.docs != b.docs {
                    differing.insert(format!("docs of {name}"));
                }
            }
            _ => _ = differing.insert(name.clone()),
        }
    }
    differing
}

/// A part of a service, as text.
struct Part {
    facts: String,
    docs: String,
}

/// Everything there is of a service, by name.
fn parts(Read { service, rules }: &Read) -> BTreeMap<String, Part> {
    let mut parts = BTreeMap::new();
    let mut add = |name: String, part: &dyn std::fmt::Debug| {
        let text = format!("{part:#?}");
        let (docs, facts): (Vec<&str>, Vec<&str>) =
            text.lines().partition(|line| line.trim_start().starts_with("docs: "));
        parts.insert(name, Part { facts: facts.join("\n"), docs: docs.join("\n") });
    };
    for operation in &service.operations {
        add(format!("operation {}", operation.name), operation);
    }
    for item in &service.types {
        add(format!("type {}", item.name()), item);
    }
    for error in &service.errors {
        add(format!("error {}", error.code), error);
    }
    for structure in &service.schema.structures {
        add(format!("schema {}", structure.constant), structure);
    }
    for shape in &service.schema.shapes {
        add(format!("schema {}", shape.constant), shape);
    }
    for pattern in &service.schema.patterns {
        add(format!("schema {}", pattern.constant), pattern);
    }
    add("the endpoint rules".to_owned(), rules);
    let rest = ir::Service {
        operations: Vec::new(),
        types: Vec::new(),
        errors: Vec::new(),
        schema: ir::Schema::default(),
        ..service.clone()
    };
    add("the service".to_owned(), &rest);
    parts
}
