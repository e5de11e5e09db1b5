//! One paragraph: runs of text in some style, to Markdown on one line.

use super::escape;

/// How a run looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) code: bool,
    /// The link it is the text of, as an index into the links of the paragraph.
    pub(super) link: Option<usize>,
}

/// Text in one style; white space as in the source.
#[derive(Clone, Debug)]
struct Run {
    text: String,
    style: Style,
}

/// A paragraph that is being gathered.
#[derive(Clone, Debug, Default)]
pub(super) struct Paragraph {
    runs: Vec<Run>,
    links: Vec<String>,
}

impl Paragraph {
    /// Adds text.
    pub(super) fn push(&mut self, text: &str, style: Style) {
        match self.runs.last_mut() {
            Some(last) if last.style == style => last.text.push_str(text),
            _ => self.runs.push(Run { text: text.to_owned(), style }),
        }
    }

    /// Adds the destination of a link and gives its index.
    pub(super) fn add_link(&mut self, destination: String) -> usize {
        self.links.push(destination);
        self.links.len() - 1
    }

    /// Whether there is nothing to see.
    pub(super) fn is_blank(&self) -> bool {
        self.runs.iter().all(|run| run.text.chars().all(char::is_whitespace))
    }

    /// Puts a word in front.
    pub(super) fn prepend(&mut self, text: &str, style: Style) {
        let run = |text: &str, style| Run { text: text.to_owned(), style };
        self.runs.splice(0..0, [run(text, style), run(" ", Style::default())]);
    }

    /// The Markdown of this paragraph, white space collapsed, on one line.
    pub(super) fn render(&self) -> String {
        let words = self.words();
        let mut out = String::new();
        let mut index = 0;
        while let Some(word) = words.get(index) {
            let link = word.style.link;
            let length = words[index..].iter().take_while(|word| word.style.link == link).count();
            let group = &words[index..index + length];
            if word.space_before && !out.is_empty() {
                out.push(' ');
            }
            let after = words.get(index + length);
            let destination = link.and_then(|link| self.links.get(link));
            render_group(&mut out, group, after, destination.map(String::as_str));
            index += length;
        }
        escape::paragraph_start(&out).unwrap_or(out)
    }

    /// The runs without the white space around them.
    fn words(&self) -> Vec<Word> {
        let mut words: Vec<Word> = Vec::new();
        let mut space = false;
        for run in &self.runs {
            let mut text = collapse(&run.text);
            if !run.style.code {
                text = text.replace(" . ", ". ").replace(" , ", ", ");
            }
            let core = text.trim();
            space |= text.starts_with(' ');
            if core.is_empty() {
                continue;
            }
            if !run.style.code && closes(core) || words.last().is_some_and(Word::opens) {
                space = false;
            }
            // Code within bold or italic text is set as code only: less to get wrong, and as easy to read.
            let style = match run.style {
                Style { code: true, link, .. } => Style { code: true, link, ..Style::default() },
                style => style,
            };
            match words.last_mut() {
                Some(last) if last.style == style && (!space || !style.code) => {
                    if space {
                        last.text.push(' ');
                    }
                    last.text.push_str(core);
                }
                _ => words.push(Word { text: core.to_owned(), style, space_before: space }),
            }
            space = text.ends_with(' ');
        }
        words
    }
}

/// A run without the white space around it.
struct Word {
    text: String,
    style: Style,
    space_before: bool,
}

impl Word {
    /// Whether it ends with what no space belongs behind.
    fn opens(&self) -> bool {
        !self.style.code && self.text.ends_with('(')
    }
}

/// Whether a text starts with what no space belongs before: models have it behind links and code.
fn closes(text: &str) -> bool {
    match text.strip_prefix(['.', ',', ';']) {
        Some(behind) => behind.is_empty() || behind.starts_with(' '),
        None => text.starts_with(')'),
    }
}

/// Makes every stretch of white space one space; drops what has no place in a text.
fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !is_invisible(c) {
            out.push(c);
        }
    }
    out
}

/// Control characters, and those that turn the direction of text around, which rustc refuses in a source file.
pub(super) fn is_invisible(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Renders words of the same link, or of none.
fn render_group(out: &mut String, group: &[Word], after: Option<&Word>, destination: Option<&str>) {
    let Some(destination) = destination else {
        render_words(out, group, after, false);
        return;
    };
    if let [only] = group
        && only.text == destination
    {
        out.push('<');
        out.push_str(destination);
        out.push('>');
        return;
    }
    out.push('[');
    render_words(out, group, None, true);
    out.push_str("](");
    out.push_str(destination);
    out.push(')');
}

fn render_words(out: &mut String, group: &[Word], after: Option<&Word>, in_link: bool) {
    for (index, word) in group.iter().enumerate() {
        if word.space_before && index > 0 {
            out.push(' ');
        }
        if word.style.code {
            escape::code(out, &word.text);
            continue;
        }
        let next = group.get(index + 1).or(after);
        let marker = match (word.style.bold, word.style.italic) {
            (true, true) => "***",
            (true, false) => "**",
            (false, true) => "*",
            (false, false) => "",
        };
        let marker = if emphasis_works(out, word, next) { marker } else { "" };
        out.push_str(marker);
        escape::text(out, &word.text, in_link);
        out.push_str(marker);
    }
}

/// Whether markers around a word would be read as such, given what stands before and after.
fn emphasis_works(out: &str, word: &Word, next: Option<&Word>) -> bool {
    let before = out.chars().next_back().unwrap_or(' ');
    let after = match next {
        Some(next) if !next.space_before => next.text.chars().next().unwrap_or(' '),
        _ => ' ',
    };
    let word_like = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let opens = word_like(word.text.chars().next()) || !before.is_alphanumeric();
    let closes = word_like(word.text.chars().next_back()) || !after.is_alphanumeric();
    let next_is_marked = next.is_some_and(|next| !next.space_before && (next.style.bold || next.style.italic));
    opens && closes && before != '*' && !next_is_marked
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Style = Style { bold: false, italic: false, code: false, link: None };
    const BOLD: Style = Style { bold: true, ..PLAIN };
    const ITALIC: Style = Style { italic: true, ..PLAIN };
    const CODE: Style = Style { code: true, ..PLAIN };

    fn rendered(runs: &[(&str, Style)]) -> String {
        let mut paragraph = Paragraph::default();
        paragraph.add_link("https://a.b".to_owned());
        for (text, style) in runs {
            paragraph.push(text, *style);
        }
        paragraph.render()
    }

    #[test]
    fn styles_keep_clear_of_white_space() {
        assert_eq!(rendered(&[("a", PLAIN), (" b ", BOLD), ("c", PLAIN)]), "a **b** c");
        assert_eq!(rendered(&[("  a \n b  ", PLAIN)]), "a b");
        assert_eq!(rendered(&[("see", PLAIN), (" x  y ", CODE), (".", PLAIN)]), "see `x y`.");
        assert_eq!(rendered(&[("a ", PLAIN), ("  ", BOLD), (" b", PLAIN)]), "a b");
    }

    #[test]
    fn emphasis_that_would_not_be_read_as_such_is_left_out() {
        assert_eq!(rendered(&[("a:", BOLD), ("b", PLAIN)]), "a:b");
        assert_eq!(rendered(&[("a", PLAIN), ("\"b\"", BOLD)]), "a\"b\"");
        assert_eq!(rendered(&[("a", BOLD), ("b", ITALIC)]), "a*b*");
        assert_eq!(rendered(&[("a", BOLD), (" ", PLAIN), ("b", ITALIC)]), "**a** *b*");
    }

    #[test]
    fn a_link_is_one_link_whatever_its_text_looks_like() {
        let link = |style: Style| Style { link: Some(0), ..style };
        assert_eq!(
            rendered(&[
                ("see ", PLAIN),
                ("the ", link(PLAIN)),
                ("X", link(CODE)),
                (" page", link(PLAIN)),
                (".", PLAIN)
            ]),
            "see [the `X` page](https://a.b)."
        );
        assert_eq!(rendered(&[("https://a.b", link(PLAIN))]), "<https://a.b>");
        assert_eq!(rendered(&[("go to https://c.d", link(PLAIN))]), "[go to https://c.d](https://a.b)");
    }

    #[test]
    fn the_start_of_a_paragraph_stays_text() {
        assert_eq!(rendered(&[("# a", PLAIN)]), "\\# a");
        assert_eq!(rendered(&[("1. a", PLAIN)]), "1\\. a");
        assert_eq!(rendered(&[("- a", PLAIN)]), "\\- a");
        assert_eq!(rendered(&[("> a", PLAIN)]), "\\> a");
        assert_eq!(rendered(&[("1.5 a", PLAIN)]), "1\\.5 a");
    }

    #[test]
    fn code_holds_backticks() {
        assert_eq!(rendered(&[("a`b", CODE)]), "``a`b``");
        assert_eq!(rendered(&[("`a", CODE)]), "`` `a ``");
    }
}
