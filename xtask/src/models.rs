//! Reading models and what lies beside them from disk.

use std::fs;
use std::io::{ErrorKind, Read as _};
use std::path::Path;

use flate2::read::GzDecoder;
use kinesisvideo_codegen::diag::Diagnostics;
use kinesisvideo_codegen::parse::{self, Parsed, Source, service2};

/// A file that was read: its name as diagnostics give it, and its text.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) file: String,
    pub(crate) text: String,
}

impl Text {
    /// Reads a file, decompressing it when its name ends in `.gz`.
    pub(crate) fn read(path: &Path) -> Result<Self, String> {
        let file = path.display().to_string();
        match read_text(path) {
            Ok(text) => Ok(Self { file, text }),
            Err(error) => Err(format!("{file}: {}", explain(path, &error))),
        }
    }

    /// Reads the file of a name in a folder, compressed or not, if there is one.
    pub(crate) fn find(folder: &Path, name: &str) -> Result<Option<Self>, String> {
        let candidates = [folder.join(name), folder.join(format!("{name}.gz"))];
        candidates.iter().find(|path| path.is_file()).map(|path| Self::read(path)).transpose()
    }

    fn source(&self) -> Source<'_> {
        Source { file: &self.file, text: &self.text }
    }
}

/// What is wrong with a file that cannot be read, and what to do.
fn explain(path: &Path, error: &std::io::Error) -> String {
    const WANTED: &str = "name a Smithy AST in JSON, or a service-2.json of AWS";
    match error.kind() {
        ErrorKind::NotFound => format!("there is no such file: {WANTED}"),
        _ if path.is_dir() => format!("is a folder: {WANTED}"),
        _ if is_compressed(path) => format!("cannot be decompressed ({error}): only what gzip wrote may end in .gz"),
        ErrorKind::InvalidData => {
            "is not text in UTF-8, as JSON must be: what is compressed has to end in .gz".to_owned()
        }
        _ => format!("cannot be read: {error}"),
    }
}

fn is_compressed(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "gz")
}

fn read_text(path: &Path) -> std::io::Result<String> {
    let bytes = fs::read(path)?;
    let mut text = String::new();
    if is_compressed(path) {
        GzDecoder::new(bytes.as_slice()).read_to_string(&mut text)?;
    } else {
        bytes.as_slice().read_to_string(&mut text)?;
    }
    Ok(text)
}

/// A model with what lies beside it, where it is an AWS `service-2.json`.
#[derive(Debug)]
pub(crate) struct ModelFiles {
    pub(crate) model: Text,
    paginators: Option<Text>,
    waiters: Option<Text>,
    endpoint_rule_set: Option<Text>,
    endpoint_tests: Option<Text>,
}

impl ModelFiles {
    /// Reads a model, and its siblings if it is of the form that has any.
    pub(crate) fn read(path: &Path) -> Result<Self, String> {
        let model = Text::read(path)?;
        let folder = path.parent().filter(|_| is_service2(path));
        let sibling = |name: &str| folder.map_or(Ok(None), |folder| Text::find(folder, name));
        Ok(Self {
            paginators: sibling("paginators-1.json")?,
            waiters: sibling("waiters-2.json")?,
            endpoint_rule_set: sibling("endpoint-rule-set-1.json")?,
            endpoint_tests: sibling("endpoint-tests-1.json")?,
            model,
        })
    }

    /// What a service can do without and its users will miss, should the files that say it not lie beside its model.
    pub(crate) fn missing(&self) -> Vec<&'static str> {
        if !is_service2(Path::new(&self.model.file)) {
            return Vec::new();
        }
        let beside = [
            (
                &self.endpoint_rule_set,
                "no endpoint-rule-set-1.json lies beside the model: users have to set the endpoint",
            ),
            (&self.paginators, "no paginators-1.json lies beside the model: no operation gives its pages as a stream"),
        ];
        beside.into_iter().filter(|(file, _)| file.is_none()).map(|(_, note)| note).collect()
    }

    /// How many bytes of text there are.
    pub(crate) fn bytes(&self) -> usize {
        let beside = [&self.paginators, &self.waiters, &self.endpoint_rule_set, &self.endpoint_tests];
        self.model.text.len() + beside.into_iter().flatten().map(|text| text.text.len()).sum::<usize>()
    }

    /// Reads the texts as a model.
    pub(crate) fn parse(&self) -> Result<Parsed, Diagnostics> {
        let options = service2::Options {
            paginators: self.paginators.as_ref().map(Text::source),
            waiters: self.waiters.as_ref().map(Text::source),
            endpoint_rule_set: self.endpoint_rule_set.as_ref().map(Text::source),
            endpoint_tests: self.endpoint_tests.as_ref().map(Text::source),
            ..service2::Options::default()
        };
        parse::parse(self.model.source(), &options)
    }
}

/// Whether a file is a `service-2.json`, compressed or not.
pub(crate) fn is_service2(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "service-2.json" || name == "service-2.json.gz")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_explained() {
        let folder = std::env::temp_dir().join(format!("xtask-models-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("binary.json"), b"\xff\xfe").unwrap();
        fs::write(folder.join("fake.json.gz"), "{}").unwrap();
        let cases = [
            ("none.json", "there is no such file: name a Smithy AST in JSON, or a service-2.json of AWS"),
            (".", "is a folder: name a Smithy AST in JSON, or a service-2.json of AWS"),
            ("binary.json", "is not text in UTF-8, as JSON must be"),
            ("fake.json.gz", "only what gzip wrote may end in .gz"),
        ];
        for (name, expected) in cases {
            let error = Text::read(&folder.join(name)).unwrap_err();
            assert!(error.contains(expected), "{error}");
        }
        fs::remove_dir_all(folder).unwrap();
    }
}
