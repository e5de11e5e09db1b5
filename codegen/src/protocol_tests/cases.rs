//! The cases of `smithy.test#httpRequestTests` and `smithy.test#httpResponseTests`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::diag::Diagnostics;
use crate::model::{HasTraits, Model, Shape};
use crate::traits;

/// The cases of request tests.
pub(super) const REQUEST_TESTS: &str = "smithy.test#httpRequestTests";

/// The cases of response tests.
pub(super) const RESPONSE_TESTS: &str = "smithy.test#httpResponseTests";

/// A case of either kind. Keys that say nothing about the outcome, such as `authScheme` and `tags`, are left.
pub(super) trait Case: DeserializeOwned {
    /// What decides whether it is for us.
    fn head(&self) -> &Head;
}

/// What both kinds have.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Head {
    pub(super) id: String,
    pub(super) protocol: String,
    pub(super) documentation: Option<String>,
    pub(super) applies_to: Option<String>,
    #[serde(default)]
    pub(super) params: Value,
    #[serde(default)]
    pub(super) headers: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) forbid_headers: Vec<String>,
    #[serde(default)]
    pub(super) require_headers: Vec<String>,
    pub(super) body: Option<String>,
    pub(super) body_media_type: Option<String>,
}

/// A case of a request.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RequestCase {
    #[serde(flatten)]
    pub(super) head: Head,
    pub(super) method: String,
    pub(super) uri: String,
    pub(super) host: Option<String>,
    pub(super) resolved_host: Option<String>,
    #[serde(default)]
    pub(super) query_params: Vec<String>,
    #[serde(default)]
    pub(super) forbid_query_params: Vec<String>,
    #[serde(default)]
    pub(super) require_query_params: Vec<String>,
}

/// A case of a response.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct ResponseCase {
    #[serde(flatten)]
    pub(super) head: Head,
    pub(super) code: u16,
}

impl Case for RequestCase {
    fn head(&self) -> &Head {
        &self.head
    }
}

impl Case for ResponseCase {
    fn head(&self) -> &Head {
        &self.head
    }
}

/// The cases of a shape's trait that are for clients of our protocol.
pub(super) fn cases<C: Case>(model: &Model, shape: &Shape, id: &str, diagnostics: &mut Diagnostics) -> Vec<C> {
    let Some(value) = shape.get(id) else { return Vec::new() };
    let cases: Vec<C> = match serde_json::from_value(value.clone()) {
        Ok(cases) => cases,
        Err(error) => {
            diagnostics.push(model.diagnostic(&shape.id, format!("`{id}`: {error}")));
            return Vec::new();
        }
    };
    let ours = |case: &C| {
        let Head { protocol, applies_to, .. } = case.head();
        protocol == traits::REST_JSON_1 && applies_to.as_deref().is_none_or(|side| side == "client")
    };
    cases.into_iter().filter(ours).collect()
}
