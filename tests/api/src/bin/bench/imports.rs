//! Workbooks that come in, with an aim in time and memory: a table of people that is judged, bombs that pose as one.

use std::{
    fmt::Write as _,
    fs,
    io::Write as _,
    iter,
    net::SocketAddr,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use api_tests::http::Client;
use flate2::{Compression, Crc, write::DeflateEncoder};
use serde_json::Value;

const PEOPLE: usize = 5000;
const TURNS: usize = 9;
const CHECK: &str = "/imports/staff?mode=check&lang=zh-CN";
/// So often a cell of 15 bytes: 250 MiB in about 511 KB.
const PIECE: usize = 70_000;
const PIECES: usize = 250;

/// Sends a table in turns and each bomb once, and prints a line for each.
pub async fn run(server: SocketAddr, process: u32) -> anyhow::Result<()> {
    let mut client = Client::connect(server).await?;
    client.sign_in("admin.shiqi", "demo-gangping-2026").await?;
    let book = people()?;
    let (mut took, mut memory) = (Vec::new(), Memory::of(process)?);
    for _ in 0..TURNS {
        let (elapsed, judged) = sent(&mut client, &book, 200).await?;
        ensure!(judged["sound"] == PEOPLE && judged["faultCount"] == 0, "{judged}");
        took.push(elapsed.as_secs_f64());
    }
    took.sort_unstable_by(f64::total_cmp);
    let what = format!("{PEOPLE} people judged");
    println!("{what:<32} p50 {:.2} s, at most {:.2} s; {}", took[TURNS / 2], took[TURNS - 1], memory.rise()?);
    let sheet = sheet(iter::repeat_n("<c><v>1</v></c>".repeat(PIECE), PIECES))?;
    let unpacked = sheet.length >> 20;
    // One says how large it is, one does not.
    for (what, length, code) in [("bomb", sheet.length, "files.bomb"), ("bomb that lies", 900_000, "files.damaged")] {
        let book = zip(&Part { length, ..sheet.clone() })?;
        memory = Memory::of(process)?;
        let (elapsed, refused) = sent(&mut client, &book, 422).await?;
        let told = &refused["errors"][0]["extensions"]["violations"][0]["code"];
        ensure!(told == code, "{refused}");
        let what = format!("{what}, {} KB for {unpacked} MiB", book.len() / 1000);
        println!("{what:<32} {code} in {:.0} ms; {}", elapsed.as_secs_f64() * 1000.0, memory.rise()?);
    }
    Ok(())
}

async fn sent(client: &mut Client, book: &[u8], expected: u16) -> anyhow::Result<(Duration, Value)> {
    let asked = Instant::now();
    let (status, answer) = client.send(CHECK, book).await?;
    let elapsed = asked.elapsed();
    ensure!(status == expected, "{status}: {answer}");
    Ok((elapsed, answer))
}

/// How much memory a process holds at most from now on.
struct Memory {
    process: u32,
    before: f64,
}

impl Memory {
    fn of(process: u32) -> anyhow::Result<Self> {
        // The most that it has held so far is forgotten; elsewhere than on Linux nobody tells.
        fs::write(format!("/proc/{process}/clear_refs"), "5").context("the most memory of a process: Linux only")?;
        Ok(Self { process, before: mib(process, "VmRSS:")? })
    }

    fn rise(&self) -> anyhow::Result<String> {
        let (before, most) = (self.before, mib(self.process, "VmHWM:")?);
        Ok(format!("memory {before:.1} → {most:.1} MiB, up by {:.1} MiB", most - before))
    }
}

fn mib(process: u32, name: &str) -> anyhow::Result<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)).context("the process does not tell")?;
    let kib: f64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kib / 1024.0)
}

/// A file of a zip, packed.
#[derive(Clone)]
struct Part {
    name: &'static str,
    packed: Vec<u8>,
    sum: u32,
    length: u32,
}

impl Part {
    fn new(name: &'static str, pieces: impl IntoIterator<Item = String>) -> anyhow::Result<Self> {
        let (mut crc, mut encoder) = (Crc::new(), DeflateEncoder::new(Vec::new(), Compression::best()));
        for piece in pieces {
            crc.update(piece.as_bytes());
            encoder.write_all(piece.as_bytes())?;
        }
        Ok(Self { name, packed: encoder.finish()?, sum: crc.sum(), length: crc.amount() })
    }
}

/// A workbook of people whom nobody knows yet.
fn people() -> anyhow::Result<Vec<u8>> {
    let mut rows = String::new();
    for line in 1..=PEOPLE + 1 {
        let cells = match line {
            1 => ["工号".to_owned(), "姓名".to_owned(), "入职日期".to_owned()],
            _ => [format!("B-{line}"), format!("员工{line}"), "2024-03-01".to_owned()],
        };
        write!(rows, "<row r=\"{line}\">")?;
        for (column, text) in ["A", "B", "C"].into_iter().zip(cells) {
            write!(rows, "<c r=\"{column}{line}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")?;
        }
        rows.push_str("</row>");
    }
    zip(&sheet(iter::once(rows))?)
}

/// The one sheet of a workbook, of rows or cells.
fn sheet(inner: impl IntoIterator<Item = String>) -> anyhow::Result<Part> {
    let begin = "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>".to_owned();
    let end = "</sheetData></worksheet>".to_owned();
    Part::new("xl/worksheets/sheet1.xml", iter::once(begin).chain(inner).chain(iter::once(end)))
}

/// A workbook with this sheet.
fn zip(sheet: &Part) -> anyhow::Result<Vec<u8>> {
    const DOC: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    let relation = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{DOC}/{kind}\" \
             Target=\"{target}\"/></Relationships>"
        )
    };
    let book = format!(
        "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{DOC}\"><sheets>\
         <sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let parts = [
        Part::new("[Content_Types].xml", [format!("<Types xmlns=\"{PACKAGE}/content-types\"/>")])?,
        Part::new("_rels/.rels", [relation("officeDocument", "xl/workbook.xml")])?,
        Part::new("xl/workbook.xml", [book])?,
        Part::new("xl/_rels/workbook.xml.rels", [relation("worksheet", "worksheets/sheet1.xml")])?,
        sheet.clone(),
    ];
    let (mut bytes, mut list) = (Vec::<u8>::new(), Vec::<u8>::new());
    let number = |length: usize| u32::try_from(length).map(u32::to_le_bytes);
    for part in &parts {
        let at = number(bytes.len())?;
        let name = u16::try_from(part.name.len())?.to_le_bytes();
        let common = [
            [20_u8, 0, 0, 0, 8, 0, 0, 0, 0, 0].as_slice(),
            &part.sum.to_le_bytes(),
            &number(part.packed.len())?,
            &part.length.to_le_bytes(),
            &name,
            &[0, 0],
        ]
        .concat();
        bytes.extend([b"PK\x03\x04".as_slice(), &common, part.name.as_bytes(), &part.packed].concat());
        list.extend([b"PK\x01\x02\x14\0".as_slice(), &common, &[0; 10], &at, part.name.as_bytes()].concat());
    }
    let (at, count) = (number(bytes.len())?, u16::try_from(parts.len())?.to_le_bytes());
    let size = number(list.len())?;
    bytes.extend(list);
    bytes.extend([b"PK\x05\x06\0\0\0\0".as_slice(), &count, &count, &size, &at, &[0, 0]].concat());
    Ok(bytes)
}
