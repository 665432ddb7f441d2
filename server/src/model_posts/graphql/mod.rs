//! Model posts over GraphQL.

mod inputs;
mod types;

use async_graphql::{Context, Object};
use domain::{
    LedgerEntryId, ModelTitleId, PostId,
    model_posts::{EvidenceKind, ledger::EntryStatus},
};

use self::{
    inputs::{
        AddLedgerEntryInput, ApplyForTitleInput, AppraiseTitleInput, DecideTitleReviewInput, DeclineTitleInput,
        EditLedgerEntryInput, ObjectToTitleInput, RecordPostCheckInput, ReturnLedgerEntryInput, SeenLedgerEntryInput,
        SettleObjectionInput, TitleStepInput,
    },
    types::{LedgerConnection, LedgerEntry, ModelTitle, ModelTitlePage, PostCheckEntry, PostGaps, TitleRow},
};
use super::service::{
    checks, ledger,
    reading::{self, Filter},
    titles::{self, Appraisal},
};
use crate::{
    error::Result,
    graphql::{
        context::{ContextExt, Cx},
        page::{Cursor, Listing, PageInfo, list_cost},
    },
    posts::service::Seen,
};

/// Queries about model posts.
#[derive(Default)]
pub struct ModelPostsQuery;

#[Object]
impl ModelPostsQuery {
    /// The titles of the center that the viewer sees, newest first, also those that are over.
    #[graphql(complexity = "10 + child_complexity")]
    async fn model_titles(&self, ctx: &Context<'_>) -> Result<Vec<TitleRow>> {
        Ok(reading::list(ctx.cx()?).await?.into_iter().map(Into::into).collect())
    }

    /// One title.
    #[graphql(complexity = "20 + child_complexity")]
    async fn model_title(&self, ctx: &Context<'_>, id: ModelTitleId) -> Result<ModelTitlePage> {
        Ok(reading::title(ctx.cx()?, id).await?.into())
    }

    /// What each post lacks that bears a title or is on the way to one.
    #[graphql(complexity = "20 + child_complexity")]
    async fn model_gaps(&self, ctx: &Context<'_>) -> Result<Vec<PostGaps>> {
        let cx = ctx.cx()?;
        let today = domain::calendar::local_date(cx.now());
        Ok(reading::gaps(cx).await?.into_iter().map(|lacking| PostGaps::of(lacking, today)).collect())
    }

    /// A post's ledger, newest first.
    #[graphql(complexity = "list_cost(first, child_complexity)")]
    async fn ledger_entries(
        &self,
        ctx: &Context<'_>,
        post: PostId,
        status: Option<EntryStatus>,
        evidence: Option<EvidenceKind>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<LedgerConnection> {
        let cx = ctx.cx()?;
        let filter = Filter { post, status, evidence };
        let listing = Listing::new(cx, "ledgerEntries", &filter)?;
        let page = listing.page(first, after.as_deref())?;
        let mut rows = reading::ledger(cx, filter, page).await?;
        let wanted = usize::try_from(page.first).unwrap_or(usize::MAX);
        let has_next_page = rows.len() > wanted;
        rows.truncate(wanted);
        let cursor = |entry: &reading::Entry| {
            let at = entry.row.happened_on.and_time(chrono::NaiveTime::MIN).and_utc();
            listing.cursor(Cursor { at, id: entry.row.id.0 })
        };
        let page_info = PageInfo {
            has_next_page,
            has_previous_page: page.after.is_some(),
            start_cursor: rows.first().map(cursor).transpose()?,
            end_cursor: rows.last().map(cursor).transpose()?,
        };
        Ok(LedgerConnection { nodes: rows.into_iter().map(Into::into).collect(), page_info })
    }

    /// One entry of a ledger.
    #[graphql(complexity = "10 + child_complexity")]
    async fn ledger_entry(&self, ctx: &Context<'_>, id: LedgerEntryId) -> Result<LedgerEntry> {
        Ok(reading::entry(ctx.cx()?, id).await?.into())
    }

    /// What waits for the viewer's approval, longest first, at most 100.
    #[graphql(complexity = "10 + child_complexity")]
    async fn ledger_queue(&self, ctx: &Context<'_>) -> Result<Vec<LedgerEntry>> {
        Ok(reading::queue(ctx.cx()?).await?.into_iter().map(Into::into).collect())
    }
}

/// Titles, ledgers and looks on the spot.
#[derive(Default)]
pub struct ModelPostsMutation;

#[Object]
impl ModelPostsMutation {
    /// Apply for the title of a post.
    async fn apply_for_title(&self, ctx: &Context<'_>, input: ApplyForTitleInput) -> Result<ModelTitle> {
        Ok(titles::apply(ctx.cx()?, input.post, input.note).await?.into())
    }

    /// Appraise an application against the criteria.
    async fn review_title(&self, ctx: &Context<'_>, input: AppraiseTitleInput) -> Result<ModelTitle> {
        let AppraiseTitleInput { id, version, score, stars, note } = input;
        Ok(titles::review(ctx.cx()?, Seen { id, version }, Appraisal { score, stars }, note).await?.into())
    }

    /// Make a title known for objections.
    async fn publicise_title(&self, ctx: &Context<'_>, input: TitleStepInput) -> Result<ModelTitle> {
        Ok(titles::publicise(ctx.cx()?, input.seen(), input.note).await?.into())
    }

    /// Take an objection down while a title is made known.
    async fn object_to_title(&self, ctx: &Context<'_>, input: ObjectToTitleInput) -> Result<ModelTitle> {
        let ObjectToTitleInput { id, version, text } = input;
        Ok(titles::object(ctx.cx()?, Seen { id, version }, text).await?.into())
    }

    /// Find an objection right or wrong.
    async fn settle_objection(&self, ctx: &Context<'_>, input: SettleObjectionInput) -> Result<ModelTitle> {
        let SettleObjectionInput { id, version, upheld, answer } = input;
        Ok(titles::settle(ctx.cx()?, Seen { id, version }, upheld, answer).await?.into())
    }

    /// Award a title after the time for objections.
    async fn award_title(&self, ctx: &Context<'_>, input: TitleStepInput) -> Result<ModelTitle> {
        Ok(titles::award(ctx.cx()?, input.seen(), input.note).await?.into())
    }

    /// Do not award a title.
    async fn decline_title(&self, ctx: &Context<'_>, input: DeclineTitleInput) -> Result<ModelTitle> {
        let DeclineTitleInput { id, version, reason } = input;
        Ok(titles::decline(ctx.cx()?, Seen { id, version }, &reason).await?.into())
    }

    /// Begin a review of a title, periodic or for a reason.
    async fn begin_title_review(&self, ctx: &Context<'_>, input: TitleStepInput) -> Result<ModelTitle> {
        Ok(titles::begin_review(ctx.cx()?, input.seen(), input.note).await?.into())
    }

    /// Assess the post in a review.
    async fn assess_title(&self, ctx: &Context<'_>, input: AppraiseTitleInput) -> Result<ModelTitle> {
        let AppraiseTitleInput { id, version, score, stars, note } = input;
        Ok(titles::assess(ctx.cx()?, Seen { id, version }, Appraisal { score, stars }, note).await?.into())
    }

    /// End a review: keep the title, warn, change its stars, or withdraw it.
    async fn decide_title_review(&self, ctx: &Context<'_>, input: DecideTitleReviewInput) -> Result<ModelTitle> {
        let DecideTitleReviewInput { id, version, decision, until, note } = input;
        Ok(titles::decide(ctx.cx()?, Seen { id, version }, decision, until, note).await?.into())
    }

    /// Write an entry of a ledger, as a draft.
    async fn add_ledger_entry(&self, ctx: &Context<'_>, input: AddLedgerEntryInput) -> Result<LedgerEntry> {
        let cx = ctx.cx()?;
        let AddLedgerEntryInput { post, typed } = input;
        let (form, files) = typed.parts();
        shown(cx, ledger::add(cx, post, form, files).await?).await
    }

    /// Change a draft, or what was returned.
    async fn edit_ledger_entry(&self, ctx: &Context<'_>, input: EditLedgerEntryInput) -> Result<LedgerEntry> {
        let EditLedgerEntryInput { id, version, typed } = input;
        let cx = ctx.cx()?;
        let (form, files) = typed.parts();
        shown(cx, ledger::edit(cx, Seen { id, version }, form, files).await?).await
    }

    /// Hand an entry in.
    async fn submit_ledger_entry(&self, ctx: &Context<'_>, input: SeenLedgerEntryInput) -> Result<LedgerEntry> {
        let cx = ctx.cx()?;
        shown(cx, ledger::submit(cx, input.into()).await?).await
    }

    /// Give an entry up.
    async fn discard_ledger_entry(&self, ctx: &Context<'_>, input: SeenLedgerEntryInput) -> Result<LedgerEntry> {
        let cx = ctx.cx()?;
        shown(cx, ledger::discard(cx, input.into()).await?).await
    }

    /// Let an entry count; never by its keeper.
    async fn approve_ledger_entry(&self, ctx: &Context<'_>, input: SeenLedgerEntryInput) -> Result<LedgerEntry> {
        let cx = ctx.cx()?;
        shown(cx, ledger::approve(cx, input.into()).await?).await
    }

    /// Send an entry back with a reason.
    async fn return_ledger_entry(&self, ctx: &Context<'_>, input: ReturnLedgerEntryInput) -> Result<LedgerEntry> {
        let ReturnLedgerEntryInput { id, version, reason } = input;
        let cx = ctx.cx()?;
        shown(cx, ledger::send_back(cx, Seen { id, version }, reason).await?).await
    }

    /// Write down a look on the spot.
    async fn record_post_check(&self, ctx: &Context<'_>, input: RecordPostCheckInput) -> Result<PostCheckEntry> {
        Ok(checks::record(ctx.cx()?, input.into()).await?.into())
    }
}

async fn shown(cx: &Cx, row: entity::ledger_entry::Model) -> Result<LedgerEntry> {
    Ok(reading::shown(cx, row).await?.into())
}
