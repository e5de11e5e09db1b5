//! Blocks of Markdown, indented as the lists and quotations they are in ask for.

/// Markdown so far, and the blocks that are open.
#[derive(Default)]
pub(super) struct Output {
    text: String,
    open: Vec<Container>,
    /// Lists and quotations that are open but too deep to be shown as such.
    too_deep: usize,
}

/// Deeper lists and quotations are shown as if they were on this level: nobody could read them, and the indentation of a
/// hostile text would grow with the square of its length.
const DEEPEST: usize = 8;

enum Container {
    List {
        /// The number of the next item.
        next: Option<u32>,
        /// Whether an item was written.
        started: bool,
    },
    Item {
        marker: String,
        /// Whether the marker was written.
        written: bool,
    },
    Quote {
        /// Whether a line was written.
        written: bool,
    },
}

impl Output {
    pub(super) fn open_list(&mut self, ordered: bool) {
        let next = ordered.then_some(1);
        self.push(Container::List { next, started: false });
    }

    /// Opens an item, after closing the one before it.
    pub(super) fn open_item(&mut self) {
        if self.too_deep > 0 {
            return;
        }
        self.close_item();
        if !matches!(self.open.last(), Some(Container::List { .. })) {
            self.open_list(false);
        }
        let Some(Container::List { next, .. }) = self.open.last_mut() else {
            return;
        };
        let marker = match next {
            Some(number) => {
                let marker = format!("{number}. ");
                *number += 1;
                marker
            }
            None => "- ".to_owned(),
        };
        self.open.push(Container::Item { marker, written: false });
    }

    pub(super) fn open_quote(&mut self) {
        self.push(Container::Quote { written: false });
    }

    fn push(&mut self, container: Container) {
        if self.open.len() >= DEEPEST || self.too_deep > 0 {
            self.too_deep += 1;
        } else {
            self.open.push(container);
        }
    }

    /// Closes the innermost item, if it is not outside of the innermost list or quotation.
    pub(super) fn close_item(&mut self) {
        if self.too_deep == 0 && matches!(self.open.last(), Some(Container::Item { .. })) {
            self.open.pop();
        }
    }

    /// Closes the innermost list and what is in it.
    pub(super) fn close_list(&mut self) {
        self.close(|container| matches!(container, Container::List { .. }));
    }

    /// Closes the innermost quotation and what is in it.
    pub(super) fn close_quote(&mut self) {
        self.close(|container| matches!(container, Container::Quote { .. }));
    }

    fn close(&mut self, is_it: impl Fn(&Container) -> bool) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
        } else if let Some(at) = self.open.iter().rposition(is_it) {
            self.open.truncate(at);
        }
    }

    /// Whether neither a list nor a quotation is open.
    pub(super) fn is_outermost(&self) -> bool {
        self.open.is_empty()
    }

    /// Writes a paragraph of one line.
    pub(super) fn block(&mut self, line: &str) {
        self.lines(&[line.to_owned()]);
    }

    /// Writes a block of code.
    pub(super) fn fenced(&mut self, code: &str) {
        let code: Vec<&str> = code.lines().map(str::trim_end).collect();
        let first = code.iter().position(|line| !line.is_empty()).unwrap_or(code.len());
        let last = code.iter().rposition(|line| !line.is_empty()).map_or(first, |last| last + 1);
        if first >= last {
            return;
        }
        let longest = code.iter().filter_map(|line| fence_length(line)).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        let mut lines = vec![format!("{fence}text")];
        lines.extend(code[first..last].iter().map(|line| (*line).to_owned()));
        lines.push(fence);
        self.lines(&lines);
    }

    /// Writes a block of several lines.
    pub(super) fn lines(&mut self, lines: &[String]) {
        if lines.is_empty() {
            return;
        }
        self.separate();
        let prefixes = self.prefixes();
        for (index, line) in lines.iter().enumerate() {
            let prefix = if index == 0 { &prefixes.0 } else { &prefixes.1 };
            let whole = format!("{prefix}{line}");
            self.text.push_str(whole.trim_end());
            self.text.push('\n');
        }
        for container in &mut self.open {
            match container {
                Container::List { started, .. } => *started = true,
                Container::Item { written, .. } | Container::Quote { written } => *written = true,
            }
        }
        // Text between items ends the list; the next item starts another.
        if let Some(Container::List { started, .. }) = self.open.last_mut() {
            *started = false;
        }
    }

    /// A blank line before the next block, except between two items of a list.
    fn separate(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let fresh = |container: &Container| match container {
            Container::List { started, .. } => !started,
            Container::Item { written, .. } | Container::Quote { written } => !written,
        };
        let shared = self.open.iter().position(fresh).unwrap_or(self.open.len());
        if matches!(self.open.get(shared), Some(Container::Item { .. })) {
            return;
        }
        let mut blank = String::new();
        for container in &self.open[..shared] {
            container.continue_on(&mut blank);
        }
        self.text.push_str(blank.trim_end());
        self.text.push('\n');
    }

    /// What stands before the first line of the next block, and before its others.
    fn prefixes(&self) -> (String, String) {
        let mut first = String::new();
        let mut others = String::new();
        for container in &self.open {
            match container {
                Container::Item { marker, written: false } => first.push_str(marker),
                other => other.continue_on(&mut first),
            }
            container.continue_on(&mut others);
        }
        (first, others)
    }

    pub(super) fn finish(self) -> String {
        let mut text = self.text;
        text.truncate(text.trim_end().len());
        text
    }
}

impl Container {
    /// Appends what stands before every line in this container but the first.
    fn continue_on(&self, prefix: &mut String) {
        match self {
            Self::List { .. } => {}
            Self::Item { marker, .. } => prefix.extend(std::iter::repeat_n(' ', marker.len())),
            Self::Quote { .. } => prefix.push_str("> "),
        }
    }
}

/// The number of backticks a line starts with, if it could end a block of code.
fn fence_length(line: &str) -> Option<usize> {
    let line = line.trim_start();
    let length = line.bytes().take_while(|byte| *byte == b'`').count();
    (length > 0).then_some(length)
}
