//! Reading complaints.

use async_graphql::{Context, Object};
use domain::{
    ComplaintId,
    complaints::{
        ComplaintChannel, ComplaintQueue, ComplaintStatus, ComplaintSubject, form::normalize_phone, similar::Traits,
    },
};
use entity::complaint::Summary;

use super::{
    inputs::SimilarInput,
    summary::{ComplaintConnection, ComplaintSummary},
    types::{ComplaintNode, QueueCount, SimilarComplaintNode},
};
use crate::{
    complaints::{repo::Filter, service::reading},
    error::Result,
    graphql::{
        context::ContextExt,
        page::{Cursor, Listing, PageInfo, list_cost},
    },
};

/// Queries about complaints.
#[derive(Default)]
pub struct ComplaintsQuery;

#[Object]
impl ComplaintsQuery {
    /// Complaints by due time, one queue at a time.
    #[graphql(complexity = "list_cost(first, child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the field")]
    async fn complaints(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "ComplaintQueue::All")] queue: ComplaintQueue,
        search: Option<String>,
        status: Option<ComplaintStatus>,
        subject: Option<ComplaintSubject>,
        channel: Option<ComplaintChannel>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<ComplaintConnection> {
        let cx = ctx.cx()?;
        let filter = Filter { queue, search: reading::search(cx, search)?, status, subject, channel };
        let listing = Listing::new(cx, "complaints", &filter)?;
        let page = listing.page(first, after.as_deref())?;
        let mut rows = reading::list(cx, &filter, page).await?;
        let wanted = usize::try_from(page.first).unwrap_or(usize::MAX);
        let has_next_page = rows.len() > wanted;
        rows.truncate(wanted);
        let cursor = |row: &Summary| listing.cursor(Cursor { at: row.queue_at, id: row.id.0 });
        let page_info = PageInfo {
            has_next_page,
            has_previous_page: page.after.is_some(),
            start_cursor: rows.first().map(cursor).transpose()?,
            end_cursor: rows.last().map(cursor).transpose()?,
        };
        Ok(ComplaintConnection { nodes: ComplaintSummary::many(cx, rows).await?, page_info, filter })
    }

    /// How many each queue holds.
    #[graphql(complexity = "10 + child_complexity")]
    async fn complaint_counts(&self, ctx: &Context<'_>) -> Result<Vec<QueueCount>> {
        let counts = reading::queue_counts(ctx.cx()?).await?;
        Ok(counts.into_iter().map(|(queue, count)| QueueCount { queue, count }).collect())
    }

    /// One complaint; null when the viewer may see none by this id.
    async fn complaint(&self, ctx: &Context<'_>, id: ComplaintId) -> Result<Option<ComplaintNode>> {
        let cx = ctx.cx()?;
        match reading::get(cx, id).await? {
            Some(row) => ComplaintNode::one(cx, row).await.map(Some),
            None => Ok(None),
        }
    }

    /// Earlier complaints like one being written down.
    #[graphql(complexity = "50 + child_complexity")]
    async fn similar_complaints(&self, ctx: &Context<'_>, input: SimilarInput) -> Result<Vec<SimilarComplaintNode>> {
        let cx = ctx.cx()?;
        let keys = cx.app.keys.center(cx.scope()?.center()?);
        let phone = input.phone.as_deref().and_then(normalize_phone);
        let traits = Traits {
            text: input.text,
            place: input.place,
            day: input.happened_on,
            phone: phone.map(|phone| keys.blind_index(&phone).into_bytes()),
        };
        Ok(reading::similar_to(cx, traits).await?.into_iter().map(Into::into).collect())
    }
}
