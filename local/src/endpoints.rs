//! Where discovered endpoints lead.
//!
//! The service gives each channel and stream hosts of their own, `w-1a2b3c4d.kinesisvideo.us-west-2.amazonaws.com` for
//! example. Here they are paths of one host, `http://127.0.0.1:PORT/w-1a2b3c4d`: no name has to be resolved, and SigV4
//! signs the path as it is sent, so that clients need not know.

use crate::state::fnv1a;

/// What an endpoint is for; the letter is the one the service's own hosts start with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Signaling as a master.
    Master,
    /// Signaling as a viewer.
    Viewer,
    /// HTTPS operations of signaling.
    Signaling,
    /// WebRTC storage.
    Storage,
    /// Live media of a stream.
    Media,
    /// Archived media of a stream.
    Archive,
}

impl Purpose {
    const fn letter(self) -> char {
        match self {
            Self::Master => 'm',
            Self::Viewer => 'v',
            Self::Signaling => 'r',
            Self::Storage => 'w',
            Self::Media => 's',
            Self::Archive => 'b',
        }
    }

    /// The endpoint's path without its slash, the same in every run: `w-1a2b3c4d`.
    pub(crate) fn label(self, arn: &str) -> String {
        let hash = fnv1a(arn.as_bytes());
        format!("{}-{:08x}", self.letter(), (hash ^ hash >> 32) & 0xffff_ffff)
    }
}

/// Takes the endpoint's label off a path, if it starts with one.
pub(crate) fn split(path: &str) -> (Option<&str>, &str) {
    let Some((label, _)) = path.strip_prefix('/').and_then(|path| path.split_once('/')) else {
        return (None, path);
    };
    let is_label = match label.as_bytes() {
        [b'm' | b'v' | b'r' | b'w' | b's' | b'b', b'-', digits @ ..] => {
            digits.len() == 8 && digits.iter().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
        }
        _ => false,
    };
    if is_label { (Some(label), &path[1 + label.len()..]) } else { (None, path) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_comes_off_its_path() {
        let label = Purpose::Storage.label("arn:aws:kinesisvideo:us-west-2:123456789012:channel/demo/1700000000000");
        let path = format!("/{label}/joinStorageSession");
        assert_eq!(split(&path), (Some(label.as_str()), "/joinStorageSession"));
    }

    #[test]
    fn other_paths_stay_whole() {
        for path in ["", "/", "/joinStorageSession", "/w-1a2b3c4d", "/w-1A2B3C4D/x", "/x-1a2b3c4d/x", "/w-1a2b3c4/x"] {
            assert_eq!(split(path), (None, path));
        }
    }
}
