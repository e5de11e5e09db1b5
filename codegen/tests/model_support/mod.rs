//! Support for tests that need models.

pub(crate) mod aws_form;
