//! One request and its answer.

use std::convert::Infallible;
use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use hyper::body::Incoming;
use hyper::header::{ALLOW, CONNECTION, DATE, HOST, HeaderMap, HeaderName, HeaderValue};
use hyper::http::request::Parts;
use hyper::http::uri::Authority;
use hyper::{Method, Request, Response, StatusCode};
use tokio::time::sleep;

use crate::answer::{Answer, Api, ApiError};
use crate::auth::{self, Inspection, Presented};
use crate::body::AnswerBody;
use crate::endpoints;
use crate::fault::{self, Fault, Kind};
use crate::incoming;
use crate::record::RecordedRequest;
use crate::route::{self, Call, Found, Route};
use crate::shared::Shared;

/// The connection is to be dropped without an answer.
#[derive(Debug)]
pub(crate) struct Dropped;

impl std::fmt::Display for Dropped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("connection dropped by a fault")
    }
}

impl std::error::Error for Dropped {}

/// Answers a request. `reset` is set when the connection is to be reset rather than closed.
pub(crate) async fn answer(
    shared: Arc<Shared>,
    reset: Arc<AtomicBool>,
    request: Request<Incoming>,
) -> Result<Response<AnswerBody>, Dropped> {
    let (parts, body) = request.into_parts();
    let received = Received { now: shared.now(), request_id: shared.next_request_id(), parts };
    let (method, path) = (&received.parts.method, received.parts.uri.path());
    let found = route::find(method, path, shared.settings.strict_endpoints);
    let route = found.as_ref().ok().map(|found| found.route);
    let api = route.map_or(Api::WebRtcStorage, |route| route.api);
    let body = match incoming::read(shared.settings.limits, &received.parts, body).await {
        Ok(body) => body,
        // The rest of the body is not read, so the connection cannot be used again.
        Err(error) => {
            let mut answer = Answer::error(api, &error);
            answer.headers.insert(CONNECTION, HeaderValue::from_static("close"));
            shared.record(received.record(route, Bytes::new(), Inspection::none(), Some(&answer)));
            return Ok(received.respond(answer, AnswerBody::whole));
        }
    };
    let inspection = received.inspect(&shared, &body);
    let fault = shared.faults().take(endpoints::split(path).1);
    let kind = fault.as_ref().map_or(&Kind::None, |fault| &fault.kind);
    let answer = match kind {
        Kind::Reset | Kind::Close | Kind::Hang => None,
        Kind::Respond(response) => Some(made_up(response, api)),
        Kind::None | Kind::LoseAnswer | Kind::Truncate | Kind::Drip(_) | Kind::LoseJoin => {
            let lose_join = *kind == Kind::LoseJoin;
            Some(received.act(&shared, found.as_ref(), &body, &inspection, lose_join))
        }
    };
    let shown = answer.as_ref().filter(|_| *kind != Kind::LoseAnswer);
    shared.record(received.record(route, body, inspection, shown));
    deliver(&received, fault.as_ref(), answer, &reset).await
}

/// The answer a fault made up.
fn made_up(response: &fault::Response, api: Api) -> Answer {
    let status = StatusCode::from_u16(response.status).ok().filter(|status| !status.is_informational());
    let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut answer = match &response.body {
        fault::Body::Message(message) => {
            let code = response.code.clone().unwrap_or_default();
            Answer::error(api, &ApiError::new(status, code, message.as_str()))
        }
        fault::Body::Bytes(bytes) => Answer { status, body: bytes.clone().into(), ..Answer::empty() },
    };
    for (name, value) in &response.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            answer.headers.insert(name, value);
        }
    }
    answer
}

/// Sends the answer, or does what the fault says.
async fn deliver(
    received: &Received,
    fault: Option<&Fault>,
    answer: Option<Answer>,
    reset: &AtomicBool,
) -> Result<Response<AnswerBody>, Dropped> {
    if let Some(delay) = fault.map(|fault| fault.delay).filter(|delay| !delay.is_zero()) {
        sleep(delay).await;
    }
    match (fault.map_or(&Kind::None, |fault| &fault.kind), answer) {
        (Kind::Hang, _) => match pending::<Infallible>().await {},
        (Kind::Reset, _) => {
            reset.store(true, Ordering::Relaxed);
            Err(Dropped)
        }
        (Kind::Close | Kind::LoseAnswer, _) | (_, None) => Err(Dropped),
        (Kind::Truncate, Some(answer)) => Ok(received.respond(answer, AnswerBody::truncated)),
        (Kind::Drip(interval), Some(answer)) => Ok(received.respond(answer, |body| AnswerBody::drip(body, *interval))),
        (Kind::None | Kind::Respond(_) | Kind::LoseJoin, Some(answer)) => {
            Ok(received.respond(answer, AnswerBody::whole))
        }
    }
}

/// A request's head, and what the service added to it.
struct Received {
    now: std::time::SystemTime,
    request_id: String,
    parts: Parts,
}

impl Received {
    fn inspect(&self, shared: &Shared, body: &[u8]) -> Inspection {
        let Parts { method, uri, headers, .. } = &self.parts;
        auth::inspect(&shared.settings, &Presented { method, uri, headers, body }, self.now)
    }

    /// The `host:port` that the client has for the service, which is not the service's own where ports are forwarded.
    fn authority(&self) -> Option<&str> {
        let host = self.parts.headers.get(HOST)?.to_str().ok()?;
        host.parse::<Authority>().is_ok_and(|authority| !authority.as_str().contains('@')).then_some(host)
    }

    /// Does what the request asks for, if it may.
    fn act(
        &self,
        shared: &Shared,
        found: Result<&Found<'_>, &ApiError>,
        body: &[u8],
        inspection: &Inspection,
        lose_join: bool,
    ) -> Answer {
        let Found { route, label } = match found {
            Ok(found) => *found,
            Err(error) => {
                let mut answer = Answer::error(Api::WebRtcStorage, error);
                if error.status == StatusCode::METHOD_NOT_ALLOWED {
                    answer.headers.insert(ALLOW, HeaderValue::from_static(Method::POST.as_str()));
                }
                return answer;
            }
        };
        if let Some(error) = &inspection.error {
            return Answer::error(route.api, error);
        }
        let call = Call {
            shared,
            operation: route.operation,
            label,
            authority: self.authority().unwrap_or(&shared.address),
            body,
            now: self.now,
            request_id: &self.request_id,
            access_key_id: inspection.access_key_id.as_deref(),
            lose_join,
        };
        route.run(&call).unwrap_or_else(|error| Answer::error(route.api, &error))
    }

    fn record(
        &self,
        route: Option<&'static Route>,
        body: Bytes,
        inspection: Inspection,
        answer: Option<&Answer>,
    ) -> RecordedRequest {
        let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        RecordedRequest {
            received_at: self.now,
            method: self.parts.method.to_string(),
            path: self.parts.uri.path().to_owned(),
            query: self.parts.uri.query().map(str::to_owned),
            headers: self.parts.headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect(),
            body: body.to_vec(),
            operation: route.map(|route| route.operation),
            access_key_id: inspection.access_key_id,
            verdict: inspection.verdict,
            request_id: self.request_id.clone(),
            status: answer.map(|answer| answer.status.as_u16()),
            error_code: answer.and_then(|answer| answer.code.clone()),
        }
    }

    fn respond(&self, answer: Answer, body: impl FnOnce(Bytes) -> AnswerBody) -> Response<AnswerBody> {
        let mut headers = answer.headers;
        self.add_common(&mut headers);
        let mut response = Response::new(body(answer.body));
        *response.status_mut() = answer.status;
        *response.headers_mut() = headers;
        response
    }

    /// The headers of every answer; one that a fault has set stays as it is.
    fn add_common(&self, headers: &mut HeaderMap) {
        if let Ok(date) = HeaderValue::try_from(httpdate::fmt_http_date(self.now)) {
            headers.entry(DATE).or_insert(date);
        }
        if let Ok(id) = HeaderValue::try_from(self.request_id.as_str()) {
            // Generated clients read the first spelling; the documentation of some operations names the second.
            headers.entry("x-amzn-requestid").or_insert_with(|| id.clone());
            headers.entry("x-amz-requestid").or_insert(id);
        }
    }
}
