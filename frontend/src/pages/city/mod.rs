//! What the city office sees of its centers: numbers, no case; and how it administers them.

pub mod appeal;
pub mod appeals;
pub mod calendar;
pub mod centers;
pub mod counts;
pub mod policy;
pub mod referral;
pub mod referrals;
pub mod round;
pub mod rounds;
