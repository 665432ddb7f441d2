//! `/c/:code/receipt`: the number and the receipt code, shown right after filing.

use chrono::{DateTime, Utc};
use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};
use wasm_bindgen_futures::JsFuture;

use super::{
    frame::{Crumbs, use_center},
    track::remember_code,
};
use crate::{
    api::portal::FiledComplaint,
    components::{Icon, Mark, PageHeading},
    dom::Keep,
    i18n::{t, t_string, use_i18n},
    time,
};

/// What the receipt shows. Kept until the tab is closed, so that a reload loses nothing.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Receipt {
    number: String,
    code: String,
    received_at: DateTime<Utc>,
    due_at: Option<DateTime<Utc>>,
}

impl Receipt {
    fn key(center: &str) -> String {
        format!("gangping.receipt.{center}")
    }

    /// Keeps the answer to filing.
    pub(super) fn keep(center: &str, filed: FiledComplaint) {
        let receipt = Self {
            number: filed.number,
            code: filed.receipt_code,
            received_at: filed.received_at,
            due_at: filed.due_at,
        };
        if let Ok(text) = serde_json::to_string(&receipt) {
            Keep::Tab.set(&Self::key(center), &text);
        }
        remember_code(center, &receipt.code);
    }

    fn kept(center: &str) -> Option<Self> {
        serde_json::from_str(&Keep::Tab.get(&Self::key(center))?).ok()
    }
}

/// The receipt, or a way back when there is none.
#[component]
pub fn ReceiptPage() -> impl IntoView {
    let i18n = use_i18n();
    let center = use_center();
    let receipt = Receipt::kept(&center.code);
    let content = match receipt {
        Some(receipt) => view! { <Shown receipt /> }.into_any(),
        None => view! {
            <PageHeading title=move || t_string!(i18n, portal.receipt.none_title) />
            <p>{t!(i18n, portal.receipt.none_text)}</p>
        }
        .into_any(),
    };
    view! {
        <div class="narrow">
            <Crumbs center=center.clone() />
            {content}
            <p class="no-print">
                <a class="btn btn-outline" href=center.path("track")>
                    {t!(i18n, portal.receipt.track)}
                </a>
            </p>
        </div>
    }
}

#[component]
fn Shown(receipt: Receipt) -> impl IntoView {
    let i18n = use_i18n();
    let Receipt { number, code, received_at, due_at } = receipt;
    view! {
        <div class="grid gap-2">
            <PageHeading title=move || t_string!(i18n, portal.receipt.title) />
            <p>{t!(i18n, portal.receipt.lead)}</p>
        </div>
        <div class="receipt">
            <div>
                <p class="font-semibold">{t!(i18n, portal.receipt.code)}</p>
                <p class="receipt-code">{code.clone()}</p>
            </div>
            <div class="receipt-buttons">
                <Copy text=code />
                <button type="button" class="btn btn-outline" on:click=|_| { let _ = window().print(); }>
                    <Icon mark=Mark::Print />
                    {t!(i18n, portal.receipt.print)}
                </button>
            </div>
            <p class="hint">{t!(i18n, portal.receipt.keep)}</p>
            <dl class="facts border-t border-base-300 pt-4">
                <dt>{t!(i18n, portal.number)}</dt>
                <dd class="font-semibold tabular-nums">{number}</dd>
                <dt>{t!(i18n, portal.received)}</dt>
                <dd class="tabular-nums">{time::date_time(received_at)}</dd>
                {due_at
                    .map(|at| {
                        view! {
                            <dt>{t!(i18n, portal.receipt.due)}</dt>
                            <dd class="tabular-nums">{time::date(at)}</dd>
                        }
                    })}
            </dl>
        </div>
    }
}

/// Copies a text, and says that it did: the clipboard shows nothing by itself.
#[component]
fn Copy(text: String) -> impl IntoView {
    let i18n = use_i18n();
    let done = RwSignal::new(None::<bool>);
    let copy = move |_| {
        let text = text.clone();
        // Without https the browser has no clipboard at all.
        if !window().is_secure_context() {
            done.set(Some(false));
            return;
        }
        spawn_local(async move {
            let copied = JsFuture::from(window().navigator().clipboard().write_text(&text)).await;
            let _ = done.try_set(Some(copied.is_ok()));
        });
    };
    view! {
        <button type="button" class="btn btn-primary" on:click=copy>
            <Icon mark=Mark::Copy />
            {t!(i18n, portal.receipt.copy)}
        </button>
        <p class="self-center" role="status">
            {move || {
                done.get()
                    .map(|fine| {
                        if fine { t_string!(i18n, portal.receipt.copied) } else { t_string!(i18n, portal.receipt.not_copied) }
                    })
            }}
        </p>
    }
}
