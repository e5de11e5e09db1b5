//! What rules become.

use quote::quote;

use super::*;

#[test]
fn a_check_of_a_parameter_names_its_value() {
    assert_rules(
        json!([endpoint(json!([is_set("Region")]), "https://a.{Region}.example.test")]),
        quote! {
            if let Some(region) = params.region.as_deref() {
                return Ok(ResolvedEndpoint::new(["https://a.", region, ".example.test"].concat()));
            }
            Err(EndpointError::no_rule())
        },
    );
}

#[test]
fn a_check_whose_value_is_not_used_only_checks() {
    assert_rules(
        json!([endpoint(json!([is_set("Region")]), "https://a"), error(json!([]), "no")]),
        quote! {
            if params.region.is_some() {
                return Ok(ResolvedEndpoint::new("https://a"));
            }
            Err(EndpointError::new("no"))
        },
    );
}

#[test]
fn a_function_of_a_parameter_checks_that_it_is_set() {
    let partition = json!({"fn": "aws.partition", "argv": [{"ref": "Region"}], "assign": "PartitionResult"});
    assert_rules(
        json!([
            endpoint(
                json!([{"fn": "stringEquals", "argv": [{"ref": "Region"}, "a"]}]),
                "https://a.{Region}.example.test"
            ),
            endpoint(json!([partition]), "https://{PartitionResult#dnsSuffix}"),
        ]),
        quote! {
            if let Some(region) = params.region.as_deref()
                && region == "a"
            {
                return Ok(ResolvedEndpoint::new(["https://a.", region, ".example.test"].concat()));
            }
            if let Some(region) = params.region.as_deref()
                && let Some(partition_result) = partition(&PARTITIONS, region)
            {
                return Ok(ResolvedEndpoint::new(["https://", partition_result.dns_suffix].concat()));
            }
            Err(EndpointError::no_rule())
        },
    );
}

#[test]
fn booleans_are_compared_without_constants() {
    let fips = json!({"ref": "UseFIPS"});
    assert_rules(
        json!([
            endpoint(json!([{"fn": "booleanEquals", "argv": [true, fips]}]), "https://a"),
            endpoint(json!([{"fn": "booleanEquals", "argv": [fips, false]}, is_set("Region")]), "https://b"),
            endpoint(json!([{"fn": "not", "argv": [is_set("Region")]}]), "https://c"),
        ]),
        quote! {
            if params.use_fips {
                return Ok(ResolvedEndpoint::new("https://a"));
            }
            if !params.use_fips && params.region.is_some() {
                return Ok(ResolvedEndpoint::new("https://b"));
            }
            if params.region.is_none() {
                return Ok(ResolvedEndpoint::new("https://c"));
            }
            Err(EndpointError::no_rule())
        },
    );
}

#[test]
fn a_tree_that_is_entered_is_not_left() {
    let partition = json!({"fn": "aws.partition", "argv": [{"ref": "Region"}], "assign": "PartitionResult"});
    let supported = json!({"fn": "getAttr", "argv": [{"ref": "PartitionResult"}, "supportsFIPS"]});
    assert_rules(
        json!([
            tree(
                json!([is_set("Region"), partition]),
                json!([endpoint(
                    json!([{"fn": "booleanEquals", "argv": [supported, true]}]),
                    "https://{PartitionResult#dnsSuffix}"
                )])
            ),
            error(json!([]), "no region"),
        ]),
        quote! {
            if let Some(region) = params.region.as_deref()
                && let Some(partition_result) = partition(&PARTITIONS, region)
            {
                if partition_result.supports_fips {
                    return Ok(ResolvedEndpoint::new(["https://", partition_result.dns_suffix].concat()));
                }
                return Err(EndpointError::no_rule());
            }
            Err(EndpointError::new("no region"))
        },
    );
}

#[test]
fn what_cannot_be_reached_is_left_out() {
    let never = json!({"fn": "stringEquals", "argv": ["a", "b"]});
    let rules = json!([
        endpoint(json!([never]), "https://never"),
        tree(json!([]), json!([error(json!([]), "always"), error(json!([]), "inner")])),
        error(json!([]), "outer"),
    ]);
    assert_item(
        compile(rule_set(parameters(), rules), None).unwrap().source,
        quote! {
            pub fn resolve(_params: &EndpointParams) -> Result<ResolvedEndpoint, EndpointError> {
                Err(EndpointError::new("always"))
            }
        },
    );
}

#[test]
fn what_is_known_is_not_checked_again() {
    let fips = |flag: bool| json!({"fn": "booleanEquals", "argv": [{"ref": "UseFIPS"}, flag]});
    assert_rules(
        json!([tree(
            json!([fips(true), fips(true)]),
            json!([
                endpoint(json!([fips(false)]), "https://never"),
                tree(
                    json!([{"fn": "not", "argv": [is_set("Region")]}]),
                    json!([endpoint(json!([is_set("Region")]), "https://{Region}"), error(json!([]), "no region")])
                ),
                endpoint(json!([is_set("Region"), fips(true), is_set("Region")]), "https://{Region}"),
            ])
        )]),
        quote! {
            if params.use_fips {
                if params.region.is_none() {
                    return Err(EndpointError::new("no region"));
                }
                if let Some(region) = params.region.as_deref() {
                    return Ok(ResolvedEndpoint::new(["https://", region].concat()));
                }
                return Err(EndpointError::no_rule());
            }
            Err(EndpointError::no_rule())
        },
    );
}

#[test]
fn values_that_are_always_there_are_named_in_statements() {
    assert_rules(
        json!([tree(
            json!([
                is_set("Region"),
                {"fn": "split", "argv": ["{Region}-x", "-", 0], "assign": "Parts"},
                {"fn": "getAttr", "argv": [{"ref": "Parts"}, "[-1]"], "assign": "last"},
                {"fn": "uriEncode", "argv": [{"ref": "last"}], "assign": "unused"},
                {"fn": "uriEncode", "argv": [{"ref": "last"}], "assign": "encoded"}
            ]),
            json!([endpoint(json!([]), "https://{encoded}")])
        ),]),
        quote! {
            if let Some(region) = params.region.as_deref() {
                let value_1 = [region, "-x"].concat();
                let parts = split(&value_1, "-", 0);
                if let Some(last) = item(&parts, -1) {
                    let encoded = uri_encode(last);
                    return Ok(ResolvedEndpoint::new(["https://", encoded.as_str()].concat()));
                }
            }
            Err(EndpointError::no_rule())
        },
    );
}

#[test]
fn records_and_their_items_are_read_in_place() {
    assert_rules(
        json!([endpoint(
            json!([
                is_set("Names"),
                {"fn": "getAttr", "argv": [{"ref": "Names"}, "[0]"], "assign": "name"},
                {"fn": "aws.parseArn", "argv": [{"ref": "name"}], "assign": "Arn"},
                {"fn": "getAttr", "argv": [{"ref": "Arn"}, "resourceId[1]"], "assign": "type"},
                {"fn": "not", "argv": [{"fn": "stringEquals", "argv": ["", "{Arn#region}"]}]},
                {"fn": "parseURL", "argv": ["https://{type}"], "assign": "url"}
            ]),
            "{url#scheme}://{Arn#accountId}{url#normalizedPath}"
        )]),
        quote! {
            if let Some(names) = params.names.as_deref()
                && let Some(name) = item(names, 0)
                && let Some(arn) = parse_arn(name)
                && let Some(type_) = item(&arn.resource_id, 1)
                && !arn.region.is_empty()
                && let Some(url) = parse_url(&["https://", type_].concat())
            {
                return Ok(
                    ResolvedEndpoint::new(
                        [url.scheme, "://", arn.account_id, url.normalized_path.as_str()].concat(),
                    ),
                );
            }
            Err(EndpointError::no_rule())
        },
    );
}

#[test]
fn the_first_value_that_is_there_and_the_one_a_boolean_chooses() {
    assert_rules(
        json!([endpoint(
            json!([
                {"fn": "coalesce", "argv": [{"ref": "Region"}, "here", "never"], "assign": "region2"},
                {"fn": "ite", "argv": [{"ref": "UseFIPS"}, "-fips", ""], "assign": "suffix"},
                {"fn": "ite", "argv": [{"ref": "UseFIPS"}, {"ref": "Region"}, "{region2}!"], "assign": "either"}
            ]),
            "https://{region2}{suffix}{either}"
        )]),
        quote! {
            let region2 = params.region.as_deref().unwrap_or("here");
            let suffix = if params.use_fips { "-fips" } else { "" };
            if let Some(either) = if params.use_fips {
                params.region.as_deref().map(str::to_owned)
            } else {
                Some([region2, "!"].concat())
            } {
                return Ok(
                    ResolvedEndpoint::new(["https://", region2, suffix, either.as_str()].concat()),
                );
            }
            Err(EndpointError::no_rule())
        },
    );
}

#[test]
fn endpoints_carry_headers_authentication_and_properties() {
    let rule = json!({"type": "endpoint", "conditions": [is_set("Region")], "endpoint": {
        "url": {"ref": "Region"},
        "headers": {"x-b": ["{Region}", "2"], "x-a": [{"fn": "uriEncode", "argv": [{"ref": "Region"}]}]},
        "properties": {
            "list": ["O", {"k": true}],
            "backend": "b",
            "authSchemes": [
                {"name": "sigv4", "signingRegion": "{Region}", "signingName": "n", "disableDoubleEncoding": true},
                {"name": "sigv4a", "signingRegionSet": ["*"], "disableNormalizePath": false}
            ]
        }
    }});
    assert_rules(
        json!([rule]),
        quote! {
            if let Some(region) = params.region.as_deref() {
                return Ok(
                    ResolvedEndpoint::new(region)
                        .header("x-a", uri_encode(region))
                        .header("x-b", region)
                        .header("x-b", "2")
                        .auth_scheme(
                            AuthScheme::new("sigv4")
                                .disable_double_encoding(true)
                                .signing_name("n")
                                .signing_region(region),
                        )
                        .auth_scheme(AuthScheme::new("sigv4a").signing_region_in_set("*"))
                        .property("backend", "b")
                        .property(
                            "list",
                            PropertyValue::Array(vec![
                                PropertyValue::from("O"),
                                PropertyValue::from_iter([("k", PropertyValue::from(true))])
                            ]),
                        ),
                );
            }
            Err(EndpointError::no_rule())
        },
    );
}

#[test]
fn endpoints_that_no_client_can_sign_for_are_told() {
    let wanting = |schemes: Value| {
        let endpoint = json!({"url": {"ref": "Region"}, "properties": {"authSchemes": schemes}});
        let inner = json!({"type": "endpoint", "conditions": [is_set("Region")], "endpoint": endpoint});
        let rules = json!([{"type": "tree", "conditions": [], "rules": [inner]}]);
        compile(rule_set(parameters(), rules), None).unwrap().unsupported_schemes.into_iter().collect::<Vec<_>>()
    };
    let [v4, v4a] = [json!({"name": "sigv4"}), json!({"name": "sigv4a", "signingRegionSet": ["*"]})];
    assert_eq!(wanting(json!([v4a])), ["sigv4a"]);
    assert!(wanting(json!([v4a, v4])).is_empty());
    assert!(wanting(json!([])).is_empty());
}

#[test]
fn variables_never_hide_what_the_function_uses() {
    let partition = |name: &str| json!({"fn": "aws.partition", "argv": [{"ref": "Region"}], "assign": name});
    assert_rules(
        json!([endpoint(
            json!([
                is_set("Region"),
                partition("partition"),
                partition("Partition"),
                partition("params"),
                partition("region_")
            ]),
            "https://{partition#name}{Partition#name}{params#name}{region_#name}{Region}"
        )]),
        quote! {
            if let Some(region) = params.region.as_deref()
                && let Some(partition_) = partition(&PARTITIONS, region)
                && let Some(partition__) = partition(&PARTITIONS, region)
                && let Some(params_) = partition(&PARTITIONS, region)
                && let Some(region_) = partition(&PARTITIONS, region)
            {
                return Ok(
                    ResolvedEndpoint::new(
                        ["https://", partition_.name, partition__.name, params_.name, region_.name, region].concat(),
                    ),
                );
            }
            Err(EndpointError::no_rule())
        },
    );
}

#[test]
fn every_legal_name_becomes_an_identifier() {
    let names = ["_1", "__", "gen", "self", "Self", "crate", "a1"];
    let assign = |name: &&str| json!({"fn": "uriEncode", "argv": ["{Region}"], "assign": name});
    let conditions: Vec<_> = std::iter::once(is_set("Region")).chain(names.iter().map(assign)).collect();
    let url: String = names.iter().map(|name| format!("{{{name}}}")).collect();
    let module = compile(rule_set(parameters(), json!([endpoint(json!(conditions), &url)])), None).unwrap();
    let source = print(module.source);
    let idents: Vec<_> = source
        .lines()
        .filter_map(|line| line.trim().strip_prefix("let ")?.strip_suffix(" = uri_encode(region);"))
        .collect();
    assert_eq!(idents, ["_1", "empty", "gen_", "self_", "self__", "crate_", "a1"]);
}

#[test]
fn parameters_become_fields_filled_from_built_ins() {
    let parameters = json!({
        "Region": {"type": "String", "builtIn": "AWS::Region", "required": true},
        "UseFIPS": {"type": "Boolean", "builtIn": "AWS::UseFIPS", "required": true, "default": false},
        "Mode": {"type": "string", "builtIn": "AWS::Auth::AccountIdEndpointMode", "required": true, "default": "preferred"},
        "Names": {"type": "stringArray", "required": true, "default": ["a"]},
        "Other": {"type": "boolean", "builtIn": "AWS::Other::Thing"}
    });
    let module = compile(rule_set(parameters, json!([error(json!([]), "{Region}")])), None).unwrap();
    let fields: Vec<_> = module.parameters.iter().map(|parameter| parameter.field.as_str()).collect();
    assert_eq!(fields, ["mode", "names", "other", "region", "use_fips"]);
    let source = module.source;
    assert_item(
        source.clone(),
        quote! {
            impl Default for EndpointParams {
                fn default() -> Self {
                    Self {
                        mode: "preferred".to_owned(),
                        names: vec!["a".to_owned()],
                        other: None,
                        region: None,
                        use_fips: false,
                    }
                }
            }
        },
    );
    assert_item(
        source.clone(),
        quote! {
            impl EndpointParams {
                /// The parameters that a client's configuration gives; all others have their defaults.
                #[must_use]
                pub fn new(built_ins: &BuiltIns<'_>) -> Self {
                    EndpointParams {
                        mode: built_ins.account_id_endpoint_mode.unwrap_or("preferred").to_owned(),
                        region: built_ins.region.map(str::to_owned),
                        use_fips: built_ins.use_fips,
                        ..EndpointParams::default()
                    }
                }
            }
        },
    );
    assert_item(
        source,
        quote! {
            pub fn resolve(params: &EndpointParams) -> Result<ResolvedEndpoint, EndpointError> {
                let Some(region) = params.region.as_deref() else {
                    return Err(EndpointError::missing_parameter("Region"));
                };
                Err(EndpointError::new(region.to_owned()))
            }
        },
    );
}

#[test]
fn a_service_without_rules_needs_a_custom_endpoint() {
    let module = endpoint_module("m.json", &ShapeId::new("com.a#Service"), &Traits::default()).unwrap();
    assert!(module.tests.is_none());
    assert_item(
        module.source,
        quote! {
            pub fn resolve(params: &EndpointParams) -> Result<ResolvedEndpoint, EndpointError> {
                if let Some(endpoint) = params.endpoint.as_deref() {
                    return Ok(ResolvedEndpoint::new(endpoint));
                }
                Err(EndpointError::new("this service has no endpoint of its own: set the endpoint"))
            }
        },
    );
}
