//! A signed join, of which a test can spoil any part.

use std::time::SystemTime;

use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use kinesisvideo_local::{Builder, Credentials, LocalService};
use kinesisvideo_runtime::sigv4::{self, Payload, SignableRequest, SigningParams};
use serde_json::json;

use crate::common::{Reply, authority, post, send};

/// The path of joins.
pub(crate) const JOIN: &str = "/joinStorageSession";

/// A join and how it is signed; each test changes one thing.
pub(crate) struct Join {
    pub(crate) credentials: Credentials,
    pub(crate) region: &'static str,
    pub(crate) service: &'static str,
    pub(crate) time: SystemTime,
    pub(crate) host: Option<&'static str>,
    pub(crate) signed_body: Option<&'static str>,
    pub(crate) headers: Vec<(&'static str, &'static str)>,
    pub(crate) late_headers: Vec<(&'static str, &'static str)>,
    pub(crate) edit: fn(&mut HeaderMap),
}

impl Join {
    pub(crate) fn new() -> Self {
        Self {
            credentials: Credentials::new(Builder::TEST_ACCESS_KEY_ID, Builder::TEST_SECRET_ACCESS_KEY),
            region: "us-west-2",
            service: "kinesisvideo",
            time: SystemTime::now(),
            host: None,
            signed_body: None,
            headers: Vec::new(),
            late_headers: Vec::new(),
            edit: |_| {},
        }
    }

    pub(crate) fn send(&self, service: &LocalService) -> Reply {
        let body = json!({ "channelArn": service.channel_arn("demo").unwrap() }).to_string();
        let mut headers = HeaderMap::new();
        let insert = |headers: &mut HeaderMap, list: &[(&'static str, &'static str)]| {
            for (name, value) in list {
                headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
            }
        };
        insert(&mut headers, &self.headers);
        let signed = headers.clone();
        let request = SignableRequest::new("POST", JOIN)
            .host(self.host.unwrap_or(authority(service)))
            .headers(&signed)
            .payload(Payload::Bytes(self.signed_body.unwrap_or(&body).as_bytes()));
        let params = SigningParams::new(&self.credentials, self.region, self.service, self.time);
        sigv4::sign(&request, &params).unwrap().apply(&mut headers);
        insert(&mut headers, &self.late_headers);
        (self.edit)(&mut headers);
        let headers: Vec<_> = headers.iter().map(|(n, v)| (n.as_str(), v.to_str().unwrap())).collect();
        send(service, &post(service, JOIN, &headers, &body))
    }
}
