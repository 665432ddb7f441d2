//! Rounds that the city organises in several centers (domain section F, H.2): one row of the city, and in each center a round
//! of its own. What the city decides is carried out inside each center by a job of it, at once and hourly again until the
//! center has followed; what the city sees of it, the center writes into `round_part`.
//!
//! ```text
//! city: plan ─▶ planned ─ open ─▶ open ─ close ─▶ closed
//!         │         │ follow          │ follow
//! center: campaign  ▼ opened, or why not  ▼ closed ─ remarks worked through ─▶ published ─ tell ─▶ the city's page
//! ```
//! Invariants: the city reads no row of a center but its part; a center cannot change, open or close the city's round; no
//! mean is made across centers, and nothing is ranked.

mod follow;
pub mod graphql;
mod repo;
pub mod service;
mod told;

pub use self::follow::follow;
pub(super) use self::told::tell;
