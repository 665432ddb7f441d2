//! Tables that a spreadsheet opens: RFC 4180, and no cell that a spreadsheet would run as a formula (I-6).

/// Says "UTF-8" to spreadsheets that would guess otherwise.
pub const BOM: char = '\u{feff}';

/// One line of a table, with its end.
#[must_use]
pub fn line<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let mut line = cells.into_iter().map(cell).collect::<Vec<_>>().join(",");
    line.push_str("\r\n");
    line
}

/// A cell is quoted whenever it holds more than letters and digits need; what looks like a formula is told to be text.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let quoted = formula || text.contains([',', '"', '\r', '\n', ';', '\'']);
    if !quoted {
        return text.to_owned();
    }
    format!("\"{}{}\"", if formula { "'" } else { "" }, text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_told_to_be_text() {
        for start in ["=", "+", "-", "@", "\t", "\r"] {
            let risky = format!("{start}HYPERLINK(\"x\")");
            assert_eq!(line([risky.as_str()]), format!("\"'{start}HYPERLINK(\"\"x\"\")\"\r\n"));
        }
        assert_eq!(line(["a", "张三", "2 = 2", ""]), "a,张三,2 = 2,\r\n");
        assert_eq!(line(["a,b", "\"c\"", "d\ne"]), "\"a,b\",\"\"\"c\"\"\",\"d\ne\"\r\n");
    }

    /// The cells of a line as RFC 4180 reads them.
    fn read(line: &str) -> Vec<String> {
        let (mut cells, mut cell, mut inside) = (Vec::new(), String::new(), false);
        let mut chars = line.strip_suffix("\r\n").unwrap().chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '"' if inside && chars.peek() == Some(&'"') => cell.extend(chars.next()),
                '"' => inside = !inside,
                ',' if !inside => cells.push(std::mem::take(&mut cell)),
                c => cell.push(c),
            }
        }
        cells.push(cell);
        cells
    }

    proptest! {
        #[test]
        fn every_cell_reads_back_and_none_is_a_formula(
            texts in prop::collection::vec("[=+@\t\r\n\",;' a-c中-]{0,8}", 1..6)
        ) {
            let cells = read(&line(texts.iter().map(String::as_str)));
            prop_assert_eq!(cells.len(), texts.len());
            for (cell, text) in cells.iter().zip(&texts) {
                prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
                prop_assert!(cell == text || cell.strip_prefix('\'') == Some(text), "{cell:?} {text:?}");
            }
        }
    }
}
