//! Square codes that a phone scans.

use qrcode::{Color, QrCode};

use crate::error::Result;

/// A text as rows of modules, `1` where it is dark. Drawn by the browser.
///
/// # Errors
/// When the text is too long for a code.
pub fn rows(text: &str) -> Result<Vec<String>> {
    let code = QrCode::new(text.as_bytes()).map_err(|error| anyhow::anyhow!("QR code: {error}"))?;
    let dark = |color: &Color| if *color == Color::Dark { '1' } else { '0' };
    Ok(code.to_colors().chunks(code.width()).map(|row| row.iter().map(dark).collect()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_is_a_square() {
        let rows = rows("otpauth://totp/Gangping:handler.shiqi?secret=JBSWY3DPEHPK3PXP&issuer=Gangping").unwrap();
        assert!(rows.len() >= 29 && rows.iter().all(|row| row.len() == rows.len()));
    }
}
