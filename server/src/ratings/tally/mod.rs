//! Whether what a center has taken along still says of its ratings what was sealed day by day (R-5). Needs the file alone:
//! neither the database nor its keys.
//!
//! ```text
//! rows of ratings ─▶ counts ┐
//! what stands for each ─────┴▶ root of the day ─▶ the root that was kept ─▶ the audit's word of it ─▶ the audit's chain
//! ```
//! Whoever has a receipt learns from the file that their rating is among those of its day, and nobody else learns which
//! one it is.

mod read;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    io::BufRead,
};

use chrono::NaiveDate;
use domain::{
    audit::{Break, Owner, Verifier},
    evaluation::{merkle::Digest, tally},
};

use self::read::Export;
use super::service::opening::tally_line;
use crate::{
    crypto::{hex, sha256},
    db::Verb,
};

/// Something that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is no export of a center, or one in another form.
    NoExport,
    /// A line that cannot be read.
    Line(usize),
    /// It has no last line.
    CutOff,
    /// Its bytes or its counts are not those that its last line tells.
    Changed,
    /// A row of another center.
    Foreign(usize),
    /// Not as many were given on a day as its root is over: so many were closed, so many are here.
    Count(NaiveDate, i64, usize),
    /// The root of a day is another one.
    Root(NaiveDate),
    /// A day without a root, between days that have one.
    NoRoot(NaiveDate),
    /// The audit says nothing of a day's root.
    NotInAudit(NaiveDate),
    /// The audit says another thing of a day's root.
    Audit(NaiveDate),
    /// So many rows of a day, and not as many that stand for them.
    Apart(NaiveDate, usize, usize),
    /// The counts of a day are not those of its ratings.
    Tally(NaiveDate),
    /// The audit's chain is broken.
    Chain(Break),
}

/// What became of looking at an export.
#[derive(Debug, Default)]
pub struct Report {
    /// The center's public code.
    pub center: String,
    /// Days that were closed.
    pub days: usize,
    /// What was given on them.
    pub given: usize,
    /// What was given since.
    pub since: usize,
    /// Records of the audit.
    pub records: i64,
    /// What is wrong.
    pub faults: Vec<Fault>,
    committed: BTreeMap<NaiveDate, BTreeSet<Digest>>,
}

/// What somebody keeps of what they gave.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// What stands for it.
    pub commitment: Digest,
    /// What opens that, and what was given; whoever is told of these knows what it was.
    pub opened: Option<(Digest, Vec<u8>)>,
}

/// What an export says of a receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// It is in the root of a day, or of a day that was not closed.
    Of(NaiveDate),
    /// It is of none.
    Nowhere,
}

/// Looks at an export.
///
/// # Errors
/// When the file cannot be read at all.
pub fn verify(file: impl BufRead) -> std::io::Result<Report> {
    let Export { center, code, faults, committed, counts, given, rated, tallied, roots, links, earlier, head } =
        read::read(file)?;
    let mut report = Report { center: code, faults, ..Report::default() };
    let Some(center) = center else { return Ok(report) };

    // What the audit says of closed days, as far as its chain is whole.
    let anchors = BTreeMap::new();
    let mut verifier = Verifier::new(Owner::Center(center), earlier, &anchors, sha256);
    let mut told: BTreeMap<&str, &str> = BTreeMap::new();
    let mut broken = None;
    for link in &links {
        if let Err(found) = verifier.follow(link) {
            broken = Some(found);
            break;
        }
        let detail = link.record.detail.as_deref().unwrap_or_default();
        if link.record.verb == Verb::RatingDayClosed.as_str() {
            told.insert(detail.split(' ').next().unwrap_or_default(), detail);
        }
    }
    report.records = verifier.last().seq;
    report.faults.extend(broken.or_else(|| verifier.finish(head).err()).map(Fault::Chain));

    let days: BTreeSet<NaiveDate> = committed.keys().chain(counts.keys()).chain(roots.keys()).copied().collect();
    let (first, last) = (roots.keys().next().copied(), roots.keys().next_back().copied());
    let mut before: Option<NaiveDate> = None;
    let none = Vec::new();
    for (day, (kept, root)) in &roots {
        if let Some(before) = before {
            let missing = before.succ_opt().filter(|next| next < day);
            report.faults.extend(missing.map(Fault::NoRoot));
        }
        before = Some(*day);
        let here = committed.get(day).unwrap_or(&none);
        if usize::try_from(*kept) != Ok(here.len()) {
            report.faults.push(Fault::Count(*day, *kept, here.len()));
        }
        let counts = counts.get(day).cloned().unwrap_or_default();
        if hex(&tally::root(sha256, here, &counts)) != *root {
            report.faults.push(Fault::Root(*day));
        }
        let line = usize::try_from(*kept).map(|kept| tally_line(*day, kept, root)).unwrap_or_default();
        match told.remove(day.to_string().as_str()) {
            None => report.faults.push(Fault::NotInAudit(*day)),
            Some(said) if said != line => report.faults.push(Fault::Audit(*day)),
            Some(_) => {}
        }
        report.days += 1;
        report.given += here.len();
    }
    // Days that the audit calls closed, and days before the last closed one, have a root.
    let closed = told.keys().filter_map(|day| day.parse().ok());
    let early = days.iter().copied().filter(|day| first.is_some_and(|first| *day < first));
    let rootless: BTreeSet<_> = closed.chain(early).collect();
    report.faults.extend(rootless.into_iter().map(Fault::NoRoot));
    let after = days.iter().filter(|day| last.is_none_or(|last| **day > last));
    report.since = after.map(|day| committed.get(day).map_or(0, Vec::len)).sum();
    for day in &days {
        let (rows, stand) = (given.get(day).copied().unwrap_or_default(), committed.get(day).map_or(0, Vec::len));
        if rows != stand {
            report.faults.push(Fault::Apart(*day, rows, stand));
        }
    }
    let counted: BTreeSet<_> = rated.keys().chain(tallied.keys()).collect();
    let differ = counted.into_iter().filter(|which| rated.get(*which) != tallied.get(*which)).map(|(day, ..)| *day);
    report.faults.extend(differ.collect::<BTreeSet<_>>().into_iter().map(Fault::Tally));
    report.committed = committed.into_iter().map(|(day, all)| (day, all.into_iter().collect())).collect();
    Ok(report)
}

impl Report {
    /// Where a receipt belongs.
    #[must_use]
    pub fn find(&self, receipt: &Receipt) -> Found {
        let of = self.committed.iter().find(|(_, all)| all.contains(&receipt.commitment));
        of.map_or(Found::Nowhere, |(day, _)| Found::Of(*day))
    }
}

impl Receipt {
    /// Whether it stands for what it says was given; none where it does not say.
    #[must_use]
    pub fn is_true(&self) -> Option<bool> {
        let (opening, given) = self.opened.as_ref()?;
        Some(sha256(&[&opening[..], given].concat()) == self.commitment)
    }

    /// What was given, part by part.
    #[must_use]
    pub fn parts(&self) -> Vec<String> {
        let mut rest = self.opened.as_ref().map(|(_, given)| given.as_slice()).unwrap_or_default();
        let mut parts = Vec::new();
        while let Some((length, after)) = rest.split_first_chunk::<4>() {
            let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
            let Some(part) = after.get(..length) else { break };
            parts.push(String::from_utf8_lossy(part).into_owned());
            rest = after.get(length..).unwrap_or_default();
        }
        parts.retain(|part| !part.is_empty());
        parts
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoExport => write!(f, "this is no export of a center that this version can read"),
            Self::Line(number) => write!(f, "line {number} cannot be read"),
            Self::CutOff => write!(f, "the file ends before its last line"),
            Self::Changed => write!(f, "the file is not as it was written: its last line tells of other contents"),
            Self::Foreign(number) => write!(f, "line {number} is of another center"),
            Self::Count(day, kept, here) => {
                write!(f, "{day}: {here} ratings and questionnaires, but {kept} were closed")
            }
            Self::Root(day) => write!(f, "{day}: what was given makes another root than the one that was kept"),
            Self::NoRoot(day) => write!(f, "{day}: there is no root of this day"),
            Self::NotInAudit(day) => write!(f, "{day}: the audit does not say that this day was closed"),
            Self::Audit(day) => write!(f, "{day}: the audit says that this day was closed with another root"),
            Self::Apart(day, rows, stand) => {
                write!(f, "{day}: {rows} ratings and questionnaires, {stand} check values")
            }
            Self::Tally(day) => write!(f, "{day}: the counts are not those of the ratings"),
            Self::Chain(Break { seq, fault }) => write!(f, "the audit is broken at record {seq}: {}", fault.key()),
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fault in &self.faults {
            writeln!(f, "BROKEN: {fault}")?;
        }
        let Self { center, days, given, since, records, .. } = self;
        writeln!(
            f,
            "{center}: {given} ratings and questionnaires of {days} closed days, {since} since, {records} records of \
             the audit, {}",
            if self.faults.is_empty() { "all as it was sealed" } else { "NOT as it was sealed" }
        )
    }
}

#[cfg(test)]
mod tests;
