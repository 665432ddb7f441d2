//! What the staff do at the kiosk: enrol it, leave its page by the PIN, see what waits; and what it says out of service.

use leptos::prelude::*;

use super::kiosk::{Door, Kiosk};
use crate::{
    components::{
        Icon, Mark, PageHeading,
        form::{Field, FieldKind, Form, FormState, Submit},
    },
    i18n::{error_text, t, t_string, use_i18n},
};

/// A center's code and a device's credential, typed once or brought by the address.
#[component]
pub(super) fn Enrol(kiosk: Kiosk) -> impl IntoView {
    let i18n = use_i18n();
    let form = FormState::new("enrol");
    let brought = kiosk.brought.try_update_value(Option::take).flatten();
    let goes_on = brought.is_some();
    let (center, credential) = brought.unwrap_or_default();
    let (center, credential) = (RwSignal::new(center), RwSignal::new(credential));
    let submit = move || {
        let typed = |text: RwSignal<String>| text.with_untracked(|text| text.trim().to_lowercase());
        form.send(kiosk.enrol(typed(center), typed(credential)), |()| ());
    };
    // The store is opened first, in the same moment.
    Effect::new(move |_| {
        if goes_on && kiosk.opened.get() {
            submit();
        }
    });
    let back = move || kiosk.enrolment.with(Option::is_some);
    view! {
        <PageHeading title=move || t_string!(i18n, kiosk.enrol.title) />
        <p>{t!(i18n, kiosk.enrol.lead)}</p>
        <Form state=form on_submit=submit>
            <Field
                name="center"
                label=move || t_string!(i18n, kiosk.enrol.center)
                hint=move || t_string!(i18n, kiosk.enrol.center_hint)
                value=center
            />
            <Field name="credential" label=move || t_string!(i18n, kiosk.enrol.credential) value=credential />
            <div class="form-buttons">
                <Show when=back>
                    <button type="button" class="btn btn-outline" on:click=move |_| kiosk.anew()>
                        {t!(i18n, kiosk.door.back)}
                    </button>
                </Show>
                <Submit label=move || t_string!(i18n, kiosk.enrol.submit) />
            </div>
        </Form>
    }
}

/// Asks for the PIN. There are keys to touch: not every kiosk has a keyboard.
#[component]
pub(super) fn Leave(kiosk: Kiosk) -> impl IntoView {
    let i18n = use_i18n();
    let form = FormState::new("leave");
    let pin = RwSignal::new(String::new());
    let submit = move || {
        let typed = pin.get_untracked();
        pin.set(String::new());
        form.send(async move { Ok(kiosk.unlock(typed).await) }, move |answer| {
            form.check(answer.err().into_iter().collect());
        });
    };
    let keys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"].map(|digit| {
        view! {
            <button type="button" class="btn btn-outline" on:click=move |_| pin.update(|pin| pin.push_str(digit))>
                {digit}
            </button>
        }
    });
    let keys = keys.into_iter().collect_view();
    view! {
        <PageHeading title=move || t_string!(i18n, kiosk.door.title) />
        <p class="hint" role="status">
            <Show when=move || { kiosk.pause.get() > 0 }>
                {move || t_string!(i18n, kiosk.door.pause, n = kiosk.pause.get())}
            </Show>
        </p>
        <Form state=form on_submit=submit>
            <Field
                name="pin"
                label=move || t_string!(i18n, kiosk.door.pin)
                value=pin
                kind=FieldKind::Password
            />
            <div class="kiosk-keys">
                {keys}
                <button
                    type="button"
                    class="btn btn-outline"
                    aria-label=move || t_string!(i18n, kiosk.door.delete)
                    on:click=move |_| {
                        pin.update(|pin| {
                            pin.pop();
                        });
                    }
                >
                    <Icon mark=Mark::Back />
                </button>
            </div>
            <div class="form-buttons">
                <button type="button" class="btn btn-outline" on:click=move |_| kiosk.anew()>
                    {t!(i18n, kiosk.door.back)}
                </button>
                <Submit label=move || t_string!(i18n, kiosk.door.open) />
            </div>
        </Form>
    }
}

/// What the staff see once they are let out: that, and nothing of what was given.
#[component]
pub(super) fn Staff(kiosk: Kiosk) -> impl IntoView {
    let i18n = use_i18n();
    let stuck = move || {
        kiosk.stuck.get().map(|error| {
            let (code, args) =
                error.violations.into_iter().next().map_or((error.code, Vec::new()), |v| (v.code, v.args));
            view! {
                <dt>{t!(i18n, kiosk.door.stuck)}</dt>
                <dd>{move || error_text(i18n.get_locale(), &code, &args)}</dd>
            }
        })
    };
    view! {
        <PageHeading title=move || t_string!(i18n, kiosk.door.staff) />
        <dl class="facts">
            <dt>{t!(i18n, kiosk.enrol.center)}</dt>
            <dd>{move || kiosk.enrolment.with(|known| known.as_ref().map(|known| known.center.clone()))}</dd>
            <dt>{t!(i18n, kiosk.door.point)}</dt>
            <dd>{move || kiosk.page.with(|page| page.as_ref().map(|page| page.point.clone()))}</dd>
            <dt>{t!(i18n, kiosk.door.waiting)}</dt>
            <dd class="tabular-nums" data-waiting="">{move || kiosk.waiting.get()}</dd>
            {stuck}
        </dl>
        <p class="hint">{t!(i18n, kiosk.door.lead)}</p>
        <div class="form-buttons">
            <button type="button" class="btn btn-outline" on:click=move |_| kiosk.door.set(Door::Anew)>
                {t!(i18n, kiosk.door.anew)}
            </button>
            <button type="button" class="btn btn-primary" on:click=move |_| kiosk.anew()>
                {t!(i18n, kiosk.door.back)}
            </button>
        </div>
    }
}

/// Why nobody can rate now.
#[component]
pub(super) fn Out(code: String) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <PageHeading title=move || t_string!(i18n, kiosk.out.title) />
        <p class="panel panel-info">{move || error_text(i18n.get_locale(), &code, &[])}</p>
        <p>{t!(i18n, kiosk.out.lead)}</p>
    }
}
