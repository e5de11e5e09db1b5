//! The format of cases: what to configure, what to call, and what the server answers.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use kinesisvideo::Timestamp;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};
use serde_json::{Map, Value};

/// A file of cases.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// What every case has unless it has a key of its own by that name.
    #[serde(default)]
    pub defaults: Map<String, Value>,
    /// The cases, still to be read: one that cannot be must not keep the others from being replayed.
    pub cases: Vec<Map<String, Value>>,
}

impl File {
    /// Reads a file.
    ///
    /// # Errors
    /// When the text is no JSON, or has other keys than `defaults` and `cases`.
    pub fn read(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// The case with what it leaves out.
    pub fn complete(&self, case: &Map<String, Value>) -> Value {
        let mut whole = self.defaults.clone();
        whole.extend(case.clone());
        Value::Object(whole)
    }
}

/// One case. Keys are those of the format; one that is not here is an error.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Case {
    /// The name, for the output alone.
    pub id: String,
    /// The kind of case, which says what is shown of requests.
    #[serde(default)]
    pub group: String,
    /// What the case is about, for people.
    #[serde(default)]
    #[allow(dead_code, reason = "read by people")]
    title: String,
    /// The time that all clocks show.
    #[serde(deserialize_with = "date")]
    pub clock: SystemTime,
    /// The number that randomness gives.
    pub random: f64,
    /// What to do.
    pub invoke: Invoke,
    /// The operation to call, or the state to wait for.
    #[serde(default)]
    pub operation: String,
    /// The parameters; `"$undefined"` for none.
    #[serde(default)]
    pub params: Value,
    /// The client's options.
    #[serde(default)]
    pub config: Map<String, Value>,
    /// Options of all clients, which the client's own override.
    pub global: Option<Map<String, Value>>,
    /// The environment besides the few variables that every case has.
    #[serde(default)]
    pub env: BTreeMap<String, String>,
    /// Answer `n` is for request `n`, the last one for all that follow.
    #[serde(default)]
    pub server: Vec<Step>,
    /// How often to do it, one after the other.
    #[serde(default = "once")]
    pub repeat: u32,
    /// Whether requests to other hosts than 127.0.0.1 are brought to the server.
    #[serde(default)]
    pub route: bool,
    /// The endpoint to take after the client was made.
    pub set_endpoint: Option<String>,
    /// The waits of a custom back-off, in milliseconds; the last one repeats. What is no number means no wait.
    pub custom_backoff: Option<Vec<Value>>,
    /// What a provider of credentials gives each time it is asked; the last one repeats.
    pub credential_sequence: Option<Vec<Keys>>,
    /// What the providers of a chain give.
    pub provider_chain: Option<Vec<Link>>,
    /// Which method of a logger takes the lines.
    pub logger: Option<Logger>,
    /// Whether monitoring data is collected, and at which port.
    #[serde(default, deserialize_with = "csm")]
    pub csm: Option<u16>,
    /// Region, FIPS and dual-stack of clients whose endpoints are to be shown.
    #[serde(default)]
    pub matrix: Vec<(String, bool, bool)>,
    /// A special HTTP agent.
    pub agent: Option<Agent>,
    /// A special model.
    #[allow(dead_code, reason = "the generated client has the constraints of the full model in every case")]
    model: Option<Model>,
    /// After how many milliseconds to give up waiting.
    pub hang_after: Option<u64>,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Invoke {
    /// Call the operation's method with a callback.
    Callback,
    /// Call the operation's method and await the promise.
    Promise,
    /// Call the operation's method and send the request.
    Send,
    /// Call the operation by its name.
    MakeRequest,
    /// Call the operation by its name without a signature.
    Unauthenticated,
    /// Wait for a state.
    WaitFor,
    /// Call the operation and give up soon after.
    Abort,
    /// Show the client's endpoint and configuration.
    Endpoint,
    /// Show the endpoints of many clients.
    Matrix,
    /// Show the versions of the API.
    Info,
}

impl Invoke {
    /// Whether it calls an operation.
    pub fn calls(self) -> bool {
        !matches!(self, Self::WaitFor | Self::Endpoint | Self::Matrix | Self::Info)
    }
}

/// What the server does with a request.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Step {
    /// What it does.
    pub action: Action,
    /// The status of the answer.
    pub status: u16,
    /// The reason phrase.
    pub reason: Option<String>,
    /// Headers; a list gives several of the same name.
    pub headers: Map<String, Value>,
    /// The body.
    pub body: Option<String>,
    /// Milliseconds before the answer.
    pub delay: u64,
    /// Milliseconds after each byte.
    pub every: u64,
}

/// What the server does with a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Action {
    /// Answers.
    #[default]
    Reply,
    /// Closes the connection.
    Close,
    /// Resets the connection.
    Rst,
    /// Does nothing.
    Hang,
    /// Closes the connection before the body is complete.
    Partial,
    /// Sends the body byte by byte.
    Drip,
}

/// What is to be taken for an access key.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Keys {
    /// The ID.
    pub access_key_id: String,
    /// The secret.
    pub secret_access_key: String,
    /// The session token.
    pub session_token: Option<String>,
    /// When they expire, in milliseconds since 1970; never, when it is no number.
    pub expire_time: Value,
}

/// A provider of a chain.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Link {
    /// It fails with this message.
    Fails {
        /// The message.
        fail: String,
    },
    /// It gives these.
    Gives(Keys),
}

/// Which method of a logger takes the lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Logger {
    /// `log`, which takes lines.
    Log,
    /// `write`, which takes text.
    Write,
}

/// A special HTTP agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Agent {
    /// Its connections are never established.
    NeverConnects,
}

/// A special model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Model {
    /// With all constraints.
    Normal,
}

fn once() -> u32 {
    1
}

fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SystemTime, D::Error> {
    let text = String::deserialize(deserializer)?;
    let time = Timestamp::parse(&text, kinesisvideo::runtime::timestamp::Format::DateTime).map_err(D::Error::custom)?;
    SystemTime::try_from(time).map_err(D::Error::custom)
}

/// The usual port of the agent that collects monitoring data.
const CSM_PORT: u16 = 31_000;

fn csm<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u16>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "expected true, false or a port")]
    enum Csm {
        Flag(bool),
        Port(u16),
    }
    Ok(match Csm::deserialize(deserializer)? {
        Csm::Flag(false) => None,
        Csm::Flag(true) => Some(CSM_PORT),
        Csm::Port(port) => Some(port),
    })
}

impl Case {
    /// The parameters as JSON; `null` for none.
    pub fn params(&self) -> Value {
        match &self.params {
            Value::String(text) if text == "$undefined" => Value::Null,
            params => params.clone(),
        }
    }

    /// When to give up waiting, if ever.
    pub fn patience(&self) -> Option<Duration> {
        self.hang_after.map(Duration::from_millis)
    }
}
