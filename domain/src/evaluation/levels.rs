//! The two scales that people answer on. A level is kept as it was given; what number it is, only a rule of
//! [`scoring`](super::scoring) says.

use crate::macros::text_enum;

text_enum! {
    /// Form E's scale: four levels and no middle (annex E).
    pub enum FourLevel {
        /// 满意.
        Satisfied = "satisfied",
        /// 比较满意.
        FairlySatisfied = "fairly_satisfied",
        /// 不太满意.
        NotVerySatisfied = "not_very_satisfied",
        /// 很不满意.
        VeryDissatisfied = "very_dissatisfied",
    }

    /// The good-bad rating's scale (7.2.3.4.1): five levels, the last two of which are bad.
    pub enum FiveLevel {
        /// 非常满意.
        VerySatisfied = "very_satisfied",
        /// 满意.
        Satisfied = "satisfied",
        /// 基本满意.
        BasicallySatisfied = "basically_satisfied",
        /// 不满意.
        Dissatisfied = "dissatisfied",
        /// 非常不满意.
        VeryDissatisfied = "very_dissatisfied",
    }
}

impl FourLevel {
    /// Whether it is one of the two upper levels.
    #[must_use]
    pub const fn is_upper(self) -> bool {
        matches!(self, Self::Satisfied | Self::FairlySatisfied)
    }
}

impl FiveLevel {
    /// Whether it is a bad rating (差评), after which reasons are offered and a case begins.
    #[must_use]
    pub const fn is_bad(self) -> bool {
        matches!(self, Self::Dissatisfied | Self::VeryDissatisfied)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_two_of_five_levels_are_bad() {
        let bad: Vec<_> = FiveLevel::ALL.iter().filter(|level| level.is_bad()).map(|level| level.key()).collect();
        assert_eq!(bad, ["dissatisfied", "very_dissatisfied"]);
        assert_eq!((FourLevel::ALL.len(), FiveLevel::ALL.len()), (4, 5));
        assert!(FourLevel::ALL[..2].iter().all(|level| level.is_upper()));
        assert!(!FourLevel::ALL[2..].iter().any(|level| level.is_upper()), "there is no middle");
    }
}
