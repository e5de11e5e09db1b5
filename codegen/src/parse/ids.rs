//! Shape IDs as they stand in a file.

use super::fields::Flaw;
use crate::model::{ShapeId, is_identifier};

/// Checks an absolute shape ID, `namespace#Name`.
pub(super) fn absolute(text: &str) -> Result<ShapeId, Flaw> {
    ShapeId::parse(text).ok_or_else(|| format!("`{text}` is not a shape ID of the form `namespace#Name`"))
}

/// Splits `namespace#Name$member`; the member is optional.
pub(super) fn with_member(text: &str) -> Result<(ShapeId, Option<&str>), Flaw> {
    match text.split_once('$') {
        None => Ok((absolute(text)?, None)),
        Some((shape, member)) if is_identifier(member) => Ok((absolute(shape)?, Some(member))),
        Some((_, member)) => Err(format!("`{member}` in `{text}` is not a member's name")),
    }
}
