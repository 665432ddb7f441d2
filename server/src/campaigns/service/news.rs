//! What the raters of a round are told: that they were named, that it ends tomorrow, that there is a reply. Each in the
//! transaction of what it tells about, or once by the job.

use chrono::Days;
use domain::{AccountId, calendar::local_date, notices::NoticeReason};
use entity::{campaign, campaign_remark};

use super::{manage, reading::facts_of, repo};
use crate::{
    db::{AuditEvent, Verb, WriteTx},
    error::Result,
    graphql::context::Cx,
    oversight::{
        self,
        service::{Notice, tell},
    },
};

fn about(reason: NoticeReason, round: &campaign::Model) -> Notice {
    Notice::new(reason, round.id.0, Some(&round.name))
}

/// To somebody of the center who is to rate.
pub(super) async fn named(cx: &Cx, tx: &mut WriteTx, round: &campaign::Model, who: AccountId) -> Result<()> {
    tell(cx, tx, vec![(vec![who], about(NoticeReason::RaterNamed, round))]).await
}

/// To whoever said something, where the vote was not secret.
pub(super) async fn replied(
    cx: &Cx,
    tx: &mut WriteTx,
    remark: &campaign_remark::Model,
    round: &campaign::Model,
) -> Result<()> {
    let Some(rater) = remark.rater_id else { return Ok(()) };
    let who = repo::rater(tx, rater).await?.account_id.into_iter().collect();
    tell(cx, tx, vec![(who, about(NoticeReason::RemarkReplied, round))]).await
}

/// To whoever has not handed everything in of a round that ends tomorrow; once.
pub(super) async fn sweep(cx: &Cx) -> Result<()> {
    let tx = cx.read().await?;
    let mut rounds = repo::ending(&tx, local_date(cx.now()) + Days::new(1)).await?;
    let told = rounds.iter().map(|round| round.id.0).collect();
    let told = oversight::repo::told(&tx, NoticeReason::RoundEnds, told).await?;
    rounds.retain(|round| !told.contains(&round.id.0));
    let ids: Vec<_> = rounds.iter().map(|round| round.id).collect();
    let raters = repo::accepted(&tx, ids.clone()).await?;
    let targets = repo::targets_of(&tx, ids).await?;
    let ballots = repo::ballots_of_all(&tx, raters.iter().map(|rater| rater.id).collect()).await?;
    drop(tx);
    let message = |round: &campaign::Model| {
        let targets: Vec<_> = targets.iter().filter(|target| target.campaign_id == round.id).cloned().collect();
        let raters = raters.iter().filter(|rater| rater.campaign_id == round.id);
        let left = raters.filter(|rater| {
            let facts = facts_of(round, rater, &targets, &ballots);
            facts.handed_in + facts.recused < facts.assigned
        });
        let who: Vec<_> = left.filter_map(|rater| rater.account_id).collect();
        (!who.is_empty()).then(|| (who, about(NoticeReason::RoundEnds, round)))
    };
    let messages: Vec<_> = rounds.iter().filter_map(message).collect();
    if messages.is_empty() {
        return Ok(());
    }
    let detail = messages.len().to_string();
    let mut tx = manage(cx).await?;
    tell(cx, &mut tx, messages).await?;
    tx.commit(AuditEvent::of(Verb::CampaignRaterReminded).with_detail(detail)).await
}
