//! A round that is planned or changed.

use chrono::NaiveDate;
use domain::{
    CampaignId, FormVersionId, Violation,
    campaigns::{BRIEFING_MAX, CampaignKind, NAME_MAX},
};
use leptos::prelude::*;

use super::listed;
use crate::{
    api::campaigns::{
        Campaign, Choices, EditCampaignInput, FormChoice, PlanCampaignInput, edit_campaign, plan_campaign,
    },
    components::form::{Field, FieldKind, Form, FormState, SelectField, Submit},
    i18n::{label, t_string, td_string, use_i18n},
    pages::{
        posts::forms::{day, given, signal},
        steps::required,
    },
};

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    kind: RwSignal<String>,
    form: RwSignal<String>,
    name: RwSignal<String>,
    from: RwSignal<String>,
    until: RwSignal<String>,
    replies: RwSignal<String>,
    least: RwSignal<String>,
    briefing: RwSignal<String>,
}

impl Typed {
    fn of(was: Option<&Campaign>) -> Self {
        let text = |read: fn(&Campaign) -> String| RwSignal::new(was.map(read).unwrap_or_default());
        Self {
            kind: text(|row| row.kind.key().to_owned()),
            form: text(|row| row.form_version.to_string()),
            name: text(|row| row.name.clone()),
            from: text(|row| row.starts_on.to_string()),
            until: text(|row| row.ends_on.to_string()),
            replies: text(|row| row.replies_until.to_string()),
            least: signal(None),
            briefing: text(|row| row.briefing.clone()),
        }
    }

    fn kind(self) -> Option<CampaignKind> {
        self.kind.with(|key| CampaignKind::from_key(key))
    }

    /// The form and the first and last day, where they are there.
    fn read(self, found: &mut Vec<Violation>) -> Option<(FormVersionId, NaiveDate, NaiveDate)> {
        let form = self.form.get_untracked().parse().ok();
        let (from, until) = (day(self.from), day(self.until));
        let missing = [("form", form.is_none()), ("startsOn", from.is_none()), ("endsOn", until.is_none())];
        let missing = missing.into_iter().filter(|(_, is)| *is);
        found.extend(missing.map(|(field, _)| Violation::new(field, "form.required")));
        found.extend(required("name", &self.name.get_untracked()));
        found.extend(required("briefing", &self.briefing.get_untracked()));
        Some((form?, from?, until?))
    }
}

/// The form; `done` gets the round's id.
#[component]
pub(super) fn RoundForm(
    was: Option<Campaign>,
    choices: Choices,
    done: impl Fn(CampaignId) + Copy + 'static,
) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("round");
    let typed = Typed::of(was.as_ref());
    let seen = was.as_ref().map(|row| (row.id, row.version));
    let kept = was.map(|row| row.least);
    let (least, forms) = (choices.least, StoredValue::new(choices.forms));
    let fitting = Signal::derive(move || {
        let (locale, wanted) = (i18n.get_locale(), typed.kind().map(|kind| kind.rules().form));
        forms.with_value(|forms| {
            let fitting = forms.iter().filter(|form| Some(form.kind) == wanted);
            let name = |form: &FormChoice| {
                let kind = label(locale, "form_kind", form.kind.key());
                let from = form.valid_from.map(|day| day.to_string()).unwrap_or_default();
                td_string!(locale, campaigns.form.version, kind = kind, number = form.number, from = from)
            };
            fitting.map(|form| (form.id.to_string(), name(form))).collect::<Vec<_>>()
        })
    });
    let grouped = Memo::new(move |_| typed.kind().is_some_and(|kind| kind.rules().grouped));
    let submit = move || {
        let mut found = Vec::new();
        let kind = typed.kind.with_untracked(|key| CampaignKind::from_key(key));
        if kind.is_none() {
            found.push(Violation::new("kind", "form.required"));
        }
        let read = typed.read(&mut found);
        if !state.check(found) {
            return;
        }
        let (Some(kind), Some((form, starts_on, ends_on))) = (kind, read) else { return };
        let name = typed.name.get_untracked().trim().to_owned();
        let briefing = typed.briefing.get_untracked().trim().to_owned();
        let replies_until = day(typed.replies);
        let least = given(typed.least).and_then(|text| text.parse().ok()).or(kept).filter(|_| grouped.get_untracked());
        match seen {
            Some((id, version)) => {
                let input =
                    EditCampaignInput { id, version, form, name, starts_on, ends_on, replies_until, least, briefing };
                state.send(edit_campaign::ask(input), move |row| done(row.id));
            }
            None => {
                let input = PlanCampaignInput { kind, form, name, starts_on, ends_on, replies_until, least, briefing };
                state.send(plan_campaign::ask(input), move |row| done(row.id));
            }
        }
    };
    let kinds = listed("campaign_kind", CampaignKind::ALL.iter().map(|kind| kind.key()).collect());
    let new = seen.is_none();
    view! {
        <Form state on_submit=submit>
            {new.then(|| view! {
                <SelectField
                    name="kind"
                    label=move || t_string!(i18n, campaigns.kind)
                    hint=move || t_string!(i18n, campaigns.form.kind_hint)
                    choices=kinds
                    value=typed.kind
                />
            })}
            <SelectField
                name="form"
                label=move || t_string!(i18n, campaigns.form.form)
                hint=move || t_string!(i18n, campaigns.form.form_hint)
                choices=fitting
                value=typed.form
            />
            <Field
                name="name"
                label=move || t_string!(i18n, campaigns.form.name)
                hint=move || t_string!(i18n, campaigns.form.name_hint, most = NAME_MAX)
                value=typed.name
            />
            <div class="pair">
                <Field name="startsOn" label=move || t_string!(i18n, campaigns.form.from) value=typed.from kind=FieldKind::Date />
                <Field name="endsOn" label=move || t_string!(i18n, campaigns.form.until) value=typed.until kind=FieldKind::Date />
            </div>
            <Field
                name="repliesUntil"
                label=move || t_string!(i18n, campaigns.replies_until)
                hint=move || t_string!(i18n, campaigns.form.replies_hint)
                value=typed.replies
                kind=FieldKind::Date
                optional=true
            />
            <Show when=move || grouped.get()>
                <Field
                    name="least"
                    label=move || t_string!(i18n, campaigns.least)
                    hint=move || t_string!(i18n, campaigns.form.least_hint, least = kept.unwrap_or(least))
                    value=typed.least
                    kind=FieldKind::Number
                    optional=true
                />
            </Show>
            <Field
                name="briefing"
                label=move || t_string!(i18n, campaigns.briefing)
                hint=move || t_string!(i18n, campaigns.form.briefing_hint)
                value=typed.briefing
                kind=FieldKind::Area(BRIEFING_MAX)
            />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}
