//! O1: by what a center's data is recognized wherever it turns up.

use std::collections::{BTreeSet, HashSet};

use crate::{calls::Pool, cast, people, world::World};

/// Marks of one center.
pub struct Canaries {
    /// Whose.
    pub mark: &'static str,
    /// Ids, numbers, codes.
    words: HashSet<String>,
    /// Texts.
    parts: Vec<String>,
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
        Self { mark, words, parts: parts.into_iter().collect() }
    }

    /// What of it stands in a text; `known` are words that the caller had.
    pub fn found_in(&self, text: &str, known: &HashSet<String>) -> Option<String> {
        if let Some(part) =
            self.parts.iter().find(|part| text.contains(part.as_str()) && !known.contains(part.as_str()))
        {
            return Some(part.clone());
        }
        let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'));
        words
            .filter(|word| word.len() > 8 && self.words.contains(*word) && !known.contains(*word))
            .map(ToOwned::to_owned)
            .next()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.words.len() + self.parts.len()
    }
}
