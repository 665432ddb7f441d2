//! What happens without anybody asking. Each job acts inside one center at a time, by a
//! scope of its own, and writes only when there is something to write.

pub mod anchors;
pub mod campaigns;
pub mod care;
pub mod deadlines;
pub mod files;
pub mod handling;
pub mod metrics;
pub mod ratings;
pub mod talents;
pub mod volunteers;
