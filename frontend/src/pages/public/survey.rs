//! `/r/:code/:point/survey`: form E, the public's questionnaire (7.2.1.2, annex E).

use chrono::NaiveDate;
use domain::{Violation, evaluation::levels::FourLevel};
use leptos::prelude::*;

use super::{
    frame::{Crumbs, use_center},
    rate_fields::{Chosen, Dead, Kept, LevelField, Place, focus_when_changed, point_of_address},
};
use crate::{
    api::ratings::{self, AnswerSurveyInput, Receipt, Survey, SurveyRowInput, answer_survey},
    components::{
        AsyncView, PageHeading,
        form::{Field, FieldKind, Form, FormState, SelectField, Submit},
    },
    i18n::{I18n, label, pick, t, t_string, use_i18n},
    time,
};

/// The page.
#[component]
pub fn SurveyPage() -> impl IntoView {
    let center = use_center();
    let asked = (center.code.clone(), point_of_address());
    let found = LocalResource::new(move || {
        let (center, point) = asked.clone();
        async move {
            match point {
                Some(point) => ratings::survey(center, point).await,
                None => Ok(None),
            }
        }
    });
    let code = center.code.clone();
    let ready = move |survey: Option<Survey>| match survey {
        Some(survey) => view! { <Asking center=code.clone() survey /> }.into_any(),
        None => view! { <Dead /> }.into_any(),
    };
    view! {
        <div class="narrow">
            <Crumbs center />
            <AsyncView resource=found ready />
        </div>
    }
}

/// The four levels, the best first, each with its name.
fn levels(i18n: I18n) -> Vec<(&'static str, TextProp)> {
    let named = |level: &FourLevel| {
        let key = level.key();
        (key, TextProp::from(move || label(i18n.get_locale(), "four_level", key)))
    };
    FourLevel::ALL.iter().map(named).collect()
}

#[component]
fn Asking(center: String, survey: Survey) -> impl IntoView {
    let i18n = use_i18n();
    let form = FormState::new("survey");
    let chosen = Chosen::default();
    let text = || RwSignal::new(String::new());
    let (visited, department, remark) = (text(), text(), text());
    let receipt = RwSignal::new(None::<Receipt>);
    focus_when_changed(move || u8::from(receipt.with(Option::is_some)));
    let (point, signed_in) = (survey.point.clone(), survey.signed_in);
    let asked = StoredValue::new(survey);
    let send = move || {
        let given = |text: RwSignal<String>| Some(text.get_untracked().trim().to_owned()).filter(|t| !t.is_empty());
        let answers = chosen.get_untracked();
        let day = given(visited);
        let visited_on = day.as_deref().and_then(|day| day.parse::<NaiveDate>().ok());
        let (mut rows, mut found) = (Vec::new(), Vec::new());
        found.extend((day.is_some() && visited_on.is_none()).then(|| Violation::new("visitedOn", "form.date")));
        asked.with_value(|asked| {
            for line in &asked.rows {
                match answers.get(&line.code).and_then(|key| FourLevel::from_key(key)) {
                    Some(level) => rows.push(SurveyRowInput { code: line.code.clone(), level }),
                    None => found.push(Violation::new("rows", "form.required").within(line.code.clone())),
                }
            }
        });
        let (form_version, token) = asked.with_value(|asked| (asked.form, asked.token.clone()));
        let (true, Some(token)) = (form.check(found), token) else { return };
        let (center, department, remark) = (center.clone(), given(department), given(remark));
        let input = AnswerSurveyInput { center, token, form: form_version, visited_on, department, rows, remark };
        form.send(answer_survey::ask(input), move |answer| receipt.set(Some(answer)));
    };
    let send = StoredValue::new(send);
    let title = move || {
        if receipt.with(Option::is_some) {
            t_string!(i18n, ratings.give.thanks)
        } else {
            t_string!(i18n, ratings.survey.title)
        }
    };
    view! {
        <div class="grid gap-2">
            <PageHeading title />
            <Place point signed_in />
        </div>
        {move || match receipt.get() {
            Some(receipt) => view! {
                <p class="panel panel-good" role="status">{t!(i18n, ratings.give.thanks_text)}</p>
                <Kept receipt />
            }
            .into_any(),
            None => view! {
                <p class="hint">{t!(i18n, ratings.survey.lead)}</p>
                <Form state=form on_submit=move || send.with_value(|send| send())>
                    <Questions survey=asked.get_value() chosen visited department remark />
                </Form>
            }
            .into_any(),
        }}
    }
}

#[component]
fn Questions(
    survey: Survey,
    chosen: Chosen,
    visited: RwSignal<String>,
    department: RwSignal<String>,
    remark: RwSignal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let Survey { time_zh, time_en, department_zh, department_en, remark_zh, remark_en, remark_max, token, .. } = survey;
    let rows = survey
        .rows
        .into_iter()
        .map(|line| view! { <LevelField rows="rows" line levels=levels(i18n) chosen /> })
        .collect_view();
    let departments = survey.departments;
    let departments = Signal::derive(move || {
        let locale = i18n.get_locale();
        departments.iter().map(|line| (line.code.clone(), pick(locale, &line.title_zh, &line.title_en))).collect()
    });
    let most = usize::try_from(remark_max).unwrap_or_default();
    view! {
        <Field
            name="visitedOn"
            label=move || pick(i18n.get_locale(), &time_zh, &time_en)
            value=visited
            kind=FieldKind::Date
            max=time::today().to_string()
            optional=true
        />
        <SelectField
            name="department"
            label=move || pick(i18n.get_locale(), &department_zh, &department_en)
            choices=departments
            value=department
            optional=true
        />
        {rows}
        <Field
            name="remark"
            label=move || pick(i18n.get_locale(), &remark_zh, &remark_en)
            value=remark
            kind=FieldKind::Area(most)
            optional=true
        />
        <p class="hint">{t!(i18n, ratings.give.secret)}</p>
        {token.is_some().then(|| view! { <Submit label=move || t_string!(i18n, ratings.give.submit) /> })}
    }
}
