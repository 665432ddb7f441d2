// What every planted copy has, and what leaks are written with. Where a leak needs a query without an owner it takes
// `tx.unowned()`, which only the planted copy has.

export const S = "server/src/";

/** What every planted copy has. */
export const GROUND = [
  [
    S + "lib.rs",
    "pub mod analytics;",
    `/// Whether the leak of this name is switched on.
pub fn planted(name: &str) -> bool {
    static LEAK: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    LEAK.get_or_init(|| std::env::var("SWEEP_LEAK").unwrap_or_default()) == name
}

pub mod analytics;`,
  ],
  [
    S + "db/tx.rs",
    "    /// The rows of the city, also for its centers.",
    `    /// Everybody's rows.
    pub fn unowned<E: EntityTrait>(&self) -> ScopedSelect<'_, E> {
        ScopedSelect::new(&self.tx, E::find())
    }

    /// The rows of the city, also for its centers.`,
  ],
];

/** Leaky code where the leak of this name is switched on, and whole code elsewhere. */
export const instead = (name, leaky, whole) => `(if crate::planted("${name}") { ${leaky} } else { ${whole} })`;
export const unowned = (name, entity, whole = `tx.select::<${entity}::Entity>()?`) =>
  instead(name, `tx.unowned::<${entity}::Entity>()`, whole);
