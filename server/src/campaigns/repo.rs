//! The roster, rounds, and what was filled in, as they are stored.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    AccountId, CampaignFactId, CampaignId, CampaignRaterId, CampaignRemarkId, CampaignReportId, CampaignTargetId,
    RepresentativeConflictId, RepresentativeId,
    campaigns::{CampaignStatus, RaterStatus},
};
use entity::{
    ballot, campaign, campaign_fact, campaign_form, campaign_rater, campaign_remark, campaign_report, campaign_target,
    representative, representative_conflict,
};
use sea_orm::{ColumnTrait, Condition, Order};

use crate::{
    db::{ReadTx, WriteTx},
    error::{Error, Kind, Result},
    posts::repo::one,
};

/// Rounds shown.
const ROUNDS: u64 = 100;
/// Representatives on a roster, and their conflicts.
const ROSTER: u64 = 1000;
/// Raters of all rounds, as far as it is counted who was drawn how often.
const DRAWN: u64 = 20_000;
/// Ballots, forms and remarks of a round.
const GIVEN: u64 = 20_000;

/// The roster, by group and name.
pub async fn representatives(tx: &ReadTx) -> Result<Vec<representative::Model>> {
    use representative::Column as C;
    let all = tx.select::<representative::Entity>()?.order_by(C::Role, Order::Asc).order_by(C::Name, Order::Asc);
    all.order_by(C::Id, Order::Asc).limit(ROSTER).all().await
}

/// One of them.
pub async fn representative(tx: &ReadTx, id: RepresentativeId) -> Result<representative::Model> {
    one::<representative::Entity>(tx, representative::Column::Id.eq(id)).await
}

/// Everybody's interests.
pub async fn conflicts(tx: &ReadTx) -> Result<Vec<representative_conflict::Model>> {
    use representative_conflict::Column as C;
    tx.select::<representative_conflict::Entity>()?.order_by(C::Id, Order::Asc).limit(ROSTER).all().await
}

/// Takes an interest off the roster.
pub async fn lift(tx: &mut WriteTx, id: RepresentativeConflictId) -> Result<()> {
    let gone = tx.remove_where::<representative_conflict::Entity>(representative_conflict::Column::Id.eq(id)).await?;
    if gone == Some(1) { Ok(()) } else { Err(Error::NotFound(Kind::Row)) }
}

/// In how many rounds each was drawn.
pub async fn times_drawn(tx: &ReadTx) -> Result<BTreeMap<RepresentativeId, u32>> {
    use campaign_rater::Column as C;
    let rows = tx.select::<campaign_rater::Entity>()?.filter(C::RepresentativeId.is_not_null());
    let mut times = BTreeMap::new();
    for row in rows.order_by(C::Id, Order::Desc).limit(DRAWN).all().await? {
        if let Some(id) = row.representative_id {
            *times.entry(id).or_default() += 1;
        }
    }
    Ok(times)
}

/// Rounds, newest first.
pub async fn campaigns(tx: &ReadTx) -> Result<Vec<campaign::Model>> {
    rounds(tx, Condition::all()).await
}

/// Those that the rated may see, newest first.
pub async fn published(tx: &ReadTx) -> Result<Vec<campaign::Model>> {
    rounds(tx, campaign::Column::Status.eq(CampaignStatus::Published).into()).await
}

/// Those that still take forms although their last day is over.
pub async fn over(tx: &ReadTx, today: NaiveDate) -> Result<Vec<campaign::Model>> {
    use campaign::Column as C;
    rounds(tx, Condition::all().add(C::Status.eq(CampaignStatus::Open)).add(C::EndsOn.lt(today))).await
}

/// Those that still take forms on `day`, and no longer.
pub async fn ending(tx: &ReadTx, day: NaiveDate) -> Result<Vec<campaign::Model>> {
    use campaign::Column as C;
    rounds(tx, Condition::all().add(C::Status.eq(CampaignStatus::Open)).add(C::EndsOn.eq(day))).await
}

/// Some rounds, newest first.
pub async fn named(tx: &ReadTx, ids: Vec<CampaignId>) -> Result<Vec<campaign::Model>> {
    if ids.is_empty() { Ok(Vec::new()) } else { rounds(tx, campaign::Column::Id.is_in(ids).into()).await }
}

async fn rounds(tx: &ReadTx, which: Condition) -> Result<Vec<campaign::Model>> {
    use campaign::Column as C;
    let found = tx.select::<campaign::Entity>()?.filter(which).order_by(C::StartsOn, Order::Desc);
    found.order_by(C::Id, Order::Desc).limit(ROUNDS).all().await
}

/// One round.
pub async fn campaign(tx: &ReadTx, id: CampaignId) -> Result<campaign::Model> {
    let found = tx.select::<campaign::Entity>()?.filter(campaign::Column::Id.eq(id)).one().await?;
    found.ok_or(Error::NotFound(Kind::Campaign))
}

/// What is rated in some rounds, in order.
pub async fn targets_of(tx: &ReadTx, rounds: Vec<CampaignId>) -> Result<Vec<campaign_target::Model>> {
    use campaign_target::Column as C;
    if rounds.is_empty() {
        return Ok(Vec::new());
    }
    let found = tx.select::<campaign_target::Entity>()?.filter(C::CampaignId.is_in(rounds));
    found.order_by(C::Position, Order::Asc).all().await
}

/// What is rated in a round, in order.
pub async fn targets(tx: &ReadTx, round: CampaignId) -> Result<Vec<campaign_target::Model>> {
    targets_of(tx, vec![round]).await
}

/// One target.
pub async fn target(tx: &ReadTx, id: CampaignTargetId) -> Result<campaign_target::Model> {
    one::<campaign_target::Entity>(tx, campaign_target::Column::Id.eq(id)).await
}

/// Takes away what is rated in a round, where nothing was said about it.
pub async fn clear_targets(tx: &mut WriteTx, round: CampaignId) -> Result<()> {
    let which = campaign_target::Column::CampaignId.eq(round);
    tx.remove_where::<campaign_target::Entity>(which).await?.map(|_| ()).ok_or(Error::NotFound(Kind::Row))
}

/// Who rates in a round, by name.
pub async fn raters(tx: &ReadTx, round: CampaignId) -> Result<Vec<campaign_rater::Model>> {
    use campaign_rater::Column as C;
    let found = tx.select::<campaign_rater::Entity>()?.filter(C::CampaignId.eq(round));
    found.order_by(C::Role, Order::Asc).order_by(C::Name, Order::Asc).order_by(C::Id, Order::Asc).all().await
}

/// Who takes part in some rounds.
pub async fn accepted(tx: &ReadTx, rounds: Vec<CampaignId>) -> Result<Vec<campaign_rater::Model>> {
    use campaign_rater::Column as C;
    if rounds.is_empty() {
        return Ok(Vec::new());
    }
    let found = tx.select::<campaign_rater::Entity>()?.filter(C::CampaignId.is_in(rounds));
    found.filter(C::Status.eq(RaterStatus::Accepted)).order_by(C::Id, Order::Asc).all().await
}

/// One of them.
pub async fn rater(tx: &ReadTx, id: CampaignRaterId) -> Result<campaign_rater::Model> {
    one::<campaign_rater::Entity>(tx, campaign_rater::Column::Id.eq(id)).await
}

/// Somebody as a rater of a round.
pub async fn rater_of(tx: &ReadTx, round: CampaignId, account: AccountId) -> Result<Option<campaign_rater::Model>> {
    use campaign_rater::Column as C;
    let found = tx.select::<campaign_rater::Entity>()?.filter(C::CampaignId.eq(round));
    found.filter(C::AccountId.eq(account)).one().await
}

/// Somebody as a rater of all rounds that they were named for.
pub async fn parts_of(tx: &ReadTx, account: AccountId) -> Result<Vec<campaign_rater::Model>> {
    use campaign_rater::Column as C;
    let found = tx.select::<campaign_rater::Entity>()?.filter(C::AccountId.eq(account));
    found.order_by(C::Id, Order::Desc).limit(ROUNDS).all().await
}

/// What is being filled in and was, in a round.
pub async fn ballots(tx: &ReadTx, round: CampaignId) -> Result<Vec<ballot::Model>> {
    tx.select::<ballot::Entity>()?.filter(ballot::Column::CampaignId.eq(round)).limit(GIVEN).all().await
}

/// … by somebody.
pub async fn ballots_of(tx: &ReadTx, rater: CampaignRaterId) -> Result<Vec<ballot::Model>> {
    tx.select::<ballot::Entity>()?.filter(ballot::Column::RaterId.eq(rater)).all().await
}

/// … by some raters.
pub async fn ballots_of_all(tx: &ReadTx, raters: Vec<CampaignRaterId>) -> Result<Vec<ballot::Model>> {
    if raters.is_empty() {
        return Ok(Vec::new());
    }
    tx.select::<ballot::Entity>()?.filter(ballot::Column::RaterId.is_in(raters)).limit(GIVEN).all().await
}

/// … by somebody about one target.
pub async fn ballot(tx: &ReadTx, rater: CampaignRaterId, target: CampaignTargetId) -> Result<Option<ballot::Model>> {
    use ballot::Column as C;
    tx.select::<ballot::Entity>()?.filter(C::RaterId.eq(rater)).filter(C::TargetId.eq(target)).one().await
}

/// The forms that were handed in, in some rounds.
pub async fn forms_of(tx: &ReadTx, rounds: Vec<CampaignId>) -> Result<Vec<campaign_form::Model>> {
    use campaign_form::Column as C;
    if rounds.is_empty() {
        return Ok(Vec::new());
    }
    let found = tx.select::<campaign_form::Entity>()?.filter(C::CampaignId.is_in(rounds));
    found.order_by(C::Id, Order::Asc).limit(GIVEN).all().await
}

/// The forms that were handed in, in a round.
pub async fn forms(tx: &ReadTx, round: CampaignId) -> Result<Vec<campaign_form::Model>> {
    forms_of(tx, vec![round]).await
}

/// … by somebody.
pub async fn forms_by(tx: &ReadTx, rater: CampaignRaterId) -> Result<Vec<campaign_form::Model>> {
    tx.select::<campaign_form::Entity>()?.filter(campaign_form::Column::RaterId.eq(rater)).all().await
}

/// What was said in a round, problems first.
pub async fn remarks(tx: &ReadTx, round: CampaignId) -> Result<Vec<campaign_remark::Model>> {
    use campaign_remark::Column as C;
    let found = tx.select::<campaign_remark::Entity>()?.filter(C::CampaignId.eq(round));
    found.order_by(C::Kind, Order::Asc).order_by(C::Id, Order::Asc).limit(GIVEN).all().await
}

/// … by somebody.
pub async fn remarks_of(tx: &ReadTx, rater: CampaignRaterId) -> Result<Vec<campaign_remark::Model>> {
    use campaign_remark::Column as C;
    let found = tx.select::<campaign_remark::Entity>()?.filter(C::RaterId.eq(rater));
    found.order_by(C::Id, Order::Asc).all().await
}

/// One remark.
pub async fn remark(tx: &ReadTx, id: CampaignRemarkId) -> Result<campaign_remark::Model> {
    one::<campaign_remark::Entity>(tx, campaign_remark::Column::Id.eq(id)).await
}

/// The course of a third party's round, once there is a contract.
pub async fn report_of(tx: &ReadTx, round: CampaignId) -> Result<Option<campaign_report::Model>> {
    tx.select::<campaign_report::Entity>()?.filter(campaign_report::Column::CampaignId.eq(round)).one().await
}

/// One of them.
pub async fn report(tx: &ReadTx, id: CampaignReportId) -> Result<campaign_report::Model> {
    one::<campaign_report::Entity>(tx, campaign_report::Column::Id.eq(id)).await
}

/// The facts of a report, in order.
pub async fn facts(tx: &ReadTx, round: CampaignId) -> Result<Vec<campaign_fact::Model>> {
    use campaign_fact::Column as C;
    tx.select::<campaign_fact::Entity>()?.filter(C::CampaignId.eq(round)).order_by(C::Position, Order::Asc).all().await
}

/// One fact.
pub async fn fact(tx: &ReadTx, id: CampaignFactId) -> Result<campaign_fact::Model> {
    one::<campaign_fact::Entity>(tx, campaign_fact::Column::Id.eq(id)).await
}

/// Takes a fact out of a draft.
pub async fn drop_fact(tx: &mut WriteTx, id: CampaignFactId) -> Result<()> {
    let gone = tx.remove_where::<campaign_fact::Entity>(campaign_fact::Column::Id.eq(id)).await?;
    if gone == Some(1) { Ok(()) } else { Err(Error::NotFound(Kind::Row)) }
}
