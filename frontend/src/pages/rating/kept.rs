//! What is filled in on this phone and was not sent: kept by account, round and target, so that neither a lost network nor a
//! reload loses it. It goes when it has been sent, and when whoever filled it in signs out. A secret vote is never kept.
//!
//! Words are kept, and photos: those that wait for the network in a database of the browser's (`photos`).

use domain::{AccountId, CampaignId, CampaignTargetId, campaigns::ballot::BallotContent};
use leptos::prelude::use_context;
use serde::{Deserialize, Serialize};

use super::photos::DATABASE;
use crate::{
    api::{
        files::AttachedFile,
        rating::{Round, Task},
    },
    dom::Keep,
    shelf::discard,
};

/// Who fills in: the page's frame says so.
#[derive(Clone, Copy)]
pub struct Rater(pub AccountId);

/// A form as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Kept {
    /// Of the version that was seen.
    pub version: i32,
    pub content: BallotContent,
    /// What has arrived already.
    pub files: Vec<AttachedFile>,
}

/// Where a form is kept; nowhere for a secret vote.
#[derive(Clone)]
pub(super) struct Place(Option<String>);

/// How a form begins that may have been kept.
pub(super) enum Start {
    /// With what the server has.
    Saved,
    /// With what is kept here.
    Kept(Kept),
    /// Something newer was sent from elsewhere: somebody has to choose.
    Newer(Kept),
}

impl Place {
    pub(super) fn of(round: &Round, target: CampaignTargetId) -> Self {
        let rater = use_context::<Rater>().filter(|_| !round.secret);
        Self(rater.map(|Rater(account)| format!("{}{target}", round_of(account, round.id))))
    }

    /// Its key, if it is one.
    pub(super) fn key(&self) -> Option<String> {
        self.0.clone()
    }

    /// Whether something is kept at all.
    pub(super) const fn keeps(&self) -> bool {
        self.0.is_some()
    }

    pub(super) fn keep(&self, kept: &Kept) {
        if let (Some(key), Ok(text)) = (&self.0, serde_json::to_string(kept)) {
            Keep::Device.set(key, &text);
        }
    }

    pub(super) fn forget(&self) {
        if let Some(key) = &self.0 {
            Keep::Device.remove(key);
        }
    }

    /// How the form about a target begins. What the server has too is not kept any longer.
    pub(super) fn start(&self, task: &Task) -> Start {
        let text = self.0.as_deref().and_then(|key| Keep::Device.get(key));
        let Some(kept) = text.and_then(|text| serde_json::from_str::<Kept>(&text).ok()) else { return Start::Saved };
        if kept.content == task.content {
            self.forget();
            return Start::Saved;
        }
        if kept.version == task.version { Start::Kept(kept) } else { Start::Newer(kept) }
    }
}

impl Kept {
    /// The task with this in the place of what the server has.
    pub(super) fn into_task(self, mut task: Task) -> Task {
        let known = |file: &AttachedFile| task.files.iter().any(|other| other.id == file.id);
        let more: Vec<_> = self.files.into_iter().filter(|file| !known(file)).collect();
        task.files.extend(more);
        task.content = self.content;
        task
    }
}

/// Whether the form about a target waits on this phone.
pub(super) fn waits(round: &Round, target: CampaignTargetId) -> bool {
    Place::of(round, target).0.is_some_and(|key| Keep::Device.get(&key).is_some())
}

/// How many forms of somebody wait on this phone.
pub fn count(account: AccountId) -> usize {
    Keep::Device.keys(&all_of(account)).len()
}

/// Forgets the forms of somebody, and all photos on this phone: they sign out.
pub fn forget(account: AccountId) {
    discard(DATABASE);
    for key in Keep::Device.keys(&all_of(account)) {
        Keep::Device.remove(&key);
    }
}

fn all_of(account: AccountId) -> String {
    format!("sheet:{account}:")
}

fn round_of(account: AccountId, round: CampaignId) -> String {
    format!("{}{round}:", all_of(account))
}
