//! The Rust that is emitted for patterns: it is what the golden file says, it compiles, and it does what it should.

use kinesisvideo_codegen::pattern::{Compiled, compile, tokens};
use kinesisvideo_runtime::pattern::{Pattern, unicode};
use quote::{format_ident, quote};
use regex_syntax::hir::{Class, HirKind};

/// Name, pattern, a text that matches and one that does not.
const CASES: [(&str, &str, &str, &str); 6] = [
    ("CLIENT_ID", "^[a-zA-Z0-9_.-]+$", "viewer-1", "viewer 1"),
    (
        "CONTENT_TYPE",
        "^[\\w\\-\\.\\+]+/[\\w\\-\\.\\+]+(,[\\w\\-\\.\\+]+/[\\w\\-\\.\\+]+)*$",
        "video/h264,audio/aac",
        "video/",
    ),
    ("NOT_AWS", "^(?!aws:)[^\\n/]{1,50}(?<!-)$", "größe", "aws:x"),
    ("PREFIX", "^\"\\u00e9{2,3}", "\"éé!", "\"é"),
    ("REGION", "\\b(us|eu)-[a-z]{2,9}-\\d\\b", "in eu-west-1.", "eu-west-12"),
    ("TAG", "^[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*$", "日本 ²", "😀"),
];

mod golden {
    include!("pattern_support/golden.rs");
}

/// Set `UPDATE_GOLDEN` to write the file anew.
#[test]
fn the_golden_file_is_up_to_date() {
    let statics = CASES.iter().map(|(name, text, ..)| {
        let Ok(Compiled::Checked(program)) = compile(text) else { panic!("{text} is not checked") };
        let (name, pattern) = (format_ident!("{name}"), tokens(text, &program, &quote!(kinesisvideo_runtime)));
        quote!(pub(crate) static #name: kinesisvideo_runtime::pattern::Pattern = #pattern;)
    });
    let file = syn::parse2(quote!(#(#statics)*)).expect("Rust");
    let text = format!("// Written by the test that reads it.\n\n{}", prettyplease::unparse(&file));
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pattern_support/golden.rs");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, &text).expect("the golden file");
    }
    let golden = std::fs::read_to_string(path).expect("the golden file").replace("\r\n", "\n");
    assert_eq!(text, golden, "run the test with UPDATE_GOLDEN=1");
}

#[test]
fn emitted_patterns_work() {
    let emitted: [&Pattern; 6] =
        [&golden::CLIENT_ID, &golden::CONTENT_TYPE, &golden::NOT_AWS, &golden::PREFIX, &golden::REGION, &golden::TAG];
    for ((_, text, matching, other), pattern) in CASES.iter().zip(emitted) {
        assert_eq!(pattern.text(), *text);
        assert!(pattern.is_match(matching), "/{text}/ on {matching:?}");
        assert!(!pattern.is_match(other), "/{text}/ on {other:?}");
    }
}

/// The generator names categories by what its own tables say; the runtime's must say the same.
#[test]
fn the_runtimes_categories_are_the_generators() {
    for (name, category) in [
        ("L", &unicode::LETTER),
        ("M", &unicode::MARK),
        ("N", &unicode::NUMBER),
        ("P", &unicode::PUNCTUATION),
        ("S", &unicode::SYMBOL),
        ("Z", &unicode::SEPARATOR),
    ] {
        let hir = regex_syntax::parse(&format!("\\p{{{name}}}")).expect("a category");
        let HirKind::Class(Class::Unicode(class)) = hir.kind() else { panic!("{name} is a class") };
        let mut members = vec![false; 0x11_0000];
        for range in class.ranges() {
            members[range.start() as usize..=range.end() as usize].fill(true);
        }
        let differing = ('\0'..=char::MAX).find(|&c| category.contains(c) != members[c as usize]);
        assert_eq!(differing, None, "{name}");
    }
}
