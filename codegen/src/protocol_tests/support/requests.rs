//! What a request must be.

use serde_json::Value;

use crate::server::Received;

/// The token that stands for every generated one.
pub(crate) const TOKEN: &str = "00000000-0000-4000-8000-000000000000";

/// What a request must be; what is not set is not looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expected {
    /// The method.
    pub(crate) method: &'static str,
    /// The path.
    pub(crate) path: &'static str,
    /// Parameters as they are written, all that there are of their names.
    pub(crate) query: &'static [&'static str],
    /// Names of parameters that must not be there.
    pub(crate) forbidden_query: &'static [&'static str],
    /// Names of parameters that must be there.
    pub(crate) required_query: &'static [&'static str],
    /// Headers and their values.
    pub(crate) headers: &'static [(&'static str, &'static str)],
    /// Headers that must not be there.
    pub(crate) forbidden_headers: &'static [&'static str],
    /// Headers that must be there.
    pub(crate) required_headers: &'static [&'static str],
    /// The host it is sent to.
    pub(crate) host: Option<&'static str>,
    /// The body, as JSON.
    pub(crate) json: Option<&'static str>,
    /// The body, as it is.
    pub(crate) text: Option<&'static str>,
}

impl Expected {
    pub(crate) const fn new(method: &'static str, path: &'static str) -> Self {
        Self {
            method,
            path,
            query: &[],
            forbidden_query: &[],
            required_query: &[],
            headers: &[],
            forbidden_headers: &[],
            required_headers: &[],
            host: None,
            json: None,
            text: None,
        }
    }

    /// Fails the test when the request is another one.
    pub(crate) fn check(&self, request: &Received) {
        let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
        assert_eq!((request.method.as_str(), path), (self.method, self.path), "method and path of {request:?}");
        self.check_query(query);
        for (name, value) in self.headers {
            assert_eq!(request.header(name).as_deref(), Some(*value), "the header {name} of {request:?}");
        }
        for name in self.forbidden_headers {
            assert_eq!(request.header(name), None, "the header {name} must not be there");
        }
        for name in self.required_headers {
            assert!(request.header(name).is_some(), "the header {name} must be there: {request:?}");
        }
        if let Some(host) = self.host {
            assert_eq!(request.header("host").as_deref(), Some(host), "the host of {request:?}");
        }
        let body = String::from_utf8_lossy(&request.body);
        if let Some(expected) = self.text {
            assert_eq!(body, expected, "the body of {request:?}");
        }
        if let Some(expected) = self.json {
            let expected: Value = serde_json::from_str(expected).unwrap();
            match serde_json::from_str::<Value>(&body) {
                Ok(found) => assert!(same(&found, &expected), "the body is {found}, and must be {expected}"),
                Err(error) => panic!("the body is not JSON, but {body:?}: {error}"),
            }
        }
    }

    fn check_query(&self, query: &str) {
        let pairs: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty()).collect();
        for expected in self.query {
            let of_that_name = |pair: &&&str| name(pair) == name(expected);
            let found: Vec<&&str> = pairs.iter().filter(of_that_name).collect();
            let expected: Vec<&&str> = self.query.iter().filter(of_that_name).collect();
            assert_eq!(found, expected, "parameters of one name in {query}");
        }
        for forbidden in self.forbidden_query {
            assert!(!pairs.iter().any(|pair| name(pair) == *forbidden), "{forbidden} must not be in {query}");
        }
        for required in self.required_query {
            assert!(pairs.iter().any(|pair| name(pair) == *required), "{required} must be in {query}");
        }
    }
}

fn name<'a>(pair: &&'a str) -> &'a str {
    pair.split('=').next().unwrap_or_default()
}

/// Whether two JSON values are the same; JSON does not tell `1` from `1.0`.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        (a, b) => a == b,
    }
}
