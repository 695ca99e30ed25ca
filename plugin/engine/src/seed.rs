//! Seeds: where chance is wanted, it is the same on every machine.

/// Spreads a seed over all bits (the finalizer of MurmurHash3).
pub(crate) fn scramble(seed: u32) -> u32 {
    let mut bits = seed;
    bits ^= bits >> 16;
    bits = bits.wrapping_mul(0x85eb_ca6b);
    bits ^= bits >> 13;
    bits = bits.wrapping_mul(0xc2b2_ae35);
    bits ^ (bits >> 16)
}
