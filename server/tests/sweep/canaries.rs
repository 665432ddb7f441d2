//! O1: by what a center's data is recognized wherever it turns up.

use std::collections::{BTreeSet, HashSet};

use aho_corasick::AhoCorasick;

use crate::{calls::Pool, cast, people, world::World};

/// Marks of one center.
pub struct Canaries {
    /// Whose.
    pub mark: &'static str,
    /// Texts; then ids, numbers and codes, which are found as whole words.
    marks: Vec<String>,
    /// So many are texts.
    texts: usize,
    /// Finds all of them at once: each of some ten thousand answers is looked through for each of some hundred.
    search: AhoCorasick,
}

impl Canaries {
    /// Of a center, as its rows are now.
    pub async fn of(world: &mut World, mark: &'static str, code: &'static str) -> Self {
        let center = world.ids[code].clone();
        let mut ids = world.observer.ids(&center).await;
        // Its city with its forms, and the two people whom both centers know are not its own.
        ids.remove(&world.ids["zs"]);
        let shared = world.pools[mark].values.get("Login.accountId").cloned();
        ids.remove(&people::account(&world.test, cast::BOTH).await.to_string());
        for known in world.observer.ids_where("form_version", "1 = 1").await.iter().chain(&shared) {
            ids.remove(known);
        }
        let own = world.observer.id(&center);
        let mut words: HashSet<String> = ids.into_iter().collect();
        for sql in [
            format!("SELECT number FROM complaint WHERE center_id = {own}"),
            format!("SELECT receipt_hash FROM complaint WHERE center_id = {own}"),
            format!("SELECT credential_hash FROM device WHERE center_id = {own}"),
            format!("SELECT sha256 FROM attachment WHERE center_id = {own}"),
            format!("SELECT hash FROM audit_event WHERE center_id = {own}"),
        ] {
            words.extend(world.observer.texts(&sql).await);
        }
        let pool: &Pool = &world.pools[mark];
        words.extend(
            pool.values
                .iter()
                .filter(|(name, _)| {
                    ["Receipt", "Token", "Session"].contains(&name.as_str()) || name.ends_with("receiptCode")
                })
                .map(|(_, value)| value.clone()),
        );
        let mut parts = BTreeSet::from([format!("⟦{mark}⟧"), format!(" of {code}"), format!(".{code}")]);
        for column in ["name_mask", "phone_mask"] {
            parts.extend(
                world.observer.texts(&format!("SELECT DISTINCT {column} FROM complaint WHERE center_id = {own}")).await,
            );
        }
        let texts = parts.len();
        let marks: Vec<String> = parts.into_iter().chain(words.into_iter().filter(|word| word.len() > 8)).collect();
        let search = AhoCorasick::new(&marks).expect("marks to look for");
        Self { mark, marks, texts, search }
    }

    /// What of it stands in a text; `known` are words that the caller had.
    pub fn found_in(&self, text: &str, known: &HashSet<String>) -> Option<String> {
        let bytes = text.as_bytes();
        let within = |at: usize| bytes.get(at).is_some_and(|b| b.is_ascii_alphanumeric() || b"-_".contains(b));
        let found = self.search.find_overlapping_iter(text).filter(|found| {
            let is_text = found.pattern().as_usize() < self.texts;
            is_text || !(within(found.end()) || found.start().checked_sub(1).is_some_and(within))
        });
        let mut marks = found.map(|found| &self.marks[found.pattern().as_usize()]);
        marks.find(|mark| !known.contains(*mark)).cloned()
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.marks.len()
    }
}
