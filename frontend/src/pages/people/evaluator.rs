//! Inviting somebody from outside to evaluate the center: a deputy, a third party. For a first and a last day, in a round
//! that is being put together or goes on.

use chrono::NaiveDate;
use domain::{
    CampaignId, Violation,
    campaigns::{Raters, takes_raters},
    permission::Role,
};
use leptos::prelude::*;

use super::{
    Office,
    invite::{Who, WhoFields, day},
    link::Made,
};
use crate::{
    api::{
        campaigns::{Campaign, campaigns},
        people::{InviteMemberInput, invite_member},
    },
    components::{
        AsyncView, Dialog,
        form::{ChoiceField, Field, FieldKind, Form, FormState, SelectField, Submit},
    },
    i18n::{label, t, t_string, use_i18n},
};

/// Whether one comes to a round by an invitation, and it takes raters still.
fn invites(round: &Campaign) -> bool {
    round.kind.rules().raters != Raters::Staff && takes_raters(round.status)
}

/// The dialog to invite.
#[component]
pub(super) fn EvaluatorDialog(open: RwSignal<bool>, office: Office) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog id="evaluator" open title=move || t_string!(i18n, desk.evaluator.title)>
            <Rounds open office />
        </Dialog>
    }
}

/// Which rounds there are decides what is asked.
#[component]
fn Rounds(open: RwSignal<bool>, office: Office) -> impl IntoView {
    let i18n = use_i18n();
    let found = LocalResource::new(campaigns);
    let ready = move |mut rounds: Vec<Campaign>| {
        rounds.retain(invites);
        if rounds.is_empty() {
            return view! {
                <p>{t!(i18n, desk.evaluator.no_round)}</p>
                <p><a class="link" href="/desk/campaigns">{t!(i18n, campaigns.nav)}</a></p>
            }
            .into_any();
        }
        view! { <EvaluatorForm open rounds=Signal::stored(rounds) office /> }.into_any()
    };
    view! { <AsyncView resource=found ready /> }
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
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self { kind: empty(), from: empty(), until: empty(), round: empty() }
    }

    /// The kind, the two days and the round, where all is as it should be.
    fn read(self, found: &mut Vec<Violation>) -> Option<(Role, [NaiveDate; 2], CampaignId)> {
        let round: Option<CampaignId> = self.round.get_untracked().parse().ok();
        if round.is_none() {
            found.push(Violation::new("campaignId", "form.required"));
        }
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
        let [from, until] = days;
        Some((kind?, [from?, until?], round?))
    }
}

#[component]
fn EvaluatorForm(open: RwSignal<bool>, rounds: Signal<Vec<Campaign>>, office: Office) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("evaluator");
    let (who, part) = (Who::new(), Part::new());
    let submit = move || {
        let mut found = who.check();
        let read = part.read(&mut found);
        if !state.check(found) {
            return;
        }
        let Some((kind, [from, until], round)) = read else { return };
        let input = InviteMemberInput {
            roles: vec![kind],
            valid_from: Some(from),
            valid_until: Some(until),
            campaign_id: Some(round),
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
            <RoundFields part rounds />
            <WhoFields who />
            <div class="pair">
                <Field name="validFrom" label=move || t_string!(i18n, desk.invite.from) value=part.from kind=FieldKind::Date />
                <Field name="validUntil" label=move || t_string!(i18n, desk.invite.until) value=part.until kind=FieldKind::Date />
            </div>
            <Submit label=move || t_string!(i18n, desk.invite.submit) />
        </Form>
    }
}

/// The round, and as whom one comes to it; with it come its days, unless others were typed.
#[component]
fn RoundFields(part: Part, rounds: Signal<Vec<Campaign>>) -> impl IntoView {
    let i18n = use_i18n();
    let choices = Signal::derive(move || {
        rounds.with(|rounds| rounds.iter().map(|round| (round.id.to_string(), round.name.clone())).collect::<Vec<_>>())
    });
    let chosen = Memo::new(move |_| {
        let id = part.round.get();
        rounds.with(|rounds| rounds.iter().find(|round| round.id.to_string() == id).cloned())
    });
    let kinds = Signal::derive(move || {
        let locale = i18n.get_locale();
        let roles = chosen.get().map(|round| round.kind.rules().roles).unwrap_or_default();
        roles.iter().map(|role| (role.key(), label(locale, "role", role.key()).to_owned())).collect::<Vec<_>>()
    });
    Effect::new(move |_| {
        let Some(round) = chosen.get() else { return };
        for (field, day) in [(part.from, round.starts_on), (part.until, round.replies_until)] {
            if field.with_untracked(String::is_empty) {
                field.set(day.to_string());
            }
        }
    });
    view! {
        <SelectField
            name="campaignId"
            label=move || t_string!(i18n, desk.evaluator.round)
            choices
            value=part.round
            hint=move || t_string!(i18n, desk.evaluator.round_hint)
        />
        <ChoiceField name="roles" label=move || t_string!(i18n, desk.evaluator.kind) choices=kinds value=part.kind />
    }
}
