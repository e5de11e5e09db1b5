//! Operations: which path belongs to which, and what each does.

mod channels;
mod endpoint;
mod input;
mod join;
mod list;
mod media_storage;
mod streams;
mod tags;

use std::sync::MutexGuard;
use std::time::SystemTime;

use hyper::{Method, StatusCode};
use serde::de::DeserializeOwned;

use crate::answer::{Answer, Api, ApiError};
use crate::endpoints;
use crate::shared::{Settings, Shared};
use crate::state::State;

/// An operation of the API.
pub(crate) struct Route {
    /// The path of its requests, behind that of the endpoint.
    path: &'static str,
    /// Its name in the API model.
    pub(crate) operation: &'static str,
    /// The API it belongs to.
    pub(crate) api: Api,
    /// What it does.
    run: fn(&Call<'_>) -> Result<Answer, ApiError>,
}

/// An operation and the endpoint it was asked for at.
#[derive(Clone, Copy)]
pub(crate) struct Found<'a> {
    pub(crate) route: &'static Route,
    /// The label of a discovered endpoint; `None` at the service's own URL.
    pub(crate) label: Option<&'a str>,
}

/// A request whose sender is known, on its way to an operation.
pub(crate) struct Call<'a> {
    pub(crate) shared: &'a Shared,
    pub(crate) operation: &'static str,
    /// The label of the endpoint that was asked.
    pub(crate) label: Option<&'a str>,
    /// The `host:port` under which the caller reached the service.
    pub(crate) authority: &'a str,
    pub(crate) body: &'a [u8],
    pub(crate) now: SystemTime,
    pub(crate) request_id: &'a str,
    pub(crate) access_key_id: Option<&'a str>,
    /// Whether a fault wants a join without effect.
    pub(crate) lose_join: bool,
}

/// The operations of all APIs.
const APIS: &[&[Route]] =
    &[join::ROUTES, channels::ROUTES, streams::ROUTES, media_storage::ROUTES, endpoint::ROUTES, tags::ROUTES];

/// The operation a request is for.
///
/// An endpoint knows its own API's operations only. The service's own URL knows those of all APIs, so that a client of
/// WebRTC storage can do without discovery; with `strict` it knows those of Kinesis Video only, as the real one.
///
/// # Errors
/// `UnknownOperationException`: 404 for a path that is nobody's, 405 for a method other than POST.
pub(crate) fn find<'a>(method: &Method, path: &'a str, strict: bool) -> Result<Found<'a>, ApiError> {
    let (label, rest) = endpoints::split(path);
    let at_home = |route: &Route| match label {
        Some(label) => label.starts_with('w') && route.api == Api::WebRtcStorage,
        None => route.api == Api::Video || !strict,
    };
    let mut routes = APIS.iter().copied().flatten();
    let Some(route) = routes.find(|route| route.path == rest) else {
        return Err(ApiError::unknown_operation(StatusCode::NOT_FOUND, "No operation has the path requested"));
    };
    if !at_home(route) {
        let message = format!("{} is not an operation of the endpoint requested", route.operation);
        return Err(ApiError::unknown_operation(StatusCode::NOT_FOUND, message));
    }
    if method != Method::POST {
        let message = format!("{} is requested with POST", route.operation);
        return Err(ApiError::unknown_operation(StatusCode::METHOD_NOT_ALLOWED, message));
    }
    Ok(Found { route, label })
}

impl Route {
    /// An operation of Kinesis Video.
    const fn video(
        path: &'static str,
        operation: &'static str,
        run: fn(&Call<'_>) -> Result<Answer, ApiError>,
    ) -> Self {
        Self { path, operation, api: Api::Video, run }
    }

    pub(crate) fn run(&self, call: &Call<'_>) -> Result<Answer, ApiError> {
        (self.run)(call)
    }
}

impl Call<'_> {
    /// What there is at the time of the call.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        let mut state = self.shared.state();
        state.settle(self.now);
        state
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.shared.settings
    }

    /// Reads the operation's input. An empty body is an input without members, and unknown members are passed over.
    ///
    /// # Errors
    /// `SerializationException` when the body is no JSON object, or a member is of another type.
    pub(crate) fn input<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        let text = if self.body.is_empty() { b"{}" } else { self.body };
        // A structure would be read from a list too.
        if text.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{') {
            return Err(ApiError::serialization("The request's body must be a JSON object"));
        }
        serde_json::from_slice(text)
            .map_err(|error| ApiError::serialization(format!("The request's body cannot be read: {error}")))
    }
}
