//! How whoever was served confirms on the spot: a code for their phone, a signature on this screen, or a colleague who takes
//! down what they said.

use domain::volunteers::{
    WORD_MAX, check_tail,
    signature::{HEIGHT, POINTS_MAX, Point, Signature, WIDTH, path},
};
use leptos::{ev::PointerEvent, html, prelude::*};

use crate::{
    api::volunteers::{
        Code, Record, ShowServiceCodeInput, SignServiceRecordInput, WitnessServiceRecordInput, show_service_code,
        sign_service_record, witness_service_record,
    },
    components::{
        AsyncView, Icon, Mark, Qr,
        form::{Field, FieldError, FieldKind, Form, FormState, Submit, use_form},
    },
    i18n::{t, t_string, use_i18n},
    pages::{posts::forms::signal, steps::required},
    time,
};

/// A new code, as soon as it is asked for.
#[component]
pub(super) fn CodePanel(record: Record, done: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let (id, version) = (record.id, record.version);
    let found = LocalResource::new(move || {
        let origin = window().location().origin().unwrap_or_default();
        show_service_code::ask(ShowServiceCodeInput { id, version, origin })
    });
    let ready = move |code: Code| {
        let Code { url, picture, until } = code;
        let until = time::time(until);
        view! {
            <div class="grid gap-4">
                <p>{t!(i18n, volunteers.code_lead)}</p>
                <Qr rows=picture label=move || t_string!(i18n, volunteers.code_picture) />
                <p class="hint">{move || t_string!(i18n, volunteers.code_until, time = until.as_str())}</p>
                // For a phone that scans nothing: the recipient's own, not this one.
                <details>
                    <summary class="link">{t!(i18n, volunteers.code_link)}</summary>
                    <p class="secret break-all" data-confirm-url=url.clone()>{url.clone()}</p>
                </details>
                <button type="button" class="btn btn-primary" on:click=move |_| done()>
                    <Icon mark=Mark::Check />
                    {t!(i18n, volunteers.code_done)}
                </button>
            </div>
        }
    };
    view! { <AsyncView resource=found ready /> }
}

/// A field to sign in.
#[component]
pub(super) fn SignForm(record: Record, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("sign");
    let strokes = RwSignal::new(Vec::<Vec<Point>>::new());
    let (id, version) = (record.id, record.version);
    let submit = move || match Signature::new(strokes.get_untracked()) {
        Ok(signature) => {
            let input = SignServiceRecordInput { id, version, strokes: signature.to_text() };
            state.send(sign_service_record::ask(input), move |_| done());
        }
        Err(found) => {
            state.check(vec![found]);
        }
    };
    view! {
        <p>{t!(i18n, volunteers.sign_lead)}</p>
        <Form state on_submit=submit>
            <Pad strokes />
            <p class="hint">{t!(i18n, volunteers.sign_keys)}</p>
            <div class="person-acts">
                <Submit label=move || t_string!(i18n, volunteers.sign_send) />
                <button type="button" class="btn btn-outline" on:click=move |_| strokes.set(Vec::new())>
                    {t!(i18n, volunteers.sign_clear)}
                </button>
            </div>
        </Form>
    }
}

/// The field itself: what a finger, a pen or the mouse draws becomes strokes of points.
#[component]
fn Pad(strokes: RwSignal<Vec<Vec<Point>>>) -> impl IntoView {
    const NAME: &str = "strokes";
    /// Points closer than this to the one before are left out.
    const STEP: u16 = 4;
    let i18n = use_i18n();
    let form = use_form();
    form.name_field(NAME, move || t_string!(i18n, volunteers.sign_pad));
    let message = form.watch(NAME);
    let id = form.id(NAME);
    let node = NodeRef::<html::Div>::new();
    let drawing = RwSignal::new(false);
    // Where the pen is, in units of the drawing.
    let place = move |event: &PointerEvent| -> Option<Point> {
        let field = node.get_untracked()?;
        let unit = |at: i32, of: i32, all: u16| -> Option<u16> {
            let scaled = at.clamp(0, of).checked_mul(i32::from(all))?.checked_div(of)?;
            u16::try_from(scaled).ok()
        };
        let x = unit(event.offset_x(), field.client_width(), WIDTH)?;
        Some((x, unit(event.offset_y(), field.client_height(), HEIGHT)?))
    };
    let down = move |event: PointerEvent| {
        let Some(at) = place(&event) else { return };
        event.prevent_default();
        if let Some(field) = node.get_untracked() {
            // A pen that leaves the field still draws; without this a browser only draws inside of it.
            let _ = field.set_pointer_capture(event.pointer_id());
        }
        drawing.set(true);
        strokes.update(|all| all.push(vec![at]));
    };
    let moved = move |event: PointerEvent| {
        let (true, Some((x, y))) = (drawing.get_untracked(), place(&event)) else { return };
        strokes.update(|all| {
            let full = all.iter().map(Vec::len).sum::<usize>() >= POINTS_MAX;
            let Some(stroke) = all.last_mut().filter(|_| !full) else { return };
            let far = stroke.last().is_none_or(|(was_x, was_y)| x.abs_diff(*was_x) + y.abs_diff(*was_y) >= STEP);
            if far {
                stroke.push((x, y));
            }
        });
    };
    let up = move |_: PointerEvent| drawing.set(false);
    let drawn = move || strokes.with(|all| path(all));
    view! {
        <div class="field">
            <p class="field-label" id=format!("{id}-label")>{t!(i18n, volunteers.sign_pad)}</p>
            <FieldError id=id.clone() message />
            <div
                class="aspect-[3/1] w-full touch-none rounded-field border border-base-content bg-base-100"
                id=id.clone()
                role="img"
                aria-labelledby=format!("{id}-label")
                aria-describedby=format!("{id}-error")
                data-sign-pad=""
                node_ref=node
                on:pointerdown=down
                on:pointermove=moved
                on:pointerup=up
                on:pointercancel=up
            >
                <Drawing d=Signal::derive(drawn) />
            </div>
        </div>
    }
}

/// Strokes as a picture that takes no pointer: the field below has them.
#[component]
fn Drawing(d: Signal<String>) -> impl IntoView {
    view! {
        <svg class="pointer-events-none block size-full" viewBox=format!("0 0 {WIDTH} {HEIGHT}") aria-hidden="true">
            <path
                d=move || d.get()
                fill="none"
                stroke="currentColor"
                stroke-width="4"
                stroke-linecap="round"
                stroke-linejoin="round"
            ></path>
        </svg>
    }
}

/// What a recipient drew, as it was kept; nothing where it is no drawing.
#[component]
pub(super) fn Signed(text: String) -> impl IntoView {
    let i18n = use_i18n();
    Signature::parse(&text).ok().map(|signature| {
        let d = path(signature.strokes());
        view! {
            <div
                class="aspect-[3/1] w-full max-w-md rounded-field border border-base-300 bg-base-100"
                role="img"
                aria-label=move || t_string!(i18n, volunteers.signed)
            >
                <Drawing d=Signal::stored(d) />
            </div>
        }
    })
}

/// A colleague's word.
#[component]
pub(super) fn WitnessForm(record: Record, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("witness");
    let (tail, statement) = (signal(None), signal(None));
    let (id, version) = (record.id, record.version);
    let submit = move || {
        let (digits, words) = (tail.get_untracked().trim().to_owned(), statement.get_untracked().trim().to_owned());
        let mut found: Vec<_> = check_tail(&digits).into_iter().collect();
        found.extend(required("statement", &words));
        if state.check(found) {
            let input = WitnessServiceRecordInput { id, version, tail: digits, statement: words };
            state.send(witness_service_record::ask(input), move |_| done());
        }
    };
    view! {
        <p>{t!(i18n, volunteers.witness_lead)}</p>
        <Form state on_submit=submit>
            <Field
                name="tail"
                kind=FieldKind::Code
                label=move || t_string!(i18n, volunteers.tail)
                hint=move || t_string!(i18n, volunteers.tail_hint)
                value=tail
            />
            <Field
                name="statement"
                kind=FieldKind::Area(WORD_MAX)
                label=move || t_string!(i18n, volunteers.statement)
                hint=move || t_string!(i18n, volunteers.statement_hint)
                value=statement
            />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}
