//! A structure without members.

use serde::{Deserialize, Serialize};

/// `smithy.api#Unit` as the member of a union, whose name alone says something: `{}` in JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Unit {}
