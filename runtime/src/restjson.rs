//! How restJson1 services say what went wrong.

use crate::http::Response;
use crate::json;

/// Code and message of an error response.
pub(crate) struct ErrorHead {
    pub(crate) code: String,
    pub(crate) message: Option<String>,
}

/// The code of a response that names none.
const UNKNOWN: &str = "UnknownError";

/// A code whose message says less than the original makes of it.
const TOO_LARGE: &str = "RequestEntityTooLarge";
const TOO_LARGE_MESSAGE: &str = "Request body must be less than 1 MB";

/// Reads code and message: the code from the `x-amzn-errortype` header, else from the body's `code`, `__type` or `Code`; the
/// message from `message`, `Message` or `errorMessage`, else the status itself. A body that is not JSON does not hide a code
/// in the header.
pub(crate) fn error_head(response: &Response) -> ErrorHead {
    let header = ["x-amzn-errortype", "x-amz-errortype"]
        .iter()
        .find_map(|name| response.headers.get(*name)?.to_str().ok())
        .map(bare_code);
    let (body_code, message) = match body(response) {
        Body::Empty => (None, Some(response.status.as_str().to_owned())),
        Body::NotJson => (None, Some(response.reason().to_owned())),
        Body::Json { codes, messages } => (first(codes).map(|code| bare_code(&code)), first(messages)),
    };
    let named = |code: Option<String>| code.filter(|code| !code.is_empty());
    let code = named(header).or(named(body_code)).unwrap_or_else(|| UNKNOWN.to_owned());
    let message = if code == TOO_LARGE { Some(TOO_LARGE_MESSAGE.to_owned()) } else { message };
    ErrorHead { code, message }
}

enum Body {
    Empty,
    NotJson,
    Json { codes: [Option<String>; 3], messages: [Option<String>; 3] },
}

fn body(response: &Response) -> Body {
    if response.body.is_empty() {
        return Body::Empty;
    }
    match json::texts(&response.body, ["code", "__type", "Code", "message", "Message", "errorMessage"]) {
        Ok([a, b, c, x, y, z]) if response.body.trim_ascii() != b"null" => {
            Body::Json { codes: [a, b, c], messages: [x, y, z] }
        }
        _ => Body::NotJson,
    }
}

/// The first of the texts that says something.
fn first(texts: [Option<String>; 3]) -> Option<String> {
    texts.into_iter().flatten().find(|text| !text.is_empty())
}

/// `aws.protocoltests#FooError:http://…` → `FooError`.
fn bare_code(code: &str) -> String {
    let code = code.split(':').next().unwrap_or_default();
    code.rsplit('#').next().unwrap_or_default().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, StatusCode};

    use super::*;

    fn head(header: Option<&'static str>, body: &'static str) -> (String, Option<String>) {
        let mut headers = HeaderMap::new();
        if let Some(value) = header {
            headers.insert("x-amzn-errortype", value.parse().unwrap());
        }
        let head = error_head(&Response::new(StatusCode::BAD_REQUEST, headers, body));
        (head.code, head.message)
    }

    #[test]
    fn the_code_is_bare_wherever_it_stands() {
        for (header, body) in [
            (Some("FooError"), "{}"),
            (Some("FooError:http://internal.amazon.com/coral/com.amazon.coral.validate/"), "{}"),
            (Some("aws.protocoltests.restjson#FooError:http://x/"), "{}"),
            (None, r#"{"code":"FooError"}"#),
            (None, r#"{"__type":"FooError"}"#),
            (None, r#"{"__type":"aws.protocoltests.restjson#FooError:http://x#y"}"#),
            (None, r#"{"Code":"FooError"}"#),
            (Some("FooError"), r#"{"__type":"Other"}"#),
            (Some(""), r#"{"code":7,"__type":"FooError"}"#),
        ] {
            assert_eq!(head(header, body).0, "FooError", "{header:?} {body}");
        }
    }

    #[test]
    fn a_response_without_a_code_is_unknown() {
        for body in ["", "{}", "null", "[]", "\"x\"", "<html>", "{\"code\":"] {
            assert_eq!(head(None, body).0, "UnknownError", "{body}");
        }
        assert_eq!(head(Some("FooError"), "<html>").0, "FooError");
    }

    #[test]
    fn the_message_falls_back_to_the_status() {
        assert_eq!(head(None, r#"{"message":"m"}"#).1.as_deref(), Some("m"));
        assert_eq!(head(None, r#"{"Message":"M"}"#).1.as_deref(), Some("M"));
        assert_eq!(head(None, r#"{"errorMessage":"e"}"#).1.as_deref(), Some("e"));
        assert_eq!(head(None, "{}").1, None);
        assert_eq!(head(None, r#"{"message":"","Message":"M"}"#).1.as_deref(), Some("M"));
        assert_eq!(head(None, r#"{"message":""}"#).1, None);
        let too_large = head(None, r#"{"__type":"RequestEntityTooLarge"}"#);
        assert_eq!(too_large.1.as_deref(), Some("Request body must be less than 1 MB"));
        assert_eq!(head(None, "").1.as_deref(), Some("400"));
        assert_eq!(head(None, "<html>").1.as_deref(), Some("Bad Request"));
    }
}
