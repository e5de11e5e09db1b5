//! Instructions per call and per signature, where there is a valgrind.

use std::io::Read as _;

use footprint::{OurClient, OurSigner};
use meter::bench::{Bench, make};
use meter::valgrind::{self, MANY};
use meter::{Outcome, signing};

use crate::rivals::{Bare, Official};
use crate::signing::{AwsSigv4, Reqsign};
use crate::table::Row;

/// The subcommand that makes so many calls as one rival at an endpoint. `bare` reads the request from standard input.
pub(crate) const CALLS: &str = "calls";
/// The subcommand that makes so many signatures with one signer.
pub(crate) const SIGNATURES: &str = "signatures";

pub(crate) fn rows() -> Outcome<Vec<Row>> {
    let names = [
        ("instructions per call, against bare reqwest sending the same bytes", CALLS, "bare"),
        ("instructions per call, against official client", CALLS, "official"),
        ("instructions per signature, against aws-sigv4", SIGNATURES, "aws-sigv4"),
        ("instructions per signature, against reqsign-aws-v4", SIGNATURES, "reqsign-aws-v4"),
    ];
    if !valgrind::available() {
        return Ok(names.map(|(name, ..)| Row::skipped(name, "no valgrind")).to_vec());
    }
    let bench = Bench::new()?;
    let endpoint = bench.server.url();
    let request = bench.request(&OurClient::new(&endpoint)?)?;
    let count = |command: &str, who: &str| {
        valgrind::each(|times| {
            let served = bench.server.served();
            let count = valgrind::instructions(&[command, who, &times.to_string(), &endpoint], &request)?;
            let served = bench.server.served() - served;
            match command == CALLS && served != times as u64 {
                true => Err(format!("{times} calls of {who} made {served} requests").into()),
                false => Ok(count),
            }
        })
    };
    let (calls, signatures) = (count(CALLS, "ours")?, count(SIGNATURES, "ours")?);
    names
        .into_iter()
        .map(|(name, command, rival)| {
            let ours = if command == CALLS { calls } else { signatures };
            Ok(Row::new(name, "", ours, count(command, rival)?))
        })
        .collect()
}

/// The subcommand [`CALLS`].
pub(crate) fn calls(rival: &str, count: &str, endpoint: &str) -> Outcome<()> {
    let count = count.parse()?;
    match rival {
        "ours" => make(&OurClient::new(endpoint)?, count),
        "official" => make(&Official::new(endpoint), count),
        "bare" => {
            let mut request = Vec::new();
            std::io::stdin().read_to_end(&mut request)?;
            make(&Bare::new(endpoint, &request)?, count)
        }
        _ => Err(format!("no rival `{rival}`").into()),
    }
}

/// The subcommand [`SIGNATURES`].
pub(crate) fn signatures(signer: &str, count: &str) -> Outcome<()> {
    let count = count.parse()?;
    match signer {
        "ours" => signing::make(&OurSigner::default(), count, MANY),
        "aws-sigv4" => signing::make(&AwsSigv4::new(), count, MANY),
        "reqsign-aws-v4" => signing::make(&Reqsign::new(), count, MANY),
        _ => Err(format!("no signer `{signer}`").into()),
    }
}
