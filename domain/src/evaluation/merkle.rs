//! One digest for many commitments, hashed as RFC 9162 says: whoever changes, drops or adds one changes the root.

/// What is hashed to.
pub type Digest = [u8; 32];

/// The hash, from outside: nothing here computes one.
pub type Hash = fn(&[u8]) -> Digest;

/// The digest of a leaf. It begins with another byte than a node's, so that neither passes for the other.
#[must_use]
pub fn leaf(hash: Hash, data: &[u8]) -> Digest {
    hash(&[&[0][..], data].concat())
}

/// The root over leaves in their order.
#[must_use]
pub fn root(hash: Hash, leaves: &[Digest]) -> Digest {
    match leaves {
        [] => hash(&[]),
        [one] => *one,
        _ => {
            // The largest power of two below the number of leaves.
            let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
            hash(&[&[1][..], &root(hash, left), &root(hash, right)].concat())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No hash to rely on; enough to tell short inputs apart.
    fn toy(data: &[u8]) -> Digest {
        let mut state =
            [0x9e37_79b9_7f4a_7c15_u64, 0xbf58_476d_1ce4_e5b9, 0x94d0_49bb_1331_11eb, 0x2545_f491_4f6c_dd1d];
        for (at, byte) in data.iter().enumerate() {
            let lane = &mut state[at % 4];
            *lane = (*lane ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3).rotate_left(23);
            state[(at + 1) % 4] ^= state[at % 4];
        }
        let mut digest = [0; 32];
        for (part, lane) in digest.chunks_exact_mut(8).zip(state) {
            part.copy_from_slice(&lane.to_be_bytes());
        }
        digest
    }

    fn leaves(count: u8) -> Vec<Digest> {
        (0..count).map(|n| leaf(toy, &[n])).collect()
    }

    #[test]
    fn three_leaves_are_a_pair_and_one() {
        let [a, b, c] = [0, 1, 2].map(|n| leaf(toy, &[n]));
        let node = |left: Digest, right: Digest| toy(&[&[1][..], &left, &right].concat());
        assert_eq!(root(toy, &[a, b, c]), node(node(a, b), c));
        assert_eq!(root(toy, &[a]), a);
        assert_eq!(root(toy, &[]), toy(&[]));
    }

    #[test]
    fn any_change_drop_or_swap_shows() {
        for count in 2..40 {
            let all = leaves(count);
            let whole = root(toy, &all);
            for at in 0..all.len() {
                let mut changed = all.clone();
                changed[at][7] ^= 1;
                let mut dropped = all.clone();
                dropped.remove(at);
                let mut doubled = all.clone();
                doubled.insert(at, all[at]);
                let mut swapped = all.clone();
                swapped.rotate_left(1);
                for other in [changed, dropped, doubled, swapped] {
                    assert_ne!(root(toy, &other), whole, "{count} {at}");
                }
            }
        }
    }
}
