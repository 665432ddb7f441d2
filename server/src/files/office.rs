//! Workbooks and texts are zip files. The list at the end of one says what it holds; what it says is checked against the
//! bytes before anybody else reads them (I-3): by really unpacking every entry, into nothing, up to a limit.

use std::{
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom},
};

use domain::files::FileKind;
use flate2::read::DeflateDecoder;

use super::inspect::{ZIP_TAIL, part, refused};
use crate::error::Result;

/// Entries of one file.
const ENTRIES: usize = 2000;
/// Bytes of all entries, unpacked.
const UNPACKED: u64 = 160 * 1024 * 1024;
/// How much larger than packed an entry may become; of small ones nobody cares.
const RATIO: u64 = 200;
const SMALL: u64 = 1024 * 1024;

/// One entry, as the list tells it.
struct Entry {
    name: String,
    method: u16,
    flags: u16,
    packed: u64,
    unpacked: u64,
    at: u64,
}

/// Whether it is a workbook or a text.
///
/// # Errors
/// When it is neither, damaged, a bomb, or carries macros.
pub fn kind(file: &mut File, length: u64) -> Result<FileKind> {
    let entries = list(file, length).ok_or_else(|| refused("files.damaged"))?;
    if entries.iter().any(|entry| entry.name.to_ascii_lowercase().ends_with("vbaproject.bin")) {
        return Err(refused("files.macro"));
    }
    let holds = |name: &str| entries.iter().any(|entry| entry.name == name);
    let kind = match (holds("[Content_Types].xml"), holds("xl/workbook.xml"), holds("word/document.xml")) {
        (true, true, false) => FileKind::Xlsx,
        (true, false, true) => FileKind::Docx,
        _ => return Err(refused("files.kind")),
    };
    let declared: u64 = entries.iter().map(|entry| entry.unpacked).fold(0, u64::saturating_add);
    if declared > UNPACKED || entries.iter().any(|entry| is_bomb(entry.unpacked, entry.packed)) {
        return Err(refused("files.bomb"));
    }
    let mut total = 0;
    for entry in &entries {
        total += unpack(file, entry).ok_or_else(|| refused("files.damaged"))?;
        if total > UNPACKED {
            return Err(refused("files.bomb"));
        }
    }
    Ok(kind)
}

/// Hands each entry to `look`, unpacked, with its name. Only after [`kind`] has seen that they are what they say.
///
/// # Errors
/// Those of `look`.
pub fn each(file: &mut File, length: u64, mut look: impl FnMut(&str, &mut dyn Read) -> Result<()>) -> Result<()> {
    let damaged = || refused("files.damaged");
    for entry in list(file, length).ok_or_else(damaged)? {
        let mut unpacked = opened(file, &entry).ok_or_else(damaged)?;
        look(&entry.name, &mut unpacked)?;
    }
    Ok(())
}

const fn is_bomb(unpacked: u64, packed: u64) -> bool {
    unpacked > SMALL && unpacked / if packed == 0 { 1 } else { packed } > RATIO
}

/// Every entry; none when the list is not exactly what stands at the end, or its entries overlap or lie outside.
fn list(file: &mut File, length: u64) -> Option<Vec<Entry>> {
    let tail = part(file, length.saturating_sub(ZIP_TAIL), ZIP_TAIL).ok()?;
    let end = tail.windows(4).rposition(|window| window == b"PK\x05\x06")?;
    let end = tail.get(end..)?;
    let (count, size, from) = (number16(end, 10)?, number32(end, 12)?, number32(end, 16)?);
    // Nothing behind the comment, nothing between the list and its end: there is no room for another file.
    let exact =
        end.len() == 22 + usize::from(number16(end, 20)?) && from + size + u64::try_from(end.len()).ok()? == length;
    if !exact || usize::from(count) > ENTRIES {
        return None;
    }
    let bytes = part(file, from, size).ok()?;
    let (mut entries, mut rest) = (Vec::new(), bytes.as_slice());
    while !rest.is_empty() {
        let (entry, length) = entry(rest)?;
        entries.push(entry);
        rest = rest.get(length..)?;
    }
    let packed = entries.iter().map(|entry| entry.packed).fold(0, u64::saturating_add);
    (entries.len() == usize::from(count) && packed <= from && entries.iter().all(|entry| entry.is_plain(from)))
        .then_some(entries)
}

fn entry(bytes: &[u8]) -> Option<(Entry, usize)> {
    if !bytes.starts_with(b"PK\x01\x02") {
        return None;
    }
    let name = usize::from(number16(bytes, 28)?);
    let length = 46 + name + usize::from(number16(bytes, 30)?) + usize::from(number16(bytes, 32)?);
    let entry = Entry {
        name: String::from_utf8(bytes.get(46..46 + name)?.to_vec()).ok()?,
        flags: number16(bytes, 8)?,
        method: number16(bytes, 10)?,
        packed: number32(bytes, 20)?,
        unpacked: number32(bytes, 24)?,
        at: number32(bytes, 42)?,
    };
    Some((entry, length))
}

impl Entry {
    /// Not encrypted, stored or deflated, inside of the file, and named without a way out of a folder.
    fn is_plain(&self, end: u64) -> bool {
        let inside = self.at.saturating_add(30).saturating_add(self.packed) <= end;
        let named = !self.name.starts_with('/') && !self.name.contains("..") && !self.name.contains('\\');
        self.flags & 1 == 0 && matches!(self.method, 0 | 8) && inside && named
    }
}

/// Unpacks an entry into nothing; how many bytes it was, if as many as it says.
fn unpack(file: &mut File, entry: &Entry) -> Option<u64> {
    let unpacked = io::copy(&mut opened(file, entry)?, &mut io::sink()).ok()?;
    (unpacked == entry.unpacked).then_some(unpacked)
}

/// The bytes of an entry, one more than it says at most: enough to know.
fn opened<'a>(file: &'a mut File, entry: &Entry) -> Option<Box<dyn Read + 'a>> {
    let head = part(file, entry.at, 30).ok()?;
    if !head.starts_with(b"PK\x03\x04") {
        return None;
    }
    let skip = 30 + u64::from(number16(&head, 26)?) + u64::from(number16(&head, 28)?);
    file.seek(SeekFrom::Start(entry.at + skip)).ok()?;
    let packed = BufReader::new(file.take(entry.packed));
    let limit = entry.unpacked.checked_add(1)?;
    Some(match entry.method {
        0 => Box::new(packed.take(limit)),
        _ => Box::new(DeflateDecoder::new(packed).take(limit)),
    })
}

fn number16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn number32(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?).into())
}
