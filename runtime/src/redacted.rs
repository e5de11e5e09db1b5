//! What stands where a value must not be shown.

use std::fmt;

/// Shows as `*** redacted ***`: what `Debug` prints for members that the model marks as sensitive.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("*** redacted ***")
    }
}
