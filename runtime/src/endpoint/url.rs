//! Base URLs, as endpoint rules take them apart.

use std::net::{Ipv4Addr, Ipv6Addr};

/// The parts of a base URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url<'a> {
    /// `https` or `http`.
    pub scheme: &'a str,
    /// The host and, where the URL names one, the port, as they stand in the URL; without user info.
    pub authority: &'a str,
    /// The path as it stands in the URL; empty where there is none.
    pub path: &'a str,
    /// The path with a `/` at its start and its end.
    pub normalized_path: String,
    /// Whether the host is an IPv4 or IPv6 address.
    pub is_ip: bool,
}

/// `parseURL`: the parts of a base URL, or `None` when the text is not one.
///
/// Refused are schemes other than `http` and `https`, a query or a fragment (empty ones too), a port that is not a
/// number up to 65535, an IPv6 address that is none, and any character that may not stand in a URL.
///
/// ```
/// # use kinesisvideo_runtime::endpoint::parse_url;
/// let url = parse_url("https://example.com:8443/base").unwrap();
/// assert_eq!((url.scheme, url.authority, url.path), ("https", "example.com:8443", "/base"));
/// assert_eq!(url.normalized_path, "/base/");
/// assert_eq!(parse_url("https://example.com?a=b"), None);
/// ```
#[must_use]
pub fn parse_url(text: &str) -> Option<Url<'_>> {
    let (scheme, rest) = text.split_once("://")?;
    let scheme = ["https", "http"].into_iter().find(|known| known.eq_ignore_ascii_case(scheme))?;
    if rest.contains(['?', '#']) || !rest.bytes().all(may_stand_in_url) {
        return None;
    }
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let authority = authority.rsplit_once('@').map_or(authority, |(_, host_and_port)| host_and_port);
    let is_ip = check_authority(authority)?;
    let mut normalized_path = path.to_owned();
    if !normalized_path.ends_with('/') {
        normalized_path.push('/');
    }
    Some(Url { scheme, authority, path, normalized_path, is_ip })
}

/// ASCII without controls, spaces and the characters that RFC 3986 leaves out; others must be percent-encoded.
fn may_stand_in_url(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte)
}

/// Whether the host is an IP address; `None` when host or port is malformed.
fn check_authority(authority: &str) -> Option<bool> {
    let (host, port) = match authority.find(']') {
        Some(end) if authority.starts_with('[') => {
            let (host, rest) = authority.split_at(end + 1);
            if !rest.is_empty() && !rest.starts_with(':') {
                return None;
            }
            (host, rest.strip_prefix(':'))
        }
        Some(_) => return None,
        None => match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        },
    };
    if let Some(port) = port {
        // `u16` would take a sign.
        if !port.bytes().all(|b| b.is_ascii_digit()) || port.parse::<u16>().is_err() {
            return None;
        }
    }
    match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(address) => {
            // A zone (`fe80::1%25eth0`) is no part of the address.
            let address = address.split_once('%').map_or(address, |(address, _)| address);
            address.parse::<Ipv6Addr>().is_ok().then_some(true)
        }
        None if host.is_empty() || host.contains(['[', '@']) => None,
        None => Some(host.parse::<Ipv4Addr>().is_ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_is_taken_apart() {
        for (text, scheme, authority, path, normalized_path, is_ip) in [
            ("https://example.com", "https", "example.com", "", "/", false),
            ("https://example.com/", "https", "example.com", "/", "/", false),
            ("http://example.com:80/foo/bar", "http", "example.com:80", "/foo/bar", "/foo/bar/", false),
            ("HTTPS://Example.com/a/", "https", "Example.com", "/a/", "/a/", false),
            ("https://127.0.0.1", "https", "127.0.0.1", "", "/", true),
            ("http://192.168.1.1:1234/foo/", "http", "192.168.1.1:1234", "/foo/", "/foo/", true),
            ("https://[fe80::1]", "https", "[fe80::1]", "", "/", true),
            ("https://[fe80::1%25eth0]:443/x", "https", "[fe80::1%25eth0]:443", "/x", "/x/", true),
            ("https://999.999.abc.blah", "https", "999.999.abc.blah", "", "/", false),
            ("http://99_ab-.com", "http", "99_ab-.com", "", "/", false),
            ("https://user:secret@example.com/a", "https", "example.com", "/a", "/a/", false),
        ] {
            let normalized_path = normalized_path.to_owned();
            assert_eq!(parse_url(text), Some(Url { scheme, authority, path, normalized_path, is_ip }), "{text:?}");
        }
    }

    #[test]
    fn what_is_not_a_base_url_is_none() {
        for text in [
            "",
            "example.com",
            "//example.com",
            "ftp://example.com",
            "https://",
            "https:///path",
            "https://:443",
            "http://abc.com:a/foo",
            "http://abc.com:/foo",
            "http://abc.com:+1",
            "http://abc.com:65536",
            "https://example.com:8443?foo=bar&faz=baz",
            "https://example.com/path?query1=foo",
            "https://example.com/?",
            "https://example.com#fragment",
            "https://[::1",
            "https://[::1]x",
            "https://::1]",
            "https://[example.com]",
            "https://exa mple.com",
            "https://example.com/a b",
            "https://éxample.com",
            "https://example.com\n",
        ] {
            assert_eq!(parse_url(text), None, "{text:?}");
        }
    }
}
