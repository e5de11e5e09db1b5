//! The same call made by AWS SDK for JavaScript v2 on Node.js, where both are installed.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use footprint::OurClient;
use meter::Outcome;
use meter::bench::Bench;
use meter::request::{CHANNEL_ARN, environment};
use meter::signature;
use meter::stats::Pairs;
use serde_json::Value;

use crate::Effort;
use crate::table::Row;

/// Names the folder of an installed `aws-sdk`, such as `…/node_modules/aws-sdk`.
const AWS_SDK_JS: &str = "AWS_SDK_JS";

pub(crate) fn rows(effort: Effort) -> Outcome<Vec<Row>> {
    let cpu = "CPU per call, against AWS SDK for JavaScript v2";
    let latency = "latency of a call, against AWS SDK for JavaScript v2";
    let skipped = |reason: &str| Ok(vec![Row::skipped(cpu, reason), Row::skipped(latency, reason)]);
    let Some(sdk) = std::env::var_os(AWS_SDK_JS).map(PathBuf::from) else {
        return skipped("AWS_SDK_JS does not name an installed aws-sdk");
    };
    if !sdk.join("package.json").is_file() {
        return skipped("AWS_SDK_JS names no folder with a package.json");
    }
    if !Command::new("node").arg("--version").stdout(Stdio::null()).status().is_ok_and(|status| status.success()) {
        return skipped("no node");
    }
    let bench = Bench::new()?;
    let ours = OurClient::new(&bench.server.url())?;
    bench.request(&ours)?;
    let (pairs, calls) = effort.choose((3, 1000), (9, 2000));
    let (mut cpus, mut latencies) = (Pairs::default(), Pairs::default());
    for _ in 0..pairs {
        let own = bench.sequential(&ours, calls)?;
        let theirs = run(&bench, &sdk, calls)?;
        cpus.push(own.cpu, theirs.0);
        latencies.push(own.latency, theirs.1);
    }
    Ok(vec![Row::of_pairs(cpu, "us", &cpus)?, Row::of_pairs(latency, "us", &latencies)?])
}

/// CPU time per call and median latency, both in us and after a hundred calls that do not count.
fn run(bench: &Bench, sdk: &Path, calls: usize) -> Outcome<(f64, f64)> {
    let served = bench.server.served();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("js/calls.js");
    bench.server.capture_next();
    let output = Command::new("node")
        .args([script.as_path(), sdk])
        .args([CHANNEL_ARN, &calls.to_string()])
        .envs(environment(&bench.server.url()))
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err("node failed".into());
    }
    signature::verify(&bench.server.captured().ok_or("node sent nothing")?)?;
    let result: Value = serde_json::from_slice(&output.stdout)?;
    let figure = |name: &str| result[name].as_f64().ok_or_else(|| format!("node gave no {name}"));
    let sent = bench.server.served() - served;
    if sent as f64 != figure("calls")? || (sent as usize) < calls {
        return Err(format!("node sent {sent} requests").into());
    }
    Ok((figure("cpu")?, figure("latency")?))
}
