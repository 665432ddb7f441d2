//! What may be done with rounds of evaluation: one verb, one transaction, one entry in the audit. The administrator
//! and the organiser put rounds together and work through what was said; whoever was named or invited rates.

pub mod course;
mod news;
pub mod planning;
pub mod raters;
pub mod rating;
pub mod reading;
pub mod remarks;
pub mod results;
pub mod roster;
pub mod third_party;

use domain::{
    BallotId, Violation,
    campaigns::ballot::{BallotContent, Demands},
    evaluation::forms::FormContent,
    permission::Permission,
};
use entity::{ballot, campaign};
use sea_orm::{ColumnTrait, Condition};

use super::repo;
use crate::{
    analytics::counting::Counted,
    crypto::CenterKeys,
    db::{ReadTx, WriteTx},
    error::{Error, Kind, Result},
    evaluation::forms,
    graphql::context::Cx,
    posts,
};

/// What the sealed column holds, for its key.
const SEALED: &str = "ballot";

pub(in crate::campaigns) async fn manage(cx: &Cx) -> Result<WriteTx> {
    cx.write(&cx.scope()?.require(Permission::CampaignManage)?).await
}

/// What the city organises, the center neither changes nor opens nor closes.
fn centers_own(row: &campaign::Model) -> Result<()> {
    if row.city_round_id.is_some() { Err(Violation::new("", "campaigns.citys").into()) } else { Ok(()) }
}

pub(in crate::campaigns) fn sound(found: Vec<Violation>) -> Result<()> {
    if found.is_empty() { Ok(()) } else { Err(Error::Invalid(found)) }
}

/// What is in the form of a round.
async fn form_of(tx: &ReadTx, row: &campaign::Model) -> Result<FormContent> {
    Ok(forms::service::published(tx, row.form_version_id).await?.1)
}

/// How strictly a form of a round is looked at.
fn demands(row: &campaign::Model, today: chrono::NaiveDate) -> Demands {
    Demands { from: row.starts_on, today, secret: row.kind.rules().secret }
}

fn written(content: &BallotContent) -> Result<String> {
    Ok(serde_json::to_string(content).map_err(anyhow::Error::from)?)
}

fn read(text: &str) -> Result<BallotContent> {
    Ok(serde_json::from_str(text).map_err(anyhow::Error::from)?)
}

/// What is being filled in, as it is kept: only whoever fills it in ever reads it.
fn seal(keys: &CenterKeys, content: &BallotContent) -> Result<String> {
    keys.seal(SEALED, &written(content)?)
}

fn unseal(keys: &CenterKeys, row: &ballot::Model) -> Result<Option<BallotContent>> {
    row.sealed.as_deref().map(|sealed| read(&keys.open(SEALED, sealed)?)).transpose()
}

/// What the published rounds of the center in scope come to.
///
/// # Errors
/// From the database.
pub async fn counted(tx: &ReadTx, counted: &mut Counted) -> Result<()> {
    let rounds = repo::published(tx).await?;
    let given = repo::forms_of(tx, rounds.iter().map(|row| row.id).collect()).await?;
    let versions = forms::service::contents(tx, rounds.iter().map(|row| row.form_version_id).collect()).await?;
    for round in rounds {
        let form = versions.iter().find(|(version, _)| version.id == round.form_version_id);
        let of_round: Vec<_> = given.iter().filter(|form| form.campaign_id == round.id).cloned().collect();
        counted.round(&round, form.is_some_and(|(_, form)| is_form_d(form)), &of_round);
    }
    Ok(())
}

const fn is_form_d(form: &FormContent) -> bool {
    matches!(form, FormContent::Conduct(_))
}

/// Whether the files of a form are ones that a scope sees: it was handed in, and is not about the viewer.
///
/// # Errors
/// From the database.
pub async fn sees_ballot(tx: &ReadTx, id: BallotId) -> Result<bool> {
    let which = Condition::all().add(ballot::Column::Id.eq(id));
    let Some(row) = tx.select::<ballot::Entity>()?.filter(which).one().await? else { return Ok(false) };
    if row.status != domain::campaigns::BallotStatus::HandedIn {
        return Ok(false);
    }
    match repo::target(tx, row.target_id).await {
        Ok(target) => Ok(!is_me(tx, target.staff_id).await?),
        Err(Error::NotFound(Kind::Row)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether somebody of the staff is the viewer.
async fn is_me(tx: &ReadTx, staff: Option<domain::StaffId>) -> Result<bool> {
    let (Some(staff), Some(account)) = (staff, tx.scope().account()) else { return Ok(false) };
    Ok(posts::repo::person_of(tx, account).await?.is_some_and(|me| me.id == staff))
}
