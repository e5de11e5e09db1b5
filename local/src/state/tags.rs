//! Tags of a resource.

use std::collections::BTreeMap;

use crate::answer::ApiError;

/// The tags of a channel or a stream, by key.
pub(crate) type Tags = BTreeMap<String, String>;

/// How many tags a resource can have.
const AT_MOST: usize = 50;

/// Adds tags; a key that is there already gets the new value.
///
/// # Errors
/// `TagsPerResourceExceededLimitException`, and no tag is added.
pub(crate) fn add(tags: &mut Tags, new: Tags) -> Result<(), ApiError> {
    let count = tags.len() + new.keys().filter(|key| !tags.contains_key(*key)).count();
    if count > AT_MOST {
        return Err(ApiError::bad_request(
            "TagsPerResourceExceededLimitException",
            format!("A resource has at most {AT_MOST} tags; this would make {count}"),
        ));
    }
    tags.extend(new);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(keys: std::ops::Range<u32>) -> Tags {
        keys.map(|key| (key.to_string(), String::new())).collect()
    }

    #[test]
    fn fifty_tags_fit_however_they_come() {
        let mut tags = Tags::new();
        add(&mut tags, numbered(0..50)).unwrap();
        add(&mut tags, numbered(10..20)).unwrap();
        let error = add(&mut tags, numbered(49..51)).unwrap_err();
        assert_eq!((error.code.as_ref(), tags.len()), ("TagsPerResourceExceededLimitException", 50));
        add(&mut Tags::new(), numbered(0..51)).unwrap_err();
    }
}
