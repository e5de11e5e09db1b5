//! What patterns are accepted, what they mean, and what becomes of them.

mod pattern_support;

use std::time::{Duration, Instant};

use kinesisvideo_codegen::pattern::{Compiled, Inst, Program, Step, compile};
use pattern_support::build;

/// Whether the pattern matches each text, as ECMAScript says.
#[track_caller]
fn means(pattern: &str, matching: &[&str], others: &[&str]) {
    let built = build(pattern).map_err(|reason| format!("/{pattern}/: {reason}"));
    let outcome = |text: &&str| built.as_ref().map(|pattern| pattern.is_match(text));
    for text in matching {
        assert_eq!(outcome(text), Ok(true), "/{pattern}/ on {text:?}");
    }
    for text in others {
        assert_eq!(outcome(text), Ok(false), "/{pattern}/ on {text:?}");
    }
}

#[track_caller]
fn refused(pattern: &str, message: &str) {
    let error = compile(pattern).map_err(|error| error.to_string());
    assert_eq!(error, Err(format!("not a regular expression, at character {message}")), "/{pattern}/");
}

#[track_caller]
fn unchecked(pattern: &str, expected: &str) {
    let expected = Compiled::Unchecked { reason: expected.to_owned() };
    assert_eq!(compile(pattern), Ok(expected), "/{pattern}/");
}

#[test]
fn a_pattern_is_searched_for_unless_anchored() {
    means("b", &["b", "abc"], &["", "ac"]);
    means("^b", &["b", "bc"], &["ab"]);
    means("b$", &["b", "ab"], &["ba"]);
    means("^b$", &["b"], &["ab", "ba", ""]);
    means("^a|b$", &["ax", "xb"], &["xa", "bx"]);
    means("", &["", "anything"], &[]);
    means("[a-z]*", &["", "123"], &[]);
}

#[test]
fn the_end_is_the_very_end() {
    means("^a$", &["a"], &["a\n", "\na"]);
}

#[test]
fn a_dot_is_anything_but_a_line_terminator() {
    means("^.$", &["a", "\t", "é", "😀", "\u{85}"], &["\n", "\r", "\u{2028}", "\u{2029}", "", "ab"]);
}

#[test]
fn classes_with_names() {
    means("^\\d$", &["0", "9"], &["a", "٣"]);
    means("^\\w$", &["a", "Z", "0", "_"], &["-", "é"]);
    means("^\\s$", &[" ", "\t", "\u{a0}", "\u{feff}", "\u{2028}", "\u{b}"], &["a", "\u{180e}", "\u{85}"]);
    means("^[\\D]$", &["a", "😀"], &["0"]);
    means("^\\S+$", &["a😀"], &["a b"]);
    means("^[^\\W]$", &["a"], &["-", "é"]);
}

#[test]
fn properties_of_unicode() {
    means("^\\p{L}+$", &["aéß日"], &["1", "a1"]);
    means("^[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*$", &["", "Straße 4²", "日本 語"], &["a*", "😀", "\n"]);
    means("^\\P{C}+$", &["aé 1"], &["\u{7}", "\u{e000}"]);
    means("^[^\\p{Lu}]$", &["a", "1"], &["A", "É"]);
    means("^\\p{Script=Greek}$", &["α"], &["a"]);
    means("^\\p{IsAlphabetic}$", &["a"], &["1"]);
}

#[test]
fn escapes() {
    means("^\\t\\n\\v\\f\\r\\x41\\u00e9\\cA\\0$", &["\t\n\u{b}\u{c}\rAé\u{1}\0"], &[]);
    means("^\\/\\-\\_\\:\\.\\]\\}$", &["/-_:.]}"], &[]);
    means("^\\101\\7\\x4\\u12$", &["A\u{7}x4u12"], &[]);
    means("^\\u{1F600}$", &["😀"], &[]);
    means("^[\\b]$", &["\u{8}"], &["b"]);
    means("\\bcat\\b", &["a cat.", "cat"], &["cats", "concat", "cat_"]);
    means("a\\Bb", &["ab"], &["a b"]);
    means("^\\c$", &["\\c"], &["c"]);
    means("^\\k$", &["k"], &[]);
}

#[test]
fn classes_in_brackets() {
    means("^[\\w-.]$", &["a", "-", "."], &["/", ","]);
    means("^[a-]$", &["a", "-"], &["b"]);
    means("^[-a]$", &["a", "-"], &[]);
    means("^[+--]$", &["+", ",", "-"], &["."]);
    means("^[^a]$", &["b", "\n", "😀"], &["a", ""]);
    means("^[a^]$", &["^", "a"], &["b"]);
    means("^[\\]\\\\]$", &["]", "\\"], &["["]);
    means("^[[]$", &["["], &["]"]);
    means("a[]", &[], &["a", "a]"]);
    means("^[^]$", &["a", "\n"], &[""]);
    means("^[.$(*]$", &[".", "$", "(", "*"], &["a"]);
}

#[test]
fn repetitions() {
    means("^a{2}$", &["aa"], &["a", "aaa"]);
    means("^a{2,}$", &["aa", "aaaaa"], &["a"]);
    means("^(ab){1,2}$", &["ab", "abab"], &["", "ababab"]);
    means("^a{0}b$", &["b"], &["ab"]);
    means("^a*?b+?c??$", &["b", "aabbc"], &["ac"]);
    means("^(a*)*$", &["", "aaa"], &["b"]);
    means("^(a|b{2,3})+$", &["abba", "bbbbb", "abbb"], &["ab", "b"]);
    means("^(?=a)*b$", &["b"], &["ab"]);
    // Braces that hold no numbers are plain text.
    means("^a{,2}{x}{$", &["a{,2}{x}{"], &["aa"]);
}

#[test]
fn long_repetitions_of_a_class_are_counted() {
    for (pattern, size) in [("x[a-z]{1,2048}$", 5), ("[a-z]{3,2048}x|y", 10)] {
        let Ok(Compiled::Checked(Program::Nfa(nfa))) = compile(pattern) else { panic!("{pattern}") };
        assert!(nfa.code.insts.len() <= size, "{:?}", nfa.code.insts);
    }
    let (some, most, more) = ("b".repeat(2), "b".repeat(2048), "b".repeat(2049));
    // A run that has reached its limit may begin anew at once.
    means("^([ab]{1,2}(?<=b))*$", &["abab", "babb"], &["aab", "aba"]);
    means("^(a|b{2,2048})$", &["a", &some, &most], &["", "b", &more]);
}

#[test]
fn look_around() {
    means("^(?!aws:)[a-z:]+$", &["ab:c", "xaws:"], &["aws:", "aws:x"]);
    means("^(?=.*[a-z])(?=.*\\d).{3,}$", &["ab1", "1-a"], &["abc", "123", "a1"]);
    means("^[a-z0-9-]+(?<!-s3alias)$", &["bucket", "-s3alias-x"], &["x-s3alias"]);
    means("(?<=a)b", &["ab"], &["cb", "b"]);
    means("^(((?!-)[a-z-]{0,3}[a-z])\\.)+$", &["a.", "a-b.c."], &["-a.", "a-.", "a.-b."]);
    means("^(?!.*(?<!a)b)", &["ab", "c"], &["cb", "b"]);
    means("(?!(?i)AWS_)^[A-Za-z_]+$", &["AW", "XAWS_"], &["AWS_X", "aws_x"]);
}

#[test]
fn look_around_on_long_texts() {
    let spaces = " ".repeat(100_000);
    let text = format!("{spaces}x");
    means("^(?!\\s*$)[\\s\\S]*(?<=x)$", &[&text], &[&spaces]);
}

/// What published patterns need beyond ECMAScript.
#[test]
fn liberties() {
    means("/^a+$/", &["a"], &["/a/", "b"]);
    means("(?i)^abc(?-i:d)é$", &["ABCdÉ", "abcdé"], &["abcD", "abcDé"]);
    means("^(?i:k)k$", &["Kk"], &["kK", "\u{212a}k"]);
    means("^(?s).(?-s:.)$", &["\na"], &["a\n"]);
}

/// Classes are written in UTF-16: surrogates in a class stand for the characters beyond the basic plane.
#[test]
fn surrogates() {
    means("^\\uD83D\\uDE00$", &["😀"], &["😁"]);
    means("^[\\uD83D\\uDE00-\\uD83D\\uDE02]$", &["😀", "😁", "😂"], &["😃"]);
    for class in [
        "[\\u0020-\\uD7FF\\uD800\\uDC00-\\uDBFF\\uDFFF]",
        "[\\u0020-\\uD7FF\\uD800\\uDBFF-\\uDC00\\uDFFF]",
        "[ -\\uFFFF]",
    ] {
        means(&format!("^{class}+$"), &["a", "é😀日"], &["\n", ""]);
    }
    means("^[^\\uD800-\\uDFFF]+$", &["aé"], &["😀"]);
    unchecked("[\\uD800-\\uDBFF][\\uDC00-\\uDFFF]", "it spells characters as halves of surrogate pairs");
    unchecked("\\uD83D", "it spells characters as halves of surrogate pairs");
}

#[test]
fn what_is_legal_and_cannot_be_checked() {
    unchecked("(a)\\1", "it refers back to a group");
    unchecked("(?<x>a)\\k<x>", "it refers back to a group");
    unchecked("\\Aa\\z", "`\\A` means something in other dialects and nothing in ECMAScript");
    unchecked("[\\p{Print}]", "`\\p{Print}` is not a property of Unicode");
    unchecked("\\pL", "`\\p` without a property in braces means nothing in ECMAScript");
    unchecked("^[\\\\p{L}\\\\-]+$", "its backslashes are doubled (`\\\\p{`), so it does not mean what it says");
    unchecked("[[:alpha:]]", "`[[:` begins a class that ECMAScript does not have");
    unchecked("(?m)^a$", "`m`, which lets `^` and `$` match at line breaks, is not supported");
    unchecked("(a{1,9}b){1000}", "its repetitions make it too large");
    unchecked("(((((ab){9}){9}){9}){9}){9}", "its repetitions make it too large");
    unchecked("(?:(?:){999999}a?){999999999}", "its repetitions make it too large");
}

#[test]
fn what_is_no_regular_expression() {
    refused("(a", "1: `(` is never closed; write `\\(` for the character");
    refused("a)", "2: `)` closes no group; write `\\)` for the character");
    refused("\\A(a", "3: `(` is never closed; write `\\(` for the character");
    refused("x[a", "2: `[` is never closed; write `\\[` for the character");
    refused("[z-a]", "2: a range in a class ends before it begins");
    refused("a{2,1}", "2: the numbers in braces are out of order");
    refused("*a", "1: nothing to repeat before `*`");
    refused("a**", "3: nothing to repeat before `*`");
    refused("a{1}+", "5: nothing to repeat before `+`");
    refused("^*", "2: nothing to repeat before `*`");
    refused("$+", "2: nothing to repeat before `+`");
    refused("\\b?", "3: nothing to repeat before `?`");
    refused("(?<=a)*", "7: nothing to repeat before `*`");
    refused("|{1}", "2: nothing to repeat before `{`");
    refused("a\\", "3: `\\` at the end escapes nothing; write `\\\\` for the character");
    refused("(?x)", "4: what follows `(?` is no kind of group");
    refused("(?)", "4: what follows `(?` is no kind of group");
    refused("(?<1>a)", "5: a group's name is made of letters, digits, `_` and `$`, and ends with `>`");
    refused("(?<a>a)(?<a>b)", "13: two groups have the same name");
}

/// ARNs and identifiers are checked in one pass without any state.
#[test]
fn anchored_sequences_without_a_choice_become_steps() {
    let steps = |pattern: &str| match compile(pattern) {
        Ok(Compiled::Checked(Program::Steps { steps, to_end })) => Some((steps.len(), to_end)),
        _ => None,
    };
    let arn = "^arn:(aws[a-zA-Z-]*):kinesisvideo:[a-z0-9-]+:[0-9]+:[a-z]+/[a-zA-Z0-9_.-]+/[0-9]+$";
    assert_eq!(steps(arn), Some((12, true)));
    assert_eq!(steps("^[a-zA-Z0-9_.-]+$"), Some((1, true)));
    assert_eq!(steps("^[a-z]{2}[a-z0-9]{0,8}"), Some((2, false)));
    assert_eq!(steps("^aa*$"), Some((1, true)));
    assert_eq!(steps("^a*b?a$"), None);
    assert_eq!(steps("^a*a$"), Some((1, true)));
    assert_eq!(steps("[a-z]+$"), None);
    assert_eq!(steps("^(a|b)$"), None);
    let Ok(Compiled::Checked(Program::Steps { steps, .. })) = compile("^ab[0-9]") else { panic!("not steps") };
    assert_eq!(steps[0], Step::Text("ab".to_owned()));
}

#[test]
fn a_class_is_stored_once() {
    let Ok(Compiled::Checked(Program::Nfa(nfa))) = compile("[a-z]-[a-z]|[a-z]") else { panic!("no automaton") };
    assert_eq!(nfa.classes.len(), 1);
    assert_eq!(nfa.code.insts.iter().filter(|inst| **inst == Inst::Class(0)).count(), 3);
}

#[test]
fn hostile_patterns_end_soon() {
    let start = Instant::now();
    for pattern in [
        "(".repeat(100_000),
        format!("{}a{}", "(".repeat(100_000), ")".repeat(100_000)),
        format!("{}a{}", "(?:".repeat(200), "+)".repeat(200)),
        "[".repeat(100_000),
        "a|".repeat(100_000),
        "a?".repeat(100_000),
        "\\p{L}".repeat(2_000),
        "(?=a)".repeat(10_000),
        "(?!a{1,9}){1,9}".repeat(5_000),
        "a{4294967295}".to_owned(),
        "a{1,99999999999999999999}".to_owned(),
        "\\9".repeat(10_000),
        "(a)\\1".repeat(10_000),
    ] {
        // Whether it compiles is not the point here.
        let _ = compile(&pattern);
    }
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn hostile_texts_are_matched_in_linear_time() {
    let start = Instant::now();
    let text = "a".repeat(200_000);
    for pattern in ["^(a+)+$b", "(a*)*b", "(a|aa)+$b", "(?!a*$)a{1,2048}b", "(.*a){1,20}b", "(?<=a*b)c"] {
        means(pattern, &[], &[&text]);
    }
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}
