//! The client under every generated client: one loop that signs, sends and retries, generic only at its edges.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::config::{Config, ConfigError};
use crate::encode_error::EncodeError;
use crate::endpoint::{BuiltIns, EndpointError, ResolvedEndpoint};
use crate::error::{Error, Resent, ResponseDetails, ResponseError, ServiceFailure};
use crate::exchange::{Exchange, Typed};
use crate::http::{Request, Response};
use crate::input::{self, Call, Read};
use crate::json;
use crate::operation::{Operation, OperationMeta, Service, ServiceError};
use crate::shared::{Failure, Shared};
use crate::target::{Origin, Target};
use crate::transport::Answer;
use crate::url::Endpoint;

/// A service's endpoint rules, compiled.
pub type ResolveEndpoint = fn(&BuiltIns<'_>) -> Result<ResolvedEndpoint, EndpointError>;

/// A client of one service at one endpoint.
///
/// A clone shares connections, credentials and the signing key with its original; so does a client that was derived for another
/// endpoint or for requests without a signature.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
    target: Arc<Target>,
    signed: bool,
}

impl Client {
    /// Makes a client: resolves the endpoint and sets up the connection pool. Nothing is sent, no credential is asked for.
    ///
    /// # Errors
    /// [`ConfigError`] when the endpoint rules refuse the configuration, or the HTTP client cannot be made.
    pub fn new(service: &'static Service, config: Config, resolve: ResolveEndpoint) -> Result<Self, ConfigError> {
        let client = Self::for_operations(service, config, resolve)?;
        match &client.target.refusal {
            Some(error) => Err(ConfigError::Endpoint(error.clone())),
            None => Ok(client),
        }
    }

    /// Makes a client of a service whose operations may give the endpoint rules parameters of their own: that the rules
    /// have no answer without an operation is then the error of those calls alone that need one.
    ///
    /// # Errors
    /// [`ConfigError`] when the configuration cannot be used, or the HTTP client cannot be made.
    pub fn for_operations(
        service: &'static Service,
        config: Config,
        resolve: ResolveEndpoint,
    ) -> Result<Self, ConfigError> {
        config.resolve_api_version(service, std::slice::from_ref(&service.api_version))?;
        let custom = config.custom_endpoint(service)?;
        // The rules see a custom endpoint too: they refuse what cannot go with one.
        let target = match (resolve(&config.built_ins(custom.as_ref())), custom) {
            (Ok(_), Some(custom)) => Target::custom(custom, Origin::Configured),
            (Ok(resolved), None) => Target::resolved(resolved, config.scheme())?,
            (Err(error), custom) => Target::refused(error, custom)?,
        };
        Ok(Self { shared: Arc::new(Shared::new(service, config)?), target: Arc::new(target), signed: true })
    }

    /// A client for another endpoint of the same service, sharing everything else.
    ///
    /// FIPS and dual-stack choose among a region's endpoints, so they play no part in an endpoint given here.
    ///
    /// # Errors
    /// [`ConfigError::InvalidEndpoint`] when the text is not a base URL.
    pub fn with_endpoint<E>(&self, endpoint: E) -> Result<Self, ConfigError>
    where
        E: TryInto<Endpoint>,
        ConfigError: From<E::Error>,
    {
        Ok(Self { target: Arc::new(Target::custom(endpoint.try_into()?, Origin::Given)), ..self.clone() })
    }

    /// A client that signs nothing, sharing everything else: no credential or token is asked for, and requests carry no `Authorization`,
    /// no `X-Amz-Date` and no session token. The hash of the body stays in `X-Amz-Content-Sha256`.
    #[must_use]
    pub fn unsigned(&self) -> Self {
        Self { signed: false, ..self.clone() }
    }

    /// Where requests are sent, those apart whose operations give the endpoint rules parameters of their own.
    pub fn endpoint(&self) -> &Endpoint {
        &self.target.endpoint
    }

    /// The same for a client made by [`for_operations`](Self::for_operations): `None` when the rules have no answer unless an
    /// operation gives them parameters.
    pub fn common_endpoint(&self) -> Option<&Endpoint> {
        self.target.refusal.is_none().then_some(&self.target.endpoint)
    }

    /// The configuration the client was made with.
    pub fn config(&self) -> &Config {
        &self.shared.config
    }

    /// Validates, signs and sends an operation, retrying as configured.
    ///
    /// Dropping the future ends the call, wherever it is; a request that has been sent may still be carried out by the service.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn send<O: Operation>(&self, operation: O) -> Result<Reply<O::Output>, Error<O::Error>> {
        let mut exchange = self.exchange::<O>();
        let prepared = self.prepare(operation, input::typed, &mut exchange);
        carry_out::<O>(&mut exchange, prepared).await
    }

    /// Sends an operation whose input is JSON, and gives its output as JSON.
    ///
    /// Members are named as in the model; JSON's own types stand for the model's (timestamps are seconds since the epoch or
    /// RFC 3339 text, blobs are base64).
    ///
    /// # Errors
    /// See [`Error`]. Unknown members, wrong types and missing members are reported together.
    pub async fn call<O>(&self, params: Value) -> Result<Value, Error<O::Error>>
    where
        O: Operation,
        O::Output: Serialize,
    {
        let mut exchange = self.exchange::<O>();
        let prepared = self.prepare(params, input::from_params::<O>, &mut exchange);
        let Reply { output, response, retries, redirects, .. } = carry_out::<O>(&mut exchange, prepared).await?;
        if self.config().convert_response_types() || O::META.streaming_output {
            return serde_json::to_value(output).map_err(|error| EncodeError::from_json(error).into());
        }
        if response.body.is_empty() {
            return Ok(Value::Object(Map::new()));
        }
        // JSON that the output could be read from may still hold numbers that no `Value` can.
        json::read(&response.body).map_err(|source| {
            let resent = Resent { retries, redirects };
            Error::Response(ResponseError { source, details: Box::new(ResponseDetails { response, resent }) })
        })
    }

    /// The operation that parameters in JSON stand for.
    pub(crate) fn read_params<O: Operation>(&self, params: Value) -> Result<O, Error<O::Error>> {
        input::from_params(params, &mut self.input_of(O::META))
    }

    fn input_of(&self, operation: &'static OperationMeta) -> Call<'_> {
        Call { config: self.config(), operation, shown: None }
    }

    /// Starts a call.
    fn exchange<O: Operation>(&self) -> Exchange<'_> {
        let typed = Typed { retryable: O::Error::retryable, flaw: |response| O::from_response(response).err() };
        Exchange::begin(&self.shared, &self.target, self.signed, O::META, typed)
    }

    /// Makes the request of the operation that `read` makes of an input.
    fn prepare<I, O: Operation>(&self, input: I, read: Read<I, O>, exchange: &mut Exchange<'_>) -> Prepared<O::Error> {
        let mut call = self.input_of(O::META);
        let request = exchange.in_span(|exchange| write(exchange, read(input, &mut call)?));
        Prepared { request, shown: call.shown }
    }
}

/// A request that can be sent, or why there is none.
struct Prepared<E> {
    request: Result<Request, Error<E>>,
    /// What the logger shows of the input.
    shown: Option<String>,
}

/// The part of a call behind its request.
async fn carry_out<O: Operation>(
    exchange: &mut Exchange<'_>,
    prepared: Prepared<O::Error>,
) -> Result<Reply<O::Output>, Error<O::Error>> {
    let Prepared { request, shown } = prepared;
    let result = match request {
        Ok(request) => match exchange.run(request).await {
            Ok(answer) => exchange.in_span(|exchange| read_output::<O>(answer, exchange.resent())),
            Err(failure) => Err(refused(failure)),
        },
        Err(error) => Err(error),
    };
    exchange.in_span(|exchange| {
        exchange.complete(shown.as_deref(), || match &result {
            Ok(reply) => (None, reply.request_id()),
            Err(error) => (Some(error.code()), error.request_id()),
        });
    });
    result
}

/// The request for a checked input.
fn write<O: Operation>(exchange: &mut Exchange<'_>, mut operation: O) -> Result<Request, Error<O::Error>> {
    operation.fill_idempotency_tokens(&mut crate::random::uuid);
    let mut request = operation.to_request()?;
    if O::META.compress {
        crate::compress::compress(&mut request);
    }
    exchange.route(|built_ins| operation.resolve_endpoint(built_ins))?;
    Ok(request)
}

fn read_output<O: Operation>(answer: Answer, resent: Resent) -> Result<Reply<O::Output>, Error<O::Error>> {
    let Answer { response, stream } = answer;
    let output = match stream {
        None => O::from_response(&response),
        Some(body) => O::from_streaming_response(&response, body),
    };
    match output {
        Ok(output) => {
            let Resent { retries, redirects } = resent;
            Ok(Reply { output, response, attempts: resent.attempts(), retries, redirects })
        }
        Err(source) => {
            Err(Error::Response(ResponseError { source, details: Box::new(ResponseDetails { response, resent }) }))
        }
    }
}

fn refused<E: ServiceError>(failure: Failure) -> Error<E> {
    match failure {
        Failure::Encode(error) => Error::Encode(error),
        Failure::Signing(error) => Error::Signing(error),
        Failure::Credentials(error) => Error::Credentials(error),
        Failure::Transport(error) => Error::Transport(error),
        Failure::Service(details) => {
            Error::Service(ServiceFailure { error: E::from_response(&details.code, &details.response), details })
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("service", &self.shared.service.sdk_id)
            .field("endpoint", &self.target.endpoint)
            .field("config", &self.shared.config)
            .finish()
    }
}

/// What a successful call gave, and how.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Reply<T> {
    /// The operation's output.
    pub output: T,
    /// The response it was read from.
    pub response: Response,
    /// How many requests were sent, the first included. More than one means that the service may have seen, and for an
    /// operation that is not idempotent carried out, the call more than once.
    pub attempts: u32,
    /// How many of them were retries after a failure.
    pub retries: u32,
    /// How many of them followed a redirect.
    pub redirects: u32,
}

impl<T> Reply<T> {
    /// The request ID the service gave: what AWS support asks for.
    pub fn request_id(&self) -> Option<&str> {
        self.response.request_id()
    }
}
