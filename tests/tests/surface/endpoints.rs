//! 2, 8, 11, 36, 37, 41: where requests go, and the region they are signed for.

use kinesisvideo::webrtc_storage::Client;
use kinesisvideo::{Config, ConfigBuilder, ConfigError, Endpoint, Env};
use kinesisvideo_tests::config;
use kinesisvideo_tests::scripted::Router;

use super::{accepting, join, only, sent};

/// The URL that a client of this configuration asks for; a router brings it to a server, wherever it leads.
async fn asked_for(config: ConfigBuilder) -> String {
    let server = accepting();
    let router = Router::start(&server).unwrap();
    let http = router.http_client(reqwest::Client::builder()).unwrap();
    join(&Client::new(config.http_client(http).build().unwrap()).unwrap()).await.unwrap();
    only(&server).url()
}

fn refusal(config: ConfigBuilder) -> ConfigError {
    config.build().and_then(Client::new).unwrap_err()
}

/// The region in the signature's scope.
async fn signed_for(config: ConfigBuilder) -> String {
    let request = sent(config).await;
    request.header("authorization").unwrap().split('/').nth(2).unwrap().to_owned()
}

#[tokio::test]
async fn option_02_endpoint_has_placeholders_a_default_scheme_and_a_base_path() {
    for (endpoint, url) in [
        (
            "https://{service}.{region}.x.test/{region}",
            "https://kinesisvideo.us-west-2.x.test/us-west-2/joinStorageSession",
        ),
        ("{scheme}://a.x.test:8443/base//v1/", "https://a.x.test:8443/base/v1/joinStorageSession"),
        ("a.x.test", "https://a.x.test/joinStorageSession"),
        ("HTTPS://Up.x.test", "https://up.x.test/joinStorageSession"),
        ("httpd.x.test", "https://httpd.x.test/joinStorageSession"),
    ] {
        assert_eq!(asked_for(config().endpoint(endpoint)).await, url, "{endpoint}");
    }
}

#[test]
fn option_02_endpoint_that_cannot_work_is_refused_with_a_way_out() {
    for (endpoint, reason) in [
        ("", "it is empty: give a URL such as `https://host` or leave it unset"),
        ("https://{regoin}.x.test", "placeholder `{regoin}` is unknown: use {service}, {region} or {scheme}"),
        ("https://h/b?x=1", "it carries a query (`?…`), which cannot be part of a base URL"),
        ("ftp://h", "scheme `ftp` is neither `http` nor `https`"),
    ] {
        let ConfigError::InvalidEndpoint { reason: found, .. } = refusal(config().endpoint(endpoint)) else {
            panic!("an endpoint is refused")
        };
        assert_eq!(found, reason);
    }
}

#[tokio::test]
async fn option_08_region_is_part_of_host_and_signature() {
    assert_eq!(
        asked_for(config().region("eu-central-1")).await,
        "https://kinesisvideo.eu-central-1.amazonaws.com/joinStorageSession"
    );
    assert_eq!(signed_for(config().region("eu-central-1")).await, "eu-central-1");
    // The environment's, where code gives none.
    let env = |variables: &[(&str, &str)]| {
        Config::builder().env(Env::from_map(variables.iter().copied())).credentials(super::credentials())
    };
    assert_eq!(signed_for(env(&[("AWS_REGION", "ap-south-1"), ("AWS_DEFAULT_REGION", "x")])).await, "ap-south-1");
    assert_eq!(signed_for(env(&[("AMAZON_REGION", "ap-south-2"), ("AWS_DEFAULT_REGION", "x")])).await, "ap-south-2");
    assert_eq!(signed_for(env(&[("AWS_DEFAULT_REGION", "ap-east-1")])).await, "ap-east-1");
}

#[tokio::test]
async fn option_08_region_may_be_a_pseudo_region() {
    for (region, host, signed) in [
        ("fips-us-west-2", "kinesisvideo-fips.us-west-2.amazonaws.com", "us-west-2"),
        ("us-west-2-fips", "kinesisvideo-fips.us-west-2.amazonaws.com", "us-west-2"),
        ("aws-global", "kinesisvideo.us-east-1.amazonaws.com", "us-east-1"),
        ("aws-us-gov-global", "kinesisvideo.us-gov-west-1.amazonaws.com", "us-gov-west-1"),
    ] {
        assert_eq!(asked_for(config().region(region)).await, format!("https://{host}/joinStorageSession"));
        assert_eq!(Client::new(config().region(region).build().unwrap()).unwrap().config().region().as_str(), signed);
    }
}

#[test]
fn option_08_region_is_needed_even_with_an_endpoint() {
    let error = refusal(Config::builder().endpoint("https://h"));
    assert_eq!((error.clone(), error.code()), (ConfigError::MissingRegion, "ConfigError"));
    assert!(error.to_string().starts_with("Missing region in config"));
    let error = refusal(Config::builder().region("us_west_2"));
    assert!(error.to_string().starts_with("Invalid region in config"), "{error}");
}

#[tokio::test]
async fn option_11_ssl_enabled_chooses_the_scheme_where_none_is_named() {
    let clear = || config().ssl_enabled(false);
    for (config, url) in [
        (clear(), "http://kinesisvideo.us-west-2.amazonaws.com/joinStorageSession"),
        (clear().endpoint("a.x.test"), "http://a.x.test/joinStorageSession"),
        (clear().endpoint("{scheme}://a.x.test"), "http://a.x.test/joinStorageSession"),
        (clear().endpoint("https://a.x.test"), "https://a.x.test/joinStorageSession"),
        (config(), "https://kinesisvideo.us-west-2.amazonaws.com/joinStorageSession"),
    ] {
        assert_eq!(asked_for(config).await, url);
    }
}

#[tokio::test]
async fn option_36_use_fips_endpoint_changes_the_host_and_not_the_signature() {
    for (region, host) in [
        ("us-west-2", "kinesisvideo-fips.us-west-2.amazonaws.com"),
        ("cn-north-1", "kinesisvideo-fips.cn-north-1.amazonaws.com.cn"),
    ] {
        let fips = || config().region(region).use_fips(true);
        assert_eq!(asked_for(fips()).await, format!("https://{host}/joinStorageSession"));
    }
    let error = refusal(config().use_fips(true).endpoint("https://h"));
    assert_eq!(error.to_string(), "Invalid Configuration: FIPS and custom endpoint are not supported");
    let by_env = Config::builder().region("us-west-2").env(Env::from_map([("AWS_USE_FIPS_ENDPOINT", "true")]));
    assert_eq!(
        asked_for(by_env.credentials(super::credentials())).await,
        "https://kinesisvideo-fips.us-west-2.amazonaws.com/joinStorageSession"
    );
}

#[tokio::test]
async fn option_37_use_dualstack_endpoint_changes_the_host() {
    for (region, fips, host) in [
        ("us-west-2", false, "kinesisvideo.us-west-2.api.aws"),
        ("us-west-2", true, "kinesisvideo-fips.us-west-2.api.aws"),
        ("cn-north-1", false, "kinesisvideo.cn-north-1.api.amazonwebservices.com.cn"),
    ] {
        let both = config().region(region).use_fips(fips).use_dual_stack(true);
        assert_eq!(asked_for(both).await, format!("https://{host}/joinStorageSession"));
    }
    let error = refusal(config().use_dual_stack(true).endpoint("https://h"));
    assert_eq!(error.to_string(), "Invalid Configuration: Dualstack and custom endpoint are not supported");
    let by_env = Config::builder().region("us-west-2").env(Env::from_map([("AWS_USE_DUALSTACK_ENDPOINT", "true")]));
    assert_eq!(
        asked_for(by_env.credentials(super::credentials())).await,
        "https://kinesisvideo.us-west-2.api.aws/joinStorageSession"
    );
}

#[tokio::test]
async fn property_41_endpoint_can_be_read_and_another_be_given() {
    let (first, second) = (accepting(), accepting());
    let client = super::client(&first, config());
    let endpoint = client.endpoint();
    assert_eq!((endpoint.scheme(), endpoint.host(), endpoint.path()), ("http", "127.0.0.1", "/"));
    assert_eq!(endpoint.port(), first.port());
    let derived = client.with_endpoint(Endpoint::parse(&format!("{}/base", second.url())).unwrap()).unwrap();
    join(&derived).await.unwrap();
    join(&client).await.unwrap();
    assert_eq!(only(&second).target, "/base/joinStorageSession");
    assert_eq!(only(&first).target, "/joinStorageSession");
}
