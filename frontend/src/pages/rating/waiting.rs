//! A form that waits on this phone: how it goes on, and how it is sent once the network is back.

use domain::campaigns::ballot::BallotContent;
use leptos::{ev, leptos_dom::helpers::window_event_listener, prelude::*, task::spawn_local};

use super::{
    filled::Filled,
    kept::{Kept, Place, Start},
    photos,
    sheet::Fill,
};
use crate::{
    api::{
        ApiError,
        rating::{RoundPage, Task, save_ballot},
    },
    components::{Icon, Mark, Notice},
    i18n::{t, t_string, td_string, use_i18n},
};

/// Goes on with what is kept on this phone; where something newer was sent from elsewhere, somebody chooses first.
#[component]
pub(super) fn Begin(page: RoundPage, task: Task, place: Place, told: Notice, again: Callback<()>) -> impl IntoView {
    let (kept, newer) = match place.start(&task) {
        Start::Saved => (None, None),
        Start::Kept(kept) => (Some(kept), None),
        Start::Newer(kept) => (None, Some(kept)),
    };
    let choice = Choice { kept: RwSignal::new(kept), newer: RwSignal::new(newer) };
    let given = StoredValue::new((page, task, place));
    move || {
        let (page, task, place) = given.get_value();
        match choice.newer.get() {
            Some(kept) => view! { <Newer task kept choice place /> }.into_any(),
            None => view! { <Fill page task kept=choice.kept.get_untracked() place told again /> }.into_any(),
        }
    }
}

/// What the form goes on with.
#[derive(Clone, Copy)]
struct Choice {
    kept: RwSignal<Option<Kept>>,
    newer: RwSignal<Option<Kept>>,
}

/// How much is in a form: findings or points, and remarks.
fn amount(content: &BallotContent) -> (usize, usize) {
    let lines = match content {
        BallotContent::Conduct(ballot) => ballot.findings.len(),
        BallotContent::ThirdParty(ballot) => ballot.points.len(),
    };
    (lines, content.remarks().len())
}

/// The server has something newer than what this phone goes on with.
#[component]
fn Newer(task: Task, kept: Kept, choice: Choice, place: Place) -> impl IntoView {
    let i18n = use_i18n();
    let ((own, own_said), (sent, sent_said)) = (amount(&kept.content), amount(&task.content));
    let mine = move |_| {
        choice.kept.set(Some(kept.clone()));
        choice.newer.set(None);
    };
    let theirs = move |_| {
        place.forget();
        choice.newer.set(None);
    };
    view! {
        <section class="panel panel-info" role="alert" data-kept="newer">
            <p class="panel-title"><Icon mark=Mark::Alert />{t!(i18n, campaigns.rate.newer_title)}</p>
            <p>{move || t_string!(i18n, campaigns.rate.newer_text, own = own, own_said = own_said, sent = sent, sent_said = sent_said)}</p>
            <div class="form-buttons">
                <button type="button" class="btn btn-primary" on:click=theirs>{t!(i18n, campaigns.rate.take_sent)}</button>
                <button type="button" class="btn btn-outline" on:click=mine>{t!(i18n, campaigns.rate.take_own)}</button>
            </div>
        </section>
    }
}

/// Keeps what is typed on this phone until it is sent: by whoever presses the button, on the way out, and by itself when
/// the network is back. Says whether something waits.
pub(super) fn keep(filled: Filled, place: &Place, notice: Notice, again: Callback<()>) -> RwSignal<bool> {
    let unsent = RwSignal::new(filled.is_changed());
    let (kept, left, sent) = (place.clone(), place.clone(), place.clone());
    Effect::new(move |_| {
        filled.track();
        let changed = filled.is_changed();
        unsent.set(changed);
        if changed { kept.keep(&filled.as_kept()) } else { kept.forget() }
    });
    // Whoever leaves with something typed finds it again.
    on_cleanup(move || {
        if filled.is_changed() && filled.check(false).is_empty() {
            let input = filled.input();
            spawn_local(async move {
                if save_ballot::ask(input).await.is_ok() {
                    left.forget();
                }
            });
        }
    });
    // What is found on this phone is sent at once; what was typed without a network, when there is one again. A photo that is
    // still under way is waited for.
    let due = RwSignal::new(false);
    let send_on = move || {
        if unsent.try_get_untracked().is_some() {
            let photos = filled.send_again();
            due.set(photos || unsent.get_untracked());
        }
    };
    match place.key() {
        Some(sheet) => photos::keep(filled.photos(), sheet, send_on),
        None => send_on(),
    }
    Effect::new(move |_| {
        filled.track();
        if !due.get() || !filled.is_changed() || !filled.check(false).is_empty() {
            return;
        }
        due.set(false);
        let (input, content, place) = (filled.input(), filled.content(), sent.clone());
        spawn_local(async move {
            let answer = save_ballot::ask(input).await;
            // By then the page may have been left.
            if unsent.try_get_untracked().is_none() {
                return;
            }
            match answer {
                Ok(saved) => {
                    filled.keep(saved.version, content);
                    place.forget();
                    unsent.set(filled.is_changed());
                    notice.show(|locale| td_string!(locale, campaigns.rate.saved).to_owned());
                }
                // Something newer was sent from elsewhere: the page shows both.
                Err(error) if error.is(ApiError::STALE) => again.run(()),
                Err(_) => {}
            }
        });
    });
    let back = window_event_listener(ev::online, move |_| send_on());
    on_cleanup(move || back.remove());
    unsent
}
