//! Verifies the signature of a request from its bytes, with nothing of the signers that are measured.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::request::{REGION, SECRET_ACCESS_KEY, SERVICE};

/// Verifies that the request carries the signature that [`SECRET_ACCESS_KEY`] gives.
///
/// The path must need no percent-encoding and there must be no query: then the canonical request is the request itself.
///
/// # Errors
/// What is wrong with it.
pub fn verify(request: &[u8]) -> Result<(), String> {
    let end =
        request.windows(4).position(|window| window == b"\r\n\r\n").ok_or("the request has no end of its head")?;
    let (head, body) = (str::from_utf8(&request[..end]).map_err(|error| error.to_string())?, &request[end + 4..]);
    let mut lines = head.split("\r\n");
    let mut words = lines.next().unwrap_or_default().split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let headers: Vec<(String, &str)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim()))
        .collect();
    let header = |name: &str| headers.iter().find(|(other, _)| other == name).map(|(_, value)| *value);

    let authorization = header("authorization").ok_or("the request is not signed")?;
    let part = |name: &str| {
        let from = authorization.split_once(name)?.1;
        Some(from.split(',').next().unwrap_or(from))
    };
    let credential = part("Credential=").ok_or("no Credential")?;
    let signed_headers = part("SignedHeaders=").ok_or("no SignedHeaders")?;
    let signature = part("Signature=").ok_or("no Signature")?;
    let (_, scope) = credential.split_once('/').ok_or("the Credential has no scope")?;
    let date = header("x-amz-date").ok_or("no x-amz-date")?;
    let day = date.get(..8).ok_or("x-amz-date is too short")?;
    if scope != format!("{day}/{REGION}/{SERVICE}/aws4_request") {
        return Err(format!("unexpected scope `{scope}`"));
    }
    let payload_hash = hex(&Sha256::digest(body));
    if header("x-amz-content-sha256").is_some_and(|claimed| claimed != payload_hash) {
        return Err("x-amz-content-sha256 is not the hash of the body".to_owned());
    }

    let mut canonical = format!("{method}\n{path}\n\n");
    for name in signed_headers.split(';') {
        let value = header(name).ok_or_else(|| format!("signed header `{name}` was not sent"))?;
        canonical.push_str(&format!("{name}:{value}\n"));
    }
    canonical.push_str(&format!("\n{signed_headers}\n{payload_hash}"));
    let to_sign = format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{}", hex(&Sha256::digest(canonical)));
    let mut key = format!("AWS4{SECRET_ACCESS_KEY}").into_bytes();
    for part in scope.split('/') {
        key = hmac(&key, part.as_bytes())?;
    }
    let expected = hex(&hmac(&key, to_sign.as_bytes())?);
    if signature == expected { Ok(()) } else { Err(format!("signature `{signature}`, expected `{expected}`")) }
}

fn hmac(key: &[u8], text: &[u8]) -> Result<Vec<u8>, String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|error| error.to_string())?;
    mac.update(text);
    Ok(mac.finalize().into_bytes().to_vec())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A request AWS SDK for JavaScript v2 made of these credentials.
    const RECORDED: &str = "POST /joinStorageSession HTTP/1.1\r\nContent-Type: application/json\r\n\
        X-Amz-Content-Sha256: 77759f89fcdf87334ad6011729ad0c4ab53325301613c66b40a7ac55a59608cd\r\nContent-Length: 87\r\n\
        Host: 127.0.0.1:18555\r\nX-Amz-Date: 20240510T123456Z\r\n\
        Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20240510/us-west-2/kinesisvideo/aws4_request, \
        SignedHeaders=host;x-amz-content-sha256;x-amz-date, \
        Signature=4b34870648c6caa79edcb9eccd1225fb6c2207d6ac9b2d7e856e460d11b35f36\r\n\r\n\
        {\"channelArn\":\"arn:aws:kinesisvideo:us-west-2:123456789012:channel/demo/1700000000000\"}";

    #[test]
    fn a_recorded_request_verifies() {
        assert_eq!(verify(RECORDED.as_bytes()), Ok(()));
    }

    #[test]
    fn a_changed_request_does_not() {
        for (from, to) in
            [("demo", "test"), ("18555", "18556"), ("T123456Z", "T123457Z"), ("Signature=4", "Signature=5")]
        {
            assert!(verify(RECORDED.replace(from, to).as_bytes()).is_err(), "{from} -> {to}");
        }
    }
}
