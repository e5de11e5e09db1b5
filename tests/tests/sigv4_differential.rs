//! 10,000 random requests, signed and presigned by us and by the `aws-sigv4` crate: all signatures must be equal.
//!
//! The requests are the same in every run. To try others, set `SIGV4_SEED` to a number.
//!
//! Left out is where the two differ on purpose: tabs in header values (we collapse them like spaces, as
//! AWS SDK for JavaScript v2 does), and percent-encoded bytes in a query that are not UTF-8 (we keep them).

#![allow(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

use aws_credential_types::Credentials as TheirCredentials;
use aws_sigv4::http_request::{
    self as theirs, PayloadChecksumKind, PercentEncodingMode, SessionTokenMode as TheirTokenMode, SignableBody,
    SignatureLocation, UriPathNormalizationMode,
};
use aws_sigv4::sign::v4;
use http::{HeaderMap, HeaderName, HeaderValue};
use kinesisvideo_runtime::credentials::Credentials;
use kinesisvideo_runtime::sigv4::{
    self, DEFAULT_EXCLUDED_HEADERS, PathEncoding, PathNormalization, Payload, PayloadHash, SessionTokenMode,
    SignableRequest, SigningKeyCache, SigningParams, SigningSettings,
};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const REQUESTS: u64 = 10_000;
const SEED: u64 = 0x5169_7634;

/// A generator of random numbers (SplitMix64): small, and the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn chance(&mut self, one_in: usize) -> bool {
        self.below(one_in) == 0
    }

    fn pick<'a, T: ?Sized>(&mut self, items: &[&'a T]) -> &'a T {
        items[self.below(items.len())]
    }

    /// Up to `longest` pieces in a row.
    fn text(&mut self, longest: usize, pieces: &[&str]) -> String {
        (0..self.below(longest + 1)).map(|_| self.pick(pieces)).collect()
    }
}

/// A request and how to sign it.
#[derive(Debug)]
struct Case {
    method: &'static str,
    host: String,
    path: String,
    query: String,
    headers: Vec<(String, String)>,
    body: Body,
    secret: String,
    token: String,
    region: String,
    service: &'static str,
    time: SystemTime,
    expires_in: Duration,
    settings: SigningSettings,
}

enum Body {
    Bytes(Vec<u8>),
    Hashed(Vec<u8>),
    Unsigned,
}

impl std::fmt::Debug for Body {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Bytes(bytes) => write!(f, "Bytes({})", bytes.escape_ascii()),
            Self::Hashed(bytes) => write!(f, "Hashed({})", bytes.escape_ascii()),
            Self::Unsigned => f.write_str("Unsigned"),
        }
    }
}

const PATH_PIECES: &[&str] = &[
    "a",
    "B",
    "7",
    "/",
    "/",
    "//",
    "/.",
    "/..",
    "/./",
    "/../",
    ".",
    "..",
    "-",
    "_",
    "~",
    "!",
    "$",
    "&",
    "'",
    "(",
    ")",
    "*",
    "+",
    ",",
    ";",
    "=",
    ":",
    "@",
    "%20",
    "%2F",
    "%2f",
    "%25",
    "%",
    "%e1%88%b4",
    "\"",
    "{",
    "}",
    "|",
    "channel",
];
const QUERY_PIECES: &[&str] = &[
    "a",
    "B",
    "7",
    "&",
    "&",
    "=",
    "=",
    "-",
    ".",
    "_",
    "~",
    "!",
    "$",
    "'",
    "(",
    ")",
    "*",
    "+",
    ",",
    ";",
    ":",
    "@",
    "/",
    "?",
    "%20",
    "%2F",
    "%2f",
    "%26",
    "%3D",
    "%25",
    "%z",
    "%-",
    "%E1%88%B4",
    "%c3%a9",
    "X-Amz-ChannelARN",
    "|",
];
const VALUE_PIECES: &[&str] =
    &["a", "Z", "0", " ", " ", "  ", "   ", ",", ";", "\"", "/", "+", "=", ":", "%20", "\u{e9}", "~"];
const NAMES: &[&str] = &[
    "accept",
    "content-type",
    "content-length",
    "user-agent",
    "authorization",
    "transfer-encoding",
    "connection",
    "x-amzn-trace-id",
    "cache-control",
    "range",
    "x-amz-meta-a",
    "x-amz-meta-b",
    "x-hook",
    "x",
    "zeta",
    "a-b",
    "a",
];

fn case(random: &mut Random) -> Case {
    let path = format!("/{}", random.text(12, PATH_PIECES));
    let query = if random.chance(3) { String::new() } else { random.text(14, QUERY_PIECES) };
    let headers = (0..random.below(8)).map(|_| (random.pick(NAMES).to_owned(), random.text(8, VALUE_PIECES))).collect();
    let bytes = (0..random.below(200)).map(|_| random.next() as u8).collect();
    let mut settings = SigningSettings::default();
    if random.chance(2) {
        settings.path_encoding = PathEncoding::Single;
    }
    if random.chance(2) {
        settings.path_normalization = PathNormalization::Enabled;
    }
    settings.content_sha256_header = random.chance(2);
    if random.chance(3) {
        settings.session_token = SessionTokenMode::Unsigned;
    }
    settings.excluded_headers = random.pick(&[DEFAULT_EXCLUDED_HEADERS, &[], &["x-hook", "a"]]);
    Case {
        method: random.pick(&["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "PURGE"]),
        host: format!("{}.example.test{}", random.pick(&["m-a1b2", "v", "UPPER"]), random.pick(&["", ":8443", ":1"])),
        path,
        query,
        headers,
        body: match random.below(4) {
            0 => Body::Unsigned,
            1 => Body::Hashed(bytes),
            _ => Body::Bytes(bytes),
        },
        secret: random.text(90, &["a", "B", "7", "/", "+", "=", "\u{e9}"]) + "s",
        token: if random.chance(2) { String::new() } else { random.text(60, &["a", "Q", "/", "+", "=", "%", "x"]) },
        region: random.pick(&["us-west-2", "eu-central-1", "us-gov-west-1", "cn-north-1", "local"]).to_owned(),
        service: random.pick(&["kinesisvideo", "execute-api", "s3"]),
        time: UNIX_EPOCH + Duration::from_millis(random.next() % 4_102_444_800_000),
        expires_in: Duration::from_secs(1 + random.next() % 604_800),
        settings,
    }
}

/// The parameters of a query in canonical form, in any order.
fn parameters(query: &str) -> BTreeSet<String> {
    query.split('&').filter(|parameter| !parameter.is_empty()).map(str::to_owned).collect()
}

fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            other => encoded.push_str(&format!("%{other:02X}")),
        }
    }
    encoded
}

/// Signs by `aws-sigv4`: the signature, and the headers or parameters it adds.
fn sign_by_them(case: &Case, location: SignatureLocation) -> (String, BTreeSet<(String, String)>) {
    let mut settings = theirs::SigningSettings::default();
    settings.signature_location = location;
    settings.percent_encoding_mode = match case.settings.path_encoding {
        PathEncoding::Single => PercentEncodingMode::Single,
        _ => PercentEncodingMode::Double,
    };
    settings.uri_path_normalization_mode = match case.settings.path_normalization {
        PathNormalization::Enabled => UriPathNormalizationMode::Enabled,
        _ => UriPathNormalizationMode::Disabled,
    };
    settings.payload_checksum_kind = match case.settings.content_sha256_header {
        true => PayloadChecksumKind::XAmzSha256,
        false => PayloadChecksumKind::NoHeader,
    };
    settings.session_token_mode = match case.settings.session_token {
        SessionTokenMode::Unsigned => TheirTokenMode::Exclude,
        _ => TheirTokenMode::Include,
    };
    // Ours never signs `authorization`.
    let excluded = case.settings.excluded_headers.iter().copied().chain(["authorization"]);
    settings.excluded_headers = Some(excluded.map(Cow::Borrowed).collect());
    if location == SignatureLocation::QueryParams {
        settings.expires_in = Some(case.expires_in);
    }
    let token = (!case.token.is_empty()).then(|| case.token.clone());
    let identity = TheirCredentials::new("AKIDEXAMPLE", &case.secret, token, None, "test").into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(&case.region)
        .name(case.service)
        .time(case.time)
        .settings(settings)
        .build()
        .unwrap()
        .into();
    let body = match &case.body {
        Body::Bytes(bytes) => SignableBody::Bytes(bytes),
        Body::Hashed(bytes) => SignableBody::Precomputed(PayloadHash::of(bytes).as_str().to_owned()),
        Body::Unsigned => SignableBody::UnsignedPayload,
    };
    let question_mark = if case.query.is_empty() { "" } else { "?" };
    let uri = format!("https://{}{}{question_mark}{}", case.host, case.path, case.query);
    let headers = case.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let request = theirs::SignableRequest::new(case.method, uri, headers, body).unwrap();
    let (instructions, signature) = theirs::sign(request, &params).unwrap().into_parts();
    let added = match location {
        SignatureLocation::Headers => {
            instructions.headers().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
        }
        _ => instructions.params().iter().map(|(name, value)| ((*name).to_owned(), value.to_string())).collect(),
    };
    (signature, added)
}

fn check(case: &Case, keys: &SigningKeyCache) {
    let mut headers = HeaderMap::new();
    for (name, value) in &case.headers {
        headers.append(HeaderName::try_from(name).unwrap(), HeaderValue::from_str(value).unwrap());
    }
    let payload = match &case.body {
        Body::Bytes(bytes) => Payload::Bytes(bytes),
        Body::Hashed(bytes) => Payload::Hash(PayloadHash::of(bytes)),
        Body::Unsigned => Payload::Unsigned,
    };
    let request = SignableRequest::new(case.method, &case.path)
        .host(&case.host)
        .query(&case.query)
        .headers(&headers)
        .payload(payload);
    let credentials = Credentials::new("AKIDEXAMPLE", &case.secret).with_session_token(&case.token);
    let params =
        SigningParams::new(&credentials, &case.region, case.service, case.time).settings(&case.settings).keys(keys);

    let (signature, added) = sign_by_them(case, SignatureLocation::Headers);
    let signed = sigv4::sign(&request, &params).unwrap();
    assert_eq!(signed.signature(), signature, "{}", sigv4::explain(&request, &params).unwrap().canonical_request());
    let ours = signed.into_iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    assert_eq!(ours.collect::<BTreeSet<_>>(), added);

    let (signature, added) = sign_by_them(case, SignatureLocation::QueryParams);
    let presigned = sigv4::presign(&request, &params, case.expires_in).unwrap();
    assert_eq!(
        presigned.signature(),
        signature,
        "{}",
        sigv4::explain_presign(&request, &params, case.expires_in).unwrap().canonical_request()
    );
    let ours = parameters(presigned.as_str());
    for (name, value) in added {
        let parameter = format!("{name}={}", encode(&value));
        assert!(ours.contains(&parameter), "{parameter} is not in {presigned:?}");
    }
}

#[test]
fn signatures_equal_those_of_aws_sigv4() {
    let seed = match std::env::var("SIGV4_SEED") {
        Ok(seed) => seed.parse().unwrap(),
        Err(_) => SEED,
    };
    let keys = SigningKeyCache::new();
    for index in 0..REQUESTS {
        let case = case(&mut Random(seed.wrapping_add(index)));
        if let Err(panic) = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| check(&case, &keys))) {
            println!("request {index} of SIGV4_SEED={seed}: {case:?}");
            std::panic::resume_unwind(panic);
        }
    }
}
