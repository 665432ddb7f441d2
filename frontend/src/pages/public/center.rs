//! `/c/:code`: what a visitor can do at this center, and its other ways to complain (6.8.2).

use leptos::prelude::*;

use super::frame::{Crumbs, use_center};
use crate::{
    api::portal::PublicChannel,
    components::{Icon, Mark, PageHeading},
    i18n::{pick, t, t_string, use_i18n},
};

/// The front page of a center.
#[component]
pub fn CenterPage() -> impl IntoView {
    let i18n = use_i18n();
    let center = use_center();
    let name = {
        let center = center.clone();
        move || t_string!(i18n, portal.center.title, name = center.name(i18n.get_locale()))
    };
    view! {
        <div class="grid gap-1">
            <Crumbs />
            <PageHeading title=name />
            <p class="hint">{t!(i18n, portal.center.lead)}</p>
        </div>
        <div class="doors">
            <a class="door door-main" href=center.path("complain")>
                <Icon mark=Mark::Chat class="door-icon" />
                <span class="door-title">{t!(i18n, portal.center.complain)}</span>
                <span class="door-text">{t!(i18n, portal.center.complain_text)}</span>
            </a>
            <a class="door" href=center.path("track")>
                <Icon mark=Mark::Search class="door-icon" />
                <span class="door-title">{t!(i18n, portal.center.track)}</span>
                <span class="door-text">{t!(i18n, portal.center.track_text)}</span>
            </a>
        </div>
        <section class="card" aria-labelledby="ways-title">
            <h2 class="section-title" id="ways-title">
                {t!(i18n, portal.center.ways)}
            </h2>
            <p class="hint mt-1 mb-4">{t!(i18n, portal.center.ways_text)}</p>
            <dl class="ways">
                {center.channels.into_iter().map(|channel| view! { <Way channel /> }).collect_view()}
            </dl>
        </section>
    }
}

#[component]
fn Way(channel: PublicChannel) -> impl IntoView {
    let i18n = use_i18n();
    let (mark, scheme) = match channel.kind.as_str() {
        "reception_place" => (Mark::Pin, None),
        "phone" => (Mark::Phone, Some("tel:")),
        "website" => (Mark::Globe, Some("")),
        "email" => (Mark::Mail, Some("mailto:")),
        "postal_address" => (Mark::Send, None),
        _ => (Mark::Box, None),
    };
    let PublicChannel { label_zh, label_en, value_zh, value_en, .. } = channel;
    let value = move || {
        let value = pick(i18n.get_locale(), &value_zh, &value_en);
        match scheme {
            Some(scheme) => {
                let href = format!("{scheme}{value}");
                view! { <a class="link" href=href rel="external noreferrer">{value}</a> }.into_any()
            }
            None => value.into_any(),
        }
    };
    view! {
        <div class="way">
            <Icon mark />
            <dt>{move || pick(i18n.get_locale(), &label_zh, &label_en)}</dt>
            <dd>{value}</dd>
        </div>
    }
}
