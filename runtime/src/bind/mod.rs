//! Members of inputs and outputs outside of JSON: in the path, the query, headers, and bodies that are not JSON.
//!
//! Generated operations use it; a program that uses them has no need of it.

mod percent;
mod reader;
mod text;
mod writer;

pub use crate::timestamp::Format;
pub use reader::{
    absent, error, error_message, header, header_base64, header_list, header_timestamp, header_timestamp_list, json,
    payload_bytes, payload_json, payload_text, prefix_headers, status,
};
pub use text::{Base64, FromText, Text, TimestampText, base64, date_time, epoch_seconds, http_date};
pub use writer::RequestWriter;
