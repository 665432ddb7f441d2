//! Who rates in a round: drawn, named, invited, reminded, excused; how far each is, and how far each group.

use domain::{
    CampaignRaterId, Violation,
    campaigns::{CampaignKind, POOL_MAX, RaterStatus, Raters, draw::PER_GROUP_MAX, takes_raters},
    complaints::form::ENTRY_MAX,
    identity::InvitationKind,
    permission::Permission,
};
use leptos::prelude::*;

use super::page::{Room, Task};
use crate::{
    api::{
        campaigns::{
            Campaign, Choices, Coverage, Draw, DrawCampaignRatersInput, ExcuseCampaignRaterInput,
            InviteCampaignRaterInput, NameCampaignRaterInput, Rater, RaterRow, SeenCampaignRaterInput,
            draw_campaign_raters, excuse_campaign_rater, invite_campaign_rater, name_campaign_rater,
            remind_campaign_rater,
        },
        people::InvitationLink,
    },
    components::{
        Chip, Icon, Mark, Tone,
        form::{ErrorSummaryOf, Field, FieldKind, Form, FormState, SelectField, Submit},
    },
    i18n::{Locale, label, t, t_string, td_string, use_i18n},
    pages::{
        people::link::Made,
        posts::forms::{given, signal},
        steps::required,
    },
    session::use_session,
    time,
};

/// The raters, and the groups they belong to.
#[component]
pub(super) fn RaterList(
    row: Campaign,
    raters: Vec<RaterRow>,
    coverage: Vec<Coverage>,
    covered: bool,
    room: Room,
) -> impl IntoView {
    let i18n = use_i18n();
    let manages = use_session().can(Permission::CampaignManage) && takes_raters(row.status);
    let way = row.kind.rules().raters;
    let nobody = raters.is_empty();
    let groups = coverage.into_iter().map(|group| view! { <Group group /> }).collect_view();
    let kind = row.kind;
    let lines = raters.into_iter().map(|rater| view! { <Line rater kind manages room /> }).collect_view();
    let begin = move |task: Task, text: AnyView| {
        view! {
            <button type="button" class="btn btn-outline btn-small" on:click=move |_| room.office.begin(task.clone())>
                <Icon mark=Mark::Plus />
                {text}
            </button>
        }
    };
    let button = match way {
        _ if !manages => ().into_any(),
        Raters::Roster => begin(Task::Draw(row), t!(i18n, campaigns.raters.draw).into_any()).into_any(),
        Raters::Staff => begin(Task::Name(row), t!(i18n, campaigns.raters.name).into_any()).into_any(),
        Raters::Guests => view! {
            <p class="hint">
                {t!(i18n, campaigns.raters.guests)}
                " "
                <a class="link" href="/desk/members">{t!(i18n, desk.nav.members)}</a>
            </p>
        }
        .into_any(),
    };
    let (tone, mark) = if covered { (Tone::Good, Mark::Check) } else { (Tone::Warn, Mark::Alert) };
    let word = move || {
        if covered { t_string!(i18n, campaigns.raters.covered) } else { t_string!(i18n, campaigns.raters.uncovered) }
    };
    view! {
        <section class="sheet" aria-labelledby="round-raters" data-covered=covered.to_string()>
            <div class="person-head">
                <h2 class="sheet-title" id="round-raters">{t!(i18n, campaigns.raters.title)}</h2>
                <Chip tone mark text=word />
            </div>
            <ul class="settings-list">{groups}</ul>
            {nobody.then(|| view! { <p class="hint">{t!(i18n, campaigns.raters.none)}</p> })}
            <ul class="settings-list">{lines}</ul>
            <div class="person-acts">{button}</div>
        </section>
    }
}

/// A group, and whether enough of it have been heard.
#[component]
fn Group(group: Coverage) -> impl IntoView {
    let i18n = use_i18n();
    let Coverage { role, named, accepted, done, least } = group;
    let enough = done >= least;
    let (tone, mark) = if enough { (Tone::Good, Mark::Check) } else { (Tone::Warn, Mark::Clock) };
    let text = move || {
        if least > 0 {
            t_string!(i18n, campaigns.raters.heard_of, done = done, least = least)
        } else {
            t_string!(i18n, campaigns.raters.heard, done = done)
        }
    };
    view! {
        <li class="person-role" data-group=role.key()>
            <span class="font-semibold">{move || label(i18n.get_locale(), "role", role.key())}</span>
            <span class="person-facts">
                <span class="tabular-nums">
                    {move || t_string!(i18n, campaigns.raters.counts, named = named, accepted = accepted)}
                </span>
                <Chip tone mark text />
            </span>
        </li>
    }
}

#[component]
fn Line(rater: RaterRow, kind: CampaignKind, manages: bool, room: Room) -> impl IntoView {
    let i18n = use_i18n();
    let RaterRow { rater, assigned, handed_in, recused } = rater;
    let Rater { role, status, name, unit, pool, reason, reminded_at, seed, .. } = rater.clone();
    let (tone, mark) = match status {
        RaterStatus::Drawn => (Tone::Plain, Mark::Info),
        RaterStatus::Invited => (Tone::Warn, Mark::Mail),
        RaterStatus::Accepted => (Tone::Good, Mark::Check),
        RaterStatus::Declined | RaterStatus::Expired => (Tone::Still, Mark::Close),
    };
    let invites = kind.rules().raters == Raters::Roster && matches!(status, RaterStatus::Drawn | RaterStatus::Invited);
    let reminds = matches!(status, RaterStatus::Accepted | RaterStatus::Invited);
    let excuses = !matches!(status, RaterStatus::Declined | RaterStatus::Expired) && handed_in + recused == 0;
    let act = move |task: Task, name: String, words: fn(Locale) -> &'static str| {
        view! {
            <button
                type="button"
                class="btn btn-outline btn-small"
                aria-label=move || format!("{}: {name}", words(i18n.get_locale()))
                on:click=move |_| room.office.begin(task.clone())
            >
                {move || words(i18n.get_locale())}
            </button>
        }
    };
    let acts = manages.then(|| {
        view! {
            {invites.then(|| act(Task::Invite(rater.clone()), name.clone(), |locale| td_string!(locale, campaigns.raters.invite)))}
            {reminds.then(|| act(Task::Remind(rater.clone()), name.clone(), |locale| td_string!(locale, campaigns.raters.remind)))}
            {excuses.then(|| act(Task::Excuse(rater.clone()), name.clone(), |locale| td_string!(locale, campaigns.raters.excuse)))}
        }
    });
    let reminded = reminded_at.map(time::date);
    view! {
        <li class="person-role" data-rater=status.key()>
            <span class="grid gap-1">
                <span class="font-semibold">{name.clone()}</span>
                <span class="person-facts">
                    <span>{move || label(i18n.get_locale(), "role", role.key())}</span>
                    <span>{unit}</span>
                    <span>{pool}</span>
                </span>
                {seed.map(|seed| view! { <span class="hint">{move || t_string!(i18n, campaigns.raters.seed, seed = seed.as_str())}</span> })}
                {reason.map(|text| view! { <span class="hint">{text}</span> })}
                {reminded.map(|day| view! {
                    <span class="hint tabular-nums">{move || t_string!(i18n, campaigns.raters.reminded, day = day.as_str())}</span>
                })}
            </span>
            <span class="person-facts">
                <Chip tone mark text=move || label(i18n.get_locale(), "rater_status", status.key()) />
                <span class="tabular-nums">
                    {move || t_string!(i18n, campaigns.raters.progress, done = handed_in, all = assigned, recused = recused)}
                </span>
                <span class="person-acts">{acts}</span>
            </span>
        </li>
    }
}

/// Draws, and says what it came to.
#[component]
pub(super) fn DrawForm(row: Campaign, group_least: i32, room: Room) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("draw");
    let count = RwSignal::new(group_least.to_string());
    let made = RwSignal::new(None::<Draw>);
    let (id, version) = (row.id, row.version);
    let submit = move || {
        let per_group = count.get_untracked().trim().parse().ok();
        let missing = per_group.is_none().then(|| Violation::new("perGroup", "form.required"));
        if state.check(missing.into_iter().collect())
            && let Some(per_group) = per_group
        {
            let input = DrawCampaignRatersInput { id, version, per_group };
            state.send(draw_campaign_raters::ask(input), move |draw| {
                made.set(Some(draw));
                room.again.run(());
            });
        }
    };
    move || match made.get() {
        Some(draw) => view! { <Drawn draw /> }.into_any(),
        None => view! {
            <p>{t!(i18n, campaigns.raters.draw_lead)}</p>
            <Form state on_submit=submit>
                <Field
                    name="perGroup"
                    label=move || t_string!(i18n, campaigns.raters.per_group)
                    hint=move || t_string!(i18n, campaigns.raters.per_group_hint, least = group_least)
                    value=count
                    kind=FieldKind::Number
                    max=PER_GROUP_MAX.to_string()
                />
                <Submit label=move || t_string!(i18n, campaigns.raters.draw) />
            </Form>
        }
        .into_any(),
    }
}

#[component]
fn Drawn(draw: Draw) -> impl IntoView {
    let i18n = use_i18n();
    let Draw { seed, drawn, short, recused } = draw;
    let short = short.into_iter().map(|row| {
        let text = move || {
            let role = label(i18n.get_locale(), "role", row.role.key());
            t_string!(i18n, campaigns.raters.short, role = role, count = row.missing)
        };
        view! { <li class="text-error">{text}</li> }
    });
    let passed = recused.into_iter().map(|row| {
        let why = row.recusal.key();
        view! { <li>{row.name} " · " {move || label(i18n.get_locale(), "recusal", why)}</li> }
    });
    let (short, passed) = (short.collect_view(), passed.collect_view());
    view! {
        <p class="font-semibold" role="status">{move || t_string!(i18n, campaigns.raters.drawn, count = drawn)}</p>
        <p class="hint">{move || t_string!(i18n, campaigns.raters.seed, seed = seed.as_str())}</p>
        <ul class="panel-list">{short}</ul>
        <h3 class="font-semibold">{t!(i18n, campaigns.raters.passed)}</h3>
        <ul class="panel-list">{passed}</ul>
    }
}

/// Names somebody of the center.
#[component]
pub(super) fn NameForm(row: Campaign, choices: Choices, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("name-rater");
    let (account, pool) = (signal(None), signal(None));
    let Campaign { id, version, kind, .. } = row;
    let members =
        choices.members.into_iter().filter(|row| row.roles.iter().any(|role| kind.rules().roles.contains(role)));
    let members: Vec<_> = members.map(|row| (row.account_id.to_string(), row.name)).collect();
    let nobody = members.is_empty();
    let members = Signal::stored(members);
    let peers = kind == CampaignKind::Peer;
    let submit = move || {
        let chosen = account.get_untracked().parse().ok();
        let mut found: Vec<_> =
            chosen.is_none().then(|| Violation::new("account", "form.required")).into_iter().collect();
        if peers {
            found.extend(required("pool", &pool.get_untracked()));
        }
        if state.check(found)
            && let Some(account) = chosen
        {
            let input = NameCampaignRaterInput { id, version, account, pool: given(pool) };
            state.send(name_campaign_rater::ask(input), move |_| done());
        }
    };
    view! {
        <p>{t!(i18n, campaigns.raters.name_lead)}</p>
        {nobody.then(|| view! { <p class="banner banner-still"><Icon mark=Mark::Info />{t!(i18n, campaigns.raters.nobody_fits)}</p> })}
        <Form state on_submit=submit>
            <SelectField name="account" label=move || t_string!(i18n, campaigns.raters.member) choices=members value=account />
            {peers.then(|| view! {
                <Field
                    name="pool"
                    label=move || t_string!(i18n, campaigns.pool)
                    hint=move || t_string!(i18n, campaigns.pool_hint, most = POOL_MAX)
                    value=pool
                />
            })}
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// Invites somebody who was drawn: under a login of theirs, or once more by a new link.
#[component]
pub(super) fn InviteForm(rater: Rater, room: Room) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("invite-rater");
    let login = signal(None);
    let Rater { id, version, status, name, .. } = rater;
    let again = status == RaterStatus::Invited;
    let shown = name.clone();
    let submit = move || {
        let typed = login.get_untracked().trim().to_lowercase();
        let found = if again { Vec::new() } else { required("login", &typed) };
        if state.check(found) {
            let name = name.clone();
            let input = InviteCampaignRaterInput { id, version, login: typed };
            state.send(invite_campaign_rater::ask(input), move |made| {
                let link =
                    InvitationLink { kind: InvitationKind::Evaluator, token: made.token, expires_at: made.expires_at };
                room.office.open.set(false);
                room.show(Made { name, login: made.login, link });
            });
        }
    };
    let lead = move || {
        if again {
            t_string!(i18n, campaigns.raters.invite_again)
        } else {
            t_string!(i18n, campaigns.raters.invite_lead)
        }
    };
    view! {
        <p class="font-semibold">{shown}</p>
        <p>{lead}</p>
        <Form state on_submit=submit>
            {(!again).then(|| view! {
                <Field
                    name="login"
                    label=move || t_string!(i18n, desk.login.login)
                    hint=move || t_string!(i18n, desk.invite.login_hint)
                    value=login
                />
            })}
            <Submit label=move || t_string!(i18n, campaigns.raters.invite) />
        </Form>
    }
}

/// Reminds somebody.
#[component]
pub(super) fn RemindForm(rater: Rater, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("remind-rater");
    let (id, version) = (rater.id, rater.version);
    let send = move |_| state.send(remind_campaign_rater::ask(SeenCampaignRaterInput { id, version }), move |_| done());
    view! {
        <p class="font-semibold">{rater.name}</p>
        <p>{t!(i18n, campaigns.raters.remind_lead)}</p>
        <ErrorSummaryOf state />
        <div class="form-buttons">
            <button type="button" class="btn btn-primary" disabled=move || state.pending() on:click=send>
                {t!(i18n, campaigns.raters.remind)}
            </button>
        </div>
    }
}

/// Writes down that somebody does not take part.
#[component]
pub(super) fn ExcuseForm(rater: Rater, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("excuse-rater");
    let reason = signal(None);
    let (id, version): (CampaignRaterId, i32) = (rater.id, rater.version);
    let submit = move || {
        let reason = reason.get_untracked().trim().to_owned();
        if state.check(required("reason", &reason)) {
            let input = ExcuseCampaignRaterInput { id, version, reason };
            state.send(excuse_campaign_rater::ask(input), move |_| done());
        }
    };
    view! {
        <p class="font-semibold">{rater.name}</p>
        <Form state on_submit=submit>
            <Field name="reason" label=move || t_string!(i18n, campaigns.reason) value=reason kind=FieldKind::Area(ENTRY_MAX) />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}
