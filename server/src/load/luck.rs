//! What is left to chance, the same for the same seed.

use chrono::{DateTime, Utc};
use domain::{AccountId, calendar::local_date, complaints::receipt};
use uuid::Uuid;

use super::story::Inventor;

impl Inventor<'_> {
    /// Day and five random symbols, each number once.
    pub fn number(&mut self, received: DateTime<Utc>) -> String {
        loop {
            let tail: String = receipt::encode(self.bytes()).chars().take(5).collect();
            let number = format!("{}-{tail}", local_date(received).format("%Y%m%d"));
            if self.numbers.insert(number.clone()) {
                return number;
            }
        }
    }

    /// UUIDv7 as of the moment in the story.
    pub fn id(&mut self, at: DateTime<Utc>) -> Uuid {
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid()
    }

    pub fn department(&self, code: &str) -> Option<domain::DepartmentId> {
        self.people.departments.iter().find(|(known, _)| known == code).map(|(_, id)| *id)
    }

    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.rng.fill(&mut bytes);
        bytes
    }

    pub fn chance(&mut self, percent: u32) -> bool {
        self.rng.u32(0..100) < percent
    }

    pub fn pick<'t>(&mut self, texts: &'t [String]) -> &'t str {
        texts.get(self.rng.usize(..texts.len().max(1))).map_or("", String::as_str)
    }

    pub fn one_of(&mut self, people: &[AccountId]) -> AccountId {
        people.get(self.rng.usize(..people.len().max(1))).copied().unwrap_or(AccountId(Uuid::nil()))
    }

    /// One of the table by its percentage, or else `rest`.
    pub fn weighted<T: Copy>(&mut self, table: &[(T, u32)], rest: T) -> T {
        let mut left = self.rng.u32(0..100);
        for (value, weight) in table {
            match left.checked_sub(*weight) {
                None => return *value,
                Some(less) => left = less,
            }
        }
        rest
    }
}
