//! Plain text to Markdown that shows exactly that text.

/// Appends `text`, with everything escaped that Markdown or rustdoc would take for markup.
///
/// Addresses become links, unless `in_link`, where links cannot be nested.
pub(super) fn text(out: &mut String, text: &str, in_link: bool) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if !in_link && let Some(length) = url_length(out, rest) {
            let (url, after) = rest.split_at(length);
            out.push('<');
            out.push_str(url);
            out.push('>');
            rest = after;
            continue;
        }
        let next = rest.chars().nth(1);
        if needs_backslash(out.chars().next_back(), first, next, rest) {
            out.push('\\');
        }
        out.push(first);
        rest = &rest[first.len_utf8()..];
    }
}

fn needs_backslash(previous: Option<char>, c: char, next: Option<char>, rest: &str) -> bool {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '\\' | '`' | '*' | '[' | ']' | '<' | '~' => true,
        // Within a word it marks nothing.
        '_' => !(word(previous) && word(next)),
        // Two would be typeset as a dash.
        '-' => previous == Some('-'),
        '&' => is_reference(rest),
        '>' => previous.is_none(),
        _ => false,
    }
}

/// Whether a text starts with what Markdown would decode as a character reference.
fn is_reference(text: &str) -> bool {
    for (index, byte) in text.bytes().enumerate().skip(1).take(32) {
        match byte {
            b';' => return index > 1,
            b'#' if index == 1 => {}
            _ if byte.is_ascii_alphanumeric() => {}
            _ => return false,
        }
    }
    false
}

/// Keeps the time linear for an address of nothing but brackets.
const LONGEST_URL: usize = 400;

/// The length of the address at the start of `rest`, if there is one and `out` does not end within a word.
fn url_length(out: &str, rest: &str) -> Option<usize> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| rest.starts_with(scheme))?;
    if out.chars().next_back().is_some_and(char::is_alphanumeric) {
        return None;
    }
    let ends = |c: char| c.is_whitespace() || c.is_control() || "<>\"`\\|".contains(c);
    let end = match rest.char_indices().find(|(index, c)| *index > LONGEST_URL || ends(*c)) {
        Some((index, _)) if index > LONGEST_URL => return None,
        Some((index, _)) => index,
        None => rest.len(),
    };
    let mut url = rest[..end].trim_end_matches(|c: char| ".,;:!?'*_)]}…’”".contains(c));
    // A closing bracket belongs to the address if the opening one does.
    while let Some(bracket) = rest[url.len()..end].chars().next().filter(|c| matches!(c, ')' | ']' | '}')) {
        let open = match bracket {
            ')' => '(',
            ']' => '[',
            _ => '{',
        };
        if url.matches(open).count() <= url.matches(bracket).count() {
            break;
        }
        url = &rest[..url.len() + 1];
    }
    let host = &url[scheme.len().min(url.len())..];
    host.starts_with(|c: char| c.is_alphanumeric() || "{$[".contains(c)).then_some(url.len())
}

/// Escapes what would make a paragraph something else: a heading, a list, a quotation, a rule.
pub(super) fn paragraph_start(paragraph: &str) -> Option<String> {
    let first = paragraph.chars().next()?;
    if "#+-=".contains(first) {
        return Some(format!("\\{paragraph}"));
    }
    let digits = paragraph.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=9).contains(&digits) && paragraph[digits..].starts_with(['.', ')']) {
        return Some(format!("{}\\{}", &paragraph[..digits], &paragraph[digits..]));
    }
    None
}

/// Code between backticks, more of them than there are within.
pub(super) fn code(out: &mut String, code: &str) {
    let mut longest = 0;
    let mut run = 0;
    for c in code.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest + 1);
    let padding = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    for part in [&fence, padding, code, padding, &fence] {
        out.push_str(part);
    }
}

/// The address of a link, if it is one that works from anywhere.
pub(super) fn destination(href: &str) -> Option<String> {
    let lower = href.get(..8).unwrap_or(href).to_ascii_lowercase();
    if !["https://", "http://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme)) {
        return None;
    }
    let mut out = String::with_capacity(href.len());
    for c in href.chars().filter(|c| !c.is_control()) {
        match c {
            ' ' => out.push_str("%20"),
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '"' => out.push_str("%22"),
            '\\' => out.push_str("%5C"),
            '`' => out.push_str("%60"),
            '|' => out.push_str("%7C"),
            c if c.is_whitespace() => {}
            c => out.push(c),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(plain: &str) -> String {
        let mut out = String::new();
        text(&mut out, plain, false);
        out
    }

    #[test]
    fn text_is_escaped_where_markdown_would_read_markup() {
        let cases = [
            ("a [x] b", "a \\[x\\] b"),
            ("2 * 3 *4*", "2 \\* 3 \\*4\\*"),
            ("snake_case _x_", "snake_case \\_x\\_"),
            ("Vec<T> `x`", "Vec\\<T> \\`x\\`"),
            ("a\\b ~c~", "a\\\\b \\~c\\~"),
            ("AT&T &amp; &#39; &x", "AT&T \\&amp; \\&#39; &x"),
            ("--region", "-\\-region"),
        ];
        for (plain, expected) in cases {
            assert_eq!(escaped(plain), expected);
        }
    }

    #[test]
    fn addresses_become_links() {
        let cases = [
            ("see https://a.b/c_d.", "see <https://a.b/c_d>."),
            ("(http://a.b)", "(<http://a.b>)"),
            ("https://a.b/x_(y)", "<https://a.b/x_(y)>"),
            ("https://{region}.a.b/*", "<https://{region}.a.b/>\\*"),
            ("https://<id>.a.b", "https://\\<id>.a.b"),
            ("xhttps://a.b", "xhttps://a.b"),
            ("https://", "https://"),
        ];
        for (plain, expected) in cases {
            assert_eq!(escaped(plain), expected);
        }
    }

    #[test]
    fn only_absolute_addresses_are_linked_to() {
        assert_eq!(destination("https://a.b/(c) d"), Some("https://a.b/%28c%29%20d".to_owned()));
        assert_eq!(destination("HTTP://a.b"), Some("HTTP://a.b".to_owned()));
        for local in ["", "API_X.html", "#x", "/x", "javascript:alert(1)", "Vec"] {
            assert_eq!(destination(local), None, "{local}");
        }
    }
}
