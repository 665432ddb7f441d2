//! `/kiosk/`: the kiosk in the hall (7.2.3.2.1; domain section F.5), a page without a link that leads away. It rates while
//! there is no network, forgets what somebody has left half done, and lets the staff out by a PIN.

use std::{collections::HashSet, time::Duration};

use domain::{
    Violation,
    evaluation::kiosk::{IDLE, Idle, QUEUE, THANKS, wait_after},
};
use leptos::{
    ev,
    leptos_dom::helpers::{set_interval, window_event_listener},
    prelude::*,
    task::spawn_local,
};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

use super::{
    kiosk_device::{self as device, Store},
    kiosk_rating::Rating,
    kiosk_staff::{Enrol, Leave, Out, Staff},
};
use crate::{
    api::{
        ApiError,
        kiosk::{self as api, Page, Waiting},
    },
    components::{
        Icon, Mark,
        layout::public::{DemoBanner, LanguageSwitch, Logo},
    },
    dom::Keep,
    i18n::{I18n, Locale, pick, t, t_string, use_i18n},
};

/// Under these names the device keeps who it is, what it showed last, and how many wrong PINs were typed.
const ENROLMENT: &str = "kiosk.enrolment";
const SHOWN: &str = "kiosk.shown";
const WRONG: &str = "kiosk.wrong";

/// Where the page is.
const HOME: &str = "/kiosk/";
/// So often it asks for what it shows, and sends what waits.
const LOOK: Duration = Duration::from_secs(60);

/// Who the kiosk is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Enrolment {
    pub(super) center: String,
    pub(super) credential: String,
    /// What the PIN is checked by, as it was told last.
    pub(super) pin: String,
}

/// What the screen is for.
#[derive(Clone, PartialEq, Eq)]
enum Scene {
    /// Nothing is known yet.
    Starting,
    Enrol,
    /// The staff type the PIN.
    Leave,
    Staff,
    /// Out of service, and why.
    Out(String),
    /// The rating of so many that began here.
    Rate(u32),
}

/// How far the staff are.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Door {
    #[default]
    Shut,
    /// The PIN is asked for.
    Asked,
    Open,
    /// Another credential is typed.
    Anew,
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub(super) struct Kiosk {
    i18n: I18n,
    pub(super) enrolment: RwSignal<Option<Enrolment>>,
    pub(super) page: RwSignal<Option<Page>>,
    /// Why it may not go on: what the server said last, or the browser.
    refusal: RwSignal<Option<String>>,
    /// How many ratings wait.
    pub(super) waiting: RwSignal<usize>,
    /// Why the server has not taken one of them.
    pub(super) stuck: RwSignal<Option<ApiError>>,
    pub(super) idle: RwSignal<Idle>,
    round: RwSignal<u32>,
    pub(super) door: RwSignal<Door>,
    /// Seconds until a PIN is looked at again.
    pub(super) pause: RwSignal<u32>,
    /// A center and a credential that the address has brought.
    pub(super) brought: StoredValue<Option<(String, String)>>,
    /// Whether the store was opened, or will not.
    pub(super) opened: RwSignal<bool>,
    store: StoredValue<Option<Store>, LocalStorage>,
    /// Keys that the server refused: tried again when the page is loaded anew.
    aside: StoredValue<HashSet<String>>,
    sending: StoredValue<bool>,
}

/// The center and the credential of a one-time address, `/kiosk/#center.credential`; the address forgets them. What follows
/// the `#` was not sent.
fn brought() -> Option<(String, String)> {
    let hash = window().location().hash().ok()?;
    let (center, credential) = hash.trim_start_matches('#').rsplit_once('.')?;
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(HOME));
    }
    Some((center.to_owned(), credential.to_owned()))
}

fn wrong() -> u32 {
    Keep::Device.get(WRONG).and_then(|count| count.parse().ok()).unwrap_or_default()
}

impl Kiosk {
    fn new(i18n: I18n) -> Self {
        let kept = Keep::Device.get(ENROLMENT);
        let enrolment: Option<Enrolment> = kept.and_then(|text| serde_json::from_str(&text).ok());
        let page = Keep::Device.get(SHOWN).and_then(|answer| api::read(&answer));
        let brought = brought();
        let door = if brought.is_some() { Door::Anew } else { Door::Shut };
        Self {
            i18n,
            page: RwSignal::new(page.filter(|_| enrolment.is_some())),
            enrolment: RwSignal::new(enrolment),
            refusal: RwSignal::new(None),
            waiting: RwSignal::new(0),
            stuck: RwSignal::new(None),
            idle: RwSignal::new(Idle::Fresh),
            round: RwSignal::new(0),
            door: RwSignal::new(door),
            // Whoever loads the page anew waits anew.
            pause: RwSignal::new(wait_after(wrong())),
            brought: StoredValue::new(brought),
            opened: RwSignal::new(false),
            store: StoredValue::new_local(None),
            aside: StoredValue::new(HashSet::new()),
            sending: StoredValue::new(false),
        }
    }

    /// Begins: what waits is counted, the server is asked, and from now on a second counts.
    fn start(self) {
        spawn_local(async move {
            match Store::open().await {
                Ok(store) => self.store.set_value(Some(store)),
                Err(_) => self.refusal.set(Some("kiosk.store".to_owned())),
            }
            self.count().await;
            self.opened.set(true);
            self.look();
            if self.enrolment.with_untracked(Option::is_some) && device::is_secure() {
                let _ = device::keep_page().await;
            }
        });
        set_interval(move || self.second(), Duration::from_secs(1));
        set_interval(move || self.look(), LOOK);
        let online = window_event_listener(ev::online, move |_| self.look());
        // A one-time address that differs in nothing but what follows the `#` loads no page by itself.
        let address = window_event_listener(ev::hashchange, |_| drop(window().location().reload()));
        let press = window_event_listener(ev::pointerdown, move |_| self.touched());
        let key = window_event_listener(ev::keydown, move |_| self.touched());
        let typed = window_event_listener(ev::input, move |_| self.touched());
        // A press alone is not yet what a browser takes for somebody's wish.
        let screen = window_event_listener(ev::click, move |_| {
            if self.enrolment.with_untracked(Option::is_some) && self.door.get_untracked() == Door::Shut {
                device::fill_screen();
            }
        });
        on_cleanup(move || [online, address, press, key, typed, screen].into_iter().for_each(|one| one.remove()));
    }

    fn scene(self) -> Scene {
        let full = self.waiting.get() >= usize::try_from(QUEUE).unwrap_or(usize::MAX);
        match (self.enrolment.with(Option::is_some), self.door.get(), self.refusal.get()) {
            (false, ..) | (true, Door::Anew, _) => Scene::Enrol,
            (true, Door::Asked, _) => Scene::Leave,
            (true, Door::Open, _) => Scene::Staff,
            (true, Door::Shut, Some(code)) => Scene::Out(code),
            // Whoever has begun comes to an end.
            (true, Door::Shut, None) if full && self.idle.get() == Idle::Fresh => Scene::Out("kiosk.full".to_owned()),
            (true, Door::Shut, None) if self.page.with(Option::is_none) => Scene::Starting,
            (true, Door::Shut, None) => Scene::Rate(self.round.get()),
        }
    }

    fn touched(self) {
        if self.enrolment.with_untracked(Option::is_some) {
            self.idle.update(|idle| *idle = idle.touched());
        }
    }

    fn second(self) {
        if self.pause.get_untracked() > 0 {
            self.pause.update(|pause| *pause -= 1);
        }
        match self.idle.get_untracked().tick() {
            Some(Idle::Fresh) => {}
            Some(idle) => self.idle.set(idle),
            None => self.anew(),
        }
    }

    /// Begins anew: nothing of what was chosen, typed or opened is left, in the language of the place.
    pub(super) fn anew(self) {
        self.idle.set(Idle::Fresh);
        self.door.set(Door::Shut);
        self.round.update(|round| *round += 1);
        self.i18n.set_locale(Locale::default());
    }

    async fn count(self) {
        let Some(store) = self.store.get_value() else { return };
        if let Ok(all) = store.all().await {
            self.waiting.set(all.len());
        }
    }

    /// Asks what to show, and sends what waits. Without a network it goes on with what it knows.
    fn look(self) {
        let Some(Enrolment { center, credential, .. }) = self.enrolment.get_untracked() else { return };
        spawn_local(async move {
            let answer = api::page(center.clone(), credential.clone()).await;
            // It may have been enrolled anew meanwhile.
            if !self.shows(&credential) {
                return;
            }
            match answer {
                Ok((page, answer)) => {
                    self.know(Enrolment { center, credential, pin: page.pin.clone() }, page, &answer);
                    self.send();
                }
                Err(error) => self.refused(&error),
            }
        });
    }

    fn shows(self, credential: &str) -> bool {
        self.enrolment.with_untracked(|known| known.as_ref().is_some_and(|known| known.credential == credential))
    }

    fn know(self, enrolment: Enrolment, page: Page, answer: &str) {
        if let Ok(text) = serde_json::to_string(&enrolment) {
            Keep::Device.set(ENROLMENT, &text);
            Keep::Device.set(SHOWN, answer);
        }
        self.enrolment.set(Some(enrolment));
        self.page.set(Some(page));
        // What the browser cannot do does not get better by this.
        if self.store.with_value(Option::is_some) {
            self.refusal.set(None);
        }
    }

    /// Goes out of service where the server says that the kiosk as such may not go on. What waits stays.
    fn refused(self, error: &ApiError) {
        if let Some(found) = error.violations.first().filter(|found| found.field.is_empty()) {
            self.refusal.set(Some(found.code.clone()));
        }
    }

    /// Enrols the kiosk by a credential, once the server knows it and the browser keeps the page.
    pub(super) async fn enrol(self, center: String, credential: String) -> Result<(), ApiError> {
        if !device::is_secure() {
            return Err(ApiError::of("kiosk.insecure"));
        }
        let Some(store) = self.store.get_value() else { return Err(ApiError::of("kiosk.store")) };
        let waiting = store.all().await.map_err(|_| ApiError::of("kiosk.store"))?;
        if waiting.iter().any(|waiting| waiting.center != center) {
            return Err(ApiError::of("kiosk.other_center"));
        }
        let (page, answer) = api::page(center.clone(), credential.clone()).await?;
        device::keep_page().await.map_err(|_| ApiError::of("kiosk.worker"))?;
        self.know(Enrolment { center, credential, pin: page.pin.clone() }, page, &answer);
        self.aside.set_value(HashSet::new());
        self.stuck.set(None);
        self.anew();
        self.send();
        Ok(())
    }

    /// Keeps a rating, then says thanks, then sends it.
    pub(super) async fn keep(self, waiting: Waiting) -> Result<(), ApiError> {
        let lost = || ApiError::of("kiosk.store");
        let store = self.store.get_value().ok_or_else(lost)?;
        store.keep(&waiting).await.map_err(|_| lost())?;
        self.waiting.update(|waiting| *waiting += 1);
        self.idle.set(Idle::Thanks(THANKS));
        self.send();
        Ok(())
    }

    /// Sends what waits, one after the other, and forgets each once the server has it. A second run would do no harm: a key
    /// counts once.
    fn send(self) {
        if self.sending.get_value() {
            return;
        }
        let (Some(store), Some(enrolment)) = (self.store.get_value(), self.enrolment.get_untracked()) else { return };
        self.sending.set_value(true);
        spawn_local(async move {
            while let Some(waiting) = self.next(&store).await {
                let key = waiting.key.clone();
                match api::give(enrolment.credential.clone(), waiting).await {
                    Ok(_) => {
                        if store.forget(&key).await.is_err() {
                            break;
                        }
                    }
                    Err(error) if error.violations.iter().any(|found| !found.field.is_empty()) => {
                        self.aside.update_value(|aside| {
                            aside.insert(key);
                        });
                        self.stuck.set(Some(error));
                    }
                    Err(error) => {
                        self.refused(&error);
                        if !error.is(ApiError::OFFLINE) {
                            self.stuck.set(Some(error));
                        }
                        break;
                    }
                }
            }
            self.count().await;
            self.sending.set_value(false);
        });
    }

    async fn next(self, store: &Store) -> Option<Waiting> {
        let all = store.all().await.ok()?;
        self.waiting.set(all.len());
        all.into_iter().find(|waiting| self.aside.with_value(|aside| !aside.contains(&waiting.key)))
    }

    /// Opens the door to whoever knows the PIN. A try counts before it is looked at: pulling the plug saves nothing.
    pub(super) async fn unlock(self, pin: String) -> Result<(), Violation> {
        let pause = self.pause.get_untracked();
        if pause > 0 {
            return Err(Violation::new("pin", "kiosk.pin_wait").with("seconds", pause));
        }
        let tries = wrong() + 1;
        Keep::Device.set(WRONG, &tries.to_string());
        let checked_by = self.enrolment.get_untracked().map(|enrolment| enrolment.pin).unwrap_or_default();
        if device::fits(&pin, &checked_by).await.unwrap_or_default() {
            Keep::Device.remove(WRONG);
            self.door.set(Door::Open);
            self.idle.set(Idle::Left(IDLE));
            device::leave_screen();
            Ok(())
        } else {
            self.pause.set(wait_after(tries));
            Err(Violation::new("pin", "kiosk.pin_wrong"))
        }
    }
}

/// The page.
#[component]
pub fn KioskPage() -> impl IntoView {
    let i18n = use_i18n();
    let kiosk = Kiosk::new(i18n);
    kiosk.start();
    let scene = Memo::new(move |_| kiosk.scene());
    let content = move || match scene.get() {
        Scene::Starting => view! { <p class="hint" role="status">{t!(i18n, kiosk.starting)}</p> }.into_any(),
        Scene::Enrol => view! { <Enrol kiosk /> }.into_any(),
        Scene::Leave => view! { <Leave kiosk /> }.into_any(),
        Scene::Staff => view! { <Staff kiosk /> }.into_any(),
        Scene::Out(code) => view! { <Out code /> }.into_any(),
        // What is shown stays as it is until the rating is given.
        Scene::Rate(_) => kiosk.page.get_untracked().map(|page| view! { <Rating kiosk page /> }).into_any(),
    };
    let demo = move || kiosk.page.with(|page| page.as_ref().is_some_and(|page| page.demo));
    let named = move || {
        kiosk.page.with(|page| page.as_ref().map(|page| pick(i18n.get_locale(), &page.center_zh, &page.center_en)))
    };
    let point = move || kiosk.page.with(|page| page.as_ref().map(|page| page.point.clone()));
    let enrolled = move || kiosk.enrolment.with(Option::is_some) && kiosk.door.get() == Door::Shut;
    view! {
        <div class="kiosk">
            <header>
                <Show when=demo>
                    <DemoBanner />
                </Show>
                <div class="kiosk-bar">
                    <p class="brand">
                        <Logo />
                        <strong>{named}</strong>
                        <span class="text-muted">{point}</span>
                    </p>
                    <LanguageSwitch />
                </div>
            </header>
            <main id="main" class="public-main" tabindex="-1">
                {content}
            </main>
            <Countdown idle=kiosk.idle />
            <footer class="kiosk-bar kiosk-foot">
                <p role="status">
                    <Show when=move || { kiosk.waiting.get() > 0 }>
                        {move || t_string!(i18n, kiosk.waiting, n = kiosk.waiting.get())}
                    </Show>
                </p>
                <Show when=enrolled>
                    <button type="button" class="language" on:click=move |_| kiosk.door.set(Door::Asked)>
                        <Icon mark=Mark::Lock />
                        {t!(i18n, kiosk.staff)}
                    </button>
                </Show>
            </footer>
        </div>
    }
}

/// Says how long it is until everything is forgotten. Any touch stops it.
#[component]
fn Countdown(idle: RwSignal<Idle>) -> impl IntoView {
    let i18n = use_i18n();
    let left = move || idle.get().warning();
    view! {
        <Show when=move || left().is_some()>
            <div class="kiosk-idle" role="alert">
                <p>{t!(i18n, kiosk.idle)}</p>
                // Read out once, not each second.
                <p class="kiosk-left tabular-nums" aria-hidden="true">{left}</p>
                <button type="button" class="btn btn-primary" on:click=move |_| idle.update(|idle| *idle = idle.touched())>
                    {t!(i18n, kiosk.go_on)}
                </button>
            </div>
        </Show>
    }
}
