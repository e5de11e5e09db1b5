//! `cargo xtask codegen --model FILE --out DIR`: a crate of its own for any model.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use kinesisvideo_codegen::package::{ModelOptions, Package, Runtime, generate_model, generate_package, is_generated};
use kinesisvideo_codegen::parse::Source;

use crate::models::{ModelFiles, Text};
use crate::sync;

/// The table of partitions, relative to the repository.
pub(crate) const PARTITIONS: &str = "model/partitions.json";

/// What the command line says.
#[derive(Debug, Default, PartialEq, Eq)]
struct Options<'a> {
    model: &'a str,
    out: &'a str,
    service: Option<&'a str>,
    module: Option<&'a str>,
    runtime: Option<&'a str>,
}

impl<'a> Options<'a> {
    fn parse(arguments: &[&'a str]) -> Result<Self, String> {
        let mut options = Self::default();
        let (mut model, mut out) = (None, None);
        let mut arguments = arguments.iter();
        while let Some(option) = arguments.next() {
            let target = match *option {
                "--model" => &mut model,
                "--out" => &mut out,
                "--service-name" => &mut options.service,
                "--module" => &mut options.module,
                "--runtime" => &mut options.runtime,
                other => return Err(format!("unknown option `{other}`")),
            };
            let value = arguments.next().ok_or_else(|| format!("`{option}` needs a value"))?;
            if target.replace(*value).is_some() {
                return Err(format!("`{option}` is given twice"));
            }
        }
        options.model = model.ok_or("`--out` needs `--model FILE`")?;
        options.out = out.ok_or("`--model` needs `--out DIR`")?;
        Ok(options)
    }
}

/// Generates the crate that the command line asks for.
pub(crate) fn run(repository: &Path, arguments: &[&str]) -> Result<(), String> {
    let options = Options::parse(arguments)?;
    let mut files = ModelFiles::read(Path::new(options.model))?;
    files.model.file = label(Path::new(options.model));
    let source = files.model.file.clone();
    let folder = Path::new(options.out);
    // Before the work: it may be in vain.
    refuse_foreign(folder)?;
    let parsed = files.parse().map_err(|diagnostics| diagnostics.to_string())?;
    let model_options = ModelOptions { service: options.service, module: options.module, threads: crate::threads() };
    let model = generate_model(parsed, &model_options).map_err(|diagnostics| diagnostics.to_string())?;
    for note in files.missing() {
        eprintln!("warning: {source}: {note}");
    }
    for warning in model.warnings.iter() {
        eprintln!("warning: {warning}");
    }
    for refused in &model.refused {
        eprintln!("left out: {}: {}", refused.operation.name(), refused.reason);
    }
    let name = format!("{}-client", model.module.replace('_', "-").trim_end_matches('-'));
    let path;
    let runtime = match options.runtime {
        Some(version) if version.starts_with(|first: char| first.is_ascii_digit() || "=^~".contains(first)) => {
            Runtime::Version(version)
        }
        given => {
            path = runtime_path(&given.map_or_else(|| repository.join("runtime"), PathBuf::from))?;
            Runtime::Path(&path)
        }
    };
    let docs =
        format!("# {name}\n\nA client of {}, generated from its API model: see [`{}`].", model.service, model.module);
    let package = Package {
        name: &name,
        description: &format!("A client of {}, generated from its API model", model.service),
        source: &source,
        docs: &docs,
        runtime,
        is_workspace: false,
    };
    let partitions = Text::read(&repository.join(PARTITIONS))?;
    let partitions = Source { file: PARTITIONS, text: &partitions.text };
    let files = generate_package(&package, vec![model], partitions).map_err(|diagnostics| diagnostics.to_string())?;
    let written = write(folder, &files)?;
    println!("{}: {name}, {} files, {written} of them written or removed", folder.display(), files.len());
    Ok(())
}

/// How headers and diagnostics name a model: nothing that is only so on this machine.
fn label(path: &Path) -> String {
    let relative = path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    let parts: Vec<_> = path.components().filter(|part| matches!(part, Component::Normal(_))).collect();
    // `service/version/service-2.json`
    let kept = if relative {
        parts.len()
    } else if crate::models::is_service2(path) {
        3
    } else {
        1
    };
    let parts = parts.iter().skip(parts.len().saturating_sub(kept));
    parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// The path of the runtime for a manifest.
pub(crate) fn runtime_path(folder: &Path) -> Result<String, String> {
    if !folder.join("Cargo.toml").is_file() {
        return Err(format!(
            "{}: is no crate: `--runtime` takes the folder of kinesisvideo-runtime, or a version such as 0.1",
            folder.display()
        ));
    }
    let path = std::path::absolute(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(path.display().to_string())
}

/// Refuses a folder with something in it that this task did not make.
fn refuse_foreign(folder: &Path) -> Result<(), String> {
    let failed = |error: io::Error| format!("{}: {error}", folder.display());
    if folder.exists() && !folder.is_dir() {
        return Err(format!("{}: is no folder: name one that is empty, or that is still to be made", folder.display()));
    }
    let is_empty = !folder.exists() || fs::read_dir(folder).map_err(failed)?.next().is_none();
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    if is_empty || is_generated(&manifest) {
        return Ok(());
    }
    Err(format!("{}: is not empty, and its Cargo.toml is not from this task: name another folder", folder.display()))
}

/// Writes the files of a crate that differ and removes those that were emitted and no longer are; gives how many.
pub(crate) fn write(folder: &Path, files: &BTreeMap<String, String>) -> Result<usize, String> {
    refuse_foreign(folder)?;
    let failed = |error: io::Error| format!("{}: {error}", folder.display());
    let mut differences = sync::Differences::default();
    for part in ["src/", "tests/"] {
        let of_part = files.iter().filter_map(|(name, text)| Some((name.strip_prefix(part)?.to_owned(), text.clone())));
        let found = sync::compare(&folder.join(part), &of_part.collect()).map_err(failed)?;
        differences.changed.extend(found.changed.into_iter().map(|(name, now)| (format!("{part}{name}"), now)));
        // What somebody put there is theirs.
        let ours = |name: &String| fs::read_to_string(folder.join(name)).is_ok_and(|text| is_generated(&text));
        differences.stale.extend(found.stale.into_iter().map(|name| format!("{part}{name}")).filter(ours));
    }
    let whole = files.iter().filter(|(name, _)| !name.contains('/'));
    for (name, text) in whole {
        let now = fs::read_to_string(folder.join(name)).ok();
        if now.as_ref() != Some(text) {
            differences.changed.insert(name.clone(), now);
        }
    }
    sync::apply(folder, files, &differences).map_err(failed)?;
    Ok(differences.changed.len() + differences.stale.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(names: &[&str]) -> BTreeMap<String, String> {
        let header = "@generated by cargo xtask codegen from a.json. Do not edit.\n";
        let text = |name: &str| if name == "Cargo.toml" { format!("# {header}") } else { format!("// {header}") };
        names.iter().map(|name| ((*name).to_owned(), text(name))).collect()
    }

    #[test]
    fn a_folder_of_ours_is_brought_in_line_and_what_is_not_ours_stays() {
        let folder = std::env::temp_dir().join(format!("xtask-out-{}", std::process::id()));
        assert_eq!(
            write(&folder, &files(&["Cargo.toml", "src/lib.rs", "src/old/mod.rs", "tests/protocol/main.rs"])),
            Ok(4)
        );
        fs::write(folder.join("src/mine.rs"), "fn mine() {}").unwrap();
        fs::create_dir_all(folder.join("target")).unwrap();
        fs::write(folder.join("target/x"), "x").unwrap();

        assert_eq!(write(&folder, &files(&["Cargo.toml", "src/lib.rs"])), Ok(2), "two are stale, none has changed");
        assert!(!folder.join("src/old").exists() && !folder.join("tests/protocol").exists());
        assert!(folder.join("src/mine.rs").is_file() && folder.join("target/x").is_file());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_folder_of_somebody_else_is_refused() {
        let folder = std::env::temp_dir().join(format!("xtask-foreign-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("Cargo.toml"), "[package]\nname = \"theirs\"\n").unwrap();
        let error = write(&folder, &files(&["Cargo.toml"])).unwrap_err();
        assert!(error.contains("is not empty, and its Cargo.toml is not from this task"), "{error}");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn options_are_checked_before_anything_is_read() {
        let parse = |arguments: &[&'static str]| Options::parse(arguments);
        let options = parse(&["--out", "dir", "--model", "m.json", "--runtime", "0.1"]).unwrap();
        assert_eq!((options.model, options.out, options.runtime), ("m.json", "dir", Some("0.1")));
        let cases: [(&[&str], &str); 5] = [
            (&["--out", "dir"], "`--out` needs `--model FILE`"),
            (&["--model", "m.json"], "`--model` needs `--out DIR`"),
            (&["--model"], "`--model` needs a value"),
            (&["--model", "a", "--model", "b"], "`--model` is given twice"),
            (&["--modle", "a"], "unknown option `--modle`"),
        ];
        for (arguments, expected) in cases {
            assert_eq!(parse(arguments), Err(expected.to_owned()));
        }
    }

    #[test]
    fn headers_name_models_by_what_is_the_same_everywhere() {
        for (path, expected) in [
            ("model/polly.json", "model/polly.json"),
            ("./polly.json", "polly.json"),
            ("/home/me/models/polly.json", "polly.json"),
            ("../models/polly.json", "polly.json"),
            ("/bc/data/polly/2016-06-10/service-2.json.gz", "polly/2016-06-10/service-2.json.gz"),
        ] {
            assert_eq!(label(Path::new(path)), expected);
        }
    }
}
