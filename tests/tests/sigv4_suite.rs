//! The AWS Signature Version 4 test suite, as it ships inside the `aws-sigv4` crate's package.
//!
//! Every case is signed in headers and presigned in the query; canonical request, string to sign, signature and signed
//! request must equal the suite's, and the suite's signed requests must verify.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test may fail the test")]

use http::{HeaderMap, HeaderName, HeaderValue};
use kinesisvideo_runtime::credentials::Credentials;
use kinesisvideo_runtime::sigv4::{
    self, Explanation, PathEncoding, PathNormalization, Payload, PresentedSignature, SessionTokenMode, SignableRequest,
    SigningParams, SigningSettings,
};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Cases with a context: each is signed in headers and in the query.
const FULL_CASES: usize = 38;
/// Cases of an older suite: a canonical request without the credentials it was signed with.
const CANONICAL_CASES: usize = 2;
/// Cases of Signature Version 4A, which is another algorithm.
const ASYMMETRIC_CASES: usize = 38;

/// A request or signed request of the suite.
struct Message {
    method: String,
    path: String,
    query: String,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Message {
    fn read(file: &Path) -> Self {
        let text = read(file);
        let (head, body) = text.split_once("\n\n").unwrap_or((&text, ""));
        // A line that begins with white space continues the one before.
        let mut lines: Vec<String> = Vec::new();
        for line in head.lines() {
            match lines.last_mut() {
                Some(last) if line.starts_with(' ') => last.push_str(line),
                _ => lines.push(line.to_owned()),
            }
        }
        // The target may have spaces in it.
        let (method, rest) = lines[0].split_once(' ').unwrap();
        let target = rest.strip_suffix(" HTTP/1.1").unwrap();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut headers = HeaderMap::new();
        for line in &lines[1..] {
            let (name, value) = line.split_once(':').unwrap();
            headers.append(HeaderName::try_from(name).unwrap(), HeaderValue::from_str(value).unwrap());
        }
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers,
            body: body.trim_end_matches('\n').into(),
        }
    }

    fn signable(&self) -> SignableRequest<'_> {
        SignableRequest::new(&self.method, &self.path)
            .query(&self.query)
            .headers(&self.headers)
            .payload(Payload::Bytes(&self.body))
    }
}

/// How a case is to be signed.
struct Context {
    credentials: Credentials,
    region: String,
    service: String,
    time: SystemTime,
    expires_in: Duration,
    settings: SigningSettings,
}

impl Context {
    fn read(folder: &Path) -> Self {
        let context: Value = serde_json::from_str(&read(&folder.join("context.json"))).unwrap();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let keys = &context["credentials"];
        let mut settings = SigningSettings::default();
        settings.excluded_headers = &[];
        settings.content_sha256_header = context["sign_body"].as_bool().unwrap();
        if context["normalize"].as_bool().unwrap() {
            settings.path_normalization = PathNormalization::Enabled;
        }
        if context["omit_session_token"].as_bool().unwrap_or(false) {
            settings.session_token = SessionTokenMode::Unsigned;
        }
        if folder.ends_with("get-space-normalized") {
            // The only case whose path is encoded already and stands in the canonical request as it is.
            settings.path_encoding = PathEncoding::Single;
        }
        assert_eq!(context["timestamp"], "2015-08-30T12:36:00Z");
        Self {
            credentials: Credentials::new(text(&keys["access_key_id"]), text(&keys["secret_access_key"]))
                .with_session_token(text(&keys["token"])),
            region: text(&context["region"]),
            service: text(&context["service"]),
            time: UNIX_EPOCH + Duration::from_secs(1_440_938_160),
            expires_in: Duration::from_secs(context["expiration_in_seconds"].as_u64().unwrap()),
            settings,
        }
    }

    fn params(&self) -> SigningParams<'_> {
        SigningParams::new(&self.credentials, &self.region, &self.service, self.time).settings(&self.settings)
    }
}

/// Finds the suite in the package of the dev-dependency, wherever cargo keeps it.
fn suite() -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let run = |arguments: &[&str]| {
        let output = Command::new(&cargo).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let version = run(&["-vV"]);
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    // For this machine only: packages of other platforms may not have been downloaded.
    let metadata = run(&["metadata", "--format-version=1", "--locked", "--filter-platform", host]);
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages.iter().find(|package| package["name"] == "aws-sigv4").unwrap();
    let manifest = Path::new(package["manifest_path"].as_str().unwrap());
    manifest.parent().unwrap().join("aws-signing-test-suite")
}

fn folders(parent: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<_> =
        parent.read_dir().unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn read(file: &Path) -> String {
    let text = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    text.replace("\r\n", "\n")
}

fn assert_explained(folder: &Path, location: &str, explained: &Explanation) {
    for (part, actual) in [
        ("canonical-request", explained.canonical_request()),
        ("string-to-sign", explained.string_to_sign()),
        ("signature", explained.signature()),
    ] {
        let file = folder.join(format!("{location}-{part}.txt"));
        assert_eq!(actual, read(&file).trim_end_matches('\n'), "{}", file.display());
    }
}

fn assert_verifies(folder: &Path, context: &Context, signed: &Message) {
    let request = signed.signable();
    let presented = PresentedSignature::parse(&request).unwrap();
    assert_eq!(presented.access_key_id(), context.credentials.access_key_id());
    let secret = context.credentials.secret_access_key();
    let verified = presented.verify(&request, secret, &context.settings);
    assert!(verified.is_ok(), "{}: {verified:?}", folder.display());
    assert!(presented.verify(&request, "another secret", &context.settings).is_err(), "{}", folder.display());
}

fn check_header_signing(folder: &Path, context: &Context, request: &Message) {
    let explained = sigv4::explain(&request.signable(), &context.params()).unwrap();
    assert_explained(folder, "header", &explained);
    let signed = Message::read(&folder.join("header-signed-request.txt"));
    let mut headers = request.headers.clone();
    sigv4::sign(&request.signable(), &context.params()).unwrap().apply(&mut headers);
    assert_eq!(headers, signed.headers, "{}", folder.display());
    // The path of the signed request has been decoded in one case; what was sent is the request's.
    assert_verifies(folder, context, &Message { path: request.path.clone(), ..signed });
}

fn check_presigning(folder: &Path, context: &Context, request: &Message) {
    let explained = sigv4::explain_presign(&request.signable(), &context.params(), context.expires_in).unwrap();
    assert_explained(folder, "query", &explained);
    let signed = Message::read(&folder.join("query-signed-request.txt"));
    let presigned = sigv4::presign(&request.signable(), &context.params(), context.expires_in).unwrap();
    // The suite adds parameters to the query as it is, in another order; ours are all in canonical form.
    let ours: BTreeSet<&str> = presigned.as_str().split('&').collect();
    for parameter in signed.query.split('&').filter(|parameter| parameter.starts_with("X-Amz-")) {
        assert!(ours.contains(parameter), "{}: {parameter}", folder.display());
    }
    let sent = Message { path: request.path.clone(), ..signed };
    assert_verifies(folder, context, &sent);
    assert_verifies(folder, context, &Message { query: presigned.into(), ..sent });
}

/// A case without context: the date stands in the canonical request.
fn check_canonical_request(folder: &Path, request: &Message) {
    let expected = read(&folder.join("header-canonical-request.txt"));
    assert!(expected.contains("x-amz-date:20210511T154045Z\n"), "{}", folder.display());
    let credentials = Credentials::new("any", "any");
    let time = UNIX_EPOCH + Duration::from_secs(1_620_747_645);
    let mut settings = SigningSettings::default();
    settings.content_sha256_header = false;
    let params = SigningParams::new(&credentials, "any", "any", time).settings(&settings);
    let explained = sigv4::explain(&request.signable(), &params).unwrap();
    assert_eq!(explained.canonical_request(), expected.trim_end_matches('\n'), "{}", folder.display());
}

#[test]
fn every_case_of_the_suite_that_applies() {
    let suite = suite();
    let (mut full, mut canonical) = (0, 0);
    for folder in folders(&suite.join("v4")) {
        let request = Message::read(&folder.join("request.txt"));
        if folder.join("context.json").exists() {
            let context = Context::read(&folder);
            check_header_signing(&folder, &context, &request);
            check_presigning(&folder, &context, &request);
            full += 1;
        } else {
            check_canonical_request(&folder, &request);
            let case = folder.file_name().unwrap().display();
            println!("{case}: canonical request only (the suite has neither credentials nor a query form for it)");
            canonical += 1;
        }
    }
    let asymmetric = folders(&suite.join("v4a"));
    for folder in &asymmetric {
        let case = folder.file_name().unwrap().display();
        println!("v4a/{case}: skipped (Signature Version 4A is not offered)");
    }
    println!("{full} cases in headers and in the query, {canonical} canonical only, {} skipped", asymmetric.len());
    assert_eq!((full, canonical, asymmetric.len()), (FULL_CASES, CANONICAL_CASES, ASYMMETRIC_CASES));
}
