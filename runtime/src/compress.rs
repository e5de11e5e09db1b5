//! Compression of request bodies, for operations whose model asks for it.

use crate::http::Request;

/// The size in bytes from which a body is compressed: that of AWS SDKs.
#[cfg(feature = "request-compression")]
const MIN: usize = 10_240;

/// Compresses a body that is in memory and large enough.
///
/// A body whose checksum is in a header stays as it is, and so does every body without the feature `request-compression`:
/// services must take both.
#[cfg(feature = "request-compression")]
pub(crate) fn compress(request: &mut Request) {
    use std::io::Write as _;

    use ::http::header::{CONTENT_ENCODING, HeaderName, HeaderValue};

    let checksum = HeaderName::from_static("content-md5");
    if request.body.len() < MIN || request.headers.contains_key(checksum) {
        return;
    }
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    // Writing to memory cannot fail; if it did, the body would be sent as it is.
    let Ok(compressed) = encoder.write_all(&request.body).and_then(|()| encoder.finish()) else { return };
    request.body = compressed.into();
    let earlier = request.headers.get(CONTENT_ENCODING).and_then(|value| value.to_str().ok());
    let encodings = earlier.map_or_else(|| "gzip".to_owned(), |earlier| format!("{earlier}, gzip"));
    if let Ok(encodings) = HeaderValue::from_str(&encodings) {
        request.headers.insert(CONTENT_ENCODING, encodings);
    }
}

#[cfg(not(feature = "request-compression"))]
pub(crate) fn compress(_: &mut Request) {}

#[cfg(all(test, feature = "request-compression"))]
mod tests {
    use std::io::Read as _;

    use super::*;
    use crate::http::Method;

    fn request(size: usize, headers: &[(&'static str, &'static str)]) -> Request {
        let mut request = Request::new(Method::POST, "/");
        request.body = vec![b'a'; size].into();
        for (name, value) in headers {
            request.headers.insert(*name, value.parse().unwrap());
        }
        request
    }

    #[test]
    fn large_bodies_are_compressed_and_say_so() {
        let mut request = request(MIN, &[("content-encoding", "custom")]);
        compress(&mut request);
        assert_eq!(request.headers["content-encoding"], "custom, gzip");
        let mut body = Vec::new();
        flate2::read::GzDecoder::new(&request.body[..]).read_to_end(&mut body).unwrap();
        assert_eq!(body, vec![b'a'; MIN]);
    }

    #[test]
    fn small_bodies_and_those_with_a_checksum_are_left_alone() {
        for mut request in [request(MIN - 1, &[]), request(MIN, &[("content-md5", "x")])] {
            let before = request.body.clone();
            compress(&mut request);
            assert_eq!(request.body, before);
            assert!(!request.headers.contains_key("content-encoding"));
        }
    }
}
