//! What compiled endpoint rules need at run time: the rules engine's standard library, the partition functions of the
//! AWS library, and the types that rules take and give.
//!
//! The functions follow the [rules engine standard library][standard] and the [AWS library functions][aws] of the
//! Smithy specification. They never panic: what cannot be computed is `None`, which in a rule means "does not match".
//!
//! [standard]: https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html
//! [aws]: https://smithy.io/2.0/aws/rules-engine/library-functions.html

mod arn;
mod built_ins;
mod host;
mod inputs;
mod partition;
mod resolved;
mod text;
mod url;

#[cfg(test)]
mod properties;

pub use arn::{Arn, parse_arn};
pub use built_ins::BuiltIns;
pub use host::{is_valid_host_label, is_virtual_hostable_s3_bucket};
pub use inputs::{flag_of, text_of, texts_of};
pub use partition::{Partition, partition};
pub use resolved::{AuthScheme, EndpointError, PropertyValue, ResolvedEndpoint};
pub use text::{item, split, substring, uri_encode};
pub use url::{Url, parse_url};
