//! Pieces of HTML, each with its Markdown.

use proptest::prelude::*;

use super::to_markdown;

fn check(cases: &[(&str, &str)]) {
    for (html, expected) in cases {
        assert_eq!(to_markdown(html), *expected, "{html}");
    }
}

#[test]
fn paragraphs_are_separated_by_blank_lines() {
    check(&[
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("<p>a<p>b", "a\n\nb"),
        ("a\n  b\tc", "a b c"),
        ("", ""),
        ("<p> </p>\n<p/>", ""),
        ("a<br>b<br/>c", "a\n\nb\n\nc"),
        ("<fullname>X</fullname><p>a</p>", "X\n\na"),
    ]);
}

#[test]
fn styles_code_and_links_are_kept() {
    check(&[
        ("<p>Use <code>Get Clip</code>, <b>not</b> <i>this</i>.</p>", "Use `Get Clip`, **not** *this*."),
        ("<a href=\"https://a.b/c\">the <code>X</code> page</a>", "[the `X` page](https://a.b/c)"),
        ("<code><a href=\"https://a.b\">X</a>.y</code>", "[`X`](https://a.b)`.y`"),
        ("<a>GetClip</a> and <a href=\"API_X.html\">X</a>", "GetClip and X"),
        ("<a href=\"https://a.b/c\">https://a.b/c</a>", "<https://a.b/c>"),
        ("see https://a.b/c.", "see <https://a.b/c>."),
        ("pass `null` or `", "pass `null` or \\`"),
        ("<code>a&lt;b&gt;</code> [x] &lt;y&gt;", "`a<b>` \\[x\\] \\<y>"),
        ("<code>unclosed<p>next</p>", "`unclosed`\n\nnext"),
        ("arn:aws:<region>:<account-id>", "arn:aws:\\<region>:\\<account-id>"),
    ]);
}

#[test]
fn lists_are_nested_by_indentation() {
    check(&[
        ("<p>a</p><ul><li>b</li><li><p>c</p></li></ul><p>d</p>", "a\n\n- b\n- c\n\nd"),
        ("<ol><li>a<ul><li>b<li>c</ul></li><li>d</li></ol>", "1. a\n\n   - b\n   - c\n2. d"),
        ("<ul><li><p>a</p><p>b</p></li><li>c</li></ul>", "- a\n\n  b\n- c"),
        ("<ul><li><ul><li>a</li></ul></li></ul>", "- - a"),
        ("<ul> <li> </li> <li>a</li> </ul>", "- a"),
        ("<li>a</li><li>b</li>", "- a\n- b"),
        ("<ol><li>a</li>b<li>c</li></ol>", "1. a\n\nb\n\n2. c"),
        ("a</ul></li>b", "a\n\nb"),
        (
            "<dl><dt>Key</dt><dd><p>what</p></dd><dt>Other</dt><dd>else</dd></dl>",
            "- **Key**\n\n  what\n- **Other**\n\n  else",
        ),
    ]);
}

#[test]
fn no_space_stands_before_a_full_stop_or_within_brackets() {
    check(&[
        (
            "<p>See <a href=\"https://a.example\">b</a> . Then <i>c</i> , d ( <code>e</code> ).</p>",
            "See [b](https://a.example). Then *c*, d (`e`).",
        ),
        (
            "<p>Logs . By default a .zip file ; <code>ls . ,</code> , ...</p>",
            "Logs. By default a .zip file ; `ls . ,`, ...",
        ),
    ]);
}

#[test]
fn notes_are_quotations() {
    check(&[
        ("<note><p>a</p><p>b</p></note><p>c</p>", "> **Note:** a\n>\n> b\n\nc"),
        ("<important>a</important><important>b</important>", "> **Important:** a\n\n> **Important:** b"),
        ("<ul><li>a<note><p>b</p></note></li></ul>", "- a\n\n  > **Note:** b"),
        ("<note><ul><li>a</li></ul></note>b", "> **Note:**\n>\n> - a\n\nb"),
    ]);
}

#[test]
fn preformatted_text_keeps_its_lines() {
    check(&[
        ("<pre>a\n  b &lt;c&gt;\n</pre>", "```text\na\n  b <c>\n```"),
        ("<pre><code>```\nx</code></pre>y", "````text\n```\nx\n````\n\ny"),
        ("<ul><li>a<pre>b\n\nc</pre></li></ul>", "- a\n\n  ```text\n  b\n\n  c\n  ```"),
        ("<pre>unclosed <region>", "```text\nunclosed <region>\n```"),
        ("<pre> </pre>", ""),
    ]);
}

#[test]
fn headings_and_tables_are_kept() {
    check(&[
        ("<h2>Filtering</h2><p>a</p>", "## Filtering\n\na"),
        ("<ul><li><h3>Title</h3>a</li></ul>", "- Title\n\n  a"),
        (
            "<table><tr><th>A</th><th>B</th></tr><tr><td><p>1|2</p></td><td><code>x</code></td></tr></table>z",
            "| A | B |\n| --- | --- |\n| 1\\|2 | `x` |\n\nz",
        ),
        ("<table><tr><td>A<td>B<tr><td>c", "| A | B |\n| --- | --- |\n| c |"),
        ("<table></table>", ""),
    ]);
}

#[test]
fn text_that_looks_like_a_block_stays_text() {
    check(&[
        ("<p># a</p><p>1. b</p><p>> c</p><p>--- d</p>", "\\# a\n\n1\\. b\n\n\\> c\n\n\\-\\-\\- d"),
        ("<ul><li>[ ] task</li></ul>", "- \\[ \\] task"),
    ]);
}

#[test]
fn a_hostile_text_takes_linear_time_and_space() {
    let cases = [
        "<ul><li>".repeat(50_000) + "x",
        "<note>a".repeat(20_000),
        "<a \"".repeat(20_000),
        "<b><i><code>".repeat(20_000) + "x",
        "&".repeat(100_000),
        "`".repeat(100_000),
        "https://".repeat(20_000),
        "<table><tr><td>".repeat(20_000),
        "<!--".repeat(50_000),
    ];
    for html in cases {
        let markdown = to_markdown(&html);
        assert!(markdown.len() <= 8 * html.len(), "{} bytes from {}", markdown.len(), html.len());
    }
}

proptest! {
    #[test]
    fn any_text_gives_markdown_without_control_characters(html in ".{0,200}") {
        let markdown = to_markdown(&html);
        prop_assert!(markdown.chars().all(|c| c == '\n' || !c.is_control()));
        prop_assert_eq!(markdown.trim(), markdown.as_str());
    }

    #[test]
    fn any_sequence_of_tags_gives_markdown(parts in prop::collection::vec(
        prop::sample::select(vec![
            "<p>", "</p>", "<ul>", "</ul>", "<ol>", "<li>", "</li>", "<note>", "</note>", "<b>", "</b>", "<code>", "</code>",
            "<a href=\"https://a.b\">", "</a>", "<pre>", "</pre>", "<table>", "<tr>", "<td>", "</table>", "<dt>", "<dd>",
            "<h2>", "</h2>", "<br>", "word", " ", "[x]", "*", "`", "<y>", "https://c.d ", "\n",
        ]), 0..40)) {
        let markdown = to_markdown(&parts.concat());
        // Every word is shown, whatever is around it.
        let words = parts.iter().filter(|part| **part == "word").count();
        prop_assert_eq!(markdown.matches("word").count(), words);
    }
}
