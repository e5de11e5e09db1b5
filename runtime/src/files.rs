//! The file system as far as configuration reads it, or a stand-in for it.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use crate::named::Named;

/// What a file of settings may hold at most, in bytes: a limit for mistakes such as a path to a log or a device.
const MAX_SIZE: u64 = 1 << 20;

/// Where files are read: the file system, or a map given by a test.
///
/// `Debug` shows paths only: contents may be secret.
#[derive(Clone, Default)]
pub struct Files(Option<Arc<Named<String>>>);

impl Files {
    /// The file system, read anew at every call.
    #[must_use]
    pub fn system() -> Self {
        Self(None)
    }

    /// Exactly these files: paths and contents.
    #[must_use]
    pub fn from_map<K: Into<String>, V: Into<String>>(files: impl IntoIterator<Item = (K, V)>) -> Self {
        let mut named = Named::default();
        named.extend(files.into_iter().map(|(path, text)| (path.into(), text.into())));
        Self(Some(Arc::new(named)))
    }

    /// Reads a text file of up to 1 MiB.
    ///
    /// Only regular files are read, and the null device, which is empty: a pipe or a terminal could block for ever.
    ///
    /// # Errors
    /// When there is no such file, or it cannot be read, is not regular, too large or not UTF-8.
    pub fn read(&self, path: &Path) -> io::Result<String> {
        if let Some(files) = &self.0 {
            let text = path.to_str().and_then(|path| files.get(path));
            return text.cloned().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound));
        }
        let refuse = |reason: &'static str| Err(io::Error::new(io::ErrorKind::InvalidInput, reason));
        let metadata = fs::metadata(path)?;
        if !metadata.is_file() {
            return if is_null_device(path) { Ok(String::new()) } else { refuse("it is not a regular file") };
        }
        let mut bytes = Vec::new();
        File::open(path)?.take(MAX_SIZE + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MAX_SIZE {
            return refuse("it is larger than 1 MiB");
        }
        String::from_utf8(bytes).or_else(|_| refuse("it is not UTF-8"))
    }
}

fn is_null_device(path: &Path) -> bool {
    if cfg!(windows) { path.as_os_str().eq_ignore_ascii_case("nul") } else { path == Path::new("/dev/null") }
}

impl fmt::Debug for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            None => f.write_str("Files::system()"),
            Some(files) => f.debug_set().entries(files.names()).finish(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(path: &Path) -> String {
        Files::system().read(path).unwrap_err().to_string()
    }

    #[test]
    fn a_map_holds_its_files_and_no_other() {
        let files = Files::from_map([("/a", "text")]);
        assert_eq!(files.read(Path::new("/a")).unwrap(), "text");
        assert_eq!(files.read(Path::new("/b")).unwrap_err().kind(), io::ErrorKind::NotFound);
    }

    #[test]
    fn a_regular_file_is_read() {
        let text = Files::system().read(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))).unwrap();
        assert!(text.contains("[package]"));
    }

    #[test]
    fn what_is_no_regular_file_is_refused_and_the_null_device_is_empty() {
        assert_eq!(refusal(Path::new(env!("CARGO_MANIFEST_DIR"))), "it is not a regular file");
        #[cfg(unix)]
        {
            assert_eq!(refusal(Path::new("/dev/zero")), "it is not a regular file");
            assert_eq!(Files::system().read(Path::new("/dev/null")).unwrap(), "");
        }
    }

    #[test]
    fn a_file_that_is_too_large_or_no_text_is_refused() {
        let path = std::env::temp_dir().join(format!("kinesisvideo-files-{}", std::process::id()));
        fs::write(&path, vec![b'a'; MAX_SIZE as usize + 1]).unwrap();
        assert_eq!(refusal(&path), "it is larger than 1 MiB");
        fs::write(&path, [0xff, 0xfe]).unwrap();
        assert_eq!(refusal(&path), "it is not UTF-8");
        fs::remove_file(&path).unwrap();
    }

    #[test]
    fn debug_shows_no_content() {
        assert_eq!(format!("{:?}", Files::from_map([("/a", "hunter2")])), r#"{"/a"}"#);
    }
}
