//! Problems and suggestions: what each became, the reply, and what its author thinks of that.

use domain::{
    Violation,
    campaigns::{
        CampaignStatus,
        remarks::{Disposition, Opinion, REPLY_MAX, RemarkCategory},
    },
    improvement::RectificationCause,
    permission::Permission,
};
use leptos::prelude::*;

use super::{
    called, listed,
    page::{Room, Task},
};
use crate::{
    api::campaigns::{
        Choices, ClassifyRemarkInput, Rater, RaterRow, Remark, ReplyToRemarkInput, Target, classify_remark,
        reply_to_remark,
    },
    components::{
        Chip, Mark, Tone,
        form::{ChoiceField, Field, FieldKind, Form, FormState, SelectField, Submit},
    },
    i18n::{label, t, t_string, use_i18n},
    pages::{
        posts::forms::{PersonField, signal},
        steps::required,
    },
    session::use_session,
    time,
};

/// All of them, those that nobody has worked through first.
#[component]
pub(super) fn RemarkList(
    status: CampaignStatus,
    remarks: Vec<Remark>,
    open: i32,
    targets: Vec<Target>,
    raters: Vec<RaterRow>,
    room: Room,
) -> impl IntoView {
    let i18n = use_i18n();
    let manages = use_session().can(Permission::CampaignManage) && status != CampaignStatus::Planned;
    let none = remarks.is_empty();
    let mut rows = remarks;
    rows.sort_by_key(|row| row.disposition != Disposition::Open);
    let rows = rows.into_iter().map(|row| {
        let target = targets.iter().find(|target| target.id == row.target).cloned();
        let author = raters.iter().find(|rater| Some(rater.rater.id) == row.rater).map(|rater| rater.rater.clone());
        view! { <Line row target author manages room /> }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="round-remarks" data-open-remarks=open>
            <div class="person-head">
                <h2 class="sheet-title" id="round-remarks">{t!(i18n, campaigns.remarks.title)}</h2>
                {(open > 0).then(|| view! {
                    <Chip tone=Tone::Warn mark=Mark::Alert text=move || t_string!(i18n, campaigns.remarks.open, count = open) />
                })}
            </div>
            {none.then(|| view! { <p class="hint">{t!(i18n, campaigns.remarks.none)}</p> })}
            <ul class="looks">{rows}</ul>
        </section>
    }
}

#[component]
fn Line(row: Remark, target: Option<Target>, author: Option<Rater>, manages: bool, room: Room) -> impl IntoView {
    let i18n = use_i18n();
    let acted = row.clone();
    let Remark { kind, text, category, disposition, task, reply, replied_at, opinion, opinion_note, .. } = row;
    let (tone, mark) = match disposition {
        Disposition::Open => (Tone::Warn, Mark::Clock),
        Disposition::Task => (Tone::Active, Mark::Flag),
        Disposition::NoAction => (Tone::Plain, Mark::Info),
    };
    let act = match (disposition, opinion) {
        (Disposition::Open, _) => Some((Task::Classify(acted), false)),
        (_, Some(Opinion::DoesNot)) => Some((Task::Reply(acted), true)),
        _ => None,
    };
    let act = act.filter(|_| manages).map(|(task, again)| {
        let text = move || {
            if again {
                t_string!(i18n, campaigns.remarks.reply_again)
            } else {
                t_string!(i18n, campaigns.remarks.classify)
            }
        };
        view! {
            <button type="button" class="btn btn-outline btn-small" on:click=move |_| room.office.begin(task.clone())>
                {text}
            </button>
        }
    });
    let judged = opinion.map(|opinion| {
        let (tone, mark) = match opinion {
            Opinion::Answers => (Tone::Good, Mark::Check),
            Opinion::DoesNot => (Tone::Bad, Mark::Chat),
        };
        view! { <Chip tone mark text=move || label(i18n.get_locale(), "opinion", opinion.key()) /> }
    });
    let at = replied_at.map(time::date);
    view! {
        <li data-remark=disposition.key()>
            <p class="person-facts">
                <strong>{move || label(i18n.get_locale(), "remark_kind", kind.key())}</strong>
                <span>{move || target.as_ref().map(|target| called(target, i18n.get_locale()))}</span>
                {author.map(|author| view! {
                    <span>{author.name} " · " {move || label(i18n.get_locale(), "role", author.role.key())}</span>
                })}
                {category.map(|category| view! { <span>{move || label(i18n.get_locale(), "remark_category", category.key())}</span> })}
                <Chip tone mark text=move || label(i18n.get_locale(), "disposition", disposition.key()) />
                {judged}
            </p>
            <p class="prose-text">{text}</p>
            {reply.map(|text| view! {
                <div class="quote">
                    <p class="quote-title">{t!(i18n, campaigns.reply)} " " <span class="hint tabular-nums">{at}</span></p>
                    <p class="prose-text">{text}</p>
                </div>
            })}
            {opinion_note.map(|text| view! { <p class="hint">{text}</p> })}
            <span class="person-acts">
                {act}
                {task.map(|task| view! {
                    <a class="link" href=format!("/desk/rectification/{task}")>{t!(i18n, campaigns.remarks.task)}</a>
                })}
            </span>
        </li>
    }
}

/// Works a remark through: into a task, or into a reason.
#[component]
pub(super) fn ClassifyForm(row: Remark, choices: Choices, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("classify");
    let (category, way, cause) = (signal(None), signal(None), signal(None));
    let (owner, days, reply) = (signal(None), signal(None), signal(None));
    let (id, version) = (row.id, row.version);
    let ways = Signal::derive(move || {
        let locale = i18n.get_locale();
        let ways = [Disposition::Task, Disposition::NoAction];
        ways.map(|one| (one.key(), label(locale, "disposition", one.key()).to_owned())).to_vec()
    });
    let tasked = Memo::new(move |_| way.with(|key| *key == Disposition::Task.key()));
    let submit = move || {
        let category = RemarkCategory::from_key(&category.get_untracked());
        let cause = RectificationCause::from_key(&cause.get_untracked());
        let (chosen, tasked) = (Disposition::from_key(&way.get_untracked()), tasked.get_untracked());
        let typed = days.get_untracked().trim().to_owned();
        let number = typed.parse().ok();
        let missing = [
            ("category", category.is_none(), "form.required"),
            ("way", chosen.is_none(), "form.required"),
            ("cause", tasked && cause.is_none(), "form.required"),
            ("days", tasked && !typed.is_empty() && number.is_none(), "form.number"),
        ];
        let missing = missing.into_iter().filter(|(_, is, _)| *is);
        let mut found: Vec<_> = missing.map(|(field, _, code)| Violation::new(field, code)).collect();
        let reply = reply.get_untracked().trim().to_owned();
        found.extend(required("reply", &reply));
        if !state.check(found) {
            return;
        }
        let Some(category) = category else { return };
        let owner = owner.get_untracked().parse().ok().filter(|_| tasked);
        let (cause, days) = (cause.filter(|_| tasked), number.filter(|_| tasked));
        let input = ClassifyRemarkInput { id, version, category, cause, days, owner, reply };
        state.send(classify_remark::ask(input), move |_| done());
    };
    let causes = listed("rectification_cause", RectificationCause::ALL.iter().map(|v| v.key()).collect());
    let staff = choices.staff.into_iter().map(|row| (row.id, format!("{} {}", row.staff_no, row.name)));
    let people = StoredValue::new(staff.collect::<Vec<_>>());
    view! {
        <p class="prose-text">{row.text}</p>
        <Form state on_submit=submit>
            <SelectField
                name="category"
                label=move || t_string!(i18n, campaigns.remarks.category)
                choices=listed("remark_category", RemarkCategory::ALL.iter().map(|v| v.key()).collect())
                value=category
            />
            <ChoiceField
                name="way"
                label=move || t_string!(i18n, campaigns.remarks.way)
                choices=ways
                value=way
            />
            <Show when=move || tasked.get()>
                <SelectField name="cause" label=move || t_string!(i18n, improvement.cause) choices=causes value=cause />
                <PersonField
                    name="owner"
                    label=move || t_string!(i18n, improvement.owner)
                    value=owner
                    people=people.get_value()
                    optional=true
                />
                <Field
                    name="days"
                    label=move || t_string!(i18n, improvement.days)
                    hint=move || t_string!(i18n, improvement.days_hint)
                    value=days
                    kind=FieldKind::Number
                    optional=true
                />
            </Show>
            <Field
                name="reply"
                label=move || t_string!(i18n, campaigns.reply)
                hint=move || t_string!(i18n, campaigns.remarks.reply_hint)
                value=reply
                kind=FieldKind::Area(REPLY_MAX)
            />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// Replies once more.
#[component]
pub(super) fn ReplyForm(row: Remark, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("reply");
    let reply = signal(None);
    let (id, version) = (row.id, row.version);
    let submit = move || {
        let reply = reply.get_untracked().trim().to_owned();
        if state.check(required("reply", &reply)) {
            state.send(reply_to_remark::ask(ReplyToRemarkInput { id, version, reply }), move |_| done());
        }
    };
    view! {
        <p class="prose-text">{row.text}</p>
        {row.opinion_note.map(|text| view! { <p class="hint">{text}</p> })}
        <Form state on_submit=submit>
            <Field
                name="reply"
                label=move || t_string!(i18n, campaigns.reply)
                hint=move || t_string!(i18n, campaigns.remarks.reply_hint)
                value=reply
                kind=FieldKind::Area(REPLY_MAX)
            />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}
