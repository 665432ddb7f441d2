//! What a visitor sees, without an account: choose a center, complain, keep the receipt, follow the case
//! (6.8.2, 6.8.4, 7.1.3, 7.3.4, C.8), and rate (7.2.3.2, 7.2.3.4, E). Every page works on a phone of 320 px and by keyboard alone.

mod case;
mod center;
mod complain;
mod complain_steps;
mod draft;
mod faces;
mod feedback;
mod frame;
mod home;
mod kiosk;
mod kiosk_device;
mod kiosk_rating;
mod kiosk_staff;
mod missing;
mod rate;
mod rate_fields;
mod receipt;
mod survey;
mod track;

pub use center::CenterPage;
pub use complain::ComplainPage;
pub use frame::{CenterFrame, use_center};
pub use home::HomePage;
pub use kiosk::KioskPage;
pub use missing::MissingPage;
pub use rate::RatePage;
pub use receipt::ReceiptPage;
pub use survey::SurveyPage;
pub use track::TrackPage;
