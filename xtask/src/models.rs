//! Reading models and what lies beside them from disk.

use std::fs;
use std::io::Read as _;
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
        let text = read_text(path).map_err(|error| format!("{file}: {error}"))?;
        Ok(Self { file, text })
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

fn read_text(path: &Path) -> std::io::Result<String> {
    let bytes = fs::read(path)?;
    let mut text = String::new();
    if path.extension().is_some_and(|extension| extension == "gz") {
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
