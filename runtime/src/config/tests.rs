//! What wins: every row of the table in the module's documentation, from code down to the default.

use std::sync::Arc;

use super::*;
use crate::credentials::{Credentials, EnvironmentCredentials};
use crate::files::Files;
use crate::operation::Service;

static SERVICE: Service = Service::new(
    "Kinesis Video WebRTC Storage",
    "kinesisvideowebrtcstorage",
    "kinesisvideo",
    "kinesisvideo",
    "2018-05-10",
);

/// A builder that sees these variables and a `~/.aws/config` of this text.
fn builder(variables: &[(&str, &str)], config: &str) -> ConfigBuilder {
    let variables = [("HOME", "/home/me")].into_iter().chain(variables.iter().copied());
    let files = Files::from_map([("/home/me/.aws/config", config)]);
    Config::builder().env(Env::from_map(variables)).files(files)
}

/// What a setting turns out to be: set everywhere, then with each place taken away from the top.
fn precedence<T>(
    code: impl Fn(ConfigBuilder) -> ConfigBuilder,
    variables: &[(&str, &str)],
    config: &str,
    read: impl Fn(&Config) -> T,
) -> Vec<T> {
    let region = |builder: ConfigBuilder| match builder.region {
        Some(_) => builder,
        None => builder.region("zz-default-1"),
    };
    let built = |builder: ConfigBuilder| read(&region(builder).build().unwrap());
    let mut found = vec![built(code(builder(variables, config)))];
    for taken in 0..=variables.len() {
        found.push(built(builder(&variables[taken..], config)));
    }
    found.push(built(builder(&[], "")));
    found
}

fn endpoint(config: &Config) -> String {
    config.custom_endpoint(&SERVICE).unwrap().map(|endpoint| endpoint.to_string()).unwrap_or_default()
}

#[test]
fn the_region_is_of_code_then_the_environment_then_the_profile_and_has_no_default() {
    let variables =
        [("AWS_REGION", "env-aws-1"), ("AMAZON_REGION", "env-amazon-1"), ("AWS_DEFAULT_REGION", "env-default-1")];
    let profile = "[default]\nregion = profile-1\n";
    let region = |builder: ConfigBuilder| builder.build().map(|config| config.region().to_string());
    assert_eq!(region(builder(&variables, profile).region("code-1")).unwrap(), "code-1");
    assert_eq!(region(builder(&variables, profile)).unwrap(), "env-aws-1");
    assert_eq!(region(builder(&variables[1..], profile)).unwrap(), "env-amazon-1");
    assert_eq!(region(builder(&variables[2..], profile)).unwrap(), "env-default-1");
    assert_eq!(region(builder(&[], profile)).unwrap(), "profile-1");
    assert_eq!(region(builder(&[], "")).unwrap_err(), ConfigError::MissingRegion);
    assert_eq!(region(Config::builder()).unwrap_err(), ConfigError::MissingRegion);
}

#[test]
fn the_endpoint_is_of_code_then_of_the_environment_then_of_the_profile_the_services_own_first() {
    let variables = [
        ("AWS_ENDPOINT_URL_KINESIS_VIDEO_WEBRTC_STORAGE", "http://env-service"),
        ("AWS_ENDPOINT_URL", "http://env-all"),
    ];
    let both = "[default]\nendpoint_url = http://profile-all\nservices = mine\n[services mine]\n\
                kinesis_video_webrtc_storage =\n  endpoint_url = http://profile-service\ns3 =\n  endpoint_url = http://s3\n";
    assert_eq!(
        precedence(|builder| builder.endpoint("http://code"), &variables, both, endpoint),
        ["http://code/", "http://env-service/", "http://env-all/", "http://profile-service/", ""]
    );
    let all = "[default]\nendpoint_url = http://profile-all\nservices = mine\n[services mine]\ns3 =\n  endpoint_url = http://s3\n";
    assert_eq!(endpoint(&builder(&[("AWS_REGION", "r")], all).build().unwrap()), "http://profile-all/");
}

#[test]
fn endpoints_outside_of_code_can_be_ignored() {
    let named =
        [("AWS_REGION", "r"), ("AWS_ENDPOINT_URL", "http://env"), ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")];
    let profile = "[default]\nendpoint_url = http://profile\n";
    assert_eq!(endpoint(&builder(&named, profile).build().unwrap()), "");
    assert_eq!(endpoint(&builder(&named, profile).endpoint("http://code").build().unwrap()), "http://code/");
    let ignoring = "[default]\nendpoint_url = http://profile\nignore_configured_endpoint_urls = true\n";
    assert_eq!(endpoint(&builder(&named[..2], ignoring).build().unwrap()), "");
    let not = [("AWS_REGION", "r"), ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "false")];
    assert_eq!(endpoint(&builder(&not, ignoring).build().unwrap()), "http://profile/");
}

#[test]
fn another_services_endpoint_is_not_ours() {
    let variables = [("AWS_REGION", "r"), ("AWS_ENDPOINT_URL_KINESIS_VIDEO", "http://other")];
    assert_eq!(endpoint(&builder(&variables, "").build().unwrap()), "");
}

#[test]
fn an_endpoint_that_cannot_be_used_names_its_place() {
    let refusal = |builder: ConfigBuilder| {
        builder.region("r").build().unwrap().custom_endpoint(&SERVICE).unwrap_err().to_string()
    };
    let message = refusal(builder(&[("AWS_ENDPOINT_URL", "ftp://x")], ""));
    assert!(message.ends_with("(it is environment variable AWS_ENDPOINT_URL)"), "{message}");
    let message = refusal(builder(&[], "[default]\nendpoint_url = ftp://x\n"));
    assert!(message.ends_with("(it is `endpoint_url` in ~/.aws/config, line 2)"), "{message}");
    let error = builder(&[], "[default]\nservices = nope\n").region("r").build().unwrap_err().to_string();
    assert_eq!(
        error,
        "shared configuration file ~/.aws/config, line 2: `services` names a `[services …]` section that does not exist"
    );
}

#[test]
fn fips_is_of_code_then_the_environment_then_the_profile_and_off() {
    let fips = |config: &Config| config.built_ins(None).use_fips;
    let found = precedence(
        |builder| builder.use_fips(false),
        &[("AWS_USE_FIPS_ENDPOINT", "True")],
        "[default]\nuse_fips_endpoint = false\n",
        fips,
    );
    assert_eq!(found, [false, true, false, false]);
    assert!(fips(&builder(&[("AWS_REGION", "r")], "[default]\nuse_fips_endpoint = TRUE\n").build().unwrap()));
}

#[test]
fn dual_stack_is_of_code_then_the_environment_then_the_profile_and_off() {
    let dual_stack = |config: &Config| config.built_ins(None).use_dual_stack;
    let found = precedence(
        |builder| builder.use_dual_stack(false),
        &[("AWS_USE_DUALSTACK_ENDPOINT", "true")],
        "[default]\nuse_dualstack_endpoint = false\n",
        dual_stack,
    );
    assert_eq!(found, [false, true, false, false]);
    assert!(dual_stack(
        &builder(&[("AWS_REGION", "r")], "[default]\nuse_dualstack_endpoint = true\n").build().unwrap()
    ));
}

#[test]
fn retries_are_of_code_then_the_environment_then_the_profile_and_3() {
    let found = precedence(
        |builder| builder.max_retries(7),
        &[("AWS_MAX_ATTEMPTS", "6")],
        "[default]\nmax_attempts = 5\n",
        |config| config.retry().max_retries,
    );
    assert_eq!(found, [7, 5, 4, 3]);
}

#[test]
fn monitoring_is_of_code_then_the_environment_then_the_profile_and_off() {
    let found = precedence(
        |builder| builder.client_side_monitoring(Monitoring::default().port(1)),
        &[("AWS_CSM_PORT", "2"), ("AWS_CSM_ENABLED", "true")],
        "[default]\ncsm_enabled = 1\ncsm_port = 3\ncsm_host = h\ncsm_client_id = me\n",
        |config| config.monitoring().cloned(),
    );
    let of_profile = Monitoring::default().host("h").client_id("me");
    let ports = [2, 3, 3].map(|port| Some(of_profile.clone().port(port)));
    assert_eq!(found[0], Some(Monitoring::default().port(1)));
    assert_eq!(found[1..4], ports);
    assert_eq!(found[4], None);
    for off in ["false", "0"] {
        let config = builder(&[("AWS_REGION", "r"), ("AWS_CSM_ENABLED", off)], "[default]\ncsm_enabled = true\n");
        assert_eq!(config.build().unwrap().monitoring(), None, "{off}");
    }
}

#[test]
fn the_profile_is_of_code_then_the_environment_and_the_default_one() {
    let profiles = "[default]\nmax_attempts = 2\n[profile env]\nmax_attempts = 3\n[profile code]\nmax_attempts = 4\n";
    let found = precedence(
        |builder| builder.profile("code"),
        &[("AWS_PROFILE", "env")],
        profiles,
        |config| config.retry().max_retries,
    );
    assert_eq!(found, [3, 2, 1, 3]);
}

#[test]
fn a_value_that_cannot_be_used_names_its_variable_or_its_line() {
    let refusal =
        |variables: &[(&str, &str)], config| builder(variables, config).region("r").build().unwrap_err().to_string();
    for (variable, value, rule) in [
        ("AWS_MAX_ATTEMPTS", "abc", "must be a whole number of 1 or more"),
        ("AWS_MAX_ATTEMPTS", "0", "must be a whole number of 1 or more"),
        ("AWS_MAX_ATTEMPTS", "-1", "must be a whole number of 1 or more"),
        ("AWS_MAX_ATTEMPTS", "99999999999", "must be a whole number of 1 or more"),
        ("AWS_USE_FIPS_ENDPOINT", "yes", "must be `true` or `false`"),
        ("AWS_USE_DUALSTACK_ENDPOINT", "1", "must be `true` or `false`"),
        ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "x", "must be `true` or `false`"),
        ("AWS_CSM_PORT", "0", "must be a port, 1 to 65535"),
    ] {
        let expected = format!("environment variable {variable} is `{value}`: it {rule}");
        assert_eq!(refusal(&[(variable, value), ("AWS_CSM_ENABLED", "true")], ""), expected);
    }
    assert_eq!(
        refusal(&[], "[default]\nmax_attempts = many\n"),
        "shared configuration file ~/.aws/config, line 2: `max_attempts` is `many`: it must be a whole number of 1 or more"
    );
}

#[test]
fn a_region_that_cannot_be_used_names_its_variable_or_its_line() {
    let refusal = |variables: &[(&str, &str)], config| builder(variables, config).build().unwrap_err().to_string();
    let rule = "it must be a region: 1 to 63 letters, digits and inner hyphens";
    let expected = format!("environment variable AMAZON_REGION is `us_west_2`: {rule}");
    assert_eq!(refusal(&[("AMAZON_REGION", "us_west_2"), ("AWS_DEFAULT_REGION", "us-west-2")], ""), expected);
    let expected = format!("shared configuration file ~/.aws/config, line 2: `region` is `-us`: {rule}");
    assert_eq!(refusal(&[], "[default]\nregion = -us\n"), expected);
    assert_eq!(refusal(&[], "[default]\nregion = fips-\n"), expected.replace("-us", "fips-"));
}

#[test]
fn what_code_says_hides_a_value_that_cannot_be_used() {
    let variables = [("AWS_MAX_ATTEMPTS", "abc"), ("AWS_USE_FIPS_ENDPOINT", "abc")];
    assert!(builder(&variables, "").region("r").max_retries(1).use_fips(false).build().is_ok());
}

#[test]
fn nothing_is_read_from_outside_unless_asked() {
    let config = Config::builder().region("r").files(Files::from_map([("/x", "not a profile")])).build().unwrap();
    assert_eq!(config.retry().max_retries, 3);
    assert_eq!(endpoint(&config), "");
}

#[test]
fn a_pseudo_region_is_taken_apart_wherever_it_comes_from() {
    for config in [
        builder(&[], "").region("fips-us-west-2"),
        builder(&[("AWS_REGION", "us-west-2-fips")], ""),
        builder(&[], "[default]\nregion = us-west-2-fips\n").use_fips(false),
    ] {
        let config = config.build().unwrap();
        assert_eq!((config.region().as_str(), config.built_ins(None).use_fips), ("us-west-2", true));
    }
    let config = Config::builder().region("aws-us-gov-global").build().unwrap();
    assert_eq!((config.region().as_str(), config.built_ins(None).use_fips), ("us-gov-west-1", false));
}

#[test]
fn a_services_own_version_beats_the_common_one() {
    const KNOWN: &[&str] = &["2018-05-10"];
    let version = |builder: ConfigBuilder| {
        builder.region("r").build().unwrap().resolve_api_version(&SERVICE, KNOWN).map(ApiVersion::as_str)
    };
    let none: [(&str, &str); 0] = [];
    assert_eq!(version(Config::builder().api_versions(none)), Ok("2018-05-10"));
    assert_eq!(version(Config::builder().api_version("latest")), Ok("2018-05-10"));
    assert_eq!(version(Config::builder().api_version("")), Ok("2018-05-10"));
    let own = |version: &str| [("kinesisvideowebrtcstorage".to_owned(), version.to_owned())];
    assert_eq!(version(Config::builder().api_version("2001-01-01").api_versions(own("latest"))), Ok("2018-05-10"));
    assert_eq!(
        version(Config::builder().api_versions([("kinesisVideoWebRTCStorage", "2001-01-01")])),
        Ok("2018-05-10")
    );
    assert_eq!(
        version(Config::builder().api_versions(own("2001-01-01"))).unwrap_err().to_string(),
        "Could not find kinesisvideowebrtcstorage API to satisfy version constraint `2001-01-01`: known are 2018-05-10; \
         use one of them, a later date or `latest`"
    );
}

#[test]
fn what_cannot_be_combined_or_used_is_refused() {
    let refusal = |builder: ConfigBuilder| builder.region("us-west-2").build().unwrap_err();
    let error = refusal(Config::builder().endpoint("https://h").endpoint_discovery_enabled(true));
    assert_eq!((error.code(), error), ("ConfigurationException", ConfigError::EndpointDiscovery));
    for version in ["v2", "v3", "V4", "v9", "bearer", ""] {
        let error = refusal(Config::builder().signature_version(version));
        assert_eq!(error, ConfigError::SignatureVersion { version: version.to_owned() });
    }
    assert!(Config::builder().region("us-west-2").signature_version("v4").build().is_ok());
    assert!(matches!(refusal(Config::builder().params("text")), ConfigError::InvalidParams { .. }));
    assert!(matches!(refusal(Config::builder().params([1])), ConfigError::InvalidParams { .. }));
    assert!(matches!(refusal(Config::builder().endpoint("")), ConfigError::InvalidEndpoint { .. }));
    assert!(matches!(refusal(Config::builder().endpoint("https://{region")), ConfigError::InvalidEndpoint { .. }));
    assert!(matches!(refusal(Config::builder().user_agent_suffix("a\n")), ConfigError::InvalidUserAgent));
    assert!(matches!(refusal(Config::builder().proxy("ftp://x")), ConfigError::InvalidProxy { .. }));
}

#[test]
fn bound_parameters_are_kept() {
    let params = serde_json::json!({"channelArn": "arn", "clientId": null});
    let config = Config::builder().region("r").params(&params).build().unwrap();
    assert_eq!(Value::Object(config.params().clone()), params);
}

#[tokio::test]
async fn credentials_of_code_beat_those_of_the_environment() {
    let variables = [("AWS_ACCESS_KEY_ID", "AKIDENV"), ("AWS_SECRET_ACCESS_KEY", "s"), ("AWS_REGION", "r")];
    let config = builder(&variables, "").build().unwrap();
    assert_eq!(config.credentials().get().await.unwrap().access_key_id(), "AKIDENV");
    let config = builder(&variables, "").credentials(Credentials::new("AKIDCODE", "s")).build().unwrap();
    assert_eq!(config.credentials().get().await.unwrap().access_key_id(), "AKIDCODE");
}

#[test]
fn debug_shows_no_secret() {
    let builder = builder(&[("AWS_SECRET_ACCESS_KEY", "hunter2")], "")
        .region("r")
        .proxy("http://me:hunter2@proxy:1")
        .params(serde_json::json!({"clientId": "hunter2"}))
        .credentials_provider(Arc::new(EnvironmentCredentials::new(Env::from_map([(
            "AWS_SECRET_ACCESS_KEY",
            "hunter2",
        )]))));
    let text = format!("{builder:?}{:?}", builder.clone().build().unwrap());
    assert!(!text.contains("hunter2"), "{text}");
}
