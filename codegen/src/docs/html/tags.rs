//! What each tag means. AWS's documentation mixes HTML with remains of DocBook.

/// What a tag means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A style of text.
    Inline(Inline),
    /// `a`, and DocBook's `ulink`.
    Link,
    /// `img`.
    Image,
    /// `br`.
    Break,
    /// `pre`.
    Preformatted,
    /// `ul`, `ol`, `dl`.
    List { ordered: bool },
    /// `li`.
    Item,
    /// `dt`.
    Term,
    /// `dd`, which stays in the item of its term.
    Definition,
    /// `note` and its kind, with the word that starts it.
    Admonition(&'static str),
    /// `h1` to `h6`.
    Heading(usize),
    /// `table`.
    Table,
    /// `tr`.
    Row,
    /// `td`, `th`.
    Cell,
    /// `p` and everything else that ends a paragraph.
    Block,
    /// Known, and without a meaning for a reader.
    Transparent,
    /// No markup: a placeholder such as `<region>`.
    Unknown,
}

/// A style of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inline {
    Bold,
    Italic,
    Code,
}

/// What the tag of this name means.
pub(super) fn kind(name: &str) -> Kind {
    match name.to_ascii_lowercase().as_str() {
        "b" | "strong" => Kind::Inline(Inline::Bold),
        "i" | "em" | "emphasis" | "var" | "cite" | "replaceable" => Kind::Inline(Inline::Italic),
        "code" | "tt" | "kbd" | "samp" | "literal" | "userinput" | "filename" | "function" => {
            Kind::Inline(Inline::Code)
        }
        "a" | "ulink" => Kind::Link,
        "img" => Kind::Image,
        "br" => Kind::Break,
        "pre" | "programlisting" => Kind::Preformatted,
        "ul" | "dl" => Kind::List { ordered: false },
        "ol" => Kind::List { ordered: true },
        "li" => Kind::Item,
        "dt" => Kind::Term,
        "dd" => Kind::Definition,
        "note" => Kind::Admonition("Note:"),
        "important" => Kind::Admonition("Important:"),
        "warning" => Kind::Admonition("Warning:"),
        "caution" => Kind::Admonition("Caution:"),
        "tip" => Kind::Admonition("Tip:"),
        "h1" => Kind::Heading(1),
        "h2" => Kind::Heading(2),
        "h3" => Kind::Heading(3),
        "h4" => Kind::Heading(4),
        "h5" => Kind::Heading(5),
        "h6" => Kind::Heading(6),
        "table" => Kind::Table,
        "tr" => Kind::Row,
        "td" | "th" => Kind::Cell,
        "p" | "para" | "div" | "section" | "article" | "fullname" | "blockquote" | "hr" | "caption" | "title" => {
            Kind::Block
        }
        "span" | "u" | "s" | "sub" | "sup" | "small" | "big" | "font" | "center" | "link" | "text" | "thead"
        | "tbody" | "tfoot" | "colgroup" | "col" | "xhtml" | "zonbook" | "html" | "body" | "abbr" | "q" | "mark"
        | "wbr" => Kind::Transparent,
        _ => Kind::Unknown,
    }
}
