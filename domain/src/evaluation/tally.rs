//! What the root of a day is over: what stands for each rating and questionnaire, in the order of these values, and last how
//! many gave what. So neither can be changed afterwards, and no leaf joins a rating with its level.

use std::collections::BTreeMap;

use super::{
    levels::{FiveLevel, FourLevel},
    merkle::{self, Digest, Hash},
    ratings::{PointChannel, RatingOrigin},
};
use crate::FormVersionId;

/// How many of a day gave what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts(BTreeMap<String, u32>);

/// What is told of a rating or a questionnaire beside its levels.
#[derive(Clone, Copy, Debug)]
pub struct Kept {
    /// Whether somebody gave it.
    pub origin: RatingOrigin,
    /// How it came in.
    pub channel: PointChannel,
    /// By which form.
    pub form: FormVersionId,
}

impl Counts {
    /// One more rating.
    pub fn rating(&mut self, kept: Kept, level: FiveLevel) {
        self.one_more("rating", kept, level.key());
    }

    /// One more questionnaire, with the level of each of its rows.
    pub fn survey(&mut self, kept: Kept, rows: &[(String, FourLevel)]) {
        self.one_more("survey", kept, "");
        for (code, level) in rows {
            self.one_more("row", kept, &format!("{} {code}", level.key()));
        }
    }

    fn one_more(&mut self, what: &str, Kept { origin, channel, form }: Kept, which: &str) {
        let name = format!("{what} {} {} {form} {which}", origin.key(), channel.key());
        let count = self.0.entry(name).or_default();
        *count = count.saturating_add(1);
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = b"counts".to_vec();
        for (name, count) in &self.0 {
            // Keys and an id: their length fits.
            bytes.extend(u32::try_from(name.len()).unwrap_or(u32::MAX).to_be_bytes());
            bytes.extend(name.as_bytes());
            bytes.extend(count.to_be_bytes());
        }
        bytes
    }
}

/// The root of a day.
#[must_use]
pub fn root(hash: Hash, commitments: &[Digest], counts: &Counts) -> Digest {
    let mut sorted = commitments.to_vec();
    sorted.sort_unstable();
    let given = sorted.iter().map(|one| merkle::leaf(hash, one));
    let leaves: Vec<_> = given.chain([merkle::leaf(hash, &counts.bytes())]).collect();
    merkle::root(hash, &leaves)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn toy(data: &[u8]) -> Digest {
        let mut digest = [0; 32];
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        for round in 0..4_u8 {
            for byte in data.iter().chain([&round]) {
                state = (state ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3).rotate_left(23);
            }
            for (place, byte) in digest.iter_mut().skip(usize::from(round) * 8).zip(state.to_be_bytes()) {
                *place = byte;
            }
        }
        digest
    }

    fn kept() -> Kept {
        let form = FormVersionId(Uuid::from_u128(1));
        Kept { origin: RatingOrigin::Active, channel: PointChannel::Qr, form }
    }

    fn counts(levels: &[FiveLevel]) -> Counts {
        let mut counts = Counts::default();
        levels.iter().for_each(|level| counts.rating(kept(), *level));
        counts
    }

    #[test]
    fn the_order_in_which_they_came_makes_no_root() {
        use FiveLevel::{Dissatisfied, Satisfied};
        let given = [[3; 32], [1; 32], [2; 32]];
        let of = |given: &[Digest], levels: &[FiveLevel]| root(toy, given, &counts(levels));
        let whole = of(&given, &[Satisfied, Satisfied, Dissatisfied]);
        assert_eq!(of(&[[1; 32], [2; 32], [3; 32]], &[Dissatisfied, Satisfied, Satisfied]), whole);
        // One fewer, another one, or another level.
        assert_ne!(of(&given[..2], &[Satisfied, Satisfied, Dissatisfied]), whole);
        assert_ne!(of(&[[3; 32], [1; 32], [4; 32]], &[Satisfied, Satisfied, Dissatisfied]), whole);
        assert_ne!(of(&given, &[Satisfied; 3]), whole);
        assert_ne!(of(&given, &[Satisfied, Dissatisfied]), whole);
        assert_ne!(of(&[], &[]), of(&given, &[]));
    }

    #[test]
    fn every_row_of_a_questionnaire_counts_and_so_does_how_it_came() {
        let of = |kept: Kept, rows: &[(&str, FourLevel)]| {
            let mut counts = Counts::default();
            let rows: Vec<_> = rows.iter().map(|(code, level)| ((*code).to_owned(), *level)).collect();
            counts.survey(kept, &rows);
            counts
        };
        let rows = [("attitude", FourLevel::Satisfied), ("overall", FourLevel::FairlySatisfied)];
        let whole = of(kept(), &rows);
        assert_ne!(of(kept(), &rows[..1]), whole);
        assert_ne!(of(kept(), &[rows[0], ("overall", FourLevel::Satisfied)]), whole);
        assert_ne!(of(kept(), &[rows[0], ("place", FourLevel::FairlySatisfied)]), whole);
        assert_ne!(of(Kept { origin: RatingOrigin::Imported, ..kept() }, &rows), whole);
        assert_ne!(of(Kept { channel: PointChannel::Kiosk, ..kept() }, &rows), whole);
    }
}
