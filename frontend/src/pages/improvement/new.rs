//! `/desk/rectification/new?complaint=…`, `…?badRating=…`, `…?auditFinding=…`: a task for what was found right elsewhere.
//! Where a complaint has one already, it is shown instead; the other pages lead to theirs.

use domain::{
    AuditFindingId, BadRatingId, ComplaintId,
    improvement::{RectificationCause, RectificationQueue},
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
    params::ParamsMap,
};

use super::{CauseField, HOME, PostField, missing, post_of, steps::days};
use crate::{
    api::{
        ApiError,
        improvement::{
            Asked, Done, OpenAuditFindingTaskInput, OpenBadRatingTaskInput, RectifyComplaintInput,
            open_audit_finding_task, open_bad_rating_task, rectify_complaint, tasks,
        },
        posts::{Choices, choices},
    },
    components::{
        AsyncView, Icon, Mark, PageHeading,
        form::{Field, FieldKind, Form, FormState, Submit},
    },
    i18n::{t, t_string, use_i18n},
    pages::{
        posts::forms::{PersonField, people, signal},
        steps::required,
    },
};

/// What a task follows from.
#[derive(Clone, Copy)]
enum Source {
    Complaint(ComplaintId),
    BadRating(BadRatingId),
    AuditFinding(AuditFindingId),
}

impl Source {
    fn read(query: &ParamsMap) -> Option<Self> {
        let complaint = query.get("complaint").and_then(|id| id.parse().ok()).map(Self::Complaint);
        let rating = || query.get("badRating").and_then(|id| id.parse().ok()).map(Self::BadRating);
        let finding = || query.get("auditFinding").and_then(|id| id.parse().ok()).map(Self::AuditFinding);
        complaint.or_else(rating).or_else(finding)
    }

    /// Where it is shown.
    fn page(self) -> String {
        match self {
            Self::Complaint(id) => format!("/desk/complaints/{id}"),
            Self::BadRating(id) => format!("/desk/bad-ratings/{id}"),
            Self::AuditFinding(_) => "/desk/standards".to_owned(),
        }
    }
}

/// The page.
#[component]
pub fn NewRectification() -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let navigate = use_navigate();
    let source = query.with_untracked(Source::read);
    let cause = query.with_untracked(|query| query.get("cause"));
    let cause = cause.and_then(|key| RectificationCause::from_key(&key));
    let found = LocalResource::new(move || {
        let navigate = navigate.clone();
        async move {
            if let Source::Complaint(complaint) = source.ok_or_else(|| ApiError::of("NOT_FOUND"))? {
                let queue = Some(RectificationQueue::All);
                let known = tasks(Asked { queue, complaint: Some(complaint), ..Asked::default() }).await?;
                if let Some(row) = known.rows.first() {
                    let replace = NavigateOptions { replace: true, ..NavigateOptions::default() };
                    navigate(&format!("{HOME}/{}", row.task.id), replace);
                }
            }
            choices().await
        }
    });
    let ready = move |choices: Choices| source.map(|source| view! { <Fields source cause choices /> });
    let title = move || match source {
        Some(Source::BadRating(_)) => t_string!(i18n, improvement.new.title_rating),
        Some(Source::AuditFinding(_)) => t_string!(i18n, improvement.new.title_audit),
        Some(Source::Complaint(_)) | None => t_string!(i18n, improvement.new.title),
    };
    let lead = move || match source {
        Some(Source::BadRating(_)) => t_string!(i18n, improvement.new.lead_rating),
        Some(Source::AuditFinding(_)) => t_string!(i18n, improvement.new.lead_audit),
        Some(Source::Complaint(_)) | None => t_string!(i18n, improvement.new.lead),
    };
    view! {
        <p>
            <a class="link back" href=source.map_or_else(|| HOME.to_owned(), Source::page)>
                <Icon mark=Mark::Back />
                {t!(i18n, improvement.new.back)}
            </a>
        </p>
        <PageHeading title />
        <p class="desk-lead">{lead}</p>
        <AsyncView resource=found ready />
    }
}

#[component]
fn Fields(source: Source, cause: Option<RectificationCause>, choices: Choices) -> impl IntoView {
    let i18n = use_i18n();
    let navigate = use_navigate();
    let state = FormState::new("rectify");
    let (problem, post) = (signal(None), signal(None));
    let cause = signal(cause.map(RectificationCause::key));
    let (owner, number) = (signal(None), signal(None));
    let submit = move || {
        let problem = problem.get_untracked().trim().to_owned();
        let chosen = RectificationCause::from_key(&cause.get_untracked());
        let (days, wrong) = days(number);
        let found = [required("problem", &problem), missing("cause", chosen.is_none()), wrong];
        if state.check(found.concat())
            && let Some(cause) = chosen
        {
            let owner = owner.get_untracked().parse().ok();
            let navigate = navigate.clone();
            let opened = move |made: Done| {
                let replace = NavigateOptions { replace: true, ..NavigateOptions::default() };
                navigate(&format!("{HOME}/{}", made.id), replace);
            };
            match source {
                Source::Complaint(id) => {
                    let input = RectifyComplaintInput { id, problem, cause, post: post_of(post), owner, days };
                    state.send(rectify_complaint::ask(input), opened);
                }
                Source::BadRating(id) => {
                    let input = OpenBadRatingTaskInput { id, problem, cause, owner, days };
                    state.send(open_bad_rating_task::ask(input), opened);
                }
                Source::AuditFinding(id) => {
                    let input = OpenAuditFindingTaskInput { id, problem, cause, owner, days };
                    state.send(open_audit_finding_task::ask(input), opened);
                }
            }
        }
    };
    view! {
        <div class="sheet">
            <Form state on_submit=submit>
                <Field
                    name="problem"
                    kind=FieldKind::Area(500)
                    label=move || t_string!(i18n, improvement.problem)
                    hint=move || t_string!(i18n, improvement.new.problem_hint)
                    value=problem
                />
                <CauseField value=cause />
                {matches!(source, Source::Complaint(_)).then(|| view! { <PostField value=post /> })}
                <PersonField name="owner" label=move || t_string!(i18n, improvement.owner) value=owner people=people(&choices) optional=true />
                <Field
                    name="days"
                    kind=FieldKind::Number
                    label=move || t_string!(i18n, improvement.days)
                    hint=move || t_string!(i18n, improvement.days_hint)
                    value=number
                    optional=true
                />
                <Submit label=move || t_string!(i18n, improvement.findings.rectify) />
            </Form>
        </div>
    }
}
