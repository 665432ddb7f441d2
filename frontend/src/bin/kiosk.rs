//! The kiosk in the hall: one page and no routes. Nothing leads away from it.

use frontend::{
    i18n::{Language, add_kiosk_texts},
    pages::public::KioskPage,
    start,
};
use leptos::prelude::*;

fn main() {
    add_kiosk_texts();
    start(|| {
        view! {
            <Language>
                <KioskPage />
            </Language>
        }
    });
}
