//! A look at a workbook before its reader: that one makes room for what a file says it holds, so what it says is bounded
//! first, tag by tag, without keeping any (I-3).

use std::{fs::File, io::Read, path::Path};

use domain::{Violation, files::FileKind};

use super::read::{MAX_COLUMNS, MAX_ROWS};
use crate::{
    error::{Error, Result},
    files::office,
};

/// Bytes of all XML, unpacked: the reader keeps some of it.
const XML_MAX: u64 = 24 * 1024 * 1024;
/// Bytes of one tag, and of the text between two.
const TAG_MAX: usize = 16 * 1024;
const TEXT_MAX: usize = 256 * 1024;
/// The largest number that a tag may say which the reader makes room for.
const NUMBER_MAX: u64 = 1_048_576;
/// Cells of a full table, its head included.
const CELLS: usize = (MAX_ROWS + 1) * MAX_COLUMNS;

/// How many there may be of each in one part of the file. Excel itself goes further; no table for us does.
const LIMITS: &[(&[u8], usize)] = &[
    (b"c", CELLS),
    (b"si", CELLS),
    (b"row", 65_536),
    (b"xf", 4096),
    (b"font", 4096),
    (b"fill", 4096),
    (b"border", 4096),
    (b"numFmt", 4096),
    (b"sheet", 64),
    (b"Relationship", 4096),
    (b"definedName", 4096),
    (b"mergeCell", 4096),
];

/// What a broken rule of workbooks is called.
pub fn wrong(code: &'static str) -> Error {
    Violation::new("file", code).into()
}

/// Whether a workbook may be handed to its reader.
///
/// # Errors
/// `files.*` for what is no workbook, `import.*` for one that is too large or written in an unusual way.
pub fn check(path: &Path) -> Result<()> {
    let mut file = File::open(path).map_err(anyhow::Error::from)?;
    let length = file.metadata().map_err(anyhow::Error::from)?.len();
    let mut head = [0; 4];
    if length == 0 {
        return Err(wrong("files.empty"));
    }
    if file.read_exact(&mut head).is_err()
        || head != *b"PK\x03\x04"
        || office::kind(&mut file, length)? != FileKind::Xlsx
    {
        return Err(wrong("import.kind"));
    }
    let mut left = XML_MAX;
    office::each(&mut file, length, |name, bytes| {
        let name = name.to_ascii_lowercase();
        if name.ends_with(".xml") || name.ends_with(".rels") {
            left = left.saturating_sub(scan(bytes, left)?);
        }
        Ok(())
    })
}

/// Goes through a part of the file; how many bytes it was.
fn scan(bytes: &mut dyn Read, most: u64) -> Result<u64> {
    let (mut scanner, mut piece, mut total) = (Scanner::default(), vec![0; 64 * 1024], 0);
    loop {
        let read = bytes.read(&mut piece).map_err(|_| wrong("files.damaged"))?;
        if read == 0 {
            return Ok(total);
        }
        total += u64::try_from(read).unwrap_or(u64::MAX);
        if total > most {
            return Err(wrong("import.too_large"));
        }
        piece[..read].iter().try_for_each(|byte| scanner.take(*byte))?;
    }
}

/// Where in the text it is.
#[derive(Default)]
struct Scanner {
    /// What stands between `<` and `>`; none outside of a tag.
    tag: Option<Vec<u8>>,
    /// The quote that an attribute's value began with.
    quote: Option<u8>,
    /// Bytes since the last tag.
    text: usize,
    counts: [usize; LIMITS.len()],
}

impl Scanner {
    fn take(&mut self, byte: u8) -> Result<()> {
        // UTF-16 has one in every letter of a tag.
        if byte == 0 {
            return Err(wrong("import.xml"));
        }
        let Some(tag) = &mut self.tag else {
            self.text += 1;
            if self.text > TEXT_MAX {
                return Err(wrong("import.too_large"));
            }
            if byte == b'<' {
                self.tag = Some(Vec::new());
            }
            return Ok(());
        };
        match (self.quote, byte) {
            (Some(quote), byte) if quote == byte => self.quote = None,
            (None, b'"' | b'\'') => self.quote = Some(byte),
            (None, b'>') => {
                let tag = self.tag.take().unwrap_or_default();
                self.text = 0;
                return self.end(&tag);
            }
            _ => {}
        }
        tag.push(byte);
        // Neither a document type with entities, nor a comment or raw text that hides tags: no program writes them here.
        if tag.first() == Some(&b'!') {
            return Err(wrong("import.xml"));
        }
        if tag.len() > TAG_MAX { Err(wrong("import.too_large")) } else { Ok(()) }
    }

    fn end(&mut self, tag: &[u8]) -> Result<()> {
        if tag.starts_with(b"?xml") {
            return declaration(tag);
        }
        let name = tag.split(|b| b.is_ascii_whitespace() || *b == b'/').next().unwrap_or_default();
        let name = name.rsplit(|b| *b == b':').next().unwrap_or_default();
        if let Some(at) = LIMITS.iter().position(|(known, _)| *known == name) {
            self.counts[at] += 1;
            if self.counts[at] > LIMITS[at].1 {
                return Err(wrong("import.too_many_cells"));
            }
        }
        // How many shared texts there are; which shared formula it is.
        if (name == b"sst" || name == b"f") && largest(tag) > NUMBER_MAX {
            return Err(wrong("import.xml"));
        }
        Ok(())
    }
}

/// UTF-8 or nothing: in another encoding the bytes would be other tags.
fn declaration(tag: &[u8]) -> Result<()> {
    let text = String::from_utf8_lossy(tag).to_ascii_lowercase();
    if text.contains("encoding") && !text.contains("utf-8") { Err(wrong("import.xml")) } else { Ok(()) }
}

/// The largest number that stands in a tag.
fn largest(tag: &[u8]) -> u64 {
    let numbers = tag.split(|byte| !byte.is_ascii_digit()).filter(|digits| !digits.is_empty());
    let value = |digits: &[u8]| std::str::from_utf8(digits).ok().and_then(|text| text.parse().ok()).unwrap_or(u64::MAX);
    numbers.map(value).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &[u8]) -> Option<&'static str> {
        match scan(&mut &*text, XML_MAX) {
            Ok(_) => None,
            Err(Error::Invalid(found)) => Some(found[0].code),
            Err(_) => Some("another"),
        }
    }

    #[test]
    fn what_a_file_claims_is_bounded_before_anybody_makes_room() {
        assert_eq!(
            code(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><sst count=\"3\" uniqueCount=\"3\"><si/></sst>"),
            None
        );
        assert_eq!(code(b"<sst uniqueCount=\"4000000000\"/>"), Some("import.xml"));
        assert_eq!(code(b"<x:sst a='>' uniqueCount='4000000000'/>"), Some("import.xml"));
        assert_eq!(code(b"<f t=\"shared\" si=\"99999999999999999999999\"/>"), Some("import.xml"));
        assert_eq!(code(b"<!DOCTYPE a [<!ENTITY b \"c\">]>"), Some("import.xml"));
        assert_eq!(code(b"<a><![CDATA[<sst>]]></a>"), Some("import.xml"));
        assert_eq!(code(b"<?xml version=\"1.0\" encoding=\"UTF-7\"?>"), Some("import.xml"));
        assert_eq!(
            code("<worksheet/>".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>().as_slice()),
            Some("import.xml")
        );
        assert_eq!(code("<c/>".repeat(CELLS).as_bytes()), None);
        assert_eq!(code("<c/>".repeat(CELLS + 1).as_bytes()), Some("import.too_many_cells"));
        assert_eq!(code(&vec![b' '; TEXT_MAX + 1]), Some("import.too_large"));
        assert_eq!(code(&[b"<a b=\"", vec![b'x'; TAG_MAX].as_slice(), b"\"/>"].concat()), Some("import.too_large"));
    }
}
