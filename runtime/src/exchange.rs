//! One call on the wire: credentials, signature, request, verdict, and again. Knows no operation's types.

use std::time::{Duration, Instant};

use ::http::StatusCode;
use ::http::header::USER_AGENT;

use crate::clock;
use crate::shared::{Failure, Shared};
use crate::credentials::Credentials;
use crate::error::FailureDetails;
use crate::http::{Request, Response};
use crate::interceptor::{Call, Outcome};
use crate::operation::{Auth, OperationMeta, Retryable};
use crate::payload::Body;
use crate::retry::FailedAttempt;
use crate::sigv4::{self, SignableRequest, SigningParams};
use crate::target::{Destination, Target};
use crate::transport::Answer;
use crate::{redirect, restjson, retry};

/// A call between the request that was made for it and the answer that ends it.
pub(crate) struct Exchange<'a> {
    shared: &'a Shared,
    target: &'a Target,
    operation: &'static OperationMeta,
    /// What the model says of an error's code.
    modelled: fn(&str) -> Option<Retryable>,
    began: Instant,
    retries: u32,
    redirects: u32,
    /// The status of the last response.
    status: Option<StatusCode>,
}

impl<'a> Exchange<'a> {
    /// Starts a call: what it takes counts from here.
    pub(crate) fn begin(
        shared: &'a Shared,
        target: &'a Target,
        operation: &'static OperationMeta,
        modelled: fn(&str) -> Option<Retryable>,
    ) -> Self {
        let began = Instant::now();
        let exchange = Self { shared, target, operation, modelled, began, retries: 0, redirects: 0, status: None };
        exchange.each_interceptor(|interceptor, call| interceptor.on_validate(call));
        exchange
    }

    /// How many requests were sent, once [`run`](Self::run) has ended.
    pub(crate) fn attempts(&self) -> u32 {
        self.retries + self.redirects + 1
    }

    /// Tells the interceptors that the call has ended, and how.
    pub(crate) fn complete(&self, code: Option<&str>) {
        if self.shared.config.interceptors().is_empty() {
            return;
        }
        let outcome = Outcome {
            code,
            status: self.status,
            retries: self.retries,
            redirects: self.redirects,
            elapsed: self.began.elapsed(),
        };
        self.each_interceptor(|interceptor, call| interceptor.on_complete(call, &outcome));
    }

    /// Sends the request until it succeeds, fails for good, or has been retried as often as allowed.
    pub(crate) async fn run(&mut self, mut request: Request) -> Result<Answer, Failure> {
        self.each_interceptor(|interceptor, call| interceptor.on_build(call, &mut request));
        let request = &request;
        let config = &self.shared.config;
        let mut destination = self.target.destination(request).map_err(Failure::Encode)?;
        let body = Body::of(request, self.operation.auth).await.map_err(Failure::Encode)?;
        loop {
            let credentials = self.credentials().await?;
            let attempt = self.attempt(request, &destination, &body, credentials.as_ref())?;
            let (mut failure, retryable) = match self.shared.transport.send(attempt, self.operation.streaming_output).await {
                Ok(answer) => {
                    self.status = Some(answer.response.status);
                    self.each_interceptor(|interceptor, call| interceptor.on_response(call, &answer.response));
                    let corrected = self.correct_clock(&answer.response);
                    if answer.response.status.as_u16() < 300 {
                        return Ok(answer);
                    }
                    if self.redirects < config.max_redirects()
                        && body.is_replayable()
                        && let Some(next) = redirect::next(&destination, &answer.response)
                    {
                        self.redirects += 1;
                        destination = next;
                        continue;
                    }
                    self.judge(answer.response, credentials.as_ref(), corrected)
                }
                Err(error) => (Failure::Transport(error), true),
            };
            failure.set_attempts(self.attempts());
            tracing::debug!(operation = self.operation.name, code = failure.code(), retryable, "attempt failed");
            if !retryable || !body.is_replayable() || self.retries >= config.retry().max_retries {
                return Err(failure);
            }
            let failed = FailedAttempt { retries: self.retries, code: failure.code(), status: failure.status() };
            let Some(wait) = config.retry().delay.wait(&failed, config.jitter()) else { return Err(failure) };
            self.each_interceptor(|interceptor, call| interceptor.on_retry(call, &failed, wait));
            self.retries += 1;
            if wait > Duration::ZERO {
                tokio::time::sleep(wait).await;
            }
        }
    }

    async fn credentials(&self) -> Result<Option<Credentials>, Failure> {
        let cache = self.shared.config.credentials();
        match self.operation.auth {
            Auth::None => Ok(None),
            Auth::Optional => Ok(cache.get().await.ok()),
            Auth::SigV4 | Auth::SigV4UnsignedPayload => cache.get().await.map(Some).map_err(Failure::Credentials),
        }
    }

    /// One attempt's request, signed with the time of now.
    fn attempt(
        &self,
        request: &Request,
        destination: &Destination,
        body: &Body,
        credentials: Option<&Credentials>,
    ) -> Result<reqwest::Request, Failure> {
        let (shared, target) = (self.shared, self.target);
        let mut attempt = reqwest::Request::new(request.method.clone(), destination.url.clone());
        let headers = attempt.headers_mut();
        headers.clone_from(&request.headers);
        headers.extend(target.headers.iter().cloned());
        headers.insert(USER_AGENT, shared.user_agent.clone());
        if let Some(credentials) = credentials {
            let signable = SignableRequest::new(request.method.as_str(), destination.url.path())
                .query(destination.url.query().unwrap_or_default())
                .host(&destination.authority)
                .headers(headers)
                .payload(body.payload(self.operation.auth));
            let region = target.signing_region.as_deref().unwrap_or(shared.config.region().as_str());
            let service = target.signing_name.as_deref().unwrap_or(shared.service.signing_name);
            let time = shared.clock.correct(shared.config.time_source().now());
            let params =
                SigningParams::new(credentials, region, service, time).settings(&target.signing).keys(&shared.keys);
            sigv4::sign(&signable, &params).map_err(Failure::Signing)?.apply(headers);
        }
        self.each_interceptor(|interceptor, call| interceptor.on_sign(call, headers));
        *attempt.body_mut() = Some(body.to_reqwest());
        Ok(attempt)
    }

    /// Follows the service's clock when it is far from ours, and says whether it did.
    fn correct_clock(&self, response: &Response) -> bool {
        let config = &self.shared.config;
        config.correct_clock_skew()
            && clock::server_time(&response.headers)
                .is_some_and(|theirs| self.shared.clock.follow(config.time_source().now(), theirs))
    }

    /// What a response that is no success means, and whether the call may be sent again.
    fn judge(&self, response: Response, credentials: Option<&Credentials>, clock_corrected: bool) -> (Failure, bool) {
        let restjson::ErrorHead { code, message } = restjson::error_head(&response);
        if let Some(refused) = credentials.filter(|_| retry::is_expired_credentials(&code, message.as_deref())) {
            self.shared.config.credentials().invalidate(refused);
        }
        let retryable = retry::is_retryable(&response, &code, message.as_deref(), (self.modelled)(&code))
            || clock_corrected && retry::is_clock_skew(&code);
        (Failure::Service(Box::new(FailureDetails { code, message, response, attempts: 0 })), retryable)
    }

    fn each_interceptor(&self, mut hook: impl FnMut(&dyn crate::interceptor::Interceptor, &Call<'_>)) {
        let interceptors = self.shared.config.interceptors();
        if interceptors.is_empty() {
            return;
        }
        let call = Call { operation: self.operation, endpoint: self.target.endpoint.as_str() };
        for interceptor in interceptors {
            hook(&**interceptor, &call);
        }
    }
}
