//! Small facts: an icon and a word, never a colour alone.

use domain::{complaints::ComplaintStatus, identity::MemberStatus};
use leptos::prelude::*;

use crate::{
    components::{Icon, Mark},
    i18n::{label, use_i18n},
};

/// How a chip looks; the word inside says what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// A plain fact.
    Plain,
    /// Something is going on.
    Active,
    /// It went well.
    Good,
    /// Look at it soon.
    Warn,
    /// It is late or broken.
    Bad,
    /// The clock stands still.
    Still,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Plain => "chip chip-plain",
            Self::Active => "chip chip-active",
            Self::Good => "chip chip-good",
            Self::Warn => "chip chip-warn",
            Self::Bad => "chip chip-bad",
            Self::Still => "chip chip-still",
        }
    }
}

/// An icon and a text.
#[component]
pub fn Chip(tone: Tone, mark: Mark, #[prop(into)] text: TextProp) -> impl IntoView {
    view! {
        <span class=tone.class()>
            <Icon mark />
            <span>{move || text.get()}</span>
        </span>
    }
}

/// Where a complaint stands.
#[component]
pub fn StatusChip(status: ComplaintStatus) -> impl IntoView {
    use ComplaintStatus as S;
    let i18n = use_i18n();
    let (tone, mark) = match status {
        S::Registered | S::Screening => (Tone::Plain, Mark::Info),
        S::Accepted | S::Assigned | S::Investigating | S::Proposed | S::Approved | S::Concluded | S::UnderReview => {
            (Tone::Active, Mark::Clock)
        }
        S::Returned | S::ReviewRequested => (Tone::Warn, Mark::Flag),
        S::OnSpotResolved | S::FeedbackGiven | S::Satisfied | S::Reviewed => (Tone::Good, Mark::Check),
        S::NotAccepted => (Tone::Plain, Mark::Close),
        S::Merged => (Tone::Plain, Mark::Link),
        S::Closed | S::Archived => (Tone::Plain, Mark::Lock),
    };
    view! { <Chip tone mark text=move || label(i18n.get_locale(), "complaint_status", status.key()) /> }
}

/// Whether a role may be used.
#[component]
pub fn MemberChip(status: MemberStatus) -> impl IntoView {
    let i18n = use_i18n();
    let (tone, mark) = match status {
        MemberStatus::Invited => (Tone::Active, Mark::Mail),
        MemberStatus::Active => (Tone::Good, Mark::Check),
        MemberStatus::Suspended => (Tone::Warn, Mark::Pause),
        MemberStatus::Ended => (Tone::Still, Mark::Lock),
    };
    view! { <Chip tone mark text=move || label(i18n.get_locale(), "member_status", status.key()) /> }
}
