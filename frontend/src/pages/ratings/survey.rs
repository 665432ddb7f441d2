//! Form E of a week, row by row: of everybody, and department by department. What a row says may become a finding.

use chrono::{Days, NaiveDate};
use domain::{evaluation::levels::FourLevel, improvement::FindingArea};
use leptos::prelude::*;

use super::{after::ToFinding, percent};
use crate::{
    api::ratings::{Line, SurveyAnswers, SurveyDepartment, SurveyResult, SurveyRow},
    components::{Icon, Mark},
    i18n::{Locale, label, pick, t, t_string, td_string, use_i18n},
};

/// Each version that enough people answered.
#[component]
pub(super) fn Surveys(surveys: Vec<SurveyResult>, monday: NaiveDate) -> impl IntoView {
    surveys.into_iter().enumerate().map(|(n, survey)| view! { <Answered n survey monday /> }).collect_view()
}

/// Whose answers, of which week.
#[derive(Clone)]
struct Of {
    monday: NaiveDate,
    department: Option<Line>,
    responses: i32,
}

impl Of {
    fn name(&self, locale: Locale) -> String {
        match &self.department {
            Some(Line { title_zh, title_en, .. }) => pick(locale, title_zh, title_en),
            None => td_string!(locale, ratings.results.everybody).to_owned(),
        }
    }
}

#[component]
fn Answered(n: usize, survey: SurveyResult, monday: NaiveDate) -> impl IntoView {
    let i18n = use_i18n();
    let SurveyResult { all: SurveyAnswers { responses, rows }, departments } = survey;
    let title = || format!("ratings-survey-{n}");
    let of = Of { monday, department: None, responses };
    let parts = departments.into_iter().enumerate().map(|(at, department)| {
        view! { <Department id=format!("ratings-survey-{n}-{at}") department monday /> }
    });
    let parts = parts.collect_view();
    view! {
        <section class="sheet" aria-labelledby=title() data-survey="">
            <h2 class="sheet-title" id=title()>{t!(i18n, ratings.results.survey)}</h2>
            <p class="hint">{move || t_string!(i18n, ratings.results.responses, n = responses)}</p>
            <Rows id=title() rows of />
            <h3 class="sheet-part">{t!(i18n, ratings.results.by_department)}</h3>
            <ul class="grid gap-2">{parts}</ul>
        </section>
    }
}

/// A department; what would tell of a few people is not shown.
#[component]
fn Department(id: String, department: SurveyDepartment, monday: NaiveDate) -> impl IntoView {
    let i18n = use_i18n();
    let SurveyDepartment { line, answers } = department;
    let key = line.as_ref().map(|line| line.code.clone()).unwrap_or_default();
    let named = line.clone();
    let name = move || match &named {
        Some(Line { title_zh, title_en, .. }) => pick(i18n.get_locale(), title_zh, title_en),
        None => t_string!(i18n, ratings.results.no_department).to_owned(),
    };
    let standing = if answers.is_some() { "shown" } else { "hidden" };
    let body = match answers {
        Some(SurveyAnswers { responses, rows }) => {
            let of = Of { monday, department: line, responses };
            let heading = id.clone();
            view! {
                <details>
                    <summary id=heading>
                        {name} " · " {move || t_string!(i18n, ratings.results.responses, n = responses)}
                    </summary>
                    <Rows id rows of />
                </details>
            }
            .into_any()
        }
        None => view! {
            <span class="inline-flex items-center gap-1 text-muted">
                <Icon mark=Mark::Lock />
                {name}
                " · "
                {t!(i18n, ratings.results.hidden)}
            </span>
        }
        .into_any(),
    };
    view! { <li data-department=standing data-code=key>{body}</li> }
}

/// How many chose each level, and the two upper ones together.
#[component]
fn Rows(id: String, rows: Vec<SurveyRow>, of: Of) -> impl IntoView {
    let i18n = use_i18n();
    let columns = FourLevel::ALL.iter().map(|level| {
        let key = level.key();
        view! { <th scope="col" class="number">{move || label(i18n.get_locale(), "four_level", key)}</th> }
    });
    let columns = columns.collect_view();
    let rows = rows.into_iter().map(|row| view! { <Question row of=of.clone() /> }).collect_view();
    view! {
        <div class="table-box" tabindex="0" role="region" aria-labelledby=id>
            <table class="figures">
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, ratings.results.question)}</th>
                        {columns}
                        <th scope="col" class="number">{t!(i18n, ratings.results.upper)}</th>
                        <th scope="col">{t!(i18n, ratings.results.follow)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Question(row: SurveyRow, of: Of) -> impl IntoView {
    let i18n = use_i18n();
    let SurveyRow { line, levels, upper, upper_low, upper_high } = row;
    let Line { code, title_zh, title_en } = line;
    let counts = levels.into_iter().map(|of| view! { <td class="number">{of.answers}</td> }).collect_view();
    let share = upper.map(percent).unwrap_or_default();
    let interval = upper_low.zip(upper_high).map(|(low, high)| {
        let (low, high) = (percent(low), percent(high));
        move || t_string!(i18n, ratings.results.interval, low = low.as_str(), high = high.as_str())
    });
    let area = FindingArea::of_row(&code);
    let sunday = of.monday + Days::new(6);
    let about = pick(i18n.get_locale_untracked(), &title_zh, &title_en);
    let (zh, en, said) = (title_zh.clone(), title_en.clone(), share.clone());
    let what = move |locale: Locale| {
        let (question, who) = (pick(locale, &zh, &en), of.name(locale));
        let (first, last) = (of.monday.to_string(), sunday.to_string());
        td_string!(
            locale,
            ratings.results.found_row,
            first = first.as_str(),
            last = last.as_str(),
            who = who.as_str(),
            question = question.as_str(),
            share = said.as_str(),
            n = of.responses
        )
    };
    view! {
        <tr data-row=code>
            <th scope="row">{move || pick(i18n.get_locale(), &title_zh, &title_en)}</th>
            {counts}
            <td class="number"><strong>{share}</strong> " " {interval}</td>
            <td><ToFinding on=sunday area what about /></td>
        </tr>
    }
}
