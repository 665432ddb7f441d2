//! Field encryption, blind indexes and hashes (P-1, P-9).
//!
//! Each center has its own keys, derived from the deployment's master key, which never
//! enters the database. A ciphertext names its algorithm and is bound to its center and
//! field, so that a value moved to another row of another center does not open.

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD as BASE64};
use chacha20poly1305::{
    Key, XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use domain::CenterId;
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::error::{Error, Result};

/// Names the algorithm in each stored value (O-5).
const ALGORITHM: &str = "xc20p1";
const NONCE_BYTES: usize = 24;
/// How often a PIN is hashed over.
const ROUNDS: u32 = 200_000;

/// The deployment's master key.
#[derive(Clone)]
pub struct Keys {
    master: [u8; 32],
}

/// The keys of one center.
pub struct CenterKeys {
    center: CenterId,
    field: [u8; 32],
    index: [u8; 32],
}

impl Keys {
    /// A master key of 32 bytes in base64.
    ///
    /// # Errors
    /// When the text is not that.
    pub fn from_base64(text: &str) -> anyhow::Result<Self> {
        let bytes = BASE64.decode(text.trim().trim_end_matches('='))?;
        let master = bytes.try_into().map_err(|_| anyhow::anyhow!("the field key must be 32 bytes in base64"))?;
        Ok(Self { master })
    }

    /// A fresh master key, in base64.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn generate() -> anyhow::Result<String> {
        Ok(BASE64.encode(random::<32>()?))
    }

    /// The keys for what belongs to no center: second factors, counted tries.
    pub fn platform(&self) -> CenterKeys {
        self.center(CenterId(Uuid::nil()))
    }

    /// Proves that a line was written by this deployment: a keyed hash of it.
    pub fn anchor_mac(&self, line: &str) -> String {
        keyed_hash(&self.derive("anchor"), line)
    }

    fn derive(&self, info: &str) -> [u8; 32] {
        let mut key = [0; 32];
        // 32 bytes are far below HKDF's limit: expanding cannot fail.
        let _ = Hkdf::<Sha256>::new(None, &self.master).expand(format!("gangping/{info}").as_bytes(), &mut key);
        key
    }

    /// The keys of `center`.
    pub fn center(&self, center: CenterId) -> CenterKeys {
        let derive = |purpose: &str| self.derive(&format!("{purpose}/{center}"));
        CenterKeys { center, field: derive("field"), index: derive("index") }
    }

    /// The key of tags that serve one purpose at `center`, e.g. the codes of its posters.
    pub fn purpose(&self, purpose: &str, center: CenterId) -> TagKey {
        TagKey(self.derive(&format!("{purpose}/{center}")))
    }

    /// The key of tags that belong to `owner`, a center or a city.
    pub fn tags(&self, owner: Uuid) -> TagKey {
        TagKey(self.derive(&format!("tag/{owner}")))
    }
}

/// Tags what a client carries for us, e.g. a cursor, so that it can neither be written nor changed.
#[derive(Clone)]
pub struct TagKey([u8; 32]);

impl TagKey {
    /// The bytes of a tag.
    pub const LENGTH: usize = 16;

    /// A key of this process alone.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn random() -> Result<Self> {
        Ok(Self(random()?))
    }

    /// The tag of a message.
    ///
    /// # Errors
    /// [`Error::Internal`] when there can be no such key.
    pub fn tag(&self, message: &[u8]) -> Result<[u8; Self::LENGTH]> {
        let tag = self.mac(message)?.finalize().into_bytes();
        Ok(*tag.first_chunk().ok_or_else(|| anyhow::anyhow!("a short tag"))?)
    }

    /// Whether `tag` is the message's; takes the same time for any that is not.
    pub fn fits(&self, message: &[u8], tag: &[u8; Self::LENGTH]) -> bool {
        self.mac(message).is_ok_and(|mac| mac.verify_truncated_left(tag).is_ok())
    }

    fn mac(&self, message: &[u8]) -> Result<Hmac<Sha256>> {
        let mac = Hmac::<Sha256>::new_from_slice(&self.0);
        let mut mac = mac.map_err(|_| anyhow::anyhow!("no key of this length"))?;
        mac.update(message);
        Ok(mac)
    }
}

impl CenterKeys {
    /// Encrypts one field.
    ///
    /// # Errors
    /// [`Error::Internal`] when the system gives no random bytes.
    pub fn seal(&self, field: &str, plain: &str) -> Result<String> {
        let nonce = random::<NONCE_BYTES>()?;
        let aad = self.aad(field);
        let sealed = self
            .cipher()
            .encrypt(&XNonce::from(nonce), Payload { msg: plain.as_bytes(), aad: &aad })
            .map_err(|_| anyhow::anyhow!("field encryption failed"))?;
        let bytes: Vec<u8> = nonce.into_iter().chain(sealed).collect();
        Ok(format!("{ALGORITHM}.{}", BASE64.encode(bytes)))
    }

    /// Opens what [`seal`](Self::seal) made for the same center and field.
    ///
    /// # Errors
    /// [`Error::Internal`] for anything else: a foreign or damaged value is a fault, not an answer.
    pub fn open(&self, field: &str, stored: &str) -> Result<String> {
        let fault = || Error::Internal(anyhow::anyhow!("a stored field does not open"));
        let text = stored.strip_prefix(ALGORITHM).and_then(|s| s.strip_prefix('.')).ok_or_else(fault)?;
        let bytes = BASE64.decode(text).map_err(|_| fault())?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE_BYTES>().ok_or_else(fault)?;
        let aad = self.aad(field);
        let plain =
            self.cipher().decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: &aad }).map_err(|_| fault())?;
        String::from_utf8(plain).map_err(|_| fault())
    }

    /// A keyed hash for looking up an exact value without storing it.
    pub fn blind_index(&self, value: &str) -> String {
        keyed_hash(&self.index, value)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(self.field))
    }

    fn aad(&self, field: &str) -> Vec<u8> {
        format!("{}/{field}", self.center).into_bytes()
    }
}

fn keyed_hash(key: &[u8; 32], value: &str) -> String {
    // HMAC takes a key of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return String::new() };
    mac.update(value.as_bytes());
    hex(&mac.finalize().into_bytes())
}

/// What a PIN is checked by where nobody may know it, and no server need be asked: `rounds.salt.hash`, salt and hash in hex,
/// by PBKDF2-HMAC-SHA256, which browsers have.
///
/// # Errors
/// [`Error::Internal`] when the system gives no random bytes.
pub async fn stretch(pin: String) -> Result<String> {
    let work = move || -> anyhow::Result<String> {
        let salt = random::<16>()?;
        let hash = pbkdf2(pin.as_bytes(), &salt, ROUNDS)?;
        Ok(format!("{ROUNDS}.{}.{}", hex(&salt), hex(&hash)))
    };
    Ok(tokio::task::spawn_blocking(work).await.map_err(anyhow::Error::from)??)
}

/// One block of PBKDF2-HMAC-SHA256 (RFC 8018, 5.2).
fn pbkdf2(secret: &[u8], salt: &[u8], rounds: u32) -> anyhow::Result<[u8; 32]> {
    let keyed = Hmac::<Sha256>::new_from_slice(secret).map_err(|_| anyhow::anyhow!("no key of this length"))?;
    let turn = |message: &[u8]| -> [u8; 32] {
        let mut mac = keyed.clone();
        mac.update(message);
        mac.finalize().into_bytes().into()
    };
    let mut last = turn(&[salt, &1_u32.to_be_bytes()].concat());
    let mut sum = last;
    for _ in 1..rounds {
        last = turn(&last);
        for (byte, more) in sum.iter_mut().zip(last) {
            *byte ^= more;
        }
    }
    Ok(sum)
}

/// SHA-256 in hex, for secrets of high entropy: session ids, receipt codes, idempotency keys.
pub fn sha256_hex(value: &str) -> String {
    hex(&Sha256::digest(value.as_bytes()))
}

/// SHA-256 itself.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// `N` random bytes of the system.
///
/// # Errors
/// When the system gives none.
pub fn random<const N: usize>() -> anyhow::Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("no random bytes: {error}"))?;
    Ok(bytes)
}

/// Bytes in hex.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The 32 bytes of a text in hex; none for any other text.
pub fn unhex(text: &str) -> Option<[u8; 32]> {
    let digits: &[u8; 64] = text.as_bytes().try_into().ok()?;
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    // One text for each value: no capitals, no signs.
    (hex(&bytes) == text).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(center: u128) -> CenterKeys {
        let master = Keys::from_base64(&BASE64.encode([9; 32])).unwrap();
        master.center(CenterId(Uuid::from_u128(center)))
    }

    #[test]
    fn a_field_opens_for_its_own_center_and_field_only() {
        let stored = keys(1).seal("phone", "13800001234").unwrap();
        assert!(!stored.contains("1380000"));
        assert_eq!(keys(1).open("phone", &stored).unwrap(), "13800001234");
        assert!(keys(2).open("phone", &stored).is_err());
        assert!(keys(1).open("name", &stored).is_err());
    }

    #[test]
    fn sealing_twice_gives_two_texts_but_one_index() {
        let one = keys(1);
        assert_ne!(one.seal("phone", "1").unwrap(), one.seal("phone", "1").unwrap());
        assert_eq!(one.blind_index("13800001234"), keys(1).blind_index("13800001234"));
        assert_ne!(one.blind_index("13800001234"), keys(2).blind_index("13800001234"));
    }

    #[test]
    fn hex_reads_back_in_one_way_only() {
        let text = hex(&sha256(b"x"));
        assert_eq!(unhex(&text), Some(sha256(b"x")));
        for bad in [text.to_uppercase(), text[1..].to_owned(), format!("+f{}", &text[2..]), "é".repeat(32)] {
            assert_eq!(unhex(&bad), None, "{bad}");
        }
    }

    /// RFC 7914, section 11: the first half of each.
    #[test]
    fn a_pin_is_stretched_as_in_the_known_vectors() {
        for (secret, salt, rounds, expected) in [
            ("passwd", "salt", 1, "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"),
            ("Password", "NaCl", 80_000, "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"),
        ] {
            assert_eq!(hex(&pbkdf2(secret.as_bytes(), salt.as_bytes(), rounds).unwrap()), expected, "{secret}");
        }
    }

    #[tokio::test]
    async fn two_kiosks_with_one_pin_are_checked_by_two_texts() {
        let (one, other) = (stretch("246810".to_owned()).await.unwrap(), stretch("246810".to_owned()).await.unwrap());
        assert_ne!(one, other);
        let parts: Vec<_> = one.split('.').collect();
        assert_eq!((parts[0], parts[1].len(), parts[2].len()), ("200000", 32, 64));
        assert!(!one.contains("246810"));
    }

    #[test]
    fn a_short_master_key_is_refused() {
        assert!(Keys::from_base64("c2hvcnQ=").is_err());
    }
}
