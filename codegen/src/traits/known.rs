//! What the generator does about each trait that a model may carry.
//!
//! A trait nobody listed here may change what a request must look like, so it is reported rather than dropped in silence.

/// What the generator does about a trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It changes the emitted code.
    Handled,
    /// It says nothing that a client of restJson1 would act on.
    Irrelevant,
    /// It asks for something the generator cannot do; what that means is decided where the trait applies.
    Refused,
    /// It is not known.
    Unknown,
}

/// What the generator does about the trait with this ID.
pub fn standing(id: &str) -> Standing {
    let Some((namespace, name)) = id.split_once('#') else {
        return Standing::Unknown;
    };
    let lists: [(&[&str], Standing); 3] = match namespace {
        "smithy.api" => [
            (SMITHY_HANDLED, Standing::Handled),
            (SMITHY_IRRELEVANT, Standing::Irrelevant),
            (SMITHY_REFUSED, Standing::Refused),
        ],
        "smithy.rules" => [
            (RULES_HANDLED, Standing::Handled),
            // The same rules as a decision diagram, beside the rule set.
            (&["endpointBdd"], Standing::Irrelevant),
            (&[], Standing::Refused),
        ],
        "aws.protocols" => [
            (&["restJson1"], Standing::Handled),
            (PROTOCOLS_IRRELEVANT, Standing::Irrelevant),
            (PROTOCOLS_REFUSED, Standing::Refused),
        ],
        "smithy.protocols" => [
            (&[], Standing::Handled),
            (&["idx"], Standing::Irrelevant),
            (&["rpcv2Cbor", "rpcv2Json"], Standing::Refused),
        ],
        "aws.auth" => [
            (&["sigv4", "unsignedPayload"], Standing::Handled),
            (&[], Standing::Irrelevant),
            (&["sigv4a", "cognitoUserPools"], Standing::Refused),
        ],
        "aws.api" => [
            (&["service"], Standing::Handled),
            (AWS_IRRELEVANT, Standing::Irrelevant),
            (&["clientDiscoveredEndpoint"], Standing::Refused),
        ],
        "smithy.waiters" => [(&["waitable"], Standing::Handled), (&[], Standing::Irrelevant), (&[], Standing::Refused)],
        _ if IRRELEVANT_NAMESPACES.contains(&namespace) => return Standing::Irrelevant,
        _ => return Standing::Unknown,
    };
    lists.into_iter().find(|(names, _)| names.contains(&name)).map_or(Standing::Unknown, |(_, standing)| standing)
}

const SMITHY_HANDLED: &[&str] = &[
    "auth",
    "clientOptional",
    "default",
    "deprecated",
    "documentation",
    "endpoint",
    "error",
    "hostLabel",
    "http",
    "httpBearerAuth",
    "httpChecksumRequired",
    "httpError",
    "httpHeader",
    "httpLabel",
    "httpPayload",
    "httpPrefixHeaders",
    "httpQuery",
    "httpQueryParams",
    "httpResponseCode",
    "idempotencyToken",
    "idempotent",
    "input",
    "jsonName",
    "length",
    "mediaType",
    "optionalAuth",
    "output",
    "paginated",
    "pattern",
    "range",
    "readonly",
    "requestCompression",
    "required",
    "requiresLength",
    "retryable",
    "sensitive",
    "sparse",
    "streaming",
    "timestampFormat",
    "title",
    "unitType",
];

const SMITHY_IRRELEVANT: &[&str] = &[
    // Says that a default came later; the default itself is what matters.
    "addedDefault",
    "authDefinition",
    // Told apart by the version of the model, when it is read.
    "box",
    "cors",
    "examples",
    "externalDocumentation",
    "idRef",
    "internal",
    "mixin",
    "nestedProperties",
    "noReplace",
    "notProperty",
    "private",
    "property",
    "protocolDefinition",
    "recommended",
    "references",
    "resourceIdentifier",
    "since",
    "suppress",
    "tags",
    "trait",
    "traitValidators",
    // For servers: a client that sends an item twice is told so.
    "uniqueItems",
    "unstable",
    // XML only.
    "xmlAttribute",
    "xmlFlattened",
    "xmlName",
    "xmlNamespace",
];

/// Authentication, checksums and event streams: see `transform::refuse`.
const SMITHY_REFUSED: &[&str] = &["eventHeader", "eventPayload", "httpApiKeyAuth", "httpBasicAuth", "httpDigestAuth"];

const RULES_HANDLED: &[&str] = &[
    "clientContextParams",
    "contextParam",
    "endpointRuleSet",
    "endpointTests",
    "operationContextParams",
    "staticContextParams",
];

const PROTOCOLS_IRRELEVANT: &[&str] = &["awsQueryCompatible", "awsQueryError", "ec2QueryName"];

const PROTOCOLS_REFUSED: &[&str] = &["awsJson1_0", "awsJson1_1", "awsQuery", "ec2Query", "httpChecksum", "restXml"];

const AWS_IRRELEVANT: &[&str] = &[
    "arn",
    "arnReference",
    "clientEndpointDiscovery",
    "clientEndpointDiscoveryId",
    "controlPlane",
    "data",
    "dataPlane",
    "tagEnabled",
    "taggable",
];

/// Namespaces whose traits describe a service to other tools than clients.
const IRRELEVANT_NAMESPACES: &[&str] = &[
    "aws.apigateway",
    "aws.cloudformation",
    "aws.iam",
    "smithy.contracts",
    "smithy.mqtt",
    "smithy.openapi",
    "smithy.test",
    // How endpoints were derived before there were rule sets, from which the rule set is made.
    "aws.endpoints",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_trait_is_listed_twice() {
        let mut names: Vec<&str> = [SMITHY_HANDLED, SMITHY_IRRELEVANT, SMITHY_REFUSED].concat();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn traits_stand_as_listed() {
        let cases = [
            ("smithy.api#required", Standing::Handled),
            ("smithy.api#cors", Standing::Irrelevant),
            ("smithy.rules#endpointTests", Standing::Handled),
            ("smithy.test#smokeTests", Standing::Irrelevant),
            ("aws.iam#conditionKeys", Standing::Irrelevant),
            ("aws.auth#sigv4a", Standing::Refused),
            ("aws.protocols#restXml", Standing::Refused),
            ("smithy.api#inventedTomorrow", Standing::Unknown),
            ("example.org#custom", Standing::Unknown),
            ("required", Standing::Unknown),
        ];
        for (id, expected) in cases {
            assert_eq!(standing(id), expected, "{id}");
        }
    }
}
