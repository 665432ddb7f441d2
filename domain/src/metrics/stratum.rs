//! The parts of a metric's counts, as text: `qr/<form version>`, `normal/007`, `deputies/09650`. A filter is the first
//! parts of it: `qr`, `normal`; no filter is everything.

use super::{Metric, StratumKind};
use crate::{
    FormVersionId, Violation, campaigns::CampaignKind, complaints::ComplaintClass, evaluation::ratings::PointChannel,
};

/// Whatever took longer counts as so many days.
pub const DAYS_MAX: u32 = 999;

/// The stratum of what was given in a channel by a form.
#[must_use]
pub fn rated(channel: PointChannel, form: FormVersionId) -> String {
    format!("{}/{form}", channel.key())
}

/// The stratum of a complaint of a class.
#[must_use]
pub fn classed(class: ComplaintClass) -> String {
    class.key().to_owned()
}

/// The stratum of a complaint of a class that took so many days.
#[must_use]
pub fn lasted(class: ComplaintClass, days: u32) -> String {
    format!("{}/{:03}", class.key(), days.min(DAYS_MAX))
}

/// No form comes to more, in hundredths.
pub const POINTS_MAX: u32 = 99_999;

/// The stratum of a form of a round that came to so many hundredths of a point.
#[must_use]
pub fn scored(round: CampaignKind, hundredths: u32) -> String {
    format!("{}/{:05}", round.key(), hundredths.min(POINTS_MAX))
}

/// The days of a stratum that [`lasted`] wrote, or the hundredths of one that [`scored`] wrote.
#[must_use]
pub fn amount(stratum: &str) -> Option<u32> {
    stratum.rsplit_once('/')?.1.parse().ok()
}

/// Whether a stratum belongs to what a filter asks for.
#[must_use]
pub fn within(stratum: &str, filter: &str) -> bool {
    filter.is_empty() || stratum.strip_prefix(filter).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether a filter is one that the metric's counts can answer; by days and points none is, medians and means are made of
/// them.
///
/// # Errors
/// `metrics.stratum_unknown` at `stratum`.
pub fn check_filter(metric: Metric, filter: &str) -> Result<(), Violation> {
    let mut kinds = metric.strata().iter();
    let known = filter.is_empty()
        || filter.split('/').all(|part| match kinds.next() {
            Some(StratumKind::Channel) => PointChannel::from_key(part).is_some(),
            Some(StratumKind::Form) => part.parse::<FormVersionId>().is_ok_and(|form| form.to_string() == part),
            Some(StratumKind::Class) => ComplaintClass::from_key(part).is_some(),
            Some(StratumKind::Round) => CampaignKind::from_key(part).is_some(),
            Some(StratumKind::Days | StratumKind::Points) | None => false,
        });
    if known { Ok(()) } else { Err(Violation::new("stratum", "metrics.stratum_unknown")) }
}
