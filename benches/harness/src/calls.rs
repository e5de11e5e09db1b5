//! The cost of a call, against bare reqwest and against the official client.

use std::rc::Rc;

use footprint::OurClient;
use meter::Outcome;
use meter::bench::{Bench, Cost};
use meter::stats::Pairs;

use crate::Effort;
use crate::rivals::{Bare, Official};
use crate::table::{Row, Target};

/// How many calls are made at a time in the concurrent runs.
const IN_FLIGHT: usize = 64;

pub(crate) fn rows(effort: Effort) -> Outcome<Vec<Row>> {
    let bench = Bench::new()?;
    let url = bench.server.url();
    let (ours, official) = (Rc::new(OurClient::new(&url)?), Rc::new(Official::new(&url)));
    let request = bench.request(&*ours)?;
    bench.request(&*official)?;
    let bare = Rc::new(Bare::new(&url, &request)?);
    if bench.request(&*bare)?.len() != request.len() {
        return Err("bare reqwest sends another number of bytes than our client".into());
    }

    let (pairs, calls) = effort.choose((15, 400), (41, 1000));
    let sequential =
        |rival: &dyn Fn() -> Outcome<Cost>| Comparison::of(pairs, || bench.sequential(&*ours, calls), rival);
    let bare_sequential = sequential(&|| bench.sequential(&*bare, calls))?;
    let official_sequential = sequential(&|| bench.sequential(&*official, calls))?;
    let concurrent = |rival: &dyn Fn() -> Outcome<Cost>| {
        Comparison::of(pairs, || bench.concurrent(&ours, IN_FLIGHT, calls * 4), rival)
    };
    let bare_concurrent = concurrent(&|| bench.concurrent(&bare, IN_FLIGHT, calls * 4))?;
    let official_concurrent = concurrent(&|| bench.concurrent(&official, IN_FLIGHT, calls * 4))?;

    let mut rows = Vec::new();
    let against = "bare reqwest sending the same bytes";
    rows.push(bare_sequential.row("CPU per call", against, "us", |c| c.cpu)?.target(Target::RatioAtMost(1.10)));
    rows.push(
        bare_sequential.row("allocations per call", against, "", |c| c.allocations)?.target(Target::MoreAtMost(25.0)),
    );
    rows.push(bare_sequential.row("bytes allocated per call", against, "B", |c| c.bytes)?);
    rows.push(bare_sequential.row("latency of a call", against, "us", |c| c.latency)?);
    rows.push(
        bare_concurrent
            .row("throughput, 64 in flight", against, "1/s", |c| c.throughput)?
            .target(Target::RatioAtLeast(0.95)),
    );
    rows.push(bare_concurrent.row("CPU per call, 64 in flight", against, "us", |c| c.cpu)?);
    let against = "official client";
    rows.push(official_sequential.row("CPU per call", against, "us", |c| c.cpu)?.target(Target::RatioAtMost(0.45)));
    rows.push(
        official_sequential
            .row("allocations per call", against, "", |c| c.allocations)?
            .target(Target::RatioAtMost(0.25)),
    );
    rows.push(official_sequential.row("bytes allocated per call", against, "B", |c| c.bytes)?);
    rows.push(official_sequential.row("latency of a call", against, "us", |c| c.latency)?);
    rows.push(official_concurrent.row("throughput, 64 in flight", against, "1/s", |c| c.throughput)?);
    rows.push(official_concurrent.row("CPU per call, 64 in flight", against, "us", |c| c.cpu)?);
    Ok(rows)
}

/// Costs of ours and of a rival, run by run.
struct Comparison(Vec<(Cost, Cost)>);

impl Comparison {
    /// Ours and the rival's runs alternate, after one of each that does not count.
    fn of(pairs: usize, ours: impl Fn() -> Outcome<Cost>, rival: impl Fn() -> Outcome<Cost>) -> Outcome<Self> {
        ours()?;
        rival()?;
        (0..pairs).map(|_| Ok((ours()?, rival()?))).collect::<Outcome<_>>().map(Self)
    }

    fn row(&self, what: &str, against: &str, unit: &'static str, figure: impl Fn(&Cost) -> f64) -> Outcome<Row> {
        let mut pairs = Pairs::default();
        for (ours, rival) in &self.0 {
            pairs.push(figure(ours), figure(rival));
        }
        Row::of_pairs(format!("{what}, against {against}"), unit, &pairs)
    }
}
