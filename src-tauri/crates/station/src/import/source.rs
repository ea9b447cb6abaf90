//! A file as rows of text below its headings, whatever it is made of.

use super::sheet::Book;
use super::text::Text;
use super::{FIELD_CHARS_MAX, FILE_BYTES_MAX, ImportError, bounds, cells, columns};
use crate::view::RowFault;
use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;

/// Titles and remarks may stand above the headings, in so many rows.
pub(super) const HEADINGS_WITHIN_ROWS: usize = 10;

/// One row below the headings that has anything in it.
pub(super) struct Row<'r> {
    /// Line of the file, or row of the sheet, from 1.
    pub(super) line: u32,
    /// As many as headings; not cleaned.
    pub(super) cells: &'r [String],
    /// What is wrong with the row as such.
    pub(super) fault: Option<ShapeFault>,
}

/// A row that is not made like the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ShapeFault {
    pub(super) why: RowFault,
    /// Which cell; `None` when the row is at fault.
    pub(super) cell: Option<usize>,
}

/// What a row is handed to.
pub(super) type Each<'e> = &'e mut dyn FnMut(Row) -> ControlFlow<()>;

/// An opened file.
pub(super) struct Source {
    pub(super) encoding: &'static str,
    pub(super) delimiter: &'static str,
    pub(super) headings: Vec<String>,
    /// Lines of the file, headings included.
    pub(super) lines_total: u32,
    file: String,
    body: Body,
}

enum Body {
    Text(Text),
    Book(Box<Book>),
}

impl Source {
    /// Finds out what the file is and where its headings are.
    pub(super) fn open(path: &Path, file_name: &str) -> Result<Self, ImportError> {
        let unreadable = |why: String| ImportError::Unreadable { file: file_name.to_owned(), why };
        let mut file = File::open(path).map_err(|error| unreadable(error.to_string()))?;
        let size = file.metadata().map_err(|error| unreadable(error.to_string()))?.len();
        if size > FILE_BYTES_MAX {
            return Err(ImportError::TooLarge { file: file_name.to_owned() });
        }
        let mut head = Vec::new();
        Read::take(&mut file, 8).read_to_end(&mut head).map_err(|e| unreadable(e.to_string()))?;
        let is_zip = head.starts_with(b"PK\x03\x04");
        let fits = match () {
            () if is_zip => bounds::xlsx(path).map_err(unreadable)?,
            () if head.starts_with(b"\xd0\xcf\x11\xe0") => bounds::xls(path).map_err(unreadable)?,
            () => true,
        };
        if !fits {
            return Err(ImportError::TooLarge { file: file_name.to_owned() });
        }
        let (encoding, delimiter, body) = if is_zip {
            ("xlsx", "", Body::Book(Box::new(Book::xlsx(path).map_err(unreadable)?)))
        } else if head.starts_with(b"\xd0\xcf\x11\xe0") {
            ("xls", "", Body::Book(Box::new(Book::xls(path).map_err(unreadable)?)))
        } else {
            file.read_to_end(&mut head).map_err(|error| unreadable(error.to_string()))?;
            let text = Text::new(head).map_err(unreadable)?;
            (text.encoding, text.delimiter_name(), Body::Text(text))
        };
        let mut source = Self {
            encoding,
            delimiter,
            headings: Vec::new(),
            lines_total: 0,
            file: file_name.to_owned(),
            body,
        };
        source.find_headings()?;
        Ok(source)
    }

    fn find_headings(&mut self) -> Result<(), ImportError> {
        let mut first: Vec<Vec<String>> = match &mut self.body {
            Body::Text(text) => text.first_rows(HEADINGS_WITHIN_ROWS),
            Body::Book(book) => {
                book.first_rows(HEADINGS_WITHIN_ROWS).map_err(|why| self.no(why))?
            }
        };
        for row in &mut first {
            for cell in row.iter_mut() {
                *cell = cells::clean(cell);
            }
        }
        let none = || ImportError::NoHeadings { file: self.file.clone() };
        let at = heading_row(&first).ok_or_else(none)?;
        let mut headings = first.swap_remove(at);
        while headings.last().is_some_and(String::is_empty) {
            headings.pop();
        }
        match &mut self.body {
            Body::Text(text) => {
                text.start_below(at);
                self.lines_total = text.lines_total();
            }
            Body::Book(book) => {
                book.start_below(at);
                self.lines_total = book.rows_total;
            }
        }
        self.headings = headings;
        Ok(())
    }

    /// Hands out every row below the headings that has anything in it, until told to break.
    pub(super) fn rows(&mut self, each: Each) -> Result<(), ImportError> {
        let width = self.headings.len();
        let mut checked = |row: Row| {
            if row.fault.is_none() && row.cells.iter().all(|cell| blank(cell)) {
                return ControlFlow::Continue(());
            }
            let long = row.cells.iter().position(|cell| {
                cell.len() > FIELD_CHARS_MAX && cell.chars().count() > FIELD_CHARS_MAX
            });
            let long = long.map(|at| ShapeFault { why: RowFault::FieldTooLong, cell: Some(at) });
            each(Row { fault: row.fault.or(long), ..row })
        };
        let done = match &mut self.body {
            Body::Text(text) => text.rows(width, &mut checked),
            Body::Book(book) => book.rows(width, &mut checked),
        };
        done.map_err(|why| self.no(why))
    }

    fn no(&self, why: String) -> ImportError {
        ImportError::Unreadable { file: self.file.clone(), why }
    }
}

fn blank(cell: &str) -> bool {
    cell.chars().all(char::is_whitespace)
}

/// The row with the most headings we know (the first of them), if that is two or more; else the
/// first row with anything in it.
fn heading_row(rows: &[Vec<String>]) -> Option<usize> {
    let known = |row: &Vec<String>| columns::guess(row).iter().flatten().count();
    let best = rows.iter().map(known).max().filter(|most| *most >= 2);
    match best {
        Some(most) => rows.iter().position(|row| known(row) == most),
        None => rows.iter().position(|row| row.iter().any(|cell| !cell.is_empty())),
    }
}
