//! What a post's own page says of its title: where it stands, and what is missing first.

use domain::PostId;
use leptos::prelude::*;

use super::{GapLine, TITLES, TitleChip, is_urgent, names};
use crate::{
    api::model_posts::{Gaps, PostGaps, gaps},
    components::{AsyncView, Icon, Mark},
    i18n::{t, t_string, use_i18n},
};

/// Gaps that are shown here; the title's page has them all.
const FIRST: usize = 5;

/// The part of the page, for posts that may bear a title.
#[component]
pub(crate) fn OnPost(post: PostId) -> impl IntoView {
    let i18n = use_i18n();
    let found = LocalResource::new(gaps);
    let ready = move |data: Gaps| {
        let Gaps { model_gaps, staff_members } = data;
        let names = names(&staff_members);
        let Some(PostGaps { row, gaps, on, breaches }) =
            model_gaps.into_iter().find(|row| row.row.title.post_id == post)
        else {
            return view! {
                <p class="hint">{t!(i18n, models.on_post.none)}</p>
                <p><a class="link" href=TITLES>{t!(i18n, models.titles.title)}</a></p>
            }
            .into_any();
        };
        let all = gaps.len();
        let shown: Vec<_> = gaps.into_iter().filter(|gap| is_urgent(gap, on)).take(FIRST).collect();
        let more = all - shown.len();
        let lines = shown.into_iter().map(|gap| view! { <GapLine gap today=on names=names.clone() /> }).collect_view();
        view! {
            <p class="person-head">
                <TitleChip status=row.title.status />
                <span class="hint">
                    {move || if breaches > 0 { t_string!(i18n, models.gaps.breaches, count = breaches) } else { t_string!(i18n, models.gaps.no_breach).to_owned() }}
                </span>
            </p>
            <ul class="gap-lines">{lines}</ul>
            {(more > 0).then(|| view! { <p class="hint">{move || t_string!(i18n, models.gaps.later, count = more)}</p> })}
            <div class="person-acts">
                <a class="btn btn-outline btn-small" href=format!("{TITLES}/{}", row.title.id)>
                    <Icon mark=Mark::Star />
                    {t!(i18n, models.on_post.open)}
                </a>
                <a class="link" href=format!("/desk/ledgers/{post}")>{t!(i18n, models.ledger.open)}</a>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="sheet" aria-labelledby="post-title">
            <h2 class="sheet-title" id="post-title">{t!(i18n, models.on_post.title)}</h2>
            <AsyncView resource=found ready />
        </section>
    }
}
