//! What a complaint handler works with (6.8.7): the inbox, the case, registering on behalf.

pub(crate) mod actions;
pub mod complaint;
pub(crate) mod filter;
pub mod inbox;
pub mod register;
