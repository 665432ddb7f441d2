//! What the city office sees of its centers: numbers, no case; and how it administers them.

pub mod calendar;
pub mod centers;
pub mod counts;
pub mod policy;
pub mod referral;
pub mod referrals;
