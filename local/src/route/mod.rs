//! Operations: which path belongs to which, and what each does.

mod join;

use std::time::SystemTime;

use hyper::{Method, StatusCode};
use serde::de::DeserializeOwned;

use crate::answer::{Answer, Api, ApiError};
use crate::shared::{Settings, Shared};

/// An operation of the API.
pub(crate) struct Route {
    /// The path of its requests.
    pub(crate) path: &'static str,
    /// Its name in the API model.
    pub(crate) operation: &'static str,
    /// The API it belongs to.
    pub(crate) api: Api,
    /// What it does.
    run: fn(&Call<'_>) -> Result<Answer, ApiError>,
}

/// A request whose sender is known, on its way to an operation.
pub(crate) struct Call<'a> {
    pub(crate) shared: &'a Shared,
    pub(crate) operation: &'static str,
    pub(crate) body: &'a [u8],
    pub(crate) now: SystemTime,
    pub(crate) request_id: &'a str,
    pub(crate) access_key_id: Option<&'a str>,
    /// Whether a fault wants a join without effect.
    pub(crate) lose_join: bool,
}

/// The operations of all APIs.
const APIS: &[&[Route]] = &[join::ROUTES];

/// The operation a request is for.
///
/// # Errors
/// `UnknownOperationException`: 404 for a path that is nobody's, 405 for a method other than POST.
pub(crate) fn find(method: &Method, path: &str) -> Result<&'static Route, ApiError> {
    let route = APIS
        .iter()
        .copied()
        .flatten()
        .find(|route| route.path == path);
    let route = route.ok_or_else(|| {
        ApiError::unknown_operation(
            StatusCode::NOT_FOUND,
            "No operation of this service has the path requested",
        )
    })?;
    if method != Method::POST {
        let message = format!("{} is requested with POST", route.operation);
        return Err(ApiError::unknown_operation(
            StatusCode::METHOD_NOT_ALLOWED,
            message,
        ));
    }
    Ok(route)
}

impl Route {
    pub(crate) fn run(&self, call: &Call<'_>) -> Result<Answer, ApiError> {
        (self.run)(call)
    }
}

impl Call<'_> {
    pub(crate) fn settings(&self) -> &Settings {
        &self.shared.settings
    }

    /// Reads the operation's input. An empty body is an input without members, and unknown members are passed over.
    ///
    /// # Errors
    /// `SerializationException` when the body is no JSON object, or a member is of another type.
    pub(crate) fn input<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        let text = if self.body.is_empty() {
            b"{}"
        } else {
            self.body
        };
        if text.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{') {
            return Err(ApiError::serialization(
                "The request's body must be a JSON object",
            ));
        }
        serde_json::from_slice(text).map_err(|error| {
            ApiError::serialization(format!("The request's body cannot be read: {error}"))
        })
    }
}
