//! Checking both inputs against the model, without sending them.

use std::hint::black_box;

use kinesisvideo::webrtc_storage::{JoinStorageSessionAsViewerInput, JoinStorageSessionInput};
use kinesisvideo_runtime::Operation;
use kinesisvideo_runtime::validate::{Checks, validate};
use meter::Outcome;
use meter::request::CHANNEL_ARN;

/// Valid inputs of both operations.
pub struct Inputs(JoinStorageSessionInput, JoinStorageSessionAsViewerInput);

impl Default for Inputs {
    fn default() -> Self {
        Self(
            JoinStorageSessionInput::new(CHANNEL_ARN),
            JoinStorageSessionAsViewerInput::new(CHANNEL_ARN, "viewer-1_of.the-front-door"),
        )
    }
}

impl Inputs {
    /// Makes all checks of both inputs, and gives whether they are valid.
    pub fn are_valid(&self) -> bool {
        is_valid(black_box(&self.0)) && is_valid(black_box(&self.1))
    }

    /// Makes sure that the checks look at the inputs: refuses two whose faults only a pattern and a length show.
    ///
    /// # Errors
    /// When a check misses one, or refuses the valid inputs.
    pub fn confirm(&self) -> Outcome<()> {
        let pattern = JoinStorageSessionInput::new("arn:aws:kinesisvideo:us-west-2:12a:channel/demo/17");
        let length = JoinStorageSessionAsViewerInput::new(CHANNEL_ARN, "v".repeat(257));
        match self.are_valid() && !is_valid(&pattern) && !is_valid(&length) {
            true => Ok(()),
            false => Err("validation does not check the inputs".into()),
        }
    }
}

fn is_valid<O: Operation>(input: &O) -> bool {
    validate(input, O::META.input, Checks::ALL).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valid_inputs_pass_and_invalid_ones_are_noticed() {
        assert!(Inputs::default().confirm().is_ok());
        let invalid = Inputs(JoinStorageSessionInput::new("channel"), Inputs::default().1);
        assert!(!invalid.are_valid());
        assert!(invalid.confirm().is_err());
    }
}
