//! Files that lie, hide something, or cost more than they weigh: each is refused by name, and the costly ones at once.

use std::time::{Duration, Instant};

use server::{both_dbs, testing::TestDb};

use super::{samples::*, taken};
use crate::world::World;

/// Honest bytes under a name or a type that lies.
fn liars() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let (photo, picture, web, print) = (jpeg(16, 16), png(16, 16), webp(16, 16), pdf(500));
    let (table, letter) = (zip(&workbook()), zip(&text()));
    let mut liars = Vec::new();
    for name in ["a.png", "a.webp", "a.pdf", "a.xlsx", "a.docx", "a.exe", "a.svg", "a.html", "a.jpg.scr"] {
        liars.push((name, "", photo.clone()));
    }
    for (name, declared, bytes) in [
        ("a.jpg", "", &picture),
        ("a.jpg", "", &web),
        ("a.jpg", "", &print),
        ("a.docx", "", &table),
        ("a.xlsx", "", &letter),
        ("a.pdf", "", &letter),
        ("a.jpg", "text/html", &photo),
        ("a.jpg", "image/svg+xml", &photo),
        ("a.png", "image/jpeg", &picture),
        ("a.pdf", "image/png", &print),
        ("a.xlsx", "application/zip", &table),
    ] {
        liars.push((name, declared, bytes.clone()));
    }
    liars
}

/// Kinds that are not taken, called photos.
fn others() -> Vec<Vec<u8>> {
    let texts = [
        "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
        "<?xml version=\"1.0\"?><svg/>",
        "<!DOCTYPE html><script>alert(1)</script>",
        "\u{FEFF}<html>",
        "  <HTML>",
        "alert(1)",
        "#!/bin/sh\nrm -rf /",
        "a plain text",
        "{\\rtf1 hello}",
        "From: a@example.org",
        "BM but no bitmap",
        "GIF89a\u{1}\u{1}",
        "RIFF\0\0\0\0AVI LIST",
        "\0\0\0\u{18}ftypheic",
        "\0\0\0\u{18}ftypmp42",
        "Rar!\u{1a}\u{7}",
        "7z\u{bc}\u{af}",
        "II*\0\u{8}\0\0\0",
        "\u{7f}ELF",
        "MZ\u{90}",
        " %PDF-1.4 not at the beginning %%EOF",
    ];
    let mut others: Vec<Vec<u8>> = texts.iter().map(|text| text.as_bytes().to_vec()).collect();
    // An old office file, a packed one, and an archive that is no office file.
    others.push(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec());
    others.push(b"\x1F\x8B\x08\0".to_vec());
    others.push(zip(&[entry("META-INF/MANIFEST.MF", b"Main-Class: Evil")]));
    others
}

fn joined(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

/// The same bytes mean two things.
fn polyglots() -> Vec<(&'static str, Vec<u8>)> {
    let archive = zip(&[entry("evil.class", b"cafebabe")]);
    let comment = |text: &[u8]| {
        let length = u16::try_from(text.len() + 2).unwrap().to_be_bytes();
        joined(&[&[0xFF, 0xD8, 0xFF, 0xFE], &length, text, &jpeg(16, 16)[2..]])
    };
    let mut page = pdf(500);
    page.splice(9..9, b"<script>alert(1)</script>".iter().copied());
    vec![
        ("a.jpg", joined(&[&jpeg(16, 16), &archive])),
        ("a.png", joined(&[&png(16, 16), &archive])),
        ("a.webp", joined(&[&webp(16, 16), &archive])),
        ("a.pdf", joined(&[&pdf(500), &archive])),
        ("a.jpg", comment(b"<script>alert(1)</script>")),
        ("a.jpg", comment(b"*/=1;</style><svg onload=alert(1)>")),
        ("a.jpg", comment(&pdf(300))),
        ("a.jpg", comment(b"<?php system($_GET[0]); ?>")),
        ("a.pdf", page),
    ]
}

/// Cut off, or empty inside.
fn broken() -> Vec<(&'static str, Vec<u8>)> {
    let half = |bytes: Vec<u8>| bytes[..bytes.len() / 2].to_vec();
    let mut flipped = jpeg(64, 64);
    let at = flipped.windows(2).position(|pair| pair == [0xFF, 0xC4]).unwrap();
    flipped[at + 5..at + 40].fill(0xFF);
    vec![
        ("a.jpg", half(jpeg(64, 64))),
        ("a.png", half(png(64, 64))),
        ("a.webp", half(webp(64, 64))),
        ("a.pdf", half(pdf(5000))),
        ("a.xlsx", half(zip(&workbook()))),
        ("a.docx", half(zip(&text()))),
        ("a.jpg", vec![0xFF, 0xD8, 0xFF]),
        ("a.png", b"\x89PNG\r\n\x1A\n".to_vec()),
        ("a.webp", b"RIFF\x04\0\0\0WEBP".to_vec()),
        ("a.jpg", flipped),
        ("a.png", png_of_size(0, 0)),
        ("a.jpg", jpeg_of_size(16, 0, 0xC0)),
        ("a.png", png_of_size(16, 16)),
        // Arithmetic coding and hierarchy are not decoded.
        ("a.jpg", jpeg_of_size(16, 16, 0xC9)),
        ("a.jpg", jpeg_of_size(16, 16, 0xC5)),
        ("a.xlsx", joined(&[&zip(&workbook()), b"something behind it"])),
    ]
}

/// Small files that say they are large pictures.
fn floods() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    vec![
        ("files.image_too_large", "a.png", png_of_size(40_000, 40_000)),
        ("files.image_too_large", "a.png", png_of_size(30_000_000, 1)),
        ("files.image_too_large", "a.png", png_of_size(1, 30_000_000)),
        ("files.image_too_large", "a.jpg", jpeg_of_size(40_000, 40_000, 0xC0)),
        ("files.image_too_large", "a.jpg", jpeg_of_size(65_535, 65_535, 0xC2)),
        ("files.image_not_streamed", "a.jpg", jpeg_of_size(7_000, 5_000, 0xC2)),
        ("files.image_too_large", "a.webp", webp_of_size(40_000, 40_000, 0)),
        ("files.image_too_large", "a.webp", webp_of_size(16_000, 16_000, 0)),
        ("files.animated", "a.webp", webp_animated()),
    ]
}

/// Workbooks and texts that grow, hide, or reach outside.
fn archives() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let with = |mut entries: Vec<Entry>, more: Vec<Entry>| {
        entries.extend(more);
        zip(&entries)
    };
    let zeros = vec![0; 40 << 20];
    let says = |name: &str, says: u32, data: &[u8]| Entry { says: Some(says), ..entry(name, data) };
    let mut overlapping = zip(&[workbook(), vec![entry("xl/a", b"same"), entry("xl/b", b"same")]].concat_entries());
    // The last entry's place is made the first one's.
    let at = overlapping.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
    overlapping[at + 42..at + 46].copy_from_slice(&u32::MAX.to_le_bytes());
    vec![
        ("files.bomb", "a.xlsx", with(workbook(), vec![entry("xl/bomb.xml", &zeros)])),
        ("files.bomb", "a.docx", with(text(), vec![says("word/bomb.xml", u32::MAX, b"x")])),
        ("files.damaged", "a.xlsx", with(workbook(), vec![says("xl/small.xml", 10, &zeros)])),
        ("files.damaged", "a.docx", with(text(), vec![says("word/large.xml", 900_000, b"short")])),
        ("files.damaged", "a.xlsx", overlapping),
        ("files.damaged", "a.xlsx", with(workbook(), (0..2001).map(|i| entry(&format!("xl/{i}"), b"")).collect())),
        ("files.macro", "a.xlsx", with(workbook(), vec![entry("xl/vbaProject.bin", b"macro")])),
        ("files.macro", "a.docx", with(text(), vec![entry("word/VBAPROJECT.BIN", b"macro")])),
        ("files.damaged", "a.xlsx", with(workbook(), vec![entry("../../etc/cron.d/evil", b"x")])),
        ("files.damaged", "a.xlsx", with(workbook(), vec![entry("/etc/passwd", b"x")])),
        ("files.damaged", "a.docx", with(text(), vec![Entry { flags: 1, ..entry("word/secret", b"x") }])),
        ("files.kind", "a.xlsx", with(workbook(), text())),
    ]
}

trait ConcatEntries {
    fn concat_entries(self) -> Vec<Entry>;
}

impl<const N: usize> ConcatEntries for [Vec<Entry>; N] {
    fn concat_entries(self) -> Vec<Entry> {
        self.into_iter().flatten().collect()
    }
}

both_dbs!(every_hostile_file_is_refused_by_name_and_leaves_nothing, |test: TestDb| async move {
    let world = World::new(test);
    let mut tried = 0;
    let mut refused = async |codes: &[&str], name: &str, declared: &str, bytes: &[u8]| {
        let answer = taken(&world, "staff.shiqi", name, declared, bytes).await;
        let found = answer.err().unwrap_or_else(|| panic!("{name} {declared} was taken, one of {codes:?}"));
        assert!(codes.contains(&found.as_str()), "{name} {declared}: {found} is none of {codes:?}");
        tried += 1;
    };
    for (name, declared, bytes) in liars() {
        refused(&["files.lies"], name, declared, &bytes).await;
    }
    for bytes in others() {
        refused(&["files.kind"], "a.jpg", "image/jpeg", &bytes).await;
    }
    for (name, bytes) in polyglots() {
        refused(&["files.polyglot"], name, "", &bytes).await;
    }
    for (name, bytes) in broken() {
        refused(&["files.damaged"], name, "", &bytes).await;
    }
    for (code, name, bytes) in floods() {
        let started = Instant::now();
        refused(&[code], name, "", &bytes).await;
        assert!(started.elapsed() < Duration::from_millis(50), "{name} {code} took {:?}", started.elapsed());
    }
    for (code, name, bytes) in archives() {
        refused(&[code], name, "", &bytes).await;
    }
    refused(&["files.empty"], "a.jpg", "", b"").await;
    refused(&["files.too_large"], "a.pdf", "", &pdf((10 << 20) + 1)).await;
    assert!(tried >= 60, "{tried} files");
    let verbs = world.audit_verbs("shiqi").await;
    assert!(!verbs.contains(&"file_uploaded".to_owned()), "{verbs:?}");
});
