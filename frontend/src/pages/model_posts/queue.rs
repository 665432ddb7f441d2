//! `/desk/ledgers`: entries that wait for the viewer's approval.

use domain::LedgerEntryId;
use leptos::prelude::*;

use super::{Names, QUEUE, Ways, ledger::EntryFacts, names};
use crate::{
    api::model_posts::{LedgerEntry, Queue, SeenLedgerEntryInput, approve_ledger_entry, queue},
    components::{
        AsyncView, Dialog, Empty, Icon, Mark, Notice, NoticeLine, PageHeading,
        form::{ErrorSummaryOf, FormState},
    },
    i18n::{label, t, t_string, use_i18n},
};

use super::entry::ReturnForm;

/// The page.
#[component]
pub fn LedgerQueue() -> impl IntoView {
    let i18n = use_i18n();
    let found = LocalResource::new(queue);
    let notice = Notice::new();
    let acting = FormState::new("queue");
    let returning = RwSignal::new(None::<(LedgerEntryId, i32)>);
    let open = RwSignal::new(false);
    let done = move |verb: &'static str| {
        open.set(false);
        notice.show(move |locale| label(locale, "ledger_entry_action_done", verb).to_owned());
        found.refetch();
    };
    let form =
        move || returning.get().map(|(id, version)| view! { <ReturnForm id version done=move || done("return") /> });
    let ready = move |data: Queue| {
        let Queue { ledger_queue, posts, staff_members } = data;
        if ledger_queue.is_empty() {
            return view! { <Empty text=move || t_string!(i18n, models.queue.none) /> }.into_any();
        }
        let names = names(&staff_members);
        let count = ledger_queue.len();
        let cards = ledger_queue.into_iter().map(|entry| {
            let post =
                posts.iter().find(|post| post.id == entry.post_id).map(|post| post.name.clone()).unwrap_or_default();
            let begin = move |id, version| {
                returning.set(Some((id, version)));
                open.set(true);
            };
            view! { <Card entry post names=names.clone() acting begin done=move || done("approve") /> }
        });
        view! {
            <p class="hint" role="status">{move || t_string!(i18n, models.queue.count, count = count)}</p>
            <ul class="case-cards">{cards.collect_view()}</ul>
        }
        .into_any()
    };
    view! {
        <PageHeading title=move || t_string!(i18n, models.queue.title) />
        <Ways here=QUEUE />
        <p class="desk-lead">{t!(i18n, models.queue.lead)}</p>
        <NoticeLine notice />
        <ErrorSummaryOf state=acting />
        <AsyncView resource=found ready />
        <Dialog id="return" open title=move || label(i18n.get_locale(), "ledger_entry_action", "return")>{form}</Dialog>
    }
}

#[component]
fn Card(
    entry: LedgerEntry,
    post: String,
    names: Names,
    acting: FormState,
    begin: impl Fn(LedgerEntryId, i32) + 'static,
    done: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let i18n = use_i18n();
    let (id, version) = (entry.id, entry.version);
    let path = format!("/desk/ledgers/{}/entries/{id}", entry.post_id);
    let (title, name) = (entry.title.clone(), entry.title.clone());
    let approve = move |_| {
        acting.send(approve_ledger_entry::ask(SeenLedgerEntryInput { id, version }), move |_| done());
    };
    view! {
        <li class="card-case" data-entry=name>
            <p class="hint">{post}</p>
            <h2 class="card-title"><a class="link" href=path>{title}</a></h2>
            <EntryFacts entry names />
            <div class="person-acts">
                <button type="button" class="btn btn-primary btn-small" on:click=approve>
                    <Icon mark=Mark::Check />
                    {move || label(i18n.get_locale(), "ledger_entry_action", "approve")}
                </button>
                <button type="button" class="btn btn-outline btn-small" on:click=move |_| begin(id, version)>
                    {move || label(i18n.get_locale(), "ledger_entry_action", "return")}
                </button>
            </div>
        </li>
    }
}
