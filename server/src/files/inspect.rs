//! What a file is, whatever it is called (I-1): by its first bytes, and by a look for a second meaning of the same bytes.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::Path,
};

use domain::{
    Violation,
    files::{FileKind, MAX_BYTES},
};

use super::office;
use crate::error::{Error, Result};

/// Readers of PDF look for its head in as many bytes, browsers for a tag.
const HEAD: u64 = 1024;
/// The farthest that the end of a zip may lie from the end of its file.
pub(super) const ZIP_TAIL: u64 = 65_557;

/// What a broken rule of files is called.
pub fn refused(code: &'static str) -> Error {
    Violation::new("file", code).into()
}

/// The kind of the file at `path`, if it is one of those that are taken, and nothing else besides.
///
/// # Errors
/// [`Error::Invalid`] names what is wrong.
pub fn kind(path: &Path, name: &str, declared: &str) -> Result<FileKind> {
    let mut file = File::open(path).map_err(anyhow::Error::from)?;
    let length = file.metadata().map_err(anyhow::Error::from)?.len();
    if length == 0 {
        return Err(refused("files.empty"));
    }
    if length > MAX_BYTES {
        return Err(refused("files.too_large"));
    }
    let head = part(&mut file, 0, HEAD)?;
    let mut kind = FileKind::of_head(&head).ok_or_else(|| refused("files.kind"))?;
    if kind == FileKind::Xlsx {
        kind = office::kind(&mut file, length)?;
    }
    kind.check_claims(name, declared)?;
    let tail = part(&mut file, length.saturating_sub(ZIP_TAIL), ZIP_TAIL)?;
    if has_second_meaning(kind, &head, &tail) {
        return Err(refused("files.polyglot"));
    }
    if kind == FileKind::Pdf && !contains(&tail[tail.len().saturating_sub(2048)..], b"%%EOF") {
        return Err(refused("files.damaged"));
    }
    Ok(kind)
}

/// A page at its head, a PDF inside of something else, an archive at the end of something else.
fn has_second_meaning(kind: FileKind, head: &[u8], tail: &[u8]) -> bool {
    let lower = head.to_ascii_lowercase();
    let page = ["<html", "<script", "<svg", "<!doctype", "<iframe", "<?php", "<body"];
    let is_page = page.iter().any(|tag| contains(&lower, tag.as_bytes()));
    let is_pdf = kind != FileKind::Pdf && contains(head, b"%PDF-");
    let is_zip = !matches!(kind, FileKind::Xlsx | FileKind::Docx) && contains(tail, b"PK\x05\x06");
    is_page || is_pdf || is_zip
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// At most so many bytes from a place on.
pub(super) fn part(file: &mut File, from: u64, length: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(from)).map_err(anyhow::Error::from)?;
    file.take(length).read_to_end(&mut bytes).map_err(anyhow::Error::from)?;
    Ok(bytes)
}
