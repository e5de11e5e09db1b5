//! Canonical paths.

use super::encode::{is_unreserved, percent_encode};
use super::settings::{PathEncoding, PathNormalization, SigningSettings};
use std::borrow::Cow;

/// Writes a path as it stands in a canonical request.
pub(super) fn write_path(path: &str, settings: &SigningSettings, text: &mut Vec<u8>) {
    let path = match settings.path_normalization {
        _ if path.is_empty() => Cow::Borrowed("/"),
        PathNormalization::Enabled => normalize(path),
        PathNormalization::Disabled => Cow::Borrowed(path),
    };
    match settings.path_encoding {
        PathEncoding::Double => percent_encode(path.as_bytes(), |byte| is_unreserved(byte) || byte == b'/', text),
        PathEncoding::Single => text.extend_from_slice(path.as_bytes()),
    }
}

/// Removes dot segments (RFC 3986, section 5.2.4) and empty segments.
fn normalize(path: &str) -> Cow<'_, str> {
    if path.starts_with('/') && !path.contains("//") && !path.contains("/.") {
        return Cow::Borrowed(path);
    }
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                kept.pop();
            }
            other => kept.push(other),
        }
    }
    let mut normalized = String::with_capacity(path.len() + 1);
    for segment in kept {
        normalized.push('/');
        normalized.push_str(segment);
    }
    // What ends in a removed segment names a folder.
    if normalized.is_empty() || matches!(path.rsplit('/').next(), Some("" | "." | "..")) {
        normalized.push('/');
    }
    Cow::Owned(normalized)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dot_segments_and_empty_segments_are_removed() {
        for (path, normalized) in [
            ("/", "/"),
            ("/a/b", "/a/b"),
            ("/a/b/", "/a/b/"),
            ("/a/.b/..c/d.", "/a/.b/..c/d."),
            ("//a//b//", "/a/b/"),
            ("/./a/./b/.", "/a/b/"),
            ("/a/..", "/"),
            ("/a/b/..", "/a/"),
            ("/a/b/../../..", "/"),
            ("/../../a", "/a"),
            ("a", "/a"),
            ("..", "/"),
        ] {
            assert_eq!(normalize(path), normalized, "{path}");
        }
    }

    #[test]
    fn the_path_is_encoded_once_more_or_not() {
        let written = |path, path_encoding| {
            let mut text = Vec::new();
            write_path(path, &SigningSettings { path_encoding, ..Default::default() }, &mut text);
            String::from_utf8(text).unwrap()
        };
        assert_eq!(written("/a%20b/%41+~*", PathEncoding::Double), "/a%2520b/%2541%2B~%2A");
        assert_eq!(written("/a%20b/%41+~*", PathEncoding::Single), "/a%20b/%41+~*");
        assert_eq!(written("/a/../b//.", PathEncoding::Double), "/a/../b//.");
        assert_eq!(written("", PathEncoding::Double), "/");
    }
}
