//! From what is stored to what GraphQL shows.

use domain::{
    CampaignTargetId,
    campaigns::{coverage::GroupCoverage, results::Mean},
};
use entity::{
    ballot, campaign, campaign_rater, campaign_remark, campaign_target, form_version::Summary, post, representative,
    representative_conflict,
};

use super::{
    super::service::{
        raters::{Called, Draw},
        reading::{Choices, Given, Listed, Mine, Outcome, Own, Page, Target},
        results::{Part, Published},
        roster,
    },
    types::{
        Campaign, CampaignChoices, CampaignCoverage, CampaignDraw, CampaignForm, CampaignFormChoice,
        CampaignInvitation, CampaignMean, CampaignMember, CampaignPage, CampaignPartMean, CampaignPost, CampaignRater,
        CampaignRaterEntry, CampaignRecused, CampaignRemark, CampaignResult, CampaignResultLine, CampaignShort,
        CampaignTarget, RatingRound, RatingRoundPage, RatingTask, Representative, RepresentativeConflict,
        RepresentativeEntry, SavedBallot,
    },
};
use crate::{posts::graphql::names, tenancy::repo::Member};

impl From<representative::Model> for Representative {
    fn from(row: representative::Model) -> Self {
        let representative::Model { id, version, role, name, unit, from_on, until_on, staff_id, .. } = row;
        Self { id, version, group: role, name, unit, from: from_on, until: until_on, staff: staff_id }
    }
}

impl From<(representative_conflict::Model, String)> for RepresentativeConflict {
    fn from((row, about): (representative_conflict::Model, String)) -> Self {
        Self { id: row.id, post_id: row.post_id, staff: row.staff_id, about, reason: row.reason }
    }
}

impl From<roster::Listed> for RepresentativeEntry {
    fn from(roster::Listed { row, drawn, conflicts }: roster::Listed) -> Self {
        Self { representative: row.into(), drawn, conflicts: conflicts.into_iter().map(Into::into).collect() }
    }
}

impl From<campaign::Model> for Campaign {
    fn from(row: campaign::Model) -> Self {
        Self {
            id: row.id,
            version: row.version,
            kind: row.kind,
            name: row.name,
            form_version: row.form_version_id,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            replies_until: row.replies_until,
            least: row.least,
            briefing: row.briefing,
            status: row.status,
            coverage_note: row.coverage_note,
            closed_at: row.closed_at,
            published_at: row.published_at,
            by_city: row.city_round_id.is_some(),
        }
    }
}

impl From<campaign_target::Model> for CampaignTarget {
    fn from(row: campaign_target::Model) -> Self {
        let campaign_target::Model { id, kind, post_id, staff_id, pool, name, detail, .. } = row;
        Self { id, kind, post_id, staff: staff_id, pool, name, detail }
    }
}

impl From<campaign_rater::Model> for CampaignRater {
    fn from(row: campaign_rater::Model) -> Self {
        Self {
            id: row.id,
            version: row.version,
            role: row.role,
            name: row.name,
            unit: row.unit,
            pool: row.pool,
            status: row.status,
            reason: row.reason,
            seed: row.seed,
            briefed_at: row.briefed_at,
            reminded_at: row.reminded_at,
        }
    }
}

impl From<Listed> for CampaignRaterEntry {
    fn from(Listed { row, facts }: Listed) -> Self {
        Self { rater: row.into(), assigned: facts.assigned, handed_in: facts.handed_in, recused: facts.recused }
    }
}

impl From<GroupCoverage> for CampaignCoverage {
    fn from(GroupCoverage { role, named, accepted, done, least }: GroupCoverage) -> Self {
        Self { role, named, accepted, done, least }
    }
}

impl From<Part> for CampaignPartMean {
    fn from(Part { target, code, title, mean, most }: Part) -> Self {
        Self { target, code, title_zh: title.zh, title_en: title.en, mean, most }
    }
}

impl From<Given> for CampaignForm {
    fn from(Given { row, content, files }: Given) -> Self {
        Self {
            id: row.id,
            target: row.target_id,
            rater: row.rater_id,
            content,
            total: row.total,
            vetoed: row.vetoed,
            files,
        }
    }
}

impl From<campaign_remark::Model> for CampaignRemark {
    fn from(row: campaign_remark::Model) -> Self {
        Self {
            id: row.id,
            version: row.version,
            target: row.target_id,
            rater: row.rater_id,
            kind: row.kind,
            text: row.text,
            category: row.category,
            disposition: row.disposition,
            task: row.task_id,
            reply: row.reply,
            replied_at: row.replied_at,
            opinion: row.opinion,
            opinion_note: row.opinion_note,
        }
    }
}

impl CampaignRemark {
    /// As whoever said it reads it: the task is the center's own.
    pub(super) fn of_author(row: campaign_remark::Model) -> Self {
        Self { task: None, ..row.into() }
    }
}

/// The mean of each target, with its interval where there is one.
fn means(outcome: &Outcome) -> Vec<CampaignMean> {
    let mean = |(target, mean): &(CampaignTargetId, Option<Mean>)| {
        let interval = outcome.intervals.iter().find(|(of, _)| of == target).map(|(_, interval)| *interval);
        CampaignMean {
            target: *target,
            mean: mean.map(|mean| mean.mean),
            forms: mean.map(|mean| mean.forms),
            from: interval.map(|interval| interval.from),
            to: interval.map(|interval| interval.to),
        }
    };
    outcome.shown.targets.iter().map(mean).collect()
}

impl From<Page> for CampaignPage {
    fn from(page: Page) -> Self {
        Self {
            means: means(&page.outcome),
            whole: page.outcome.shown.whole.map(|mean| mean.mean),
            hidden: page.outcome.shown.hidden,
            parts: page.outcome.parts.into_iter().map(Into::into).collect(),
            campaign: page.row.into(),
            form_number: page.version.number,
            form: page.form,
            step: page.step,
            targets: page.targets.into_iter().map(Into::into).collect(),
            raters: page.raters.into_iter().map(Into::into).collect(),
            coverage: page.coverage.into_iter().map(Into::into).collect(),
            covered: page.covered,
            forms: page.given.into_iter().map(Into::into).collect(),
            remarks: page.remarks.into_iter().map(Into::into).collect(),
            open_remarks: page.open_remarks,
            actions: page.actions,
        }
    }
}

impl From<Draw> for CampaignDraw {
    fn from(Draw { campaign, seed, drawn, recused }: Draw) -> Self {
        let short = |(role, missing)| CampaignShort { role, missing };
        let passed = |(name, recusal)| CampaignRecused { name, recusal };
        Self {
            campaign: campaign.into(),
            seed,
            drawn: drawn.chosen.len(),
            short: drawn.short.into_iter().map(short).collect(),
            recused: recused.into_iter().map(passed).collect(),
        }
    }
}

impl From<Called> for CampaignInvitation {
    fn from(Called { rater, login, link }: Called) -> Self {
        Self { rater: rater.into(), login, token: link.token, expires_at: link.expires_at }
    }
}

impl From<post::Model> for CampaignPost {
    fn from(post::Model { id, code, name, .. }: post::Model) -> Self {
        Self { id, code, name }
    }
}

impl From<Choices> for CampaignChoices {
    fn from(choices: Choices) -> Self {
        let Choices { posts, staff, forms, members, least, group_least } = choices;
        let form = |Summary { id, kind, number, valid_from, .. }| CampaignFormChoice { id, kind, number, valid_from };
        let member = |member: Member| CampaignMember {
            account_id: member.account_id,
            name: member.display_name,
            roles: member.roles,
        };
        Self {
            posts: posts.into_iter().map(Into::into).collect(),
            staff: names(staff),
            forms: forms.into_iter().map(form).collect(),
            members: members.into_iter().map(member).collect(),
            least,
            group_least,
        }
    }
}

impl From<Own> for RatingRound {
    fn from(Own { row, me, facts }: Own) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            name: row.name,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            replies_until: row.replies_until,
            status: row.status,
            secret: row.kind.rules().secret,
            least: row.least,
            briefing: row.briefing,
            role: me.role,
            standing: me.status,
            reminded_at: me.reminded_at,
            assigned: facts.assigned,
            handed_in: facts.handed_in,
            recused: facts.recused,
        }
    }
}

impl From<Target> for RatingTask {
    fn from(Target { row, ballot, content, files }: Target) -> Self {
        let campaign_target::Model { id, kind, name, detail, .. } = row;
        let (status, version) = ballot.map_or((None, 0), |ballot| (Some(ballot.status), ballot.version));
        Self { id, kind, name, detail, status, version, content, files }
    }
}

impl From<Mine> for RatingRoundPage {
    fn from(Mine { part, form_version, form, targets, remarks }: Mine) -> Self {
        Self {
            round: part.into(),
            form_version,
            form,
            tasks: targets.into_iter().map(Into::into).collect(),
            remarks: remarks.into_iter().map(CampaignRemark::of_author).collect(),
        }
    }
}

impl From<Published> for CampaignResult {
    fn from(Published { row, version, targets, parts }: Published) -> Self {
        let line = |(target, mean): (campaign_target::Model, Option<Mean>)| CampaignResultLine {
            target: target.into(),
            mean: mean.map(|mean| mean.mean),
            forms: mean.map(|mean| mean.forms),
        };
        Self {
            campaign: row.into(),
            form_number: version.number,
            lines: targets.into_iter().map(line).collect(),
            parts: parts.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<ballot::Model> for SavedBallot {
    fn from(row: ballot::Model) -> Self {
        Self { target: row.target_id, status: row.status, version: row.version }
    }
}
