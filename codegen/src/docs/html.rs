//! The HTML of AWS's documentation, to Markdown that rustdoc accepts without a warning.
//!
//! Never fails: tags may be unknown, unclosed or badly nested. What is not markup is shown as the text it is.

mod entity;
mod escape;
mod inline;
mod output;
mod table;
mod tags;
mod token;

use inline::{Paragraph, Style, is_invisible};
use output::Output;
use table::Table;
use tags::{Inline, Kind};
use token::{Tag, Token};

/// Turns HTML into Markdown.
///
/// A paragraph is one line, however long; blocks are separated by blank lines. The result has no white space around it, and
/// is empty if there is nothing to read.
pub fn to_markdown(html: &str) -> String {
    let mut converter = Converter::default();
    for token in token::tokens(html) {
        match token {
            Token::Text(text) => converter.text(text),
            Token::Open(tag) => converter.open(tag),
            Token::Close(tag) => converter.close(tag),
        }
    }
    converter.finish()
}

#[derive(Default)]
struct Converter {
    output: Output,
    /// What was read since the last block ended.
    paragraph: Paragraph,
    style: Style,
    /// What names the next paragraph: the word `Note` of a note.
    label: Option<&'static str>,
    /// The level of the heading that is open.
    heading: Option<usize>,
    /// The text of the `pre` that is open.
    preformatted: Option<String>,
    table: Option<Table>,
}

impl Converter {
    fn text(&mut self, raw: &str) {
        let text = entity::decode(raw);
        if let Some(preformatted) = &mut self.preformatted {
            preformatted.extend(text.chars().filter(|c| matches!(c, '\n' | '\t') || !is_invisible(*c)));
            return;
        }
        if self.style.code {
            self.paragraph.push(&text, self.style);
        } else {
            self.text_with_backticks(&text);
        }
    }

    /// Some writers mark code as Markdown does.
    fn text_with_backticks(&mut self, text: &str) {
        let code = Style { code: true, ..self.style };
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('`') {
            self.paragraph.push(before, self.style);
            match after.split_once('`') {
                Some((inner, after)) if !inner.trim().is_empty() => {
                    self.paragraph.push(inner, code);
                    rest = after;
                }
                _ => {
                    self.paragraph.push("`", self.style);
                    rest = after;
                }
            }
        }
        self.paragraph.push(rest, self.style);
    }

    fn open(&mut self, tag: Tag<'_>) {
        let kind = tags::kind(tag.name);
        if self.preformatted.is_some() {
            match kind {
                Kind::Break => self.text("\n"),
                Kind::Unknown => self.text(tag.raw),
                _ => {}
            }
            return;
        }
        match kind {
            Kind::Inline(inline) => self.set_style(inline, true),
            Kind::Link => self.open_link(tag),
            Kind::Image => {
                let alternative = tag.attribute("alt").unwrap_or_default();
                self.paragraph.push(&alternative, self.style);
            }
            Kind::Break => {
                if self.table.is_some() {
                    self.paragraph.push(" ", Style::default());
                } else {
                    self.flush();
                }
            }
            Kind::Preformatted => {
                self.end_block();
                // In a cell there is no place for a block.
                if self.table.is_none() {
                    self.preformatted = Some(String::new());
                }
            }
            Kind::Transparent => {}
            Kind::Unknown => self.text(tag.raw),
            Kind::Table if self.table.is_none() => {
                self.end_block();
                self.table = Some(Table::default());
            }
            Kind::Row | Kind::Cell => self.open_row_or_cell(kind),
            _ => self.open_block(kind),
        }
    }

    fn open_block(&mut self, kind: Kind) {
        self.end_block();
        if self.table.is_some() {
            return;
        }
        match kind {
            Kind::List { ordered } => {
                if let Some(label) = self.label.take() {
                    self.output.block(&format!("**{label}**"));
                }
                self.output.open_list(ordered);
            }
            Kind::Item => self.output.open_item(),
            Kind::Term => {
                self.output.open_item();
                self.style.bold = true;
            }
            Kind::Admonition(label) => {
                self.output.open_quote();
                self.label = Some(label);
            }
            Kind::Heading(level) => self.heading = Some(level),
            _ => {}
        }
    }

    fn close(&mut self, tag: Tag<'_>) {
        let kind = tags::kind(tag.name);
        if let Some(text) = &mut self.preformatted {
            match kind {
                Kind::Preformatted => {
                    let text = std::mem::take(text);
                    self.preformatted = None;
                    self.output.fenced(&text);
                }
                Kind::Unknown => self.text(tag.raw),
                _ => {}
            }
            return;
        }
        match kind {
            Kind::Inline(inline) => self.set_style(inline, false),
            Kind::Link => self.style.link = None,
            Kind::Break | Kind::Image | Kind::Transparent => {}
            Kind::Unknown => self.text(tag.raw),
            Kind::Table => {
                self.end_block();
                if let Some(table) = self.table.take() {
                    self.output.lines(&table.render());
                }
            }
            Kind::Row | Kind::Cell => self.end_block(),
            _ => {
                self.end_block();
                if self.table.is_none() {
                    match kind {
                        Kind::List { .. } => self.output.close_list(),
                        Kind::Item => self.output.close_item(),
                        Kind::Admonition(_) => {
                            self.label = None;
                            self.output.close_quote();
                        }
                        _ => {}
                    }
                }
            }
        }
    }

    fn set_style(&mut self, inline: Inline, on: bool) {
        match inline {
            Inline::Bold => self.style.bold = on,
            Inline::Italic => self.style.italic = on,
            Inline::Code => self.style.code = on,
        }
    }

    fn open_link(&mut self, tag: Tag<'_>) {
        let target = tag.attribute("href").or_else(|| tag.attribute("url"));
        let destination = target.and_then(|target| escape::destination(&target));
        self.style.link = destination.map(|destination| self.paragraph.add_link(destination));
    }

    fn open_row_or_cell(&mut self, kind: Kind) {
        self.end_block();
        if let Some(table) = &mut self.table {
            match kind {
                Kind::Row => table.open_row(),
                _ => table.open_cell(),
            }
        }
    }

    /// Ends a paragraph and every style that was left open in it.
    fn end_block(&mut self) {
        self.flush();
        self.style = Style::default();
        self.heading = None;
    }

    fn flush(&mut self) {
        let mut paragraph = std::mem::take(&mut self.paragraph);
        // Links are numbered by paragraph.
        self.style.link = None;
        if paragraph.is_blank() {
            return;
        }
        if let Some(table) = &mut self.table {
            table.add(&paragraph.render());
            return;
        }
        if let Some(label) = self.label.take() {
            let bold = Style { bold: true, ..Style::default() };
            paragraph.prepend(label, bold);
        }
        let text = paragraph.render();
        let heading = self.heading.filter(|_| self.output.is_outermost());
        match heading {
            Some(level) => self.output.block(&format!("{} {text}", "#".repeat(level))),
            None => self.output.block(&text),
        }
    }

    fn finish(mut self) -> String {
        if let Some(text) = self.preformatted.take() {
            self.output.fenced(&text);
        }
        self.end_block();
        if let Some(table) = self.table.take() {
            self.output.lines(&table.render());
        }
        self.output.finish()
    }
}

#[cfg(test)]
mod tests;
