//! The service as its clients meet it: on sockets.

// `cfg(test)` so that lints treat their helpers as the test code they are.
#[cfg(test)]
#[cfg(feature = "cli")]
mod binary;
#[cfg(test)]
mod clock;
#[cfg(test)]
mod common;
#[cfg(test)]
mod control;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod join;
#[cfg(test)]
mod robustness;
#[cfg(test)]
mod signature;
#[cfg(test)]
mod signed_join;
#[cfg(test)]
mod start;
