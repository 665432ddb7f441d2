//! Forms: fields that show their own errors, a summary that takes the focus, and one way to send.

mod checks;
mod choice;
mod errors;
mod field;
mod password;
mod submit;

use std::collections::HashMap;

use domain::Violation;
use leptos::{prelude::*, task::spawn_local};

use crate::{
    api::{ApiError, FieldViolation},
    i18n::{Locale, error_text, use_i18n},
};

pub use checks::ChecksField;
pub use choice::{ChoiceField, SelectField};
pub use errors::{ErrorSummary, ErrorSummaryOf};
pub use field::{Field, FieldError, FieldKind};
pub use password::{NewPassword, NewPasswordFields, PasswordField};
pub use submit::Submit;

/// What a form knows besides its values: what is wrong, and whether it is being sent.
#[derive(Clone, Copy)]
pub struct FormState {
    prefix: &'static str,
    labels: StoredValue<HashMap<String, TextProp>>,
    violations: RwSignal<Vec<FieldViolation>>,
    failure: RwSignal<Option<ApiError>>,
    // Counts the refusals, so that the summary takes the focus again when the same error comes twice.
    refusals: RwSignal<u32>,
    pending: RwSignal<bool>,
}

impl FormState {
    /// The state of the form called `prefix`; element ids are made of it.
    pub fn new(prefix: &'static str) -> Self {
        Self {
            prefix,
            labels: StoredValue::new(HashMap::new()),
            violations: RwSignal::new(Vec::new()),
            failure: RwSignal::new(None),
            refusals: RwSignal::new(0),
            pending: RwSignal::new(false),
        }
    }

    /// The id of the element for an input field.
    pub fn id(self, field: &str) -> String {
        format!("{}-{field}", self.prefix)
    }

    /// Whether an answer is awaited. Reactive.
    pub fn pending(self) -> bool {
        self.pending.get()
    }

    /// Shows broken rules; true when there are none.
    pub fn check(self, found: Vec<Violation>) -> bool {
        self.failure.set(None);
        let fine = found.is_empty();
        self.violations.set(found.into_iter().map(FieldViolation::from).collect());
        if !fine {
            self.refusals.update(|n| *n += 1);
        }
        fine
    }

    /// Shows why the server refused.
    pub fn show(self, error: ApiError) {
        if error.is(ApiError::INVALID) && !error.violations.is_empty() {
            self.violations.set(error.violations);
            self.failure.set(None);
        } else {
            self.violations.set(Vec::new());
            self.failure.set(Some(error));
        }
        self.refusals.update(|n| *n += 1);
    }

    /// Whether something wrong is shown, at this moment.
    pub fn is_broken(self) -> bool {
        self.failure.with_untracked(Option::is_some) || self.violations.with_untracked(|v| !v.is_empty())
    }

    /// Forgets what was wrong.
    pub fn clear(self) {
        self.violations.set(Vec::new());
        self.failure.set(None);
    }

    /// Sends: shows errors, calls `done` with the answer. A second call while one is under way does nothing, and
    /// nothing happens any more once the form has left the page.
    pub fn send<T: 'static>(
        self,
        work: impl Future<Output = Result<T, ApiError>> + 'static,
        done: impl FnOnce(T) + 'static,
    ) {
        if self.pending.get_untracked() {
            return;
        }
        self.clear();
        self.pending.set(true);
        spawn_local(async move {
            let answer = work.await;
            if self.pending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(data) => done(data),
                Err(error) => self.show(error),
            }
        });
    }

    /// Tells the summary what a field is called.
    pub fn name_field(self, field: impl Into<String>, label: impl Into<TextProp>) {
        self.labels.update_value(|labels| {
            labels.insert(field.into(), label.into());
        });
    }

    /// What is wrong with `field`, in words. Reactive.
    pub fn message(self, locale: Locale, field: &str) -> Option<String> {
        self.violations
            .with(|found| found.iter().find(|v| v.field == field).map(|v| error_text(locale, &v.code, &v.args)))
    }

    /// The same, in the present language.
    pub fn watch(self, field: impl Into<String>) -> Memo<Option<String>> {
        let (i18n, field) = (use_i18n(), field.into());
        Memo::new(move |_| self.message(i18n.get_locale(), &field))
    }
}

/// The state of the form around the caller.
pub fn use_form() -> FormState {
    expect_context()
}

/// A form: prevents the browser's own sending and shows the summary of errors above its fields.
#[component]
pub fn Form(state: FormState, on_submit: impl Fn() + 'static, children: Children) -> impl IntoView {
    provide_context(state);
    view! {
        <form
            class="form"
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                on_submit();
            }
        >
            <ErrorSummary />
            {children()}
        </form>
    }
}
