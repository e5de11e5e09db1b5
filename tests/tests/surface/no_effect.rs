//! 13, 16 to 20, 22e, 22f, 29, 30, 32 to 35: options that are accepted and change no byte of what is sent.

use kinesisvideo::Config;
use kinesisvideo_tests::config;
use serde_json::{Value, json};

use super::{Received, sent};

/// What a join sends with an option, but for the port; the reasons that are given for its having no effect.
async fn with(options: Value) -> (Received, Vec<String>) {
    let builder = config().json(&options).unwrap();
    let reasons = builder.clone().build().unwrap().ignored_options().iter().map(ToString::to_string).collect();
    (comparable(sent(builder).await), reasons)
}

/// The server's port is part of host and signature.
fn comparable(mut request: Received) -> Received {
    request.port = 0;
    for (name, value) in &mut request.headers {
        match &**name {
            "host" => value.clear(),
            "authorization" => value.truncate(value.rfind('=').unwrap()),
            _ => {}
        }
    }
    request
}

async fn has_no_effect(options: Value, reason: &str) {
    let (request, reasons) = with(options.clone()).await;
    assert_eq!(request, comparable(sent(config()).await), "{options}");
    assert_eq!(reasons, [format!("option `{reason}")], "{options}");
}

#[tokio::test]
async fn option_13_compute_checksums_has_no_effect() {
    for value in [true, false] {
        has_no_effect(
            json!({ "computeChecksums": value }),
            "computeChecksums` has no effect: no operation of this service has a checksum",
        )
        .await;
    }
}

macro_rules! of_other_services {
    ($($test:ident: $option:literal = $value:expr, $service:literal;)*) => {$(
        #[tokio::test]
        async fn $test() {
            let reason = format!("{}` has no effect: it is an option of {}", $option, $service);
            has_no_effect(json!({ $option: $value }), &reason).await;
        }
    )*};
}

of_other_services! {
    option_16_s3_force_path_style_has_no_effect: "s3ForcePathStyle" = true, "S3";
    option_17_s3_bucket_endpoint_has_no_effect: "s3BucketEndpoint" = true, "S3";
    option_18_s3_disable_body_signing_has_no_effect: "s3DisableBodySigning" = true, "S3";
    option_19_s3_us_east_1_regional_endpoint_has_no_effect: "s3UsEast1RegionalEndpoint" = "anything", "S3";
    option_20_s3_use_arn_region_has_no_effect: "s3UseArnRegion" = true, "S3";
    option_29_dynamo_db_crc32_has_no_effect: "dynamoDbCrc32" = false, "DynamoDB";
    option_30_use_accelerate_endpoint_has_no_effect: "useAccelerateEndpoint" = true, "S3";
    option_35_sts_regional_endpoints_has_no_effect: "stsRegionalEndpoints" = "regional", "STS";
}

#[tokio::test]
async fn option_22e_http_options_xhr_async_and_option_22f_xhr_with_credentials_have_no_effect() {
    for option in ["xhrAsync", "xhrWithCredentials"] {
        let reason = format!("httpOptions.{option}` has no effect: it is an option of browsers");
        has_no_effect(json!({"httpOptions": {option: true}}), &reason).await;
    }
}

#[tokio::test]
async fn option_32_endpoint_discovery_enabled_is_noted_in_the_user_agent_and_excludes_an_endpoint() {
    let option = json!({"endpointDiscoveryEnabled": true});
    let error = config().json(&option).unwrap().endpoint("https://h").build().unwrap_err();
    assert_eq!(error.code(), "ConfigurationException");
    assert_eq!(error.to_string(), "Custom endpoint is supplied; endpointDiscoveryEnabled must not be true.");

    let server = super::accepting();
    let discovering = config().json(&option).unwrap().build().unwrap();
    let client = kinesisvideo::webrtc_storage::Client::new(discovering).unwrap().with_endpoint(server.url()).unwrap();
    super::join(&client).await.unwrap();
    assert!(super::only(&server).header("user-agent").unwrap().ends_with(" endpoint-discovery"));

    has_no_effect(
        json!({"endpointDiscoveryEnabled": false}),
        "endpointDiscoveryEnabled` has no effect: no operation of this service discovers its endpoint",
    )
    .await;
}

#[tokio::test]
async fn option_33_endpoint_cache_size_has_no_effect() {
    let reason = "endpointCacheSize` has no effect: no operation of this service discovers its endpoint";
    has_no_effect(json!({"endpointCacheSize": 1}), reason).await;
}

/// No operation of this service has a host prefix; one of a golden case has.
#[tokio::test]
async fn option_34_host_prefix_enabled_puts_a_prefix_before_the_host() {
    use kinesisvideo_golden::requests::{Client, GetThingInput};

    let (request, reasons) = with(json!({"hostPrefixEnabled": false})).await;
    assert_eq!((request, reasons.len()), (comparable(sent(config()).await), 0));

    for (enabled, host) in [(true, "data.123.things.test"), (false, "things.test")] {
        let server = super::accepting();
        let config = config().host_prefix_enabled(enabled).endpoint("http://things.test").proxy(server.url());
        let input = GetThingInput::new("123", 7, "a/b", kinesisvideo::Timestamp::from_seconds(0));
        Client::new(config.build().unwrap()).unwrap().get_thing(input).await.unwrap();
        assert_eq!(super::only(&server).header("host"), Some(host));
    }
}

#[test]
fn options_that_have_no_effect_do_not_hide_a_slip() {
    let error = Config::from_json(&json!({"s3ForcePathStyel": true})).unwrap_err();
    assert_eq!(error.to_string(), "unknown option `s3ForcePathStyel`: did you mean `s3ForcePathStyle`?");
}
