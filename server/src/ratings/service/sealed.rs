//! What was given, from the moment it comes until it is opened with others: encrypted, and as long as any other.

use chrono::NaiveDate;
use domain::{
    FormVersionId, RatingPointId,
    evaluation::ratings::{Answers, Opinion, Place, PointChannel, answers_bytes, opinion_bytes},
};
use entity::sealed_rating;
use serde::{Deserialize, Serialize};

use crate::{
    crypto::{CenterKeys, hex, random, sha256},
    error::Result,
};

/// The bytes of each: with the longest words and every line ticked there is still room.
const LENGTH: usize = 12 * 1024;

/// A rating, or an answered form E.
#[derive(Debug, Serialize, Deserialize)]
pub enum Given {
    /// A good-bad rating.
    Rating(Opinion),
    /// Form E.
    Survey(Answers),
}

/// What is sealed.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sealed {
    /// At which point; none by a link.
    pub point: Option<RatingPointId>,
    /// How it came in.
    pub channel: PointChannel,
    /// By which form.
    pub form: FormVersionId,
    /// What stands for it in the day's root.
    pub commitment: String,
    /// What was given.
    pub given: Given,
}

impl Sealed {
    /// With its commitment; with what opens that, for whoever gave it and kept nowhere else; and with what the commitment is
    /// to.
    pub fn new(place: Place, given: Given) -> Result<(Self, String, String)> {
        let bytes = match &given {
            Given::Rating(opinion) => opinion_bytes(place, opinion.level, &opinion.marks()),
            Given::Survey(answers) => {
                answers_bytes(place, answers.visited_on, answers.department.as_deref(), &answers.rows)
            }
        };
        let opening = random::<32>()?;
        let commitment = hex(&sha256(&[&opening[..], &bytes].concat()));
        let Place { point, channel, form, .. } = place;
        Ok((Self { point, channel, form, commitment, given }, hex(&opening), hex(&bytes)))
    }

    /// Encrypts it for a day.
    pub fn seal(&self, keys: &CenterKeys, day: NaiveDate) -> Result<String> {
        let mut text = serde_json::to_string(self).map_err(anyhow::Error::from)?;
        let short =
            LENGTH.checked_sub(text.len()).ok_or_else(|| anyhow::anyhow!("a rating of {} bytes", text.len()))?;
        text.extend(std::iter::repeat_n(' ', short));
        keys.seal(&field(day), &text)
    }

    /// Opens what [`seal`](Self::seal) made.
    pub fn open(keys: &CenterKeys, row: &sealed_rating::Model) -> Result<Self> {
        Ok(serde_json::from_str(&keys.open(&field(row.day), &row.sealed)?).map_err(anyhow::Error::from)?)
    }
}

/// Bound to the day: a row that is moved to another does not open.
fn field(day: NaiveDate) -> String {
    format!("rating/{day}")
}

#[cfg(test)]
mod tests {
    use domain::{CenterId, evaluation::levels::FiveLevel};
    use uuid::Uuid;

    use super::*;
    use crate::crypto::Keys;

    fn sealed(level: FiveLevel, remark: Option<String>) -> Sealed {
        let indicators = (0..20).map(|n| (format!("{n:032}"), FiveLevel::BasicallySatisfied)).collect();
        let reasons = (0..20).map(|n| format!("{n:032}")).collect();
        let opinion = match &remark {
            None => Opinion { level, indicators: Vec::new(), reasons: Vec::new(), remark, contact: None },
            Some(_) => Opinion { level, indicators, reasons, remark, contact: Some("+86 138 0000 1234".to_owned()) },
        };
        let place = Place {
            center: CenterId(Uuid::from_u128(1)),
            point: Some(RatingPointId(Uuid::from_u128(2))),
            channel: PointChannel::Qr,
            form: FormVersionId(Uuid::from_u128(3)),
        };
        Sealed::new(place, Given::Rating(opinion)).unwrap().0
    }

    #[test]
    fn a_face_and_the_longest_words_are_sealed_alike() {
        let keys = Keys::from_base64("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc").unwrap();
        let keys = keys.center(CenterId(Uuid::from_u128(1)));
        let day = "2026-03-02".parse().unwrap();
        let face = sealed(FiveLevel::VerySatisfied, None).seal(&keys, day).unwrap();
        for widest in ["\"", "\n", "𠮷", "长"] {
            let long = sealed(FiveLevel::VeryDissatisfied, Some(widest.repeat(2000)));
            let text = long.seal(&keys, day).unwrap();
            assert_eq!(text.len(), face.len(), "{widest}");
            let row = sealed_rating::Model {
                center_id: CenterId(Uuid::from_u128(1)),
                id: domain::SealedRatingId(Uuid::nil()),
                day,
                sealed: text,
            };
            assert_eq!(Sealed::open(&keys, &row).unwrap().commitment, long.commitment);
            let moved = sealed_rating::Model { day: "2026-03-03".parse().unwrap(), ..row };
            assert!(Sealed::open(&keys, &moved).is_err());
        }
    }
}
