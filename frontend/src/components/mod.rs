//! What several pages are made of.

mod again;
mod async_view;
mod bell;
mod case_cards;
pub mod chart;
mod chip;
mod copy;
mod deadline;
mod dialog;
mod export;
pub mod form;
mod heading;
mod icon;
pub mod keys;
pub mod layout;
mod notice;
mod qr;
pub mod refresh;
mod upload;

pub use again::ShowAgain;
pub use async_view::{AsyncView, Empty, Problem};
pub use bell::Bell;
pub use case_cards::CaseQueue;
pub use chip::{Chip, MemberChip, StatusChip, Tone};
pub use copy::CopyButton;
pub use deadline::{Deadline, Due};
pub use dialog::Dialog;
pub use export::{ExportButton, Refusal, WorkbookButton};
pub use heading::{PAGE_HEADING, PageHeading};
pub use icon::{Icon, Mark};
pub use notice::{Notice, NoticeLine};
pub use qr::Qr;
pub use upload::{FileShown, UploadField, Uploads};
