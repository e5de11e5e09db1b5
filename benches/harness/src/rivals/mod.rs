//! The rivals: each makes the same call of the same service.

mod bare;
mod official;

pub(crate) use bare::Bare;
pub(crate) use official::Official;
