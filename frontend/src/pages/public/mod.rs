//! What a visitor sees, without an account: choose a center, complain, keep the receipt, follow the case
//! (6.8.2, 6.8.4, 7.1.3, 7.3.4, C.8). Every page works on a phone of 320 px and by keyboard alone.

mod case;
mod center;
mod complain;
mod complain_steps;
mod draft;
mod feedback;
mod frame;
mod home;
mod missing;
mod receipt;
mod track;

pub use center::CenterPage;
pub use complain::ComplainPage;
pub use frame::{CenterFrame, use_center};
pub use home::HomePage;
pub use missing::MissingPage;
pub use receipt::ReceiptPage;
pub use track::TrackPage;
