//! All options, and what each does.

use crate::config::{ConfigBuilder, ConfigError};

use super::Options;
use super::credentials;
use super::found::Found;
use super::ignored::IgnoredReason::{self, NoEffect, OtherService, SetInCode};
use super::nested::{api_versions, endpoint, http_options, param_validation, retry_delay_options};

/// The options of the original: those of its reference page in that order, then the others that it or one of its classes reads.
pub(super) const OPTIONS: &Options = &[
    ("params", |builder, found| Ok(builder.params(found.object()?))),
    ("endpoint", endpoint),
    // These three belong together: see `credentials::keys`.
    ("accessKeyId", |builder, found| found.text().map(|_| builder)),
    ("secretAccessKey", |builder, found| found.text().map(|_| builder)),
    ("sessionToken", |builder, found| found.text().map(|_| builder)),
    ("credentials", credentials::object),
    ("credentialProvider", |builder, found| Ok(builder.ignore(found.path, SetInCode("credentials_provider")))),
    ("region", |builder, found| Ok(builder.region(found.text()?))),
    ("maxRetries", |builder, found| {
        let none = found.value.is_null();
        Ok(builder.max_retries(if none { 0 } else { found.count()? }))
    }),
    ("maxRedirects", |builder, found| Ok(builder.max_redirects(found.count()?))),
    ("sslEnabled", |builder, found| Ok(builder.ssl_enabled(found.flag()?))),
    ("paramValidation", param_validation),
    ("computeChecksums", |builder, found| {
        let builder = builder.compute_checksums(found.flag()?);
        Ok(builder.ignore(found.path, NoEffect("no operation of this service has a checksum")))
    }),
    ("convertResponseTypes", |builder, found| Ok(builder.convert_response_types(found.flag()?))),
    ("correctClockSkew", |builder, found| Ok(builder.correct_clock_skew(found.flag()?))),
    ("s3ForcePathStyle", s3),
    ("s3BucketEndpoint", s3),
    ("s3DisableBodySigning", s3),
    ("s3UsEast1RegionalEndpoint", s3),
    ("s3UseArnRegion", s3),
    ("retryDelayOptions", retry_delay_options),
    ("httpOptions", http_options),
    ("apiVersion", |builder, found| Ok(builder.api_version(found.text()?))),
    ("apiVersions", api_versions),
    ("logger", |builder, found| Ok(builder.ignore(found.path, SetInCode("logger")))),
    ("systemClockOffset", |builder, found| Ok(builder.system_clock_offset(found.number()?.round() as i64))),
    ("signatureVersion", |builder, found| Ok(builder.signature_version(found.text()?))),
    ("signatureCache", |builder, found| Ok(builder.signature_cache(found.flag()?))),
    ("dynamoDbCrc32", |builder, found| ignore(builder, &found, OtherService("DynamoDB"))),
    ("useAccelerateEndpoint", s3),
    ("clientSideMonitoring", |mut builder, found| {
        builder.monitoring_enabled = Some(found.flag()?);
        Ok(builder)
    }),
    ("endpointDiscoveryEnabled", |builder, found| {
        let builder = builder.endpoint_discovery_enabled(found.flag()?);
        Ok(builder.ignore(found.path, NoEffect("no operation of this service discovers its endpoint")))
    }),
    ("endpointCacheSize", |builder, found| {
        ignore(builder, &found, NoEffect("no operation of this service discovers its endpoint"))
    }),
    ("hostPrefixEnabled", |builder, found| Ok(builder.host_prefix_enabled(found.flag()?))),
    ("stsRegionalEndpoints", |builder, found| ignore(builder, &found, OtherService("STS"))),
    ("useFipsEndpoint", |builder, found| Ok(builder.use_fips(found.flag()?))),
    ("useDualstackEndpoint", |builder, found| Ok(builder.use_dual_stack(found.flag()?))),
    ("useDualstack", |builder, found| match found.has_sibling("useDualstackEndpoint") {
        true => found.flag().map(|_| builder),
        false => Ok(builder.use_dual_stack(found.flag()?)),
    }),
    ("customUserAgent", |builder, found| Ok(builder.user_agent_suffix(found.text()?))),
    ("token", token),
    ("tokenProvider", token),
    ("convertEmptyValues", |builder, found| ignore(builder, &found, OtherService("DynamoDB"))),
    ("wrapNumbers", |builder, found| ignore(builder, &found, OtherService("DynamoDB"))),
];

fn token(builder: ConfigBuilder, found: Found<'_>) -> Result<ConfigBuilder, ConfigError> {
    ignore(builder, &found, NoEffect("bearer tokens are given in code, with `ConfigBuilder::bearer_token`"))
}

fn s3(builder: ConfigBuilder, found: Found<'_>) -> Result<ConfigBuilder, ConfigError> {
    ignore(builder, &found, OtherService("S3"))
}

/// Accepts any value: the original does not look at it either.
fn ignore(builder: ConfigBuilder, found: &Found<'_>, reason: IgnoredReason) -> Result<ConfigBuilder, ConfigError> {
    Ok(builder.ignore(found.path.clone(), reason))
}
