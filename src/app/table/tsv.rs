//! Cells on the clipboard as spreadsheets write them: tabs between cells, line breaks between rows, quotes around
//! cells that hold either. Knows no meaning of any cell.

/// Most cells read from one clipboard; what lies beyond is left out by the caller's count.
pub const MOST_CELLS: usize = 500_000;

/// Rows of cells as text.
pub fn write(rows: &[Vec<String>]) -> String {
    let mut text = String::new();
    for row in rows {
        for (place, cell) in row.iter().enumerate() {
            if place > 0 {
                text.push('\t');
            }
            if cell.contains(['\t', '\n', '\r', '"']) {
                text.push('"');
                text.push_str(&cell.replace('"', "\"\""));
                text.push('"');
            } else {
                text.push_str(cell);
            }
        }
        text.push_str("\r\n");
    }
    text
}

/// Text as rows of cells. A quote counts only at the start of a cell; a last line break makes no row.
pub fn read(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![Vec::new()];
    let mut cell = String::new();
    let (mut quoted, mut start, mut cells) = (false, true, 0usize);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                cell.push('"');
                characters.next();
            }
            '"' if quoted => quoted = false,
            '"' if start => quoted = true,
            '\r' if !quoted && characters.peek() == Some(&'\n') => continue,
            '\t' | '\n' | '\r' if !quoted => {
                if let Some(row) = rows.last_mut() {
                    row.push(std::mem::take(&mut cell));
                }
                cells += 1;
                if cells >= MOST_CELLS {
                    return rows;
                }
                if character != '\t' {
                    rows.push(Vec::new());
                }
                start = true;
                continue;
            }
            other => cell.push(other),
        }
        start = false;
    }
    match rows.last_mut() {
        Some(last) if !last.is_empty() || !cell.is_empty() || !start => last.push(cell),
        _ => {
            rows.pop();
        }
    }
    rows
}
