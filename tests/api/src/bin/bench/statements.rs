//! Counts the statements of a request in the server's log, and holds them against those that the
//! ratio is measured by.

use std::{collections::BTreeSet, net::SocketAddr, path::Path, time::Duration};

use anyhow::{Context, bail, ensure};
use serde_json::json;
use uuid::Uuid;

use crate::{INBOX, raw, sign_in};

/// The log of one request.
struct Logged {
    statements: usize,
    selects: BTreeSet<String>,
}

/// Asks for a short page and a long one.
pub async fn run(server: SocketAddr, log: &Path) -> anyhow::Result<()> {
    let (mut client, viewer) = sign_in(server).await?;
    let mut counted = Vec::new();
    // The first request also reads what the process then keeps, e.g. the calendar.
    for first in [1, 10, 100] {
        let before = std::fs::metadata(log).with_context(|| log.display().to_string())?.len();
        let answer = client.graphql(INBOX, json!({ "first": first })).await?;
        let rows = answer["complaints"]["nodes"].as_array().map_or(0, Vec::len);
        ensure!(rows == first, "{rows} rows instead of {first}: the database holds too few");
        // The log is written line by line, the last perhaps after the answer.
        tokio::time::sleep(Duration::from_millis(200)).await;
        let text = std::fs::read(log)?;
        let new = String::from_utf8_lossy(text.get(usize::try_from(before)?..).unwrap_or_default()).into_owned();
        counted.push((first, logged(&new)?));
    }
    let [_, (_, short), (_, long)] = counted.as_slice() else { bail!("three requests were made") };
    println!("SQL statements of an inbox request: {} for 10 rows, {} for 100 rows.", short.statements, long.statements);
    ensure!(short.statements == long.statements, "their number depends on the number of rows");
    let measured = raw::whole(viewer, &[Uuid::nil()], "");
    let measured: BTreeSet<_> =
        measured.iter().flat_map(|unit| &unit.statements).map(|statement| shape(&statement.sql)).collect();
    for (set, what) in [(long.selects.difference(&measured), "now"), (measured.difference(&long.selects), "no longer")]
    {
        if let Some(sql) = set.into_iter().next() {
            bail!("the server {what} asks {sql}: bring tests/api/src/bin/bench/raw.rs up to date");
        }
    }
    Ok(())
}

fn logged(text: &str) -> anyhow::Result<Logged> {
    let lines: Vec<_> =
        text.lines().filter(|line| line.contains("graphql{") && line.contains("sqlx::query:")).collect();
    let requests: BTreeSet<_> = lines.iter().filter_map(|line| field(line, "request_id=")).collect();
    ensure!(requests.len() == 1, "one request was made, the log has {}: is its level right?", requests.len());
    let sql =
        |line: &&str| field(line, "db.statement=").filter(|sql| !sql.is_empty()).or_else(|| field(line, "summary="));
    let selects =
        lines.iter().filter_map(sql).filter(|sql| !sql.contains("set_config")).map(|sql| shape(&sql)).collect();
    Ok(Logged { statements: lines.len(), selects })
}

/// The text behind `name`, without its quotes and escapes.
fn field(line: &str, name: &str) -> Option<String> {
    let mut rest = line.split_once(name)?.1.strip_prefix('"')?.chars();
    let mut text = String::new();
    loop {
        match rest.next()? {
            '"' => return Some(text),
            '\\' => match rest.next()? {
                'n' => text.push('\n'),
                other => text.push(other),
            },
            other => text.push(other),
        }
    }
}

/// A statement without its spaces, its numbering and the length of its lists.
fn shape(sql: &str) -> String {
    let mut shape = String::new();
    let mut numbering = false;
    for c in sql.chars().filter(|c| !c.is_whitespace()) {
        if c == '$' || c == '?' {
            numbering = true;
            shape.push('?');
        } else if !(numbering && c.is_ascii_digit()) {
            numbering = false;
            shape.push(c);
        }
    }
    while shape.contains("?,?") {
        shape = shape.replace("?,?", "?");
    }
    shape
}
