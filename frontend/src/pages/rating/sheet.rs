//! The form about one target: form D item by item, or a third party's points; problems and suggestions. Saved at any
//! time, also on the way out; handed in once.

use domain::{
    campaigns::{
        BallotStatus,
        ballot::{NOTE_MAX, PLACE_MAX, POINTS_MAX, REMARKS_MAX},
        remarks::{RemarkKind, TEXT_MAX},
    },
    complaints::form::ENTRY_MAX,
    evaluation::forms::{Conduct, FormContent, Halves, Size, ThirdParty, Words},
};
use leptos::{context::Provider, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    address,
    filled::{Filled, Said, Typed},
    given::Given,
    kept::{Kept, Place},
    photos,
    round::called,
    waiting::{Begin, keep},
};
use crate::{
    api::{
        ApiError,
        rating::{RecuseFromTargetInput, RoundPage, Saved, Task, hand_in_ballot, recuse_from_target, save_ballot},
    },
    components::{
        Icon, Mark, Notice, NoticeLine, PageHeading, UploadField,
        form::{Field, FieldKind, Form, FormState, SelectField, Submit, use_form},
    },
    dom,
    i18n::{Locale, label, pick, t, t_string, td_string, use_i18n},
    pages::steps::required,
};

/// The form, or what became of it.
#[component]
pub(super) fn Sheet(
    page: RoundPage,
    task: Task,
    /// Says so on the round's page.
    told: Notice,
    /// Asks the server anew.
    again: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (name, detail) = (task.name.clone(), task.detail.clone());
    let open = matches!(task.status, None | Some(BallotStatus::Draft));
    let place = Place::of(&page.round, task.id);
    let body = if open {
        view! { <Begin page task place told again /> }.into_any()
    } else {
        place.forget();
        let handed_in = task.status == Some(BallotStatus::HandedIn);
        view! {
            <p class="panel panel-good">
                {move || if handed_in { t_string!(i18n, campaigns.rate.handed_in) } else { t_string!(i18n, campaigns.rate.stood_back) }}
            </p>
            {handed_in.then(|| view! { <Given form=page.form content=task.content /> })}
        }
        .into_any()
    };
    view! {
        <PageHeading title=move || called(name.as_ref(), i18n.get_locale()) />
        {detail.map(|detail| view! { <p class="hint">{detail}</p> })}
        {body}
    }
}

/// The form itself, with what is kept on this phone where there is something.
#[component]
pub(super) fn Fill(
    page: RoundPage,
    task: Task,
    kept: Option<Kept>,
    place: Place,
    told: Notice,
    again: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let navigate = use_navigate();
    let state = FormState::new("sheet");
    let notice = Notice::new();
    let saved = task.content.clone();
    let task = match kept {
        Some(kept) => kept.into_task(task),
        None => task,
    };
    let filled = Filled::new(&page, &task, &saved);
    let round = page.round.id;
    let unsent = keep(filled, &place, notice, again);
    let keeps = place.keeps();
    let place = StoredValue::new(place);
    let sent = move || {
        place.with_value(Place::forget);
        unsent.set(false);
    };
    // What is done once leads back to the round.
    let back = move |words: fn(Locale) -> &'static str| {
        place.with_value(Place::key).into_iter().for_each(photos::forget);
        told.show(move |locale| words(locale).to_owned());
        navigate(&address(round, None), NavigateOptions::default());
    };
    let save = move |_| {
        if state.check(filled.check(false)) {
            let (input, content) = (filled.input(), filled.content());
            state.send(placed(filled, save_ballot::ask(input)), move |saved: Saved| {
                filled.keep(saved.version, content);
                sent();
                notice.show(|locale| td_string!(locale, campaigns.rate.saved).to_owned());
            });
        }
    };
    let leave = back.clone();
    let hand_in = move || {
        if state.check(filled.check(true)) {
            let (input, content) = (filled.input(), filled.content());
            let leave = leave.clone();
            state.send(placed(filled, hand_in_ballot::ask(input)), move |saved: Saved| {
                filled.keep(saved.version, content);
                sent();
                leave(|locale| td_string!(locale, campaigns.rate.given));
            });
        }
    };
    let id = task.id;
    let recuse = move |state: FormState, reason: String| {
        let (input, back) = (RecuseFromTargetInput { target: id, version: filled.version(), reason }, back.clone());
        state.send(recuse_from_target::ask(input), move |saved: Saved| {
            filled.keep(saved.version, filled.content());
            sent();
            back(|locale| td_string!(locale, campaigns.rate.stood_back));
        });
    };
    let on_site = filled.is_on_site();
    view! {
        <NoticeLine notice />
        {on_site.then(|| view! { <p class="hint">{t!(i18n, campaigns.rate.on_site)}</p> })}
        <Show when=move || keeps && unsent.get()>
            <p class="panel panel-info" role="status" data-kept="unsent">{t!(i18n, campaigns.rate.unsent)}</p>
        </Show>
        <Form state on_submit=hand_in>
            <Fields form=page.form filled />
            <Remarks filled />
            <p class="hint">{t!(i18n, campaigns.rate.once)}</p>
            <div class="form-buttons">
                <Submit label=move || t_string!(i18n, campaigns.rate.hand_in) />
                <button type="button" class="btn btn-outline" disabled=move || state.pending() on:click=save>
                    {t!(i18n, campaigns.rate.save)}
                </button>
            </div>
        </Form>
        <details class="sheet fold">
            <summary class="link">{t!(i18n, campaigns.rate.recuse)}</summary>
            <Recuse send=recuse />
        </details>
    }
}

/// What the form asks for.
#[component]
fn Fields(form: FormContent, filled: Filled) -> impl IntoView {
    match form {
        FormContent::Conduct(form) => view! { <ConductFields form filled /> }.into_any(),
        FormContent::ThirdParty(form) => view! { <PointFields form filled /> }.into_any(),
        FormContent::Questionnaire(_) | FormContent::GoodBad(_) => ().into_any(),
    }
}

/// An answer with the server's faults at the places of this page.
async fn placed(filled: Filled, answer: impl Future<Output = Result<Saved, ApiError>>) -> Result<Saved, ApiError> {
    answer.await.map_err(|error| filled.placed(error))
}

/// Standing back: one would be judging one's own matter.
#[component]
fn Recuse(send: impl Fn(FormState, String) + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("recuse");
    let reason = RwSignal::new(String::new());
    let submit = move || {
        let reason = reason.get_untracked().trim().to_owned();
        if state.check(required("reason", &reason)) {
            send(state, reason);
        }
    };
    view! {
        <p>{t!(i18n, campaigns.rate.recuse_lead)}</p>
        <Form state on_submit=submit>
            <Field name="reason" label=move || t_string!(i18n, campaigns.reason) value=reason kind=FieldKind::Area(ENTRY_MAX) />
            <Submit label=move || t_string!(i18n, campaigns.rate.recuse_submit) />
        </Form>
    }
}

#[component]
fn ConductFields(form: Conduct, filled: Filled) -> impl IntoView {
    let i18n = use_i18n();
    let dimensions = form.dimensions.into_iter().map(|dimension| {
        let items: Vec<_> = dimension
            .items
            .into_iter()
            .map(|item| Item { code: item.code, title: item.title, size: item.size, proof: Some(item.evidence) })
            .collect();
        let (title, points) = (dimension.title, dimension.points);
        let name = move || {
            let locale = i18n.get_locale();
            t_string!(i18n, campaigns.rate.dimension, title = pick(locale, &title.zh, &title.en), points = points)
        };
        view! { <Part name items filled /> }
    });
    let dimensions = dimensions.collect_view();
    let cap = form.bonus.cap;
    let bonus = form.bonus.items.into_iter();
    let bonus: Vec<_> =
        bonus.map(|item| Item { code: item.code, title: item.title, size: Some(item.size), proof: None }).collect();
    let name = move || t_string!(i18n, campaigns.rate.bonus, cap = cap.to_string());
    view! {
        <p class="hint">{t!(i18n, campaigns.rate.tick)}</p>
        {dimensions}
        {(!bonus.is_empty()).then(|| view! { <Part name items=bonus filled /> })}
    }
}

/// An item of form D, or of its bonus.
#[derive(Clone)]
struct Item {
    code: String,
    title: Words,
    size: Option<Size>,
    /// Whether a finding needs proof; of what gives points there is none.
    proof: Option<bool>,
}

/// A dimension, or the bonus.
#[component]
fn Part(#[prop(into)] name: TextProp, items: Vec<Item>, filled: Filled) -> impl IntoView {
    let i18n = use_i18n();
    let codes: Vec<_> = items.iter().map(|item| item.code.clone()).collect();
    let open = untrack(|| filled.ticked(&codes)) > 0;
    let count = move || filled.ticked(&codes);
    let ticked = Memo::new(move |_| count());
    let rows = items.into_iter().filter_map(|item| {
        let typed = filled.line(&item.code)?;
        Some(view! { <Line item typed filled /> })
    });
    let rows = rows.collect_view();
    view! {
        <details class="sheet fold" open=open>
            <summary>
                <Icon mark=Mark::ChevronRight class="branch-arrow" />
                <strong>{move || name.get()}</strong>
                <span class="hint tabular-nums">
                    {move || match ticked.get() {
                        0 => String::new(),
                        count => t_string!(i18n, campaigns.rate.ticked, count = count),
                    }}
                </span>
            </summary>
            <div class="looks">{rows}</div>
        </details>
    }
}

#[component]
fn Line(item: Item, typed: Typed, filled: Filled) -> impl IntoView {
    let i18n = use_i18n();
    let form = use_form();
    let secret = filled.is_secret();
    let kept = StoredValue::new(item.clone());
    let Item { code, title, size, proof } = item;
    let id = format!("item-{code}");
    let target = id.clone();
    let worth = move || match (size, proof) {
        (None, _) => t_string!(i18n, campaigns.rate.veto).to_owned(),
        (Some(size), Some(_)) => t_string!(i18n, campaigns.rate.takes, size = size.to_string()),
        (Some(size), None) => t_string!(i18n, campaigns.rate.gives, size = size.to_string()),
    };
    view! {
        <div class="grid gap-3 border-t border-base-300 py-3" data-item=code>
            <label class="choice" for=target>
                <input
                    class="choice-dot"
                    type="checkbox"
                    id=id
                    prop:checked=move || typed.ticked.get()
                    on:change=move |event| {
                        typed.ticked.set(event_target_checked(&event));
                        if event_target_checked(&event) {
                            filled.stamp(typed);
                        }
                    }
                />
                <span>
                    {move || pick(i18n.get_locale(), &title.zh, &title.en)}
                    " "
                    <span class="hint">{worth}</span>
                </span>
            </label>
            // Made when it is ticked: by then another form of the page may have made itself known.
            <Show when=move || typed.ticked.get()>
                <Provider value=form>
                    <Detail item=kept.get_value() typed secret />
                </Provider>
            </Show>
        </div>
    }
}

/// How much, when, where, what proves it.
#[component]
fn Detail(item: Item, typed: Typed, secret: bool) -> impl IntoView {
    let i18n = use_i18n();
    let form = use_form();
    let Item { code, title, size, proof } = item;
    let at = |field: &str| format!("content.{code}.{field}");
    let choice = size.filter(|size| size.least != size.most).map(|size| {
        let choices: Vec<_> = (size.least.0..=size.most.0)
            .map(|halves| (Halves(halves).to_string(), Halves(halves).to_string()))
            .collect();
        let choices = Signal::stored(choices);
        view! { <SelectField name=at("size") label=move || t_string!(i18n, campaigns.rate.size) choices value=typed.size /> }
    });
    let full = proof.is_some() && !secret;
    let where_and_when = full.then(|| {
        view! {
            <div class="pair">
                <Field name=at("on") label=move || t_string!(i18n, campaigns.rate.on) value=typed.on kind=FieldKind::Date />
                <Field
                    name=at("time")
                    label=move || t_string!(i18n, campaigns.rate.time)
                    hint=move || t_string!(i18n, campaigns.rate.time_hint)
                    value=typed.time
                    optional=true
                />
            </div>
            <Field
                name=at("place")
                label=move || t_string!(i18n, campaigns.rate.place)
                hint=move || t_string!(i18n, campaigns.rate.place_hint, most = PLACE_MAX)
                value=typed.place
            />
        }
    });
    let note = view! {
        <Field
            name=at("note")
            label=move || t_string!(i18n, campaigns.rate.note)
            value=typed.note
            kind=FieldKind::Area(NOTE_MAX)
            optional=proof.is_some()
        />
    };
    let files = full.then(|| {
        let needed = proof == Some(true);
        let name = move || {
            if needed { t_string!(i18n, campaigns.rate.proof) } else { t_string!(i18n, campaigns.rate.proof_optional) }
        };
        view! { <UploadField name=at("files") label=name uploads=typed.files /> }
    });
    // The summary of errors says of which item a field is.
    type NameIn = fn(Locale) -> &'static str;
    let names: [(&str, NameIn); 6] = [
        ("size", |locale| td_string!(locale, campaigns.rate.size)),
        ("on", |locale| td_string!(locale, campaigns.rate.on)),
        ("time", |locale| td_string!(locale, campaigns.rate.time)),
        ("place", |locale| td_string!(locale, campaigns.rate.place)),
        ("note", |locale| td_string!(locale, campaigns.rate.note)),
        ("files", |locale| td_string!(locale, campaigns.rate.proof)),
    ];
    for (field, name) in names {
        let title = title.clone();
        form.name_field(at(field), move || {
            let locale = i18n.get_locale();
            format!("{} · {}", name(locale), pick(locale, &title.zh, &title.en))
        });
    }
    view! {
        {choice}
        {where_and_when}
        {note}
        {files}
    }
}

#[component]
fn PointFields(form: ThirdParty, filled: Filled) -> impl IntoView {
    let i18n = use_i18n();
    let groups = form.groups.into_iter().map(|group| {
        let (weight, title) = (group.weight(), group.title);
        let name = move || {
            let locale = i18n.get_locale();
            t_string!(i18n, campaigns.rate.group, title = pick(locale, &title.zh, &title.en), weight = weight)
        };
        let rows = group.indicators.into_iter().filter_map(|indicator| {
            let value = filled.points(&indicator.code)?;
            let (title, weight) = (indicator.title, indicator.weight);
            let label = move || pick(i18n.get_locale(), &title.zh, &title.en);
            Some(view! {
                <Field
                    name=format!("content.points.{}", indicator.code)
                    label
                    hint=move || t_string!(i18n, campaigns.rate.points_hint, weight = weight, most = POINTS_MAX)
                    value
                    kind=FieldKind::Number
                    max=POINTS_MAX.to_string()
                />
            })
        });
        let rows = rows.collect_view();
        view! {
            <section class="sheet">
                <h2 class="sheet-title">{name}</h2>
                {rows}
            </section>
        }
    });
    groups.collect_view()
}

/// Problems and suggestions.
#[component]
fn Remarks(filled: Filled) -> impl IntoView {
    let i18n = use_i18n();
    let form = use_form();
    let full = move || filled.said.with(|all| all.len() >= REMARKS_MAX);
    let add = move |kind: RemarkKind| {
        let key = filled.say(kind);
        request_animation_frame(move || dom::focus(&format!("sheet-content.said-{key}.text")));
    };
    view! {
        <section class="sheet" aria-labelledby="sheet-remarks">
            <h2 class="sheet-title" id="sheet-remarks">{t!(i18n, campaigns.rate.remarks)}</h2>
            <p class="hint">{t!(i18n, campaigns.rate.remarks_lead)}</p>
            <For each=move || filled.said.get() key=|one| one.key let(one)>
                <Provider value=form>
                    <RemarkField one filled />
                </Provider>
            </For>
            <div class="form-buttons">
                <button type="button" class="btn btn-outline" disabled=full on:click=move |_| add(RemarkKind::Problem)>
                    <Icon mark=Mark::Plus />
                    {t!(i18n, campaigns.rate.add_problem)}
                </button>
                <button type="button" class="btn btn-outline" disabled=full on:click=move |_| add(RemarkKind::Suggestion)>
                    <Icon mark=Mark::Plus />
                    {t!(i18n, campaigns.rate.add_suggestion)}
                </button>
            </div>
        </section>
    }
}

#[component]
fn RemarkField(one: Said, filled: Filled) -> impl IntoView {
    let i18n = use_i18n();
    let Said { key, kind, text } = one;
    let name = move || label(i18n.get_locale(), "remark_kind", kind.key());
    view! {
        <div class="grid gap-2">
            <Field name=format!("content.said-{key}.text") label=name value=text kind=FieldKind::Area(TEXT_MAX) />
            <button
                type="button"
                class="link justify-self-start"
                on:click=move |_| filled.unsay(key)
            >
                {move || t_string!(i18n, campaigns.rate.remove, what = name())}
            </button>
        </div>
    }
}
