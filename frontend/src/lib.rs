//! The pages of Gangping. Fifteen entry points share this crate: `portal` for the public, `rate` for whoever rates by the
//! code on a poster, `kiosk` for the one in the hall, `evaluator` for those who evaluate from outside, and for whoever works
//! somewhere `desk`, `admin` (its administration), `posts`, `records` (model posts), `conduct` (appearance, phrases,
//! standards), `evaluation` (forms, what the public says), `improvement` (bad ratings, putting right), `services`
//! (volunteers, talents, trainings), `rounds` (of evaluation), `windows` (work at some kinds of posts) and `city` (the
//! comparison of centers), so that nobody downloads pages made for others. The server says which address belongs to which
//! (`http::spa`); a link from one
//! into another loads the page anew ([`pages::elsewhere`]).

mod api;
mod components;
mod dom;
pub mod i18n;
pub mod pages;
mod session;
mod shelf;
mod time;

pub use components::layout;

use leptos::prelude::{IntoView, document, mount_to_body};

/// Shows the app in place of what the page says while it arrives.
pub fn start<V: IntoView + 'static>(app: impl FnOnce() -> V + 'static) {
    if let Some(boot) = document().get_element_by_id("boot") {
        boot.remove();
    }
    mount_to_body(app);
}
