//! Services of care windows as a workbook. Who was served stays masked, and what was said is not in it.

use std::collections::HashMap;

use domain::{PostId, StaffId};

use super::lists::{Asked, Column, Found, all, table, yes};
use crate::{
    care::{
        repo,
        service::reading::{self, Found as Service},
    },
    error::Result,
    graphql::context::Cx,
};

struct Line {
    service: Service,
    window: Option<String>,
    guide: Option<String>,
    receiver: Option<String>,
    visitor: Option<String>,
    companion: Option<String>,
}

const SERVICES: &[Column<Line>] = &[
    ("status", |line, language| language.label("care_status", line.service.row.status.key()).into()),
    ("name_masked", |line, _| line.service.row.name_mask.clone().into()),
    ("recipient", |line, language| language.label("recipient_category", line.service.row.category.key()).into()),
    ("care_mode", |line, language| language.label("care_mode", line.service.row.mode.key()).into()),
    ("care_window", |line, _| line.window.clone().into()),
    ("greeted_at", |line, _| line.service.row.greeted_at.into()),
    ("guide", |line, _| line.guide.clone().into()),
    ("started_at", |line, _| line.service.row.started_at.into()),
    ("slow", |line, language| yes(line.service.slow, language)),
    ("receiver", |line, _| line.receiver.clone().into()),
    ("booked_for", |line, _| line.service.row.booked_for.into()),
    ("visit_by", |line, _| line.service.row.due_on.into()),
    ("visitor", |line, _| line.visitor.clone().into()),
    ("companion", |line, _| line.companion.clone().into()),
    ("visited_at", |line, _| line.service.row.visited_at.into()),
    ("visit_late", |line, language| yes(line.service.late, language)),
    ("finished_at", |line, _| line.service.row.finished_at.into()),
    ("satisfaction", |line, language| {
        line.service.row.satisfaction.map(|it| language.label("handling_satisfaction", it.key())).into()
    }),
];

/// What goes on at the viewer's windows, then what is over, as on the page.
pub(super) async fn find(cx: &Cx, asked: &Asked) -> Result<Found> {
    let list = reading::list(cx, all()).await?;
    // Whoever only looks serves at none.
    let windows = repo::posts(&*cx.read().await?).await?;
    let windows: HashMap<PostId, String> = windows.into_iter().map(|row| (row.id, row.name)).collect();
    let person = |id: Option<StaffId>| id.and_then(|id| Some(list.people.get(&id)?.name.clone()));
    let line = |service: Service| Line {
        window: windows.get(&service.row.post_id).cloned(),
        guide: person(service.row.guide_id),
        receiver: person(service.row.receiver_id),
        visitor: person(service.row.visitor_id),
        companion: person(service.row.companion_id),
        service,
    };
    let rows: Vec<_> = list.open.into_iter().chain(list.over).map(line).collect();
    Ok(table(&rows, SERVICES, asked.language()))
}
