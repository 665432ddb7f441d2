//! What the public says (7.2.3.4; domain sections F.3 to F.6): good-bad ratings and form E.
//!
//! ```text
//! a point's page is opened ─▶ token (nothing is stored) ─▶ redeemed: its mark and a sealed row, in one transaction
//! sealed rows of a day, at least 20 or all when the day is over ─▶ shuffled ─▶ rating, tally, words; sealed rows go
//! a day is over ─▶ its root, in the audit too ─▶ a week is over ─▶ seen, where enough people rated
//! ```
//! A kiosk draws a key for each rating and keeps it until it is sent: by the credential of its device, once for each key.
//! What is noticed as something is given is in memory alone ([`watch`]); what comes of it names no rating ([`flags`]).
//! Invariants: no row holds an account, an address, an agent, a time, a token or a number in the order of coming; what a
//! mark was made of and what is sealed needs a key that is not in the database; all sealed rows are of one length; giving
//! leaves nothing in the audit, the log or the figures for the operator; one rating for each token; a rating is never
//! changed; whoever works here rates nothing; weeks that are not over and groups that are too small are shown to nobody.

pub mod codes;
pub mod demo;
pub mod flags;
pub mod graphql;
pub mod repo;
pub mod service;
pub mod tally;
pub mod watch;
