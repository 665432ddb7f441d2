//! The frame of the public pages.

use leptos::prelude::*;

use crate::{
    api::portal::PublicCenter,
    components::{Icon, Mark},
    i18n::{Locale, t, t_string, use_i18n},
};

/// Whether the page shows invented data; a page sets it once it knows.
#[derive(Clone, Copy)]
pub struct Demo(RwSignal<bool>);

impl Demo {
    /// Shows the demo banner from now on.
    pub fn mark(self, demo: bool) {
        self.0.set(demo);
    }
}

/// The demo mark of the frame.
pub fn use_demo() -> Demo {
    expect_context()
}

/// The center whose pages were opened last; its other pages need not ask for it again.
pub type KnownCenter = StoredValue<Option<PublicCenter>>;

/// The known center of the frame.
pub fn use_known_center() -> KnownCenter {
    expect_context()
}

/// Skip link, header, main part and footer of a public page.
#[component]
pub fn PublicLayout(children: Children) -> impl IntoView {
    let i18n = use_i18n();
    let demo = RwSignal::new(false);
    provide_context(Demo(demo));
    provide_context::<KnownCenter>(StoredValue::new(None));
    view! {
        <SkipLink />
        <header class="public-header">
            <Show when=move || demo.get()>
                <DemoBanner />
            </Show>
            <div class="public-bar">
                <a class="brand" href="/">
                    <Logo />
                    <span class="brand-name">{t!(i18n, common.product)}</span>
                    <span class="brand-line">{t!(i18n, portal.brand_line)}</span>
                </a>
                <LanguageSwitch />
            </div>
        </header>
        <main id="main" class="public-main" tabindex="-1">
            {children()}
        </main>
        <footer class="public-footer">
            <div class="public-foot">
                <p>{t!(i18n, portal.footer_hotline)}</p>
                // Another entry point: a full load, not a move inside this one.
                <a class="link" href="/desk" rel="external">
                    {t!(i18n, portal.footer_staff)}
                </a>
            </div>
        </footer>
    }
}

/// The first stop of the Tab key: past the header.
#[component]
pub fn SkipLink() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        // A move inside the page, which is not the router's business.
        <a class="skip-link" href="#main" rel="external">
            {t!(i18n, common.skip)}
        </a>
    }
}

/// Says that nothing here is real.
#[component]
pub fn DemoBanner() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <p class="demo-banner">
            <Icon mark=Mark::Info />
            {t!(i18n, common.demo)}
        </p>
    }
}

/// The mark of the product: a post with a tick.
#[component]
pub fn Logo() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <rect width="32" height="32" rx="8" fill="currentColor"></rect>
            <path
                d="M8 21.5h16M11 21.5v-5M21 21.5v-5M11.5 12.5l3.5 3.5 6-7"
                fill="none"
                stroke="#fff"
                stroke-width="2.4"
                stroke-linecap="round"
                stroke-linejoin="round"
            ></path>
        </svg>
    }
}

/// Offers the other language, in that language.
#[component]
pub fn LanguageSwitch() -> impl IntoView {
    let i18n = use_i18n();
    let other = move || match i18n.get_locale() {
        Locale::zh_CN => (Locale::en, "en", "English"),
        Locale::en => (Locale::zh_CN, "zh-CN", "简体中文"),
    };
    view! {
        <button
            type="button"
            class="language"
            lang=move || other().1
            title=move || t_string!(i18n, common.language)
            on:click=move |_| i18n.set_locale(other().0)
        >
            <Icon mark=Mark::Globe />
            {move || other().2}
        </button>
    }
}
