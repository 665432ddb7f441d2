//! What is rated in a round: chosen among what may be rated in rounds of its kind.

use domain::{
    CampaignId, PostId, StaffId,
    campaigns::{CampaignKind, POOL_MAX, TargetKind, check_targets},
};
use leptos::prelude::*;

use crate::{
    api::campaigns::{Campaign, CampaignTargetInput, Choices, SetCampaignTargetsInput, Target, set_campaign_targets},
    components::form::{FieldError, Form, FormState, Submit},
    i18n::{label, t, t_string, use_i18n},
};

/// Something that may be rated.
#[derive(Clone)]
struct Row {
    kind: TargetKind,
    post: Option<PostId>,
    staff: Option<StaffId>,
    /// None for the center.
    name: Option<String>,
    ticked: RwSignal<bool>,
    pool: RwSignal<String>,
}

fn rows(kind: CampaignKind, choices: Choices, chosen: &[Target]) -> Vec<Row> {
    let row = |kind, post: Option<PostId>, staff: Option<StaffId>, name| {
        let known = chosen.iter().find(|target| (target.kind, target.post_id, target.staff) == (kind, post, staff));
        let pool = known.and_then(|target| target.pool.clone()).unwrap_or_default();
        Row { kind, post, staff, name, ticked: RwSignal::new(known.is_some()), pool: RwSignal::new(pool) }
    };
    let center = std::iter::once(row(TargetKind::Center, None, None, None));
    let posts = choices
        .posts
        .into_iter()
        .map(|post| row(TargetKind::Post, Some(post.id), None, Some(format!("{} {}", post.code, post.name))));
    let staff = choices.staff.into_iter().map(|person| {
        row(TargetKind::Staff, None, Some(person.id), Some(format!("{} {}", person.staff_no, person.name)))
    });
    let mut rows: Vec<_> = center.chain(posts).chain(staff).collect();
    rows.retain(|row| kind.rules().targets.contains(&row.kind));
    rows
}

/// The form.
#[component]
pub(super) fn TargetsForm(
    row: Campaign,
    chosen: Vec<Target>,
    choices: Choices,
    done: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("targets");
    let Campaign { id, version, kind, .. } = row;
    let all = StoredValue::new(rows(kind, choices, &chosen));
    let submit = move || send(state, kind, (id, version), all, done);
    let parts = TargetKind::ALL.iter().filter(|part| kind.rules().targets.contains(part));
    let parts = parts.map(|part| view! { <Part part=*part kind all /> }).collect_view();
    let message = state.watch("targets");
    view! {
        <p>{t!(i18n, campaigns.targets.choose)}</p>
        <Form state on_submit=submit>
            <FieldError id=state.id("targets") message />
            {parts}
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// Posts, or people, or the center.
#[component]
fn Part(part: TargetKind, kind: CampaignKind, all: StoredValue<Vec<Row>>) -> impl IntoView {
    let i18n = use_i18n();
    let pooled = kind == CampaignKind::Peer;
    let rows = all.with_value(|all| all.iter().filter(|row| row.kind == part).cloned().collect::<Vec<_>>());
    let rows = rows.into_iter().map(|row| {
        let Row { name, ticked, pool, .. } = row;
        let text = move || name.clone().unwrap_or_else(|| label(i18n.get_locale(), "target_kind", "center").to_owned());
        let said = text.clone();
        view! {
            <div class="grid gap-2">
                <label class="choice">
                    <input
                        class="choice-dot"
                        type="checkbox"
                        prop:checked=move || ticked.get()
                        on:change=move |event| ticked.set(event_target_checked(&event))
                    />
                    <span>{text}</span>
                </label>
                <Show when=move || pooled && ticked.get()>
                    <input
                        class="input-line"
                        type="text"
                        autocomplete="off"
                        maxlength=POOL_MAX
                        placeholder=move || t_string!(i18n, campaigns.pool)
                        aria-label={
                            let said = said.clone();
                            move || format!("{}: {}", t_string!(i18n, campaigns.pool), said())
                        }
                        prop:value=move || pool.get()
                        on:input=move |event| pool.set(event_target_value(&event))
                    />
                </Show>
            </div>
        }
    });
    let rows = rows.collect_view();
    view! {
        <fieldset class="field">
            <legend class="field-label">{move || label(i18n.get_locale(), "target_kind", part.key())}</legend>
            <div class="choices">{rows}</div>
        </fieldset>
    }
}

fn send(
    state: FormState,
    kind: CampaignKind,
    (id, version): (CampaignId, i32),
    all: StoredValue<Vec<Row>>,
    done: impl Fn() + 'static,
) {
    let chosen = all.with_value(|all| all.iter().filter(|row| row.ticked.get_untracked()).cloned().collect::<Vec<_>>());
    let kinds: Vec<_> = chosen.iter().map(|row| row.kind).collect();
    if !state.check(check_targets(kind, &kinds).err().into_iter().collect()) {
        return;
    }
    let target = |row: Row| {
        let pool = row.pool.get_untracked().trim().to_owned();
        let pool = (kind == CampaignKind::Peer && !pool.is_empty()).then_some(pool);
        CampaignTargetInput { post: row.post, staff: row.staff, pool }
    };
    let targets = chosen.into_iter().map(target).collect();
    state.send(set_campaign_targets::ask(SetCampaignTargetsInput { id, version, targets }), move |_| done());
}
