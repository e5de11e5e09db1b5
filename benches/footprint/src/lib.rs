//! Our own crates, ready to be measured: the client, the signer, the checks of both inputs.

mod call;
mod signing;
mod validation;

pub use call::OurClient;
pub use signing::OurSigner;
pub use validation::Inputs;
