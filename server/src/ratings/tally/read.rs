//! Reading an export line by line: what it has of ratings and of the audit, and whether it is whole.

use std::{
    collections::BTreeMap,
    io::{self, BufRead},
};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    CenterId, FormVersionId,
    audit::{Digest, Head, Link, Record},
    evaluation::{
        levels::{FiveLevel, FourLevel},
        ratings::{PointChannel, RatingOrigin},
        tally::{Counts, Kept},
    },
};
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::Fault;
use crate::{
    crypto::{hex, unhex},
    tenancy::centers::export::{FORMAT, VERSION},
};

/// What is counted of a day: by what it is, and by its level.
pub(super) type Which = (NaiveDate, RatingOrigin, FiveLevel);

/// What an export says of ratings, and of the audit.
#[derive(Default)]
pub(super) struct Export {
    /// Whose it is; none of a file that is no export.
    pub center: Option<CenterId>,
    pub code: String,
    pub faults: Vec<Fault>,
    /// What stands for what was given, day by day.
    pub committed: BTreeMap<NaiveDate, Vec<Digest>>,
    /// What was given, counted as for the day's root, and how many they are.
    pub counts: BTreeMap<NaiveDate, Counts>,
    pub given: BTreeMap<NaiveDate, usize>,
    /// Ratings by level, from their rows and from the counts that were kept.
    pub rated: BTreeMap<Which, i64>,
    pub tallied: BTreeMap<Which, i64>,
    /// Of how many, and the root.
    pub roots: BTreeMap<NaiveDate, (i64, String)>,
    /// The audit in its order, how many of its rows are older than the chain, and where it says that it ends.
    pub links: Vec<Link>,
    pub earlier: i64,
    pub head: Option<Head>,
}

#[derive(Deserialize)]
struct Begin {
    format: String,
    version: u64,
    center: CenterId,
    code: String,
    tables: Vec<String>,
}

#[derive(Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
struct End {
    end: bool,
    rows: BTreeMap<String, i64>,
    commitments: usize,
    files: usize,
    missing: usize,
    sha256: String,
}

#[derive(Deserialize)]
struct Rating {
    day: NaiveDate,
    channel: PointChannel,
    form_version: FormVersionId,
    level: FiveLevel,
    origin: RatingOrigin,
}

#[derive(Deserialize)]
struct Survey {
    day: NaiveDate,
    channel: PointChannel,
    form_version: FormVersionId,
    answers: String,
    origin: RatingOrigin,
}

#[derive(Deserialize)]
struct Tally {
    day: NaiveDate,
    origin: RatingOrigin,
    level: FiveLevel,
    ratings: i64,
}

#[derive(Deserialize)]
struct Root {
    day: NaiveDate,
    ratings: i64,
    root: String,
}

#[derive(Deserialize)]
struct Committed {
    day: NaiveDate,
    commitment: String,
}

#[derive(Deserialize)]
struct AuditHead {
    seq: i64,
    hash: String,
}

#[derive(Deserialize)]
struct AuditEvent {
    id: Uuid,
    seq: Option<i64>,
    prev_hash: Option<String>,
    hash: Option<String>,
    actor_id: Option<Uuid>,
    actor_kind: String,
    roles: Option<String>,
    verb: String,
    outcome: String,
    object_id: Option<String>,
    detail: Option<String>,
    request_id: String,
    source: Option<String>,
    created_at: DateTime<Utc>,
}

/// What is counted of the whole file, for its last line.
#[derive(Default)]
struct Whole {
    rows: BTreeMap<String, i64>,
    commitments: usize,
    stored: usize,
    missing: usize,
}

/// Reads all of it. What cannot be read is a fault, not an error.
pub(super) fn read(mut file: impl BufRead) -> io::Result<Export> {
    let (mut export, mut whole, mut hash) = (Export::default(), Whole::default(), Sha256::new());
    let (mut line, mut number, mut ended) = (Vec::new(), 0, None);
    loop {
        line.clear();
        if file.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        number += 1;
        if ended.is_some() {
            // Something follows the last line.
            ended = Some(false);
            break;
        }
        let value: Option<Value> = serde_json::from_slice(&line).ok();
        if number == 1 {
            if !value.is_some_and(|value| export.begin(&mut whole, value)) {
                export.faults.push(Fault::NoExport);
                return Ok(export);
            }
        } else if let Some(end) = value.as_ref().filter(|value| value.get("end").is_some()) {
            let end: Option<End> = serde_json::from_value(end.clone()).ok();
            let sha256 = hex(&hash.clone().finalize());
            ended = Some(end.is_some_and(|end| end == whole.end(sha256)) && line.ends_with(b"\n"));
        } else if value.and_then(|value| export.line(&mut whole, value, number)).is_none() {
            export.faults.push(Fault::Line(number));
        }
        hash.update(&line);
    }
    match ended {
        Some(true) => {}
        Some(false) => export.faults.push(Fault::Changed),
        None => export.faults.push(Fault::CutOff),
    }
    export.links.sort_by_key(|link| link.record.seq);
    Ok(export)
}

impl Whole {
    fn end(&self, sha256: String) -> End {
        let Self { rows, commitments, stored, missing } = self;
        let (rows, commitments, missing) = (rows.clone(), *commitments, *missing);
        End { end: true, rows, commitments, files: stored.saturating_sub(missing), missing, sha256 }
    }
}

impl Export {
    fn begin(&mut self, whole: &mut Whole, value: Value) -> bool {
        let Ok(begin) = serde_json::from_value::<Begin>(value) else { return false };
        self.center = Some(begin.center);
        self.code = begin.code;
        whole.rows = begin.tables.into_iter().map(|table| (table, 0)).collect();
        begin.format == FORMAT && begin.version == VERSION
    }

    /// None where it cannot be read.
    fn line(&mut self, whole: &mut Whole, mut value: Value, number: usize) -> Option<()> {
        if value.get("file").is_some() {
            whole.missing += usize::from(value.get("missing") == Some(&Value::Bool(true)));
            return Some(());
        }
        if value.get("commitment").is_some() {
            let Committed { day, commitment } = serde_json::from_value(value).ok()?;
            whole.commitments += 1;
            self.committed.entry(day).or_default().push(unhex(&commitment)?);
            return Some(());
        }
        let table = value.get("table")?.as_str()?.to_owned();
        let row = value.get_mut("row")?.take();
        *whole.rows.entry(table.clone()).or_default() += 1;
        whole.stored += usize::from(table == "attachment" && row.get("object").is_some_and(Value::is_string));
        let center: Option<CenterId> = row.get("center_id").and_then(Value::as_str).and_then(|id| id.parse().ok());
        if center.is_some_and(|center| Some(center) != self.center) {
            self.faults.push(Fault::Foreign(number));
        }
        self.row(&table, row)
    }

    fn row(&mut self, table: &str, row: Value) -> Option<()> {
        match table {
            "rating" => {
                let Rating { day, channel, form_version: form, level, origin } = read_row(row)?;
                self.counts.entry(day).or_default().rating(Kept { origin, channel, form }, level);
                *self.given.entry(day).or_default() += 1;
                *self.rated.entry((day, origin, level)).or_default() += 1;
            }
            "survey_response" => {
                let Survey { day, channel, form_version: form, answers, origin } = read_row(row)?;
                let rows: Vec<(String, FourLevel)> = serde_json::from_str(&answers).ok()?;
                self.counts.entry(day).or_default().survey(Kept { origin, channel, form }, &rows);
                *self.given.entry(day).or_default() += 1;
            }
            "rating_tally" => {
                let Tally { day, origin, level, ratings } = read_row(row)?;
                *self.tallied.entry((day, origin, level)).or_default() += ratings;
            }
            "rating_root" => {
                let Root { day, ratings, root } = read_row(row)?;
                // A second root of a day is one too many.
                self.roots.insert(day, (ratings, root)).is_none().then_some(())?;
            }
            "audit_event" => match read_row::<AuditEvent>(row)? {
                AuditEvent { seq: None, .. } => self.earlier += 1,
                event => self.links.push(event.link()),
            },
            "audit_head" => {
                let AuditHead { seq, hash } = read_row(row)?;
                self.head.replace(Head { seq, hash: unhex(&hash)? }).is_none().then_some(())?;
            }
            _ => {}
        }
        Some(())
    }
}

impl AuditEvent {
    /// What is no hash is the hash of nothing: it will be found to differ.
    fn link(self) -> Link {
        let digest = |text: Option<String>| text.as_deref().and_then(unhex).unwrap_or_default();
        Link {
            previous: digest(self.prev_hash),
            hash: digest(self.hash),
            record: Record {
                seq: self.seq.unwrap_or_default(),
                id: self.id,
                actor: self.actor_id,
                actor_kind: self.actor_kind,
                roles: self.roles,
                verb: self.verb,
                outcome: self.outcome,
                object: self.object_id,
                detail: self.detail,
                request: self.request_id,
                source: self.source,
                at: self.created_at,
            },
        }
    }
}

fn read_row<T: serde::de::DeserializeOwned>(row: Value) -> Option<T> {
    serde_json::from_value(row).ok()
}
