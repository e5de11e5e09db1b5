//! Signing one request, without sending it.

use std::time::SystemTime;

use aws_sdk_kinesisvideowebrtcstorage::config::Credentials as OfficialCredentials;
use aws_sigv4::http_request as sigv4;
use footprint::OurSigner;
use http::{HeaderValue, Request};
use meter::Outcome;
use meter::request::{ACCESS_KEY_ID, REGION, SECRET_ACCESS_KEY, SERVICE};
use meter::signing::{Signer, measure};
use meter::stats::Pairs;
use reqsign_core::SignRequest;

use crate::Effort;
use crate::table::{Row, Target};

/// Signs with the signer of the official SDK, by the calls its documentation shows.
pub(crate) struct AwsSigv4(OfficialCredentials);

impl AwsSigv4 {
    pub(crate) fn new() -> Self {
        Self(OfficialCredentials::new(ACCESS_KEY_ID, SECRET_ACCESS_KEY, None, None, "static"))
    }
}

impl Signer for AwsSigv4 {
    fn sign(&self, request: &mut Request<String>) -> Outcome<()> {
        let identity = self.0.clone().into();
        let params = aws_sigv4::sign::v4::SigningParams::builder()
            .identity(&identity)
            .region(REGION)
            .name(SERVICE)
            .time(SystemTime::now())
            .settings(sigv4::SigningSettings::default())
            .build()?
            .into();
        let headers = request.headers().iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap_or_default()));
        let signable = sigv4::SignableRequest::new(
            request.method().as_str(),
            request.uri().to_string(),
            headers,
            sigv4::SignableBody::Bytes(request.body().as_bytes()),
        )?;
        let (instructions, _) = sigv4::sign(signable, &params)?.into_parts();
        instructions.apply_to_request_http1x(request);
        Ok(())
    }
}

/// Signs with the signer of Apache OpenDAL, which wants the hash of the body in its header.
pub(crate) struct Reqsign {
    signer: reqsign_aws_v4::RequestSigner,
    context: reqsign_core::Context,
    credential: reqsign_aws_v4::Credential,
}

impl Reqsign {
    pub(crate) fn new() -> Self {
        Self {
            signer: reqsign_aws_v4::RequestSigner::new(SERVICE, REGION),
            context: reqsign_core::Context::new(),
            credential: reqsign_aws_v4::Credential {
                access_key_id: ACCESS_KEY_ID.to_owned(),
                secret_access_key: SECRET_ACCESS_KEY.to_owned(),
                session_token: None,
                expires_in: None,
            },
        }
    }
}

impl Signer for Reqsign {
    fn sign(&self, request: &mut Request<String>) -> Outcome<()> {
        let hash = reqsign_core::hash::hex_sha256(request.body().as_bytes());
        request.headers_mut().insert("x-amz-content-sha256", HeaderValue::try_from(hash)?);
        let (mut parts, body) = std::mem::take(request).into_parts();
        let signing = self.signer.sign_request(&self.context, &mut parts, Some(&self.credential), None);
        // It awaits nothing, so the first poll completes it.
        match std::pin::pin!(signing).poll(&mut std::task::Context::from_waker(std::task::Waker::noop())) {
            std::task::Poll::Ready(signed) => signed?,
            std::task::Poll::Pending => return Err("reqsign waits for something".into()),
        }
        *request = Request::from_parts(parts, body);
        Ok(())
    }
}

pub(crate) fn rows(effort: Effort) -> Outcome<Vec<Row>> {
    let (pairs, count) = effort.choose((25, 2000), (75, 4000));
    let ours = OurSigner::default();
    let mut rows = compare(&ours, &AwsSigv4::new(), "aws-sigv4", pairs, count)?;
    rows[0] = rows[0].clone().target(Target::RatioAtMost(0.25));
    rows[1] = rows[1].clone().target(Target::AtMost(4.0));
    rows.extend(compare(&ours, &Reqsign::new(), "reqsign-aws-v4", pairs, count)?);
    Ok(rows)
}

fn compare(ours: &OurSigner, rival: &impl Signer, name: &str, pairs: usize, count: usize) -> Outcome<Vec<Row>> {
    let (mut times, mut allocations) = (Pairs::default(), Pairs::default());
    measure(ours, count)?;
    measure(rival, count)?;
    for _ in 0..pairs {
        let (a, b) = (measure(ours, count)?, measure(rival, count)?);
        times.push(a.time, b.time);
        allocations.push(a.allocations, b.allocations);
    }
    Ok(vec![
        Row::of_pairs(format!("signing, key cached, against {name}"), "us", &times)?,
        Row::of_pairs(format!("allocations per signature, against {name}"), "", &allocations)?,
    ])
}
