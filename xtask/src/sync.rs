//! Brings a folder in line with the files that should be in it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

/// What differs between a folder and the files that should be in it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Differences {
    /// Files to write, with what they hold now (`None` when they are missing).
    pub(crate) changed: BTreeMap<String, Option<String>>,
    /// Files that should not be there.
    pub(crate) stale: BTreeSet<String>,
}

impl Differences {
    pub(crate) fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.stale.is_empty()
    }
}

/// Compares the folder with the files, both named relative to it with `/`. Line endings do not count: a checkout may have
/// rewritten them.
pub(crate) fn compare(folder: &Path, files: &BTreeMap<String, String>) -> io::Result<Differences> {
    let mut present = BTreeMap::new();
    if folder.exists() {
        read_folder(folder, "", &mut present)?;
    }
    let mut differences = Differences::default();
    for (name, text) in files {
        let now = present.remove(name);
        if now.as_deref().map(|now| now.replace("\r\n", "\n")).as_deref() != Some(text) {
            differences.changed.insert(name.clone(), now);
        }
    }
    differences.stale = present.into_keys().collect();
    Ok(differences)
}

/// Writes what changed, removes what is stale and the folders that this leaves empty.
pub(crate) fn apply(folder: &Path, files: &BTreeMap<String, String>, differences: &Differences) -> io::Result<()> {
    for name in differences.changed.keys() {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        if let Some(text) = files.get(name) {
            fs::write(path, text)?;
        }
    }
    for name in &differences.stale {
        let path = folder.join(name);
        fs::remove_file(&path)?;
        let mut parent = path.parent();
        while let Some(empty) = parent.filter(|parent| *parent != folder && fs::remove_dir(parent).is_ok()) {
            parent = empty.parent();
        }
    }
    Ok(())
}

fn read_folder(folder: &Path, prefix: &str, present: &mut BTreeMap<String, String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            read_folder(&entry.path(), &format!("{name}/"), present)?;
        } else {
            let bytes = fs::read(entry.path())?;
            present.insert(name, String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_ends_up_with_exactly_the_files() {
        let folder = std::env::temp_dir().join(format!("xtask-sync-{}", std::process::id()));
        fs::create_dir_all(folder.join("old/deep")).unwrap();
        fs::write(folder.join("old/deep/stale.rs"), "x").unwrap();
        fs::write(folder.join("same.rs"), "a\r\nb\r\n").unwrap();
        let files =
            BTreeMap::from([("same.rs".to_owned(), "a\nb\n".to_owned()), ("new/n.rs".to_owned(), "n\n".to_owned())]);

        let differences = compare(&folder, &files).unwrap();
        assert_eq!(differences.changed.keys().collect::<Vec<_>>(), ["new/n.rs"]);
        assert_eq!(differences.stale.iter().collect::<Vec<_>>(), ["old/deep/stale.rs"]);

        apply(&folder, &files, &differences).unwrap();
        assert!(compare(&folder, &files).unwrap().is_empty());
        assert!(!folder.join("old").exists());
        assert_eq!(fs::read_to_string(folder.join("same.rs")).unwrap(), "a\r\nb\r\n", "an equal file is not touched");
        fs::remove_dir_all(folder).unwrap();
    }
}
