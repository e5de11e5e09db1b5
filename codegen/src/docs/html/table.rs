//! Tables. Markdown has them with a heading row only, so the first row becomes that.

/// A table that is being gathered: rows of cells, each Markdown on one line.
#[derive(Default)]
pub(super) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn open_row(&mut self) {
        self.rows.push(Vec::new());
    }

    pub(super) fn open_cell(&mut self) {
        if self.rows.is_empty() {
            self.open_row();
        }
        if let Some(row) = self.rows.last_mut() {
            row.push(String::new());
        }
    }

    /// Adds text to the cell that is open.
    pub(super) fn add(&mut self, markdown: &str) {
        if self.rows.last().is_none_or(Vec::is_empty) {
            self.open_cell();
        }
        let Some(cell) = self.rows.last_mut().and_then(|row| row.last_mut()) else {
            return;
        };
        if !cell.is_empty() {
            cell.push(' ');
        }
        cell.push_str(&markdown.replace('|', "\\|"));
    }

    /// The lines of the table; none if it has no cells.
    pub(super) fn render(self) -> Vec<String> {
        let rows: Vec<Vec<String>> = self.rows.into_iter().filter(|row| !row.is_empty()).collect();
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut rows = rows.into_iter();
        let Some(mut heading) = rows.next() else {
            return Vec::new();
        };
        heading.resize(columns, String::new());
        let mut lines = vec![line(&heading), line(&vec!["---".to_owned(); columns])];
        lines.extend(rows.map(|row| line(&row)));
        lines
    }
}

fn line(cells: &[String]) -> String {
    format!("| {} |", cells.join(" | "))
}
