//! Model posts: what they lack, their titles, their ledgers.

pub mod entry;
pub mod entry_form;
pub mod gaps;
pub mod ledger;
pub mod on_post;
pub mod print;
pub mod queue;
mod share;
pub mod title;
mod title_forms;
mod title_parts;
pub mod titles;

use std::{collections::HashMap, sync::Arc};

use chrono::{Datelike, NaiveDate};
use domain::{
    AccountId, StaffId,
    model_posts::{
        EvidenceKind,
        gaps::{GapCode, Severity},
        ledger::EntryStatus,
        title::TitleStatus,
    },
    permission::Permission,
};
use leptos::prelude::*;

use crate::{
    api::{
        model_posts::{ModelGap, StaffName},
        posts::Member,
    },
    components::{Chip, Mark, Tone},
    i18n::{I18n, Locale, label, t, t_string, td_string, use_i18n},
    session::use_session,
};

/// Names by id.
type Names = Arc<HashMap<StaffId, String>>;

fn names(staff: &[StaffName]) -> Names {
    Arc::new(staff.iter().map(|row| (row.id, row.name.clone())).collect())
}

/// Those of these people who are known, one after the other.
fn list_names(i18n: I18n, names: &Names, people: &[StaffId]) -> String {
    let known: Vec<_> = people.iter().filter_map(|id| names.get(id)).map(String::as_str).collect();
    known.join(t_string!(i18n, desk.list_separator))
}

/// Who an account is, or that nobody knows any more.
fn account(i18n: I18n, people: &[Member], id: AccountId) -> String {
    let known = people.iter().find(|member| member.account_id == id).map(|member| member.display_name.clone());
    known.unwrap_or_else(|| t_string!(i18n, models.somebody).to_owned())
}

/// The ways between the pages about model posts.
#[component]
fn Ways(here: &'static str) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let way = move |path: &'static str, text: AnyView| {
        view! { <li><a href=path aria-current=(path == here).then_some("page")>{text}</a></li> }
    };
    view! {
        <nav class="ways-between no-print" aria-label=move || t_string!(i18n, models.ways)>
            <ul>
                {way(GAPS, t!(i18n, models.gaps.way).into_any())}
                {way(TITLES, t!(i18n, models.titles.way).into_any())}
                {move || {
                    session
                        .can(Permission::ModelPostAppraise)
                        .then(|| way(QUEUE, t!(i18n, models.queue.way).into_any()))
                }}
            </ul>
        </nav>
    }
}

const GAPS: &str = "/desk/gaps";
const TITLES: &str = "/desk/model-posts";
const QUEUE: &str = "/desk/ledgers";

/// Where a title stands.
#[component]
fn TitleChip(status: TitleStatus) -> impl IntoView {
    use TitleStatus as S;
    let i18n = use_i18n();
    let (tone, mark) = match status {
        S::Awarded | S::Retained | S::StarsChanged => (Tone::Good, Mark::Check),
        S::Applied | S::Reviewed | S::Publicised | S::UnderReview | S::Assessed => (Tone::Active, Mark::Clock),
        S::Warned => (Tone::Warn, Mark::Flag),
        S::Declined | S::Withdrawn => (Tone::Still, Mark::Close),
    };
    view! { <Chip tone mark text=move || label(i18n.get_locale(), "title_status", status.key()) /> }
}

/// Where an entry stands.
#[component]
fn EntryChip(status: EntryStatus) -> impl IntoView {
    let i18n = use_i18n();
    let (tone, mark) = match status {
        EntryStatus::Draft => (Tone::Plain, Mark::Note),
        EntryStatus::Submitted => (Tone::Active, Mark::Clock),
        EntryStatus::Approved => (Tone::Good, Mark::Check),
        EntryStatus::Returned => (Tone::Warn, Mark::Flag),
        EntryStatus::Discarded => (Tone::Still, Mark::Close),
    };
    view! { <Chip tone mark text=move || label(i18n.get_locale(), "ledger_entry_status", status.key()) /> }
}

/// Days within which something that will be missing is shown as near.
const NEAR: i64 = 30;

/// Whether a gap asks to be seen at once: it counts, or will soon.
fn is_urgent(gap: &ModelGap, today: NaiveDate) -> bool {
    gap.breach || (gap.severity != Severity::Hint && days_left(gap, today).is_none_or(|days| days <= 3 * NEAR))
}

/// Days until a gap counts, from a day on.
fn days_left(gap: &ModelGap, today: NaiveDate) -> Option<i64> {
    gap.breach_on.map(|day| (day - today).num_days())
}

fn tone(gap: &ModelGap, today: NaiveDate) -> Tone {
    match gap.severity {
        _ if gap.breach => Tone::Bad,
        Severity::Hint => Tone::Plain,
        _ if days_left(gap, today).is_none_or(|days| days <= NEAR) => Tone::Warn,
        _ => Tone::Plain,
    }
}

/// Something that is missing, with the day on which it counts.
#[component]
fn GapLine(
    gap: ModelGap,
    today: NaiveDate,
    names: Names,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let i18n = use_i18n();
    let tone = tone(&gap, today);
    let mark = match tone {
        Tone::Bad => Mark::Alert,
        Tone::Warn => Mark::Clock,
        _ => Mark::Info,
    };
    let (code, clause, hint) = (gap.code, gap.clause.clone(), gap.severity == Severity::Hint);
    let blocking = gap.severity == Severity::Blocking;
    let (left, day, breach) = (days_left(&gap, today), gap.breach_on.map(|day| day.to_string()), gap.breach);
    let when = move || match (left, breach, hint) {
        (_, _, true) => label(i18n.get_locale(), "gap_severity", "hint").to_owned(),
        (Some(days), true, _) => t_string!(i18n, models.gap.lasts, days = 1 - days),
        (None, ..) => t_string!(i18n, models.gap.now).to_owned(),
        (Some(days), ..) => t_string!(i18n, models.gap.left, days = days),
    };
    let from = move || {
        let day = day.as_deref()?;
        Some(if breach {
            t_string!(i18n, models.gap.since, day = day)
        } else {
            t_string!(i18n, models.gap.from, day = day)
        })
    };
    let detail = move || detail(i18n, &gap, &names);
    view! {
        <li class="gap-line" data-gap=code.key()>
            <Chip tone mark text=when />
            <div class="gap-body">
                <p>
                    <span class="font-semibold">{move || label(i18n.get_locale(), "gap_code", code.key())}</span>
                    {clause.map(|clause| view! { <span class="hint tabular-nums">" " {clause}</span> })}
                    {blocking.then(|| view! { <span class="gap-blocking">{move || label(i18n.get_locale(), "gap_severity", "blocking")}</span> })}
                </p>
                <p class="hint">{detail}</p>
                <p class="hint tabular-nums">{from}</p>
            </div>
            {children.map(|children| view! { <div class="gap-act no-print">{children()}</div> })}
        </li>
    }
}

/// What else there is to say of a gap.
fn detail(i18n: I18n, gap: &ModelGap, names: &Names) -> String {
    let locale = i18n.get_locale();
    let (have, need, total) = (gap.have.unwrap_or(0), gap.need.unwrap_or(0), gap.total.unwrap_or(0));
    let check = || gap.check.map(|check| label(locale, "check_kind", check.key()).to_owned()).unwrap_or_default();
    let people = list_names(i18n, names, &gap.people);
    match gap.code {
        GapCode::WomenShare | GapCode::YouthShare => {
            td_string!(locale, models.gap.share, have = have, total = total, need = need)
        }
        GapCode::TeamSmall => td_string!(locale, models.gap.at_least, have = have, need = need),
        GapCode::TeamLarge => td_string!(locale, models.gap.at_most, have = have, need = need),
        GapCode::HeadTooOld => td_string!(locale, models.gap.age, need = need),
        GapCode::TooFewEntries => {
            let activity =
                gap.activity.map(|activity| label(locale, "ledger_activity", activity.key())).unwrap_or_default();
            let period = period(locale, gap);
            td_string!(locale, models.gap.entries, activity = activity, period = period, have = have, need = need)
        }
        GapCode::Untrained => {
            let period = period(locale, gap);
            td_string!(locale, models.gap.trained, period = period, have = have, total = total, names = people)
        }
        GapCode::EvidenceMissing => evidence(i18n, &gap.evidence),
        GapCode::LookDue | GapCode::LookFailed => check(),
        _ => people,
    }
}

fn evidence(i18n: I18n, kinds: &[EvidenceKind]) -> String {
    let kinds: Vec<_> = kinds.iter().map(|kind| label(i18n.get_locale(), "evidence_kind", kind.key())).collect();
    kinds.join(t_string!(i18n, desk.list_separator))
}

/// The year or quarter in which something is counted: it ends on the day before it counts.
fn period(locale: Locale, gap: &ModelGap) -> String {
    let Some(from) = gap.period_from else { return String::new() };
    let quarter = gap.breach_on.is_some_and(|end| (end - from).num_days() < 100);
    if quarter {
        td_string!(locale, models.gap.quarter, year = from.year(), n = from.month0() / 3 + 1)
    } else {
        td_string!(locale, models.gap.year, year = from.year())
    }
}

/// Gaps on a line of time: what counts already lies before today, what will lies after it, nearer days wider apart. It
/// repeats what the lines below say.
#[component]
fn Lane(gaps: Vec<ModelGap>, today: NaiveDate) -> impl IntoView {
    let mut marks: Vec<(u32, Tone, usize)> = Vec::new();
    let mut places: Vec<_> = gaps
        .iter()
        .filter(|gap| gap.severity != Severity::Hint)
        .map(|gap| (place(gap, today), tone(gap, today)))
        .collect();
    places.sort_by_key(|(place, _)| *place);
    for (place, tone) in places {
        match marks.last_mut() {
            // What would lie upon each other is counted.
            Some((at, kept, count)) if place < *at + APART && *kept == tone => *count += 1,
            Some((at, ..)) if place < *at + APART => {
                let beside = (*at + APART).min(LAST);
                marks.push((beside, tone, 1));
            }
            _ => marks.push((place, tone, 1)),
        }
    }
    let marks = marks.into_iter().map(|(place, tone, count)| {
        let class = match tone {
            Tone::Bad => "lane-mark lane-bad",
            Tone::Warn => "lane-mark lane-warn",
            _ => "lane-mark lane-far",
        };
        view! { <span class=class style:left=format!("{place}%")>{count}</span> }
    });
    view! {
        <div class="lane" aria-hidden="true">
            <span class="lane-past"></span>
            <span class="lane-today"></span>
            {marks.collect_view()}
        </div>
    }
}

/// What the places of a lane mean.
#[component]
fn LaneTicks() -> impl IntoView {
    let i18n = use_i18n();
    let tick = |days: i64, text: AnyView| view! { <span class="lane-tick" style:left=format!("{}%", ahead(days))>{text}</span> };
    view! {
        <div class="lane-ticks" aria-hidden="true">
            <span class="lane-tick lane-tick-past">{t!(i18n, models.lane.past)}</span>
            {tick(0, t!(i18n, models.lane.today).into_any())}
            {tick(30, t!(i18n, models.lane.month).into_any())}
            {tick(90, t!(i18n, models.lane.quarter).into_any())}
            {tick(365, t!(i18n, models.lane.year).into_any())}
        </div>
    }
}

/// Hundredths of a lane: where today is, and how far apart two marks are to be told apart.
const TODAY: u32 = 30;
const LAST: u32 = 97;
const APART: u32 = 7;

fn place(gap: &ModelGap, today: NaiveDate) -> u32 {
    match days_left(gap, today) {
        Some(days) if days > 0 => ahead(days),
        Some(days) => TODAY - 4 - root(-days, 180, 20),
        None => TODAY - 4,
    }
}

fn ahead(days: i64) -> u32 {
    TODAY + root(days, 365, 64)
}

/// `length` times the root of `days` in `all`.
fn root(days: i64, all: u32, length: u32) -> u32 {
    let days = u32::try_from(days).unwrap_or(0).min(all);
    (days * length * length / all).isqrt()
}
