//! Posts, the people at them and the roster.

pub mod board;
pub(super) mod forms;
pub mod kinds;
pub mod mine;
pub mod page;
pub mod person;
mod person_forms;
pub mod roster;
mod signboard;
pub mod staff;

use std::{collections::HashMap, sync::Arc};

use domain::{
    StaffId,
    posts::{PostStatus, kind::PostCheck, roster::Presence},
};
use leptos::prelude::*;

use crate::{
    api::{
        on_stale,
        posts::{CheckResult, Name, Place},
    },
    components::{Chip, Mark, Notice, Tone},
    i18n::{Locale, label, t_string, td_string, use_i18n},
};

/// Names by id.
pub(super) type Names = Arc<HashMap<StaffId, String>>;

fn names(people: &[Name]) -> Names {
    Arc::new(people.iter().map(|row| (row.id, row.name.clone())).collect())
}

fn name(names: &Names, id: StaffId) -> String {
    names.get(&id).cloned().unwrap_or_default()
}

/// What the parts of a page share: a dialog that is open for something, what was done, and how to ask again.
pub(super) struct Office<T: Send + Sync + 'static> {
    pub(super) task: RwSignal<Option<T>>,
    pub(super) open: RwSignal<bool>,
    pub(super) notice: Notice,
    again: Callback<()>,
}

impl<T: Send + Sync + 'static> Clone for Office<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Office<T> {}

impl<T: Send + Sync + 'static> Office<T> {
    pub(super) fn new(again: impl Fn() + Send + Sync + 'static) -> Self {
        let again = Callback::new(move |()| again());
        // Behind the dialog, where what was typed stays. The page may be another one by then.
        on_stale(move || {
            let _ = again.try_run(());
        });
        Self { task: RwSignal::new(None), open: RwSignal::new(false), notice: Notice::new(), again }
    }

    pub(super) fn begin(self, task: T) {
        self.task.set(Some(task));
        self.open.set(true);
    }

    pub(super) fn done(self) {
        self.open.set(false);
        self.notice.show(|locale: Locale| td_string!(locale, posts.form.done).to_owned());
        self.again.run(());
    }
}

/// Where a post is in its life.
#[component]
fn StatusOf(status: PostStatus) -> impl IntoView {
    let i18n = use_i18n();
    let (tone, mark) = match status {
        PostStatus::Planned => (Tone::Plain, Mark::Clock),
        PostStatus::Active => (Tone::Good, Mark::Check),
        PostStatus::Suspended => (Tone::Warn, Mark::Pause),
        PostStatus::Closed => (Tone::Still, Mark::Lock),
    };
    view! { <Chip tone mark text=move || label(i18n.get_locale(), "post_status", status.key()) /> }
}

/// Who is at a post, and who is missing there.
#[component]
fn Places(places: Vec<Place>, names: Names) -> impl IntoView {
    let i18n = use_i18n();
    let rows = places.into_iter().map(|place| {
        let (tone, mark) = match place.presence {
            Presence::Main | Presence::Concurrent | Presence::Duty => (Tone::Good, Mark::User),
            Presence::Substitute => (Tone::Active, Mark::Users),
            Presence::Away => (Tone::Still, Mark::Pause),
        };
        let (who, whom) = (name(&names, place.staff), place.instead_of.map(|id| name(&names, id)));
        let text = move || {
            let how = label(i18n.get_locale(), "presence", place.presence.key());
            match &whom {
                Some(whom) => format!("{who} · {}", t_string!(i18n, posts.board.for_whom, name = whom.as_str())),
                None => format!("{who} · {how}"),
            }
        };
        view! { <li><Chip tone mark text /></li> }
    });
    view! { <ul class="chips">{rows.collect_view()}</ul> }
}

/// What a post lacks, and what is fine.
#[component]
fn Checks(checks: Vec<CheckResult>, names: Names) -> impl IntoView {
    let i18n = use_i18n();
    let rows = checks.into_iter().map(|row| {
        let (tone, mark) = if row.fine { (Tone::Good, Mark::Check) } else { (Tone::Bad, Mark::Alert) };
        let fine = row.fine;
        let word = move || if fine { t_string!(i18n, posts.post.fine) } else { t_string!(i18n, posts.post.missing) };
        // What is owed once a year has a last day even while it is missing.
        let yearly = row.check == PostCheck::Trained;
        let who: Vec<_> = row.people.iter().map(|id| name(&names, *id)).collect();
        let who = move || who.join(t_string!(i18n, desk.list_separator));
        let day = row.due_on.map(|day| day.to_string());
        let when = move || {
            let day = day.as_deref().unwrap_or_default();
            match (day.is_empty(), fine) {
                (true, _) => String::new(),
                (false, false) if yearly => t_string!(i18n, posts.post.by, day = day),
                (false, true) => t_string!(i18n, posts.post.until, day = day),
                (false, false) => t_string!(i18n, posts.post.since, day = day),
            }
        };
        view! {
            <li class="check-row">
                <Chip tone mark text=word />
                <span>{move || label(i18n.get_locale(), "post_check", row.check.key())}</span>
                <span class="hint">{when}</span>
                <span>{who}</span>
            </li>
        }
    });
    view! { <ul class="grid gap-2">{rows.collect_view()}</ul> }
}
