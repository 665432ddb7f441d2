//! What published rounds came to, for the rated: of the center and its posts, and of oneself; means alone, of so many
//! forms at least.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    CampaignId, CampaignTargetId,
    campaigns::{
        TargetKind,
        results::{Mean, mean},
    },
    evaluation::forms::{FormContent, Words},
    permission::Permission,
};
use entity::{campaign, campaign_form, campaign_target, form_version::Summary};

use super::{read, reading::outcome, repo};
use crate::{error::Result, evaluation::forms, graphql::context::Cx, posts};

/// The mean of a part of the form.
pub struct Part {
    /// Of which target.
    pub target: CampaignTargetId,
    /// Its code in the form.
    pub code: String,
    /// Its name.
    pub title: Words,
    /// The mean in hundredths.
    pub mean: u32,
    /// The most that it may come to.
    pub most: u32,
}

/// The parts of a form with their names and the most that each may come to.
fn names(form: &FormContent) -> Vec<(String, Words, u32)> {
    match form {
        FormContent::Conduct(form) => form
            .dimensions
            .iter()
            .map(|one| (one.code.clone(), one.title.clone(), u32::from(one.points) * 100))
            .collect(),
        FormContent::ThirdParty(form) => {
            form.groups.iter().map(|one| (one.code.clone(), one.title.clone(), one.weight() * 100)).collect()
        }
        FormContent::Questionnaire(_) | FormContent::GoodBad(_) => Vec::new(),
    }
}

/// The means by part of the form, of the targets that are shown.
pub(super) fn parts(
    form: &FormContent,
    rows: &[campaign_form::Model],
    seen: &BTreeSet<CampaignTargetId>,
) -> Result<Vec<Part>> {
    let mut scores: BTreeMap<(CampaignTargetId, String), Vec<u32>> = BTreeMap::new();
    for row in rows.iter().filter(|row| seen.contains(&row.target_id)) {
        for (code, score) in read(&row.content)?.score(form)?.parts {
            scores.entry((row.target_id, code)).or_default().push(score);
        }
    }
    let names = names(form);
    let part = |target: CampaignTargetId, (code, title, most): &(String, Words, u32)| {
        let Mean { mean, .. } = mean(scores.get(&(target, code.clone()))?)?;
        Some(Part { target, code: code.clone(), title: title.clone(), mean, most: *most })
    };
    Ok(seen.iter().flat_map(|target| names.iter().filter_map(move |name| part(*target, name))).collect())
}

/// A published round, as the rated see it.
pub struct Published {
    /// The round.
    pub row: campaign::Model,
    /// By which version of a form.
    pub version: Summary,
    /// What the viewer may see of it, each with its mean where there are enough forms.
    pub targets: Vec<(campaign_target::Model, Option<Mean>)>,
    /// Their parts.
    pub parts: Vec<Part>,
}

/// The published rounds in which something was rated that the viewer may see.
pub async fn list(cx: &Cx) -> Result<Vec<Published>> {
    cx.scope()?.require(Permission::CampaignResultRead)?;
    let tx = cx.read().await?;
    let me = match tx.scope().account() {
        Some(account) => posts::repo::person_of(&tx, account).await?.map(|person| person.id),
        None => None,
    };
    let rounds = repo::published(&tx).await?;
    let ids: Vec<_> = rounds.iter().map(|row| row.id).collect();
    let mut targets: BTreeMap<CampaignId, Vec<campaign_target::Model>> = BTreeMap::new();
    for target in repo::targets_of(&tx, ids.clone()).await? {
        targets.entry(target.campaign_id).or_default().push(target);
    }
    let mut given: BTreeMap<CampaignId, Vec<campaign_form::Model>> = BTreeMap::new();
    for form in repo::forms_of(&tx, ids).await? {
        given.entry(form.campaign_id).or_default().push(form);
    }
    let versions = forms::service::contents(&tx, rounds.iter().map(|row| row.form_version_id).collect()).await?;
    let mut published = Vec::new();
    for row in rounds {
        let Some((version, form)) = versions.iter().find(|(version, _)| version.id == row.form_version_id) else {
            continue;
        };
        let all = targets.remove(&row.id).unwrap_or_default();
        let rows = given.remove(&row.id).unwrap_or_default();
        let outcome = outcome(&row, form, &all, &rows, false)?;
        let means: BTreeMap<_, _> = outcome.shown.targets.into_iter().collect();
        let mine = |target: &campaign_target::Model| {
            target.kind != TargetKind::Staff || (me.is_some() && target.staff_id == me)
        };
        let targets: Vec<_> = all
            .into_iter()
            .filter(mine)
            .map(|target| {
                let mean = means.get(&target.id).copied().flatten();
                (target, mean)
            })
            .collect();
        let shown: BTreeSet<_> = targets.iter().map(|(target, _)| target.id).collect();
        let parts = outcome.parts.into_iter().filter(|part| shown.contains(&part.target)).collect();
        if !targets.is_empty() {
            published.push(Published { version: version.clone(), row, targets, parts });
        }
    }
    Ok(published)
}
