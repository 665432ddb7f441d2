//! `/desk/rating-points/print`: the posters of all points, one on a sheet of A4 or two, each half A5.

use leptos::prelude::*;

use super::POINTS;
use crate::{
    api::{
        ratings::{Poster, posters},
        tenancy::Place,
    },
    components::{AsyncView, Empty, Icon, Mark, PageHeading, Qr},
    i18n::{Locale, label, pick, t, t_string, td_string, use_i18n},
    session::use_session,
};

/// The page: the posters as they will be, and the button that prints them.
#[component]
pub fn PostersPage() -> impl IntoView {
    let i18n = use_i18n();
    let found = LocalResource::new(|| posters(window().location().origin().unwrap_or_default()));
    let small = RwSignal::new(false);
    let size = move |half: bool, id: &'static str, text: AnyView| {
        view! {
            <label class="choice">
                <input
                    class="choice-dot"
                    type="radio"
                    name="size"
                    value=id
                    prop:checked=move || { small.get() == half }
                    on:change=move |_| small.set(half)
                />
                <span>{text}</span>
            </label>
        }
    };
    view! {
        <div class="no-print print-head">
            <p>
                <a class="link back" href=POINTS>
                    <Icon mark=Mark::Back />
                    {t!(i18n, ratings.print.back)}
                </a>
            </p>
            <PageHeading title=move || t_string!(i18n, ratings.print.title) />
            <p class="desk-lead">{t!(i18n, ratings.print.lead)}</p>
            <fieldset class="field">
                <legend class="field-label">{t!(i18n, ratings.print.size)}</legend>
                <div class="choices">
                    {size(false, "a4", t!(i18n, ratings.print.a4).into_any())}
                    {size(true, "a5", t!(i18n, ratings.print.a5).into_any())}
                </div>
            </fieldset>
            <div>
                <button type="button" class="btn btn-primary" on:click=move |_| drop(window().print())>
                    <Icon mark=Mark::Print />
                    {t!(i18n, ratings.print.print)}
                </button>
            </div>
        </div>
        <AsyncView resource=found ready=move |posters| view! { <Sheets posters small /> } />
    }
}

#[component]
fn Sheets(posters: Vec<Poster>, small: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    if posters.is_empty() {
        return view! { <Empty text=move || t_string!(i18n, ratings.points.none) /> }.into_any();
    }
    let place = session.viewer().and_then(|viewer| viewer.scope).map(|scope| scope.place);
    let posters = posters.into_iter().map(|poster| view! { <Sheet poster place=place.clone() /> }).collect_view();
    view! { <div class="posters" class:posters-small=move || small.get()>{posters}</div> }.into_any()
}

/// Whoever looks at a poster reads one of the two languages.
const BOTH: [(Locale, &str); 2] = [(Locale::zh_CN, "zh-CN"), (Locale::en, "en")];

fn center(locale: Locale, place: &Place) -> String {
    let name = pick(locale, &place.name_zh, &place.name_en);
    td_string!(locale, desk.place, name = name, kind = label(locale, "place_kind", "center"))
}

#[component]
fn Sheet(poster: Poster, place: Option<Place>) -> impl IntoView {
    let i18n = use_i18n();
    let Poster { point, url, picture } = poster;
    let centers = place.map(|place| {
        let line = |(locale, lang): (Locale, &'static str)| view! { <p class="poster-center" lang=lang>{center(locale, &place)}</p> };
        BOTH.into_iter().map(line).collect_view()
    });
    let call = |(locale, lang): (Locale, &'static str)| view! { <p class="poster-call" lang=lang>{td_string!(locale, ratings.print.call)}</p> };
    let calls = BOTH.into_iter().map(call).collect_view();
    let note = |(locale, lang): (Locale, &'static str)| view! { <p class="poster-note" lang=lang>{td_string!(locale, ratings.print.note)}</p> };
    let notes = BOTH.into_iter().map(note).collect_view();
    let (name, shown) = (point.name.clone(), point.name);
    let label_of = name.clone();
    view! {
        <article class="poster" data-poster=name>
            {centers}
            {calls}
            <Qr rows=picture label=move || t_string!(i18n, ratings.print.picture, name = label_of.as_str()) />
            <p class="poster-point">{shown}</p>
            {notes}
            <p class="poster-address">{url}</p>
        </article>
    }
}
