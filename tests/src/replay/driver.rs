//! Does what a case says, and notes what comes of it.

use std::time::Duration;

use kinesisvideo::webrtc_storage::{API_VERSIONS, Client, Error, SERVICE};
use kinesisvideo::{ConfigError, Document};
use serde_json::{Map, Value, json};

use super::format::{Agent, Case, Invoke};
use super::monitor::Monitor;
use super::observer::Observer;
use super::{Failure, configure, http_client, render, script};
use crate::scripted::{Router, Server};

/// The ports that servers of cases listen on: hosts are signed, so they are fixed.
const PORTS: [u16; 2] = [18_555, 18_556];

/// How long after its start a call is given up that is to be.
const ABORT_AFTER: Duration = Duration::from_millis(60);

/// How long a case may take that does not say: more than any that ends.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// Replays a case, and gives its line.
pub(super) async fn replay(case: &Case) -> Result<Map<String, Value>, Failure> {
    let server = Server::start_on(PORTS, case.server.iter().map(script::answer).collect::<Vec<_>>())?;
    let monitor = case.csm.map(Monitor::start).transpose()?;
    let observer = Observer::default();
    let mut line = Map::new();
    let performed = perform(case, &server, &observer, &mut line);
    match tokio::time::timeout(case.patience().unwrap_or(PATIENCE), performed).await {
        Ok(performed) => performed?,
        Err(_) => _ = line.insert("hang".to_owned(), true.into()),
    }
    finish(case, &observer, &mut line);
    let requests = render::requests(&server.received(), &case.group);
    line.insert("requests".to_owned(), requests.into());
    if let Some(monitor) = monitor {
        line.insert("csm".to_owned(), monitor.events()?.into());
    }
    Ok(line)
}

/// Adds what the observer has seen.
fn finish(case: &Case, observer: &Observer, line: &mut Map<String, Value>) {
    let seen = observer.seen();
    let mut add = |name: &str, value: Value| line.insert(name.to_owned(), value);
    add("attempts", seen.attempts.clone().into());
    // A call that never began was not sent again either.
    let nothing = (case.invoke.calls()).then_some((0, 0));
    if let Some((retries, redirects)) = seen.counts.or(nothing) {
        add("retryCount", retries.into());
        add("redirectCount", redirects.into());
    }
    if let Some(id) = &seen.request_id {
        add("responseRequestId", id.as_str().into());
    }
    if case.logger.is_some() {
        add("log", seen.log.clone().into());
    }
    if case.custom_backoff.is_some() {
        add("backoffCalls", seen.backoff_calls.clone().into());
    }
}

async fn perform(
    case: &Case,
    server: &Server,
    observer: &Observer,
    line: &mut Map<String, Value>,
) -> Result<(), Failure> {
    if case.invoke == Invoke::Matrix {
        line.insert("matrix".to_owned(), matrix(case, observer).into());
        return Ok(());
    }
    let router = if case.route { Some(Router::start(server)?) } else { None };
    let http = match (case.agent, &router) {
        (None, None) => None,
        (None, Some(router)) => Some(http_client::routed(&case.config, router)?),
        (Some(Agent::NeverConnects), _) => Some(http_client::never_connecting(&case.config)?),
    };
    let client = match configure::client(case, observer, http) {
        Ok(client) => client,
        Err(error) => {
            note(Err(render::config_error(&error)), line);
            if !case.invoke.calls() {
                // Making a client was all there was to do.
                line.insert("thrown".to_owned(), "constructor".into());
                line.remove("data");
            }
            return Ok(());
        }
    };
    match case.invoke {
        Invoke::Endpoint => show_endpoint(case, &client, line),
        Invoke::Info => show_versions(&client, line),
        _ => {
            for _ in 0..case.repeat {
                call(case, &client, observer, line).await;
            }
        }
    }
    Ok(())
}

async fn call(case: &Case, client: &Client, observer: &Observer, line: &mut Map<String, Value>) {
    let (operation, params) = (case.operation.as_str(), case.params());
    let result = match case.invoke {
        Invoke::WaitFor => {
            match client.wait_for(operation, params).await {
                Ok(output) => note(Ok(output), line),
                Err(error) => {
                    let shown = render::head(error.code(), error.message().as_deref());
                    line.insert("error".to_owned(), shown.into());
                }
            }
            return;
        }
        Invoke::Unauthenticated => client.unsigned().call(operation, params).await,
        Invoke::Abort => {
            // Dropping the call ends it; there is nobody left to get an error.
            let call = tokio::time::timeout(ABORT_AFTER, client.call(operation, params));
            let Ok(result) = call.await else {
                line.insert("aborted".to_owned(), true.into());
                return;
            };
            result
        }
        _ => client.call(operation, params).await,
    };
    if let Err(error) = &result
        && error.attempts() > 0
    {
        observer.seen().attempts.push(last_attempt(error));
    }
    note(result.map_err(|error| render::error(&error, client)), line);
}

fn note(result: Result<Document, Value>, line: &mut Map<String, Value>) {
    let (data, error) = match result {
        Ok(data) => (data, Value::Null),
        Err(error) => (Value::Null, error),
    };
    line.insert("error".to_owned(), error);
    line.insert("data".to_owned(), data);
}

/// The attempt that a call ended with.
fn last_attempt(error: &Error) -> Value {
    let mut attempt = Map::new();
    attempt.insert("code".to_owned(), error.code().into());
    if let Some(status) = error.status() {
        attempt.insert("statusCode".to_owned(), status.as_u16().into());
    }
    attempt.insert("retryable".to_owned(), error.is_retryable().into());
    if render::is_redirect(error) {
        attempt.insert("redirect".to_owned(), true.into());
    }
    attempt.into()
}

fn show_endpoint(case: &Case, client: &Client, line: &mut Map<String, Value>) {
    let config = client.config();
    line.insert("endpoint".to_owned(), render::endpoint(client.endpoint()));
    let mut signature_version = case.config.get("signatureVersion").cloned().unwrap_or_default();
    if !case.config.contains_key("endpoint") {
        // The rules say how to sign, and have no endpoint for all regions.
        line.insert("isGlobalEndpoint".to_owned(), false.into());
        signature_version = "v4".into();
    }
    let shown = json!({
        "region": config.region().as_str(),
        "useFipsEndpoint": config.use_fips(),
        "useDualstackEndpoint": config.use_dual_stack(),
        "signatureVersion": signature_version,
        "sslEnabled": config.ssl_enabled(),
    });
    line.insert("config".to_owned(), shown);
}

fn show_versions(client: &Client, line: &mut Map<String, Value>) {
    if let Ok(version) = client.config().resolve_api_version(&SERVICE, API_VERSIONS) {
        line.insert("apiVersion".to_owned(), version.as_str().into());
    }
    line.insert("apiVersions".to_owned(), json!(API_VERSIONS));
    line.insert("serviceIdentifier".to_owned(), SERVICE.identifier.into());
}

/// Each row with the endpoint and the region that a client of it has, or with the error there is instead.
fn matrix(case: &Case, observer: &Observer) -> Vec<Value> {
    let of_row = |region: &str, fips: bool, dual_stack: bool| -> Result<Client, ConfigError> {
        let mut options = case.config.clone();
        options.insert("region".to_owned(), region.into());
        options.insert("useFipsEndpoint".to_owned(), fips.into());
        options.insert("useDualstackEndpoint".to_owned(), dual_stack.into());
        Client::new(configure::builder(case, observer, &options)?.build()?)
    };
    let row = |(region, fips, dual_stack): &(String, bool, bool)| match of_row(region, *fips, *dual_stack) {
        Ok(client) => {
            json!([region, fips, dual_stack, client.endpoint().as_str(), client.config().region().as_str()])
        }
        Err(error) => json!([region, fips, dual_stack, {"error": render::config_error(&error)}, null]),
    };
    case.matrix.iter().map(row).collect()
}
