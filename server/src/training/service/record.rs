//! What is on record of somebody's trainings, for the rules of posts and of model posts.

use std::collections::{BTreeSet, HashMap};

use chrono::{Datelike, NaiveDate};
use domain::{
    StaffId,
    policy::PolicyKey,
    training::{Coverage, Topic, inducted, times},
};

use super::super::repo;
use crate::{db::ReadTx, error::Result, graphql::context::Cx};

/// How often each was trained in `year`, by sessions and by the ledgers of model posts; two statements.
pub async fn in_year(tx: &ReadTx, year: i32) -> Result<HashMap<StaffId, u32>> {
    let mut books: HashMap<StaffId, u32> = HashMap::new();
    let sessions = tx.trainings(year, year).await?.into_iter().map(|(staff, _, count)| (staff, count));
    let ledgers = repo::tallies(tx, year).await?.into_iter();
    let ledgers = ledgers.map(|row| (row.staff_id, u32::try_from(row.times).unwrap_or_default()));
    for (staff, count) in sessions.chain(ledgers) {
        let known = books.entry(staff).or_default();
        *known = times([*known, count]);
    }
    Ok(books)
}

/// The first day on which each of these people passed an induction; one statement.
pub async fn inductions(tx: &ReadTx, people: &[StaffId]) -> Result<HashMap<StaffId, NaiveDate>> {
    // Newest first, so the last one stays.
    Ok(repo::inductions(tx, people).await?.into_iter().map(|row| (row.staff_id, row.on_day)).collect())
}

/// When each of these people was last trained about `topic` in `year`; one statement.
pub async fn about(tx: &ReadTx, topic: Topic, people: &[StaffId], year: i32) -> Result<HashMap<StaffId, NaiveDate>> {
    // The newest comes last, and stays.
    let rows = repo::trained(tx, topic, people, year).await?.into_iter().rev();
    Ok(rows.map(|row| (row.staff_id, row.on_day)).collect())
}

/// What the checks of posts ask about the people there.
pub struct Record {
    times: HashMap<StaffId, u32>,
    inducted: HashMap<StaffId, NaiveDate>,
    min: u32,
    today: NaiveDate,
}

impl Record {
    /// Reads it, of `people`.
    pub async fn of(cx: &Cx, tx: &ReadTx, people: &[StaffId], today: NaiveDate) -> Result<Self> {
        let times = in_year(tx, today.year()).await?;
        let inducted = inductions(tx, people).await?;
        Ok(Self { times, inducted, min: cx.rules().await?.policy.get(PolicyKey::TrainingMinPerYear), today })
    }

    /// Who of these was trained too seldom this year.
    pub fn untrained(&self, people: &[StaffId]) -> Vec<StaffId> {
        let people: BTreeSet<_> = people.iter().copied().collect();
        let times = |staff| self.times.get(&staff).copied().unwrap_or_default();
        Coverage::of(&people, times, self.min).missing.into_keys().collect()
    }

    /// Who of these has passed no induction.
    pub fn uninducted(&self, people: &[StaffId]) -> Vec<StaffId> {
        let passed = |staff: &StaffId| inducted("", self.inducted.get(staff).copied(), self.today).is_ok();
        people.iter().copied().filter(|staff| !passed(staff)).collect()
    }
}
