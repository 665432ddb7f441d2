//! The city's forms.

use chrono::{DateTime, NaiveDate, Utc};
use cynic::QueryBuilder;
use domain::{
    FormVersionId,
    evaluation::forms::{FormContent, FormKind, FormStatus},
};

use super::{ApiError, account::questions, run, schema};

/// A version of a form.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct FormVersion {
    pub id: FormVersionId,
    pub version: i32,
    pub kind: FormKind,
    pub number: i32,
    pub status: FormStatus,
    pub in_force: bool,
    pub valid_from: Option<NaiveDate>,
    pub edition: String,
    pub copied_from: Option<i32>,
    pub changed_at: DateTime<Utc>,
}

/// A version with what is in it.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "FormVersionPage")]
pub struct Page {
    pub form: FormVersion,
    pub content: FormContent,
}

#[derive(cynic::InputObject)]
pub struct StartFormVersionInput {
    pub kind: FormKind,
}

#[derive(cynic::InputObject)]
pub struct CopyFormVersionInput {
    pub id: FormVersionId,
}

#[derive(cynic::InputObject)]
pub struct EditFormVersionInput {
    pub id: FormVersionId,
    pub version: i32,
    pub content: FormContent,
}

#[derive(cynic::InputObject)]
pub struct PublishFormVersionInput {
    pub id: FormVersionId,
    pub version: i32,
    pub valid_from: NaiveDate,
}

#[derive(cynic::InputObject)]
pub struct SeenFormVersionInput {
    pub id: FormVersionId,
    pub version: i32,
}

questions! {
    start_form_version = "startFormVersion" (StartFormVersionInput) -> Page;
    copy_form_version = "copyFormVersion" (CopyFormVersionInput) -> Page;
    edit_form_version = "editFormVersion" (EditFormVersionInput) -> Page;
    publish_form_version = "publishFormVersion" (PublishFormVersionInput) -> Page;
    withdraw_form_version = "withdrawFormVersion" (SeenFormVersionInput) -> Page;
    retire_form_version = "retireFormVersion" (SeenFormVersionInput) -> Page;
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct FormsQuery {
    form_versions: Vec<FormVersion>,
}

/// Every version that the viewer may read, by kind, the newest first.
///
/// # Errors
/// Whatever the server or the network says.
pub async fn versions() -> Result<Vec<FormVersion>, ApiError> {
    Ok(run(FormsQuery::build(())).await?.form_versions)
}

#[derive(cynic::QueryVariables)]
struct FormVariables {
    id: FormVersionId,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "FormVariables")]
struct FormQuery {
    #[arguments(id: $id)]
    form_version: Page,
}

/// One version with what is in it.
///
/// # Errors
/// Whatever the server or the network says.
pub async fn version(id: FormVersionId) -> Result<Page, ApiError> {
    Ok(run(FormQuery::build(FormVariables { id })).await?.form_version)
}
