//! Whatever is signed is verified, and nothing that was changed afterwards is.

use super::*;
use proptest::prelude::*;
use proptest::sample::Index;

/// A request in parts that can be changed.
#[derive(Clone, Debug)]
struct Sent {
    method: String,
    path: String,
    query: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Sent {
    fn header_map(&self) -> HeaderMap {
        let headers: Vec<_> = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        header_map(&headers)
    }

    fn signable<'a>(&'a self, headers: &'a HeaderMap) -> SignableRequest<'a> {
        SignableRequest::new(&self.method, &self.path)
            .query(&self.query)
            .headers(headers)
            .payload(Payload::Bytes(&self.body))
    }

    fn verify(&self, secret: &str, settings: &SigningSettings) -> Result<(), VerifyError> {
        let headers = self.header_map();
        let request = self.signable(&headers);
        PresentedSignature::parse(&request)?.verify(&request, secret, settings)
    }
}

fn requests() -> impl Strategy<Value = Sent> {
    let header = ("x-[a-z]{1,8}(-[a-z]{1,8})?", "[!-~]([ -~]{0,20}[!-~])?");
    (
        "[A-Z]{3,7}",
        "(/([a-zA-Z0-9._~!$&'()*+,;=:@-]|%[0-9A-F]{2}){0,8}){1,4}",
        "(([a-z+]|%[0-9a-fA-F]{2}){0,6}=?[a-z%/?:]{0,6}&){0,4}",
        prop::collection::vec(header, 0..6),
        prop::collection::vec(any::<u8>(), 0..100),
    )
        .prop_map(|(method, path, query, mut headers, body)| {
            headers.push(("host".to_owned(), "localhost:8443".to_owned()));
            headers.push(("user-agent".to_owned(), "not signed".to_owned()));
            Sent { method, path, query, headers, body }
        })
}

fn settings() -> impl Strategy<Value = SigningSettings> {
    (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(single, normalize, sha256, unsigned)| {
        SigningSettings {
            path_encoding: if single { PathEncoding::Single } else { PathEncoding::Double },
            path_normalization: if normalize { PathNormalization::Enabled } else { PathNormalization::Disabled },
            content_sha256_header: sha256,
            session_token: if unsigned { SessionTokenMode::Unsigned } else { SessionTokenMode::Signed },
            ..Default::default()
        }
    })
}

/// The request as it is received, signed in its headers or its query.
fn signed(mut sent: Sent, settings: &SigningSettings, token: &str, in_query: bool) -> Sent {
    let credentials = credentials().with_session_token(token);
    let params = SigningParams::new(&credentials, "us-west-2", "kinesisvideo", at(NOON)).settings(settings);
    let headers = sent.header_map();
    if in_query {
        sent.query = presign(&sent.signable(&headers), &params, Duration::from_secs(300)).unwrap().into();
    } else {
        for (name, value) in sign(&sent.signable(&headers), &params).unwrap() {
            sent.headers.push((name.to_string(), value.to_str().unwrap().to_owned()));
        }
    }
    sent
}

/// Another character of the same kind, so that the request stays one that can be sent.
fn another(c: char) -> char {
    match c {
        '0'..='8' | 'a'..='y' | 'A'..='Y' => char::from_u32(c as u32 + 1).unwrap(),
        '9' => '0',
        'z' => 'a',
        'Z' => 'A',
        _ => 'q',
    }
}

fn change(text: &mut String, at: Index) {
    if text.is_empty() {
        text.push('q');
        return;
    }
    let mut characters: Vec<char> = text.chars().collect();
    let at = at.index(characters.len());
    characters[at] = another(characters[at]);
    *text = characters.into_iter().collect();
}

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

proptest! {
    #[test]
    fn what_is_signed_is_verified(
        sent in requests(), settings in settings(), token in "([ -~]{0,30}[!-~])?", in_query: bool,
    ) {
        let received = signed(sent, &settings, &token, in_query);
        prop_assert!(received.verify(SECRET, &settings).is_ok(), "{:?}", received.verify(SECRET, &settings));
        prop_assert!(received.verify("another secret", &settings).is_err());
    }

    #[test]
    fn what_was_changed_is_refused(sent in requests(), token in "[a-z]{0,9}", in_query: bool, part in 0..6, at: Index) {
        let settings = SigningSettings::default();
        let received = signed(sent, &settings, &token, in_query);
        let mut changed = received.clone();
        match part {
            0 => change(&mut changed.method, at),
            1 => change(&mut changed.path, at),
            2 => changed.query.push_str("&added=1"),
            3 if changed.body.is_empty() => changed.body.push(0),
            3 => {
                let at = at.index(changed.body.len());
                changed.body[at] ^= 1;
            }
            4 => {
                let signed: Vec<usize> = (0..changed.headers.len()).filter(|i| changed.headers[*i].0 != "user-agent").collect();
                let (_, value) = &mut changed.headers[*at.get(&signed)];
                change(value, Index::clone(&at));
            }
            _ if in_query => change(&mut changed.query, at),
            _ => changed.headers.retain(|(name, _)| name == "user-agent" || name == "authorization" || name == "x-amz-date"),
        }
        prop_assert!(changed.verify(SECRET, &settings).is_err(), "{:?}", changed);
    }

    #[test]
    fn headers_that_are_not_signed_may_change(sent in requests(), in_query: bool) {
        let settings = SigningSettings::default();
        let mut received = signed(sent, &settings, "", in_query);
        for (name, value) in &mut received.headers {
            if name == "user-agent" {
                value.push_str(" changed by a proxy");
            }
        }
        received.headers.push(("accept".to_owned(), "*/*".to_owned()));
        prop_assert!(received.verify(SECRET, &settings).is_ok());
    }

    #[test]
    fn reading_a_signature_never_panics(authorization in "(AWS4-HMAC-SHA256 )?[ -~]{0,80}", query in "[ -~]{0,80}", date in "[ -~]{0,16}") {
        for (authorization, query) in [(Some(&authorization), ""), (None, &*query), (None, &format!("X-Amz-Algorithm=AWS4-HMAC-SHA256&{query}"))] {
            let mut headers = header_map(&[("host", "h"), ("x-amz-date", &date)]);
            if let Some(authorization) = authorization {
                headers.insert("authorization", HeaderValue::from_str(authorization).unwrap());
            }
            let request = SignableRequest::new("GET", "/").query(query).headers(&headers);
            prop_assert!(PresentedSignature::parse(&request).is_err());
        }
    }
}
