//! The city's forms over GraphQL.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    FormVersionId,
    evaluation::forms::{FormContent, FormKind, FormStatus},
};
use entity::form_version::Summary;

use super::service::{self, Full, Listed, Seen};
use crate::{error::Result, graphql::context::ContextExt};

/// A version of a form.
#[derive(SimpleObject)]
struct FormVersion {
    /// Its id.
    id: FormVersionId,
    /// How often it was changed.
    version: i32,
    /// What the form is for.
    kind: FormKind,
    /// Counts the versions of its kind.
    number: i32,
    /// Where it is in its life.
    status: FormStatus,
    /// Whether it is the one of its kind that counts today.
    in_force: bool,
    /// The day from which it counts; null before its publication.
    valid_from: Option<NaiveDate>,
    /// The edition of the standard that it was made by.
    edition: String,
    /// The number of the version that it is a copy of.
    copied_from: Option<i32>,
    /// When it was last changed.
    changed_at: DateTime<Utc>,
}

/// A version with what is in it.
#[derive(SimpleObject)]
struct FormVersionPage {
    /// The version.
    form: FormVersion,
    /// What is in it.
    content: FormContent,
}

/// A kind of form to begin.
#[derive(InputObject)]
struct StartFormVersionInput {
    /// What it is for.
    kind: FormKind,
}

/// A version to copy.
#[derive(InputObject)]
struct CopyFormVersionInput {
    /// Which.
    id: FormVersionId,
}

/// A draft as it was seen, and what shall be in it.
#[derive(InputObject)]
struct EditFormVersionInput {
    /// Which.
    id: FormVersionId,
    /// How often it had been changed.
    version: i32,
    /// What shall be in it, whole.
    content: FormContent,
}

/// A draft as it was seen, and from when it shall count.
#[derive(InputObject)]
struct PublishFormVersionInput {
    /// Which.
    id: FormVersionId,
    /// How often it had been changed.
    version: i32,
    /// From today on or later.
    valid_from: NaiveDate,
}

/// A version as it was seen.
#[derive(InputObject)]
struct SeenFormVersionInput {
    /// Which.
    id: FormVersionId,
    /// How often it had been changed.
    version: i32,
}

/// Queries about forms.
#[derive(Default)]
pub struct FormsQuery;

#[Object]
impl FormsQuery {
    /// Every version that the viewer may read, by kind, the newest first, at most 200.
    #[graphql(complexity = "10 + child_complexity")]
    async fn form_versions(&self, ctx: &Context<'_>) -> Result<Vec<FormVersion>> {
        Ok(service::list(ctx.cx()?).await?.into_iter().map(Into::into).collect())
    }

    /// One version with what is in it.
    #[graphql(complexity = "10 + child_complexity")]
    async fn form_version(&self, ctx: &Context<'_>, id: FormVersionId) -> Result<FormVersionPage> {
        Ok(service::one(ctx.cx()?, id).await?.into())
    }
}

/// Writing forms.
#[derive(Default)]
pub struct FormsMutation;

#[Object]
impl FormsMutation {
    /// Begin a draft with the wording that the product ships.
    async fn start_form_version(&self, ctx: &Context<'_>, input: StartFormVersionInput) -> Result<FormVersionPage> {
        Ok(service::start(ctx.cx()?, input.kind).await?.into())
    }

    /// Begin a draft as a copy of a version.
    async fn copy_form_version(&self, ctx: &Context<'_>, input: CopyFormVersionInput) -> Result<FormVersionPage> {
        Ok(service::copy(ctx.cx()?, input.id).await?.into())
    }

    /// Replace what is in a draft.
    async fn edit_form_version(&self, ctx: &Context<'_>, input: EditFormVersionInput) -> Result<FormVersionPage> {
        let EditFormVersionInput { id, version, content } = input;
        Ok(service::edit(ctx.cx()?, Seen { id, version }, content).await?.into())
    }

    /// Let a draft count from a day on. It never changes again.
    async fn publish_form_version(&self, ctx: &Context<'_>, input: PublishFormVersionInput) -> Result<FormVersionPage> {
        let PublishFormVersionInput { id, version, valid_from } = input;
        Ok(service::publish(ctx.cx()?, Seen { id, version }, valid_from).await?.into())
    }

    /// Give a draft up.
    async fn withdraw_form_version(&self, ctx: &Context<'_>, input: SeenFormVersionInput) -> Result<FormVersionPage> {
        Ok(service::withdraw(ctx.cx()?, input.into()).await?.into())
    }

    /// Let a published version count no more.
    async fn retire_form_version(&self, ctx: &Context<'_>, input: SeenFormVersionInput) -> Result<FormVersionPage> {
        Ok(service::retire(ctx.cx()?, input.into()).await?.into())
    }
}

impl From<SeenFormVersionInput> for Seen {
    fn from(SeenFormVersionInput { id, version }: SeenFormVersionInput) -> Self {
        Self { id, version }
    }
}

impl From<Listed> for FormVersion {
    fn from(Listed { row, in_force }: Listed) -> Self {
        let Summary { id, kind, number, status, edition, copied_from, valid_from, changed_at, version } = row;
        Self { id, version, kind, number, status, in_force, valid_from, edition, copied_from, changed_at }
    }
}

impl From<Full> for FormVersionPage {
    fn from(Full { listed, content }: Full) -> Self {
        Self { form: listed.into(), content }
    }
}
