//! A rectification task follows from a case that was verified: one, which links back.

use domain::{
    BadRatingId, StaffId, Violation,
    bad_ratings::{Part, leads_to_task},
    improvement::{RectificationSource, TaskForm},
    permission::Permission,
};
use entity::rectification_task;

use super::seen;
use crate::{
    error::Result,
    graphql::context::Cx,
    improvement::service::{NewTask, Source, open_first, opened},
};

/// Opens a task at the rated post, by whoever handles the case.
pub async fn open(
    cx: &Cx,
    id: BadRatingId,
    form: TaskForm,
    owner: Option<StaffId>,
) -> Result<rectification_task::Model> {
    let mut tx = cx.write(&cx.scope()?.require(Permission::BadRatingHandle)?).await?;
    let (row, _, (part, _)) = seen(&tx, id).await?;
    match part {
        Part::Handles => leads_to_task(row.finding, row.excluded)?,
        Part::Rated => return Err(Violation::new("", "bad_rating.own").into()),
        Part::Looks => return Err(Violation::new("", "bad_rating.not_yours").into()),
    }
    let source = Source { kind: RectificationSource::BadRating, id: id.0 };
    let task = open_first(cx, &mut tx, NewTask { source, form, post: row.post_id, owner }).await?;
    opened(tx, task).await
}
