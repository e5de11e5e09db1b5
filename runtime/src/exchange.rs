//! One call on the wire: credentials, signature, request, verdict, and again. Knows no operation's types.

use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use ::http::header::{CONTENT_LENGTH, USER_AGENT};
use ::http::{HeaderName, StatusCode};
use tracing::Instrument;

use crate::clock;
use crate::config::ConfigError;
use crate::credentials::Credentials;
use crate::endpoint::{BuiltIns, EndpointError, ResolvedEndpoint};
use crate::error::{FailureDetails, Resent, UNREADABLE};
use crate::http::{Request, Response};
use crate::identity::{self, Identity};
use crate::interceptor::{Call, Outcome};
use crate::monitoring::{AttemptEvent, CallEvent, Exception, Subject};
use crate::operation::{Auth, DecodeError, OperationMeta, Retryable};
use crate::payload::Body;
use crate::retry::FailedAttempt;
use crate::shared::{Failure, Shared};
use crate::sigv4::{self, SignableRequest, SigningParams, X_AMZ_CONTENT_SHA256};
use crate::target::{Destination, Target};
use crate::transport::Answer;
use crate::{redirect, restjson, retry, span};

const X_AMZN_TRACE_ID: HeaderName = HeaderName::from_static("x-amzn-trace-id");

/// What only the operation's types can tell.
#[derive(Clone, Copy)]
pub(crate) struct Typed {
    /// What the model says of an error's code.
    pub(crate) retryable: fn(&str) -> Option<Retryable>,
    /// What keeps an output from being read from a success.
    pub(crate) flaw: fn(&Response) -> Option<DecodeError>,
}

/// A call between the request that was made for it and the answer that ends it.
pub(crate) struct Exchange<'a> {
    shared: &'a Shared,
    target: Arc<Target>,
    operation: &'static OperationMeta,
    auth: Auth,
    typed: Typed,
    /// When it began; `None` when nobody wants to hear of it, so that the clock need not be read.
    began: Option<SystemTime>,
    span: tracing::Span,
    resent: Resent,
    /// The status of the last response.
    status: Option<StatusCode>,
    /// Whether anything was sent.
    sent: bool,
    /// Whether it ended because no retry was left.
    gave_up: bool,
}

impl<'a> Exchange<'a> {
    /// Starts a call: what it takes counts from here.
    pub(crate) fn begin(
        shared: &'a Shared,
        target: &Arc<Target>,
        signed: bool,
        operation: &'static OperationMeta,
        typed: Typed,
    ) -> Self {
        let config = &shared.config;
        let span = span::of_call(operation, config.region().as_str(), target.endpoint.host());
        let heard = !config.interceptors().is_empty()
            || config.logger().is_some()
            || shared.monitor.is_some()
            || !span.is_disabled();
        let exchange = Self {
            shared,
            target: Arc::clone(target),
            operation,
            auth: if signed { identity::auth(shared, operation) } else { Auth::None },
            typed,
            began: heard.then(|| config.time_source().now()),
            span,
            resent: Resent::default(),
            status: None,
            sent: false,
            gave_up: false,
        };
        exchange.each_interceptor(|interceptor, call| interceptor.on_validate(call));
        exchange
    }

    /// Does a part of the call within its span.
    pub(crate) fn in_span<T>(&mut self, part: impl FnOnce(&mut Self) -> T) -> T {
        let span = self.span.clone();
        span.in_scope(|| part(self))
    }

    /// How often the request was sent again, once [`run`](Self::run) has ended.
    pub(crate) fn resent(&self) -> Resent {
        self.resent
    }

    /// Tells interceptors, logger and span that the call has ended, and how: `end` gives the code of its error and the ID of its
    /// request, `params` is what the logger shows.
    pub(crate) fn complete<'e>(&self, params: Option<&str>, end: impl FnOnce() -> (Option<&'e str>, Option<&'e str>)) {
        let Some(began) = self.began else { return };
        let config = &self.shared.config;
        let (code, request_id) = end();
        let (status, elapsed) = (self.status, self.elapsed(began));
        let Resent { retries, redirects } = self.resent;
        let outcome = Outcome { code, status, request_id, retries, redirects, elapsed };
        span::record(&self.span, &outcome);
        if let (Some(logger), Some(params)) = (config.logger(), params) {
            logger.log(self.operation, &outcome, params);
        }
        self.each_interceptor(|interceptor, call| interceptor.on_complete(call, &outcome));
    }

    fn elapsed(&self, since: SystemTime) -> Duration {
        self.shared.config.time_source().now().duration_since(since).unwrap_or_default()
    }

    /// Finds where the call goes: `resolve` gives what the operation says of it, if it says anything.
    pub(crate) fn route(
        &mut self,
        resolve: impl FnOnce(&BuiltIns<'_>) -> Option<Result<ResolvedEndpoint, EndpointError>>,
    ) -> Result<(), ConfigError> {
        let config = &self.shared.config;
        match (resolve(&self.target.built_ins(config)), &self.target.refusal) {
            (Some(resolved), _) => {
                let resolved = resolved.map_err(ConfigError::Endpoint)?;
                self.target = Arc::new(self.target.of_call(resolved, config)?);
                Ok(())
            }
            (None, Some(error)) => Err(ConfigError::Endpoint(error.clone())),
            (None, None) => Ok(()),
        }
    }

    /// Sends the request until it succeeds, fails for good, or has been retried as often as allowed.
    pub(crate) async fn run(&mut self, request: Request) -> Result<Answer, Failure> {
        let span = self.span.clone();
        let run = pin!(self.run_in_span(request));
        // A span that nobody listens to need not be entered and left at every poll.
        if span.is_disabled() { run.await } else { run.instrument(span).await }
    }

    async fn run_in_span(&mut self, mut request: Request) -> Result<Answer, Failure> {
        if !self.shared.config.host_prefix_enabled() {
            request.host_prefix.clear();
        }
        if let Some(trace_id) = self.shared.config.trace_id() {
            request.headers.entry(X_AMZN_TRACE_ID).or_insert(trace_id);
        }
        self.each_interceptor(|interceptor, call| interceptor.on_build(call, &mut request));
        let result = self.attempts_until_done(&request).await;
        let exception = match &result {
            Ok(answer) => self.flaw(&answer.response),
            Err(failure) => self.shared.monitor.is_some().then(|| failure.exception()),
        };
        self.monitor_call(result.as_ref().err(), exception);
        result
    }

    async fn attempts_until_done(&mut self, request: &Request) -> Result<Answer, Failure> {
        let config = &self.shared.config;
        let mut destination = self.target.destination(request).map_err(Failure::Encode)?;
        let body = Body::of(request, self.auth).await.map_err(Failure::Encode)?;
        loop {
            let identity = Identity::of_call(self.shared, self.auth).await.map_err(Failure::Credentials)?;
            let attempt = self.attempt(request, &destination, &body, &identity)?;
            self.sent = true;
            let began = self.began.map(|_| config.time_source().now());
            let (mut failure, retryable, redirect) =
                match self.shared.transport.send(attempt, &destination, self.operation.streaming_output).await {
                    Ok(answer) => {
                        self.status = Some(answer.response.status);
                        self.each_interceptor(|interceptor, call| interceptor.on_response(call, &answer.response));
                        let corrected = self.correct_clock(&answer.response);
                        if answer.response.status.as_u16() < 300 {
                            let (response, flaw) = (&answer.response, self.flaw(&answer.response));
                            self.monitor_attempt(&destination, identity.keys(), began, Some(response), flaw);
                            return Ok(answer);
                        }
                        let redirect = self.redirected(&destination, &answer.response).filter(|_| body.is_replayable());
                        let (failure, retryable) = self.judge(answer.response, &identity, corrected);
                        (failure, retryable, redirect)
                    }
                    Err(error) => {
                        self.status = error.status.or(self.status);
                        (Failure::Transport(error), true, None)
                    }
                };
            let exception = self.shared.monitor.is_some().then(|| failure.exception());
            self.monitor_attempt(&destination, identity.keys(), began, failure.response(), exception);
            if let Some(next) = redirect {
                let redirected = self.failed_attempt(&failure);
                self.each_interceptor(|interceptor, call| {
                    interceptor.on_redirect(call, &redirected, next.url.as_str())
                });
                self.resent.redirects += 1;
                destination = Arc::new(next);
                continue;
            }
            failure.set_resent(self.resent);
            tracing::debug!(operation = self.operation.name, code = failure.code(), retryable, "attempt failed");
            self.gave_up = retryable && self.resent.retries >= config.retry().max_retries;
            if !retryable || self.gave_up || !body.is_replayable() {
                return Err(failure);
            }
            let failed = self.failed_attempt(&failure);
            let Some(wait) = config.retry().delay.wait(&failed, config.jitter()) else { return Err(failure) };
            self.each_interceptor(|interceptor, call| interceptor.on_retry(call, &failed, wait));
            self.resent.retries += 1;
            if wait > Duration::ZERO {
                tokio::time::sleep(wait).await;
            }
        }
    }

    /// Where a response sends the request, if it does and may.
    fn redirected(&self, from: &Destination, response: &Response) -> Option<Destination> {
        let next = redirect::next(from, response)?;
        // A signature is good for one host; a token is good for whoever gets it.
        let may = self.auth != Auth::Bearer || redirect::same_origin(from, &next);
        (may && self.resent.redirects < self.shared.config.max_redirects()).then_some(next)
    }

    /// One attempt's request, signed with the time of now.
    fn attempt(
        &self,
        request: &Request,
        destination: &Destination,
        body: &Body,
        identity: &Identity,
    ) -> Result<reqwest::Request, Failure> {
        let (shared, target) = (self.shared, &*self.target);
        let mut attempt = reqwest::Request::new(request.method.clone(), destination.url.clone());
        let headers = attempt.headers_mut();
        // Room for what is added below and by reqwest, and no more: reqwest copies the table three times.
        headers.reserve(request.headers.len() + target.headers.len() + 5);
        for (name, value) in &request.headers {
            headers.append(name, value.clone());
        }
        headers.extend(target.headers.iter().cloned());
        headers.insert(USER_AGENT, shared.user_agent.clone());
        if let Identity::Token(token) = identity {
            identity::add_token(token, &destination.url, headers).map_err(Failure::Credentials)?;
        }
        if let Identity::Keys(credentials) = identity {
            let signable = SignableRequest::new(request.method.as_str(), destination.url.path())
                .query(destination.url.query().unwrap_or_default())
                .host(&destination.authority)
                .headers(headers)
                .payload(body.payload(self.auth));
            let region = target.signing_region.as_deref().unwrap_or(shared.config.region().as_str());
            let service = target.signing_name.as_deref().unwrap_or(shared.service.signing_name);
            let time = shared.clock.correct(shared.config.time_source().now());
            let params =
                SigningParams::new(credentials, region, service, time).settings(&target.signing).keys(&shared.keys);
            sigv4::sign(&signable, &params).map_err(Failure::Signing)?.apply(headers);
        } else if self.auth == Auth::None && !matches!(self.operation.auth, Auth::None | Auth::Bearer) {
            // As in the original, which computes it with the request and not with the signature.
            headers.insert(X_AMZ_CONTENT_SHA256, body.payload(self.operation.auth).header().map_err(Failure::Signing)?);
        }
        self.each_interceptor(|interceptor, call| interceptor.on_sign(call, headers));
        if let Some(length) = body.announced_length() {
            attempt.headers_mut().insert(CONTENT_LENGTH, length.into());
        }
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
    fn judge(&self, response: Response, identity: &Identity, clock_corrected: bool) -> (Failure, bool) {
        let restjson::ErrorHead { code, message } = restjson::error_head(&response);
        match (identity, &self.shared.bearer_token) {
            (Identity::Keys(refused), _) if retry::is_expired_credentials(&code) => {
                self.shared.config.credentials().invalidate(refused);
            }
            (Identity::Token(refused), Some(tokens)) if response.status == StatusCode::UNAUTHORIZED => {
                tokens.invalidate(refused);
            }
            _ => {}
        }
        let retryable = retry::is_retryable(&response, &code, message.as_deref(), (self.typed.retryable)(&code))
            || clock_corrected && retry::is_clock_skew(&code);
        let details = FailureDetails { code, message, response, retryable, resent: Resent::default() };
        (Failure::Service(Box::new(details)), retryable)
    }

    fn failed_attempt<'f>(&self, failure: &'f Failure) -> FailedAttempt<'f> {
        FailedAttempt { retries: self.resent.retries, code: failure.code(), status: failure.status() }
    }

    fn monitor_attempt(
        &self,
        destination: &Destination,
        credentials: Option<&Credentials>,
        began: Option<SystemTime>,
        response: Option<&Response>,
        exception: Option<Exception>,
    ) {
        let (Some(monitor), Some(began)) = (&self.shared.monitor, began) else { return };
        let event = AttemptEvent {
            host: destination.url.host_str().unwrap_or_default(),
            access_key_id: credentials.map(Credentials::access_key_id),
            response,
            exception,
            began,
            latency: self.elapsed(began),
        };
        monitor.attempt(self.subject(), &event);
    }

    /// What monitoring data says of a success that is none, because no output can be read from it.
    fn flaw(&self, response: &Response) -> Option<Exception> {
        if self.shared.monitor.is_none() || self.operation.streaming_output {
            return None;
        }
        let flaw = (self.typed.flaw)(response)?;
        Some(Exception { code: UNREADABLE.to_owned(), message: flaw.message(), by_service: false })
    }

    /// Nothing is said of calls of which nothing was sent.
    fn monitor_call(&self, failure: Option<&Failure>, exception: Option<Exception>) {
        let (Some(monitor), Some(began)) = (&self.shared.monitor, self.began) else { return };
        if !self.sent {
            return;
        }
        let event = CallEvent {
            attempts: self.resent.attempts(),
            retries_exceeded: self.gave_up,
            status: match failure {
                None => self.status.map(|status| status.as_u16()),
                Some(failure) => failure.status().map(|status| status.as_u16()),
            },
            exception,
            began,
            latency: self.elapsed(began),
        };
        monitor.call(self.subject(), &event);
    }

    fn subject(&self) -> Subject<'_> {
        let (config, user_agent) = (&self.shared.config, &self.shared.user_agent);
        Subject {
            operation: self.operation,
            region: config.region().as_str(),
            user_agent: user_agent.to_str().unwrap_or_default(),
        }
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
