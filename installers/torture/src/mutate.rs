//! Damage, as disks, networks and people do it.

use rand::Rng;

/// Numbers at which readers go wrong.
const NUMBERS: [u32; 10] = [
    0,
    1,
    0x7f,
    0x80,
    0xff,
    0x7fff,
    0xffff,
    0x7fff_ffff,
    0x8000_0000,
    0xffff_ffff,
];

/// The kinds of damage that leave everything else where it was: numbers 0 to 5.
const IN_PLACE: u32 = 6;

/// All kinds.
const ALL: u32 = 9;

/// Damages the bytes in one, two or four places. Half of the files keep their length: what is moved is mostly refused
/// at the door, and damage in its place is what gets far.
pub fn mutate(bytes: &mut Vec<u8>, rng: &mut impl Rng) {
    let kinds = if rng.random() { IN_PLACE } else { ALL };
    for _ in 0..1 << rng.random_range(0..3) {
        if bytes.is_empty() {
            return;
        }
        let at = place(bytes.len(), rng);
        let end = bytes.len().min(at + rng.random_range(1..=64));
        match rng.random_range(0..kinds) {
            0 => bytes[at] ^= 1 << rng.random_range(0..8),
            1 => bytes[at] = rng.random(),
            2 | 3 => {
                let number = NUMBERS[rng.random_range(0..NUMBERS.len())];
                let number = if rng.random() {
                    number.to_le_bytes()
                } else {
                    number.to_be_bytes()
                };
                let width = rng.random_range(1..=4);
                let skip = if number[0] == 0 { 4 - width } else { 0 };
                let over = bytes[at..].iter_mut().zip(&number[skip..][..width]);
                over.for_each(|(byte, number)| *byte = *number);
            }
            4 => bytes[at] = bytes[at].wrapping_add(1),
            5 => {
                let from = place(bytes.len(), rng);
                let piece = bytes[from..bytes.len().min(from + end - at)].to_vec();
                bytes[at..][..piece.len().min(end - at)]
                    .copy_from_slice(&piece[..piece.len().min(end - at)]);
            }
            6 => drop(bytes.drain(at..end)),
            7 => {
                let piece = bytes[at..end].to_vec();
                let to = place(bytes.len(), rng);
                bytes.splice(to..to, piece);
            }
            _ => bytes.truncate(at),
        }
    }
}

/// Sets the check sums of a PNG's chunks, as far as there are chunks: behind them, damage would never be seen.
pub fn seal_png(file: &mut [u8]) {
    let mut at = 8;
    while let Some(&[a, b, c, d]) = file.get(at..at + 4).and_then(|bytes| bytes.first_chunk()) {
        let length = u32::from_be_bytes([a, b, c, d]) as usize;
        let end = at.saturating_add(8).saturating_add(length);
        let Some(sum) = file.get(at + 4..end).map(check_sum) else {
            return;
        };
        let Some(place) = file.get_mut(end..end + 4) else {
            return;
        };
        place.copy_from_slice(&sum.to_be_bytes());
        at = end + 4;
    }
}

/// CRC-32, as PNG has it.
fn check_sum(bytes: &[u8]) -> u32 {
    let shift = |sum: u32| (sum >> 1) ^ (0xedb8_8320 * (sum & 1));
    !bytes.iter().fold(!0, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| shift(sum))
    })
}

/// A place in a file: half of the time near its beginning or end, where formats keep what they say of themselves.
fn place(len: usize, rng: &mut impl Rng) -> usize {
    match rng.random_range(0..6) {
        0 | 1 => rng.random_range(0..len.min(256)),
        2 => len - 1 - rng.random_range(0..len.min(256)),
        _ => rng.random_range(0..len),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    #[test]
    fn a_check_sum_is_that_of_png() {
        // The chunk that ends each PNG.
        let mut file = [&[0; 8][..], b"\0\0\0\0IEND", &[0; 4]].concat();
        seal_png(&mut file);
        assert_eq!(file[16..], [0xae, 0x42, 0x60, 0x82]);
        seal_png(&mut file[..17]);
    }

    #[test]
    fn the_same_seed_does_the_same_damage_and_any_seed_some() {
        let whole: Vec<u8> = (0..200).collect();
        let damaged = |seed| {
            let mut bytes = whole.clone();
            mutate(&mut bytes, &mut ChaCha8Rng::seed_from_u64(seed));
            bytes
        };
        let different = (0..1000).filter(|&seed| damaged(seed) != whole).count();
        assert!(different > 950, "{different} of 1000");
        assert!((0..1000).all(|seed| damaged(seed) == damaged(seed)));
        let kept = (0..1000).filter(|&seed| damaged(seed).len() == whole.len());
        assert!((500..900).contains(&kept.count()));
    }
}
