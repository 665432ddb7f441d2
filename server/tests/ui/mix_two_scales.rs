//! Levels of two scales do not meet in one mean.

use domain::evaluation::{
    levels::FiveLevel,
    scoring::{FourLevelOrdinalV1, Tally},
};

fn main() {
    let mut survey = Tally::<FourLevelOrdinalV1>::default();
    survey.add(FiveLevel::Satisfied);
}
