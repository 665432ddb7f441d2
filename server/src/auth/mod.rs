//! Who asks, and where they may look.

pub mod password;
pub mod scope;
pub mod totp;
