//! Laws of the library's functions, on arbitrary input.

use proptest::prelude::*;

use super::*;

/// Texts of the characters that parsers treat specially, and a few they do not.
fn tricky() -> impl Strategy<Value = String> {
    prop_oneof![
        r"[a-zA-Z0-9:/.@%?#\[\] _é-]{0,40}",
        r"https?://[a-z0-9.:@\[\]-]{0,20}(/[a-z0-9./%-]{0,10})?",
        "arn:[a-z:/-]{0,30}",
        any::<String>(),
    ]
}

proptest! {
    #[test]
    fn a_parsed_url_is_made_of_parts_of_the_text(text in tricky()) {
        if let Some(url) = parse_url(&text) {
            prop_assert!(matches!(url.scheme, "http" | "https"));
            prop_assert!(!url.authority.is_empty() && !url.authority.contains(['/', '@', '?', '#']));
            let end = [url.authority, url.path].concat();
            prop_assert!(text.ends_with(&end));
            prop_assert!(url.normalized_path.starts_with('/') && url.normalized_path.ends_with('/'));
            prop_assert!(url.normalized_path.starts_with(url.path));
        }
    }

    #[test]
    fn a_url_of_its_parts_is_the_same_url(
        secure in any::<bool>(),
        host in "[a-z0-9-]{1,10}(\\.[a-z0-9-]{1,10}){0,3}",
        port in proptest::option::of(any::<u16>()),
        path in "(/[a-zA-Z0-9._~%!$&'()*+,;=:@-]{0,8}){0,4}",
    ) {
        let scheme = if secure { "https" } else { "http" };
        let authority = port.map_or(host.clone(), |port| format!("{host}:{port}"));
        let text = format!("{scheme}://{authority}{path}");
        let url = parse_url(&text).unwrap();
        prop_assert_eq!((url.scheme, url.authority, url.path), (scheme, authority.as_str(), path.as_str()));
        prop_assert_eq!(url.is_ip, host.parse::<std::net::Ipv4Addr>().is_ok());
        for more in ["?", "#", "?a=b"] {
            let longer = format!("{text}{more}");
            prop_assert!(parse_url(&longer).is_none());
        }
    }

    #[test]
    fn an_arn_is_its_parts_joined(text in tricky()) {
        if let Some(arn) = parse_arn(&text) {
            let head = format!("arn:{}:{}:{}:{}:", arn.partition, arn.service, arn.region, arn.account_id);
            let resource = text.strip_prefix(&head).unwrap();
            prop_assert!(!resource.is_empty());
            prop_assert_eq!(arn.resource_id.join("/"), resource.replace(':', "/"));
        }
    }

    #[test]
    fn six_parts_make_an_arn_unless_a_needed_one_is_empty(
        partition in "[a-z-]{0,3}", service in "[a-z0-9]{0,3}", region in "[a-z0-9-]{0,3}",
        account in "[0-9]{0,3}", resource in "[a-z0-9:/]{0,6}",
    ) {
        let text = format!("arn:{partition}:{service}:{region}:{account}:{resource}");
        let complete = !partition.is_empty() && !service.is_empty() && !resource.is_empty();
        prop_assert_eq!(parse_arn(&text).is_some(), complete);
    }

    #[test]
    fn a_substring_has_the_length_asked_for(text in any::<String>(), start in 0_usize..12, stop in 0_usize..12) {
        for reverse in [false, true] {
            let found = substring(&text, start, stop, reverse);
            prop_assert_eq!(found.is_some(), text.is_ascii() && start < stop && stop <= text.len());
            if let Some(found) = found {
                prop_assert_eq!(found.len(), stop - start);
                let rest = if reverse { &text[text.len() - stop..] } else { &text[start..] };
                prop_assert!(rest.starts_with(found));
            }
        }
    }

    #[test]
    fn encoding_keeps_unreserved_characters_and_can_be_undone(text in any::<String>()) {
        let encoded = uri_encode(&text);
        let mut decoded = Vec::new();
        let mut bytes = encoded.bytes();
        while let Some(byte) = bytes.next() {
            if byte == b'%' {
                let digits = [bytes.next().unwrap(), bytes.next().unwrap()];
                prop_assert!(!digits.iter().any(u8::is_ascii_lowercase));
                decoded.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
            } else {
                prop_assert!(byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte));
                decoded.push(byte);
            }
        }
        prop_assert_eq!(String::from_utf8(decoded).unwrap(), text);
    }

    #[test]
    fn parts_joined_are_the_text(text in "[ab-]{0,12}", delimiter in "[ab-]{1,2}", limit in 0_usize..5) {
        let parts = split(&text, &delimiter, limit);
        prop_assert!(limit == 0 || parts.len() <= limit);
        prop_assert_eq!(parts.join(&delimiter), text.as_str());
    }

    #[test]
    fn a_label_holds_with_subdomains_too(text in "[a-zA-Z0-9.-]{0,70}") {
        let plain = is_valid_host_label(&text, false);
        prop_assert_eq!(plain, !text.contains('.') && is_valid_host_label(&text, true));
        for subdomains in [false, true] {
            if is_virtual_hostable_s3_bucket(&text, subdomains) {
                prop_assert!(is_valid_host_label(&text, subdomains));
            }
        }
    }

    #[test]
    fn every_region_has_a_partition(region in "[a-z0-9_-]{0,20}") {
        static TABLE: [Partition; 1] = [Partition {
            name: "aws",
            dns_suffix: "",
            dual_stack_dns_suffix: "",
            implicit_global_region: "",
            supports_fips: false,
            supports_dual_stack: false,
            region_prefixes: &["us-"],
            regions: &[],
        }];
        prop_assert!(partition(&TABLE, &region).is_some());
    }
}
