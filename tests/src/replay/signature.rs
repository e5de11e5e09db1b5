//! Signature Version 4 once more, read off the request as it arrived: an implementation that shares nothing with the one
//! that signs, to hold against it.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::scripted::Received;

/// What a request's `Authorization` header says, with the request it says it of.
pub struct Signed<'a> {
    request: &'a Received,
    /// The access key ID.
    pub access_key_id: &'a str,
    /// Date, region, service and `aws4_request`.
    pub scope: Vec<&'a str>,
    /// The names of the headers that were signed.
    pub headers: Vec<&'a str>,
    /// The signature.
    pub signature: &'a str,
}

impl<'a> Signed<'a> {
    /// Reads the header; `None` when there is none, or it is not of Signature Version 4.
    pub fn of(request: &'a Received) -> Option<Self> {
        let text = request.header("authorization")?.strip_prefix("AWS4-HMAC-SHA256 ")?;
        let field = |name: &str| text.split(", ").find_map(|field| field.strip_prefix(name)?.strip_prefix('='));
        let (access_key_id, scope) = field("Credential")?.split_once('/')?;
        Some(Self {
            request,
            access_key_id,
            scope: scope.split('/').collect(),
            headers: field("SignedHeaders")?.split(';').collect(),
            signature: field("Signature")?,
        })
    }

    /// The canonical request.
    pub fn canonical_request(&self) -> String {
        let target = self.path_and_query();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut text = format!("{}\n{}\n{}\n", self.request.method, encode(path, "/"), canonical_query(query));
        for name in &self.headers {
            let values: Vec<String> = self.request.headers.iter().filter(|(key, _)| key == name).map(trimmed).collect();
            text.push_str(&format!("{name}:{}\n", values.join(",")));
        }
        text.push_str(&format!("\n{}\n{}", self.headers.join(";"), hex(&Sha256::digest(&self.request.body))));
        text
    }

    /// The string to sign.
    pub fn string_to_sign(&self) -> String {
        let date = self.request.header("x-amz-date").unwrap_or_default();
        let hash = hex(&Sha256::digest(self.canonical_request()));
        format!("AWS4-HMAC-SHA256\n{date}\n{}\n{hash}", self.scope.join("/"))
    }

    /// The signature that a secret access key gives.
    pub fn signature_with(&self, secret: &str) -> String {
        let key = self.scope.iter().fold(format!("AWS4{secret}").into_bytes(), |key, part| mac(&key, part));
        hex(&mac(&key, &self.string_to_sign()))
    }

    /// A request to a proxy names the whole URL.
    fn path_and_query(&self) -> &'a str {
        let target = self.request.target.as_str();
        let Some((_, rest)) = target.split_once("://") else { return target };
        rest.find('/').map_or("/", |path| &rest[path..])
    }
}

fn trimmed((_, value): &(String, String)) -> String {
    value.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

fn canonical_query(query: &str) -> String {
    let mut pairs: Vec<(String, String)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (encode(&decode(name), ""), encode(&decode(value), "")))
        .collect();
    pairs.sort();
    pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

fn encode(text: &str, also_kept: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        let c = char::from(byte);
        if c.is_ascii_alphanumeric() || "-._~".contains(c) || also_kept.contains(c) {
            encoded.push(c);
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = tail.get(..2).and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        match (first, escaped) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            (byte, _) => {
                bytes.push(*byte);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    // HMAC takes keys of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return Vec::new() };
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
