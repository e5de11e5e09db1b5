//! Hooks into a call: see it, or change its request before it is signed.

use std::fmt;
use std::time::Duration;

use ::http::{HeaderMap, StatusCode};

use crate::http::{Request, Response};
use crate::operation::OperationMeta;
use crate::retry::FailedAttempt;

/// Sees every call of a client at its stages, in this order:
///
/// | stage | when | how often |
/// |---|---|---|
/// | [`on_validate`](Self::on_validate) | before the input is checked | once a call |
/// | [`on_build`](Self::on_build) | when the request is made, before it is signed | once a call |
/// | [`on_sign`](Self::on_sign) | when an attempt has been signed, before it is sent | once an attempt |
/// | [`on_response`](Self::on_response) | when a response has arrived | once an attempt that got one |
/// | [`on_retry`](Self::on_retry) | before the wait for the next attempt | once a retry |
/// | [`on_redirect`](Self::on_redirect) | before a redirect is followed | once a redirect |
/// | [`on_complete`](Self::on_complete) | when the call has ended | once a call, unless its future is dropped |
///
/// Several interceptors are called in the order they were added. A hook runs within the call: what takes long belongs
/// elsewhere.
pub trait Interceptor: Send + Sync + fmt::Debug {
    /// The input is about to be checked.
    fn on_validate(&self, call: &Call<'_>) {
        let _ = call;
    }

    /// The request has been made. Headers set here are signed; so are changes of the query and the body.
    fn on_build(&self, call: &Call<'_>, request: &mut Request) {
        let _ = (call, request);
    }

    /// An attempt has been signed. The headers hold the signature and, for temporary credentials, the session token.
    fn on_sign(&self, call: &Call<'_>, headers: &HeaderMap) {
        let _ = (call, headers);
    }

    /// A response has arrived; the body of a streamed one is still to be read.
    fn on_response(&self, call: &Call<'_>, response: &Response) {
        let _ = (call, response);
    }

    /// An attempt has failed and the next will follow after `wait`.
    fn on_retry(&self, call: &Call<'_>, failed: &FailedAttempt<'_>, wait: Duration) {
        let _ = (call, failed, wait);
    }

    /// An attempt was answered with a redirect, and the next will go to the URL `to`, signed for its host.
    fn on_redirect(&self, call: &Call<'_>, redirected: &FailedAttempt<'_>, to: &str) {
        let _ = (call, redirected, to);
    }

    /// The call has ended.
    fn on_complete(&self, call: &Call<'_>, outcome: &Outcome<'_>) {
        let _ = (call, outcome);
    }
}

/// The call a hook is in.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Call<'a> {
    /// What the model says of the operation, its service included.
    pub operation: &'static OperationMeta,
    /// The endpoint of the client; once the input was checked, that of the call, should its operation say where it goes.
    pub endpoint: &'a str,
}

/// How a call ended.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Outcome<'a> {
    /// The error's code; `None` after a success.
    pub code: Option<&'a str>,
    /// The status of the last response; `None` when there was none.
    pub status: Option<StatusCode>,
    /// The request ID of the response that ended the call; `None` when there was none.
    pub request_id: Option<&'a str>,
    /// How many times the request was sent again after a failure.
    pub retries: u32,
    /// How many redirects were followed.
    pub redirects: u32,
    /// How long the call took, by the clock of the configuration.
    pub elapsed: Duration,
}
