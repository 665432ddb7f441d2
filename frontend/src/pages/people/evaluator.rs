//! Inviting somebody from outside to evaluate the center: a deputy, a third party. For a first and a last day, in a round
//! of evaluation that begins with its first invitation.

use std::cmp::Reverse;

use chrono::NaiveDate;
use domain::{
    CampaignId, Violation,
    identity::MemberStatus,
    permission::{Role, Seat},
};
use leptos::prelude::*;

use super::{
    Office,
    invite::{Who, WhoFields, day},
    link::Made,
};
use crate::{
    api::{
        ApiError,
        people::{InviteMemberInput, Membership, invite_member},
    },
    components::{
        AsyncView, Dialog,
        form::{ChoiceField, Field, FieldKind, Form, FormState, SelectField, Submit},
    },
    i18n::{Locale, label, t, t_string, td_string, use_i18n},
};

/// Names shown of a round; the rest are dots.
const SHOWN: usize = 3;
/// A round that nobody is invited to yet.
const NEW: &str = "new";

/// A round as its invitations tell of it.
#[derive(Clone, PartialEq, Eq)]
struct Round {
    id: CampaignId,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
    names: Vec<String>,
}

impl Round {
    /// The rounds that somebody takes part in, the latest first.
    fn of(rows: &[Membership]) -> Vec<Self> {
        let mut rounds: Vec<Self> = Vec::new();
        for row in rows.iter().filter(|row| row.status != MemberStatus::Ended) {
            let Some(id) = row.campaign_id else { continue };
            match rounds.iter_mut().find(|round| round.id == id) {
                Some(round) => {
                    round.from = round.from.min(row.valid_from);
                    round.until = round.until.max(row.valid_until);
                    round.names.push(row.display_name.clone());
                }
                None => rounds.push(Self {
                    id,
                    from: row.valid_from,
                    until: row.valid_until,
                    names: vec![row.display_name.clone()],
                }),
            }
        }
        rounds.sort_by_key(|round| Reverse((round.until, round.from)));
        rounds
    }

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn text(&self, locale: Locale) -> String {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let shown = self.names.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>();
        let more = if self.names.len() > SHOWN { "…" } else { "" };
        let names = shown.join(td_string!(locale, desk.list_separator)) + more;
        td_string!(locale, desk.evaluator.round_of, from = day(self.from), until = day(self.until), names = names)
    }
}

/// The dialog to invite.
#[component]
pub(super) fn EvaluatorDialog(
    open: RwSignal<bool>,
    found: LocalResource<Result<Vec<Membership>, ApiError>>,
    office: Office,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog id="evaluator" open title=move || t_string!(i18n, desk.evaluator.title)>
            // Which rounds there are decides what is asked: whoever is quicker than the list waits for it.
            <AsyncView
                resource=found
                ready=move |rows| {
                    let rounds = Signal::stored(Round::of(&rows));
                    view! { <EvaluatorForm open rounds office /> }
                }
            />
        </Dialog>
    }
}

/// What is filled in about the evaluation.
#[derive(Clone, Copy)]
struct Part {
    kind: RwSignal<String>,
    from: RwSignal<String>,
    until: RwSignal<String>,
    round: RwSignal<String>,
}

impl Part {
    fn new(first: bool) -> Self {
        let empty = || RwSignal::new(String::new());
        let round = RwSignal::new(if first { NEW.to_owned() } else { String::new() });
        Self { kind: empty(), from: empty(), until: empty(), round }
    }

    /// The kind, the two days and the round, where all is as it should be.
    fn read(self, rounds: &[Round], found: &mut Vec<Violation>) -> Option<(Role, [NaiveDate; 2], Option<CampaignId>)> {
        let kind = self.kind.with_untracked(|key| Role::from_key(key));
        if kind.is_none() {
            found.push(Violation::new("roles", "form.required"));
        }
        let days = [("validFrom", self.from), ("validUntil", self.until)].map(|(field, value)| {
            if value.with_untracked(String::is_empty) {
                found.push(Violation::new(field, "form.required"));
            }
            day(field, value, found)
        });
        let round = self.round.get_untracked();
        if round.is_empty() {
            found.push(Violation::new("campaignId", "form.required"));
        }
        let round = rounds.iter().find(|known| known.key() == round).map(|known| known.id);
        let [from, until] = days;
        Some((kind?, [from?, until?], round))
    }
}

#[component]
fn EvaluatorForm(open: RwSignal<bool>, rounds: Signal<Vec<Round>>, office: Office) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("evaluator");
    let who = Who::new();
    let part = Part::new(rounds.with_untracked(Vec::is_empty));
    let submit = move || {
        let mut found = who.check();
        let read = rounds.with_untracked(|rounds| part.read(rounds, &mut found));
        if !state.check(found) {
            return;
        }
        let Some((kind, [from, until], campaign_id)) = read else { return };
        let input = InviteMemberInput {
            roles: vec![kind],
            valid_from: Some(from),
            valid_until: Some(until),
            campaign_id,
            ..who.invited()
        };
        let (name, login) = (input.display_name.clone(), input.login.clone());
        state.send(invite_member::ask(input), move |made| {
            open.set(false);
            office.show_link(Made { name, login, link: made.link });
        });
    };
    view! {
        <p>{t!(i18n, desk.evaluator.lead)}</p>
        <Form state on_submit=submit>
            <KindField part />
            <WhoFields who />
            <RoundFields part rounds />
            <Submit label=move || t_string!(i18n, desk.invite.submit) />
        </Form>
    }
}

#[component]
fn KindField(part: Part) -> impl IntoView {
    let i18n = use_i18n();
    let kinds = Signal::derive(move || {
        let locale = i18n.get_locale();
        let kinds = Role::ALL.iter().filter(|role| role.seat() == Seat::Campaign);
        kinds.map(|role| (role.key(), label(locale, "role", role.key()).to_owned())).collect::<Vec<_>>()
    });
    view! { <ChoiceField name="roles" label=move || t_string!(i18n, desk.evaluator.kind) choices=kinds value=part.kind /> }
}

/// The round, and the days: those of the round, unless others were typed.
#[component]
fn RoundFields(part: Part, rounds: Signal<Vec<Round>>) -> impl IntoView {
    let i18n = use_i18n();
    let choices = Signal::derive(move || {
        let locale = i18n.get_locale();
        let new = (NEW.to_owned(), td_string!(locale, desk.evaluator.round_new).to_owned());
        rounds.with(|rounds| {
            std::iter::once(new).chain(rounds.iter().map(|round| (round.key(), round.text(locale)))).collect::<Vec<_>>()
        })
    });
    Effect::new(move |_| {
        let key = part.round.get();
        let known = rounds.with_untracked(|rounds| rounds.iter().find(|round| round.key() == key).cloned());
        let Some(known) = known else { return };
        for (field, day) in [(part.from, known.from), (part.until, known.until)] {
            if let Some(day) = day.filter(|_| field.with_untracked(String::is_empty)) {
                field.set(day.to_string());
            }
        }
    });
    let first = rounds.with_untracked(Vec::is_empty);
    view! {
        {(!first)
            .then(|| {
                view! {
                    <SelectField
                        name="campaignId"
                        label=move || t_string!(i18n, desk.evaluator.round)
                        choices
                        value=part.round
                        hint=move || t_string!(i18n, desk.evaluator.round_hint)
                    />
                }
            })}
        <div class="pair">
            <Field name="validFrom" label=move || t_string!(i18n, desk.invite.from) value=part.from kind=FieldKind::Date />
            <Field name="validUntil" label=move || t_string!(i18n, desk.invite.until) value=part.until kind=FieldKind::Date />
        </div>
        {first.then(|| view! { <p class="hint">{t!(i18n, desk.evaluator.first_round)}</p> })}
    }
}
