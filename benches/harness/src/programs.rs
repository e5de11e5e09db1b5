//! What the four programs cost to build, and how large they are.

use std::fs;
use std::path::Path;

use meter::Outcome;
use meter::build::{DEFAULT, DEVICE, LEAN, OFFICIAL, PROGRAMS, Profile, build, crates, fetch, program, stripped_size};

use crate::Effort;
use crate::table::{Row, Target};

/// The programs compared, and with what target.
type Comparison = (&'static str, &'static str, Target);

pub(crate) fn rows(effort: Effort, target: &Path) -> Outcome<Vec<Row>> {
    fetch()?;
    let mut rows = Vec::new();
    compare(
        &mut rows,
        "crates",
        "",
        [(DEFAULT, OFFICIAL, Target::None), (DEVICE, OFFICIAL, Target::AtMost(100.0)), (DEVICE, LEAN, Target::None)],
        |package| Ok(crates(package, "normal")? as f64),
    )?;
    compare(
        &mut rows,
        "crates with those of build scripts",
        "",
        [(DEFAULT, OFFICIAL, Target::None), (DEVICE, OFFICIAL, Target::None), (DEVICE, LEAN, Target::None)],
        |package| Ok(crates(package, "normal,build")? as f64),
    )?;
    cold_builds(&mut rows, effort, target)?;
    let size = |profile| {
        move |package: &str| {
            build(package, profile, target)?;
            Ok(stripped_size(&program(package, profile, target))? as f64 / 1e6)
        }
    };
    compare(
        &mut rows,
        "stripped binary, default profile",
        "MB",
        [
            (DEFAULT, OFFICIAL, Target::RatioAtMost(0.29)),
            (DEVICE, OFFICIAL, Target::RatioAtMost(0.22)),
            (DEVICE, LEAN, Target::None),
        ],
        size(Profile::Release),
    )?;
    let comparisons = [
        (DEFAULT, OFFICIAL, Target::None),
        (DEVICE, OFFICIAL, Target::RatioAtMost(0.38)),
        (DEVICE, LEAN, Target::None),
    ];
    let what = "stripped binary, small profile";
    let built = PROGRAMS.iter().all(|package| program(package, Profile::Small, target).is_file());
    match effort == Effort::Full || built {
        true => compare(&mut rows, what, "MB", comparisons, size(Profile::Small))?,
        false => skip(&mut rows, what, comparisons, "not built yet; run without --quick"),
    }
    Ok(rows)
}

/// Builds each program in an empty folder.
fn cold_builds(rows: &mut Vec<Row>, effort: Effort, target: &Path) -> Outcome<()> {
    let what = "cold release build";
    let comparisons = [
        (DEFAULT, OFFICIAL, Target::RatioAtMost(0.40)),
        (DEVICE, OFFICIAL, Target::RatioAtMost(0.30)),
        (DEVICE, LEAN, Target::None),
    ];
    if effort == Effort::Quick {
        skip(rows, what, comparisons, "takes minutes; run without --quick");
        return Ok(());
    }
    compare(rows, what, "CPU s", comparisons, |package| {
        eprintln!("  building {package} from nothing …");
        let cold = target.join("cold");
        if cold.exists() {
            fs::remove_dir_all(&cold)?;
        }
        let cpu = build(package, Profile::Release, &cold)?;
        if !program(package, Profile::Release, &cold).is_file() {
            return Err(format!("the build of {package} made no program").into());
        }
        fs::remove_dir_all(&cold)?;
        Ok(cpu.as_secs_f64())
    })
}

fn compare(
    rows: &mut Vec<Row>,
    what: &str,
    unit: &'static str,
    comparisons: [Comparison; 3],
    figure: impl Fn(&'static str) -> Outcome<f64>,
) -> Outcome<()> {
    // Once a program, however often it is compared.
    let figures = PROGRAMS.iter().map(|package| Ok((*package, figure(package)?))).collect::<Outcome<Vec<_>>>()?;
    let figure =
        |package: &str| figures.iter().find(|(name, _)| *name == package).map_or(f64::NAN, |(_, figure)| *figure);
    for (ours, rival, target) in comparisons {
        rows.push(Row::new(name(what, ours, rival), unit, figure(ours), figure(rival)).target(target));
    }
    Ok(())
}

fn skip(rows: &mut Vec<Row>, what: &str, comparisons: [Comparison; 3], reason: &str) {
    rows.extend(comparisons.map(|(ours, rival, _)| Row::skipped(name(what, ours, rival), reason)));
}

fn name(what: &str, ours: &str, rival: &str) -> String {
    format!("{what}: {ours} against {rival}")
}
