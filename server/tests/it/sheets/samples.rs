//! Workbooks made by the tests, part by part, so that they can say what no office program would.

use std::io::Write;

use flate2::{Compression, Crc, write::DeflateEncoder};

/// A zip of these parts.
pub fn zip(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let (mut bytes, mut list) = (Vec::new(), Vec::new());
    let number = |n: usize| u32::try_from(n).unwrap().to_le_bytes();
    for (name, data) in parts {
        let mut crc = Crc::new();
        crc.update(data);
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(6));
        encoder.write_all(data).unwrap();
        let packed = encoder.finish().unwrap();
        let at = bytes.len();
        let length = u16::try_from(name.len()).unwrap().to_le_bytes();
        let mut common = vec![20, 0, 0, 0, 8, 0, 0, 0, 0, 0];
        common.extend(crc.sum().to_le_bytes());
        common.extend(number(packed.len()));
        common.extend(number(data.len()));
        common.extend(length);
        common.extend([0, 0]);
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&common);
        bytes.extend(name.as_bytes());
        bytes.extend(packed);
        list.extend(b"PK\x01\x02\x14\0");
        list.extend(&common);
        list.extend([0; 10]);
        list.extend(number(at));
        list.extend(name.as_bytes());
    }
    let (at, size, count) = (bytes.len(), list.len(), u16::try_from(parts.len()).unwrap().to_le_bytes());
    bytes.extend(list);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([count, count].concat());
    bytes.extend(number(size));
    bytes.extend(number(at));
    bytes.extend([0, 0]);
    bytes
}

/// A workbook whose first sheet is this XML, with more parts or other ones.
pub fn workbook(sheet: &str, others: &[(&str, Vec<u8>)]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const DOC: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const RELS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{DOC}/{kind}\" Target=\"{target}\"/>")
    };
    let relations = |inner: String| format!("<Relationships xmlns=\"{RELS}\">{inner}</Relationships>").into_bytes();
    let mut parts = vec![
        (
            "[Content_Types].xml",
            b"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".to_vec(),
        ),
        ("_rels/.rels", relations(relation("rId1", "officeDocument", "xl/workbook.xml"))),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{DOC}\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/>\
                 </sheets></workbook>"
            )
            .into_bytes(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            relations(
                relation("rId1", "worksheet", "worksheets/sheet1.xml")
                    + &relation("rId2", "sharedStrings", "sharedStrings.xml")
                    + &relation("rId3", "styles", "styles.xml"),
            ),
        ),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{MAIN}\">{sheet}</worksheet>").into_bytes()),
        ("xl/sharedStrings.xml", format!("<sst xmlns=\"{MAIN}\"/>").into_bytes()),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet xmlns=\"{MAIN}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>\
                 </styleSheet>"
            )
            .into_bytes(),
        ),
    ];
    for (name, data) in others {
        parts.retain(|(known, _)| known != name);
        parts.push((name, data.clone()));
    }
    zip(&parts)
}

/// A cell: a text, or with `=` before it XML of its own.
fn cell(at: &str, value: &str) -> String {
    match value.strip_prefix('=') {
        Some(xml) => format!("<c r=\"{at}\"{xml}</c>"),
        None if value.is_empty() => String::new(),
        None => format!("<c r=\"{at}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{value}</t></is></c>"),
    }
}

/// The cells of a sheet, line by line; `=><v>1</v>` stands for a number.
pub fn data(rows: &[&[&str]]) -> String {
    let mut xml = "<sheetData>".to_owned();
    for (line, row) in rows.iter().enumerate() {
        let line = line + 1;
        let cells = row.iter().enumerate().map(|(at, value)| {
            let letter = char::from(b'A' + u8::try_from(at).unwrap());
            cell(&format!("{letter}{line}"), value)
        });
        xml.push_str(&format!("<row r=\"{line}\">{}</row>", cells.collect::<String>()));
    }
    xml + "</sheetData>"
}

/// A workbook with these lines.
pub fn table(rows: &[&[&str]]) -> Vec<u8> {
    workbook(&data(rows), &[])
}
