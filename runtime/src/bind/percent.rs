//! Percent-encoding of path segments and query parameters.

use std::fmt::Write as _;

/// Appends a text, encoding every byte but the unreserved characters of RFC 3986.
pub(crate) fn encode(text: &str, into: &mut String) {
    encode_except(text, &[], into);
}

/// The same, leaving the slashes of a path of several segments.
pub(crate) fn encode_path(text: &str, into: &mut String) {
    encode_except(text, b"/", into);
}

fn encode_except(text: &str, except: &[u8], into: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || except.contains(&byte) {
            into.push(byte.into());
        } else {
            // Writing to a `String` cannot fail.
            let _ = write!(into, "%{byte:02X}");
        }
    }
}
