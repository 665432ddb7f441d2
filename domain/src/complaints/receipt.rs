//! Receipt codes: 100 random bits and a check symbol, read aloud without doubt.
//!
//! 20 symbols of Crockford's base32 (no I, L, O, U) and a Luhn mod 32 check symbol,
//! shown as `XXXXX-XXXXX-XXXXX-XXXXX-C`. The check symbol finds every single mistyped
//! symbol in the browser, before the code is sent.

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SYMBOLS: usize = 20;

/// The code for 13 random bytes; the last 4 bits are not used.
#[must_use]
pub fn encode(random: [u8; 13]) -> String {
    let bits = random.iter().fold(0u128, |all, byte| (all << 8) | u128::from(*byte)) >> 4;
    let values: Vec<usize> = (0..SYMBOLS).rev().map(|i| usize::try_from((bits >> (5 * i)) & 31).unwrap_or(0)).collect();
    let mut code = String::new();
    for (i, value) in values.iter().enumerate() {
        if i > 0 && i % 5 == 0 {
            code.push('-');
        }
        code.push(symbol(*value));
    }
    code.push('-');
    code.push(symbol(check(&values)));
    code
}

/// The canonical form of what somebody typed; none when its length or check symbol is wrong.
/// Case, spaces and dashes do not matter; I and L read as 1, O as 0.
#[must_use]
pub fn parse(typed: &str) -> Option<String> {
    let mut values = Vec::with_capacity(SYMBOLS + 1);
    for c in typed.chars().filter(|c| !c.is_whitespace() && *c != '-') {
        let upper = match c.to_ascii_uppercase() {
            'I' | 'L' => '1',
            'O' => '0',
            other => other,
        };
        values.push(ALPHABET.iter().position(|s| char::from(*s) == upper)?);
    }
    let (last, body) = values.split_last()?;
    if body.len() != SYMBOLS || check(body) != *last {
        return None;
    }
    Some(values.iter().map(|v| symbol(*v)).collect())
}

fn symbol(value: usize) -> char {
    ALPHABET.get(value).map_or('0', |s| char::from(*s))
}

/// Luhn mod 32 over the symbols' values.
fn check(values: &[usize]) -> usize {
    let sum: usize = values
        .iter()
        .rev()
        .enumerate()
        .map(|(i, value)| {
            let factor = if i % 2 == 0 { 2 } else { 1 };
            let product = value * factor;
            product / 32 + product % 32
        })
        .sum();
    (32 - sum % 32) % 32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_back_however_it_is_typed() {
        let code = encode([7; 13]);
        let plain = code.replace('-', "");
        assert_eq!(plain.len(), 21);
        assert_eq!(parse(&code), Some(plain.clone()));
        assert_eq!(parse(&code.to_lowercase().replace('-', " ")), Some(plain));
    }

    #[test]
    fn the_largest_code_uses_all_100_bits() {
        assert!(encode([255; 13]).starts_with("ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ"));
    }

    proptest::proptest! {
        #[test]
        fn one_wrong_symbol_is_always_found(random: [u8; 13], at in 0usize..21, other in 1usize..32) {
            let good: Vec<char> = encode(random).replace('-', "").chars().collect();
            let mut bad = good.clone();
            let value = ALPHABET.iter().position(|s| char::from(*s) == bad[at]).unwrap();
            bad[at] = symbol((value + other) % 32);
            proptest::prop_assert!(parse(&good.iter().collect::<String>()).is_some());
            proptest::prop_assert_eq!(parse(&bad.iter().collect::<String>()), None);
        }

        #[test]
        fn nothing_that_is_typed_panics(typed in "\\PC{0,40}") {
            let _ = parse(&typed);
        }
    }
}
