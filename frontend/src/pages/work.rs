//! `/desk/work`: the records that kinds of posts keep day by day, each with its clause.

use domain::permission::Permission as P;
use leptos::prelude::*;

use crate::{
    components::{Icon, Mark, PageHeading},
    i18n::{t, t_string, use_i18n},
    session::use_session,
};

/// The page. What one may not read is not named.
#[component]
pub fn WorkPage() -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let room = move |may, clause, mark, href, name: AnyView, lead: AnyView| {
        session.can(may).then(|| {
            view! {
                <li class="room">
                    <Icon mark />
                    <div>
                        <a class="link font-semibold" href=href>{name}</a>
                        <span class="clause">{clause}</span>
                        <p class="hint">{lead}</p>
                    </div>
                </li>
            }
        })
    };
    // In the order of the standard.
    let rooms: Vec<_> = [
        room(
            P::ServiceCaseRead,
            "6.5",
            Mark::Box,
            "/desk/handling",
            t!(i18n, handling.nav).into_any(),
            t!(i18n, handling.lead).into_any(),
        ),
        room(
            P::PostRead,
            "6.6",
            Mark::Home,
            "/desk/items",
            t!(i18n, items.nav).into_any(),
            t!(i18n, items.lead).into_any(),
        ),
        room(
            P::TrainingRead,
            "6.7.1, 6.12.10",
            Mark::Book,
            "/desk/training",
            t!(i18n, training.nav).into_any(),
            t!(i18n, training.lead).into_any(),
        ),
        room(
            P::VolunteerRead,
            "6.7",
            Mark::Users,
            "/desk/volunteers",
            t!(i18n, volunteers.nav).into_any(),
            t!(i18n, volunteers.lead).into_any(),
        ),
        room(
            P::StandardsRead,
            "6.11",
            Mark::Check,
            "/desk/standards",
            t!(i18n, standards.nav).into_any(),
            t!(i18n, standards.lead).into_any(),
        ),
        room(
            P::TidalRead,
            "6.13",
            Mark::Clock,
            "/desk/tidal",
            t!(i18n, tidal.nav).into_any(),
            t!(i18n, tidal.lead).into_any(),
        ),
        room(
            P::CareRead,
            "6.15",
            Mark::Users,
            "/desk/care",
            t!(i18n, care.nav).into_any(),
            t!(i18n, care.lead).into_any(),
        ),
        room(
            P::TalentRead,
            "6.16",
            Mark::Star,
            "/desk/talents",
            t!(i18n, talents.nav).into_any(),
            t!(i18n, talents.lead).into_any(),
        ),
        room(
            P::RatingRead,
            "7.2.3.4, E",
            Mark::Star,
            "/desk/ratings",
            t!(i18n, ratings.nav).into_any(),
            t!(i18n, ratings.lead).into_any(),
        ),
        room(
            P::CampaignRead,
            "7.2.3",
            Mark::Users,
            "/desk/campaigns",
            t!(i18n, campaigns.title).into_any(),
            t!(i18n, campaigns.lead).into_any(),
        ),
        room(
            P::CampaignResultRead,
            "7.2.3",
            Mark::Star,
            "/desk/campaigns/results",
            t!(i18n, campaigns.published.title).into_any(),
            t!(i18n, campaigns.published.lead).into_any(),
        ),
        room(
            P::ImprovementRead,
            "7.3",
            Mark::Flag,
            "/desk/rectification",
            t!(i18n, improvement.nav).into_any(),
            t!(i18n, improvement.lead).into_any(),
        ),
        room(
            P::AppearanceRead,
            "A",
            Mark::Eye,
            "/desk/appearance",
            t!(i18n, appearance.nav).into_any(),
            t!(i18n, appearance.lead).into_any(),
        ),
        room(
            P::PostRead,
            "B",
            Mark::Chat,
            "/desk/phrases",
            t!(i18n, phrases.nav).into_any(),
            t!(i18n, phrases.lead).into_any(),
        ),
        room(
            P::FormRead,
            "D, E",
            Mark::Note,
            "/desk/forms",
            t!(i18n, forms.nav).into_any(),
            t!(i18n, forms.about).into_any(),
        ),
    ]
    .into_iter()
    .flatten()
    .collect();
    let empty = rooms.is_empty();
    view! {
        <PageHeading title=move || t_string!(i18n, posts.work.title) />
        <p class="desk-lead">{t!(i18n, posts.work.lead)}</p>
        {empty.then(|| view! { <p class="hint">{t!(i18n, posts.work.none)}</p> })}
        <ul class="rooms">{rooms}</ul>
    }
}

/// Where posts of a kind keep their records.
pub fn room_of(kind: &str) -> Option<&'static str> {
    match kind {
        domain::care::POST_KIND => Some("/desk/care"),
        domain::handling::POST_KIND => Some("/desk/handling"),
        domain::items::POST_KIND => Some("/desk/items"),
        domain::standardisation::POST_KIND => Some("/desk/standards"),
        domain::talents::POST_KIND => Some("/desk/talents"),
        domain::tidal::POST_KIND => Some("/desk/tidal"),
        domain::volunteers::POST_KIND => Some("/desk/volunteers"),
        _ => None,
    }
}
