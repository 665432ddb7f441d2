//! One's own trainings and tests, and what lies ahead.

use leptos::prelude::*;

use super::{About, HowOf};
use crate::{
    api::training::Own,
    components::{Icon, Mark},
    i18n::{t, t_string, use_i18n},
};

/// What the viewer sees of themselves.
#[component]
pub(super) fn OwnPart(own: Own) -> impl IntoView {
    let i18n = use_i18n();
    let Own { on_staff, year, times, asked, ahead, marks } = own;
    let (nothing_ahead, no_marks) = (ahead.is_empty(), marks.is_empty());
    let fine = times >= asked;
    let so_far = move || t_string!(i18n, training.own.so_far, year = year, times = times, asked = asked);
    let ahead = ahead.into_iter().map(|session| {
        view! { <li class="grid gap-1"><p class="font-semibold">{session.title.clone()}</p><About session /></li> }
    });
    let marks = marks.into_iter().map(|row| {
        view! {
            <li class="grid gap-1">
                <div class="person-head">
                    <p class="font-semibold">{row.session.title.clone()}</p>
                    <HowOf part=row.mark />
                </div>
                <About session=row.session />
            </li>
        }
    });
    let (ahead, marks) = (ahead.collect_view(), marks.collect_view());
    view! {
        <section class="sheet" aria-labelledby="own-training">
            <h2 class="sheet-title" id="own-training">{t!(i18n, training.own.title)}</h2>
            {if on_staff {
                let mark = if fine { Mark::Check } else { Mark::Alert };
                view! { <p class="check-row"><Icon mark />{so_far}</p> }.into_any()
            } else {
                view! { <p class="hint">{t!(i18n, training.own.not_staff)}</p> }.into_any()
            }}
            {(on_staff && no_marks).then(|| view! { <p class="hint">{t!(i18n, training.own.none)}</p> })}
            <ul class="grid gap-4">{marks}</ul>
        </section>
        <section class="sheet" aria-labelledby="training-ahead">
            <h2 class="sheet-title" id="training-ahead">{t!(i18n, training.own.ahead)}</h2>
            {nothing_ahead.then(|| view! { <p class="hint">{t!(i18n, training.own.nothing_ahead)}</p> })}
            <ul class="grid gap-4">{ahead}</ul>
        </section>
    }
}
