//! The pages of Gangping. Two entry points share this crate: `portal` for the public and `desk` for
//! everyone with an account, so that a citizen's phone never downloads the staff's pages.

mod api;
mod components;
mod dom;
pub mod i18n;
pub mod pages;
mod session;
mod time;

pub use components::layout;
