//! The second factor: six digits of an authenticator, every 30 s (RFC 6238), each once.

use domain::identity::RECOVERY_CODES;
use totp_rs::{Builder, Totp};

use crate::{crypto, error::Result};

/// Shown by the authenticator beside the login.
const ISSUER: &str = "Gangping";
/// 160 bits: as long as the hash, as RFC 4226 asks for.
const SECRET_BYTES: usize = 20;
const STEP_SECONDS: u64 = 30;
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// A new secret, in base32 as authenticators take it.
///
/// # Errors
/// When the system gives no random bytes.
pub fn new_secret() -> Result<String> {
    Ok(base32(&crypto::random::<SECRET_BYTES>()?))
}

/// The address that an authenticator reads.
#[must_use]
pub fn uri(login: &str, secret: &str) -> String {
    let login: String = login.chars().filter(|c| c.is_ascii_alphanumeric() || "._-@".contains(*c)).collect();
    format!("otpauth://totp/{ISSUER}:{login}?secret={secret}&issuer={ISSUER}")
}

/// The step whose code this is: the present one, or a neighbour for a clock that goes wrong.
#[must_use]
pub fn step(secret: &str, code: &str, unix_seconds: i64) -> Option<i64> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let step = totp(secret)?.check(&digits, u64::try_from(unix_seconds).ok()?)?;
    i64::try_from(step).ok()
}

/// Recovery codes: 80 random bits each, in groups that can be written down.
///
/// # Errors
/// When the system gives no random bytes.
pub fn recovery_codes() -> Result<Vec<String>> {
    (0..RECOVERY_CODES)
        .map(|_| {
            let text = base32(&crypto::random::<10>()?);
            let groups: Vec<_> = text.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group)).collect();
            Ok(groups.join("-"))
        })
        .collect()
}

/// A recovery code as it is stored: what was typed, without what people add, hashed.
#[must_use]
pub fn recovery_hash(code: &str) -> String {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    crypto::sha256_hex(&plain.to_ascii_uppercase())
}

/// The code that an authenticator would show then.
#[cfg(feature = "testing")]
#[must_use]
pub fn code(secret: &str, unix_seconds: i64) -> Option<String> {
    Some(totp(secret)?.generate(u64::try_from(unix_seconds).ok()?).to_string())
}

fn totp(secret: &str) -> Option<Totp> {
    let bytes: [u8; SECRET_BYTES] = unbase32(secret)?.try_into().ok()?;
    Builder::new().with_secret(bytes).with_skew(1).with_step_duration(STEP_SECONDS).build().ok()
}

fn base32(bytes: &[u8]) -> String {
    let bits = bytes.iter().flat_map(|byte| (0..8).rev().map(move |at| byte >> at & 1)).collect::<Vec<_>>();
    let index = |five: &[u8]| five.iter().fold(0, |index, bit| index << 1 | usize::from(*bit));
    bits.chunks_exact(5).filter_map(|five| BASE32.get(index(five))).map(|symbol| char::from(*symbol)).collect()
}

fn unbase32(text: &str) -> Option<Vec<u8>> {
    let mut bits = Vec::new();
    for symbol in text.bytes() {
        let index = BASE32.iter().position(|known| *known == symbol)?;
        bits.extend((0..5).rev().map(|at| index >> at & 1 == 1));
    }
    Some(bits.chunks_exact(8).map(|byte| byte.iter().fold(0, |byte, bit| byte << 1 | u8::from(*bit))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: the ASCII secret "12345678901234567890", SHA-1, the last six of eight digits.
    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn the_codes_are_those_of_the_standard() {
        for (seconds, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (2_000_000_000, "279037")]
        {
            assert_eq!(step(SECRET, code, seconds), Some(seconds / 30), "{code}");
        }
    }

    #[test]
    fn a_clock_may_be_one_step_off_and_no_more() {
        for (shift, fits) in [(-60, false), (-30, true), (0, true), (30, true), (60, false)] {
            assert_eq!(step(SECRET, "081804", 1_111_111_109 + shift).is_some(), fits, "{shift}");
        }
        for wrong in ["", "81804", "0818040", "08180a", "０８１８０４"] {
            assert_eq!(step(SECRET, wrong, 1_111_111_109), None, "{wrong}");
        }
        assert!(step(SECRET, "081 804", 1_111_111_109).is_some(), "as authenticators show it");
    }

    #[test]
    fn a_secret_and_a_recovery_code_are_random_and_readable() {
        let secret = new_secret().unwrap();
        assert_eq!((secret.len(), unbase32(&secret).unwrap().len()), (32, 20));
        assert_ne!(secret, new_secret().unwrap());
        let codes = recovery_codes().unwrap();
        assert_eq!((codes.len(), codes[0].len()), (RECOVERY_CODES, 19));
        assert_eq!(recovery_hash(&codes[0]), recovery_hash(&codes[0].replace('-', " ").to_lowercase()));
        assert_ne!(recovery_hash(&codes[0]), recovery_hash(&codes[1]));
    }
}
