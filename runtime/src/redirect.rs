//! Redirects, which are followed here and not by the HTTP client: every request is signed for the host it goes to.

use ::http::header::LOCATION;

use crate::http::Response;
use crate::target::Destination;

/// Where a response sends the request, if it does: method and body stay the same, whatever the status.
///
/// A redirect from `https` to `http` is not followed, as the signed headers would travel in clear.
pub(crate) fn next(from: &Destination, response: &Response) -> Option<Destination> {
    if !response.status.is_redirection() {
        return None;
    }
    let location = response.headers.get(LOCATION)?.to_str().ok()?;
    let mut url = from.url.join(location).ok()?;
    let downgrade = from.url.scheme() == "https" && url.scheme() != "https";
    if downgrade || !matches!(url.scheme(), "https" | "http") || url.host_str().is_none_or(str::is_empty) {
        return None;
    }
    if url.query().is_none() {
        url.set_query(from.url.query());
    }
    url.set_fragment(None);
    // User info would become an `Authorization` header of the HTTP client's.
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    Some(Destination::new(url))
}

/// Whether two requests go to the same server, so that one may carry what was meant for the other.
pub(crate) fn same_origin(a: &Destination, b: &Destination) -> bool {
    a.url.origin() == b.url.origin()
}

#[cfg(test)]
mod tests {
    use ::http::{HeaderMap, StatusCode};

    use super::*;

    fn from(url: &str, status: u16, location: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(LOCATION, location.parse().unwrap());
        let response = Response::new(StatusCode::from_u16(status).unwrap(), headers, "");
        next(&Destination::new(url.parse().unwrap()), &response).map(|destination| destination.url.to_string())
    }

    #[test]
    fn absolute_and_relative_locations_are_followed() {
        for status in [300, 301, 302, 303, 304, 307, 308] {
            assert_eq!(from("https://a.test/p", status, "https://b.test/q").as_deref(), Some("https://b.test/q"));
        }
        assert_eq!(from("https://a.test/p", 307, "/only/path").as_deref(), Some("https://a.test/only/path"));
        assert_eq!(from("https://a.test/p?x=1", 307, "/q").as_deref(), Some("https://a.test/q?x=1"));
        assert_eq!(from("http://a.test/p", 307, "https://a.test/p").as_deref(), Some("https://a.test/p"));
        assert_eq!(from("https://a.test/p", 307, "https://u:p@b.test/#f").as_deref(), Some("https://b.test/"));
    }

    #[test]
    fn what_is_no_redirect_or_no_safe_one_is_not_followed() {
        assert_eq!(from("https://a.test/p", 200, "https://b.test/"), None);
        assert_eq!(from("https://a.test/p", 307, "http://a.test/p"), None);
        assert_eq!(from("https://a.test/p", 307, "ftp://a.test/p"), None);
        assert_eq!(from("https://a.test/p", 307, "https://["), None);
    }
}
