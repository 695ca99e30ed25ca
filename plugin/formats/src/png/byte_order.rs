//! The order of the bytes in a sample of 16 bits.

/// PNG stores the high byte first. The same swap leads there and back.
pub(super) fn swap_to_native(bytes: &mut [u8]) {
    if cfg!(target_endian = "little") {
        bytes.chunks_exact_mut(2).for_each(|pair| pair.swap(0, 1));
    }
}
