//! Options as they are pasted.

use std::time::Duration;

use serde_json::json;

use super::*;
use crate::credentials::CredentialsErrorKind;
use crate::monitoring::Monitoring;
use crate::retry::{FailedAttempt, RetryDelay};
use crate::validate::{Checks, ParamValidation};

/// Every option of the original, with a value that is not its default.
fn all() -> Value {
    serde_json::from_str(
        r#"{
    "params": {"channelArn": "arn:aws:kinesisvideo:us-west-2:123456789012:channel/demo/1"},
    "endpoint": "https://{service}.{region}.example.test/base",
    "accessKeyId": "AKIDEXAMPLE",
    "secretAccessKey": "hunter2",
    "sessionToken": "hunter2-token",
    "credentials": {"accessKeyId": "AKIDOTHER", "secretAccessKey": "hunter2", "sessionToken": "hunter2-token",
        "expired": false, "expireTime": "2030-01-01T00:00:00Z", "refreshCallbacks": []},
    "credentialProvider": {},
    "region": "fips-us-west-2",
    "maxRetries": 5,
    "maxRedirects": 2,
    "sslEnabled": false,
    "paramValidation": {"min": true, "max": true, "pattern": true, "enum": true},
    "computeChecksums": false,
    "convertResponseTypes": false,
    "correctClockSkew": true,
    "s3ForcePathStyle": true,
    "s3BucketEndpoint": true,
    "s3DisableBodySigning": false,
    "s3UsEast1RegionalEndpoint": "regional",
    "s3UseArnRegion": true,
    "retryDelayOptions": {"base": 20.5, "customBackoff": {}},
    "httpOptions": {"proxy": "http://me:hunter2@proxy:3128", "agent": {}, "connectTimeout": 1500, "timeout": 2500,
        "xhrAsync": true, "xhrWithCredentials": true},
    "apiVersion": "2018-05-10",
    "apiVersions": {"kinesisvideowebrtcstorage": "latest", "s3": "2006-03-01"},
    "logger": {},
    "systemClockOffset": -1500,
    "signatureVersion": "v4",
    "signatureCache": false,
    "dynamoDbCrc32": true,
    "useAccelerateEndpoint": true,
    "clientSideMonitoring": true,
    "endpointDiscoveryEnabled": false,
    "endpointCacheSize": 10,
    "hostPrefixEnabled": false,
    "stsRegionalEndpoints": "regional",
    "useFipsEndpoint": true,
    "useDualstackEndpoint": true,
    "useDualstack": false,
    "customUserAgent": "my-camera/1.2",
    "token": "hunter2",
    "tokenProvider": {"token": "hunter2"},
    "convertEmptyValues": true,
    "wrapNumbers": true
}"#,
    )
    .unwrap()
}

fn parse(options: Value) -> Result<ConfigBuilder, ConfigError> {
    Config::builder().json(&options)
}

fn build(options: Value) -> Config {
    parse(options).unwrap().region("us-west-2").build().unwrap()
}

fn refusal(options: Value) -> String {
    parse(options).unwrap_err().to_string()
}

/// All names there are, with the path of the object they stand in.
fn names() -> Vec<(&'static str, &'static str)> {
    let tables: [(&str, &Options); 5] = [
        ("", options::OPTIONS),
        ("httpOptions", nested::HTTP_OPTIONS),
        ("retryDelayOptions", nested::RETRY_DELAY_OPTIONS),
        ("paramValidation", nested::PARAM_VALIDATION),
        ("credentials", credentials::CREDENTIALS),
    ];
    tables.into_iter().flat_map(|(path, table)| table.iter().map(move |(name, _)| (path, *name))).collect()
}

/// `value` under a name, in the object at a path.
fn at(path: &str, name: &str, value: Value) -> Value {
    let option = json!({ name: value });
    if path.is_empty() { option } else { json!({ path: option }) }
}

fn dotted(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// Every text that is `name` with one letter left out, or two neighbours swapped.
fn slips(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let without = (0..letters.len()).map(|i| [&letters[..i], &letters[i + 1..]].concat());
    let swapped = (1..letters.len()).map(|i| {
        let mut letters = letters.clone();
        letters.swap(i - 1, i);
        letters
    });
    let slips = without.chain(swapped).map(String::from_iter);
    slips.filter(|slip| slip != name).collect()
}

#[test]
fn all_options_are_accepted_and_each_takes_effect_or_is_listed() {
    let builder = parse(all()).unwrap();
    let shown = format!("{builder:?}");
    let config = builder.build().unwrap();
    assert_eq!(config.region().as_str(), "us-west-2");
    assert_eq!(config.endpoint(), Some("https://{service}.{region}.example.test/base"));
    assert_eq!(config.retry().max_retries, 5);
    assert!(matches!(config.retry().delay, RetryDelay::Exponential { base } if base == Duration::from_micros(20_500)));
    assert_eq!(config.max_redirects(), 2);
    assert_eq!(config.scheme(), "http");
    assert_eq!(config.param_validation(), ParamValidation::ALL);
    assert!(!config.compute_checksums());
    assert!(!config.convert_response_types());
    assert!(config.correct_clock_skew());
    assert_eq!(config.connect_timeout(), Some(Duration::from_millis(1500)));
    assert_eq!(config.read_timeout(), Some(Duration::from_millis(2500)));
    assert!(config.proxy().is_some());
    assert_eq!(config.system_clock_offset(), -1500);
    assert!(!config.signature_cache());
    assert_eq!(config.monitoring(), Some(&Monitoring::default()));
    assert!(!config.endpoint_discovery_enabled());
    assert!(!config.host_prefix_enabled());
    assert!(config.built_ins(None).use_fips && config.built_ins(None).use_dual_stack);
    assert_eq!(config.user_agent_parts().collect::<Vec<_>>(), ["my-camera/1.2"]);
    assert_eq!(config.params()["channelArn"], all()["params"]["channelArn"]);
    let mut ignored: Vec<&str> = config.ignored_options().iter().map(|ignored| &*ignored.option).collect();
    ignored.sort_unstable();
    assert_eq!(
        ignored,
        [
            "accessKeyId",
            "computeChecksums",
            "convertEmptyValues",
            "credentialProvider",
            "credentials.expireTime",
            "credentials.expired",
            "credentials.refreshCallbacks",
            "dynamoDbCrc32",
            "endpointCacheSize",
            "endpointDiscoveryEnabled",
            "httpOptions.agent",
            "httpOptions.xhrAsync",
            "httpOptions.xhrWithCredentials",
            "logger",
            "retryDelayOptions.customBackoff",
            "s3BucketEndpoint",
            "s3DisableBodySigning",
            "s3ForcePathStyle",
            "s3UsEast1RegionalEndpoint",
            "s3UseArnRegion",
            "secretAccessKey",
            "sessionToken",
            "stsRegionalEndpoints",
            "token",
            "tokenProvider",
            "useAccelerateEndpoint",
            "wrapNumbers",
        ]
    );
    let shown = format!("{shown}{config:?}{:?}", config.ignored_options());
    assert!(!shown.contains("hunter2"), "{shown}");
}

#[test]
fn the_object_above_has_every_name_there_is() {
    for (path, name) in names() {
        let object = if path.is_empty() { &all() } else { &all()[path] };
        assert!(object.get(name).is_some(), "{}", dotted(path, name));
    }
}

#[test]
fn every_slip_in_a_name_is_caught_and_the_right_name_is_suggested() {
    let known = names();
    let mut tried = 0;
    for (path, name) in &known {
        for slip in slips(name) {
            if known.contains(&(path, slip.as_str())) {
                continue; // `apiVersions` without its last letter.
            }
            tried += 1;
            let error = parse(at(path, &slip, json!(1))).err();
            let expected =
                ConfigError::UnknownOption { option: dotted(path, &slip), nearest: Some(dotted(path, name)) };
            assert_eq!(error, Some(expected));
        }
    }
    assert!(tried > 1000, "{tried}");
}

#[test]
fn a_slip_is_caught_whatever_the_value() {
    assert_eq!(refusal(json!({"regoin": null})), "unknown option `regoin`: did you mean `region`?");
    assert_eq!(
        refusal(json!({"httpOptions": {"timout": 1}})),
        "unknown option `httpOptions.timout`: did you mean `httpOptions.timeout`?"
    );
    assert_eq!(refusal(json!({"colour": 1})), "unknown option `colour`: no option has a similar name");
}

#[test]
fn a_wrong_type_names_the_option_what_was_found_and_what_is_expected() {
    for (options, message) in [
        (json!("text"), "option `options`: expected an object of options, found a string"),
        (json!({"region": 5}), "option `region`: expected a string, found a number"),
        (json!({"maxRetries": "5"}), "option `maxRetries`: expected a whole number, found a string"),
        (json!({"maxRetries": 1.5}), "option `maxRetries`: expected a whole number, found a fraction"),
        (json!({"sslEnabled": "true"}), "option `sslEnabled`: expected true or false, found a string"),
        (json!({"params": []}), "option `params`: expected an object, found a list"),
        (json!({"secretAccessKey": ["hunter2"]}), "option `secretAccessKey`: expected a string, found a list"),
        (
            json!({"credentials": {"secretAccessKey": {"a": "hunter2"}}}),
            "option `credentials.secretAccessKey`: expected a string, found an object",
        ),
        (json!({"credentials": "hunter2"}), "option `credentials`: expected an object, found a string"),
        (
            json!({"httpOptions": {"timeout": "2s"}}),
            "option `httpOptions.timeout`: expected a number of milliseconds, found a string",
        ),
        (
            json!({"retryDelayOptions": {"base": true}}),
            "option `retryDelayOptions.base`: expected a number of milliseconds, found true or false",
        ),
        (
            json!({"paramValidation": "all"}),
            "option `paramValidation`: expected true, false or an object of checks, found a string",
        ),
        (
            json!({"paramValidation": {"min": 1}}),
            "option `paramValidation.min`: expected true or false, found a number",
        ),
        (
            json!({"endpoint": {"host": "h"}}),
            "option `endpoint`: expected a string, or an endpoint object with a string `href`, found an object",
        ),
        (json!({"apiVersions": {"s3": 2006}}), "option `apiVersions.s3`: expected a string, found a number"),
        (json!({"systemClockOffset": "1"}), "option `systemClockOffset`: expected a number, found a string"),
        (json!({"useDualstack": 1}), "option `useDualstack`: expected true or false, found a number"),
    ] {
        assert_eq!(refusal(options), message);
    }
}

#[test]
fn a_value_out_of_range_is_refused() {
    for (options, message) in [
        (json!({"maxRetries": 1e10}), "option `maxRetries`: it is too large"),
        (json!({"httpOptions": {"timeout": -1}}), "option `httpOptions.timeout`: a time cannot be negative"),
        (json!({"httpOptions": {"connectTimeout": 1e300}}), "option `httpOptions.connectTimeout`: it is too large"),
    ] {
        assert_eq!(refusal(options), message);
    }
}

#[test]
fn null_counts_as_not_given_except_where_the_original_gives_it_a_meaning() {
    let nulls: Map<String, Value> =
        names().iter().filter(|(path, _)| path.is_empty()).map(|(_, name)| ((*name).to_owned(), Value::Null)).collect();
    let config = Config::builder().map(&nulls).unwrap().region("us-west-2").build().unwrap();
    assert_eq!(config.ignored_options(), []);
    assert_eq!(config.scheme(), "https");
    assert_eq!(config.retry().max_retries, 0);
    assert_eq!(config.param_validation(), ParamValidation::Off);
    assert_eq!(build(Value::Null).retry().max_retries, 3);
    assert_eq!(build(json!({"httpOptions": {"timeout": null}})).read_timeout(), Some(Duration::from_secs(120)));
}

#[test]
fn numbers_below_zero_and_zero_mean_what_they_do_in_the_original() {
    let config = build(json!({"maxRetries": -1, "maxRedirects": -2.0, "retryDelayOptions": {"base": -5}}));
    assert_eq!((config.retry().max_retries, config.max_redirects()), (0, 0));
    let failed = FailedAttempt { retries: 0, code: "UnknownError", status: None };
    assert_eq!(config.retry().delay.wait(&failed, 0.5), None);
    let config = build(json!({"retryDelayOptions": {"base": 0}}));
    assert_eq!(config.retry().delay.wait(&failed, 0.5), Some(Duration::ZERO));
    let config = build(json!({"httpOptions": {"timeout": 0, "connectTimeout": 0}}));
    assert_eq!((config.read_timeout(), config.connect_timeout()), (None, None));
}

#[test]
fn validation_is_a_flag_or_the_checks_beyond_the_basic_ones() {
    let validation = |value: Value| build(json!({ "paramValidation": value })).param_validation();
    assert_eq!(validation(json!(true)), ParamValidation::default());
    assert_eq!(validation(json!(false)), ParamValidation::Off);
    assert_eq!(validation(json!({})), ParamValidation::On(Checks::NONE));
    let max = Checks { max: true, ..Checks::NONE };
    assert_eq!(validation(json!({"max": true, "min": false, "enum": null})), ParamValidation::On(max));
}

#[test]
fn an_endpoint_object_counts_by_its_href() {
    let endpoint = json!({"protocol": "https:", "host": "h:1", "port": 1, "hostname": "h", "pathname": "/p", "path": "/p",
        "href": "https://h:1/p"});
    assert_eq!(build(json!({ "endpoint": endpoint })).endpoint(), Some("https://h:1/p"));
    assert!(matches!(
        parse(json!({"endpoint": ""})).unwrap().region("r").build(),
        Err(ConfigError::InvalidEndpoint { .. })
    ));
}

#[test]
fn the_alias_of_dual_stack_counts_unless_the_name_itself_is_given() {
    let dual_stack = |options| build(options).built_ins(None).use_dual_stack;
    assert!(dual_stack(json!({"useDualstack": true})));
    assert!(dual_stack(json!({"useDualstack": true, "useDualstackEndpoint": null})));
    assert!(!dual_stack(json!({"useDualstack": true, "useDualstackEndpoint": false})));
}

#[test]
fn one_key_without_the_other_is_refused() {
    assert_eq!(refusal(json!({"accessKeyId": "AKID"})), "option `accessKeyId`: it needs `secretAccessKey` beside it");
    assert_eq!(
        refusal(json!({"secretAccessKey": "hunter2", "accessKeyId": ""})),
        "option `secretAccessKey`: it needs `accessKeyId` beside it"
    );
    let token = build(json!({"sessionToken": "hunter2"}));
    assert_eq!(
        token.ignored_options()[0].to_string(),
        "option `sessionToken` has no effect: it needs `accessKeyId` and `secretAccessKey` beside it"
    );
}

#[tokio::test]
async fn credentials_win_over_keys() {
    let object = json!({"accessKeyId": "AKIDOBJECT", "secretAccessKey": "s", "sessionToken": "t"});
    let keys = json!({"accessKeyId": "AKIDKEYS", "secretAccessKey": "s", "sessionToken": ""});
    let mut both = keys.clone();
    both["credentials"] = object;
    let config = build(both);
    let ignored: Vec<&str> = config.ignored_options().iter().map(|ignored| ignored.option.as_str()).collect();
    assert_eq!(ignored, ["accessKeyId", "secretAccessKey"]);
    let object = config.credentials().get().await.unwrap();
    assert_eq!((object.access_key_id(), object.session_token()), ("AKIDOBJECT", Some("t")));
    let keys = build(keys).credentials().get().await.unwrap();
    assert_eq!((keys.access_key_id(), keys.session_token()), ("AKIDKEYS", None));
}

#[tokio::test]
async fn a_credentials_object_without_a_key_is_an_error_of_the_call() {
    let config = build(json!({"credentials": {"accessKeyId": "AKIDOBJ"}}));
    assert_eq!(config.credentials().get().await.unwrap_err().kind(), CredentialsErrorKind::Invalid);
}

#[test]
fn what_json_cannot_carry_names_the_method_to_use() {
    let config = build(json!({"logger": "console", "retryDelayOptions": {"customBackoff": "f"}, "s3UseArnRegion": 1}));
    let shown: Vec<String> = config.ignored_options().iter().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        [
            "option `logger` has no effect: JSON cannot carry its value; use `ConfigBuilder::logger`",
            "option `retryDelayOptions.customBackoff` has no effect: JSON cannot carry its value; use \
             `ConfigBuilder::retry_delay`",
            "option `s3UseArnRegion` has no effect: it is an option of S3",
        ]
    );
}

#[test]
fn a_region_beats_that_of_the_environment() {
    let env = || Config::builder().env(Env::from_map([("AWS_REGION", "eu-west-1")]));
    let region = |options: Value| env().json(&options).unwrap().build().unwrap().region().to_string();
    assert_eq!(region(json!({"region": "us-west-2"})), "us-west-2");
    assert_eq!(region(json!({})), "eu-west-1");
}

fn any_value() -> impl proptest::strategy::Strategy<Value = Value> {
    use proptest::prelude::*;
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        Just(json!("hunter2")),
    ];
    leaf.prop_recursive(2, 8, 4, |inner| {
        let name = prop_oneof![Just("timeout"), Just("base"), Just("min"), Just("secretAccessKey"), Just("href")];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::hash_map(name.prop_map(str::to_owned), inner, 0..3)
                .prop_map(|object| Value::Object(object.into_iter().collect())),
        ]
    })
}

/// A name with one letter put in, left out or replaced, or two neighbours swapped.
fn one_edit(name: &str, edit: u8, place: usize, letter: char) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let at = place % letters.len();
    match edit % 4 {
        0 => letters.insert(place % (letters.len() + 1), letter),
        1 => _ = letters.remove(at),
        2 => letters[at] = letter,
        _ => letters.swap(at, at.saturating_sub(1)),
    }
    letters.into_iter().collect()
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(4_096))]

    #[test]
    fn a_name_one_edit_away_is_caught_and_a_name_as_near_is_suggested(
        index in 0..names().len(),
        edit: u8,
        place: usize,
        letter in proptest::char::any(),
        value in any_value(),
    ) {
        let (path, name) = names()[index];
        let slip = one_edit(name, edit, place, letter);
        proptest::prop_assume!(!names().contains(&(path, slip.as_str())) && !slip.is_empty());
        let Err(ConfigError::UnknownOption { option, nearest }) = parse(at(path, &slip, value)) else {
            panic!("`{slip}` was accepted")
        };
        proptest::prop_assert_eq!(option, dotted(path, &slip));
        let distance = |known: &str| nearest::distance(&nearest::lower(&slip), &nearest::lower(known));
        let nearest = nearest.expect("a name that is one edit away");
        let nearest = nearest.rsplit('.').next().unwrap();
        proptest::prop_assert!(distance(nearest) <= distance(name), "`{}` for `{}`", nearest, slip);
    }
}

proptest::proptest! {
    #[test]
    fn any_value_is_taken_or_refused_and_never_shown(
        index in 0..options::OPTIONS.len(),
        value in any_value(),
    ) {
        let (name, _) = options::OPTIONS[index];
        let options = json!({ name: value });
        let shown = match parse(options).and_then(|builder| builder.region("us-west-2").build()) {
            Ok(config) => format!("{config:?}"),
            Err(error) => format!("{error} {error:?}"),
        };
        // What a region, an endpoint, a version or a suffix is may be shown: none of them is secret.
        let is_open = ["region", "endpoint", "customUserAgent", "signatureVersion"].contains(&name);
        proptest::prop_assert!(is_open || !shown.contains("hunter2"), "{}", shown);
    }
}
