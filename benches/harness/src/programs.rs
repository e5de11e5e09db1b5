//! What the programs cost to build, and how large they are.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use meter::Outcome;
use meter::build::{
    BARE, DEFAULT, DEVICE, DEVICE_ASCII, LEAN, OFFICIAL, PROGRAMS, Profile, build, crates, fetch, program,
    stripped_size,
};

use crate::Effort;
use crate::table::{Row, Target};

/// Which of our programs is compared with which rival.
const COMPARISONS: [(&str, &str); 5] =
    [(DEFAULT, OFFICIAL), (DEVICE, OFFICIAL), (DEVICE, LEAN), (DEVICE, BARE), (DEVICE_ASCII, OFFICIAL)];

/// A figure of every program.
#[derive(Clone, Copy)]
struct Figure {
    what: &'static str,
    unit: &'static str,
    /// What is wanted of [`DEFAULT`] against [`OFFICIAL`].
    default: Target,
    /// What is wanted of [`DEVICE`] against [`OFFICIAL`].
    device: Target,
}

const CRATES: Figure = Figure { what: "crates", unit: "", default: Target::None, device: Target::AtMost(100.0) };
const ALL_CRATES: Figure =
    Figure { what: "crates with those of build scripts", unit: "", default: Target::None, device: Target::None };
const COLD_BUILD: Figure = Figure {
    what: "cold release build",
    unit: "CPU s",
    default: Target::RatioAtMost(0.40),
    device: Target::RatioAtMost(0.30),
};
const RELEASE_SIZE: Figure = Figure {
    what: "stripped binary, default profile",
    unit: "MB",
    default: Target::RatioAtMost(0.29),
    device: Target::RatioAtMost(0.22),
};
const SMALL_SIZE: Figure = Figure {
    what: "stripped binary, small profile",
    unit: "MB",
    default: Target::None,
    device: Target::RatioAtMost(0.38),
};

pub(crate) fn rows(effort: Effort, target: &Path) -> Outcome<Vec<Row>> {
    fetch()?;
    let mut rows = CRATES.of_each(|package| Ok(crates(package, "normal")? as f64))?;
    rows.extend(ALL_CRATES.of_each(|package| Ok(crates(package, "normal,build")? as f64))?);
    rows.extend(match effort {
        Effort::Full => COLD_BUILD.of_each(|package| cold_build(package, target))?,
        Effort::Quick => COLD_BUILD.skipped("takes minutes; run without --quick"),
    });
    rows.extend(RELEASE_SIZE.of_each(|package| size(package, Profile::Release, target))?);
    let are_built = PROGRAMS.iter().all(|package| program(package, Profile::Small, target).is_file());
    rows.extend(match effort == Effort::Full || are_built {
        true => SMALL_SIZE.of_each(|package| size(package, Profile::Small, target))?,
        false => SMALL_SIZE.skipped("not built yet; run without --quick"),
    });
    Ok(rows)
}

impl Figure {
    /// Measures every program once, and compares.
    fn of_each(self, measure: impl Fn(&'static str) -> Outcome<f64>) -> Outcome<Vec<Row>> {
        let start = Instant::now();
        let figures = PROGRAMS.iter().map(|package| Ok((*package, measure(package)?))).collect::<Outcome<Vec<_>>>()?;
        eprintln!("  {}: {:.0} s", self.what, start.elapsed().as_secs_f64());
        let of =
            |package: &str| figures.iter().find(|(name, _)| *name == package).map_or(f64::NAN, |(_, figure)| *figure);
        let row = |(ours, rival)| Row::new(self.name(ours, rival), self.unit, of(ours), of(rival));
        Ok(COMPARISONS.map(|pair| row(pair).target(self.target(pair))).to_vec())
    }

    fn skipped(self, reason: &str) -> Vec<Row> {
        COMPARISONS.map(|(ours, rival)| Row::skipped(self.name(ours, rival), reason)).to_vec()
    }

    fn target(self, pair: (&str, &str)) -> Target {
        match pair {
            (DEFAULT, OFFICIAL) => self.default,
            (DEVICE, OFFICIAL) => self.device,
            _ => Target::None,
        }
    }

    fn name(self, ours: &str, rival: &str) -> String {
        format!("{}: {ours} against {rival}", self.what)
    }
}

/// CPU seconds of building a program in an empty folder. The build stays for what is measured next.
fn cold_build(package: &str, target: &Path) -> Outcome<f64> {
    let folder = folder(package, Profile::Release, target);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let cpu = build(package, Profile::Release, &folder)?;
    if !program(package, Profile::Release, &folder).is_file() {
        return Err(format!("the build of {package} made no program").into());
    }
    eprintln!("  built {package} from nothing: {:.0} CPU s", cpu.as_secs_f64());
    Ok(cpu.as_secs_f64())
}

/// MB of a program without symbols.
fn size(package: &str, profile: Profile, target: &Path) -> Outcome<f64> {
    Ok(stripped_size(&built(package, profile, target)?)? as f64 / 1e6)
}

/// The program, built unless it already is.
pub(crate) fn built(package: &str, profile: Profile, target: &Path) -> Outcome<PathBuf> {
    let folder = folder(package, profile, target);
    build(package, profile, &folder)?;
    Ok(program(package, profile, &folder))
}

/// Where a program is built: by the default profile in a folder of its own, so that its cold build is its build.
fn folder(package: &str, profile: Profile, target: &Path) -> PathBuf {
    match profile {
        Profile::Release => target.join("programs").join(package),
        Profile::Small => target.to_owned(),
    }
}
