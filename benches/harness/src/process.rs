//! The programs as processes: how soon they send, what they use.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use meter::Outcome;
use meter::bench::micros;
use meter::build::{BARE, DEFAULT, DEVICE, LEAN, OFFICIAL, Profile};
use meter::child::{peak_memory_kb, wait};
use meter::request::{CHANNEL_ARN, environment};
use meter::server::Server;
use meter::signature;
use meter::stats::Pairs;

use crate::Effort;
use crate::programs::built;
use crate::table::Row;

pub(crate) fn rows(effort: Effort, target: &Path) -> Outcome<Vec<Row>> {
    let server = Server::start()?;
    let mut rows = Vec::new();
    for (ours, rival) in [(DEFAULT, OFFICIAL), (DEVICE, OFFICIAL), (DEVICE, LEAN), (DEVICE, BARE)] {
        let (mut start, mut cpu, mut memory) = (Pairs::default(), Pairs::default(), Pairs::default());
        let (our_program, rival_program) =
            (built(ours, Profile::Release, target)?, built(rival, Profile::Release, target)?);
        let run_ours = || run(&server, &our_program, true);
        let run_rival = || run(&server, &rival_program, rival != BARE);
        run_ours()?;
        run_rival()?;
        for _ in 0..effort.choose(9, 31) {
            let (a, b) = (run_ours()?, run_rival()?);
            start.push(a.first_byte, b.first_byte);
            cpu.push(a.cpu, b.cpu);
            memory.push(a.memory, b.memory);
        }
        let name = |what: &str| format!("{what}: {ours} against {rival}");
        rows.push(Row::of_pairs(name("process start to first byte on the wire"), "ms", &start)?);
        rows.push(Row::of_pairs(name("CPU of a process that makes one call"), "ms", &cpu)?);
        rows.push(Row::of_pairs(name("peak memory of that process"), "MB", &memory)?);
    }
    Ok(rows)
}

struct Figures {
    /// ms
    first_byte: f64,
    /// ms
    cpu: f64,
    /// MB
    memory: f64,
}

/// Has the program join one channel.
fn run(server: &Server, program: &Path, signs: bool) -> Outcome<Figures> {
    let served = server.served();
    server.capture_next();
    let start = Instant::now();
    let mut child = Command::new(program)
        .envs(environment(&server.url()))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()?;
    let mut stdin = child.stdin.take().ok_or("no standard input")?;
    writeln!(stdin, "{CHANNEL_ARN}")?;
    let mut answer = String::new();
    BufReader::new(child.stdout.take().ok_or("no standard output")?).read_line(&mut answer)?;
    // The program now waits for another channel: it has done all it will do.
    let memory = peak_memory_kb(&child);
    drop(stdin);
    let exit = wait(&mut child, Duration::from_secs(60))?;
    if !exit.success || answer.trim_end() != "joined" {
        return Err(format!("{} failed", program.display()).into());
    }
    let request = server.captured().ok_or("no request arrived")?;
    if signs {
        signature::verify(&request)?;
    }
    if server.served() - served != 1 {
        return Err(format!("{} made another number of requests than one", program.display()).into());
    }
    let first_byte = server.first_byte().ok_or("no connection was made")?;
    Ok(Figures {
        first_byte: micros(first_byte - start) / 1e3,
        cpu: micros(exit.cpu) / 1e3,
        memory: memory? as f64 / 1e3,
    })
}
