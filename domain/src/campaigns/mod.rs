//! Rounds of evaluation (评价活动; 7.2.3, domain sections F.1, F.5 to F.7): who rates whom, by which form, from when to
//! when, and what becomes of what they say.
//!
//! ```text
//! planned ─ open ─▶ open ─ close ─▶ closed ─ publish ─▶ published
//! ```
//!
//! What differs between the kinds is data ([`RULES`]). The order of a deputies' round (F.7) is told by [`steps::step`].

pub mod ballot;
pub mod city;
pub mod coverage;
pub mod draw;
pub mod remarks;
pub mod results;
pub mod steps;
pub mod third_party;

use chrono::{Days, NaiveDate};

use crate::{
    StaffId, Violation,
    complaints::form::length,
    evaluation::forms::FormKind,
    macros::text_enum,
    permission::Role,
    policy::{Policy, PolicyKey},
};

/// Longest name of a round, in characters.
pub const NAME_MAX: usize = 80;
/// Longest briefing, in characters.
pub const BRIEFING_MAX: usize = 2000;
/// Longest name of a group of peers, in characters.
pub const POOL_MAX: usize = 40;
/// Most targets of a round.
pub const TARGETS_MAX: usize = 100;
/// Most raters of a round.
pub const RATERS_MAX: usize = 200;
/// Days that a round may last.
const LASTS: u64 = 92;
/// Days ahead that one may be planned for.
const AHEAD: u64 = 366;
/// Days after its end for which its raters may still read replies.
const REPLIES: u64 = 366;

text_enum! {
    /// Who rates in a round (F.1). At a kiosk, and after a service, one rates without a round.
    pub enum CampaignKind {
        /// 两代表一委员评价 (7.2.3.3).
        Deputies = "deputies",
        /// 现场评价 (7.2.3.1).
        OnSite = "on_site",
        /// 上级评价 (7.2.3.5).
        Superior = "superior",
        /// 自评 (7.2.3.6). Its key in the glossary is `self`, which cannot name a variant.
        SelfRating = "self_rating",
        /// 互评 (7.2.3.7).
        Peer = "peer",
        /// 第三方机构专业评价 (7.2.3.8).
        ThirdParty = "third_party",
    }

    /// Where a round is.
    pub enum CampaignStatus {
        /// Being put together.
        Planned = "planned",
        /// Forms are filled in.
        Open = "open",
        /// No form is taken any more; what was said is worked through.
        Closed = "closed",
        /// The rated see what it came to.
        Published = "published",
    }

    /// What is done with a round.
    pub enum CampaignAction {
        /// Change what it is, whom it is about and who rates.
        Edit = "edit",
        /// Let the raters begin.
        Open = "open",
        /// Take no form any more.
        Close = "close",
        /// Show the rated what it came to.
        Publish = "publish",
    }

    /// What is rated.
    #[cfg_attr(feature = "graphql", graphql(name = "CampaignTargetKind"))]
    pub enum TargetKind {
        /// The whole center.
        Center = "center",
        /// A post.
        Post = "post",
        /// Somebody of the staff.
        Staff = "staff",
    }

    /// Where a rater is.
    #[cfg_attr(feature = "graphql", graphql(name = "CampaignRaterStatus"))]
    pub enum RaterStatus {
        /// Chosen, not told yet.
        Drawn = "drawn",
        /// Told, with a link.
        Invited = "invited",
        /// Takes part.
        Accepted = "accepted",
        /// Does not.
        Declined = "declined",
        /// Never answered.
        Expired = "expired",
    }

    /// Where somebody's form about one target is.
    pub enum BallotStatus {
        /// Being filled in.
        Draft = "draft",
        /// Given, once.
        HandedIn = "handed_in",
        /// Not given: they would be judging their own matter (回避).
        Recused = "recused",
    }

    /// How raters come to a round.
    #[cfg_attr(feature = "graphql", graphql(name = "CampaignRaters"))]
    pub enum Raters {
        /// Drawn from the center's roster of representatives, then invited.
        Roster = "roster",
        /// Invited by a link.
        Guests = "guests",
        /// People of the center who hold the role.
        Staff = "staff",
    }
}

/// What is so in all rounds of a kind.
#[derive(Clone, Copy, Debug)]
pub struct KindRules {
    /// Which kind.
    pub kind: CampaignKind,
    /// What is filled in.
    pub form: FormKind,
    /// What may be rated.
    pub targets: &'static [TargetKind],
    /// How raters come to it.
    pub raters: Raters,
    /// As whom they rate.
    pub roles: &'static [Role],
    /// Whether what is given is kept apart from who gave it (F.6).
    pub secret: bool,
    /// Whether a mean is shown only of so many forms (`campaign.least`): of those whose authors are not to be told
    /// apart.
    pub grouped: bool,
}

/// Every kind with its rules (F.1, F.6; all but the clauses' own words ASSUMPTION).
pub const RULES: &[KindRules] = &[
    KindRules {
        kind: CampaignKind::Deputies,
        form: FormKind::Conduct,
        targets: &[TargetKind::Center, TargetKind::Post, TargetKind::Staff],
        raters: Raters::Roster,
        roles: &draw::GROUPS,
        secret: false,
        grouped: true,
    },
    KindRules {
        kind: CampaignKind::OnSite,
        form: FormKind::Conduct,
        targets: &[TargetKind::Post, TargetKind::Staff],
        raters: Raters::Staff,
        roles: &[Role::PatrolInspector],
        secret: false,
        grouped: false,
    },
    KindRules {
        kind: CampaignKind::Superior,
        form: FormKind::Conduct,
        targets: &[TargetKind::Staff],
        raters: Raters::Staff,
        roles: &[Role::SuperiorRater],
        secret: false,
        grouped: false,
    },
    KindRules {
        kind: CampaignKind::SelfRating,
        form: FormKind::Conduct,
        targets: &[TargetKind::Staff],
        raters: Raters::Staff,
        roles: &[Role::SelfRater],
        secret: false,
        grouped: false,
    },
    KindRules {
        kind: CampaignKind::Peer,
        form: FormKind::Conduct,
        targets: &[TargetKind::Staff],
        raters: Raters::Staff,
        roles: &[Role::PeerRater],
        secret: true,
        grouped: true,
    },
    KindRules {
        kind: CampaignKind::ThirdParty,
        form: FormKind::ThirdParty,
        targets: &[TargetKind::Center, TargetKind::Post],
        raters: Raters::Guests,
        roles: &[Role::ThirdPartyLead, Role::ThirdPartyAssessor],
        secret: false,
        grouped: false,
    },
];

impl CampaignKind {
    /// What is so in all its rounds.
    #[must_use]
    pub fn rules(self) -> &'static KindRules {
        // A test sees to it that each kind is there.
        RULES.iter().find(|rules| rules.kind == self).unwrap_or(&RULES[0])
    }
}

/// A round, as it is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignForm {
    /// What it is called.
    pub name: String,
    /// The first day on which forms are taken.
    pub starts_on: NaiveDate,
    /// The last one.
    pub ends_on: NaiveDate,
    /// Until when its raters may read what becomes of their remarks.
    pub replies_until: NaiveDate,
    /// A mean is shown of so many forms at least; none takes the city's number.
    pub least: Option<u32>,
    /// What the raters are told beforehand.
    pub briefing: String,
}

impl CampaignForm {
    /// Every broken rule, in the order of the fields.
    #[must_use]
    pub fn check(&self, today: NaiveDate, policy: &Policy) -> Vec<Violation> {
        let wrong = |field, code, broken: bool| broken.then(|| Violation::new(field, code));
        let least = policy.get(PolicyKey::CampaignLeast);
        let few = self.least.filter(|own| !(least..=50).contains(own));
        [
            length("name", &self.name, 1, NAME_MAX),
            wrong("startsOn", "campaigns.day_past", self.ends_on < today),
            wrong("startsOn", "campaigns.day_far", self.starts_on > today + Days::new(AHEAD)),
            wrong("endsOn", "campaigns.ends_before", self.ends_on < self.starts_on),
            wrong("endsOn", "campaigns.too_long", self.ends_on > self.starts_on + Days::new(LASTS)),
            wrong("repliesUntil", "campaigns.replies_before", self.replies_until < self.ends_on),
            wrong("repliesUntil", "campaigns.day_far", self.replies_until > self.ends_on + Days::new(REPLIES)),
            few.map(|_| Violation::new("least", "campaigns.least").with("min", least)),
            length("briefing", &self.briefing, 1, BRIEFING_MAX),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// Where `action` takes a round in `status`.
///
/// # Errors
/// `campaigns.step` where it cannot be done.
pub const fn after(status: CampaignStatus, action: CampaignAction) -> Result<CampaignStatus, Violation> {
    match (status, action) {
        (CampaignStatus::Planned, CampaignAction::Edit) => Ok(CampaignStatus::Planned),
        (CampaignStatus::Planned, CampaignAction::Open) => Ok(CampaignStatus::Open),
        (CampaignStatus::Open, CampaignAction::Close) => Ok(CampaignStatus::Closed),
        (CampaignStatus::Closed, CampaignAction::Publish) => Ok(CampaignStatus::Published),
        _ => Err(Violation::new("", "campaigns.step")),
    }
}

/// Whether raters may still come to a round: it takes forms, or will.
#[must_use]
pub const fn takes_raters(status: CampaignStatus) -> bool {
    matches!(status, CampaignStatus::Planned | CampaignStatus::Open)
}

/// Whether a form may be given today.
///
/// # Errors
/// `campaigns.early` (arg `day`), `campaigns.late`, `campaigns.not_open`.
pub fn takes_forms(
    status: CampaignStatus,
    (starts_on, ends_on): (NaiveDate, NaiveDate),
    today: NaiveDate,
) -> Result<(), Violation> {
    match status {
        _ if today > ends_on => Err(Violation::new("", "campaigns.late")),
        CampaignStatus::Closed | CampaignStatus::Published => Err(Violation::new("", "campaigns.late")),
        CampaignStatus::Planned => Err(Violation::new("", "campaigns.not_open")),
        CampaignStatus::Open if today < starts_on => Err(Violation::new("", "campaigns.early").with("day", starts_on)),
        CampaignStatus::Open => Ok(()),
    }
}

/// Who somebody is, for the question whom they rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing<'a> {
    /// As somebody who works here, if they do.
    pub staff: Option<StaffId>,
    /// Their group of peers.
    pub pool: Option<&'a str>,
}

/// Whether somebody rates a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assignment {
    /// They do.
    Yes,
    /// It is themself.
    Oneself,
    /// It is not theirs to rate.
    No,
}

/// Whether `rater` rates `target` in a round of this kind. Nobody rates themself, but where that is what is asked;
/// peers rate in their group.
#[must_use]
pub fn assigned(kind: CampaignKind, rater: Standing<'_>, target: Standing<'_>) -> Assignment {
    let same = rater.staff.is_some() && rater.staff == target.staff;
    match kind {
        CampaignKind::SelfRating if same => Assignment::Yes,
        CampaignKind::SelfRating => Assignment::No,
        _ if same => Assignment::Oneself,
        CampaignKind::Peer if rater.pool.is_none() || rater.pool != target.pool => Assignment::No,
        _ => Assignment::Yes,
    }
}

/// Whether these may be the targets of a round of this kind.
///
/// # Errors
/// `campaigns.no_targets`, `campaigns.many_targets` (arg `max`), `campaigns.target_kind`.
pub fn check_targets(kind: CampaignKind, targets: &[TargetKind]) -> Result<(), Violation> {
    let allowed = kind.rules().targets;
    if targets.is_empty() {
        return Err(Violation::new("targets", "campaigns.no_targets"));
    }
    if targets.len() > TARGETS_MAX {
        return Err(Violation::new("targets", "campaigns.many_targets").with("max", TARGETS_MAX));
    }
    if targets.iter().any(|target| !allowed.contains(target)) {
        return Err(Violation::new("targets", "campaigns.target_kind"));
    }
    Ok(())
}

/// What is wrong with the name of a group of peers.
#[must_use]
pub fn check_pool(kind: CampaignKind, pool: Option<&str>) -> Option<Violation> {
    match (kind, pool) {
        (CampaignKind::Peer, None) => Some(Violation::new("pool", "form.required")),
        (CampaignKind::Peer, Some(pool)) => length("pool", pool, 1, POOL_MAX),
        (_, Some(_)) => Some(Violation::new("pool", "campaigns.no_pool")),
        (_, None) => None,
    }
}

#[cfg(test)]
#[path = "campaigns_tests.rs"]
mod tests;
