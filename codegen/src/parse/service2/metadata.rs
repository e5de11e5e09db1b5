//! What a model says of the service as a whole.

use serde_json::{Map, Value, json};

use super::{Options, Reader, check, take_common};
use crate::diag::Diagnostic;
use crate::model::{Service, Shape, ShapeId, ShapeKind, Traits, is_identifier};
use crate::parse::fields::{Fields, Flaw};
use crate::parse::{Source, json};
use crate::traits;

/// Keys of the metadata that are for other tools, or about protocols we do not speak.
const MEANINGLESS: [&str; 13] = [
    "awsQueryCompatible",
    "checksumFormat",
    "endpointPrefix",
    "globalEndpoint",
    "internalonly",
    "ripServiceName",
    "serviceAbbreviation",
    "serviceId",
    "signingName",
    "targetPrefix",
    "timestampFormat",
    "uid",
    "xmlNamespace",
];

/// What the service is called.
pub(super) struct Names {
    /// `com.amazonaws.kinesisvideo`.
    pub(super) namespace: String,
    /// `Kinesis Video WebRTC Storage`.
    service_id: String,
    endpoint_prefix: Option<String>,
    /// What requests are signed for.
    signing: String,
}

impl Names {
    pub(super) fn of(file: &str, metadata: &Map<String, Value>, namespace: Option<&str>) -> Result<Self, Diagnostic> {
        let text = |key: &str| metadata.get(key).and_then(Value::as_str).map(str::to_owned);
        let endpoint_prefix = text("endpointPrefix");
        let given = namespace.and_then(|namespace| namespace.rsplit('.').next()).map(str::to_owned);
        let Some(service_id) = text("serviceId").or_else(|| endpoint_prefix.clone()).or(given) else {
            return Err(Diagnostic::path(file, "metadata", "has neither `serviceId` nor `endpointPrefix`")
                .with_help("give the model a namespace"));
        };
        let namespace = match namespace {
            Some(namespace) => namespace.to_owned(),
            None => format!("com.amazonaws.{}", only_letters(&service_id).to_ascii_lowercase()),
        };
        if !namespace.split('.').all(is_identifier) {
            return Err(Diagnostic::path(file, "metadata", format!("`{namespace}` is not a namespace")));
        }
        let signing = text("signingName").or_else(|| endpoint_prefix.clone());
        Ok(Self { namespace, signing: signing.unwrap_or_else(|| service_id.clone()), service_id, endpoint_prefix })
    }
}

fn only_letters(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect()
}

impl Reader<'_> {
    /// Makes the service shape. `document` holds what stands beside `metadata`.
    pub(super) fn service(
        &mut self,
        names: &Names,
        metadata: Map<String, Value>,
        mut document: Fields,
        operations: Vec<ShapeId>,
        options: &Options<'_>,
    ) -> Result<(), Diagnostic> {
        let at = |flaw: Flaw| Diagnostic::path(self.file, "metadata", flaw);
        let mut fields = Fields::of(Value::Object(metadata), "`metadata`").map_err(at)?;
        let mut set = Traits::default();
        let version = fields.text("apiVersion").map_err(at)?.unwrap_or_default();
        if let Some(title) = fields.text("serviceFullName").map_err(at)? {
            set.set(traits::TITLE, Value::String(title));
        }
        protocols(&mut fields, &mut set).map_err(at)?;
        authentication(&mut fields, &names.signing, &mut set).map_err(at)?;
        set.set(traits::AWS_SERVICE, service_trait(names));
        take_common(&mut document, &mut set).map_err(|flaw| Diagnostic::new(self.file, flaw))?;
        if let Some(parameters) = document.take("clientContextParams") {
            set.set(traits::CLIENT_CONTEXT_PARAMS, parameters);
        }
        check(&set).map_err(at)?;
        let beside =
            [(options.endpoint_rule_set, traits::ENDPOINT_RULE_SET), (options.endpoint_tests, traits::ENDPOINT_TESTS)];
        for (source, id) in beside {
            if let Some(source) = source {
                set.set(id, object(source)?);
            }
        }
        self.leave("metadata", "metadata", &fields, &MEANINGLESS);
        self.leave("document", "the document", &document, &["version", "examples", "authorizers"]);
        let id = self.service_name(&names.service_id);
        self.shapes.insert(
            id.clone(),
            Shape { id, kind: ShapeKind::Service(Service { version, operations, ..Service::default() }), traits: set },
        );
        Ok(())
    }

    /// The service shape has no name in these models, and must not take that of another shape.
    fn service_name(&self, service_id: &str) -> ShapeId {
        let mut name = only_letters(service_id);
        if !is_identifier(&name) {
            name.insert(0, '_');
        }
        if self.taken.contains(&name) {
            name.push_str("Service");
        }
        while self.taken.contains(&name) {
            name.push('_');
        }
        ShapeId::new(format!("{}#{name}", self.namespace))
    }
}

fn service_trait(names: &Names) -> Value {
    let mut service = Map::new();
    service.insert("sdkId".to_owned(), Value::String(names.service_id.clone()));
    if let Some(prefix) = &names.endpoint_prefix {
        service.insert("endpointPrefix".to_owned(), Value::String(prefix.clone()));
    }
    Value::Object(service)
}

/// A file that becomes the value of a trait.
fn object(source: Source<'_>) -> Result<Value, Diagnostic> {
    match json::read(source)? {
        value @ Value::Object(_) => Ok(value),
        other => Err(Diagnostic::new(source.file, format!("must be an object, found {}", json::kind(&other)))),
    }
}

fn protocols(fields: &mut Fields, set: &mut Traits) -> Result<(), Flaw> {
    let mut names = fields.texts("protocols")?;
    names.extend(fields.text("protocol")?);
    let version = fields.text("jsonVersion")?;
    let settings = fields.object("protocolSettings")?;
    for name in names {
        let id = match name.as_str() {
            "rest-json" => traits::REST_JSON_1,
            "rest-xml" => "aws.protocols#restXml",
            "json" if version.as_deref() == Some("1.0") => "aws.protocols#awsJson1_0",
            "json" => "aws.protocols#awsJson1_1",
            "query" => "aws.protocols#awsQuery",
            "ec2" => "aws.protocols#ec2Query",
            "smithy-rpc-v2-cbor" => "smithy.protocols#rpcv2Cbor",
            "smithy-rpc-v2-json" => "smithy.protocols#rpcv2Json",
            other => return Err(format!("names the unknown protocol `{other}`")),
        };
        set.set(id, http_versions(&settings));
    }
    Ok(())
}

/// What `protocolSettings` says of HTTP/2, as the trait of a protocol says it.
fn http_versions(settings: &Map<String, Value>) -> Value {
    match settings.get("h2").and_then(Value::as_str) {
        Some("eventstream") => json!({"eventStreamHttp": ["h2"]}),
        Some("optional") => json!({"http": ["http/1.1", "h2"]}),
        Some("required") => json!({"http": ["h2"]}),
        _ => json!({}),
    }
}

fn authentication(fields: &mut Fields, signing_name: &str, set: &mut Traits) -> Result<(), Flaw> {
    let listed = fields.texts("auth")?;
    let version = fields.text("signatureVersion")?;
    let schemes = match version.as_deref() {
        _ if !listed.is_empty() => listed.clone(),
        Some("bearer") => vec![traits::HTTP_BEARER_AUTH.to_owned()],
        Some("v4a") => vec!["aws.auth#sigv4a".to_owned()],
        Some(_) => vec![traits::SIGV4.to_owned()],
        None => Vec::new(),
    };
    for scheme in &schemes {
        let value = match scheme.as_str() {
            "smithy.api#noAuth" => continue,
            traits::SIGV4 | "aws.auth#sigv4a" => json!({"name": signing_name}),
            _ => json!({}),
        };
        set.set(scheme.as_str(), value);
    }
    // With one scheme its trait says it all.
    if listed.len() > 1 {
        set.set(traits::AUTH, json!(listed));
    }
    Ok(())
}
