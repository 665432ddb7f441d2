//! What a rater said, what was replied, and what they think of that.

use domain::{
    CampaignTargetId, Violation,
    campaigns::remarks::{Disposition, NOTE_MAX, Opinion},
};
use leptos::prelude::*;

use super::round::{Desk, called};
use crate::{
    api::{
        campaigns::Remark,
        rating::{JudgeReplyInput, judge_reply},
    },
    components::{
        Chip, Dialog, Mark, Tone,
        form::{ChoiceField, Field, FieldKind, Form, FormState, Submit},
    },
    i18n::{label, t, t_string, td_string, use_i18n},
    pages::posts::forms::given,
    time,
};

/// Of which remark the reply is being judged.
#[derive(Clone, Copy)]
struct Judging {
    remark: RwSignal<Option<Remark>>,
    open: RwSignal<bool>,
}

/// All of it.
#[component]
pub(super) fn Replies(
    remarks: Vec<Remark>,
    targets: Vec<(CampaignTargetId, Option<String>)>,
    desk: Desk,
) -> impl IntoView {
    let i18n = use_i18n();
    if remarks.is_empty() {
        return ().into_any();
    }
    let judging = Judging { remark: RwSignal::new(None), open: RwSignal::new(false) };
    let rows = remarks.into_iter().map(|remark| {
        let name = targets.iter().find(|(id, _)| *id == remark.target).and_then(|(_, name)| name.clone());
        view! { <One remark name judging /> }
    });
    let rows = rows.collect_view();
    let form = move || judging.remark.get().map(|remark| view! { <Judge remark judging desk /> });
    view! {
        <section class="sheet" aria-labelledby="round-replies">
            <h2 class="sheet-title" id="round-replies">{t!(i18n, campaigns.rate.replies)}</h2>
            <ul class="looks">{rows}</ul>
        </section>
        <Dialog id="judge-reply" open=judging.open title=move || t_string!(i18n, campaigns.rate.judge)>{form}</Dialog>
    }
    .into_any()
}

#[component]
fn One(remark: Remark, name: Option<String>, judging: Judging) -> impl IntoView {
    let i18n = use_i18n();
    let (kind, disposition, opinion) = (remark.kind, remark.disposition, remark.opinion);
    let (tone, mark) = match (disposition, opinion) {
        (Disposition::Open, _) => (Tone::Plain, Mark::Clock),
        (_, Some(Opinion::Answers)) => (Tone::Good, Mark::Check),
        (_, Some(Opinion::DoesNot)) => (Tone::Warn, Mark::Chat),
        (_, None) => (Tone::Active, Mark::Mail),
    };
    let state = move || {
        let locale = i18n.get_locale();
        match opinion {
            Some(opinion) => label(locale, "opinion", opinion.key()),
            None => label(locale, "disposition", disposition.key()),
        }
    };
    let asked = remark.reply.is_some() && opinion.is_none();
    let reply = remark.reply.clone().map(|text| {
        let at = remark.replied_at.map(time::date);
        view! {
            <div class="quote">
                <p class="quote-title">{t!(i18n, campaigns.reply)} " " <span class="hint tabular-nums">{at}</span></p>
                <p class="prose-text">{text}</p>
            </div>
        }
    });
    let note = remark.opinion_note.clone();
    let (text, begin) = (remark.text.clone(), move |remark: Remark| {
        judging.remark.set(Some(remark));
        judging.open.set(true);
    });
    view! {
        <li data-remark=disposition.key()>
            <p class="person-facts">
                <strong>{move || label(i18n.get_locale(), "remark_kind", kind.key())}</strong>
                <span>{move || called(name.as_ref(), i18n.get_locale())}</span>
                <Chip tone mark text=state />
            </p>
            <p class="prose-text">{text}</p>
            {reply}
            {note.map(|text| view! { <p class="hint">{text}</p> })}
            {asked.then(|| view! {
                <button type="button" class="btn btn-outline" on:click=move |_| begin(remark.clone())>
                    {t!(i18n, campaigns.rate.judge)}
                </button>
            })}
        </li>
    }
}

/// Whether the reply answers the point.
#[component]
fn Judge(remark: Remark, judging: Judging, desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("judge");
    let (opinion, note) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let choices = Signal::derive(move || {
        let locale = i18n.get_locale();
        let all = Opinion::ALL.iter();
        all.map(|one| (one.key(), label(locale, "opinion", one.key()).to_owned())).collect::<Vec<_>>()
    });
    let Remark { id, version, reply, .. } = remark;
    let submit = move || {
        let chosen = opinion.with_untracked(|key| Opinion::from_key(key));
        let missing = chosen.is_none().then(|| Violation::new("opinion", "form.required"));
        if state.check(missing.into_iter().collect())
            && let Some(opinion) = chosen
        {
            let input = JudgeReplyInput { id, version, opinion, note: given(note) };
            state.send(judge_reply::ask(input), move |_| {
                judging.open.set(false);
                desk.notice.show(|locale| td_string!(locale, campaigns.rate.judged).to_owned());
                desk.again.run(());
            });
        }
    };
    view! {
        <p class="prose-text">{reply}</p>
        <Form state on_submit=submit>
            <ChoiceField name="opinion" label=move || t_string!(i18n, campaigns.rate.opinion) choices value=opinion />
            <Field
                name="note"
                label=move || t_string!(i18n, campaigns.rate.judge_note)
                hint=move || t_string!(i18n, campaigns.rate.judge_hint)
                value=note
                kind=FieldKind::Area(NOTE_MAX)
                optional=true
            />
            <Submit label=move || t_string!(i18n, campaigns.rate.judge_submit) />
        </Form>
    }
}
