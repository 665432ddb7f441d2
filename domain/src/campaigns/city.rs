//! Rounds that the city organises in several centers: in each one a round of its own, about the center as a whole, whose
//! words, form and days are the city's. The city opens and closes them together; who rates, and what becomes of what was
//! said, is each center's. What they came to stands side by side: no mean across panels, no rank (domain section H.2).
//!
//! ```text
//! planned ─ open ─▶ open ─ close ─▶ closed
//! ```

use super::{CampaignKind, CampaignStatus, TargetKind};
use crate::{CenterId, Violation, macros::text_enum};

/// Most centers of a round.
pub const CENTERS_MAX: usize = 100;

text_enum! {
    /// Where a round of the city is.
    pub enum CityRoundStatus {
        /// The centers find their raters.
        Planned = "planned",
        /// Forms are filled in.
        Open = "open",
        /// No form is taken any more; each center works through what was said, and publishes.
        Closed = "closed",
    }

    /// What the city does with it.
    pub enum CityRoundAction {
        /// Let the raters of all centers begin.
        Open = "open",
        /// Take no form any more, in any of them.
        Close = "close",
    }
}

/// Where `action` takes a round of the city.
///
/// # Errors
/// `campaigns.step` where it cannot be done.
pub const fn after(status: CityRoundStatus, action: CityRoundAction) -> Result<CityRoundStatus, Violation> {
    match (status, action) {
        (CityRoundStatus::Planned, CityRoundAction::Open) => Ok(CityRoundStatus::Open),
        (CityRoundStatus::Open, CityRoundAction::Close) => Ok(CityRoundStatus::Closed),
        _ => Err(Violation::new("", "campaigns.step")),
    }
}

/// Whether the city organises rounds of a kind: those that rate a center as a whole.
#[must_use]
pub fn is_organised(kind: CampaignKind) -> bool {
    kind.rules().targets.contains(&TargetKind::Center)
}

/// What is wrong with the kind and the centers of a round.
#[must_use]
pub fn check(kind: CampaignKind, centers: &[CenterId]) -> Vec<Violation> {
    let twice = centers.iter().enumerate().any(|(n, one)| centers.iter().take(n).any(|other| other == one));
    let found = if centers.is_empty() {
        Some(Violation::new("centers", "form.required"))
    } else if centers.len() > CENTERS_MAX {
        Some(Violation::new("centers", "campaigns.many_centers").with("max", CENTERS_MAX))
    } else {
        twice.then(|| Violation::new("centers", "campaigns.target_twice"))
    };
    let kind = (!is_organised(kind)).then(|| Violation::new("kind", "campaigns.city_kind"));
    [kind, found].into_iter().flatten().collect()
}

/// What a center's round has to do to follow the city's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follow {
    /// It does.
    Nothing,
    /// Begin.
    Open,
    /// End.
    Close,
}

/// What a center's round in `own` has to do to follow the city's. One that could not be opened in time stays as it is.
#[must_use]
pub const fn follow(city: CityRoundStatus, own: CampaignStatus) -> Follow {
    match (city, own) {
        (CityRoundStatus::Open, CampaignStatus::Planned) => Follow::Open,
        (CityRoundStatus::Closed, CampaignStatus::Open) => Follow::Close,
        _ => Follow::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_of_the_city_is_opened_and_closed_once() {
        use CityRoundAction as A;
        use CityRoundStatus as S;
        for (status, action, to) in [(S::Planned, A::Open, Some(S::Open)), (S::Open, A::Close, Some(S::Closed))] {
            assert_eq!(after(status, action).ok(), to);
        }
        for (status, action) in
            [(S::Planned, A::Close), (S::Open, A::Open), (S::Closed, A::Open), (S::Closed, A::Close)]
        {
            assert_eq!(after(status, action).unwrap_err().code, "campaigns.step");
        }
    }

    #[test]
    fn the_city_organises_what_rates_a_center_as_a_whole_in_centers_named_once() {
        let kinds: Vec<_> = CampaignKind::ALL.iter().copied().filter(|kind| is_organised(*kind)).collect();
        assert_eq!(kinds, [CampaignKind::Deputies, CampaignKind::ThirdParty]);
        let center = |n| CenterId(uuid::Uuid::from_u128(n));
        let codes = |kind, centers: &[CenterId]| check(kind, centers).into_iter().map(|v| v.code).collect::<Vec<_>>();
        assert!(codes(CampaignKind::ThirdParty, &[center(1), center(2)]).is_empty());
        assert_eq!(codes(CampaignKind::Peer, &[]), ["campaigns.city_kind", "form.required"]);
        assert_eq!(codes(CampaignKind::Deputies, &[center(1), center(1)]), ["campaigns.target_twice"]);
        let many: Vec<_> = (0..101).map(center).collect();
        assert_eq!(codes(CampaignKind::Deputies, &many), ["campaigns.many_centers"]);
    }

    #[test]
    fn a_center_follows_the_city_and_goes_on_by_itself_once_its_round_is_closed() {
        use CampaignStatus as C;
        let steps = |city| C::ALL.iter().map(|own| follow(city, *own)).collect::<Vec<_>>();
        let nothing = Follow::Nothing;
        assert_eq!(steps(CityRoundStatus::Planned), [nothing; 4]);
        assert_eq!(steps(CityRoundStatus::Open), [Follow::Open, nothing, nothing, nothing]);
        assert_eq!(steps(CityRoundStatus::Closed), [nothing, Follow::Close, nothing, nothing]);
    }
}
