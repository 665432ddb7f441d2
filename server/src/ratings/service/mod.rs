//! What is done with what the public says: it is given, it is opened in batches, and weeks that are over are read. The
//! points at which it is given are kept by the center. A kiosk gives by the credential of its device.

pub mod giving;
pub mod kiosk;
pub mod opening;
pub mod points;
pub mod results;
mod sealed;

use domain::Violation;

use crate::error::{Error, Result};

/// All broken rules at once, if there are some.
pub(super) fn fine(found: Vec<Violation>) -> Result<()> {
    if found.is_empty() { Ok(()) } else { Err(Error::Invalid(found)) }
}
