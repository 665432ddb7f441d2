//! What the city office sees of its centers: numbers, no case.

pub mod counts;
